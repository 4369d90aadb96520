"""What every template may ask about its frame, found out only when asked."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from hunar.kernel.types import Words
from hunar.ui import navigation as registry
from hunar.ui.navigation import CounterLink, Link

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


class Layout:
    """The frame of one page. Each part is computed at its first use."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def navigation(self) -> list[Link]:
        return registry.entries_for(self._request)

    @cached_property
    def account_links(self) -> list[Link]:
        return registry.account_links_for(self._request)

    @cached_property
    def footer_links(self) -> list[Link]:
        return registry.footer_links_for(self._request)

    @cached_property
    def counters(self) -> list[CounterLink]:
        return registry.counters_for(self._request)

    @cached_property
    def languages(self) -> list[tuple[str, str, bool]]:
        """Code, own name, whether it is the one shown."""
        return [(code, str(name), code == get_language()) for code, name in settings.LANGUAGES]

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def person(self) -> Any:
        """Whoever is signed in, or None: the ``people`` room's middleware sets it."""
        return getattr(self._request, "person", None)

    @property
    def theme(self) -> str:
        """``light`` or ``dark`` if the reader chose one, else empty: the system decides."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def address(self) -> str:
        return self._request.get_full_path()

    @property
    def path(self) -> str:
        return self._request.path

    @property
    def academy(self) -> Words:
        name: Words = getattr(settings, "ACADEMY_NAME", "")
        return name

    @property
    def version(self) -> str:
        return _installed_version()


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: templates find the frame as ``layout``."""
    return {"layout": Layout(request)}


@cache
def _installed_version() -> str:
    try:
        return version("hunar")
    except PackageNotFoundError:
        return ""
