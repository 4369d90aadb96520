from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.agreements import queries
from hunar.agreements.enums import Part
from hunar.agreements.models import Agreement, Expert, Party
from hunar.agreements.services import Side
from hunar.catalogue.models import Programme
from hunar.kernel.forms import FormInLanguages
from hunar.organisations.models import Organisation
from hunar.people.models import Person
from hunar.ui.widgets import DateInput

LANGUAGES = [("tk", _("Turkmen")), ("ru", _("Russian")), ("en", _("English"))]
SIDES = 6


class AgreementForm(FormInLanguages):
    """A draft: texts, period, programmes and up to six parties."""

    texts: ClassVar = {
        "title": _("Title"),
        "summary": _("Summary"),
        "signed_place": _("Signed at"),
    }
    long_texts: ClassVar = frozenset({"summary"})
    optional_texts: ClassVar = frozenset({"signed_place"})
    starts_date = forms.DateField(label=_("In force from"), widget=DateInput)
    ends_date = forms.DateField(
        label=_("In force until"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty where no end is agreed."),
    )
    programmes = forms.ModelMultipleChoiceField(
        label=_("Programmes"),
        required=False,
        queryset=Programme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, agreement: Agreement | None = None, **kwargs: Any) -> None:
        if agreement:
            kwargs["initial"] = _initial(agreement)
        super().__init__(*args, **kwargs)
        programmes = self.fields["programmes"]
        assert isinstance(programmes, forms.ModelMultipleChoiceField)
        programmes.queryset = queries.programmes()
        self._organisations = {str(row.pk): row for row in queries.organisations()}
        choices = [("", "–"), *((pk, str(row)) for pk, row in self._organisations.items())]
        for number in range(1, SIDES + 1):
            self.fields[f"organisation_{number}"] = forms.ChoiceField(
                label=_("Party %(number)s") % {"number": number}, required=False, choices=choices
            )
            self.fields[f"part_{number}"] = forms.ChoiceField(
                label=_("Part of party %(number)s") % {"number": number},
                required=False,
                choices=Part.choices,
            )

    @property
    def side_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the parties, two by two."""
        return [
            (self[f"organisation_{number}"], self[f"part_{number}"])
            for number in range(1, SIDES + 1)
        ]

    def facts(self) -> dict[str, Any]:
        """What the services ask for."""
        return {
            **{name: self.text(name) for name in self.texts},
            "starts_date": self.cleaned_data["starts_date"],
            "ends_date": self.cleaned_data["ends_date"],
            "programmes": list(self.cleaned_data["programmes"]),
            "sides": [
                Side(self._organisations[chosen], self.cleaned_data[f"part_{number}"])
                for number in range(1, SIDES + 1)
                if (chosen := self.cleaned_data[f"organisation_{number}"])
            ],
        }


def _initial(agreement: Agreement) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "title": agreement.title,
        "summary": agreement.summary,
        "signed_place": agreement.signed_place,
        "starts_date": agreement.starts_date,
        "ends_date": agreement.ends_date,
        "programmes": list(agreement.programmes.values_list("pk", flat=True)),
    }
    for number, party in enumerate(queries.parties_of(agreement), start=1):
        initial[f"organisation_{number}"] = str(party.organisation_id)
        initial[f"part_{number}"] = party.part
    return initial


class SignForm(forms.Form):
    signed_date = forms.DateField(label=_("Signed on"), widget=DateInput)


class EndForm(forms.Form):
    ended_date = forms.DateField(label=_("Ended on"), widget=DateInput)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": "3"}))


class ObligationForm(FormInLanguages):
    """What a party of the draft owes."""

    texts: ClassVar = {"text": _("Obligation")}
    long_texts: ClassVar = frozenset({"text"})
    party = forms.ModelChoiceField(label=_("Who owes it"), queryset=Party.objects.none())
    due_date = forms.DateField(label=_("Due"), required=False, widget=DateInput)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party = self.fields["party"]
        assert isinstance(party, forms.ModelChoiceField)
        party.queryset = queries.parties_of(agreement)


class ObligationStateForm(forms.Form):
    """The next state and what shows it."""

    state = forms.ChoiceField(label=_("New state"), widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("What shows it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("The record, letter or decision. Needed where it is fulfilled or waived."),
    )

    def __init__(self, *args: Any, moves: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = moves


class ExpertForm(FormInLanguages):
    """An entry of the roster."""

    texts: ClassVar = {"fields_text": _("Fields")}
    long_texts: ClassVar = frozenset({"fields_text"})
    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none()
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    is_available = forms.BooleanField(label=_("Takes requests now"), required=False, initial=True)

    def __init__(self, *args: Any, expert: Expert | None = None, **kwargs: Any) -> None:
        if expert:
            kwargs["initial"] = {
                "fields_text": expert.fields,
                "organisation": expert.organisation_id,
                "languages": expert.languages,
                "is_available": expert.is_available,
            }
        super().__init__(*args, **kwargs)
        organisation, person = self.fields["organisation"], self.fields["person"]
        assert isinstance(organisation, forms.ModelChoiceField)
        assert isinstance(person, forms.ModelChoiceField)
        organisation.queryset = queries.organisations()
        if expert:
            del self.fields["person"]
        else:
            del self.fields["is_available"]
            person.queryset = queries.possible_experts()

    def facts(self) -> dict[str, Any]:
        """What the services ask for, save the person."""
        names = ("organisation", "languages", "is_available")
        facts = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return {**facts, "fields": self.text("fields_text")}


class AskForm(forms.Form):
    """A question under an agreement."""

    organisation = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Organisation.objects.none(), empty_label=None
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    question = forms.CharField(
        label=_("Question"),
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=_("Name no citizens and no secrets; the expert may work abroad."),
    )

    def __init__(self, *args: Any, agreement: Agreement, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ModelChoiceField)
        organisation.queryset = queries.organisations_to_ask_for(person, agreement)


class AssignForm(forms.Form):
    expert = forms.ChoiceField(label=_("Expert"))

    def __init__(self, *args: Any, experts: list[Expert], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        expert = self.fields["expert"]
        assert isinstance(expert, forms.ChoiceField)
        expert.choices = [
            (str(row.pk), f"{row.person} · {', '.join(row.languages)} · {row.organisation.short}")
            for row in experts
        ]


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": "10"}), strip=True
    )


class CloseForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("How useful was the answer?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (5, _("5: it solved the question")),
            (4, _("4: it helped a lot")),
            (3, _("3: it helped in part")),
            (2, _("2: it helped little")),
            (1, _("1: it was of no use")),
        ],
    )


def proposed_end(agreement: Agreement, today: date) -> dict[str, date]:
    """The day that the form of the end begins with."""
    return {"ended_date": max(today, agreement.starts_date)}
