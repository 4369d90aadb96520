"""What waits for a person in this room."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.careers.models import Candidacy, Competition
from hunar.kernel import clock
from hunar.kernel.home import HomeTask
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person

NEWS_DAYS = 14


def tasks_for(person: Person, *, on: date) -> list[HomeTask]:
    """For officers the lists to publish; for everybody else open competitions and new lists.

    One or two queries.
    """
    at = clock.now()
    if people.may(person, Permission.MANAGE_COMPETITIONS):
        return _officer(person, on)
    counts = Competition.objects.filter(
        state=Competition.State.PUBLISHED, opens_at__lte=at, closes_at__gte=at
    ).aggregate(
        open=Count("pk", distinct=True),
        mine=Count(
            "pk",
            filter=Q(candidacies__person=person, candidacies__state=Candidacy.State.APPLIED),
            distinct=True,
        ),
    )
    tasks = [_to_apply(counts["open"] - counts["mine"]), _results(person, on)]
    return [task for task in tasks if task.count]


def _officer(person: Person, on: date) -> list[HomeTask]:
    managed = people.organisations_where(person, Permission.MANAGE_COMPETITIONS)
    waiting = Competition.objects.filter(
        state=Competition.State.PUBLISHED,
        closes_at__lt=clock.now(),
        post__organisation__in=managed.values("pk"),
    ).count()
    task = HomeTask(
        label=_("Publish merit lists"),
        text=_("Competitions have closed and their candidates wait for the list."),
        href=reverse("careers:manage") + "?phase=closed",
        icon="podium",
        count=waiting,
        tone="warn",
        order=45,
    )
    return [task] if waiting else []


def _to_apply(count: int) -> HomeTask:
    return HomeTask(
        label=_("Open competitions for posts"),
        text=_("See your points beforehand, then decide whether to apply."),
        href=reverse("careers:competitions") + "?phase=open",
        icon="podium",
        count=count,
        tone="neutral",
        order=90,
    )


def _results(person: Person, on: date) -> HomeTask:
    published = Candidacy.objects.filter(
        person=person,
        state=Candidacy.State.APPLIED,
        competition__merit_list__computed_at__gte=clock.now() - timedelta(days=NEWS_DAYS),
    )
    return HomeTask(
        label=_("Your place in a competition"),
        text=_("The merit list is published, with your points and the evidence behind them."),
        href=reverse("careers:mine"),
        icon="podium",
        count=published.count(),
        tone="info",
        order=40,
    )
