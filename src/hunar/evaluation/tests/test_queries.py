from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from hunar.agreements.models import AdvisoryRequest, Obligation
from hunar.agreements.tests.makers import make_agreement, make_request
from hunar.catalogue.models import Lesson
from hunar.cohorts.models import Cohort
from hunar.cohorts.tests.makers import make_programme, make_trainer, make_version
from hunar.evaluation import queries
from hunar.evaluation.indicators import BY_CODE, value_of
from hunar.evaluation.queries import Scope
from hunar.evaluation.tests.makers import SINCE, UNTIL, enrol, make_finished, make_me_officer
from hunar.exams.tests.makers import make_released
from hunar.people.tests.makers import make_person
from hunar.selection.models import Nomination
from hunar.selection.tests.makers import make_call

pytestmark = pytest.mark.django_db


def figure(code: str, scope: Scope) -> tuple[Decimal, int]:
    """Value and n."""
    indicator = BY_CODE[code]
    records = indicator.records(queries.load(scope, sources=indicator.sources))
    return value_of(records, indicator.method), len(records)


def scope_of(cohort: Cohort) -> Scope:
    return Scope(cohort.intake.programme, SINCE, UNTIL)


def test_exams_count_the_best_released_attempt():
    sitting = make_released(wrong=(0, 1, 5))
    cohort = sitting.cohort
    assert figure("exam-mean", scope_of(cohort))[1] == 0
    Cohort.objects.filter(pk=cohort.pk).update(state="closed")
    attempts = list(sitting.attempts.all())
    share = sum(100 * attempt.marks / attempt.marks_max for attempt in attempts) / 3
    mean, n = figure("exam-mean", scope_of(cohort))
    assert (float(mean), n) == (pytest.approx(share, abs=0.05), 3)
    passed = sum(bool(attempt.is_passed) for attempt in attempts)
    assert 0 < passed < 3
    assert float(figure("exam-pass-rate", scope_of(cohort))[0]) == round(100 * passed / 3, 1)


def test_women_are_counted_at_each_stage_of_the_selection():
    call = make_call()
    states = ["submitted", "ineligible", "eligible", "waiting", "chosen", "chosen", "withdrawn"]
    for place, state in enumerate(states):
        person = make_person(sex="F" if place % 2 else "M")
        Nomination.objects.create(
            call=call,
            person=person,
            organisation=make_call_organisation(),
            nominated_by=person,
            state=state,
            facts={"sex": "F"} if state == "chosen" else {},
            blind_code=f"B{place}",
            submitted_at=call.opens_at,
        )
    scope = Scope(call.intake.programme, date(2025, 1, 1), date(2026, 12, 31))
    assert figure("women-nominated", scope) == (Decimal("66.7"), 6)
    assert figure("women-eligible", scope) == (Decimal("75.0"), 4)
    assert figure("women-chosen", scope) == (Decimal("100.0"), 2)
    elsewhere = replace(scope, intake=call.intake_id + 1)
    assert figure("women-nominated", elsewhere)[1] == 0
    course = call.call_cohorts.all()[0].cohort.version.course.code
    assert figure("women-nominated", replace(scope, course=course))[1] == 6
    assert figure("women-nominated", replace(scope, course="OTHER"))[1] == 0


def make_call_organisation():
    from hunar.organisations.tests.makers import make_organisation

    return make_organisation()


def test_national_trainers_are_counted_once_and_experts_left_out():
    cohort = make_finished()
    other = make_finished(programme=cohort.intake.programme)
    trainer = make_trainer(cohort)
    make_trainer(other, person=trainer.person)
    make_trainer(other, part="expert")
    assert figure("national-trainers", scope_of(cohort))[0] == 1


def test_obligations_and_advice_are_measured_by_their_days():
    programme = make_programme()
    agreement = make_agreement()
    agreement.programmes.add(programme)
    request = make_request(agreement)
    scope = Scope(programme, SINCE, UNTIL)
    assert figure("obligations-fulfilled", scope) == (Decimal("0.0"), 1)
    moment = datetime(2025, 12, 20, 7, tzinfo=UTC)
    Obligation.objects.update(state="fulfilled", changed_at=moment)
    assert figure("obligations-fulfilled", scope) == (Decimal("100.0"), 1)
    AdvisoryRequest.objects.filter(pk=request.pk).update(
        state="answered", answered_at=moment, due_date=date(2025, 12, 20)
    )
    assert figure("advice-in-time", scope) == (Decimal("100.0"), 1)
    AdvisoryRequest.objects.filter(pk=request.pk).update(due_date=date(2025, 12, 19))
    assert figure("advice-in-time", scope) == (Decimal("0.0"), 1)
    assert figure("advice-in-time", Scope(make_programme(), SINCE, UNTIL))[1] == 0


def test_lessons_count_as_turkmen_where_the_text_is_there():
    version = make_version(days=1, lessons=4)
    lessons = list(Lesson.objects.order_by("pk"))
    bodies = [{"tk": "Tekst", "en": "Text"}, {"tk": "", "en": "Text"}, {"en": "Text"}, {"tk": "a"}]
    for lesson, body in zip(lessons, bodies, strict=True):
        lesson.body = body
        lesson.save()
    scope = Scope(version.course.programme, SINCE, UNTIL)
    assert figure("lessons-turkmen", scope) == (Decimal("50.0"), 4)


def test_rounds_and_courses_narrow_every_figure():
    cohort = make_finished(women=5, men=5)
    other = make_finished(programme=cohort.intake.programme, women=7, men=0)
    whole = scope_of(cohort)
    assert figure("attendances", whole)[0] == 17
    assert figure("attendances", replace(whole, intake=other.intake_id))[0] == 7
    assert figure("attendances", replace(whole, course=cohort.version.course.code))[0] == 10


def test_people_are_described_by_their_last_cohort():
    first = make_finished(women=6, men=6)
    later = make_finished(programme=first.intake.programme, women=6, men=6)
    Cohort.objects.filter(pk=later.pk).update(ends_date=date(2025, 12, 30))
    person = first.enrolments.first().person
    again = enrol(later, person=person)
    again.role_group = "senior"
    again.save()
    shown = queries.framework(queries.load(scope_of(first)), audience="internal")
    roles = next(cut for cut in shown.cuts if cut.dimension == "role")
    counted = queries.load(scope_of(first)).places
    assert sum(place.person == person.pk for place in counted) == 2
    assert roles.of("trained-persons").total == 24


def test_loading_takes_the_same_queries_for_few_and_many(django_assert_num_queries):
    cohort = make_finished(women=2, men=2)
    with django_assert_num_queries(5):
        queries.load(scope_of(cohort))
    make_finished(programme=cohort.intake.programme, women=20, men=20, certified=10)
    with django_assert_num_queries(5):
        queries.load(scope_of(cohort))


def test_ledger_shows_internal_reports_to_those_who_see_evidence():
    from hunar.evaluation.tests.makers import make_report

    report = make_report()
    assert report in queries.reports_visible_to(make_me_officer())
    assert report not in queries.reports_visible_to(make_person())
    assert report not in queries.reports_visible_to(None)
