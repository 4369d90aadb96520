"""What import-linter cannot say: how the files of a room may meet."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import grimp
import pytest
from django.conf import settings

SRC = Path(settings.PACKAGE)
MEETING_PLACES = {
    "services",
    "queries",
    "events",
    "enums",
    "models",
    "errors",
    "rules",
    "apps",
    "permissions",
    "requests",
    "packs",
}
COMPOSING = {"config", "api", "demo", "portal"}
OPEN_TO_ALL = {"kernel", "ui", "engines", "audit"}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("hunar", cache_dir=None, exclude_type_checking_imports=True)


def own_modules() -> list[str]:
    return sorted(
        name
        for name in graph().modules
        if name.count(".") >= 2 and ".tests" not in name and ".migrations" not in name
    )


def test_rooms_meet_only_at_their_public_files():
    strangers = []
    for importer in own_modules():
        room = importer.split(".")[1]
        if room in COMPOSING:
            continue
        for imported in graph().find_modules_directly_imported_by(importer):
            parts = imported.split(".")
            if len(parts) < 3 or parts[1] == room or parts[1] in OPEN_TO_ALL:
                continue
            if parts[2] not in MEETING_PLACES:
                strangers.append(f"{importer} imports {imported}")
    assert strangers == []


@pytest.mark.parametrize(
    ("layer", "forbidden"),
    [
        ("services", {"views", "api", "forms", "admin"}),
        ("queries", {"views", "api", "forms", "admin", "services"}),
        ("rules", {"views", "api", "forms", "models", "services", "queries"}),
        ("models", {"views", "api", "forms", "services"}),
    ],
)
def test_inside_a_room_imports_point_inwards(layer: str, forbidden: set[str]):
    wrong = []
    for importer in own_modules():
        parts = importer.split(".")
        if parts[2] != layer:
            continue
        for imported in graph().find_modules_directly_imported_by(importer):
            target = imported.split(".")
            if len(target) > 2 and target[1] == parts[1] and target[2] in forbidden:
                wrong.append(f"{importer} imports {imported}")
    assert wrong == []


@pytest.mark.parametrize("layer", ["views", "api"])
def test_views_and_api_never_touch_models(layer: str):
    wrong = [
        f"{importer} imports {imported}"
        for importer in own_modules()
        if importer.split(".")[2] == layer
        for imported in graph().find_modules_directly_imported_by(importer)
        if imported.split(".")[2:3] == ["models"] and imported.split(".")[1] != "people"
    ]
    assert wrong == []


def python_files(*names: str) -> list[Path]:
    files = []
    for name in names:
        files += [*SRC.glob(f"*/{name}.py"), *SRC.glob(f"*/{name}/**/*.py")]
    return sorted(file for file in files if "tests" not in file.parts)


def functions(file: Path) -> list[ast.FunctionDef]:
    return [
        node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)
    ]


def length(node: ast.FunctionDef) -> int:
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = node.body[1].lineno if is_docstring and len(node.body) > 1 else first.lineno
    return (node.end_lineno or start) - start + 1


@pytest.mark.parametrize(("name", "most"), [("views", 25), ("services", 40)])
def test_functions_stay_short(name: str, most: int):
    long = [
        f"{file.relative_to(SRC)}:{node.name} {length(node)}"
        for file in python_files(name)
        for node in functions(file)
        if length(node) > most
    ]
    assert long == []


def test_modules_stay_below_400_lines():
    long = [
        f"{file.relative_to(SRC)} {lines}"
        for file in SRC.rglob("*.py")
        if not {"tests", "migrations"} & set(file.parts)
        and (lines := len(file.read_text().splitlines())) > 400
    ]
    assert long == []


def test_public_services_queries_and_rules_say_what_they_do():
    silent = [
        f"{file.relative_to(SRC)}:{node.name}"
        for file in python_files("services")
        for node in functions(file)
        if not node.name.startswith("_") and node.col_offset == 0 and not ast.get_docstring(node)
    ]
    assert silent == []


def test_only_views_commands_and_tasks_read_the_clock():
    wrong = []
    for file in python_files("rules", "models"):
        text = file.read_text()
        if "clock.now(" in text or "timezone.now(" in text or "datetime.now(" in text:
            wrong.append(str(file.relative_to(SRC)))
    assert wrong == []


def test_every_rule_violation_has_its_own_stable_code():
    from hunar.kernel.errors import RuleViolation

    def below(kind: type[RuleViolation]) -> list[type[RuleViolation]]:
        return [found for child in kind.__subclasses__() for found in (child, *below(child))]

    ours = [kind for kind in below(RuleViolation) if kind.__module__.startswith("hunar.")]
    kinds = [kind for kind in ours if ".tests." not in kind.__module__]
    codes = [kind.code for kind in kinds if "code" in vars(kind)]
    assert len(codes) == len(set(codes)), sorted(code for code in codes if codes.count(code) > 1)
    assert all(code == code.lower() and " " not in code for code in codes)


def test_every_room_has_a_readme():
    assert [room for room in settings.ROOMS if not (SRC / room / "README.md").exists()] == []
