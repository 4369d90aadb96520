from typing import Any

from hunar.catalogue import rules


def content(**changes: Any) -> dict[str, Any]:
    text = {"tk": "a", "ru": "b", "en": "c"}
    return {
        "course": "DG-T",
        "version": 1,
        "title": text,
        "summary": text,
        "audience": text,
        "prerequisites": text,
        "workload_minutes": 60,
        "modules": [
            {
                "code": "M1",
                "day": 1,
                "title": text,
                "objectives": [{"code": "M1.1", "text": text, "level_to": 2}],
                "lessons": [
                    {
                        "code": "M1-01",
                        "minutes": 45,
                        "title": text,
                        "body": text,
                        "objectives": ["M1.1"],
                    }
                ],
            }
        ],
    } | changes


def test_two_equal_versions_do_not_differ():
    assert rules.differences(content(), content(version=2)) == []


def test_added_removed_and_changed_places_are_named():
    new = content(version=2, workload_minutes=90)
    new["modules"][0]["objectives"] = [{"code": "M1.2", "text": {}, "level_to": 3}]
    new["modules"][0]["lessons"][0] = {**new["modules"][0]["lessons"][0], "minutes": 50}
    changes = rules.differences(content(), new)
    assert [(row.kind, row.place) for row in changes] == [
        ("changed", "workload_minutes"),
        ("added", "M1.2"),
        ("changed", "M1-01"),
        ("removed", "M1.1"),
    ]
    assert (changes[0].before, changes[0].after) == (60, 90)


def test_each_missing_language_is_found():
    lame = content(title={"tk": "a", "ru": " "})
    assert rules.texts_missing(lame) == [("title", "ru"), ("title", "en")]
    assert rules.texts_missing(content()) == []


def test_what_serves_no_objective_is_named():
    lame = content()
    lame["modules"][0]["objectives"] = []
    lame["modules"][0]["lessons"][0]["objectives"] = []
    assert rules.unmapped(lame) == ["M1", "M1-01"]
    assert rules.lesson_minutes(content()) == 45
