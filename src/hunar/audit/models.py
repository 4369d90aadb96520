from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One consequential act: who did what to what, when. Rows are only ever added.

    Database triggers refuse UPDATE and DELETE. The leaf of the transparency log is a
    salted commitment to the row, so that a proof for one act tells nothing about others.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    act = models.CharField(_("act"), max_length=80, db_index=True)
    subject_kind = models.CharField(_("kind of thing"), max_length=60)
    subject_ref = models.CharField(_("thing"), max_length=60)
    actor_ref = models.CharField(_("by"), max_length=60, blank=True)
    details = models.JSONField(_("details"), default=dict)
    salt = models.CharField(max_length=64)
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_kind", "subject_ref"])]
        verbose_name = _("audit record")
        verbose_name_plural = _("audit records")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject_ref}"


class Leaf(models.Model):
    """The place of an entry in the log. Places are given without gaps by one writer."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf")

    def __str__(self) -> str:
        return str(self.index)


class Node(models.Model):
    """The hash of a complete subtree of the log: level 0 are the leaves."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="audit_node_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """The log's size and root at a moment, signed (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering = ["-size"]
        get_latest_by = "size"

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"
