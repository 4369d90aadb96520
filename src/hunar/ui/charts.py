"""Charts drawn on the server: SVG with classes for colour and no style attributes.

Every function returns a ``Chart``. Printed in a template it is its SVG; given to
``<c-ui.chart>`` it also shows its figures as a table. Text is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from hunar.kernel.types import Words

WIDTH = 460
RIGHT = 48
ROW = 46
CHARACTER = 7.4
"""Mean width of a character at the chart's 14 px, for the room that labels have."""

Format = Callable[[float], str]


def plain(value: float) -> str:
    """A number with at most one decimal."""
    return f"{value:,.1f}".removesuffix(".0").replace(",", "\N{NARROW NO-BREAK SPACE}")


def decimals(digits: int) -> Format:
    """A format with exactly ``digits`` decimals."""
    return lambda value: f"{value:.{digits}f}"


def per_cent(value: float) -> str:
    """A share between 0 and 1 as whole per cent."""
    return f"{value:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


@dataclass(frozen=True)
class Chart:
    """An SVG, the words that describe it and the figures behind it."""

    svg: SafeString
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[tuple[int, str], ...] = ()

    def __str__(self) -> str:
        return self.svg

    def __html__(self) -> str:
        return self.svg


@dataclass(frozen=True)
class Bar:
    """One bar; ``target`` draws a mark that the bar should reach."""

    label: Words
    value: float
    target: float | None = None


@dataclass(frozen=True)
class Interval:
    """An estimate with the ends of its interval."""

    label: Words
    value: float
    low: float
    high: float


def horizontal_bars(
    bars: Sequence[Bar], *, title: Words, note: Words = "", format: Format = plain
) -> Chart:
    """One bar per row under its label, the value behind it."""
    plot = _Plot([str(bar.label) for bar in bars])
    top = max([bar.value for bar in bars] + [bar.target or 0 for bar in bars] + [0]) or 1
    scale = _Scale(0, top, plot.left, WIDTH - RIGHT)
    for place, bar in enumerate(bars):
        y = plot.row(place)
        plot.track(scale, y)
        plot.box(scale.at(0), y - 8, scale.at(max(bar.value, 0)) - scale.at(0), 16, "s1")
        if bar.target is not None:
            plot.line(scale.at(bar.target), y - 11, scale.at(bar.target), y + 11, "target")
        plot.text(WIDTH - RIGHT + 8, y + 4.5, format(bar.value))
    with_target = any(bar.target is not None for bar in bars)
    head = (gettext("Name"), gettext("Value"), *([gettext("Target")] if with_target else []))
    rows = [
        (
            str(bar.label),
            format(bar.value),
            *([format(bar.target) if bar.target is not None else "–"] if with_target else []),
        )
        for bar in bars
    ]
    return plot.chart(title, note, head, rows)


def stacked_bars(
    labels: Sequence[Words],
    series: Sequence[tuple[Words, Sequence[float]]],
    *,
    title: Words,
    note: Words = "",
    as_shares: bool = False,
    format: Format = plain,
) -> Chart:
    """Bars made of parts, at most six series; ``as_shares`` makes each bar equally long.

    :raises ValueError: if a series has not one value per label, or there are over six.
    """
    _check_series(labels, series)
    totals = [sum(values[place] for _, values in series) for place in range(len(labels))]
    plot = _Plot([str(label) for label in labels])
    scale = _Scale(0, 1 if as_shares else max(totals, default=0) or 1, plot.left, WIDTH - RIGHT)
    for place, total in enumerate(totals):
        y, reached = plot.row(place), 0.0
        plot.track(scale, y)
        for colour, (name, values) in enumerate(series, start=1):
            part = values[place] / total if as_shares and total else values[place]
            start, reached = reached, reached + part
            width = max(scale.at(reached) - scale.at(start) - 1, 0)
            tip = f"{labels[place]}, {name}: {format(values[place])}"
            plot.box(scale.at(start), y - 8, width, 16, f"s{colour}", tip)
        plot.text(WIDTH - RIGHT + 8, y + 4.5, format(total))
    head = (gettext("Name"), *(str(name) for name, _ in series), gettext("Total"))
    rows = [
        (str(label), *(format(values[place]) for _, values in series), format(totals[place]))
        for place, label in enumerate(labels)
    ]
    legend = tuple((colour, str(name)) for colour, (name, _) in enumerate(series, start=1))
    return plot.chart(title, note, head, rows, legend)


def line(
    points: Sequence[Interval],
    *,
    title: Words,
    note: Words = "",
    target: float | None = None,
    format: Format = plain,
) -> Chart:
    """A line through the estimates with its interval as a band; equal steps in x."""
    bottom, top, left = 216, 12, 48
    values = [end for point in points for end in (point.low, point.high, point.value)]
    scale = _nice_scale([*values, *([target] if target is not None else [])], bottom, top)
    plot = _Plot([], height=250, left=left)
    for tick in scale.ticks():
        y = scale.at(tick)
        plot.line(left, y, WIDTH - 16, y, "axis")
        plot.text(left - 8, y + 4.5, format(tick), "soft", "end")
    step = (WIDTH - 40 - left) / max(len(points) - 1, 1)
    xs = [left + 16 + step * place for place in range(len(points))]
    if points:
        upper = [(x, scale.at(point.high)) for x, point in zip(xs, points, strict=True)]
        lower = [(x, scale.at(point.low)) for x, point in zip(xs, points, strict=True)]
        plot.path([*upper, *reversed(lower)], "band s1", closed=True)
        plot.path(
            [(x, scale.at(point.value)) for x, point in zip(xs, points, strict=True)], "line l1"
        )
    shown = max(1, math.ceil(len(points) / 10))
    for place, (x, point) in enumerate(zip(xs, points, strict=True)):
        tip = f"{point.label}: {format(point.value)} ({format(point.low)}–{format(point.high)})"
        plot.dot(x, scale.at(point.value), 4, "s1", tip)
        if place % shown == 0:
            plot.text(x, 238, str(point.label), "soft", "middle")
    if target is not None:
        plot.line(left, scale.at(target), WIDTH - 16, scale.at(target), "target")
    return plot.chart(title, note, *_interval_table(points, format))


def intervals(
    points: Sequence[Interval],
    *,
    title: Words,
    note: Words = "",
    reference: float | None = None,
    format: Format = plain,
) -> Chart:
    """A dot with whiskers per row: estimates whose uncertainty matters.

    ``reference`` draws a line to compare with, such as 1 or the four-fifths mark.
    Points without an interval (low = value = high) make a plain dot plot.
    """
    plot = _Plot([str(point.label) for point in points], foot=28)
    ends = [end for point in points for end in (point.low, point.high)]
    scale = _nice_scale(
        [*ends, *([reference] if reference is not None else [])], 20, WIDTH - RIGHT - 20
    )
    base = plot.height - 28
    for tick in scale.ticks():
        plot.line(scale.at(tick), base - 5, scale.at(tick), base, "axis zero")
        plot.text(scale.at(tick), base + 19, format(tick), "soft", "middle")
    plot.line(scale.start, base, scale.end, base, "axis zero")
    for place, point in enumerate(points):
        y = plot.row(place)
        plot.line(scale.start, y, scale.end, y, "axis")
        if reference is not None:
            plot.line(scale.at(reference), y - 11, scale.at(reference), y + 11, "target")
        low, high = scale.at(point.low), scale.at(point.high)
        if point.high > point.low:
            plot.line(low, y, high, y, "whisker l1")
            plot.line(low, y - 5, low, y + 5, "whisker l1")
            plot.line(high, y - 5, high, y + 5, "whisker l1")
        plot.dot(scale.at(point.value), y, 6, "s1", f"{point.label}: {format(point.value)}")
        plot.text(WIDTH - RIGHT + 8, y + 4.5, format(point.value))
    return plot.chart(title, note, *_interval_table(points, format))


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        step = _nice_step(self.high - self.low)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [place * step for place in range(first, last + 1)]


class _Plot:
    """Collects the drawing; all text passes through ``escape``."""

    def __init__(
        self, labels: Sequence[str], *, height: int = 0, left: float = 0, foot: int = 0
    ) -> None:
        self.left = left
        self.height = height or max(len(labels), 1) * ROW + 4 + foot
        self._parts: list[str] = []
        room = int(WIDTH / CHARACTER)
        for place, label in enumerate(labels):
            shown = label if len(label) <= room else label[: room - 1] + "…"
            self.text(self.left, self.row(place) - 15, shown, "", "start", label)

    def row(self, place: int) -> float:
        """Where the bar of a row has its middle; the label stands above it."""
        return 31 + ROW * place

    def track(self, scale: _Scale, y: float) -> None:
        self.box(scale.start, y - 8, scale.end - scale.start, 16, "track")

    def box(
        self, x: float, y: float, width: float, height: float, kind: str, tip: str = ""
    ) -> None:
        self._parts.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
            f'height="{height:.1f}" rx="2">{_tip(tip)}</rect>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        self._parts.append(
            f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
        )

    def dot(self, x: float, y: float, radius: float, kind: str, tip: str = "") -> None:
        self._parts.append(
            f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}">{_tip(tip)}</circle>'
        )

    def path(self, points: Sequence[tuple[float, float]], kind: str, closed: bool = False) -> None:
        steps = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        self._parts.append(f'<path class="{kind}" d="M{steps}{"Z" if closed else ""}"/>')

    def text(
        self, x: float, y: float, words: str, kind: str = "", anchor: str = "start", tip: str = ""
    ) -> None:
        whole = _tip(tip) if tip != words else ""
        self._parts.append(
            f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
            f"{whole}{escape(words)}</text>"
        )

    def chart(
        self,
        title: Words,
        note: Words,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        legend: tuple[tuple[int, str], ...] = (),
    ) -> Chart:
        told = "; ".join(": ".join([row[0], ", ".join(row[1:])]) for row in rows)
        svg = (
            f'<svg viewBox="0 0 {WIDTH} {self.height:.0f}" role="img" focusable="false">'
            f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{''.join(self._parts)}</svg>"
        )
        return Chart(
            svg=mark_safe(svg),
            title=str(title),
            note=str(note),
            head=tuple(head),
            rows=tuple(tuple(row) for row in rows),
            legend=legend,
        )


def _tip(words: str) -> str:
    return f"<title>{escape(words)}</title>" if words else ""


def _check_series(labels: Sequence[Words], series: Sequence[tuple[Words, Sequence[float]]]) -> None:
    if len(series) > 6:
        raise ValueError("at most six series can be told apart")
    for name, values in series:
        if len(values) != len(labels):
            raise ValueError(f"{name}: {len(values)} values for {len(labels)} labels")


def _interval_table(
    points: Sequence[Interval], format: Format
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    head = (gettext("Name"), gettext("Value"), gettext("Interval from"), gettext("Interval to"))
    rows: list[tuple[str, ...]] = [
        (str(point.label), format(point.value), format(point.low), format(point.high))
        for point in points
    ]
    return head, rows


def _nice_step(span: float) -> float:
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough - 1e-12)


def _nice_scale(values: Sequence[float], start: float, end: float) -> _Scale:
    low, high = min(values, default=0.0), max(values, default=1.0)
    if low >= 0 and low < high / 2:
        low = 0.0
    if high <= low:
        low, high = low - 0.5, high + 0.5
    step = _nice_step(high - low)
    return _Scale(math.floor(low / step) * step, math.ceil(high / step) * step, start, end)
