from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import get_language_info

from hunar.catalogue.models import Course, CourseVersion
from hunar.cohorts.models import CohortTrainer, Room
from hunar.exams import permissions, rules
from hunar.exams.models import Exam, Form, FormItem, Item, Sitting
from hunar.kernel.collation import search_key
from hunar.kernel.types import Words
from hunar.people.models import Person


def _newest(items: QuerySet[Item]) -> QuerySet[Item]:
    newer = Item.objects.filter(code=OuterRef("code"), number__gt=OuterRef("number"))
    return items.filter(~Exists(newer))


def items_visible_to(person: Person) -> QuerySet[Item]:
    """The newest version of each item, by code.

    Whoever manages exams sees the whole bank, trainers the items that their cohorts have
    been asked once the results are out, and nobody else any.
    """
    items = Item.objects.select_related("course").order_by("course__code", "code")
    if permissions.can_manage_exams(person):
        return _newest(items)
    taught = CohortTrainer.objects.filter(person=person).values("cohort_id")
    released = Sitting.objects.filter(state=Sitting.State.RELEASED, cohort_id__in=taught)
    asked = FormItem.objects.filter(form_id__in=released.values("form_id"))
    return items.filter(pk__in=asked.values("item_id"))


def matching_items(
    items: QuerySet[Item],
    *,
    wish: str = "",
    course: str = "",
    module: str = "",
    bloom: str = "",
    use: str = "",
) -> QuerySet[Item]:
    """``items`` whose code or question (any language, marks or not) has each word of ``wish``."""
    for word in search_key(wish).split():
        items = items.filter(search_key__contains=word)
    wanted = {"course__code": course, "module_code": module, "bloom": bloom, "use": use}
    return items.filter(**{field: value for field, value in wanted.items() if value})


def item_versions(item: Item) -> QuerySet[Item]:
    """All versions of the item, newest first, each with the number of its forms."""
    used = FormItem.objects.filter(item=OuterRef("pk")).order_by().values("item")
    return (
        Item.objects.filter(code=item.code)
        .annotate(forms=used.annotate(count=Count("pk")).values("count"))
        .order_by("-number")
    )


def stock_of(course: Course) -> list[tuple[rules.StockItem, Item]]:
    """The items of the bank that a form may take, each with how many forms hold its code."""
    uses = dict(
        FormItem.objects.filter(item__course=course)
        .values_list("item__code")
        .annotate(count=Count("form_id", distinct=True))
        .order_by()
    )
    items = _newest(Item.objects.filter(course=course).exclude(use=Item.Use.RETIRED))
    return [
        (
            rules.StockItem(
                item.code, item.module_code, item.bloom, item.use, uses.get(item.code, 0)
            ),
            item,
        )
        for item in items.order_by("code")
    ]


def exams_visible_to(person: Person) -> QuerySet[Exam]:
    """The exams with the number of their forms, for whoever manages exams."""
    exams = (
        Exam.objects.select_related("version__course")
        .annotate(form_count=Count("forms"))
        .order_by("version__course__code", "-id")
    )
    return exams if permissions.can_manage_exams(person) else exams.none()


def forms_of(exam: Exam) -> QuerySet[Form]:
    """The forms of the exam with the number of their items and sittings."""
    return (
        Form.objects.filter(exam=exam)
        .annotate(
            item_count=Count("form_items", distinct=True),
            sitting_count=Count("sittings", distinct=True),
        )
        .order_by("code")
    )


def forms_to_sit() -> QuerySet[Form]:
    """Every form that a sitting can be planned with."""
    return Form.objects.select_related("exam__version__course").order_by(
        "exam__version__course__code", "-exam_id", "code"
    )


def rooms() -> QuerySet[Room]:
    """Where a sitting can be held."""
    return Room.objects.select_related("organisation").order_by("code")


def versions_to_examine() -> QuerySet[CourseVersion]:
    """Published course versions whose course has items."""
    return (
        CourseVersion.objects.filter(
            state=CourseVersion.State.PUBLISHED, course__items__isnull=False
        )
        .select_related("course")
        .distinct()
        .order_by("course__code", "-number")
    )


def cells_of(version: CourseVersion) -> list[tuple[str, str, int]]:
    """Module, Bloom level and the number of scored items: what a blueprint can ask for."""
    modules = sorted(version.modules.values_list("code", flat=True), key=rules.module_order)
    full = {module: dict.fromkeys(rules.BLOOM, 1) for module in modules}
    stock = [line for line, _ in stock_of(version.course)]
    return [(cell.module, cell.bloom, cell.available) for cell in rules.coverage(full, stock)]


def coverage_of(exam: Exam) -> list[tuple[rules.Cell, Words]]:
    """The exam's blueprint beside what the bank has for each cell, with the level's word."""
    words = dict(bloom_levels())
    cells = rules.coverage(exam.blueprint, [line for line, _ in stock_of(exam.version.course)])
    return [(cell, words[cell.bloom]) for cell in cells]


def courses_with_items() -> list[tuple[str, str]]:
    """Codes of the courses in the bank, as choices of a filter."""
    codes = Course.objects.filter(items__isnull=False).distinct().order_by("code")
    return [(code, code) for code in codes.values_list("code", flat=True)]


def modules_with_items() -> list[tuple[str, str]]:
    """Codes of the modules in the bank, as choices of a filter."""
    codes = Item.objects.order_by().values_list("module_code", flat=True).distinct()
    return [(code, code) for code in sorted(codes, key=rules.module_order)]


def bloom_levels() -> list[tuple[str, Words]]:
    """Code and word of each Bloom level."""
    return [(level.value, level.label) for level in Item.Bloom]


def item_uses() -> list[tuple[str, Words]]:
    """Code and word of each use of an item."""
    return [(use.value, use.label) for use in Item.Use]


@dataclass(frozen=True)
class ItemWording:
    """An item in one language, with the key marked."""

    language: str
    name: str
    stem: str
    options: list[tuple[str, str, bool]]
    unit: str
    rationale: str


def item_in(item: Item, language: str) -> ItemWording:
    """All that the item says in ``language``."""
    return ItemWording(
        language=language,
        name=get_language_info(language)["name_local"],
        stem=item.stem.get(language, ""),
        options=[
            (letter, text.get(language, ""), letter == item.key)
            for letter, text in sorted(item.options.items())
        ],
        unit=item.unit.get(language, ""),
        rationale=item.rationale.get(language, ""),
    )
