"""Who is asking. Views take the person from here and never read ``request.user``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from hunar.kernel.errors import NotPermitted
from hunar.people.models import Person


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in."""

    person: Person


def signed_in(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let only people who have signed in reach ``view``; others are asked to sign in first.

    :raises NotPermitted: if the account belongs to no person.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "person", None) is None:
            if request.user.is_authenticated:
                raise NotPermitted
            return redirect_to_login(request.get_full_path())
        return view(cast(PersonRequest, request), *args, **kwargs)

    return guarded
