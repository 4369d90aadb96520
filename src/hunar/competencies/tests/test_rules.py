from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.competencies import rules, spine
from hunar.competencies.enums import Area
from hunar.competencies.errors import LevelOutOfScale
from hunar.kernel.text import missing_languages

DAY = date(2025, 12, 5)


def test_the_spine_has_24_competencies_complete_in_three_languages():
    content = spine.read()
    assert len(content.competencies) == len({row.code for row in content.competencies}) == 24
    assert [level.ordinal for level in content.levels] == list(rules.LEVELS)
    assert {row.area for row in content.competencies} == set(Area.values)
    texts = [text for row in content.competencies for text in (row.title, row.description)]
    texts += [text for level in content.levels for text in (level.title, level.descriptor)]
    assert [text for text in texts if missing_languages(text)] == []


def test_every_anchor_of_the_spine_has_a_title():
    anchors = [
        anchor
        for row in spine.read().competencies
        for anchor in spine.anchors_in_words(row.anchors)
    ]
    assert len(anchors) > 60
    assert [anchor.code for anchor in anchors if not anchor.title] == []


def test_attainment_is_the_highest_level_that_counts():
    proofs = [
        rules.Proof(1, 2, DAY),
        rules.Proof(1, 3, DAY, expires_date=DAY),
        rules.Proof(1, 4, DAY, is_withdrawn=True),
        rules.Proof(2, 4, DAY, is_self=True),
        rules.Proof(3, 1, DAY + timedelta(days=1)),
    ]
    assert rules.attainment(proofs, on=DAY) == {1: 3}
    assert rules.attainment(proofs, on=DAY + timedelta(days=1)) == {1: 2, 3: 1}


levels = st.dictionaries(st.integers(1, 24), st.integers(1, 4))


@given(levels, levels)
def test_more_attainment_never_widens_a_gap(required: dict[int, int], attained: dict[int, int]):
    before = rules.missing_levels(required, {})
    after = rules.missing_levels(required, attained)
    assert 0 <= after <= before == sum(required.values())
    assert rules.missing_levels(required, required) == 0


@pytest.mark.parametrize("level", [0, 5, -1])
def test_levels_outside_the_scale_are_refused(level: int):
    with pytest.raises(LevelOutOfScale) as refusal:
        rules.check_level(level)
    assert refusal.value.code == "level-out-of-scale"
