"""Every write of the room. Other rooms import the functions from here."""

from hunar.cohorts.documents import paper, table
from hunar.cohorts.services.attendance import (
    Mark,
    arrive,
    check_can_arrive,
    correct_attendance,
    record_attendance,
    record_sheet,
)
from hunar.cohorts.services.documents import register_document, register_own_document
from hunar.cohorts.services.enrolment import enrol, withdraw
from hunar.cohorts.services.feeds import own_feed, renew_cohort_feed, renew_own_feed
from hunar.cohorts.services.planning import (
    add_room,
    change_cohort,
    change_intake,
    close_cohort,
    plan_cohort,
    plan_intake,
    start_cohort,
)
from hunar.cohorts.services.timetable import (
    change_session,
    generate_timetable,
    plan_session,
    remove_session,
)
from hunar.cohorts.services.trainers import appoint_trainer, release_trainer

__all__ = [
    "Mark",
    "add_room",
    "appoint_trainer",
    "arrive",
    "change_cohort",
    "change_intake",
    "change_session",
    "check_can_arrive",
    "close_cohort",
    "correct_attendance",
    "enrol",
    "generate_timetable",
    "own_feed",
    "paper",
    "plan_cohort",
    "plan_intake",
    "plan_session",
    "record_attendance",
    "record_sheet",
    "register_document",
    "register_own_document",
    "release_trainer",
    "remove_session",
    "renew_cohort_feed",
    "renew_own_feed",
    "start_cohort",
    "table",
    "withdraw",
]
