from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.engines import allocation
from hunar.engines.allocation import InvalidDraw, beacon_from, commitment, seed_from, ticket

REFDATA = Path(__file__).parents[5].parent / "shared" / "refdata" / "matching"
needs_refdata = pytest.mark.skipif(not REFDATA.exists(), reason=f"needs {REFDATA}")

NONCES = {"academy": bytes(range(16)), "ministry": bytes(range(16, 32)), "undp": bytes(16)}
COMMITMENTS = {party: commitment(party, nonce) for party, nonce in NONCES.items()}


def test_the_worked_example_of_rfc_3797_section_6() -> None:
    key = allocation.rfc3797_key([[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]])
    assert key == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    first = hashlib.md5(b"\0\0" + key.encode() + b"\0\0", usedforsecurity=False)
    assert first.hexdigest().upper() == "990DD0A5692A029A98B5E01AA28F3459"
    drawn = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    assert allocation.rfc3797_selection(key, 25, 10) == drawn


@needs_refdata
def test_the_recorded_rfc_3797_lottery() -> None:
    known = json.loads((REFDATA / "rfc3797_lottery.json").read_text())
    drawn = allocation.rfc3797_selection(known["key"], known["pool"], len(known["selected"]))
    assert drawn == known["selected"]


@needs_refdata
def test_the_recorded_hash_lottery() -> None:
    known = json.loads((REFDATA / "hash_lottery_proposed.json").read_text())
    seed = seed_from(bytes.fromhex(known["root"]), bytes.fromhex(known["beacon"]))
    assert seed.hex() == known["seed"]
    assert {each: ticket(seed, each) for each in known["tickets"]} == known["tickets"]
    assert allocation.order(seed, reversed(known["order"])) == known["order"]


@given(st.integers(0, 60), st.data())
def test_an_rfc_3797_draw_of_everybody_is_a_permutation(pool: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, pool))
    everybody = allocation.rfc3797_selection("1./", pool, pool)
    assert sorted(everybody) == list(range(1, pool + 1))
    assert allocation.rfc3797_selection("1./", pool, count) == everybody[:count]


def test_more_than_the_pool_cannot_be_drawn() -> None:
    with pytest.raises(InvalidDraw) as refused:
        allocation.rfc3797_selection("1./", 3, 4)
    assert refused.value.code == "pool-too-small"


def test_every_reveal_changes_the_beacon() -> None:
    beacon = beacon_from(COMMITMENTS, NONCES)
    assert len(beacon) == 32
    for party in NONCES:
        nonces = NONCES | {party: b"another nonce!!!"}
        commitments = COMMITMENTS | {party: commitment(party, nonces[party])}
        assert beacon_from(commitments, nonces) != beacon
    assert beacon_from(COMMITMENTS, NONCES, "4 8 15") != beacon


def test_the_order_of_the_parties_does_not_matter() -> None:
    turned = dict(reversed(NONCES.items()))
    assert beacon_from(COMMITMENTS, turned) == beacon_from(COMMITMENTS, NONCES)


@pytest.mark.parametrize(
    ("code", "nonces"),
    [
        ("reveal-missing", {"academy": NONCES["academy"]}),
        ("reveal-mismatch", NONCES | {"undp": b"another nonce!!!"}),
        ("no-commitment", NONCES | {"guest": bytes(16)}),
    ],
)
def test_an_incomplete_or_changed_reveal_is_refused(code: str, nonces: dict[str, bytes]) -> None:
    with pytest.raises(InvalidDraw) as refused:
        beacon_from(COMMITMENTS, nonces)
    assert refused.value.code == code


def test_a_later_public_draw_makes_up_for_a_party_that_stays_away() -> None:
    present = {"academy": NONCES["academy"]}
    beacon = beacon_from(COMMITMENTS, present, "8 15 16 23 42")
    assert beacon != beacon_from(COMMITMENTS, present, "8 15 16 23 43")
    assert beacon_from({}, {}, "8 15 16 23 42") != beacon


def test_a_draw_without_any_randomness_is_refused() -> None:
    with pytest.raises(InvalidDraw) as refused:
        beacon_from({}, {})
    assert refused.value.code == "no-randomness"


def test_a_commitment_cannot_be_copied_by_another_party() -> None:
    assert commitment("academy", NONCES["undp"]) != commitment("undp", NONCES["undp"])
    copied = {"academy": COMMITMENTS["undp"], "undp": COMMITMENTS["undp"]}
    with pytest.raises(InvalidDraw, match="academy reveals another nonce"):
        beacon_from(copied, {"academy": NONCES["undp"], "undp": NONCES["undp"]})


def test_short_nonces_and_seeds_are_refused() -> None:
    for code, call in (
        ("nonce-too-short", lambda: commitment("academy", bytes(15))),
        ("seed-length", lambda: ticket(bytes(31), "a")),
        ("seed-length", lambda: seed_from(bytes(32), bytes(31))),
    ):
        with pytest.raises(InvalidDraw) as refused:
            call()
        assert refused.value.code == code
