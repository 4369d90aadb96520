"""PDF documents, set by Typst: tagged (PDF/UA-1), archival (PDF/A-2a), fonts embedded.

A room keeps its document templates in ``documents/*.typ`` beside its code; they
import the academy's look with ``#import "/ui/documents/hunar.typ": *`` and read their content
from ``json(bytes(sys.inputs.at("content")))``. Images without alternative text stop
the compiler, so an inaccessible document cannot be made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def _font_paths() -> list[str]:
    import fontpkg_noto_sans

    return [str(Path(fontpkg_noto_sans.__file__).parent / "files")]


def render(template: Path, content: Mapping[str, Any]) -> bytes:
    """The PDF of ``template`` (a ``.typ`` file inside the package) filled with ``content``.

    :param content: JSON-serialisable; dates and numbers already worded for people.
    :raises RuntimeError: if Typst refuses the document, with its message.
    """
    import typst

    return typst.compile(
        str(template),
        root=str(PACKAGE),
        font_paths=_font_paths(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"],
    )
