"""Certificates of the three cohorts of 2025, their registers, and one corrected name.

Most certificates are there already: releasing results issues them. What is still due (people
who did not take an exam) is issued here by the officer, as she would.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hunar.credentials import queries, services
from hunar.credentials.models import Credential
from hunar.demo.stage import Stage
from hunar.kernel.names import passport_form
from hunar.people import services as people

FINISHED = ("OPS-2025", "CYB-2025", "AI-2025")
ISSUED = date(2025, 12, 12)
CORRECTED = date(2025, 12, 19)
REGISTERED = date(2025, 12, 22)
REASON = (
    "Familiýasy pasportdaky ýaly däldi / Фамилия не совпадала с паспортом / "
    "The family name was not as in the passport"
)


def load(stage: Stage) -> None:
    """Issue what is due, correct one name, register the papers of the three cohorts."""
    officer = stage.cast["officer"]
    for hour, code in enumerate(FINISHED, start=10):
        services.issue_for_cohort(
            stage.cohorts[code], by=officer, at=stage.at(ISSUED, hour), without_exam=True
        )
    _correct_a_name(stage)
    for hour, code in enumerate(FINISHED, start=14):
        if queries.register_of(stage.cohorts[code]).exists():
            services.register_document(
                stage.cohorts[code], by=officer, at=stage.at(REGISTERED, hour)
            )
    stage.say(f"credentials: {Credential.objects.count()} certificates, one of them replaced")


def _correct_a_name(stage: Stage) -> None:
    """Somebody of the cybersecurity course has a double name in her passport."""
    cast = {person.pk for person in stage.cast.values()}
    rows = queries.register_of(stage.cohorts["CYB-2025"]).filter(
        kind=Credential.Kind.ACHIEVEMENT, person__sex="F"
    )
    credential = next((row for row in rows if row.person_id not in cast), None)
    if credential is None:
        return
    person = credential.person
    family = f"{person.family}-Garajaýewa"
    people.correct_person(
        person,
        {
            "family": family,
            "family_cyrillic": f"{person.family_cyrillic}-Гараджаева",
            "family_passport": passport_form(family),
        },
        reason="Pasport",
        by=stage.cast["admin"],
        at=stage.at(CORRECTED, 9),
    )
    # The certificate carries the person as she was read with it.
    credential = Credential.objects.get(pk=credential.pk)
    services.supersede(
        credential, reason=REASON, by=stage.cast["officer"], at=_after(stage, credential)
    )


def _after(stage: Stage, credential: Credential) -> datetime:
    return max(stage.at(CORRECTED, 11), credential.issued_at + timedelta(days=1))
