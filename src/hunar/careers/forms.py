from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.careers import queries, rules, wording
from hunar.careers.models import Competition
from hunar.careers.services import Terms
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.forms import FormInLanguages
from hunar.organisations.models import Post
from hunar.people.models import Person
from hunar.ui.widgets import DateTimeInput

DEFAULTS = {
    rules.COMPETENCIES: Decimal(40),
    rules.EXAMS: Decimal(25),
    rules.CERTIFICATES: Decimal(10),
    rules.CPD: Decimal(15),
    rules.YEARS: Decimal(10),
}


class CompetitionForm(FormInLanguages):
    """The terms of a competition. Marks do not occur: they are computed from records."""

    texts: ClassVar = {"summary": _("What the post is about")}
    long_texts: ClassVar = frozenset({"summary"})
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none())
    opens_at = forms.DateTimeField(label=_("Opens"), widget=DateTimeInput)
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        widget=DateTimeInput,
        help_text=_("At least 10 working days after publication and opening."),
    )
    courses = forms.MultipleChoiceField(
        label=_("Relevant courses"), required=False, widget=forms.CheckboxSelectMultiple
    )
    certificates_most = forms.IntegerField(
        label=_("Certificates that count at most"), min_value=1, max_value=10, initial=2
    )
    grade_from = forms.IntegerField(
        label=_("Lowest grade whose years count"), min_value=1, max_value=30, initial=4
    )
    years_most = forms.IntegerField(
        label=_("Years that count at most"), min_value=1, max_value=40, initial=5
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        competition: Competition | None = None,
        **kwargs: Any,
    ) -> None:
        if competition:
            kwargs["initial"] = _initial(competition)
        super().__init__(*args, **kwargs)
        post, courses = self.fields["post"], self.fields["courses"]
        assert isinstance(post, forms.ModelChoiceField)
        assert isinstance(courses, forms.MultipleChoiceField)
        post.queryset = queries.posts_managed_by(person)
        courses.choices = queries.course_choices()
        if competition:
            del self.fields["post"]
        self._add_weights()

    def _add_weights(self) -> None:
        for code in rules.COMPONENTS:
            self.fields[f"weight_{code}"] = forms.DecimalField(
                label=str(wording.TITLES[code]),
                min_value=0,
                max_value=100,
                decimal_places=2,
                initial=DEFAULTS[code],
                help_text=str(wording.DEFINITIONS[code]),
            )
        choices = [("", "–"), *wording.TITLES.items()]
        for place in range(1, len(rules.COMPONENTS)):
            self.fields[f"tie_break_{place}"] = forms.ChoiceField(
                label=_("Tie-break %(place)s") % {"place": place}, required=False, choices=choices
            )

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        return [self[f"weight_{code}"] for code in rules.COMPONENTS]

    @property
    def tie_break_fields(self) -> list[forms.BoundField]:
        return [self[f"tie_break_{place}"] for place in range(1, len(rules.COMPONENTS))]

    def terms(self) -> Terms:
        """What the services ask for, save the post."""
        given = self.cleaned_data
        breaks = (given[f"tie_break_{place}"] for place in range(1, len(rules.COMPONENTS)))
        return Terms(
            summary=self.text("summary"),
            opens_at=given["opens_at"],
            closes_at=given["closes_at"],
            weights={code: given[f"weight_{code}"] for code in rules.COMPONENTS},
            tie_breaks=tuple(code for code in breaks if code),
            courses=tuple(given["courses"]),
            certificates_most=given["certificates_most"],
            grade_from=given["grade_from"],
            years_most=given["years_most"],
        )


def _initial(competition: Competition) -> dict[str, Any]:
    formula = competition.terms
    return {
        "summary": competition.summary,
        "opens_at": competition.opens_at.astimezone(ASHGABAT),
        "closes_at": competition.closes_at.astimezone(ASHGABAT),
        "courses": list(formula.courses),
        "certificates_most": formula.certificates_most,
        "grade_from": formula.grade_from,
        "years_most": formula.years_most,
        **{f"weight_{code}": formula.weights.get(code, Decimal(0)) for code in rules.COMPONENTS},
        **{f"tie_break_{place}": code for place, code in enumerate(formula.tie_breaks, start=1)},
    }


class ApplyForm(forms.Form):
    statement = forms.CharField(
        label=_("Why you apply"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_("The officers read it; it gives no points."),
    )
