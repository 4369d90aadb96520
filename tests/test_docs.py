"""The documentation says what is there: generated pages are current, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from tools import reference

ROOT = Path(settings.REPOSITORY)
PAGES = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "courses" / "README.md"])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_generated_reference_is_current(name: str):
    """Run: python tools/reference.py"""
    written = (reference.TARGET / f"{name}.md").read_text()
    assert written == "\n".join(reference.PAGES[name]()).rstrip() + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path):
    missing = [
        link
        for link in LINK.findall(page.read_text())
        if not link.startswith(("http:", "https:", "mailto:")) and not (page.parent / link).exists()
    ]
    assert missing == []


def test_no_file_names_a_place_outside_the_project():
    """No registry, no workplace: the project stands for itself."""
    tracked = [*ROOT.glob("requirements/*.txt"), *PAGES, ROOT / "Makefile", ROOT / "pyproject.toml"]
    named = [
        str(path)
        for path in tracked
        if re.search(r"https?://[^\s)]*(pypi|npmjs)", path.read_text())
    ]
    assert named == []


def test_every_course_pack_speaks_three_languages():
    for folder in sorted((ROOT / "courses").glob("*/lessons/*/*")):
        assert {path.name for path in folder.glob("*.md")} == {"tk.md", "ru.md", "en.md"}, folder
