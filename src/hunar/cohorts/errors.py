from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import NotPermitted, RuleViolation


class NotYourCohort(NotPermitted):
    """Only programme officers and the cohort's own trainers do this."""

    message = _("Only a programme officer or a trainer of this cohort may do this.")
    remedy = _("Ask the programme officer to enter you among the trainers of the cohort.")


class CohortClosed(RuleViolation):
    code = "cohort-closed"
    message = _("The cohort is closed: its records are final.")
    remedy = _("Plan a new cohort, or ask the programme officer.")


class CohortNotOver(RuleViolation):
    code = "cohort-not-over"
    message = _("The last session ends on %(ends)s.")
    remedy = _("Close the cohort after its last session.")


class AttendanceIncomplete(RuleViolation):
    code = "attendance-incomplete"
    message = _("Sessions without any attendance record: %(count)s.")
    remedy = _("Enter the attendance of these sessions first, or remove them from the timetable.")


class NoSessions(RuleViolation):
    code = "timetable-empty"
    message = _("The timetable holds no lesson and no lab.")
    remedy = _("Plan the sessions first; attendance is counted in their minutes.")


class WrongStep(RuleViolation):
    code = "cohort-step-not-allowed"
    message = _("A cohort goes from planned to running to closed, and never back.")
    remedy = _("Reload the page to see its present state.")


class DatesOutOfOrder(RuleViolation):
    code = "dates-out-of-order"
    message = _("The end lies before the beginning.")
    remedy = _("Correct the dates.")
    status = 422


class OutsideRound(RuleViolation):
    code = "cohort-outside-round"
    message = _("The cohort must lie within its round, %(starts)s to %(ends)s.")
    remedy = _("Change the dates of the cohort or of the round.")


class CodeTaken(RuleViolation):
    code = "cohort-code-taken"
    message = _("There is already a cohort or room with the code %(code)s.")
    remedy = _("Choose another code.")


class VersionNotPublished(RuleViolation):
    code = "course-version-not-published"
    message = _("Only a published version of a course can be taught.")
    remedy = _("Publish the version first.")


class RoomTooSmall(RuleViolation):
    code = "room-too-small"
    message = _("The room has %(capacity)s places, the cohort %(seats)s seats.")
    remedy = _("Choose a larger room or fewer seats.")


class RoomTaken(RuleViolation):
    code = "room-taken"
    message = _("The room is taken by %(cohort)s, %(when)s.")
    remedy = _("Choose another room or another time.")


class TrainerBusy(RuleViolation):
    code = "trainer-busy"
    message = _("The trainer teaches %(cohort)s at that time, %(when)s.")
    remedy = _("Choose another trainer or another time.")


class CohortBusy(RuleViolation):
    code = "cohort-busy"
    message = _("The cohort has another session at that time, %(when)s.")
    remedy = _("Choose another time.")


class SessionOutsideCohort(RuleViolation):
    code = "session-outside-cohort"
    message = _("The session lies outside the days of the cohort, %(starts)s to %(ends)s.")
    remedy = _("Choose a day of the cohort, or change its dates.")


class NotATrainer(RuleViolation):
    code = "not-a-trainer"
    message = _("This person is not among the trainers of the cohort.")
    remedy = _("Add the person to the trainers of the cohort first.")


class TrainerTeaches(RuleViolation):
    code = "trainer-teaches"
    message = _("The trainer still has sessions in this cohort: %(count)s.")
    remedy = _("Give these sessions to another trainer first.")


class TimetableDoesNotFit(RuleViolation):
    code = "timetable-does-not-fit"
    message = _("The course needs %(needed)s days; the cohort has %(days)s working days.")
    remedy = _("Make the cohort longer, or plan its sessions one by one.")


class TimetableNotEmpty(RuleViolation):
    code = "timetable-not-empty"
    message = _("The timetable already holds sessions.")
    remedy = _("Remove them first, or plan further sessions one by one.")


class SessionHasAttendance(RuleViolation):
    code = "session-has-attendance"
    message = _("Attendance has been recorded for this session.")
    remedy = _("Leave it in the timetable; correct the attendance if it is wrong.")


class NoSeats(RuleViolation):
    code = "no-seats"
    message = _("All %(seats)s seats are taken.")
    remedy = _("Withdraw somebody first, or give the cohort more seats.")


class AlreadyEnrolled(RuleViolation):
    code = "already-enrolled"
    message = _("This person is already enrolled in the cohort.")


class NoPost(RuleViolation):
    code = "no-post"
    message = _("The platform knows no post that this person held then.")
    remedy = _("Enter the person into the staff list of her institution first.")


class SeatsTaken(RuleViolation):
    code = "seats-taken"
    message = _("%(taken)s people are enrolled already.")
    remedy = _("Give the cohort at least as many seats.")


class EnrolmentEnded(RuleViolation):
    code = "enrolment-ended"
    message = _("This enrolment has ended.")
    remedy = _("Enrol the person again if she shall take part.")


class NotEnrolled(RuleViolation):
    code = "not-enrolled"
    message = _("You are not enrolled in the cohort of this session.")
    remedy = _("Ask the trainer: your name may stand on the list of another cohort.")
    status = 403


class CodeUnknown(RuleViolation):
    code = "attendance-code-unknown"
    message = _("This code belongs to no session.")
    remedy = _("Scan the code on the screen again, or type its six digits.")
    status = 422


class CodeExpired(RuleViolation):
    code = "attendance-code-expired"
    message = _("This code has expired; it changes every minute.")
    remedy = _("Scan the code that is on the screen now.")
    status = 410


class TooManyCodes(RuleViolation):
    code = "attendance-code-too-many"
    message = _("Too many wrong codes.")
    remedy = _("Wait ten minutes, or ask the trainer to enter you by hand.")
    status = 429


class AttendanceNotOpen(RuleViolation):
    code = "attendance-not-open"
    message = _("A code is given on the day of the session, until the session ends.")
    remedy = _("Use the attendance sheet for other times.")


class AttendanceEarly(RuleViolation):
    code = "attendance-too-early"
    message = _("The session has not begun.")
    remedy = _("Enter the attendance when the session has begun.")


class ReasonNeeded(RuleViolation):
    code = "reason-needed"
    message = _("A correction needs a reason.")
    remedy = _("Choose why the earlier record was wrong.")
    status = 422


class MinutesOutOfRange(RuleViolation):
    code = "minutes-out-of-range"
    message = _("The session lasts %(minutes)s minutes.")
    remedy = _("Enter minutes between 0 and the length of the session.")
    status = 422


class StateUnknown(RuleViolation):
    code = "attendance-state-unknown"
    message = _("There is no attendance state “%(state)s”.")
    remedy = _("Use present, late, excused or absent.")
    status = 422


class AttendanceStale(RuleViolation):
    code = "attendance-stale"
    message = _("Somebody changed this attendance while your page was open.")
    remedy = _("Reload the page and enter your changes again.")


class NumberTaken(RuleViolation):
    code = "document-number-taken"
    message = _("The number could not be given: several documents are being registered.")
    remedy = _("Try again.")
    status = 503
