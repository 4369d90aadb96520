"""The log in the stock admin: to be read, never written."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from hunar.audit.models import Checkpoint, Entry


class ReadOnly(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ("id", "at", "act", "subject_ref", "actor_ref")
    search_fields = ("=subject_ref", "=actor_ref", "act__startswith")
    date_hierarchy = "at"
    show_full_result_count = False


@admin.register(Checkpoint)
class CheckpointAdmin(ReadOnly):
    list_display = ("size", "at", "root")
