from typing import Any

import pytest
from django.test import Client

from hunar.audit.models import Entry
from hunar.competencies import queries
from hunar.competencies.models import Evidence, Requirement
from hunar.competencies.tests.makers import make_evidence, make_profile, make_spine
from hunar.organisations.tests.makers import make_organisation, make_post
from hunar.people.enums import Role
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db


def test_everybody_reads_the_framework(client: Client):
    make_spine()
    page = client.get("/competencies/?q=recovery", headers={"accept-language": "en"})
    assert "Continuity, backup and recovery" in page.content.decode()
    assert "Problem framing" not in page.content.decode()
    nothing = client.get("/competencies/?q=cookery", headers={"accept-language": "en"})
    assert "No competency fits" in nothing.content.decode()
    detail = client.get("/competencies/c2/", headers={"accept-language": "en"}).content.decode()
    assert "Cybersecurity Risk Manager" in detail
    assert "Posts that need it" not in detail
    assert client.get("/competencies/z9/").status_code == 404


def test_a_person_sees_what_her_post_asks_for_and_what_proves_it(client: Client):
    employment = make_employment()
    make_profile(employment.post, C2=3, C6=1)
    make_evidence(person=employment.person, code="C2", level=2)
    make_evidence(person=employment.person, code="A1", level=1, source_ref="CRD-2")
    sign_in(client, employment.person)
    page = client.get("/competencies/mine/").content.decode()
    assert "1 level missing" in page
    assert "Beyond the post" in page
    assert "CRD-1" in page
    detail = client.get("/competencies/C2/").content.decode()
    assert "Posts that need it" in detail


def test_a_person_assesses_herself(client: Client):
    spine, person = make_spine(), make_person()
    sign_in(client, person)
    assert client.get("/competencies/mine/assess/").status_code == 200
    wrong = client.post("/competencies/mine/assess/", {f"level_{spine['C2'].pk}": "9"})
    assert wrong.status_code == 200
    assert not Evidence.objects.exists()
    client.post("/competencies/mine/assess/", {f"level_{spine['C2'].pk}": "3"})
    row = Evidence.objects.get()
    assert (row.person, row.level, row.kind) == (person, 3, Evidence.Kind.SELF)
    assert "own opinion" in client.get("/competencies/mine/").content.decode()


def test_who_may_see_the_competencies_of_another(client: Client):
    employment = make_employment()
    make_profile(employment.post, C2=2)
    address = f"/competencies/people/{employment.person.ref}/"
    may = make_person(role=Role.HR_OFFICER, organisation=employment.organisation)
    sign_in(client, may)
    assert client.get(address).status_code == 200
    assert Entry.objects.filter(act="people.dossier.opened", actor_ref=may.ref).count() == 1
    for stranger in (make_person(role=Role.HR_OFFICER), make_person()):
        sign_in(client, stranger)
        assert client.get(address).status_code == 404


def test_who_may_see_the_gaps_of_an_organisation(client: Client):
    employment = make_employment()
    make_profile(employment.post, C2=2, C6=1)
    organisation = employment.organisation
    may = make_person(role=Role.HR_OFFICER, organisation=organisation)
    sign_in(client, may)
    page = client.get("/competencies/gaps/").content.decode()
    assert str(organisation) in page
    assert employment.person.name.full in page
    book = client.get("/competencies/gaps/export/")
    assert book.content[:2] == b"PK"
    shares = make_person(role=Role.HR_OFFICER)
    sign_in(client, shares)
    other = client.get(f"/competencies/gaps/?organisation={organisation.code}").content.decode()
    assert employment.person.name.full not in other
    sign_in(client, make_person())
    assert client.get("/competencies/gaps/").status_code == 403
    assert client.get("/competencies/gaps/export/").status_code == 403


def test_an_administrator_writes_profiles_of_her_own_organisation_only(client: Client):
    spine, post, other = make_spine(), make_post(), make_post()
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=post.organisation)
    sign_in(client, admin)
    listed = client.get("/competencies/profiles/").content.decode()
    assert str(post) in listed
    assert str(other) not in listed
    address = f"/competencies/profiles/{post.ref}/"
    assert client.get(address).status_code == 200
    c2, c6 = spine["C2"].pk, spine["C6"].pk
    client.post(address, {f"level_{c2}": "3", f"critical_{c2}": "on", f"level_{c6}": "1"})
    rows = queries.profile_of(post)
    assert [(row.competency.code, row.level, row.is_critical) for row in rows] == [
        ("C2", 3, True),
        ("C6", 1, False),
    ]
    assert client.post(f"/competencies/profiles/{other.ref}/", {}).status_code == 403
    sign_in(client, make_person())
    assert client.get("/competencies/profiles/").status_code == 403
    assert Requirement.objects.count() == 2


def test_the_list_of_gaps_sorts_and_pages_with_few_queries(
    client: Client, django_assert_max_num_queries: Any
):
    organisation = make_organisation()
    post = make_post(organisation=organisation)
    make_profile(post, C2=2, C6=1)
    people = [make_employment(post=post).person for _ in range(30)]
    make_evidence(person=people[0], code="C2", level=2)
    officer = make_person(role=Role.HR_OFFICER, organisation=organisation)
    sign_in(client, officer)
    least = client.get("/competencies/gaps/?sort=missing").content.decode()
    assert people[0].name.full in least
    most = client.get("/competencies/gaps/?sort=-missing").content.decode()
    assert people[0].name.full not in most
    for address in (
        "/competencies/gaps/",
        "/competencies/mine/",
        "/competencies/mine/assess/",
        "/competencies/C2/",
        "/competencies/",
        f"/competencies/people/{people[1].ref}/",
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_htmx_gets_the_parts_alone(client: Client):
    make_spine()
    part = client.get("/competencies/?area=A", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<c-" not in part
    assert "A5" in part
