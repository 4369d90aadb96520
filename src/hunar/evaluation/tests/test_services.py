from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from hunar.audit.models import Entry
from hunar.catalogue.models import Programme
from hunar.cohorts.models import Cohort
from hunar.evaluation import errors, services
from hunar.evaluation.models import Report, Target
from hunar.evaluation.tests.makers import (
    AT,
    SINCE,
    UNTIL,
    certify,
    enrol,
    make_finished,
    make_me_officer,
    make_programme_officer,
    make_report,
)
from hunar.evaluation.verification import check_report
from hunar.kernel.errors import NotPermitted
from hunar.kernel.signing import digest
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db


def figures(report: Report) -> dict[str, dict]:
    return {row["code"]: row for row in report.document["indicators"]}


def test_release_freezes_signs_and_logs_the_figures():
    cohort = make_finished(women=10, men=12, absent=2)
    programme = cohort.intake.programme
    report = make_report(programme=programme)
    shown = figures(report)
    assert shown["attendances"]["value"] == "22"
    assert shown["trained-persons"]["value"] == "20"
    assert shown["women-completed"]["value"] == "40"
    assert shown["person-days"]["value"] == "20"
    entry = Entry.objects.get(act="evaluation.report.released")
    assert entry.details["document_sha256"] == digest(report.document)
    enrol(cohort, person=make_person())
    report.refresh_from_db()
    assert figures(report)["attendances"]["value"] == "22"


def test_the_digest_binds_the_records_by_a_secret_salt():
    report = make_report()
    row = figures(report)["trained-persons"]
    refs = report.records["trained-persons"]
    assert len(refs) == row["records"]["count"] == 14
    assert digest({"salt": report.salt, "records": refs}) == row["records"]["sha256"]
    assert report.salt not in str(report.document)
    assert refs[0] not in str(report.document)


def test_the_threshold_follows_the_audience():
    programme = make_finished(women=4, men=3).intake.programme
    inside, outside = (
        make_report(programme=programme, audience=audience) for audience in ("internal", "public")
    )
    assert figures(inside)["trained-persons"]["value"] == "7"
    hidden = figures(outside)["trained-persons"]
    assert (hidden["value"], hidden["n"], hidden["hidden"]) == (None, None, True)
    assert hidden["records"]["count"] is None


def test_people_in_both_rounds_count_once():
    cohort = make_finished(women=6, men=6)
    other = make_finished(programme=cohort.intake.programme, women=6, men=6)
    for enrolment in cohort.enrolments.all()[:3]:
        enrol(other, person=enrolment.person)
    shown = figures(make_report(programme=cohort.intake.programme))
    assert shown["trained-attendances"]["value"] == "27"
    assert shown["trained-persons"]["value"] == "24"


def test_running_cohorts_and_other_years_do_not_count():
    cohort = make_finished()
    programme = cohort.intake.programme
    Cohort.objects.filter(pk=cohort.pk).update(state="running")
    assert figures(make_report(programme=programme))["attendances"]["n"] == 0
    Cohort.objects.filter(pk=cohort.pk).update(state="closed", ends_date=date(2026, 1, 2))
    assert figures(make_report(programme=programme))["attendances"]["n"] == 0


def test_revoked_certificates_do_not_count():
    cohort = make_finished(women=8, men=8, certified=12)
    credential = certify(cohort.enrolments.last())
    programme = cohort.intake.programme
    assert figures(make_report(programme=programme))["certified-persons"]["value"] == "13"
    credential.revoked_at = AT
    credential.save()
    assert figures(make_report(programme=programme))["certified-persons"]["value"] == "12"


def test_release_names_what_an_earlier_report_would_give_away():
    cohort = make_finished(women=20, men=20)
    programme = cohort.intake.programme
    officer = make_me_officer()
    make_report(programme=programme, audience="public", by=officer)
    enrol(cohort, person=make_person())
    again = {"audience": "public", "since": SINCE, "until": UNTIL, "by": officer, "at": AT}
    with pytest.raises(errors.SmallDifference) as caught:
        services.release(programme, **again)
    assert "Persons trained" in str(caught.value)
    services.release(programme, accept_differences=True, **again)
    entry = Entry.objects.filter(act="evaluation.report.released").first()
    assert entry is not None
    assert entry.details["differences_accepted"] > 0


def test_the_same_figures_again_raise_no_warning():
    programme = make_finished(women=20, men=20).intake.programme
    make_report(programme=programme, audience="public")
    services.release(
        programme, audience="public", since=SINCE, until=UNTIL, by=make_me_officer(), at=AT
    )
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("since", "until", "error"),
    [
        (UNTIL, SINCE, errors.PeriodOutOfOrder),
        (SINCE, AT.date(), errors.PeriodNotOver),
    ],
)
def test_release_refuses_impossible_periods(since, until, error):
    with pytest.raises(error):
        services.release(
            make_finished().intake.programme,
            audience="public",
            since=since,
            until=until,
            by=make_me_officer(),
            at=AT,
        )


def test_only_who_manages_reports_releases_and_sets_targets():
    programme = make_finished().intake.programme
    for stranger in (make_programme_officer(), make_person()):
        with pytest.raises(NotPermitted):
            make_report(programme=programme, by=stranger)
        with pytest.raises(NotPermitted):
            set_target(programme, by=stranger)
    assert make_report(programme=programme, by=make_me_officer())
    assert set_target(programme).value == 120


def set_target(programme: Programme, **wish):
    facts = {
        "indicator": "attendances",
        "baseline": Decimal(0),
        "baseline_year": 2024,
        "value": Decimal(120),
        "due_date": date(2025, 12, 31),
        "by": wish.pop("by", None) or make_me_officer(),
        "at": AT,
    }
    return services.set_target(programme, **{**facts, **wish})


def test_a_target_is_set_once_per_indicator_and_logged_each_time():
    programme = make_finished().intake.programme
    set_target(programme)
    set_target(programme, value=Decimal(150))
    assert Target.objects.get().value == 150
    assert Entry.objects.filter(act="evaluation.target.set").count() == 2
    with pytest.raises(errors.IndicatorUnknown):
        set_target(programme, indicator="happiness")
    with pytest.raises(errors.TargetOutOfRange):
        set_target(programme, indicator="exam-mean", value=Decimal(101))


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_released_report_passes_verification(audience: str):
    programme = make_finished(women=20, men=24, absent=4, certified=30).intake.programme
    report = make_report(programme=programme, audience=audience)
    assert [each for each in check_report(report.document) if not each.holds] == []


@pytest.mark.parametrize(
    ("path", "value", "check"),
    [
        (("indicators", 2, "value"), "41", "totals"),
        (("indicators", 2, "n"), 4, "small counts"),
        (("indicators", 2, "records", "sha256"), "x", "records"),
        (("cuts", 0, "levels", 0, "values", 0), 3, "small counts"),
        (("cuts", 0, "levels", 0, "values", 0), None, "nothing follows"),
        (("cuts", 0, "levels", 0, "total"), 39, "totals"),
        (("threshold",), 1, "period"),
        (("period", "to"), "2024-01-01", "period"),
    ],
)
def test_verification_names_what_does_not_hold(path, value, check):
    programme = make_finished(women=20, men=24, absent=4, certified=30).intake.programme
    document = deepcopy(make_report(programme=programme).document)
    target = document
    for step in path[:-1]:
        target = target[step]
    assert target[path[-1]] != value
    target[path[-1]] = value
    assert check in {each.name for each in check_report(document) if not each.holds}


def test_a_share_of_women_that_the_counts_contradict_is_found():
    programme = make_finished(women=20, men=24, absent=4).intake.programme
    document = deepcopy(make_report(programme=programme).document)
    row = next(row for row in document["indicators"] if row["code"] == "women-completed")
    row["value"] = "55"
    assert "shares of women" in {each.name for each in check_report(document) if not each.holds}


def test_evaluation_changes_nothing_elsewhere():
    cohort = make_finished()
    before = list(Cohort.objects.filter(pk=cohort.pk).values()) + list(cohort.enrolments.values())
    make_report(programme=cohort.intake.programme)
    after = list(Cohort.objects.filter(pk=cohort.pk).values()) + list(cohort.enrolments.values())
    assert before == after


def test_moments_of_a_period_are_those_of_ashgabat():
    programme = make_finished().intake.programme
    officer = make_me_officer()
    last_evening = datetime(2025, 12, 31, 18, 59, tzinfo=UTC)
    with pytest.raises(errors.PeriodNotOver):
        services.release(
            programme, audience="public", since=SINCE, until=UNTIL, by=officer, at=last_evening
        )
