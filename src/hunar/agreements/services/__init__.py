from hunar.agreements.services.agreements import (
    Side,
    add_obligation,
    change_obligation,
    draft_agreement,
    edit_draft,
    end_agreement,
    remove_obligation,
    sign,
)
from hunar.agreements.services.requests import answer, ask, assign, close
from hunar.agreements.services.roster import add_expert, edit_expert

__all__ = [
    "Side",
    "add_expert",
    "add_obligation",
    "answer",
    "ask",
    "assign",
    "change_obligation",
    "close",
    "draft_agreement",
    "edit_draft",
    "edit_expert",
    "end_agreement",
    "remove_obligation",
    "sign",
]
