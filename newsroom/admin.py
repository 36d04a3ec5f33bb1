"""The desk's pages for the people who work here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from articles.admin.lists import BoundedLists
from articles.admin.noun import discreet
from newsroom.models import Journalist

# What makes somebody more than an administrator; only those who are may pass it on.
BEYOND_ROLES = {"is_superuser", "user_permissions"}


@admin.register(Journalist)
class JournalistAdmin(BoundedLists, UserAdmin):
    """Hire journalists, give them roles, and close accounts by taking "active" away."""

    list_display = ("username", "name", "email", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)

    @admin.display(description="roles")
    def roles(self, journalist: Journalist) -> str:
        """Return the names of the journalist's groups."""
        return ", ".join(group.name for group in journalist.groups.all())

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the journalists with their groups, for one query a page instead of one a row."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: Journalist | None = None) -> Any:
        """Leave out what is beyond the roles, unless the person at the desk is beyond them too."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name not in BEYOND_ROLES]})
            for title, options in fieldsets
        ]

    def has_change_permission(self, request: HttpRequest, obj: Journalist | None = None) -> bool:
        """Keep an administrator from taking over a superuser's account, by a new password or another way."""
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Journalist | None = None) -> bool:
        """Keep an administrator from deleting a superuser's account."""
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say that stories stand in the way of a deletion, but not which: some of them may be confidential."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set() if protected else missing, discreet(protected)


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(BoundedLists, GroupAdmin):
    """Look at the roles, in a list like all others."""


def _may_touch(request: HttpRequest, journalist: Journalist | None) -> bool:
    return journalist is None or request.user.is_superuser or not journalist.is_superuser
