from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from hunar.catalogue.models import CourseVersion, Lesson, Programme
from hunar.catalogue.tests.makers import (
    COURSE,
    ITEM,
    make_draft,
    make_officer,
    make_pack,
    make_programme,
    make_version,
    write_pack,
)
from hunar.competencies.tests.makers import make_spine
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def test_everybody_finds_a_published_course(client: Client):
    version = make_version(make_pack(code="DG-ONE", competency="C8"))
    draft = make_draft(make_pack(code="DG-TWO"))
    page = client.get("/courses/", headers=ENGLISH).content.decode()
    assert "Course DG-ONE" in page
    assert "DG-TWO" not in page
    assert "DG-ONE" in client.get("/courses/?competency=C8").content.decode()
    assert "DG-ONE" not in client.get("/courses/?competency=C2").content.decode()
    assert "DG-ONE" in client.get("/courses/?q=dg-one").content.decode()
    assert "No course fits" in client.get("/courses/?q=cookery", headers=ENGLISH).content.decode()
    detail = client.get("/courses/dg-one/", follow=True, headers=ENGLISH).content.decode()
    assert "32 academic hours" in detail
    assert "1 → 2" in detail
    assert client.get(f"/courses/{version.ref}/lessons/M1-01/").status_code == 302
    assert client.get(f"/courses/{draft.ref}/").status_code == 404
    assert client.get("/courses/dg-two/").status_code == 404
    assert client.get("/courses/dg-one/history/").status_code == 200


def test_the_competency_page_names_the_course(client: Client):
    make_version(make_pack(code="DG-ONE", competency="C8"))
    assert "Course DG-ONE" in client.get("/competencies/C8/", headers=ENGLISH).content.decode()


def test_an_officer_loads_checks_and_publishes_a_pack(
    client: Client, settings: LazySettings, tmp_path: Path
):
    make_spine()
    settings.COURSES_DIR = tmp_path
    write_pack(tmp_path)
    programme = make_programme()
    sign_in(client, make_officer())
    assert "not loaded yet" in client.get("/courses/packs/").content.decode()
    assert client.get("/courses/packs/dg-tst/").status_code == 200
    client.post("/courses/packs/dg-tst/", {"programme": programme.pk})
    version = CourseVersion.objects.get()
    assert version.is_draft
    preview = client.get(f"/courses/{version.ref}/lessons/M1-01/").content.decode()
    assert 'lang="tk"' in preview
    page = client.get(f"/courses/{version.ref}/publish/").content.decode()
    assert "The version is complete" in page
    client.post(f"/courses/{version.ref}/publish/")
    version.refresh_from_db()
    assert version.is_draft
    client.post(f"/courses/{version.ref}/publish/", {"confirmed": "yes"})
    version.refresh_from_db()
    assert version.is_published
    final = client.post("/courses/packs/dg-tst/", {"programme": programme.pk})
    assert "version-final" in final.content.decode()
    client.post(f"/courses/{version.ref}/retire/", {"confirmed": "yes", "reason": "Replaced"})
    version.refresh_from_db()
    assert version.state == CourseVersion.State.RETIRED


def test_a_broken_pack_shows_every_problem(client: Client, settings: LazySettings, tmp_path: Path):
    make_spine()
    settings.COURSES_DIR = tmp_path
    write_pack(tmp_path, course=COURSE.replace('"C2"', '"Z9"'), item=ITEM.replace("apply", "guess"))
    programme = make_programme()
    sign_in(client, make_officer())
    assert "1 problem" in client.get("/courses/packs/").content.decode()
    page = client.get("/courses/packs/dg-tst/").content.decode()
    assert "items/M1.toml TST-M1-001" in page
    answer = client.post("/courses/packs/dg-tst/", {"programme": programme.pk})
    assert answer.status_code == 422
    assert "pack-broken" in answer.content.decode()
    assert not CourseVersion.objects.exists()
    assert client.get("/courses/packs/nowhere/").status_code == 404


def test_a_missing_language_is_shown_before_it_is_published(
    client: Client, settings: LazySettings, tmp_path: Path
):
    make_spine()
    settings.COURSES_DIR = tmp_path
    folder = write_pack(tmp_path)
    (folder / "lessons/M1/01-first/tk.md").unlink()
    programme = make_programme()
    sign_in(client, make_officer())
    assert "the text is missing" in client.get("/courses/packs/dg-tst/").content.decode()
    client.post("/courses/packs/dg-tst/", {"programme": programme.pk})
    version = CourseVersion.objects.get()
    lesson = client.get(f"/courses/{version.ref}/lessons/M1-01/").content.decode()
    assert "A language is missing" in lesson
    page = client.get(f"/courses/{version.ref}/publish/").content.decode()
    assert "version-incomplete" in page
    refused = client.post(f"/courses/{version.ref}/publish/", {"confirmed": "yes"})
    assert refused.status_code == 409


def test_the_syllabus_is_a_pdf_in_each_language(client: Client):
    version = make_version()
    for language in ("tk", "ru", "en"):
        answer = client.get(f"/courses/{version.ref}/syllabus/{language}.pdf")
        assert answer.content[:5] == b"%PDF-"
    assert client.get(f"/courses/{version.ref}/syllabus/de.pdf").status_code == 404


def test_versions_show_their_differences(client: Client):
    officer, programme = make_officer(), make_programme()
    first = make_version(make_pack(code="DG-ONE"), programme=programme, by=officer)
    second = make_version(
        make_pack(code="DG-ONE", version=2, lesson="## Better"), programme=programme, by=officer
    )
    page = client.get(f"/courses/{second.ref}/changes/", headers=ENGLISH).content.decode()
    assert "M1-01" in page
    assert "Better" in page
    assert client.get(f"/courses/{first.ref}/changes/").status_code == 404
    old = client.get(f"/courses/{first.ref}/", headers=ENGLISH).content.decode()
    assert "There is a newer version" in old


def test_an_officer_begins_a_programme(client: Client):
    sign_in(client, make_officer())
    texts = {f"{name}_{code}": "x" for name in ("title", "summary") for code in ("tk", "ru", "en")}
    client.post("/courses/programmes/new/", texts | {"code": "new", "starts_date": "2026-01-10"})
    programme = Programme.objects.get()
    assert client.get(f"/courses/programmes/{programme.ref}/").status_code == 200
    assert client.get("/courses/programmes/").status_code == 200


def test_who_reaches_the_officers_pages(client: Client):
    draft, version = make_draft(), make_version()
    officers_only = [
        "/courses/packs/",
        "/courses/packs/dg-cyb/",
        "/courses/programmes/new/",
        f"/courses/{version.ref}/publish/",
        f"/courses/{version.ref}/retire/",
        f"/courses/{version.ref}/lessons/M1-01/",
    ]
    sign_in(client, make_officer())
    assert {client.get(address).status_code for address in officers_only} == {200}
    assert client.get(f"/courses/{draft.ref}/").status_code == 200
    for stranger in (make_person(role=Role.EXAMINER), make_person()):
        sign_in(client, stranger)
        assert {client.get(address).status_code for address in officers_only} == {403}
        assert client.get(f"/courses/{draft.ref}/").status_code == 404


def test_pages_ask_few_questions_however_many_rows(
    client: Client, django_assert_max_num_queries: Any
):
    officer, programme = make_officer(), make_programme()
    for number in range(14):
        version = make_version(make_pack(code=f"DG-N{number}"), programme=programme, by=officer)
    lesson = Lesson.objects.filter(module__version=version).get()
    sign_in(client, officer)
    for address in (
        "/courses/",
        "/courses/programmes/",
        f"/courses/programmes/{programme.ref}/",
        f"/courses/{version.ref}/",
        f"/courses/{version.ref}/publish/",
        f"/courses/{version.ref}/lessons/{lesson.code}/",
        "/courses/dg-n1/history/",
        "/courses/packs/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
