"""The programme and its three courses, published before the first round."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from hunar.catalogue import packs, services
from hunar.demo.stage import Stage

COURSES = ("DG-OPS", "DG-CYB", "DG-AI")
BEGUN = date(2025, 10, 6)
LOADED = date(2025, 10, 20)
PUBLISHED = date(2025, 10, 27)

TITLE = {
    "tk": "Sanly hökümet: üznüksiz hünär bilimi",
    "ru": "Цифровое правительство: непрерывное профессиональное образование",
    "en": "Digital government: continuous professional education",
}
SUMMARY = {
    "tk": "Döwlet gullukçylarynyň sanly ulgamlary dolandyrmak, kiberhowpsuzlyk we emeli aň "
    "boýunça yzygiderli okuwy: her kursdan soň synag, şahadatnama we hünär ösüşiniň ýazgysy.",
    "ru": "Систематическое обучение государственных служащих управлению цифровыми системами, "
    "кибербезопасности и искусственному интеллекту: после каждого курса экзамен, "
    "свидетельство и запись о профессиональном развитии.",
    "en": "Regular education of civil servants in running digital systems, in cybersecurity and "
    "in artificial intelligence: after each course an exam, a certificate and an entry in the "
    "ledger of professional development.",
}


def load(stage: Stage) -> None:
    """Fill ``stage.programme`` and ``stage.versions`` from the course packs.

    :raises PackBroken, VersionIncomplete: if a pack is not ready to be taught.
    """
    officer = stage.cast["officer"]
    stage.programme = services.create_programme(
        code="dg-cpe",
        title=TITLE,
        summary=SUMMARY,
        starts_date=date(2025, 11, 1),
        by=officer,
        at=stage.at(BEGUN),
    )
    for hour, code in enumerate(COURSES, start=10):
        pack = packs.read_pack(settings.COURSES_DIR / code.lower())
        draft = services.load_pack(
            pack, programme=stage.programme, by=officer, at=stage.at(LOADED, hour)
        )
        stage.versions[code] = services.publish_version(
            draft, by=officer, at=stage.at(PUBLISHED, hour)
        )
    stage.say(f"catalogue: {len(stage.versions)} courses published")
