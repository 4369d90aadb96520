"""The exhibits of ``/ui/``: small examples in ``templates/ui/gallery/examples``.

The file's text is the code that the gallery shows, and its rendering the picture.
The people and figures are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator

from hunar.ui import charts, widgets

EXAMPLES = Path(__file__).parent / "templates" / "ui" / "gallery" / "examples"
SAMPLES = [
    ("list", "A list"),
    ("detail", "One thing"),
    ("form", "A form"),
    ("dashboard", "A dashboard"),
]
PARTS = [
    ("text", "Page, text and icons"),
    ("actions", "Actions"),
    ("forms", "Forms"),
    ("tables", "Tables and lists"),
    ("signs", "Signs and states"),
    ("figures", "Figures and charts"),
    ("documents", "Documents"),
]


@dataclass(frozen=True)
class Exhibit:
    name: str
    template: str
    code: str

    @property
    def title(self) -> str:
        return self.name.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Part:
    anchor: str
    title: str
    exhibits: tuple[Exhibit, ...]


def exhibits() -> list[Part]:
    """All examples by part, in the order of their file names."""
    return [
        Part(anchor, title, tuple(_exhibit(path) for path in sorted(EXAMPLES.glob(f"{anchor}-*"))))
        for anchor, title in PARTS
    ]


def _exhibit(path: Path) -> Exhibit:
    name = path.stem.split("-", 2)[2]
    return Exhibit(name, f"ui/gallery/examples/{path.name}", path.read_text().strip())


class SampleForm(forms.Form):
    title = forms.CharField(help_text="As it shall stand on the certificate.", max_length=120)
    course = forms.ChoiceField(
        choices=[
            ("", "Choose a course"),
            ("cyber", "Cybersecurity"),
            ("ai", "Emerging technologies"),
        ]
    )
    starts_on = forms.DateField(label="First day", widget=widgets.DateInput)
    seats = forms.IntegerField(min_value=1, initial=40)
    language = forms.ChoiceField(
        choices=[("tk", "Türkmençe"), ("ru", "Русский")], widget=forms.RadioSelect, initial="tk"
    )
    days = forms.MultipleChoiceField(
        label="Days of the week",
        choices=[("1", "Monday"), ("2", "Tuesday"), ("3", "Wednesday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    programme = forms.FileField(required=False, help_text="PDF, at most 20 MB.")
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    is_open = forms.BooleanField(label="Nominations may arrive at once", required=False)


@dataclass(frozen=True)
class Row:
    name: str
    post: str
    unit: str
    score: float
    decision: str
    tone: str

    def __str__(self) -> str:
        return self.name


ROWS = [
    Row(
        "Annaýewa Maral Berdiýewna",
        "Lead specialist",
        "Ministry of Communications",
        87.5,
        "Admitted",
        "good",
    ),
    Row("Baýramow Serdar", "Head of unit", "Ministry of Finance", 84.0, "Admitted", "good"),
    Row("Çaryýewa Ogulgerek", "Engineer", "Türkmenaragatnaşyk agency", 82.25, "Admitted", "good"),
    Row(
        "Garajaýewa Jeren Ataýewna",
        "Lecturer",
        "Institute of Telecommunications",
        79.75,
        "Waiting list",
        "warn",
    ),
    Row(
        "Ýazberdiýew Şöhrat",
        "Specialist",
        "Mary region administration",
        61.5,
        "Not eligible",
        "bad",
    ),
]


class _BigList(list[Row]):
    """Five rows that pretend to be the first of many."""

    def count(self, *args: Any) -> int:
        return 120

    def __len__(self) -> int:
        return 120


def material() -> dict[str, Any]:
    """What the examples and the sample pages show."""
    faulty = SampleForm({"title": "", "course": "cyber", "seats": "0", "language": "tk"})
    paginator = Paginator(_BigList(ROWS), 5)
    return {
        "form": SampleForm(),
        "faulty_form": faulty,
        "rows": ROWS,
        "page_obj": paginator.page(1),
        "moment": datetime(2025, 12, 2, 9, 30, tzinfo=UTC),
        "title": {"tk": "Kiberhowpsuzlyk", "ru": "Кибербезопасность", "en": "Cybersecurity"},
        "lesson": LESSON,
        "icons": _icon_names(),
        **_charts(),
    }


def _charts() -> dict[str, charts.Chart]:
    bars = [
        charts.Bar("Cybersecurity in Digital Government", 40, target=40),
        charts.Bar("Emerging Technologies and AI", 38, target=40),
        charts.Bar("Managing digital systems", 36, target=40),
    ]
    regions = ["Aşgabat", "Ahal", "Balkan", "Daşoguz", "Lebap", "Mary"]
    parts = [("Women", [22, 7, 5, 6, 8, 9]), ("Men", [19, 9, 8, 7, 9, 11])]
    months = [("Sep", 52.0, 5.0), ("Oct", 58.0, 4.0), ("Nov", 66.0, 4.0), ("Dec", 74.5, 3.0)]
    ratios = [("Women", 0.97, 0.16), ("Regions", 0.84, 0.2), ("Under 35", 1.08, 0.15)]
    return {
        "bars": charts.horizontal_bars(
            bars, title="Certificates by course", note="The red mark is the plan."
        ),
        "stacked": charts.stacked_bars(regions, parts, title="Learners by region"),
        "line": charts.line(
            [charts.Interval(name, mid, mid - by, mid + by) for name, mid, by in months],
            title="Mean score of the baseline test",
            note="Band: 95 % confidence interval.",
            target=70,
        ),
        "intervals": charts.intervals(
            [charts.Interval(name, mid, mid - by, mid + by) for name, mid, by in ratios],
            title="Impact ratio of the selection",
            note="Red: the four-fifths mark.",
            reference=0.8,
            format=charts.decimals(2),
        ),
    }


def _icon_names() -> list[str]:
    sprite = (Path(__file__).parent / "static" / "ui" / "icons.svg").read_text()
    return [part.split('"', 1)[0] for part in sprite.split('<symbol id="')[1:]]


LESSON = """\
## Why logs matter

A log says **who** did **what** and *when*. Keep it where the doer cannot change it.

| Level | Kept for |
| --- | ---: |
| Access | 12 months |
| Change | 5 years |

:::note
Clocks of all servers must agree.
:::

:::exercise Two questions
1. Which of the entries below is suspicious?
2. What would you check first?
:::

:::answer
The third: a night sign-in from an unknown address. Check the session first.
:::
"""
