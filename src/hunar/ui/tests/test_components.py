from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import get_template

from hunar.ui import gallery
from hunar.ui.tests.rendering import get_request, rendered

ROOM = Path(__file__).parents[1]
COMPONENTS = sorted(path.stem for path in (ROOM / "templates/cotton/ui").glob("*.html"))
EXHIBITS = [exhibit for part in gallery.exhibits() for exhibit in part.exhibits]


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.name)
def test_every_exhibit_renders_without_leftovers(exhibit: gallery.Exhibit) -> None:
    page = get_template(exhibit.template).render(gallery.material(), get_request())
    assert page.strip()
    assert "<c-" not in page
    assert "{%" not in page
    assert " style=" not in page


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_states_its_attributes(name: str) -> None:
    source = (ROOM / f"templates/cotton/ui/{name}.html").read_text()
    assert source.startswith(("<c-vars", "{% comment %}"))
    assert "{% comment %}" in source


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_stands_in_the_cheat_sheet(name: str) -> None:
    assert f"`{name}`" in (ROOM / "README.md").read_text()


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_stands_in_the_gallery_or_in_another_component(name: str) -> None:
    use = re.compile(rf"<c-ui\.{name}[\s/>]")
    sources = [path for path in (ROOM / "templates").rglob("*.html") if path.stem != name]
    assert any(use.search(path.read_text()) for path in sources)


def test_an_attribute_is_escaped_once() -> None:
    page = rendered('<c-ui.card title="{{ title }}" />', title="Rules & <script>")
    assert "Rules &amp; &lt;script&gt;" in page
    assert "&amp;amp;" not in page


def test_attributes_that_pass_through_are_escaped() -> None:
    page = rendered('<c-ui.button name="act" :value="value">Go</c-ui.button>', value='"><script>')
    assert "<script>" not in page
    assert 'name="act"' in page


def test_a_field_names_its_error_to_screen_readers() -> None:
    page = rendered('<c-ui.field :field="field" />', field=gallery.SampleForm({})["title"])
    assert 'aria-invalid="true"' in page
    described = re.search(r'aria-describedby="([^"]+)"', page)
    assert described
    assert all(f'id="{name}"' in page for name in described[1].split())


def test_a_group_of_choices_has_a_legend() -> None:
    page = rendered('<c-ui.field :field="field" />', field=gallery.SampleForm()["language"])
    assert "<fieldset" in page
    assert "<legend>" in page


def test_a_form_with_a_file_is_multipart_and_protected() -> None:
    page = rendered('<c-ui.form :form="form" />', form=gallery.SampleForm())
    assert 'enctype="multipart/form-data"' in page
    assert "csrfmiddlewaretoken" in page


def test_an_error_summary_links_to_the_fields() -> None:
    page = rendered('<c-ui.form :form="form" />', form=gallery.SampleForm({}))
    assert 'href="#id_title"' in page


def test_a_form_shows_errors_of_hidden_fields_too() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput, label="Token")

    assert "Token" in rendered('<c-ui.form :form="form" />', form=Hidden({}))


def test_a_sort_header_keeps_other_parameters_and_turns_round() -> None:
    request = get_request("/", sort="name", q="Maral", page="3")
    page = rendered('<c-ui.sort_header field="name" label="Name" />', request)
    assert 'aria-sort="ascending"' in page
    assert "sort=-name" in page
    assert "q=Maral" in page
    assert "page=" not in page


def test_pagination_keeps_the_query() -> None:
    page_obj = Paginator(range(60), 20).page(2)
    page = rendered('<c-ui.pagination :page_obj="p" />', get_request("/", q="a b"), p=page_obj)
    assert 'href="?q=a+b&amp;page=3"' in page
    assert 'aria-current="page"' in page


def test_an_empty_table_shows_its_empty_slot() -> None:
    source = '<c-ui.table label="T"><c-slot name="empty">Nothing</c-slot>{% for r in rows %}<tr></tr>{% endfor %}</c-ui.table>'
    assert "Nothing" in rendered(source, rows=[])
    assert "<table" not in rendered(source, rows=[])
    assert "<table" in rendered(source, rows=[1])


def test_a_meter_follows_the_rule_of_html() -> None:
    source = '<c-ui.meter :value="v" :low="40" :high="60" :optimum="100" label="Score" />'
    assert 'class="good" width="72.0"' in rendered(source, v=72)
    assert 'class="warn"' in rendered(source, v=50)
    assert 'class="bad"' in rendered(source, v=12)


def test_icons_that_components_name_exist() -> None:
    named = set()
    for path in (ROOM / "templates").rglob("*.html"):
        named |= set(re.findall(r'<c-ui\.icon name="([a-z-]+)"', path.read_text()))
        named |= set(re.findall(r' icon="([a-z-]+)"', path.read_text()))
    assert named
    assert named <= set(gallery.material()["icons"])
