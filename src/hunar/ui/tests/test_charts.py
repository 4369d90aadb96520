from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.ui import charts
from hunar.ui.charts import Bar, Chart, Interval
from hunar.ui.tests.rendering import rendered

HOSTILE = "<script>\"&'"
EVIL = Interval(HOSTILE, 2, 1, 3)
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


def every_chart(label: str = HOSTILE) -> list[Chart]:
    point = Interval(label, 2, 1, 3)
    return [
        charts.horizontal_bars([Bar(label, 3, 4)], title=label),
        charts.stacked_bars([label, "b"], [(label, [1, 2]), ("c", [0, 0])], title=label),
        charts.line([point, point], title=label, target=2),
        charts.intervals([point], title=label, reference=1),
    ]


@pytest.mark.parametrize("place", range(4))
def test_charts_escape_their_words(place: int) -> None:
    chart = every_chart()[place]
    assert "<script" not in chart.svg
    assert "&lt;script&gt;" in chart.svg
    ElementTree.fromstring(chart.svg)


@pytest.mark.parametrize("place", range(4))
def test_charts_have_a_title_a_description_and_no_style(place: int) -> None:
    chart = every_chart("Mary")[place]
    root = ElementTree.fromstring(chart.svg)
    assert root.find("title") is not None
    assert root.findtext("desc")
    assert "style=" not in chart.svg


@pytest.mark.parametrize("place", range(4))
def test_the_component_shows_the_figures_as_a_table(place: int) -> None:
    page = rendered('<c-ui.chart :chart="chart" />', chart=every_chart("Mary")[place])
    assert "<svg" in page
    assert "<table" in page
    assert page.count('<th scope="col"') == len(every_chart("Mary")[place].head)


def test_charts_without_figures_still_draw() -> None:
    for chart in (
        charts.horizontal_bars([], title="a"),
        charts.stacked_bars([], [], title="a"),
        charts.line([], title="a"),
        charts.intervals([], title="a"),
    ):
        ElementTree.fromstring(chart.svg)


def test_stacked_bars_refuse_uneven_series() -> None:
    with pytest.raises(ValueError, match="1 values for 2 labels"):
        charts.stacked_bars(["a", "b"], [("x", [1])], title="t")


@given(st.lists(st.tuples(NUMBERS, st.floats(0, 1e3)), min_size=1, max_size=12))
def test_any_figures_fit_the_drawing(values: list[tuple[float, float]]) -> None:
    points = [Interval("p", mid, mid - by, mid + by) for mid, by in values]
    for chart in (charts.intervals(points, title="t"), charts.line(points, title="t")):
        root = ElementTree.fromstring(chart.svg)
        width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
        for dot in root.iter("circle"):
            assert 0 <= float(dot.attrib["cx"]) <= width
            assert 0 <= float(dot.attrib["cy"]) <= height
