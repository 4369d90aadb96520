from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.catalogue.models import Lesson
from hunar.cohorts.models import Enrolment


class LessonProgress(models.Model):
    """How long a learner really had a lesson in front of her, and whether she finished it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="progress")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(_("seconds of reading"), default=0)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="progress_once_per_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id}: {self.seconds} s"
