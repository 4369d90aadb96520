from datetime import UTC, datetime, timedelta

import pytest

from hunar.cohorts.models import Cohort, Enrolment
from hunar.cohorts.tests.makers import make_cohort, make_enrolment, make_version
from hunar.learning import queries, services
from hunar.learning.errors import NotLearning, ReadTooLittle
from hunar.learning.models import LessonProgress
from hunar.records.models import Statement

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 2, 7, tzinfo=UTC)


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(version=make_version(days=2, lessons=2, minutes=20))


@pytest.fixture
def enrolment(cohort: Cohort) -> Enrolment:
    return make_enrolment(cohort=cohort)


def after(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_opening_is_a_statement_once(enrolment: Enrolment):
    lesson = queries.lessons_of(enrolment)[0]
    services.open_lesson(enrolment, lesson, at=NOON)
    services.open_lesson(enrolment, lesson, at=after(5))
    assert Statement.objects.count() == 1


def test_beats_count_the_time_between_them(enrolment: Enrolment):
    lesson = queries.lessons_of(enrolment)[0]
    services.open_lesson(enrolment, lesson, at=NOON)
    assert [services.beat(enrolment, lesson, at=after(s)) for s in (30, 60, 61)] == [30, 60, 61]


def test_two_tabs_count_once(enrolment: Enrolment):
    first, second = queries.lessons_of(enrolment)[:2]
    for lesson in (first, second):
        services.open_lesson(enrolment, lesson, at=NOON)
    for seconds in range(30, 301, 30):
        services.beat(enrolment, first, at=after(seconds))
        services.beat(enrolment, second, at=after(seconds))
    assert sum(LessonProgress.objects.values_list("seconds", flat=True)) == 300


def test_a_lesson_is_not_finished_at_once(enrolment: Enrolment):
    lesson = queries.lessons_of(enrolment)[0]
    services.open_lesson(enrolment, lesson, at=NOON)
    with pytest.raises(ReadTooLittle, match="at least 5 min"):
        services.finish(enrolment, lesson, at=after(60))
    assert queries.progress_of(enrolment, lesson).is_finished is False


def test_a_lesson_is_finished_after_a_quarter_of_its_time_and_only_once(enrolment: Enrolment):
    lesson = queries.lessons_of(enrolment)[0]
    services.open_lesson(enrolment, lesson, at=NOON)
    for seconds in range(30, 301, 30):
        services.beat(enrolment, lesson, at=after(seconds))
    first = services.finish(enrolment, lesson, at=after(301)).completed_at
    assert services.finish(enrolment, lesson, at=after(900)).completed_at == first
    assert Statement.objects.filter(verb__endswith="completed").count() == 1


def test_without_javascript_the_time_since_opening_counts(enrolment: Enrolment):
    lesson = queries.lessons_of(enrolment)[0]
    services.open_lesson(enrolment, lesson, at=NOON)
    services.finish(enrolment, lesson, at=after(400), has_beats=False)
    assert queries.progress_of(enrolment, lesson).seconds == 400


def test_who_left_the_course_reads_no_more(cohort: Cohort):
    gone = make_enrolment(cohort=cohort, state=Enrolment.State.WITHDRAWN)
    with pytest.raises(NotLearning):
        services.open_lesson(gone, queries.lessons_of(gone)[0], at=NOON)


def test_the_course_tells_where_to_read_on(enrolment: Enrolment):
    first, second = queries.lessons_of(enrolment)[:2]
    services.open_lesson(enrolment, first, at=NOON)
    services.finish(enrolment, first, at=after(900), has_beats=False)
    course = queries.course(enrolment)
    assert course.finished == 1
    assert course.next is not None
    assert course.next.lesson == second
    assert course.days == [1, 2]


def test_the_progress_of_a_cohort_takes_a_fixed_number_of_queries(
    cohort: Cohort, django_assert_num_queries
):
    for _ in range(8):
        learner = make_enrolment(cohort=cohort)
        services.open_lesson(learner, queries.lessons_of(learner)[0], at=NOON)
    with django_assert_num_queries(3):
        progress = queries.cohort_progress(cohort)
    assert len(progress.learners) == 8


def test_pages_opened_side_by_side_without_beats_gain_nothing(enrolment: Enrolment):
    first, second = queries.lessons_of(enrolment)[:2]
    for lesson in (first, second):
        services.open_lesson(enrolment, lesson, at=NOON)
    services.finish(enrolment, first, at=after(600), has_beats=False)
    with pytest.raises(ReadTooLittle):
        services.finish(enrolment, second, at=after(601), has_beats=False)
