"""Four calls: decided in 2025, decided for the running cohort, being marked, and open.

The call of 2025 fills CYB-2025 and AI-2025 with 40 people each, after a few declined and
one offer lapsed. The one for CYB-RUN leaves a waiting list and an appeal that is due soon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hunar.demo.cohorts import both_rounds
from hunar.demo.selection_words import MOTIVATIONS, SUMMARY, TITLES, reserves
from hunar.demo.stage import Stage
from hunar.kernel.queries import working_calendar
from hunar.organisations.enums import OrganisationKind
from hunar.people.models import Employment, Person
from hunar.selection import services
from hunar.selection.models import Call, Nomination, Place
from hunar.selection.permissions import conflicted_nominations
from hunar.selection.rules.presets import usual_rules


def load(stage: Stage) -> None:
    """All four calls, from the earliest to the one that is open now."""
    _call_of_2025(stage)
    _call_of_the_running_cohort(stage)
    _call_being_marked(stage)
    _open_call(stage)
    made = Nomination.objects.count()
    stage.say(f"selection: {len(stage.calls)} calls, {made} nominations")


# The calls ------------------------------------------------------------------


def _call_of_2025(stage: Stage) -> None:
    call = _publish(
        stage, "2025", "second", ("CYB-2025", "AI-2025"),
        opens=date(2025, 10, 7), closes=date(2025, 10, 30), cap=5, outside=8, leading=4,
    )  # fmt: skip
    returning = both_rounds(stage)
    chosen = _nominees(stage, 130, first=returning)
    _nominate(stage, call, chosen, since=date(2025, 10, 14), until=date(2025, 10, 30))
    _close(stage, call, date(2025, 10, 31))
    best = {held.person_id for held in returning}
    _mark_all(stage, call, date(2025, 11, 4), best=best)
    services.decide(call, by=stage.cast["officer"], at=stage.at(date(2025, 11, 10), 11))
    _answer_2025(stage, call, best)
    _old_appeal(stage, call)


def _answer_2025(stage: Stage, call: Call, keen: set[int]) -> None:
    """Most accept at once, three decline, one forgets; in the end 40 and 40 are enrolled."""
    offers = _offers(call)
    hesitant = [place for place in offers if place.nomination.person_id not in keen]
    later = stage.random.sample(hesitant, 20)
    kept = {place.pk for place in later}
    _accept((place for place in offers if place.pk not in kept), stage.at(date(2025, 11, 11), 10))
    for place in later[:3]:
        place.refresh_from_db()
        if place.is_offered:
            services.decline(place, by=place.nomination.person, at=stage.at(date(2025, 11, 12), 12))
    forgetful = next(place for place in _offers(call) if not place.is_promotion)
    _accept(
        (place for place in _offers(call) if place.pk != forgetful.pk),
        stage.at(date(2025, 11, 14), 15),
    )
    services.lapse_overdue(at=stage.at(date(2025, 11, 18), 8))
    _accept(_offers(call), stage.at(date(2025, 11, 19), 9, 30))


def _old_appeal(stage: Stage, call: Call) -> None:
    loser = call.nominations.filter(state=Nomination.State.WAITING).order_by("points").first()
    assert loser is not None, "the call of 2025 has a waiting list"
    appeal = services.file_appeal(
        loser,
        text="Gullukdaky aýlarym doly hasaba alynmadyk öýdýärin.",
        by=loser.person,
        at=stage.at(date(2025, 11, 14), 16),
    )
    services.decide_appeal(
        appeal,
        is_upheld=False,
        reasons="Aýlar işgärler sanawyndaky senelerden hasaplandy; ýazgylar we bal dogry.",
        by=stage.cast["appeals"],
        at=stage.at(date(2025, 11, 24), 11),
    )


def _call_of_the_running_cohort(stage: Stage) -> None:
    decided = _working_days_ago(stage, 12)
    closes = decided - timedelta(days=12)
    call = _publish(
        stage, "run", "live", ("CYB-RUN",),
        opens=closes - timedelta(days=16), closes=closes, cap=3, outside=5, leading=3,
    )  # fmt: skip
    learner = next(held for held in stage.staff if held.person == stage.cast["learner"])
    trained = _holders(stage, "CYB-2025")
    chosen = _nominees(stage, 46, first=[learner, *trained[:2]], without=trained[2:])
    _nominate(
        stage, call, chosen,
        since=closes - timedelta(days=12), until=closes, certain={learner.person_id},
    )  # fmt: skip
    _close(stage, call, closes + timedelta(days=1))
    _mark_all(stage, call, closes + timedelta(days=3), best={learner.person_id})
    services.decide(call, by=stage.cast["officer"], at=stage.at(decided, 11))
    _answer_run(stage, call, decided)
    enrolled = call.nominations.filter(person=stage.cast["learner"], places__state="accepted")
    assert enrolled.exists(), "the learner of the demo takes part in CYB-RUN"


def _answer_run(stage: Stage, call: Call, decided: date) -> None:
    learner = stage.cast["learner"]
    offers = _offers(call)
    unwilling = next(place for place in offers if place.nomination.person_id != learner.pk)
    services.decline(
        unwilling, by=unwilling.nomination.person, at=stage.at(decided + timedelta(days=1), 10)
    )
    _accept(_offers(call), stage.at(decided + timedelta(days=1), 15))
    loser = call.nominations.filter(state=Nomination.State.WAITING).order_by("-points").first()
    assert loser is not None, "the call of CYB-RUN has a waiting list"
    services.file_appeal(
        loser,
        text="Считаю, что план применения оценён слишком низко: в нём названы сроки и обучение "
        "коллег. Прошу проверить баллы по этому критерию.",
        by=loser.person,
        at=stage.at(_working_days_ago(stage, 8), 16),
    )


def _call_being_marked(stage: Stage) -> None:
    closes = _working_days_ago(stage, 4)
    call = _publish(
        stage, "mark", "live", ("AI-MARK",),
        opens=closes - timedelta(days=16), closes=closes, cap=3, outside=6, leading=3,
    )  # fmt: skip
    chosen = _nominees(stage, 58, without=_holders(stage, "AI-2025", "CYB-RUN"))
    _nominate(stage, call, chosen, since=closes - timedelta(days=12), until=closes)
    _close(stage, call, _working_days_ago(stage, 3))
    files = _eligible(call)
    half = len(files) // 2
    at = _working_days_ago(stage, 2)
    markers = _markers(stage, files)
    for number, nomination in enumerate(files[: half + 8]):
        marked_by = markers[nomination.pk]
        for marker in marked_by if number < half else marked_by[number % 2 :][:1]:
            _mark(stage, nomination, marker, stage.at(at, 10, number % 60), best=set())


def _open_call(stage: Stage) -> None:
    closes = stage.today + timedelta(days=14)
    call = _publish(
        stage, "next", "live", ("CYB-NEXT", "AI-NEXT"),
        opens=stage.today - timedelta(days=8), closes=closes, cap=4, outside=6, leading=3,
    )  # fmt: skip
    without = _holders(stage, "CYB-2025", "AI-2025", "CYB-RUN")
    own = stage.organisations["minaragatnasyk"]
    own_staff = [held for held in _able(stage, without) if held.organisation_id == own.pk]
    without += own_staff[3:]
    chosen = _nominees(stage, 60, without=without)
    yesterday = stage.today - timedelta(days=1)
    _nominate(stage, call, chosen, since=stage.today - timedelta(days=7), until=yesterday)


# Steps ----------------------------------------------------------------------


def _publish(
    stage: Stage,
    key: str,
    intake: str,
    codes: Sequence[str],
    *,
    opens: date,
    closes: date,
    cap: int,
    outside: int,
    leading: int,
) -> Call:
    """Draft and publish a call; ``outside`` and ``leading`` seats are kept in each cohort."""
    officer = stage.cast["officer"]
    cohorts = [stage.cohorts[code] for code in codes]
    wanted = usual_rules((each.code, each.version.course.code, each.seats) for each in cohorts)
    kept = reserves(outside, leading, until=date(closes.year + 1, 12, 31))
    tk, ru, en = TITLES[key]
    call = services.draft_call(
        stage.intakes[intake],
        title={"tk": tk, "ru": ru, "en": en},
        summary=SUMMARY,
        opens_at=stage.at(opens, 9),
        closes_at=stage.at(closes, 18),
        cohorts=cohorts,
        rules_wanted=replace(
            wanted,
            cohorts=tuple(
                replace(each, institution_cap=cap, reserves=kept) for each in wanted.cohorts
            ),
        ),
        by=officer,
        at=stage.at(opens - timedelta(days=4), 11),
    )
    services.publish(
        call,
        by=officer,
        at=stage.at(opens - timedelta(days=1), 16),
        entropy=stage.random.randbytes,
    )
    stage.calls[key] = call
    return call


def _able(stage: Stage, without: Iterable[Employment] = ()) -> list[Employment]:
    """Staff of institutions that have a nominating officer, the cast and the academy apart."""
    cast = {person.pk for person in stage.cast.values()}
    left_out = {held.person_id for held in without} | cast
    kinds = {OrganisationKind.ACADEMY, OrganisationKind.PARTNER}
    return [
        held
        for held in stage.staff
        if held.person_id not in left_out
        and held.organisation.kind not in kinds
        and f"hr_{held.organisation.code}" in stage.cast
    ]


def _nominees(
    stage: Stage,
    number: int,
    *,
    first: Sequence[Employment] = (),
    without: Sequence[Employment] = (),
) -> list[Employment]:
    """``first`` and then others at random, ``number`` in all."""
    known = {held.person_id for held in first}
    others = [held for held in _able(stage, without) if held.person_id not in known]
    named = [held for held in first if f"hr_{held.organisation.code}" in stage.cast]
    return [*named, *stage.random.sample(others, number - len(named))]


def _nominate(
    stage: Stage,
    call: Call,
    staff: Sequence[Employment],
    *,
    since: date,
    until: date,
    certain: Iterable[int] = (),
) -> None:
    """Each by the nominating officer of her institution, spread over the days in between."""
    days = max((until - since).days, 1)
    codes = [cohort["code"] for cohort in call.rules["cohorts"]]
    moments = sorted(
        stage.at(
            since + timedelta(days=stage.random.randrange(days)),
            stage.random.randrange(9, 17),
            stage.random.randrange(60),
        )
        for _ in staff
    )
    sure = set(certain)
    for held, at in zip(staff, moments, strict=True):
        wished = codes if stage.random.random() < 0.55 else list(reversed(codes))
        wishes = wished if stage.random.random() < 0.8 else wished[:1]
        services.nominate(
            call,
            person=held.person,
            preferences=wishes,
            motivation=stage.random.choice(MOTIVATIONS),
            has_consent=held.person_id in sure or stage.random.random() < 0.97,
            by=stage.cast[f"hr_{held.organisation.code}"],
            at=at,
        )


def _close(stage: Stage, call: Call, day: date) -> None:
    services.close(call, by=stage.cast["officer"], at=stage.at(day, 9))


def _eligible(call: Call) -> list[Nomination]:
    return list(
        call.nominations.filter(state=Nomination.State.ELIGIBLE)
        .select_related("call", "person", "organisation")
        .order_by("pk")
    )


def _markers(stage: Stage, files: list[Nomination]) -> dict[int, list[Person]]:
    """By file: the first two of the panel to whom the person is a stranger."""
    panel = [stage.cast[key] for key in ("panel1", "panel2", "panel3")]
    barred = [(each, conflicted_nominations(each, files)) for each in panel]
    return {
        file.pk: [each for each, conflicted in barred if file.pk not in conflicted][:2]
        for file in files
    }


def _mark_all(stage: Stage, call: Call, day: date, *, best: set[int]) -> None:
    files = _eligible(call)
    markers = _markers(stage, files)
    for number, nomination in enumerate(files):
        at = stage.at(day, 9 + number // 60, number % 60)
        for marker in markers[nomination.pk]:
            _mark(stage, nomination, marker, at, best=best)


def _mark(
    stage: Stage, nomination: Nomination, marker: Person, at: datetime, *, best: set[int]
) -> None:
    if nomination.person_id in best:
        level, shift = Decimal(10), Decimal(0)
    else:
        level = Decimal(stage.random.triangular(2, 10, 7)).quantize(Decimal(1))
        shift = Decimal(stage.random.choice(("-1", "-0.5", "0", "0", "0.5")))
    services.mark(
        nomination,
        values={"motivation": level, "use": min(max(level + shift, Decimal(0)), Decimal(10))},
        by=marker,
        at=at,
    )


def _offers(call: Call) -> list[Place]:
    return list(
        Place.objects.filter(nomination__call=call, state=Place.State.OFFERED)
        .select_related("nomination__person", "nomination__call", "cohort__version")
        .order_by("pk")
    )


def _accept(places: Iterable[Place], at: datetime) -> None:
    for place in places:
        services.accept(place, by=place.nomination.person, at=at)


def _holders(stage: Stage, *codes: str) -> list[Employment]:
    """The staff who have accepted a place in these cohorts."""
    taken = set(
        Place.objects.filter(cohort__code__in=codes, state=Place.State.ACCEPTED).values_list(
            "nomination__person_id", flat=True
        )
    )
    return [held for held in stage.staff if held.person_id in taken]


def _working_days_ago(stage: Stage, number: int) -> date:
    calendar = working_calendar()
    day = stage.today
    while number:
        day -= timedelta(days=1)
        number -= calendar.is_working(day)
    return day
