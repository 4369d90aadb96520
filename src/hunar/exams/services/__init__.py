from hunar.exams.services.answering import (
    Saved,
    change_answer,
    change_language,
    save_answer,
)
from hunar.exams.services.bank import Loaded, load_items
from hunar.exams.services.exams import make_exam, make_form, plan_sitting
from hunar.exams.services.results import release
from hunar.exams.services.taking import start, submit, submit_expired, submit_if_over

__all__ = [
    "Loaded",
    "Saved",
    "change_answer",
    "change_language",
    "load_items",
    "make_exam",
    "make_form",
    "plan_sitting",
    "release",
    "save_answer",
    "start",
    "submit",
    "submit_expired",
    "submit_if_over",
]
