"""The signed document of a certificate: an Open Badges 3.0 AchievementCredential.

Beside the standard's own properties the subject carries ``microCredential``: the eleven
mandatory elements of the Council Recommendation 2022/C 243/02 in three languages, as a
JSON literal, because the standard's names and descriptions hold one text each.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hunar.audit.keys import academy_key
from hunar.catalogue.models import CourseVersion, Objective
from hunar.cohorts.models import Enrolment
from hunar.competencies.models import Level
from hunar.credentials import rules
from hunar.exams.models import Attempt
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.hours import UnitMinutes, in_units
from hunar.kernel.queries import setting
from hunar.kernel.signing import instant
from hunar.kernel.text import LANGUAGES, in_all_languages
from hunar.people.models import Person

CONTEXT: list[Any] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    {"microCredential": {"@id": "urn:hunar:terms:microCredential", "@type": "@json"}},
]
STANDARD = "Council Recommendation 2022/C 243/02, Annex I"
Text = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Award:
    """What a document says beside the facts of the enrolment: numbers, codes, moments."""

    kind: str
    code: str
    register_number: str
    status_index: int
    awarded_at: datetime
    issued_at: datetime
    valid_until: datetime | None
    attendance: Fraction
    attempt: Attempt | None
    replaces: str = ""


def page_address(code: str) -> str:
    """The public page of the certificate with that verification code; its id as well."""
    return f"{settings.BASE_URL}/certificates/v/{code}/"


def list_address(number: int) -> str:
    """Where the status list of that number is published."""
    return f"{settings.BASE_URL}/certificates/status/{number}"


def unsigned(enrolment: Enrolment, award: Award) -> dict[str, Any]:
    """The credential of ``enrolment``, ready to be signed."""
    version = enrolment.cohort.version
    outcomes = outcomes_of(version)
    document = {
        "@context": CONTEXT,
        "id": page_address(award.code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _joined(version.title),
        "description": _joined(_sentence(award.kind)),
        "issuer": issuer(),
        "awardedDate": instant(award.awarded_at),
        "validFrom": instant(award.issued_at),
        "credentialSubject": _subject(enrolment, award, outcomes),
        "credentialStatus": _status_entry(award.status_index),
    }
    if award.valid_until is not None:
        document["validUntil"] = instant(award.valid_until)
    return document


def issuer() -> dict[str, Any]:
    """The academy as issuer: a profile under its ``did:web``."""
    return {
        "id": academy_key().public.controller,
        "type": ["Profile"],
        "name": _joined(academy_names()),
        "url": settings.BASE_URL,
        "address": {
            "type": ["Address"],
            "addressCountry": "Turkmenistan",
            "addressCountryCode": "TM",
        },
    }


def academy_names() -> dict[str, str]:
    """The awarding body in each language."""
    names = setting("academy.name") or in_all_languages(settings.ACADEMY_NAME)
    return {language: str(names.get(language) or names["tk"]) for language in LANGUAGES}


def names_of(person: Person) -> dict[str, str]:
    """The person's full name as certificates have it in each language."""
    return {code: person.name_in(code).full for code in LANGUAGES}


def outcomes_of(version: CourseVersion) -> list[Objective]:
    """The learning outcomes of a course version in their order; one query."""
    return list(
        Objective.objects.filter(module__version=version)
        .select_related("module", "competency__framework")
        .order_by("module__order", "order")
    )


def highest_levels(outcomes: list[Objective]) -> dict[int, Objective]:
    """Per competency (by key) the outcome that reaches the highest level."""
    highest: dict[int, Objective] = {}
    for outcome in outcomes:
        known = highest.get(outcome.competency_id)
        if known is None or outcome.level_to > known.level_to:
            highest[outcome.competency_id] = outcome
    return dict(sorted(highest.items(), key=lambda pair: pair[1].competency.order))


def _subject(enrolment: Enrolment, award: Award, outcomes: list[Objective]) -> dict[str, Any]:
    salt = secrets.token_hex(16)
    person, cohort = enrolment.person, enrolment.cohort
    reached = _competencies(outcomes) if award.kind == rules.ACHIEVEMENT else []
    achievement_id = _achievement_id(cohort.version, award.kind)
    return {
        "type": ["AchievementSubject"],
        "name": person.name.full,
        "identifier": [
            {
                "type": "IdentityObject",
                "identityType": "systemId",
                "hashed": True,
                "identityHash": rules.identity_hash(person.ref, salt=salt),
                "salt": salt,
            }
        ],
        "licenseNumber": award.register_number,
        "activityStartDate": _day(cohort.starts_date),
        "activityEndDate": _day(cohort.ends_date),
        "achievement": _achievement(enrolment, award, achievement_id, reached),
        "result": _results(award, achievement_id),
        "microCredential": _micro_credential(enrolment, award, outcomes, reached),
    }


def _achievement(
    enrolment: Enrolment, award: Award, achievement_id: str, reached: list[dict[str, Any]]
) -> dict[str, Any]:
    version = enrolment.cohort.version
    passed = award.kind == rules.ACHIEVEMENT
    achievement: dict[str, Any] = {
        "id": achievement_id,
        "type": ["Achievement"],
        "achievementType": "MicroCredential" if passed else "CertificateOfCompletion",
        "name": _joined(version.title),
        "description": _joined(version.summary, "\n\n"),
        "criteria": {"narrative": _joined(_criteria(award.kind), "\n\n")},
        "humanCode": version.course.code,
        "version": str(version.number),
        "inLanguage": "tk",
        "resultDescription": _result_descriptions(award, achievement_id),
    }
    if reached:
        achievement["alignment"] = [_alignment(entry) for entry in reached]
    return achievement


def _alignment(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetType": "ceasn:Competency",
        "targetCode": entry["code"],
        "targetName": _joined(entry["title"]),
        "targetFramework": f"{entry['framework']} {entry['frameworkVersion']}",
        "targetUrl": f"{settings.BASE_URL}/competencies/{entry['code']}/",
        "targetDescription": _joined(
            {code: f"{entry['level']}: {entry['levelTitle'].get(code, '')}" for code in LANGUAGES}
        ),
    }


def _competencies(outcomes: list[Objective]) -> list[dict[str, Any]]:
    highest = highest_levels(outcomes)
    frameworks = {outcome.competency.framework_id for outcome in highest.values()}
    titles = {
        (level.framework_id, level.ordinal): level.title
        for level in Level.objects.filter(framework__in=frameworks)
    }
    return [
        {
            "code": outcome.competency.code,
            "title": outcome.competency.title,
            "framework": outcome.competency.framework.code,
            "frameworkVersion": outcome.competency.framework.version,
            "level": outcome.level_to,
            "levelTitle": titles.get((outcome.competency.framework_id, outcome.level_to), {}),
        }
        for outcome in highest.values()
    ]


def _result_descriptions(award: Award, achievement_id: str) -> list[dict[str, Any]]:
    described = [
        {
            "id": f"{achievement_id}:attendance",
            "type": ["ResultDescription"],
            "name": _joined(in_all_languages(_("Attendance"))),
            "resultType": "Percent",
            "requiredValue": rules.per_cent(rules.ATTENDANCE_NEEDED),
            "valueMin": "0",
            "valueMax": "100",
        }
    ]
    if award.kind == rules.ACHIEVEMENT and award.attempt is not None:
        described.append(
            {
                "id": f"{achievement_id}:exam",
                "type": ["ResultDescription"],
                "name": _joined(in_all_languages(_("Exam"))),
                "resultType": "Percent",
                "requiredValue": str(award.attempt.sitting.form.exam.cut_score),
                "valueMin": "0",
                "valueMax": "100",
            }
        )
    return described


def _results(award: Award, achievement_id: str) -> list[dict[str, Any]]:
    results = [
        {
            "type": ["Result"],
            "resultDescription": f"{achievement_id}:attendance",
            "value": rules.per_cent(award.attendance),
            "status": "Completed",
        }
    ]
    if award.kind == rules.ACHIEVEMENT and award.attempt is not None:
        marks, most = award.attempt.marks or 0, award.attempt.marks_max or 1
        results.append(
            {
                "type": ["Result"],
                "resultDescription": f"{achievement_id}:exam",
                "value": rules.per_cent(Fraction(marks, most)),
                "status": "Completed",
            }
        )
    return results


def _micro_credential(
    enrolment: Enrolment, award: Award, outcomes: list[Objective], reached: list[dict[str, Any]]
) -> dict[str, Any]:
    person, cohort, version = enrolment.person, enrolment.cohort, enrolment.cohort.version
    facts = {
        "standard": STANDARD,
        "kind": award.kind,
        "learner": names_of(person),
        "title": version.title,
        "country": "TM",
        "awardingBody": academy_names(),
        "date": award.awarded_at.astimezone(ASHGABAT).date().isoformat(),
        "learningOutcomes": [_outcome(outcome) for outcome in outcomes],
        "workload": _workload(version.workload_minutes),
        "competencies": reached,
        "assessment": _assessment(award.kind),
        "participation": in_all_languages(_("On site, in a group, taught by trainers")),
        "qualityAssurance": in_all_languages(
            _("Internal: versioned syllabus, items reviewed and analysed, open transparency log")
        ),
        "register": award.register_number,
        "cohort": cohort.code,
        "dates": [cohort.starts_date.isoformat(), cohort.ends_date.isoformat()],
        "course": {
            "code": version.course.code,
            "version": version.number,
            "sha256": version.content_sha256,
        },
    }
    return facts | ({"replaces": award.replaces} if award.replaces else {})


def _outcome(outcome: Objective) -> dict[str, Any]:
    return {
        "code": outcome.code,
        "text": outcome.text,
        "competency": outcome.competency.code,
        "levelTo": outcome.level_to,
    }


def _workload(minutes: int) -> dict[str, Any]:
    ects = (Decimal(minutes) / UnitMinutes.ECTS).quantize(Decimal("0.01"))
    return {
        "minutes": minutes,
        "duration": rules.iso_duration(minutes),
        "academicHours": str(in_units(minutes, UnitMinutes.ACADEMIC_HOUR)),
        "ects": str(ects),
    }


def _assessment(kind: str) -> dict[str, str]:
    if kind == rules.ACHIEVEMENT:
        return in_all_languages(_("Supervised written exam, marked by a published key"))
    return in_all_languages(_("None: attendance only"))


def _criteria(kind: str) -> dict[str, str]:
    if kind == rules.ACHIEVEMENT:
        return in_all_languages(
            _("Attended at least 80 % of the lessons and labs, and passed the exam of the course.")
        )
    return in_all_languages(
        _("Attended at least 80 % of the lessons and labs. What was learned was not assessed.")
    )


def _sentence(kind: str) -> dict[str, str]:
    if kind == rules.ACHIEVEMENT:
        return in_all_languages(_("Certificate of achievement"))
    return in_all_languages(_("Certificate of participation"))


def _status_entry(index: int) -> dict[str, Any]:
    address = list_address(index // rules.LIST_BITS + 1)
    place = index % rules.LIST_BITS
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def _achievement_id(version: CourseVersion, kind: str) -> str:
    return f"urn:hunar:course:{version.course.code}:{version.number}:{kind}"


def _day(day: date) -> str:
    return instant(datetime(day.year, day.month, day.day, tzinfo=ASHGABAT))


def _joined(text: Text, separator: str = " / ") -> str:
    """One text for a property that holds one: Turkmen, Russian and English in a row."""
    wordings = [text[code] for code in LANGUAGES if text.get(code)]
    return separator.join(dict.fromkeys(wordings))
