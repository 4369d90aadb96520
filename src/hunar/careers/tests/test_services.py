from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hunar.audit.models import Entry
from hunar.careers import errors, queries, services
from hunar.careers.models import Candidacy, MeritList
from hunar.careers.tests.makers import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    PUBLISHED,
    make_candidacy,
    make_competition,
    make_credential,
    make_draft,
    make_officer,
    make_policy,
    make_profiled_post,
    make_record,
    make_terms,
)
from hunar.careers.verification import check_merit_list
from hunar.cohorts.tests.makers import make_cohort, make_enrolment, make_version
from hunar.competencies.tests.makers import make_evidence, make_profile
from hunar.kernel.errors import NotPermitted
from hunar.kernel.signing import digest
from hunar.notifications.models import Message
from hunar.organisations.tests.makers import make_post
from hunar.people.enums import Role
from hunar.people.models import Employment, Person
from hunar.people.tests.makers import give_role, make_person

pytestmark = pytest.mark.django_db


def test_publish_freezes_formula_profile_and_hash():
    competition = make_competition()
    assert competition.formula_sha256 == digest(competition.formula)
    assert [row["competency"] for row in competition.formula["profile"]] == ["C2", "A1"]
    make_profile(competition.post, C2=4)
    competition.refresh_from_db()
    assert [row["level"] for row in competition.formula["profile"]] == [3, 2]
    entry = Entry.objects.get(act="careers.competition.published")
    assert entry.details["formula_sha256"] == competition.formula_sha256


def test_a_published_competition_is_not_edited_or_published_again():
    competition = make_competition()
    officer = make_officer(competition.post)
    with pytest.raises(errors.CompetitionFrozen):
        services.edit(competition, terms=make_terms(), by=officer, at=DURING)
    with pytest.raises(errors.CompetitionFrozen):
        services.publish(competition, by=officer, at=PUBLISHED)


def test_publish_refuses_a_window_of_less_than_ten_working_days():
    draft = make_draft(closes_at=OPENS + timedelta(days=9))
    with pytest.raises(errors.WindowTooShort):
        services.publish(draft, by=make_officer(draft.post), at=PUBLISHED)


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({"closes_at": OPENS}, errors.CompetitionTimes),
        ({"weights": {"years": Decimal(10)}}, errors.FormulaUnsound),
        ({"weights": {"cpd": Decimal(100)}}, errors.CpdPolicyMissing),
    ],
)
def test_draft_refuses_terms_that_cannot_hold(terms, error):
    with pytest.raises(error):
        make_draft(**terms)


def test_draft_refuses_fit_to_a_post_without_profile():
    with pytest.raises(errors.ProfileMissing):
        make_draft(post=make_post())


def test_only_the_officer_of_the_organisation_runs_it():
    post = make_profiled_post()
    elsewhere = make_person(role=Role.HR_OFFICER)
    programme_officer = make_person(role=Role.PROGRAMME_OFFICER)
    for stranger in (elsewhere, programme_officer, make_person()):
        with pytest.raises(NotPermitted):
            services.draft(post, terms=make_terms(), by=stranger, at=PUBLISHED)
    competition = make_competition(post=post)
    make_candidacy(competition)
    for stranger in (elsewhere, programme_officer, make_person()):
        with pytest.raises(NotPermitted):
            services.rank(competition, by=stranger, at=AFTER)
    assert services.rank(competition, by=make_officer(post), at=AFTER)


def test_apply_counts_once_and_only_while_open():
    competition = make_competition()
    candidacy = make_candidacy(competition)
    with pytest.raises(errors.AlreadyApplied):
        services.apply(competition, person=candidacy.person, at=DURING)
    for moment in (OPENS - timedelta(seconds=1), CLOSES + timedelta(seconds=1)):
        with pytest.raises(errors.CompetitionNotOpen):
            services.apply(competition, person=make_person(), at=moment)
    with pytest.raises(errors.CompetitionNotOpen):
        services.apply(make_draft(), person=make_person(), at=DURING)


def test_an_officer_neither_applies_in_her_competition_nor_ranks_herself():
    competition = make_competition()
    with pytest.raises(errors.OfficerCannotApply):
        services.apply(competition, person=make_officer(competition.post), at=DURING)
    candidacy = make_candidacy(competition)
    give_role(candidacy.person, Role.HR_OFFICER, competition.post.organisation)
    with pytest.raises(errors.CandidateCannotRank):
        services.rank(competition, by=Person.objects.get(pk=candidacy.person_id), at=AFTER)


def test_withdraw_is_for_oneself_until_the_closing_and_one_may_apply_again():
    candidacy = make_candidacy()
    with pytest.raises(NotPermitted):
        services.withdraw(candidacy, by=make_person(), at=DURING)
    with pytest.raises(errors.CandidacyEnded):
        services.withdraw(candidacy, by=candidacy.person, at=AFTER)
    services.withdraw(candidacy, by=candidacy.person, at=DURING)
    with pytest.raises(errors.CandidacyEnded):
        services.withdraw(candidacy, by=candidacy.person, at=DURING)
    services.apply(candidacy.competition, person=candidacy.person, at=DURING)
    assert Candidacy.objects.filter(person=candidacy.person).count() == 2


def test_rank_happens_exactly_once_after_the_closing():
    competition = make_competition()
    officer = make_officer(competition.post)
    make_candidacy(competition)
    with pytest.raises(errors.CompetitionStillOpen):
        services.rank(competition, by=officer, at=CLOSES)
    services.rank(competition, by=officer, at=AFTER)
    with pytest.raises(errors.AlreadyRanked):
        services.rank(competition, by=officer, at=AFTER)
    assert MeritList.objects.count() == 1


def test_rank_refuses_a_draft_and_an_empty_competition():
    draft = make_draft()
    with pytest.raises(errors.NotPublished):
        services.rank(draft, by=make_officer(draft.post), at=AFTER)
    competition = make_competition()
    with pytest.raises(errors.NobodyToRank):
        services.rank(competition, by=make_officer(competition.post), at=AFTER)
    competition.refresh_from_db()
    assert MeritList.objects.count() == 0


def test_the_list_is_pseudonymous_signed_logged_and_told():
    competition = make_competition()
    longer = make_candidacy(competition, since=date(2021, 3, 31))
    shorter = make_candidacy(competition, since=date(2025, 3, 31))
    gone = make_candidacy(competition)
    services.withdraw(gone, by=gone.person, at=DURING)
    merit_list = services.rank(competition, by=make_officer(competition.post), at=AFTER)
    document = merit_list.document
    assert [(row["ref"], row["rank"], row["points"]) for row in document["results"]] == [
        (longer.ref, 1, "40.00"),
        (shorter.ref, 2, "8.00"),
    ]
    text = str(document)
    for person in (longer.person, shorter.person):
        assert person.family not in text
        assert person.ref not in text
        assert Message.objects.filter(person=person, code="careers.ranked").count() == 1
    entry = Entry.objects.get(act="careers.merit_list.published")
    assert entry.details["document_sha256"] == digest(document)
    assert all(check.holds for check in check_merit_list(document))


def test_evidence_counts_as_it_stood_at_the_closing():
    version = make_version()
    course = version.course.code
    make_policy(minutes=1200)
    weights = {"certificates": Decimal(50), "cpd": Decimal(25), "competencies": Decimal(25)}
    competition = make_competition(weights=weights, courses=(course,), tie_breaks=())
    candidacy = make_candidacy(competition)
    person = candidacy.person
    make_credential(
        make_enrolment(cohort=make_cohort(version=version), person=person),
        revoked_at=CLOSES + timedelta(days=1),
    )
    make_credential(
        make_enrolment(cohort=make_cohort(version=version), person=person),
        kind="participation",
    )
    make_record(person, minutes=600)
    make_record(person, minutes=600, state="claimed")
    make_record(person, minutes=600, ended=date(2026, 4, 1))
    make_evidence(person=person, code="C2", level=3)
    make_evidence(person=person, code="A1", level=2, day=date(2026, 4, 1), source_ref="late")
    Employment.objects.filter(person=person).update(ended_date=date(2026, 6, 1))
    found = queries.evidence_of([person.pk], formula=competition.terms, at=CLOSES)[person.pk]
    assert len(found.certificates) == 1
    assert [row.minutes for row in found.cpd] == [600]
    assert [row.source for row in found.competencies] == ["CRD-1"]
    assert found.years[0].until == ""


@pytest.mark.parametrize(
    ("path", "value", "check"),
    [
        (("results", 0, "points"), "99.00", "points"),
        (("results", 0, "rank"), 3, "rank"),
        (("results", 0, "components", "years", "got"), "60", "components"),
        (("candidates", 0, "evidence", "years", 0, "since"), "1999-01-01", "components"),
        (("formula", "weights", "years"), "39", "frozen formula"),
        (("candidates", 0, "ref"), "CDY-X", "candidates"),
    ],
)
def test_verification_names_each_difference(path, value, check):
    competition = make_competition()
    make_candidacy(competition, since=date(2024, 3, 31))
    merit_list = services.rank(competition, by=make_officer(competition.post), at=AFTER)
    document = deepcopy(merit_list.document)
    target = document
    for step in path[:-1]:
        target = target[step]
    assert target[path[-1]] != value
    target[path[-1]] = value
    failed = {each.name for each in check_merit_list(document) if not each.holds}
    assert check in failed
