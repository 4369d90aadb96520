from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.records import rules
from hunar.records.errors import StatementMalformed

NOON = datetime(2025, 12, 2, 7, 0, 0, 250_500, tzinfo=UTC)


def test_a_uuid_of_version_7_carries_the_milliseconds_of_its_moment():
    value = rules.uuid7(NOON)
    assert value.version == 7
    assert value.variant == "specified in RFC 4122"
    assert value.int >> 80 == int(NOON.timestamp() * 1000)


def test_the_time_bits_fit_the_example_of_rfc_9562():
    # Appendix A.6: 017F22E2-79B0-7... is 2022-02-22 14:22:22.00 GMT-05:00.
    moment = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    assert str(rules.uuid7(moment)).startswith("017f22e2-79b0-7")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(1, 10**9))
def test_later_moments_give_greater_ids(moment: datetime, later: int):
    moment = moment.replace(tzinfo=UTC)
    assert rules.uuid7(moment) < rules.uuid7(moment + timedelta(microseconds=later))


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "PT0S"), (59, "PT59S"), (3600, "PT1H"), (5430, "PT1H30M30S")]
)
def test_durations_are_iso_8601(seconds: int, text: str):
    assert rules.duration(seconds) == text
    rules.check_result({"duration": text})


@pytest.mark.parametrize(
    "result",
    [
        {"mark": 5},
        {"success": "yes"},
        {"duration": "90 minutes"},
        {"duration": "P"},
        {"duration": "PT"},
        {"score": 5},
        {"score": {"scaled": 1.2}},
        {"score": {"raw": 41, "max": 40}},
        {"score": {"raw": 1, "min": 2}},
        {"score": {"min": 2, "max": 2}},
    ],
)
def test_a_result_against_the_specification_is_refused(result: dict[str, object]):
    with pytest.raises(StatementMalformed) as refusal:
        rules.check_result(result)
    assert refusal.value.code == "statement-malformed"


@pytest.mark.parametrize(
    "context",
    [{"registration": "COH-1"}, {"place": "x"}, {"contextActivities": {"uncle": []}}],
)
def test_a_context_against_the_specification_is_refused(context: dict[str, object]):
    with pytest.raises(StatementMalformed):
        rules.check_context(context)


def test_an_activity_stands_below_the_academys_address_unless_it_has_its_own():
    base = "https://hunar.example"
    assert rules.activity_iri("learn/1/", base=base) == "https://hunar.example/learn/1/"
    assert rules.activity_iri("/learn/1/", base=base) == "https://hunar.example/learn/1/"
    assert rules.activity_iri("https://a.example/b", base=base) == "https://a.example/b"
    with pytest.raises(StatementMalformed):
        rules.activity_iri("/", base=base)
