from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.credentials import rules
from hunar.credentials.rules import Facts, due
from hunar.kernel.ids import ALPHABET


@pytest.mark.parametrize(
    ("facts", "kind", "reason"),
    [
        (Facts(attendance=Fraction(4, 5), is_passed=True), "achievement", "passed"),
        (Facts(attendance=Fraction(4, 5), is_passed=False), "participation", "attended"),
        (Facts(attendance=Fraction(1)), "participation", "attended"),
        (Facts(attendance=Fraction(799, 1000), is_passed=True), "", "attendance-low"),
        (Facts(attendance=Fraction(1), is_exam_awaited=True), "", "exam-awaited"),
        (
            Facts(attendance=Fraction(1), is_exam_awaited=True, is_passed=True),
            "achievement",
            "passed",
        ),
        (Facts(attendance=Fraction(1), is_passed=True, is_closed=False), "", "cohort-open"),
        (Facts(attendance=Fraction(1), is_on_the_list=False), "", "not-enrolled"),
        (
            Facts(attendance=Fraction(1), is_passed=True, revoked=frozenset({"achievement"})),
            "",
            "revoked",
        ),
        (
            Facts(attendance=Fraction(1), is_passed=True, revoked=frozenset({"participation"})),
            "achievement",
            "passed",
        ),
    ],
)
def test_due_follows_the_published_rule(facts: Facts, kind: str, reason: str):
    assert due(facts) == rules.Finding(kind, reason)


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_certificate_needs_exactly_four_fifths(attended: int, planned: int):
    finding = due(Facts(attendance=Fraction(attended, planned), is_passed=True))
    assert bool(finding.kind) == (attended * 5 >= planned * 4)


def test_valid_until_is_the_same_day_in_ashgabat():
    # 20:00 UTC is already the next day in Ashgabat.
    awarded = datetime(2025, 12, 4, 20, tzinfo=UTC)
    assert rules.valid_until(awarded, months=36) == datetime(2028, 12, 5, 18, 59, 59, tzinfo=UTC)
    assert rules.valid_until(awarded, months=0) is None


@pytest.mark.parametrize(
    ("months", "until"), [(1, "2027-02-28"), (13, "2028-02-29"), (11, "2027-12-31")]
)
def test_valid_until_keeps_to_the_end_of_short_months(months: int, until: str):
    awarded = datetime(2027, 1, 31, 7, tzinfo=UTC)
    found = rules.valid_until(awarded, months=months)
    assert found is not None
    assert found.date().isoformat() == until


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12))
def test_a_code_is_read_as_people_type_it(symbols: str):
    printed = rules.in_groups(symbols)
    assert rules.read_code(printed) == printed
    assert rules.read_code(symbols.lower()) == printed
    assert rules.read_code(f" {symbols[:4]} {symbols[4:8]}.{symbols[8:]} ") == printed


@pytest.mark.parametrize("text", ["", "ABCD-EFGH", "ABCD-EFGH-JKM0", "ABCD-EFGH-JKMI", "Ы" * 12])
def test_a_code_with_look_alikes_or_gaps_is_none(text: str):
    assert rules.read_code(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2025-00012", (2025, 12)),
        ("2025/12", (2025, 12)),
        ("№ 2025-12", (2025, 12)),
        ("25-12", None),
        ("2025-", None),
        ("2025-1234567", None),
        ("٢٠٢٥-12", None),
    ],
)
def test_register_numbers_are_read(text: str, number: tuple[int, int] | None):
    assert rules.read_register_number(text) == number


@pytest.mark.parametrize(
    ("entered", "matches"),
    [
        ("Öwezowa Şemşat Myratowna", True),
        ("owezowa semsat", True),
        ("Şemşat ÖWEZOWA", True),
        ("Овезова Шемшат", True),
        ("Öwezowa", False),
        ("Öwezowa Maral", False),
        ("Öwezowa Şemşat Durdyýewna", False),
        ("Öwezowa Öwezowa", False),
        ("", False),
    ],
)
def test_names_match_without_marks_and_across_alphabets(entered: str, matches: bool):
    spellings = ["Öwezowa Şemşat Myratowna", "Овезова Шемшат Мыратовна"]
    assert rules.names_match(entered, spellings=spellings) is matches


@given(st.sets(st.integers(0, rules.LIST_BITS - 1), max_size=20), st.integers(0, 131_071))
def test_a_status_list_holds_exactly_the_revoked(indexes: set[int], other: int):
    encoded = rules.encoded_list(indexes)
    assert all(rules.is_set(encoded, index) for index in indexes)
    assert rules.is_set(encoded, other) == (other in indexes)


def test_the_standards_bit_order_is_kept():
    # Index 0 is the left-most bit of the first byte (W3C, section 4.3).
    import base64
    import gzip

    packed = rules.encoded_list([0, 9])[1:]
    bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    assert len(bits) == 16_384
    assert bits[:2] == b"\x80\x40"


@pytest.mark.parametrize("text", ["", "zabc", "uabc", rules.encoded_list([])[:40]])
def test_a_broken_status_list_is_refused(text: str):
    with pytest.raises(ValueError):
        rules.is_set(text, 3)


def test_workload_is_written_as_iso_has_it():
    assert [rules.iso_duration(minutes) for minutes in (0, 45, 60, 1440, 1485)] == [
        "PT0M",
        "PT45M",
        "PT1H",
        "PT24H",
        "PT24H45M",
    ]
