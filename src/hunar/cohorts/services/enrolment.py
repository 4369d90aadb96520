from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit import services as audit
from hunar.cohorts import errors, events, permissions, queries
from hunar.cohorts.models import Cohort, Enrolment
from hunar.cohorts.services.planning import check_open
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.signing import digest
from hunar.notifications import services as notifications
from hunar.people import queries as people
from hunar.people.models import Employment, Person


@transaction.atomic
def enrol(
    cohort: Cohort, *, person: Person, by: Person, at: datetime, source_ref: str = ""
) -> Enrolment:
    """Give ``person`` a seat, and write down what is true of her on the first day: employer,
    region, post, role group, sex, age. Tells upper rooms by ``person_enrolled``.

    :param source_ref: the ground, such as the id of a place that was offered or of an order.
    :raises NotPermitted: if ``by`` may not enrol this person.
    :raises CohortClosed, NoSeats, AlreadyEnrolled, NoPost: as named.
    """
    permissions.check_can_enrol(by, person, has_ground=bool(source_ref))
    # The lock makes two people who take the last seat queue (SQLite has one writer anyway).
    cohort = (
        Cohort.objects.select_for_update(of=("self",)).select_related("version").get(pk=cohort.pk)
    )
    check_open(cohort)
    if queries.enrolment_of(person, cohort):
        raise errors.AlreadyEnrolled
    if queries.seats_free(cohort) == 0:
        raise errors.NoSeats(seats=cohort.seats)
    enrolment = _save(_with_snapshot(cohort, person, at, source_ref))
    audit.record(
        "cohorts.enrolment.made",
        subject=enrolment,
        by=by,
        at=at,
        details={"cohort": cohort.ref, "person": person.ref, "ground": source_ref},
    )
    if by != person:
        _tell(enrolment, at)
    events.person_enrolled.send(sender=None, enrolment=enrolment, by=by, at=at)
    return enrolment


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: Person, at: datetime, reason: str) -> Enrolment:
    """End an enrolment before its time and free the seat. Tells upper rooms by
    ``enrolment_withdrawn``, so that a waiting list can move up.

    :raises NotPermitted: if ``by`` may not.
    :raises EnrolmentEnded: if it has ended already.
    """
    permissions.check_can_withdraw(by, enrolment)
    changed = Enrolment.objects.filter(pk=enrolment.pk, state=Enrolment.State.ENROLLED).update(
        state=Enrolment.State.WITHDRAWN, ended_at=at, end_reason=reason[:300]
    )
    if not changed:
        raise errors.EnrolmentEnded
    enrolment.refresh_from_db()
    audit.record(
        "cohorts.enrolment.withdrawn",
        subject=enrolment,
        by=by,
        at=at,
        details={"cohort": enrolment.cohort.ref, "reason_sha256": digest(reason)},
    )
    events.enrolment_withdrawn.send(sender=None, enrolment=enrolment, by=by, at=at)
    return enrolment


def _with_snapshot(cohort: Cohort, person: Person, at: datetime, source_ref: str) -> Enrolment:
    held = people.employment_on(person, cohort.starts_date) or people.employment_on(
        person, at.astimezone(ASHGABAT).date()
    )
    if held is None:
        raise errors.NoPost
    return Enrolment(
        cohort=cohort,
        person=person,
        enrolled_at=at,
        source_ref=source_ref,
        organisation=held.organisation,
        institution_kind=_institution_kind(held),
        region=held.organisation.region,
        post=held.post,
        role_group=held.post.role_group,
        sex=person.sex,
        age=person.age_on(cohort.starts_date),
    )


def _institution_kind(held: Employment) -> str:
    # A unit counts as what it belongs to.
    organisation = held.organisation
    if organisation.kind == "unit" and organisation.parent:
        return organisation.parent.kind
    return organisation.kind


def _save(enrolment: Enrolment) -> Enrolment:
    try:
        with transaction.atomic():
            enrolment.save(force_insert=True)
    except IntegrityError:
        raise errors.AlreadyEnrolled from None
    return enrolment


def _tell(enrolment: Enrolment, at: datetime) -> None:
    cohort = enrolment.cohort
    notifications.tell(
        enrolment.person,
        code="cohorts.enrolled",
        subject=_("You are enrolled in %(cohort)s"),
        body=_("Your course takes place from %(starts)s to %(ends)s. Its page has the timetable."),
        details={
            "cohort": cohort.code,
            "starts": f"{cohort.starts_date:%d.%m.%Y}",
            "ends": f"{cohort.ends_date:%d.%m.%Y}",
        },
        url=reverse("cohorts:course", args=[enrolment.pk]),
        at=at,
    )
