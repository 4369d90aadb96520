from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from hunar.audit.models import Entry
from hunar.audit.services import with_log_proof
from hunar.kernel.signing import digest, verify
from hunar.selection.models import Call
from hunar.selection.tests.makers import (
    decide_call,
    make_call,
    make_hr,
    make_nomination,
    make_rules,
    make_staff,
    make_teaching_cohort,
)
from hunar.selection.verification import check_protocol

pytestmark = pytest.mark.django_db


@pytest.fixture
def protocol() -> dict[str, Any]:
    pair = [make_teaching_cohort(code="C-ONE"), make_teaching_cohort(code="C-TWO")]
    call = make_call(cohorts=pair, wanted=make_rules(pair, seats=1))
    hr = make_hr()
    for group in ("senior", "specialist", "academic", "specialist"):
        make_nomination(call, hr=hr, person=make_staff(hr, role_group=group))
    decide_call(call)
    return Call.objects.get(pk=call.pk).decision.protocol


def failing(document: dict[str, Any]) -> dict[str, str]:
    return {check.name: check.sentence for check in check_protocol(document) if not check.holds}


def test_an_untouched_protocol_replays(protocol: dict[str, Any]):
    assert failing(protocol) == {}
    assert len(list(check_protocol(protocol))) == 8


def test_the_protocol_names_nobody(protocol: dict[str, Any]):
    text = str(protocol)
    for call in Call.objects.all():
        for nomination in call.nominations.select_related("person", "organisation"):
            for secret in (
                nomination.person.family,
                nomination.person.ref,
                nomination.person.personnel_number or "?",
                nomination.organisation.ref,
                str(nomination.organisation),
            ):
                assert secret not in text


def test_the_protocol_is_signed_and_logged(protocol: dict[str, Any]):
    from hunar.audit.keys import academy_key

    key = academy_key().public
    assert verify(protocol, {key.id: key}) == key
    entry = Entry.objects.get(act="selection.call.decided")
    assert entry.details["document_sha256"] == digest(protocol)
    assert with_log_proof(protocol, entry=entry)["log"]["record"]["act"] == entry.act


def first(document: dict[str, Any]) -> dict[str, Any]:
    return document["nominations"][0]


def set_mark(document: dict[str, Any]) -> None:
    first(document)["marks"]["motivation"][0] = "10"


def set_gap(document: dict[str, Any]) -> None:
    first(document)["facts"]["gap"] = {"C-ONE": 4, "C-TWO": 4}


def set_months(document: dict[str, Any]) -> None:
    first(document)["facts"]["months_in_post"] = 1


def swap_wishes(document: dict[str, Any]) -> None:
    first(document)["preferences"].reverse()


def withdraw(document: dict[str, Any]) -> None:
    first(document)["withdrawn"] = True


def drop_nomination(document: dict[str, Any]) -> None:
    document["nominations"].pop()


def add_nomination(document: dict[str, Any]) -> None:
    document["nominations"].append({**first(document), "ref": "NOM-222-2222"})


def change_weight(document: dict[str, Any]) -> None:
    document["rules"]["criteria"][0]["weight"] = "41"


def add_seat(document: dict[str, Any]) -> None:
    document["rules"]["cohorts"][0]["seats"] = 2


def change_seed(document: dict[str, Any]) -> None:
    document["lottery"]["reveals"]["academy"] = "00" * 32


def drop_seed(document: dict[str, Any]) -> None:
    document["lottery"]["reveals"] = {}


def change_root(document: dict[str, Any]) -> None:
    document["lottery"]["list_root"] = "00" * 32


def change_points(document: dict[str, Any]) -> None:
    rows = next(iter(document["results"]["points"].values()))
    next(iter(rows.values()))["points"] = "99.99"


def change_eligibility(document: dict[str, Any]) -> None:
    next(iter(document["results"]["eligibility"].values()))[0]["holds"] = False


def swap_places(document: dict[str, Any]) -> None:
    outcomes = document["results"]["allocation"]["outcomes"]
    placed = [each for each in outcomes if each["place"]]
    empty = [each for each in outcomes if not each["place"]]
    empty[0]["place"], placed[0]["place"] = placed[0]["place"], None


def drop_waiting(document: dict[str, Any]) -> None:
    document["results"]["allocation"]["cohorts"][0]["waiting"].pop()


def change_rank(document: dict[str, Any]) -> None:
    document["results"]["ranking"]["C-ONE"][1]["rank"] = 1


def drop_results(document: dict[str, Any]) -> None:
    del document["results"]


def add_group(document: dict[str, Any]) -> None:
    first(document)["facts"]["trained"] = [document["rules"]["cohorts"][0]["course"]]


def garble(document: dict[str, Any]) -> None:
    first(document)["marks"]["motivation"] = "much"


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (set_mark, "points"),
        (set_gap, "points"),
        (set_months, "eligibility"),
        (swap_wishes, "allocation"),
        (withdraw, "points"),
        (drop_nomination, "list of nominations"),
        (add_nomination, "list of nominations"),
        (change_weight, "frozen rules"),
        (add_seat, "frozen rules"),
        (change_seed, "lottery seed"),
        (drop_seed, "lottery seed"),
        (change_root, "list of nominations"),
        (change_points, "points"),
        (change_eligibility, "eligibility"),
        (swap_places, "allocation"),
        (drop_waiting, "allocation"),
        (change_rank, "ranking"),
        (drop_results, "readable"),
        (add_group, "eligibility"),
        (garble, "readable"),
    ],
)
def test_each_change_is_found_and_named(
    protocol: dict[str, Any], tamper: Callable[[dict[str, Any]], None], named: str
):
    altered = copy.deepcopy(protocol)
    tamper(altered)
    assert named in failing(altered)


def test_the_sentence_says_where(protocol: dict[str, Any]):
    altered = copy.deepcopy(protocol)
    change_points(altered)
    ref = next(iter(altered["results"]["points"]))
    assert f"points.{ref}.C-ONE.points is 99.99 instead of" in failing(altered)["points"]
