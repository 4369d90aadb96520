from __future__ import annotations

from django.contrib import admin

from hunar.organisations.models import FormerTitle, Organisation, Post, Region


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin[Region]):
    list_display = ("code", "kind", "__str__", "valid_from", "valid_to")
    list_filter = ("kind",)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    list_display = ("code", "__str__", "kind", "region", "valid_from", "valid_to")
    list_filter = ("kind", "region")
    list_select_related = ("region",)
    search_fields = ("code", "search_key")
    autocomplete_fields = ("parent",)


@admin.register(Post)
class PostAdmin(admin.ModelAdmin[Post]):
    list_display = ("code", "__str__", "organisation", "grade", "role_group")
    list_filter = ("role_group",)
    list_select_related = ("organisation",)
    search_fields = ("code", "search_key")
    autocomplete_fields = ("organisation",)


@admin.register(FormerTitle)
class FormerTitleAdmin(admin.ModelAdmin[FormerTitle]):
    list_display = ("organisation", "__str__", "valid_from", "valid_to")
    list_select_related = ("organisation",)
