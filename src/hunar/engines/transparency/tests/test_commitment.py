from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.engines import transparency as log

SALT = bytes(range(16))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
records = st.dictionaries(st.text(), json_values, max_size=4)


def test_the_canonical_form_is_that_of_rfc_8785_section_3_2_4() -> None:
    record = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    printed = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert log.canonical(record).decode() == printed


def test_a_commitment_is_the_hash_of_salt_and_canonical_record() -> None:
    expected = hashlib.sha256(SALT + b'{"a":1,"b":"x"}').digest()
    assert log.commit({"b": "x", "a": 1}, salt=SALT) == expected


@given(records, st.binary(min_size=16, max_size=40))
def test_every_commitment_verifies(record: dict[str, Any], salt: bytes) -> None:
    log.verify_commitment(log.commit(record, salt=salt), record, salt=salt)


@given(records, records)
def test_another_record_or_salt_does_not_verify(one: dict[str, Any], two: dict[str, Any]) -> None:
    commitment = log.commit(one, salt=SALT)
    if log.canonical(one) != log.canonical(two):
        with pytest.raises(log.CommitmentMismatch):
            log.verify_commitment(commitment, two, salt=SALT)
    with pytest.raises(log.CommitmentMismatch):
        log.verify_commitment(commitment, one, salt=SALT + b"\x00")


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(log.SaltTooShort) as refused:
        log.commit({}, salt=bytes(15))
    assert refused.value.code == "salt-too-short"


def test_fresh_salts_are_long_enough_and_differ() -> None:
    salts = {log.new_salt() for _ in range(10)}
    assert len(salts) == 10
    assert all(len(salt) >= 16 for salt in salts)


@pytest.mark.parametrize(
    "record",
    [
        {"n": 2**53},
        {"x": float("inf")},
        {"x": float("nan")},
        {"x": "\ud800"},
        {"\ud800": 1},
        {"x": {1, 2}},
        {"x": b"bytes"},
        {1: "x"},
        [1, 2],
        "text",
        {"x": object()},
    ],
)
def test_records_without_a_canonical_form_are_refused(record: Any) -> None:
    with pytest.raises(log.RecordNotCanonical):
        log.commit(record, salt=SALT)


def test_a_bottomless_record_is_refused() -> None:
    record: dict[str, Any] = {}
    record["self"] = record
    with pytest.raises(log.RecordNotCanonical):
        log.commit(record, salt=SALT)
