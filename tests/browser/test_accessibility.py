"""axe finds nothing (WCAG 2.2 AA) on any page, wide or on a phone, light or dark."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.visitor import ROLES, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.looks]
LOOKS = (
    {"language": "tk", "width": 390, "scheme": "light"},
    {"language": "ru", "width": 1280, "scheme": "dark"},
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
STARTS = ("/home/", "/", "/courses/", "/competencies/", "/certificates/verify/")


@pytest.fixture(scope="session")
def pages_of(port: int) -> dict[str, list[str]]:
    """Per role the pages that no earlier role reaches: each route is looked at once."""
    known: set[str] = set()
    found: dict[str, list[str]] = {}
    for role in ROLES:
        found[role] = []
        with Visitor(port) as visitor:
            visitor.sign_in(role)
            for page in visitor.crawl(*STARTS):
                if page.status == 200 and page.route not in known:
                    known.add(page.route)
                    found[role].append(page.path)
    return found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['language']}-{look['width']}")
@pytest.mark.parametrize("role", ROLES)
def test_no_barrier(
    port: int, chromium: Any, pages_of: dict[str, list[str]], role: str, look: dict[str, Any]
):
    from axe_playwright_python.sync_playwright import Axe

    with Visitor(port, language=look["language"]) as visitor:
        visitor.sign_in(role)
        visitor.cookies["language"] = look["language"]
    context = chromium.new_context(
        viewport={"width": look["width"], "height": 900}, color_scheme=look["scheme"]
    )
    base = f"http://127.0.0.1:{port}"
    context.add_cookies(
        [{"name": name, "value": value, "url": base} for name, value in visitor.cookies.items()]
    )
    page = context.new_page()
    strangers: list[str] = []
    page.on("request", lambda request: strangers.append(request.url))
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    problems = []
    for path in pages_of[role]:
        page.goto(base + path)
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        for violation in result.response["violations"]:
            targets = [node["target"] for node in violation["nodes"][:3]]
            problems.append(f"{path}: {violation['id']} {targets}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            problems.append(f"{path}: scrolls sideways at {look['width']} px")
    problems += [f"console: {error}" for error in errors]
    problems += [
        f"asks elsewhere: {url}" for url in strangers if not url.startswith((base, "data:"))
    ]
    context.close()
    assert problems == []
