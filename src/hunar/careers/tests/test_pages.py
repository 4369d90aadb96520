from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from hunar.careers import services
from hunar.careers.models import Candidacy, Competition
from hunar.careers.tests.makers import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    make_candidacy,
    make_competition,
    make_draft,
    make_officer,
    make_profiled_post,
)
from hunar.people.enums import Role
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db


def travel(moment):
    return time_machine.travel(moment, tick=False)


def test_a_person_sees_her_points_applies_and_withdraws(client: Client):
    competition = make_competition()
    person = make_person()
    make_employment(person=person)
    with travel(DURING):
        sign_in(client, person)
        page = f"/careers/{competition.ref}/"
        assert b"See my points and apply" in client.get(page).content
        before = client.get(f"{page}apply/").content.decode()
        assert "Points if the competition closed now" in before
        assert "33.33" in before
        client.post(f"{page}apply/", {"statement": "Because"})
        assert not Candidacy.objects.exists()
        answer = client.post(f"{page}apply/", {"statement": "Because", "confirmed": "yes"})
        candidacy = Candidacy.objects.get()
        assert answer.url == f"/careers/mine/{candidacy.ref}/"
        assert b"Because" in client.get(answer.url).content
        assert candidacy.ref.encode() in client.get("/careers/mine/").content
        client.post(f"{answer.url}withdraw/", {"confirmed": "yes"})
        candidacy.refresh_from_db()
        assert candidacy.is_withdrawn


def test_nobody_opens_the_application_of_another(client: Client):
    candidacy = make_candidacy()
    sign_in(client, make_person())
    assert client.get(f"/careers/mine/{candidacy.ref}/").status_code == 404


def test_the_officer_drafts_edits_publishes_and_ranks(client: Client):
    post = make_profiled_post()
    officer = make_officer(post)
    form = {
        "post": post.pk,
        "summary_tk": "a",
        "summary_ru": "b",
        "summary_en": "c",
        "opens_at": "2026-03-02T09:00",
        "closes_at": "2026-03-31T18:00",
        "certificates_most": "2",
        "grade_from": "4",
        "years_most": "5",
        "weight_competencies": "60",
        "weight_years": "40",
        "weight_exams": "0",
        "weight_certificates": "0",
        "weight_cpd": "0",
        "tie_break_1": "competencies",
    }
    with travel(OPENS - timedelta(days=3)):
        sign_in(client, officer)
        assert client.get("/careers/manage/new/").status_code == 200
        wrong = client.post("/careers/manage/new/", {**form, "weight_years": "30"})
        assert wrong.status_code == 422
        assert b"formula-unsound" in wrong.content
        page = client.post("/careers/manage/new/", form).url
        assert client.get(f"{page}edit/").status_code == 200
        client.post(f"{page}edit/", {**form, "summary_en": "Changed"})
        assert b"Changed" in client.get(page).content
        assert client.get(f"{page}publish/").status_code == 200
        client.post(f"{page}publish/", {"confirmed": "yes"})
    competition = Competition.objects.get()
    assert competition.state == "published"
    candidacy = make_candidacy(competition)
    with travel(AFTER):
        sign_in(client, officer)
        assert b"Compute the merit list" in client.get(page).content
        assert client.get(f"{page}rank/").status_code == 200
        answer = client.post(f"{page}rank/", {"confirmed": "yes"})
        shown = client.get(answer.url).content.decode()
        assert candidacy.person.family in shown


def test_pages_of_the_officer_are_closed_to_others(client: Client):
    draft = make_draft()
    for stranger, status in ((make_person(role=Role.HR_OFFICER), 404), (make_person(), 404)):
        sign_in(client, stranger)
        for page in ("edit", "publish", "rank"):
            assert client.get(f"/careers/{draft.ref}/{page}/").status_code == status
        assert client.get(f"/careers/{draft.ref}/").status_code == 404
    assert client.get("/careers/manage/").status_code == 403
    sign_in(client, make_officer(draft.post))
    assert client.get(f"/careers/{draft.ref}/edit/").status_code == 200


def test_a_candidate_sees_rank_points_and_takes_the_proof(client: Client):
    competition = make_competition()
    candidacy, other = make_candidacy(competition), make_candidacy(competition)
    services.rank(competition, by=make_officer(competition.post), at=AFTER)
    sign_in(client, candidacy.person)
    shown = client.get(f"/careers/mine/{candidacy.ref}/").content.decode()
    assert "of 2" in shown
    assert "33.33" in shown
    listed = client.get(f"/careers/{competition.ref}/list/").content.decode()
    assert other.ref in listed
    assert other.person.family not in listed
    proof = client.get(f"/careers/{competition.ref}/list.json").json()
    assert proof["document"]["kind"] == "hunar/merit-list/1"
    assert proof["log"]["record"]["act"] == "careers.merit_list.published"
    assert client.get(f"/careers/{competition.ref}/list.pdf").content[:5] == b"%PDF-"
    assert client.get(f"/careers/{competition.ref}/list.xlsx").content[:2] == b"PK"
    sign_in(client, make_person())
    for kind in ("/", ".pdf", ".xlsx", ".json"):
        assert client.get(f"/careers/{competition.ref}/list{kind}").status_code == 404


def test_the_list_is_searched_filtered_and_sorted(client: Client):
    competition = make_competition()
    other = make_competition(closes_at=CLOSES + timedelta(days=30))
    sign_in(client, make_person())
    with travel(AFTER):
        found = client.get("/careers/?phase=open&sort=-grade").content.decode()
        assert other.ref in found
        assert competition.ref not in found
        words = competition.post.title["en"].replace(" ", "+")
        found = client.get(f"/careers/?q={words}", headers={"HX-Request": "true"}).content.decode()
        assert competition.ref in found
        assert "<html" not in found


@pytest.mark.parametrize("number", [2, 20])
def test_pages_take_few_queries_for_two_and_twenty(
    client: Client, django_assert_max_num_queries, number: int
):
    competitions = [make_competition() for _ in range(number)]
    competition = competitions[0]
    for _ in range(number):
        make_candidacy(competition)
    person = make_candidacy(competition).person
    officer = make_officer(competition.post)
    services.rank(competition, by=officer, at=AFTER)
    own = Candidacy.objects.get(person=person)
    sign_in(client, person)
    with travel(DURING):
        for page in (
            "/careers/",
            f"/careers/{competitions[1].ref}/",
            f"/careers/{competitions[1].ref}/apply/",
            "/careers/mine/",
            f"/careers/mine/{own.ref}/",
            f"/careers/{competition.ref}/list/",
        ):
            with django_assert_max_num_queries(12):
                assert client.get(page).status_code == 200
        sign_in(client, officer)
        for page in (
            "/careers/manage/",
            "/careers/manage/new/",
            f"/careers/{competition.ref}/",
            f"/careers/{competition.ref}/list/",
        ):
            with django_assert_max_num_queries(12):
                assert client.get(page).status_code == 200
