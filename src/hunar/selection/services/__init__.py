"""Every write of the room. Other rooms import the functions from here."""

from hunar.selection.services.appeals import decide_appeal, file_appeal
from hunar.selection.services.calls import (
    close,
    draft_call,
    publish,
    revise_call,
    rule_problems,
)
from hunar.selection.services.decisions import decide
from hunar.selection.services.imports import confirm_import, upload_list
from hunar.selection.services.marking import mark
from hunar.selection.services.nominations import nominate, withdraw
from hunar.selection.services.places import accept, decline, fill_free_seats, lapse_overdue

__all__ = [
    "accept",
    "close",
    "confirm_import",
    "decide",
    "decide_appeal",
    "decline",
    "draft_call",
    "file_appeal",
    "fill_free_seats",
    "lapse_overdue",
    "mark",
    "nominate",
    "publish",
    "revise_call",
    "rule_problems",
    "upload_list",
    "withdraw",
]
