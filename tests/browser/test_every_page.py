"""Every page, as every role, in all three languages: what it weighs, asks and says."""

from __future__ import annotations

import re

import pytest

from tests.browser.visitor import ROLES, Page, Visitor, links_of

MOST_QUERIES = 12
FIRST_LOAD = 150_000
NEXT_LOAD = 30_000
STARTS = ("/home/", "/", "/courses/", "/competencies/", "/certificates/verify/", "/ui/")

pytestmark = pytest.mark.browser


def crawled(port: int, role: str, language: str) -> list[Page]:
    with Visitor(port, language=language) as visitor:
        visitor.sign_in(role)
        visitor.cookies["language"] = language
        return visitor.crawl(*STARTS)


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "language",
    [
        "tk",
        pytest.param("ru", marks=pytest.mark.looks),
        pytest.param("en", marks=pytest.mark.looks),
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_every_page(port: int, role: str, language: str):
    pages = crawled(port, role, language)
    assert len(pages) >= 12, [page.path for page in pages]
    problems = [f"{page.path}: {problem}" for page in pages for problem in troubles(page, language)]
    assert problems == []


def troubles(page: Page, language: str) -> list[str]:
    found = []
    if page.status != 200:
        return [f"status {page.status}"]
    is_gallery = page.path.startswith("/ui/")  # it shows the code of components
    if not is_gallery and ("<c-" in page.text or "{%" in page.text or "{{" in page.text):
        found.append("a tag was left unrendered")
    if f'<html lang="{language}"' not in page.text:
        found.append("another language")
    if page.queries > MOST_QUERIES:
        found.append(f"{page.queries} queries")
    if page.weight > NEXT_LOAD:
        found.append(f"{page.weight} bytes")
    if len(re.findall(r"<h1[\s>]", page.text)) != 1:
        found.append("not exactly one h1")
    policy = page.headers.get("content-security-policy", "")
    if "script-src 'self'" not in policy or "unsafe" in policy:
        found.append(f"policy {policy}")
    return found


@pytest.mark.parametrize("role", ["officer", "learner"])
def test_the_first_load_stays_light(port: int, role: str):
    with Visitor(port) as visitor:
        visitor.sign_in(role)
        home = visitor.get("/home/")
        links_of(home)
        assets = sorted(set(home.assets))
        weight = home.weight + sum(visitor.get(asset).weight for asset in assets)
    assert weight <= FIRST_LOAD
