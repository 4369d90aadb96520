"""Cotton and template-partials together: both must be at work in pages and in fragments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

SRC = Path(settings.PACKAGE)
TEMPLATES = sorted(SRC.glob("*/templates/**/*.html"))


def test_a_page_and_its_fragment_leave_no_component_unrendered():
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    engine = engines["django"]
    page = engine.get_template("ui/violation.html").render({"violation": None}, request)
    assert "<c-" not in page
    loaders = settings.TEMPLATES[0]["OPTIONS"]["loaders"]
    assert loaders[0][0] == "template_partials.loader.Loader"
    assert loaders[0][1][0][1][0] == "django_cotton.cotton_loader.Loader"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_template_has_no_inline_script_or_style(path: Path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:json|ld\+json))", text), (
        path
    )
    assert "<style" not in text
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert "javascript:" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_template_loads_nothing_from_elsewhere(path: Path):
    addresses = re.findall(r"""(?:src|href)=["'](https?:)?//[^"']+""", path.read_text())
    assert addresses == []
