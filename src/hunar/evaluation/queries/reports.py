"""What a report says: built from figures, compared with what was released before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from hunar.audit.models import Entry
from hunar.audit.queries import entries_about
from hunar.catalogue.models import Programme
from hunar.evaluation import disclosure, permissions
from hunar.evaluation.models import Report, Target
from hunar.evaluation.queries.figures import Cut, Figure, as_words, framework
from hunar.evaluation.queries.loading import Scope, load
from hunar.evaluation.queries.records import ref_of
from hunar.kernel.signing import digest, instant
from hunar.kernel.text import in_all_languages, in_language
from hunar.people.models import Person

KIND = "hunar/donor-report/1"
RELEASED = "evaluation.report.released"


def reports_visible_to(person: Person | None) -> QuerySet[Report]:
    """The release ledger: everything for who sees evidence, public reports for the others."""
    reports = Report.objects.select_related("programme", "released_by").order_by(
        "-released_at", "-id"
    )
    if permissions.can_see(person):
        return reports
    return reports.filter(audience=Report.Audience.PUBLIC)


def latest_public(programme: Programme) -> Report | None:
    """What the public page of a programme shows."""
    return (
        Report.objects.filter(programme=programme, audience=Report.Audience.PUBLIC)
        .select_related("programme")
        .order_by("-period_to", "-released_at", "-id")
        .first()
    )


def release_entry(report: Report) -> Entry | None:
    """The record of the release in the log."""
    return entries_about(report.ref).filter(act=RELEASED).first()


def targets_of(programme: Programme) -> dict[str, Target]:
    """What the results framework promises, by indicator."""
    return {row.indicator: row for row in Target.objects.filter(programme=programme)}


@dataclass(frozen=True)
class Content:
    """A report before it is signed: the document, and the ids of the records behind it."""

    document: dict[str, Any]
    records: dict[str, list[str]]


def content(
    programme: Programme, *, audience: str, since: date, until: date, at: datetime, salt: str
) -> Content:
    """All figures of the period for the audience, with the digests of their records.

    :param salt: enters every digest, so that nobody finds hidden records by trial.
    """
    shown = framework(load(Scope(programme, since, until)), audience=audience)
    records = {
        each.indicator.code: sorted(ref_of(record) for record in each.records)
        for each in shown.figures
    }
    targets = targets_of(programme)
    document = {
        "kind": KIND,
        "programme": {"ref": programme.ref, "code": programme.code, "title": programme.title},
        "audience": audience,
        "threshold": shown.threshold,
        "period": {"from": since.isoformat(), "to": until.isoformat()},
        "computed": instant(at),
        "indicators": [
            _indicator(each, targets.get(each.indicator.code), records, salt)
            for each in shown.figures
        ],
        "cuts": [_cut(each, "persons") for each in shown.cuts]
        + [_cut(shown.stages, "nominations")],
    }
    return Content(document, records)


def _indicator(
    figure: Figure, target: Target | None, records: Mapping[str, list[str]], salt: str
) -> dict[str, Any]:
    definition = figure.indicator
    return {
        "code": definition.code,
        "version": definition.version,
        "level": definition.level.value,
        "method": definition.method.value,
        "about_people": definition.is_about_people,
        "chain": definition.chain,
        **as_words(definition),
        "baseline": _number(target.baseline) if target else None,
        "baseline_year": target.baseline_year if target else None,
        "target": _number(target.value) if target else None,
        "due": target.due_date.isoformat() if target else None,
        "value": _number(figure.value),
        "n": figure.n,
        "hidden": figure.is_hidden,
        "records": {
            "count": figure.n,
            "sha256": digest({"salt": salt, "records": records[definition.code]}),
        },
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _cut(cut: Cut, of: str) -> dict[str, Any]:
    return {
        "of": of,
        "dimension": cut.dimension,
        "title": in_all_languages(cut.title),
        "categories": [{"code": code, "title": dict(title)} for code, title in cut.categories],
        "levels": [
            {"code": level.code, "values": list(level.values), "total": level.total}
            for level in cut.levels
        ],
    }


def shown_counts(document: Mapping[str, Any]) -> dict[str, int | None]:
    """Every count of people in a report, by a name that stays the same between reports."""
    counts: dict[str, int | None] = {}
    for row in document["indicators"]:
        if row["about_people"]:
            counts[row["code"]] = row["n"]
    for cut in document["cuts"]:
        for level in cut["levels"]:
            for category, value in zip(cut["categories"], level["values"], strict=True):
                counts[f"{cut['of']}/{cut['dimension']}/{category['code']}/{level['code']}"] = value
    return counts


@dataclass(frozen=True)
class Warning:
    """A count that, beside an earlier report, tells about few people. ``what`` in the page's
    language."""

    report: Report
    what: str
    earlier: int | None
    now: int | None


def differences(
    document: Mapping[str, Any], *, programme: Programme, audience: str
) -> list[Warning]:
    """Where the report and an earlier one together would give away a small group.

    Looks at every earlier report whose period overlaps and that the same readers can see. Named
    are counts that differ by fewer than the threshold, and counts that one report shows and
    the other hides while their totals are that close.
    """
    threshold = disclosure.THRESHOLDS[audience]
    period = document["period"]
    earlier = Report.objects.filter(
        programme=programme,
        period_from__lte=period["to"],
        period_to__gte=period["from"],
        audience__in={audience, Report.Audience.PUBLIC.value},
    ).order_by("-released_at", "-id")
    now = shown_counts(document)
    words = _names(document)
    return [
        Warning(report, words.get(name, name), before, after)
        for report in earlier
        for name, before, after in _close(shown_counts(report.document), now, threshold)
    ]


def _close(
    before: Mapping[str, int | None], now: Mapping[str, int | None], threshold: int
) -> list[tuple[str, int | None, int | None]]:
    found: list[tuple[str, int | None, int | None]] = [
        (each.what, each.earlier, each.now)
        for each in disclosure.small_differences(before, now, threshold=threshold)
    ]
    for name, after in now.items():
        if "/" not in name or name not in before or (before[name] is None) == (after is None):
            continue
        total = name.rpartition("/")[2]
        one, other = before.get(_headline(total)), now.get(_headline(total))
        if one is not None and other is not None and abs(one - other) < threshold:
            found.append((name, before[name], after))
    return found


def _headline(level: str) -> str:
    return level if "-" in level else f"women-{level}"


def _names(document: Mapping[str, Any]) -> dict[str, str]:
    names = {row["code"]: in_language(row["title"]) for row in document["indicators"]}
    for cut in document["cuts"]:
        for level in cut["levels"]:
            title = names.get(_headline(level["code"]), level["code"])
            for category in cut["categories"]:
                key = f"{cut['of']}/{cut['dimension']}/{category['code']}/{level['code']}"
                names[key] = f"{title}, {in_language(category['title'])}"
    return names
