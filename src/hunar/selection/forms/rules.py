"""The rules of a draft as one page of forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hunar.kernel.text import LANGUAGES, in_language
from hunar.organisations.enums import RoleGroup
from hunar.selection import rules, wording
from hunar.selection.rules import CallRules, CohortRules, Criterion, Eligibility, Reserve
from hunar.ui.widgets import DateInput

Data = QueryDict | None


class EligibilityForm(forms.Form):
    min_months_in_post = forms.IntegerField(
        label=_("Least months in the present post"), min_value=0, max_value=600
    )
    min_grade = forms.IntegerField(label=_("Lowest grade"), min_value=0, max_value=20)
    role_groups = forms.MultipleChoiceField(
        label=_("Role groups"),
        choices=RoleGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all."),
    )
    prerequisite_course = forms.CharField(
        label=_("Code of a course that must have been taken"), required=False, max_length=20
    )
    once_per_course = forms.BooleanField(
        label=_("Only people who were not trained in the same course before"), required=False
    )
    consent_required = forms.BooleanField(
        label=_("The supervisor's consent is required"), required=False
    )

    def eligibility(self) -> Eligibility:
        cleaned = self.cleaned_data
        return Eligibility(**{**cleaned, "role_groups": tuple(cleaned["role_groups"])})


class PeriodsForm(forms.Form):
    markers = forms.IntegerField(label=_("Markers per file"), min_value=2, max_value=5)
    notice_days = forms.IntegerField(
        label=_("Days from publication to the end of nominations, at least"), min_value=1
    )
    acceptance_days = forms.IntegerField(
        label=_("Working days to accept a place"), min_value=1, max_value=30
    )
    appeal_days = forms.IntegerField(label=_("Working days to appeal"), min_value=1, max_value=60)
    appeal_decision_days = forms.IntegerField(
        label=_("Working days to decide an appeal"), min_value=1, max_value=60
    )


class TieBreakForm(forms.Form):
    """Up to three tie-breaks in order; the lottery always follows."""

    def __init__(self, criteria: tuple[Criterion, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), (rules.MONTHS_IN_POST, wording.TIE_BREAKS[rules.MONTHS_IN_POST])]
        choices += [(each.code, in_language(each.title) or each.code) for each in criteria]
        for number, label in enumerate((_("First"), _("Second"), _("Third")), start=1):
            self.fields[f"tie_{number}"] = forms.ChoiceField(
                label=label, choices=choices, required=False
            )

    def tie_breaks(self) -> tuple[str, ...]:
        chosen = [self.cleaned_data[f"tie_{number}"] for number in (1, 2, 3)]
        return tuple(dict.fromkeys(code for code in chosen if code))


class CriterionForm(forms.Form):
    code = forms.SlugField(required=False, widget=forms.HiddenInput)
    # The blank choice lets the further criterion stay empty.
    source = forms.ChoiceField(
        label=_("How the value arises"), choices=[("", "–"), *wording.SOURCES.items()]
    )
    weight = forms.DecimalField(
        label=_("Weight in per cent"), min_value=Decimal("0.01"), max_value=100, decimal_places=2
    )
    maximum = forms.DecimalField(
        label=_("Maximum"), min_value=Decimal("0.01"), max_value=1000, decimal_places=2
    )
    title_tk = forms.CharField(label=_("Title in Turkmen"), max_length=120)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    rubric_tk = forms.CharField(label=_("Rubric in Turkmen"), required=False, widget=forms.Textarea)
    rubric_ru = forms.CharField(label=_("Rubric in Russian"), required=False, widget=forms.Textarea)
    rubric_en = forms.CharField(label=_("Rubric in English"), required=False, widget=forms.Textarea)

    @staticmethod
    def initial_of(criterion: Criterion) -> dict[str, Any]:
        texts = {
            f"{name}_{code}": getattr(criterion, name).get(code, "")
            for name in ("title", "rubric")
            for code in LANGUAGES
        }
        return {
            **texts,
            "code": criterion.code,
            "source": criterion.source.value,
            "weight": criterion.weight,
            "maximum": criterion.maximum,
        }

    def criterion(self, number: int, scale: dict[str, Decimal]) -> Criterion:
        cleaned = self.cleaned_data
        source = rules.Source(cleaned["source"])
        return Criterion(
            code=cleaned["code"] or f"criterion-{number}",
            source=source,
            title={code: cleaned[f"title_{code}"] for code in LANGUAGES},
            weight=cleaned["weight"],
            maximum=cleaned["maximum"],
            rubric={code: cleaned[f"rubric_{code}"] for code in LANGUAGES}
            if source is rules.Source.MARKED
            else {},
            scale=scale if source is rules.Source.ROLE_RELEVANCE else {},
        )


CriterionFormSet = forms.formset_factory(CriterionForm, extra=1, max_num=12, can_delete=True)


class ScaleForm(forms.Form):
    """The value of each role group under "relevance of the role group"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in RoleGroup.choices:
            self.fields[code] = forms.DecimalField(
                label=label, min_value=0, max_value=1000, decimal_places=2
            )

    def scale(self) -> dict[str, Decimal]:
        return {code: self.cleaned_data[code] for code in RoleGroup.values}


class CohortForm(forms.Form):
    """Seats of one cohort: in all, per institution, and kept for each group."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=1000)
    institution_cap = forms.IntegerField(
        label=_("Most seats per institution"), min_value=1, required=False
    )
    precedence = forms.ChoiceField(
        label=_("Order of seats"), choices=list(wording.PRECEDENCES.items())
    )

    def __init__(self, cohort: CohortRules, data: Data, *, prefix: str) -> None:
        self.cohort = cohort
        kept = {reserve.group: reserve for reserve in cohort.reserves}
        initial: dict[str, Any] = {
            "seats": cohort.seats,
            "institution_cap": cohort.institution_cap,
            "precedence": cohort.precedence.value,
        }
        for group, reserve in kept.items():
            initial |= {f"{group}_seats": reserve.seats, f"{group}_share": reserve.share}
        super().__init__(data, initial=initial, prefix=prefix)
        for code, words in wording.RESERVE_GROUPS.items():
            self.fields[f"{code}_seats"] = forms.IntegerField(
                label=_("Seats kept for: %(group)s") % {"group": words}, min_value=0, required=False
            )
            self.fields[f"{code}_share"] = forms.DecimalField(
                label=_("or a share in per cent"), min_value=0, max_value=100, required=False
            )

    def rules(self, grounds: dict[str, dict[str, Any]]) -> CohortRules:
        cleaned = self.cleaned_data
        reserves = []
        for group in wording.RESERVE_GROUPS:
            seats = cleaned.get(f"{group}_seats") or 0
            share = cleaned.get(f"{group}_share") or Decimal(0)
            if seats or share:
                reserves.append(
                    Reserve(
                        group=rules.ReserveGroup(group), seats=seats, share=share, **grounds[group]
                    )
                )
        return CohortRules(
            code=self.cohort.code,
            course=self.cohort.course,
            seats=cleaned["seats"],
            institution_cap=cleaned["institution_cap"],
            reserves=tuple(reserves),
            precedence=rules.Precedence(cleaned["precedence"]),
        )


class GroundForm(forms.Form):
    """Why seats are kept for a group, by which act, and until when."""

    purpose_tk = forms.CharField(label=_("Purpose in Turkmen"), required=False)
    purpose_ru = forms.CharField(label=_("Purpose in Russian"), required=False)
    purpose_en = forms.CharField(label=_("Purpose in English"), required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), required=False)
    end_date = forms.DateField(
        label=_("Kept until"), required=False, widget=DateInput, input_formats=["%Y-%m-%d"]
    )

    def ground(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "purpose": {code: cleaned[f"purpose_{code}"] for code in LANGUAGES},
            "legal_basis": cleaned["legal_basis"],
            "end_date": cleaned["end_date"] or date(1991, 10, 27),
        }


class RulesForms:
    """All forms of the page; together they make the rules."""

    def __init__(self, present: CallRules, data: Data) -> None:
        self.present = present
        self.eligibility = EligibilityForm(data, initial=_plain(present.eligibility), prefix="who")
        self.periods = PeriodsForm(data, initial=_plain(present), prefix="periods")
        ties = {f"tie_{n}": code for n, code in enumerate(present.tie_breaks, start=1)}
        self.tie_breaks = TieBreakForm(present.criteria, data, initial=ties, prefix="ties")
        self.criteria = CriterionFormSet(
            data,
            initial=[CriterionForm.initial_of(each) for each in present.criteria],
            prefix="criteria",
        )
        self.scale = ScaleForm(data, initial=_scale(present), prefix="scale")
        self.cohorts = [
            CohortForm(each, data, prefix=f"cohort-{number}")
            for number, each in enumerate(present.cohorts)
        ]
        self.grounds = {
            group: GroundForm(data, initial=_ground(present, group), prefix=f"ground-{group}")
            for group in wording.RESERVE_GROUPS
        }

    @property
    def titled_grounds(self) -> list[tuple[Any, GroundForm]]:
        return [(wording.RESERVE_GROUPS[group], form) for group, form in self.grounds.items()]

    @property
    def all(self) -> list[forms.Form]:
        return [
            self.eligibility, self.periods, self.tie_breaks, self.scale, *self.cohorts,
            *self.grounds.values(),
        ]  # fmt: skip

    def is_valid(self) -> bool:
        return all([each.is_valid() for each in self.all] + [self.criteria.is_valid()])

    @property
    def has_errors(self) -> bool:
        return any(each.errors for each in self.all) or self.criteria.total_error_count() > 0

    def rules(self) -> CallRules:
        """The rules as entered; whether they can be published is another question."""
        scale = self.scale.scale()
        criteria = [
            form.criterion(number, scale)
            for number, form in enumerate(self.criteria.forms, start=1)
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        grounds = {group: form.ground() for group, form in self.grounds.items()}
        known = {each.code for each in criteria} | {rules.MONTHS_IN_POST}
        return CallRules(
            eligibility=self.eligibility.eligibility(),
            criteria=tuple(criteria),
            cohorts=tuple(form.rules(grounds) for form in self.cohorts),
            tie_breaks=tuple(code for code in self.tie_breaks.tie_breaks() if code in known),
            **self.periods.cleaned_data,
        )


def _plain(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__dataclass_fields__}


def _scale(present: CallRules) -> dict[str, Decimal]:
    for criterion in present.criteria:
        if criterion.scale:
            return criterion.scale
    return dict.fromkeys(RoleGroup.values, Decimal(0))


def _ground(present: CallRules, group: str) -> dict[str, Any]:
    for cohort in present.cohorts:
        for reserve in cohort.reserves:
            if reserve.group == group:
                purposes = {f"purpose_{code}": text for code, text in reserve.purpose.items()}
                return {
                    **purposes,
                    "legal_basis": reserve.legal_basis,
                    "end_date": reserve.end_date,
                }
    return {}
