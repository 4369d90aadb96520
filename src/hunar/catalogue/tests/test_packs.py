from pathlib import Path

import pytest
from django.conf import settings

from hunar.catalogue import packs
from hunar.catalogue.errors import PackBroken
from hunar.catalogue.tests.makers import COURSE, ITEM, LESSON, write_pack
from hunar.competencies import spine


def test_a_sound_pack_is_read_whole(tmp_path: Path):
    pack = packs.read_pack(write_pack(tmp_path))
    assert (pack.code, pack.version, pack.lesson_minutes, pack.gaps) == ("DG-TST", 1, 60, ())
    assert pack.lessons[0].body["tk"] == "## tk"
    assert pack.items[0]["module"] == "M1"
    assert packs.pack_folders(tmp_path) == [tmp_path / "dg-tst"]


@pytest.mark.parametrize(
    ("course", "lesson", "item", "file", "reason"),
    [
        ("title = [", LESSON, ITEM, "course.toml", "not valid TOML"),
        (COURSE.replace("120", '"many"'), LESSON, ITEM, "course.toml", "no whole number"),
        (COURSE.replace('"DG-TST"', '"test"'), LESSON, ITEM, "course.toml", "“code”"),
        (COURSE.replace("= 120", "= 45"), LESSON, ITEM, "course.toml", "60 minutes"),
        (COURSE.replace("level_to = 2", "level_to = 5"), LESSON, ITEM, "course.toml", "level_to"),
        (COURSE.replace("level_from = 1", "level_from = 3"), LESSON, ITEM, "course.toml", "above"),
        (COURSE.split("[[modules.objectives]]")[0], LESSON, ITEM, "course.toml", "no objective"),
        (COURSE.split("[[modules]]")[0], LESSON, ITEM, "course.toml", "no module"),
        (COURSE + "[[modules.objectives]]\n" + COURSE.split("[[modules.objectives]]")[1],
         LESSON, ITEM, "course.toml", "given twice"),
        (COURSE, LESSON.replace("M1.1", "M1.9"), ITEM, "lessons/M1/01-first/lesson.toml", "M1.9"),
        (COURSE, LESSON.replace("60", "0"), ITEM, "lessons/M1/01-first/lesson.toml", "minutes"),
        (COURSE, "title = {}", ITEM, "lessons/M1/01-first/lesson.toml", "names no objective"),
        (COURSE, LESSON, ITEM.replace('key = "b"', 'key = "d"'), "items/M1.toml", "the key"),
        (COURSE, LESSON, ITEM.replace("apply", "guess"), "items/M1.toml", "bloom"),
        (COURSE, LESSON, ITEM.replace("M1.1", "M2.1"), "items/M1.toml", "M2.1"),
        (COURSE, LESSON, ITEM.replace("single", "numeric"), "items/M1.toml", "unit"),
        (COURSE, LESSON, ITEM + ITEM, "items", "given twice"),
    ],
)  # fmt: skip
def test_each_problem_names_its_file_and_reason(
    tmp_path: Path, course: str, lesson: str, item: str, file: str, reason: str
):
    folder = write_pack(tmp_path, course=course, lesson=lesson, item=item)
    with pytest.raises(PackBroken) as refusal:
        packs.read_pack(folder)
    assert refusal.value.code == "pack-broken"
    problems = [problem for problem in refusal.value.problems if problem.file.startswith(file)]
    assert any(reason in str(problem) for problem in problems), refusal.value.problems


def test_all_problems_are_listed_at_once(tmp_path: Path):
    folder = write_pack(
        tmp_path, lesson=LESSON.replace("60", "-1"), item=ITEM.replace("apply", "guess")
    )
    (folder / "lessons" / "M7" / "01-lost").mkdir(parents=True)
    with pytest.raises(PackBroken) as refusal:
        packs.read_pack(folder)
    files = {problem.file.split(" ")[0] for problem in refusal.value.problems}
    assert files == {"lessons/M1/01-first/lesson.toml", "lessons/M7/01-lost", "items/M1.toml"}


def test_a_text_in_the_wrong_encoding_is_named(tmp_path: Path):
    folder = write_pack(tmp_path)
    (folder / "lessons/M1/01-first/ru.md").write_bytes("Урок".encode("cp1251"))
    with pytest.raises(PackBroken) as refusal:
        packs.read_pack(folder)
    assert str(refusal.value.problems[0]) == "lessons/M1/01-first/ru.md: it is not written in UTF-8"


def test_missing_languages_are_gaps_of_a_draft_and_no_problems(tmp_path: Path):
    folder = write_pack(tmp_path, course=COURSE.replace(', tk = "Synag"', ""))
    (folder / "lessons/M1/01-first/tk.md").unlink()
    gaps = [str(gap) for gap in packs.read_pack(folder).gaps]
    assert gaps == [
        "course.toml: “title” is missing in: tk",
        "lessons/M1/01-first/tk.md: the text is missing",
    ]


@pytest.mark.parametrize("folder", packs.pack_folders(settings.COURSES_DIR), ids=lambda f: f.name)
def test_the_packs_beside_the_platform_are_sound(folder: Path):
    pack = packs.read_pack(folder)
    codes = [row.code for row in spine.read().competencies]
    assert packs.unknown_competencies(pack, codes) == []
    assert pack.gaps == ()
    assert sum(row.level_to for row in pack.objectives) > 0
