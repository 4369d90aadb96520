from datetime import date, timedelta

import pytest

from hunar.audit.models import Entry
from hunar.catalogue import queries, services
from hunar.catalogue.errors import (
    DatesOutOfOrder,
    NotADraft,
    NotPublished,
    OtherProgramme,
    PackBroken,
    ProgrammeExists,
    VersionFinal,
    VersionIncomplete,
)
from hunar.catalogue.models import Course, CourseVersion, Lesson, Objective
from hunar.catalogue.tests.makers import (
    NOON,
    make_draft,
    make_officer,
    make_pack,
    make_programme,
    make_version,
    words,
)
from hunar.competencies.tests.makers import make_spine
from hunar.kernel.errors import NotPermitted
from hunar.kernel.signing import digest
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db
State = CourseVersion.State


def test_a_loaded_pack_is_a_draft_with_everything_in_it():
    version = make_draft(make_pack(code="DG-ONE"))
    assert (version.course.code, version.state) == ("DG-ONE", State.DRAFT)
    lesson = Lesson.objects.get()
    assert [row.code for row in lesson.objectives.all()] == ["M1.1"]
    assert Objective.objects.filter(competency__code="C2").count() == 2


def test_loading_again_replaces_the_draft():
    officer, programme = make_officer(), make_programme()
    first = make_draft(make_pack(code="DG-ONE"), programme=programme, by=officer)
    again = services.load_pack(
        make_pack(code="DG-ONE", lesson="## New"), programme=programme, by=officer, at=NOON
    )
    assert again.pk == first.pk
    assert Lesson.objects.get().body["en"] == "## New"
    assert Entry.objects.filter(act="catalogue.version.loaded").count() == 2


def test_a_published_version_is_final_and_hashed():
    officer, programme = make_officer(), make_programme()
    version = make_version(make_pack(code="DG-ONE"), programme=programme, by=officer)
    assert version.published_at == NOON
    assert version.content_sha256 == digest(queries.content_of(version))
    assert queries.is_intact(version)
    with pytest.raises(VersionFinal) as refusal:
        services.load_pack(make_pack(code="DG-ONE"), programme=programme, by=officer, at=NOON)
    assert refusal.value.code == "version-final"
    entry = Entry.objects.get(act="catalogue.version.published")
    assert entry.details["content_sha256"] == version.content_sha256


def test_a_row_changed_behind_the_platform_is_noticed():
    version = make_version()
    Lesson.objects.update(minutes=61)
    assert not queries.is_intact(version)


def test_a_draft_without_a_language_is_not_published():
    version = make_draft()
    lesson = Lesson.objects.get()
    lesson.body = {**lesson.body, "tk": " "}
    lesson.save()
    with pytest.raises(VersionIncomplete) as refusal:
        services.publish_version(version, by=make_officer(), at=NOON)
    assert refusal.value.code == "version-incomplete"
    assert [str(problem) for problem in refusal.value.problems] == [
        "M1-01 text: the text in “tk” is missing"
    ]
    version.refresh_from_db()
    assert version.state == State.DRAFT


def test_lessons_longer_than_the_course_or_without_an_objective_are_not_published():
    version = make_draft()
    Lesson.objects.update(minutes=2000)
    Lesson.objects.get().objectives.clear()
    with pytest.raises(VersionIncomplete) as refusal:
        services.publish_version(version, by=make_officer(), at=NOON)
    assert len(refusal.value.problems) == 2


def test_a_version_is_published_once_and_retired_once():
    officer = make_officer()
    version = make_version(by=officer)
    with pytest.raises(NotADraft) as refusal:
        services.publish_version(version, by=officer, at=NOON)
    assert refusal.value.code == "version-not-draft"
    services.retire_version(version, reason="Replaced", by=officer, at=NOON)
    with pytest.raises(NotPublished):
        services.retire_version(version, reason="Replaced", by=officer, at=NOON)
    assert list(queries.published_versions()) == []


def test_an_unknown_competency_breaks_the_pack_and_nothing_is_half_loaded():
    make_spine()
    officer, programme = make_officer(), make_programme()
    with pytest.raises(PackBroken) as refusal:
        services.load_pack(make_pack(competency="Z9"), programme=programme, by=officer, at=NOON)
    assert len(refusal.value.problems) == 2
    assert not Course.objects.exists()


def test_a_course_stays_in_its_programme():
    officer = make_officer()
    make_version(make_pack(code="DG-ONE"), by=officer)
    with pytest.raises(OtherProgramme):
        make_draft(make_pack(code="DG-ONE", version=2), by=officer)


def test_a_programme_has_its_own_code_and_dates_in_order():
    officer = make_officer()
    programme = make_programme(by=officer)
    common = {"title": words("P"), "summary": words("S"), "by": officer, "at": NOON}
    with pytest.raises(ProgrammeExists):
        services.create_programme(code=programme.code, starts_date=date(2026, 1, 1), **common)
    with pytest.raises(DatesOutOfOrder):
        services.create_programme(
            code="new",
            starts_date=date(2026, 1, 1),
            ends_date=date(2026, 1, 1) - timedelta(days=1),
            **common,
        )


def test_who_may_load_publish_and_retire():
    programme, pack = make_programme(), make_pack()
    make_spine()
    for stranger in (make_person(role=Role.TRAINER), make_person()):
        with pytest.raises(NotPermitted):
            services.load_pack(pack, programme=programme, by=stranger, at=NOON)
    draft = make_draft()
    for stranger in (make_person(role=Role.EXAMINER), make_person()):
        with pytest.raises(NotPermitted):
            services.publish_version(draft, by=stranger, at=NOON)
        with pytest.raises(NotPermitted):
            services.retire_version(make_version(), reason="", by=stranger, at=NOON)
        with pytest.raises(NotPermitted):
            make_programme(by=stranger)
