from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit import services as audit
from hunar.careers import errors, permissions, queries, rules
from hunar.careers.models import Candidacy, Competition, MeritList
from hunar.careers.verification import KIND
from hunar.kernel.signing import instant
from hunar.notifications import services as notifications
from hunar.people.models import Person


@transaction.atomic
def rank(competition: Competition, *, by: Person, at: datetime) -> MeritList:
    """Compute the merit list from the evidence at the closing, sign it and tell everybody.

    It happens exactly once: the list is never computed again.

    :raises NotPermitted: if ``by`` does not run the competitions of the organisation.
    :raises CandidateCannotRank: if ``by`` stands on the list.
    :raises CompetitionStillOpen, AlreadyRanked, NotPublished, NobodyToRank: by its state.
    """
    permissions.check_can_rank(by, competition)
    _claim(competition, at)
    candidacies = list(
        Candidacy.objects.filter(competition=competition, state=Candidacy.State.APPLIED)
        .select_related("person")
        .order_by("pk")
    )
    if not candidacies:
        raise errors.NobodyToRank
    document = audit.sign(_document(competition, candidacies, at), at=at)
    merit_list = MeritList.objects.create(
        competition=competition, document=document, computed_at=at, computed_by=by
    )
    audit.record(
        "careers.merit_list.published",
        subject=merit_list,
        by=by,
        at=at,
        details={"competition": competition.ref, "candidates": len(candidacies)},
        document=document,
    )
    _tell(candidacies, document, at)
    return merit_list


def _claim(competition: Competition, at: datetime) -> None:
    """Whoever changes the state computes the list; nobody else does."""
    claimed = Competition.objects.filter(
        pk=competition.pk, state=Competition.State.PUBLISHED, closes_at__lt=at
    ).update(state=Competition.State.RANKED)
    competition.refresh_from_db(fields=["state"])
    if claimed:
        return
    if competition.is_ranked:
        raise errors.AlreadyRanked
    if competition.is_draft:
        raise errors.NotPublished
    raise errors.CompetitionStillOpen


def _document(
    competition: Competition, candidacies: list[Candidacy], at: datetime
) -> dict[str, Any]:
    formula = competition.terms
    found = queries.evidence_of(
        [row.person_id for row in candidacies], formula=formula, at=competition.closes_at
    )
    evidence = {row.ref: found[row.person_id] for row in candidacies}
    closed = queries.day_of(competition.closes_at)
    post = competition.post
    return {
        "kind": KIND,
        "competition": competition.ref,
        "post": {
            "ref": post.ref,
            "title": post.title,
            "grade": post.grade,
            "organisation": post.organisation.ref,
            "organisation_title": post.organisation.title,
        },
        "closed": queries.moment(competition.closes_at),
        "computed": instant(at),
        "formula": competition.formula,
        "formula_sha256": competition.formula_sha256,
        "candidates": [
            {"ref": ref, "evidence": evidence[ref].to_json()} for ref in sorted(evidence)
        ],
        "results": [each.to_json() for each in rules.rank(formula, evidence, closed=closed)],
    }


def _tell(candidacies: list[Candidacy], document: dict[str, Any], at: datetime) -> None:
    results = {row["ref"]: row for row in document["results"]}
    for candidacy in candidacies:
        placed = results[candidacy.ref]
        notifications.tell(
            candidacy.person,
            code="careers.ranked",
            subject=_("The merit list is published"),
            body=_(
                "Your place is %(rank)s of %(of)s with %(points)s points. You can open the "
                "evidence behind each of them and download the proof."
            ),
            details={
                "rank": placed["rank"],
                "of": len(results),
                "points": placed["points"],
            },
            url=reverse("careers:candidacy", args=[candidacy.pk]),
            at=at,
        )
