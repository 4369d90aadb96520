"""What the calls of the demo say, and for whom they keep seats."""

from __future__ import annotations

from datetime import date

from hunar.selection import rules

ORDER = "Akademiýanyň 01.10.2025 ý. 98 belgili buýrugy"
TITLES = {
    "2025": (
        "Dekabr kurslaryna çagyryş, 2025",
        "Набор на декабрьские курсы, 2025",
        "Call for the December courses, 2025",
    ),
    "run": (
        "Kiberhowpsuzlyk kursuna çagyryş",
        "Набор на курс кибербезопасности",
        "Call for the cybersecurity course",
    ),
    "mark": (
        "Emeli aň kursuna çagyryş",
        "Набор на курс по искусственному интеллекту",
        "Call for the course on artificial intelligence",
    ),
    "next": (
        "Indiki okuw kurslaryna çagyryş",
        "Набор на следующие курсы",
        "Call for the next courses",
    ),
}
SUMMARY = {
    "tk": "Edaralar işgärlerini hödürleýärler; toparyň agzalary atlary görmezden baha berýärler. "
    "Düzgünler çap edilenden soň üýtgemeýär.",
    "ru": "Учреждения выдвигают сотрудников; комиссия оценивает, не видя имён. "
    "После публикации правила не меняются.",
    "en": "Institutions nominate their staff; the panel marks without seeing names. "
    "Once published, the rules do not change.",
}
MOTIVATIONS = (
    "Bölümimiziň elektron hyzmatlaryny goraýar. Kursdan soň hadysalara jogap bermegiň tertibini "
    "ýazar we iki aýyň dowamynda dört kärdeşine öwreder.",
    "Maglumat ulgamlarynyň ätiýaçlyk nusgalaryna jogapkär. Dikeltmek synagyny çärýekde bir gezek "
    "geçirmegi meýilleşdirýär.",
    "Raýatlaryň ýüz tutmalaryny seljerýär; emeli aňyň bu işde nirede peýdaly, nirede howply "
    "bolýandygyny bilmeli.",
    "Talyplara sanly hökümet dersini okadýar. Kursuň mysallaryny okuw maksatnamasyna girizer.",
    "Отвечает за обмен данными между учреждениями. После курса подготовит правила доступа и "
    "проверит журналы трёх систем.",
    "Ведёт реестр обращений. Хочет сократить время ответа и проверить, где допустима "
    "автоматическая сортировка.",
    "Руководит группой поддержки пользователей, где чаще всего сообщают о фишинге. Составит "
    "памятку и проведёт занятия в пяти отделах.",
    "Täze wezipede işläp başlady, kurs umumy düşünje berer.",
)


def reserves(outside: int, leading: int, *, until: date) -> tuple[rules.Reserve, ...]:
    """Seats for staff of the regions and for women in leading posts."""
    return (
        rules.Reserve(
            group=rules.ReserveGroup.OUTSIDE_CAPITAL,
            seats=outside,
            purpose={
                "tk": "Welaýatlaryň işgärleriniň okuwa deň elýeterliligi",
                "ru": "Равный доступ сотрудников велаятов к обучению",
                "en": "Even access to training for staff of the regions",
            },
            legal_basis=ORDER,
            end_date=until,
        ),
        rules.Reserve(
            group=rules.ReserveGroup.WOMEN_LEADING,
            seats=leading,
            purpose={
                "tk": "Ýolbaşçy wezipelerdäki zenanlary taýýarlamak",
                "ru": "Подготовка женщин на руководящих должностях",
                "en": "Training of women in leading posts",
            },
            legal_basis=ORDER,
            end_date=until,
        ),
    )
