import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.test import Client

from hunar.cohorts.models import Enrolment
from hunar.cohorts.tests.makers import make_cohort, make_enrolment, make_trainer, make_version
from hunar.learning import queries, services
from hunar.learning.models import LessonProgress
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 2, 7, tzinfo=UTC)
BODY = "## Aim\n\nText with <script>alert(1)</script>.\n\n:::answer\nForty-two.\n:::\n"


@pytest.fixture
def enrolment() -> Enrolment:
    return make_enrolment(cohort=make_cohort(version=make_version(days=1, lessons=2, body=BODY)))


def address(enrolment: Enrolment, tail: str = "") -> str:
    return f"/learn/{enrolment.ref}/{tail}"


def test_a_learner_reads_a_lesson_in_the_language_she_chooses(client: Client, enrolment: Enrolment):
    sign_in(client, enrolment.person)
    code = queries.lessons_of(enrolment)[0].code
    page = client.get(address(enrolment, f"{code}/"), {"in": "ru"}).content.decode()
    assert 'lang="ru"' in page
    assert "<script>alert" not in page
    assert "<details" in page
    assert LessonProgress.objects.get().seconds == 0


def test_the_course_of_somebody_else_does_not_exist(client: Client, enrolment: Enrolment):
    sign_in(client, make_person())
    assert client.get(address(enrolment)).status_code == 404


def test_a_course_without_lessons_says_so(client: Client):
    bare = make_enrolment(cohort=make_cohort(version=make_version(days=0)))
    sign_in(client, bare.person)
    assert "No lessons to read" in client.get(address(bare)).content.decode()


def test_a_day_pack_is_read_without_a_network(client: Client, enrolment: Enrolment):
    sign_in(client, enrolment.person)
    pack = zipfile.ZipFile(io.BytesIO(client.get(address(enrolment, "day-1.zip")).content))
    assert {"index.html", "style.css"} < set(pack.namelist())
    pages = [pack.read(name).decode() for name in pack.namelist() if name.endswith(".html")]
    assert not any("http:" in page or "https:" in page or "src=" in page for page in pages)


def test_trainers_follow_their_cohort_and_others_do_not(client: Client, enrolment: Enrolment):
    services.open_lesson(enrolment, queries.lessons_of(enrolment)[0], at=NOON)
    trainer = make_trainer(enrolment.cohort).person
    page = f"/learn/cohort/{enrolment.cohort.ref}/"
    sign_in(client, trainer)
    assert enrolment.person.name.full in client.get(page).content.decode()
    sign_in(client, make_person(role=Role.PROGRAMME_OFFICER))
    assert client.get(page).status_code == 200
    sign_in(client, make_person(role=Role.TRAINER))
    assert client.get(page).status_code == 404


def test_the_page_of_a_cohort_takes_no_more_queries_for_more_learners(
    client: Client, enrolment: Enrolment, django_assert_max_num_queries
):
    for _ in range(15):
        make_enrolment(cohort=enrolment.cohort)
    sign_in(client, make_trainer(enrolment.cohort).person)
    with django_assert_max_num_queries(12):
        client.get(f"/learn/cohort/{enrolment.cohort.ref}/")


def test_the_api_lists_my_lessons(client: Client, enrolment: Enrolment):
    sign_in(client, enrolment.person)
    assert client.get("/api/v1/learning/courses").json()[0]["enrolment"] == enrolment.ref
    lessons = client.get(f"/api/v1/learning/courses/{enrolment.ref}/lessons").json()
    assert [lesson["state"] for lesson in lessons] == ["not-opened", "not-opened"]


def test_the_text_itself_changes_with_the_chosen_language(client: Client, enrolment: Enrolment):
    lesson = queries.lessons_of(enrolment)[0]
    lesson.body = {"tk": "## Maksat\n\nSalam.", "ru": "## Цель\n\nПривет.", "en": ""}
    lesson.save()
    sign_in(client, enrolment.person)
    page = client.get(address(enrolment, f"{lesson.code}/"), {"in": "ru"}).content.decode()
    assert "Привет." in page
    assert "Salam." not in page
    fallback = client.get(address(enrolment, f"{lesson.code}/"), {"in": "en"}).content.decode()
    assert "Salam." in fallback
    assert "not written in this language yet: English" in fallback


def test_a_long_lesson_has_a_table_of_contents(client: Client, enrolment: Enrolment):
    lesson = queries.lessons_of(enrolment)[0]
    lesson.body = {"en": "## One\n\na\n\n## Two *things*\n\nb\n\n## Three\n\nc"}
    lesson.save()
    sign_in(client, enrolment.person)
    page = client.get(address(enrolment, f"{lesson.code}/")).content.decode()
    assert '<a href="#part-2">Two things</a>' in page
    assert page.count('id="part-') == 3


def test_the_course_page_leads_to_the_lessons(client: Client, enrolment: Enrolment):
    sign_in(client, enrolment.person)
    page = client.get(f"/cohorts/mine/{enrolment.ref}/").content.decode()
    assert f'href="/learn/{enrolment.ref}/"' in page
    sign_in(client, make_trainer(enrolment.cohort).person)
    page = client.get(f"/cohorts/{enrolment.cohort.ref}/").content.decode()
    assert f'href="/learn/cohort/{enrolment.cohort.ref}/"' in page
