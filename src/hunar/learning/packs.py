"""A day's lessons as a ZIP of self-contained pages: read on any device, without a network."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.translation import override

from hunar.catalogue.models import Lesson
from hunar.cohorts.models import Enrolment


def day_pack(enrolment: Enrolment, lessons: Iterable[Lesson], *, day: int, language: str) -> bytes:
    """The ZIP: an index page and one page per lesson, each with its own style, in ``language``."""
    lessons = list(lessons)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack, override(language):
        names = [(lesson, f"{lesson.code}.html") for lesson in lessons]
        context = {
            "language": language,
            "day": day,
            "course": enrolment.cohort.version.title,
            "names": names,
        }
        pack.writestr("index.html", render_to_string("learning/pack/index.html", context))
        for lesson, name in names:
            page = render_to_string("learning/pack/lesson.html", {**context, "lesson": lesson})
            pack.writestr(name, page)
        pack.writestr("style.css", render_to_string("learning/pack/style.css"))
    return target.getvalue()
