from __future__ import annotations

from django.contrib import admin

from hunar.people.models import Account, Employment, Person, RoleAssignment


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """Looking only: corrections go through the pages, which keep the former version."""

    list_display = ("__str__", "personnel_number", "sex", "birth_date")
    search_fields = ("search_key",)

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin[Account]):
    list_display = ("login", "person", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    list_select_related = ("person",)
    search_fields = ("login", "person__search_key")
    autocomplete_fields = ("person",)
    fields = ("login", "person", "is_active", "is_staff", "is_superuser", "last_login")
    readonly_fields = ("login", "person", "last_login")

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


class LookingOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(LookingOnly):
    list_display = ("person", "role", "organisation", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("person", "organisation")


@admin.register(Employment)
class EmploymentAdmin(LookingOnly):
    list_display = ("person", "post", "organisation", "started_date", "ended_date")
    list_select_related = ("person", "post", "organisation")
