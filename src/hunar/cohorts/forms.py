from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.catalogue.models import CourseVersion, Module, Programme
from hunar.cohorts import queries
from hunar.cohorts.enums import CorrectionReason
from hunar.cohorts.models import (
    Attendance,
    Cohort,
    CohortTrainer,
    Enrolment,
    Intake,
    Room,
    Session,
)
from hunar.cohorts.services import Mark
from hunar.kernel.calendar import ASHGABAT
from hunar.organisations.models import Organisation
from hunar.people.models import Person
from hunar.ui.widgets import DateInput, TimeInput

LANGUAGE_NAMES = [("tk", "Türkmençe"), ("ru", "Русский"), ("en", "English")]


class TitleForm(forms.Form):
    """A title in three languages; the Turkmen one is the official one."""

    title_tk = forms.CharField(label=_("Title in Turkmen"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)

    @property
    def title(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"title_{code}"] for code in ("tk", "ru", "en")}


def title_initial(title: dict[str, str]) -> dict[str, str]:
    """What a ``TitleForm`` starts with."""
    return {f"title_{code}": title.get(code, "") for code in ("tk", "ru", "en")}


class IntakeForm(TitleForm):
    programme = forms.ModelChoiceField(Programme.objects.all(), label=_("Programme"))
    starts_date = forms.DateField(label=_("Starts"), widget=DateInput())
    ends_date = forms.DateField(label=_("Ends"), widget=DateInput())
    field_order = ["programme", "title_tk", "title_ru", "title_en", "starts_date", "ends_date"]

    def __init__(self, *args: Any, intake: Intake | None = None, **kwargs: Any) -> None:
        if intake:
            kwargs["initial"] = title_initial(intake.title) | {
                "starts_date": intake.starts_date,
                "ends_date": intake.ends_date,
            }
        super().__init__(*args, **kwargs)
        if intake:
            # A round stays in its programme.
            del self.fields["programme"]


class RoomForm(TitleForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(rooms__isnull=False).distinct(), label=_("Institution")
    )
    code = forms.CharField(label=_("Code"), max_length=20)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=2000)
    field_order = ["organisation", "code", "capacity"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = Organisation.objects.filter(kind__in=("academy", "university"))
        self.fields["organisation"].queryset = hosts  # type: ignore[attr-defined]


class CohortForm(forms.Form):
    intake = forms.ModelChoiceField(Intake.objects.all(), label=_("Round"))
    version = forms.ModelChoiceField(CourseVersion.objects.none(), label=_("Course"))
    code = forms.CharField(
        label=_("Code"), max_length=30, help_text=_("Short and readable aloud, such as CYB-2026-1.")
    )
    starts_date = forms.DateField(label=_("Starts"), widget=DateInput())
    ends_date = forms.DateField(label=_("Ends"), widget=DateInput())
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=2000, initial=30)
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages of teaching"),
        choices=LANGUAGE_NAMES,
        widget=forms.CheckboxSelectMultiple,
        initial=["tk", "ru"],
    )

    def __init__(self, *args: Any, cohort: Cohort | None = None, **kwargs: Any) -> None:
        if cohort:
            names = ("code", "starts_date", "ends_date", "seats", "room", "languages")
            kwargs["initial"] = {name: getattr(cohort, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = queries.published_versions()  # type: ignore[attr-defined]
        self.fields["room"].queryset = queries.rooms()  # type: ignore[attr-defined]
        self.fields["room"].label_from_instance = _room_label  # type: ignore[attr-defined]
        if cohort:
            del self.fields["intake"], self.fields["version"]


def _room_label(room: Room) -> str:
    return f"{room.code}, {room} ({room.capacity})"


class SessionForm(TitleForm):
    """One line of the timetable."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices)
    module = forms.ModelChoiceField(Module.objects.none(), label=_("Module"), required=False)
    day = forms.DateField(label=_("Day"), widget=DateInput())
    starts = forms.TimeField(label=_("Starts"), widget=TimeInput())
    ends = forms.TimeField(label=_("Ends"), widget=TimeInput())
    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=_("Room"),
        required=False,
        help_text=_("Empty: the cohort's own."),
    )
    trainer = forms.ModelChoiceField(Person.objects.none(), label=_("Trainer"), required=False)
    field_order = ["kind", "module", "day", "starts", "ends", "room", "trainer"]

    def __init__(
        self, *args: Any, cohort: Cohort, session: Session | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _session_initial(session) if session else {"day": cohort.starts_date}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["title_tk"].required = False
        fields["title_tk"].help_text = _("Empty: the module's title.")
        fields["module"].queryset = Module.objects.filter(version=cohort.version_id)
        fields["room"].queryset = queries.rooms()
        fields["room"].label_from_instance = _room_label
        fields["trainer"].queryset = Person.objects.filter(teaches__cohort=cohort)

    @property
    def facts(self) -> dict[str, Any]:
        """What the services want to know."""
        cleaned = self.cleaned_data
        return {
            "kind": cleaned["kind"],
            "module": cleaned["module"],
            "starts_at": _moment(cleaned["day"], cleaned["starts"]),
            "ends_at": _moment(cleaned["day"], cleaned["ends"]),
            "title": self.title,
            "room": cleaned["room"],
            "trainer": cleaned["trainer"],
        }


def _moment(day: date, hour: Any) -> datetime:
    return datetime.combine(day, hour, ASHGABAT)


def _session_initial(session: Session) -> dict[str, Any]:
    return title_initial(session.title) | {
        "kind": session.kind,
        "module": session.module,
        "day": session.day,
        "starts": session.starts_at.astimezone(ASHGABAT).time(),
        "ends": session.ends_at.astimezone(ASHGABAT).time(),
        "room": session.room,
        "trainer": session.trainer,
    }


class PersonForm(forms.Form):
    """One person out of the results of a search, by the number behind the button."""

    person = forms.ModelChoiceField(Person.objects.all())


class TrainerForm(PersonForm):
    part = forms.ChoiceField(choices=CohortTrainer.Part.choices)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Seen by officers and by the person herself. Write nothing about health."),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Six digits from the screen"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )


class SheetForm(forms.Form):
    """The quick-entry grid: per person a state and, if she was late, the minutes."""

    reason = forms.ChoiceField(
        label=_("Reason for changes to earlier records"),
        choices=[("", "–"), *CorrectionReason.choices],
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        session: Session,
        enrolments: Iterable[Enrolment],
        known: dict[int, Attendance],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.enrolments = list(enrolments)
        self.known = known
        for row in self.enrolments:
            self._add(row, known.get(row.pk))
        if not known:
            del self.fields["reason"]

    def _add(self, row: Enrolment, known: Attendance | None) -> None:
        name = row.person.name.full
        self.fields[f"state-{row.pk}"] = forms.ChoiceField(
            choices=Attendance.State.choices,
            initial=known.state if known else Attendance.State.PRESENT,
            widget=forms.Select(attrs={"aria-label": _("State of %(name)s") % {"name": name}}),
        )
        self.fields[f"minutes-{row.pk}"] = forms.IntegerField(
            required=False,
            min_value=0,
            max_value=self.session.minutes,
            initial=known.minutes if known and known.state == Attendance.State.LATE else None,
            widget=forms.NumberInput(
                attrs={"aria-label": _("Minutes of %(name)s") % {"name": name}, "size": 4}
            ),
        )
        self.fields[f"seen-{row.pk}"] = forms.CharField(
            required=False,
            initial=known.state if known else "",
            widget=forms.HiddenInput(),
        )

    @property
    def rows(self) -> list[tuple[Enrolment, Any, Any, Any, Attendance | None]]:
        """Per person the fields of the grid."""
        return [
            (
                row,
                self[f"state-{row.pk}"],
                self[f"minutes-{row.pk}"],
                self[f"seen-{row.pk}"],
                self.known.get(row.pk),
            )
            for row in self.enrolments
        ]

    @property
    def marks(self) -> dict[int, Mark]:
        """What was entered; minutes count for those who were late."""
        cleaned = self.cleaned_data
        return {
            row.pk: Mark(
                cleaned[f"state-{row.pk}"],
                cleaned[f"minutes-{row.pk}"]
                if cleaned[f"state-{row.pk}"] == Attendance.State.LATE
                else None,
            )
            for row in self.enrolments
        }

    @property
    def seen(self) -> dict[int, str]:
        """What the page showed before."""
        return {row.pk: self.cleaned_data[f"seen-{row.pk}"] for row in self.enrolments}
