"""Ids for paper as the API takes them."""

from __future__ import annotations

from hunar.kernel.errors import NotFound
from hunar.kernel.ids import UnreadablePaperId, read_paper_id


def row_number(ref: str, *, prefix: str) -> int:
    """The number of the row that ``ref`` (such as ``COH-7K3-M9QA``) names.

    :raises NotFound: if it cannot be read or names another kind of thing.
    """
    try:
        read = read_paper_id(ref)
    except UnreadablePaperId:
        raise NotFound from None
    if read.prefix != prefix:
        raise NotFound
    return read.number
