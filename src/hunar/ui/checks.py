"""A navigation entry that leads nowhere is named by ``manage.py check``."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register
from django.urls import NoReverseMatch, reverse

from hunar.ui import navigation


@register("urls")
def navigation_leads_somewhere(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for url_name in navigation.registered_url_names():
        try:
            reverse(url_name)
        except NoReverseMatch:
            found.append(
                Warning(
                    f"The navigation names the page '{url_name}', which has no address.",
                    hint="Correct the url_name, or remove the entry in the room's apps.py.",
                    id="ui.W001",
                )
            )
    return found
