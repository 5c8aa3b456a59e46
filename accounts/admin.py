"""People and roles in the administration, and the fence that keeps each administrator in their own district."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Grant, Role, Scope, Translation
from accounts.overwriting import GuardedForm
from accounts.permissions import rights_of


class ScopedAdmin:
    """Shows and offers only what lies within the scopes that this person administers.

    A model says where its scope stands by `scope_path`; one without is the same for all districts.
    """

    form = GuardedForm

    def get_fields(self, request, obj=None):
        """What is only looked at needs no guard."""
        fields = super().get_fields(request, obj)
        return fields if obj and self.has_change_permission(request, obj) else [f for f in fields if f != "seen"]

    def get_queryset(self, request):
        return within(request, super().get_queryset(request))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_administered(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_administered(request, obj)

    def _is_administered(self, request, obj):
        """What belongs to no district is seen by all and changed by none of them."""
        if obj is None or obj.pk is None or request.user.is_superuser or not hasattr(self.model, "scope_path"):
            return True
        rows = self.model._default_manager.filter(pk=obj.pk)
        return rows.filter(administered_rows(request, paths_of(self.model))).exists()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if hasattr(db_field.related_model, "scope_path") and "queryset" not in kwargs:
            kwargs["queryset"] = within(request, db_field.related_model._default_manager.all())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if hasattr(db_field.related_model, "scope_path") and "queryset" not in kwargs:
            kwargs["queryset"] = within(request, db_field.related_model._default_manager.all())
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def within(request, queryset):
    """The rows that this person administers, and those that belong to no district, such as a state's."""
    if not hasattr(queryset.model, "scope_path") or request.user.is_superuser:
        return queryset
    paths = paths_of(queryset.model)
    belongs_to_none = Q(**{f"{path}__isnull": True for path in paths})
    return queryset.filter(administered_rows(request, paths) | belongs_to_none)


def paths_of(model):
    """Where a model's scope stands; a row may have it in one of several places."""
    return (model.scope_path,) if isinstance(model.scope_path, str) else model.scope_path


def administered_rows(request, paths):
    scopes = administered(request)
    return reduce(or_, (Q(**{f"{path}__in": scopes}) for path in paths))


def administered(request):
    """The scopes that this person administers today, those within included."""
    return rights_of(request, clock.today()).scopes(Role.ADMINISTRATOR)


class ReadOnlyAdmin(ScopedAdmin, admin.ModelAdmin):
    """Shown and never edited here: facts and their like are written by the pages that know their rules."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Grant)
class GrantAdmin(ScopedAdmin, admin.ModelAdmin):
    """Roles for a place and a term; a role is ended by its last day, not deleted."""

    list_display = ["person", "role", "scope", "since", "until"]
    list_select_related = ["person", "scope"]
    list_filter = ["role"]
    raw_id_fields = ["person"]
    exclude = ["granted_by"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.granted_by = request.user.person
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Scope)
class ScopeAdmin(ReadOnlyAdmin):
    """Places come and go with districts, plans and tactics; here they can only be seen."""

    list_display = ["name", "kind", "parent"]
    list_filter = ["kind"]


@admin.register(Translation)
class TranslationAdmin(admin.ModelAdmin):
    list_display = ["language", "original", "text", "author", "reviewed_by"]
    list_filter = ["language"]
    search_fields = ["original", "text"]
    readonly_fields = ["original_hash", "original", "language"]
    raw_id_fields = ["reviewed_by"]


admin.site.site_header = _("Administration of Jeffco Plan")
admin.site.site_title = _("Jeffco Plan")
