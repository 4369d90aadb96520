"""The spine, what the posts ask for, a needs assessment and a few self-assessments."""

from __future__ import annotations

from datetime import date

from hunar.competencies import queries, services
from hunar.competencies.enums import EvidenceKind
from hunar.demo.stage import Stage
from hunar.organisations.enums import RoleGroup

ADOPTED = date(2025, 10, 1)
PROFILES_SET = date(2025, 10, 6)
ASSESSED = date(2025, 10, 13)
LAPSES = date(2028, 10, 13)

PROFILES: dict[str, dict[str, int]] = {
    RoleGroup.SENIOR: {
        "G1": 3, "G3": 2, "G4": 2, "G5": 2, "G6": 3, "D4": 2, "C1": 2, "C2": 2, "A1": 2, "A2": 2,
    },
    RoleGroup.MIDDLE: {
        "G2": 2, "G3": 2, "D1": 2, "D2": 1, "D3": 2, "C1": 2, "C2": 1, "C7": 2, "A1": 2, "A4": 2,
    },
    RoleGroup.SPECIALIST: {
        "D2": 2, "D3": 1, "C1": 3, "C3": 2, "C4": 2, "C5": 1, "C6": 2, "C7": 2, "C8": 2, "A4": 1,
    },
    RoleGroup.ACADEMIC: {
        "G4": 1, "D1": 2, "D3": 2, "D4": 3, "C1": 2, "C2": 2, "A1": 3, "A2": 2, "A3": 2, "A5": 2,
    },
}  # fmt: skip
CRITICAL: dict[str, set[str]] = {
    RoleGroup.SENIOR: {"G6", "C2"},
    RoleGroup.MIDDLE: {"G3", "D3"},
    RoleGroup.SPECIALIST: {"C4", "C7"},
    RoleGroup.ACADEMIC: {"A1", "D4"},
}


def load(stage: Stage) -> None:
    """Fill ``stage.competencies``; posts get profiles, staff a first attainment."""
    services.load_spine(by=stage.cast["admin"], at=stage.at(ADOPTED))
    stage.competencies = queries.by_code()
    _profiles(stage)
    found = _needs_assessment(stage)
    _self_assessments(stage)
    stage.say(f"competencies: {len(stage.competencies)}, evidence of the needs assessment: {found}")


def _profiles(stage: Stage) -> None:
    for posts in stage.posts.values():
        for post in posts:
            levels = dict(PROFILES[post.role_group])
            if post.is_leading:
                levels["G6"] = max(levels.get("G6", 0), 2)
            services.set_profile(
                post,
                requirements=[
                    services.Required(
                        stage.competencies[code], level, code in CRITICAL[post.role_group]
                    )
                    for code, level in levels.items()
                ],
                by=stage.cast["admin"],
                at=stage.at(PROFILES_SET),
            )


def _needs_assessment(stage: Stage) -> int:
    """Levels below the profile for part of the competencies, so that gaps differ."""
    found = []
    for employment in stage.staff:
        for code, required in PROFILES[employment.post.role_group].items():
            level = stage.random.choice([0, 0, 1, 1, required])
            if level:
                found.append(
                    services.Found(
                        person=employment.person,
                        competency=stage.competencies[code],
                        level=min(level, required),
                        kind=EvidenceKind.ASSESSMENT,
                        date=ASSESSED,
                        expires_date=LAPSES,
                        source_ref="NEEDS-2025",
                    )
                )
    return services.record_many(found, by=stage.cast["officer"], at=stage.at(ASSESSED, 17))


def _self_assessments(stage: Stage) -> None:
    chosen = stage.random.sample(stage.staff, min(12, len(stage.staff)))
    own = [row for row in stage.staff if row.person == stage.cast["learner"]]
    for employment in {row.person_id: row for row in [*own, *chosen]}.values():
        levels = {
            stage.competencies[code]: stage.random.choice([1, 2, 2, required])
            for code, required in PROFILES[employment.post.role_group].items()
        }
        services.assess_self(employment.person, levels=levels, at=stage.at(ASSESSED, 11))
