from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    FEMALE = "F", _("female")
    MALE = "M", _("male")


class Role(models.TextChoices):
    """What a person is trusted with, always for one organisation."""

    PROGRAMME_OFFICER = "programme-officer", _("programme officer")
    HR_OFFICER = "hr-officer", _("nominating officer (HR)")
    TRAINER = "trainer", _("trainer")
    EXAMINER = "examiner", _("examiner")
    INVIGILATOR = "invigilator", _("invigilator")
    PANEL_MEMBER = "panel-member", _("panel member")
    APPEALS_OFFICER = "appeals-officer", _("appeals officer")
    ME_OFFICER = "me-officer", _("monitoring and evaluation officer")
    ORGANISATION_ADMIN = "organisation-admin", _("administrator of an organisation")
    ADMINISTRATOR = "administrator", _("administrator")


class Permission(models.TextChoices):
    """Acts that roles allow. ``people.roles`` says which role allows which."""

    MANAGE_AGREEMENTS = "agreements.manage", _("manage agreements")
    ASK_ADVICE = "agreements.ask-advice", _("send advisory requests")
    ANSWER_ADVICE = "agreements.answer-advice", _("answer advisory requests")
    MANAGE_CATALOGUE = "catalogue.manage", _("manage programmes and courses")
    MANAGE_COHORTS = "cohorts.manage", _("manage cohorts and enrolment")
    RECORD_ATTENDANCE = "cohorts.record-attendance", _("record attendance")
    MANAGE_CALLS = "selection.manage-calls", _("open and close calls")
    NOMINATE = "selection.nominate", _("nominate staff")
    MARK_NOMINATIONS = "selection.mark", _("mark nominations")
    DECIDE_APPEALS = "selection.decide-appeals", _("decide appeals")
    MANAGE_EXAMS = "exams.manage", _("manage exams and items")
    INVIGILATE = "exams.invigilate", _("invigilate sittings")
    ISSUE_CREDENTIALS = "credentials.issue", _("issue and revoke certificates")
    VERIFY_CPD = "cpd.verify", _("verify CPD claims")
    MANAGE_COMPETITIONS = "careers.manage", _("run competitions for posts")
    SEE_STAFF = "people.see-staff", _("see the staff of the organisation")
    MANAGE_PEOPLE = "people.manage", _("manage people and roles")
    SEE_EVIDENCE = "evaluation.see", _("see indicators and the records behind them")
    MANAGE_REPORTS = "evaluation.report", _("make donor reports")
    SEE_AUDIT = "audit.see", _("see the audit log")
    MANAGE_ORGANISATIONS = "organisations.manage", _("manage organisations and posts")
    ADMINISTER = "config.administer", _("administer the system")
