from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from hunar.kernel.errors import NotFound, NotPermitted, RuleViolation
from hunar.ui import gallery, views
from hunar.ui.middleware import RuleViolationPages
from hunar.ui.tests.rendering import get_request


class StillOpen(RuleViolation):
    code = "call-still-open"
    message = "Nominations are open until %(day)s."
    remedy = "Close the call <first>."


def answer(error: Exception, *, htmx: bool = False) -> tuple[int, str, dict[str, str]]:
    request = get_request("/calls/1/")
    request.user = AnonymousUser()
    if htmx:
        request.META["HTTP_HX_REQUEST"] = "true"
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    middleware = RuleViolationPages(lambda request: pytest.fail("not called"))
    response = middleware.process_exception(request, error)
    assert response is not None
    return response.status_code, response.content.decode(), dict(response.items())


def test_a_violation_becomes_a_page_with_its_status_and_code() -> None:
    status, page, _ = answer(StillOpen(day="18 November"))
    assert status == 409
    assert "<html" in page
    assert "Nominations are open until 18 November." in page
    assert "Close the call &lt;first&gt;." in page
    assert "call-still-open" in page
    assert "<c-" not in page


def test_a_violation_under_htmx_is_a_notice_among_the_messages() -> None:
    status, fragment, headers = answer(StillOpen(day="18 November"), htmx=True)
    assert status == 409
    assert "<html" not in fragment
    assert "<c-" not in fragment
    assert "Nominations are open until 18 November." in fragment
    assert headers["HX-Retarget"] == "#messages"


@pytest.mark.parametrize(("error", "status"), [(NotPermitted(), 403), (NotFound(), 404)])
def test_refusals_carry_their_own_status(error: RuleViolation, status: int) -> None:
    assert answer(error)[0] == status


def test_other_exceptions_pass() -> None:
    middleware = RuleViolationPages(lambda request: pytest.fail("not called"))
    assert middleware.process_exception(get_request(), ValueError()) is None


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_for_broken_requests_need_no_context(name: str) -> None:
    page = render_to_string(name)
    assert "<c-" not in page
    assert "</html>" in page


@pytest.mark.parametrize("name", ["403.html", "404.html"])
def test_error_pages_render_in_the_frame(name: str) -> None:
    page = render_to_string(name, {}, get_request())
    assert "<c-" not in page
    assert 'id="main"' in page


def gallery_request(path: str) -> HttpRequest:
    return get_request(path)


def test_the_gallery_shows_every_part() -> None:
    page = views.gallery(gallery_request("/ui/")).content.decode()
    assert page.count('class="stack exhibit"') == sum(
        len(part.exhibits) for part in gallery.exhibits()
    )
    assert "<c-" not in page
    assert " style=" not in page


@pytest.mark.parametrize("name", [name for name, _ in gallery.SAMPLES])
def test_every_sample_page_renders(name: str) -> None:
    page = views.sample_page(gallery_request(f"/ui/pages/{name}/"), name).content.decode()
    assert "<c-" not in page
    assert "<h1" in page


def test_a_fragment_of_a_page_has_no_leftovers() -> None:
    fragment = render_to_string(
        "ui/gallery/pages/list.html#rows", gallery.material(), get_request()
    )
    assert "<c-" not in fragment
    assert "<html" not in fragment
    assert "<table" in fragment


def test_the_frame_holds_no_inline_script_or_style() -> None:
    page = views.gallery(gallery_request("/ui/")).content.decode()
    assert "<style" not in page
    assert "onclick" not in page
    assert all("src=" in part.split(">", 1)[0] for part in page.split("<script")[1:])


def test_the_theme_is_kept_in_a_cookie_and_leads_back() -> None:
    request = RequestFactory().post("/ui/theme/", {"theme": "dark", "next": "/calls/"})
    response = views.choose_theme(request)
    assert response["Location"] == "/calls/"
    assert response.cookies["theme"].value == "dark"


def test_the_theme_switch_leads_to_no_other_site() -> None:
    request = RequestFactory().post("/ui/theme/", {"theme": "x", "next": "https://evil.example/"})
    response = views.choose_theme(request)
    assert response["Location"] == "/"
    assert "theme" not in response.cookies


def test_a_page_is_drawn_in_the_chosen_theme() -> None:
    request = get_request("/ui/")
    request.COOKIES["theme"] = "dark"
    assert 'data-theme="dark"' in views.gallery(request).content.decode()
    request.COOKIES["theme"] = '"><script>'
    assert "data-theme=" not in views.gallery(request).content.decode()


@pytest.mark.django_db
def test_the_language_switch_answers_at_its_address(client: Client) -> None:
    response = client.post("/ui/language/", {"language": "ru", "next": "/ui/"})
    assert response.status_code == 302
    assert response.cookies["language"].value == "ru"


def test_modules_import_nothing_that_would_lack_a_hash() -> None:
    folder = Path(__file__).parents[1] / "static" / "ui" / "js"
    modules = list(folder.glob("*.js"))
    base = (folder.parents[2] / "templates/ui/base.html").read_text()
    assert modules
    for module in modules:
        assert "import " not in module.read_text()
        assert f"ui/js/{module.name}" in base
