"""The plan administrator's rare tasks with numbers, in and out of spreadsheets through django-import-export.

Observations leave here in long form; they come in only by the import page, which looks before it counts.
The library's export form carries inline handlers and styles, which the content security policy refuses: an export
here starts at once, as CSV.
"""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin import ReadOnlyAdmin, ScopedAdmin
from indicators import publishing
from indicators.importing.resources import ObservationResource
from indicators.models import (
    Annotation,
    Category,
    CategoryName,
    CollectionWindow,
    Dimension,
    GroupCategory,
    ImportBatch,
    Indicator,
    IndicatorName,
    Observation,
    Organization,
    OrganizationName,
    Series,
    StudentGroup,
)
from indicators.spreadsheets import ExportOnlyMixin, SpreadsheetMixin, TableResource, table_resource


class CodeWidget(ForeignKeyWidget):
    """An organization as files name it: CO:1420."""

    def clean(self, value, row=None, **kwargs):
        authority, _, code = str(value or "").partition(":")
        return Organization.objects.get(authority=authority, code=code) if code else None

    def render(self, value, obj=None, **kwargs):
        return f"{value.authority}:{value.code}" if value else ""


class OrganizationResource(TableResource):
    parent = Field(attribute="parent", column_name="parent", widget=CodeWidget(Organization))

    class Meta:
        model = Organization
        fields = ("authority", "code", "kind", "name", "short_name", "parent", "opened_on", "closed_on")
        import_id_fields = ("authority", "code")
        skip_unchanged = skip_html_diff = True


class StudentGroupResource(TableResource):
    class Meta:
        model = StudentGroup
        fields = ("code", "name", "position")
        import_id_fields = ("code",)
        skip_unchanged = skip_html_diff = True


class IndicatorResource(TableResource):
    class Meta:
        model = Indicator
        exclude = ("id",)
        import_id_fields = ("code",)
        skip_unchanged = skip_html_diff = True

    def after_import(self, dataset, result, **kwargs):
        """What may be shown hangs on the indicator's own words: its smallest group, and whom it counts."""
        super().after_import(dataset, result, **kwargs)
        if not kwargs.get("dry_run"):
            publishing.decide(row.object_id for row in result.rows if row.import_type == row.IMPORT_TYPE_UPDATE)


class SeriesResource(TableResource):
    indicator = Field(attribute="indicator", column_name="indicator", widget=ForeignKeyWidget(Indicator, "code"))
    organization = Field(attribute="organization", column_name="organization", widget=CodeWidget(Organization))
    group = Field(attribute="group", column_name="group", widget=ForeignKeyWidget(StudentGroup, "code"))

    class Meta:
        model = Series
        fields = ("indicator", "organization", "group")
        import_id_fields = ("indicator", "organization", "group")
        skip_unchanged = skip_html_diff = True

    def get_queryset(self):
        return super().get_queryset().select_related("indicator", "organization", "group")


class SpreadsheetAdmin(ScopedAdmin, SpreadsheetMixin, admin.ModelAdmin):
    """An administrator's list with import and export."""


class WindowResource(
    table_resource(
        CollectionWindow, "indicator", "period", "expected_on", "grace_days", "not_collected", "reason", "known_on",
    )
):  # fmt: skip
    """Windows come in as further rows: what was announced once stays on record."""

    def import_instance(self, instance, row, **kwargs):
        before = model_to_dict(instance)
        super().import_instance(instance, row, **kwargs)
        instance.known_on = instance.known_on or timezone.localdate()
        if instance.pk and model_to_dict(instance) != before:
            raise ValidationError(
                _("What was announced stays on record: leave this row as it is, and add one without an id.")
            )


class SharedImport:
    """A file can name any district's rows: only the administrator of the whole site brings one in."""

    def has_import_permission(self, request):
        return request.user.is_superuser and super().has_import_permission(request)


class OrganizationNameInline(admin.TabularInline):
    model = OrganizationName
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(SharedImport, ScopedAdmin, SpreadsheetMixin, SimpleHistoryAdmin):
    resource_classes = [OrganizationResource]
    list_display = ["name", "kind", "authority", "code", "parent"]
    list_filter = ["kind", "authority"]
    list_select_related = ["parent"]
    search_fields = ["name", "code", "names__name"]
    autocomplete_fields = ["parent"]
    inlines = [OrganizationNameInline]


class CategoryNameInline(admin.TabularInline):
    model = CategoryName
    extra = 0


@admin.register(OrganizationName)
class OrganizationNameAdmin(SpreadsheetAdmin):
    resource_classes = [table_resource(OrganizationName, "organization", "name")]
    list_display = ["name", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__name"]
    autocomplete_fields = ["organization"]


@admin.register(Dimension)
class DimensionAdmin(SpreadsheetAdmin):
    resource_classes = [table_resource(Dimension, "name", "adds_up", key=("code",))]
    list_display = ["name", "code", "adds_up"]


@admin.register(Category)
class CategoryAdmin(SpreadsheetAdmin):
    resource_classes = [table_resource(Category, "dimension", "code", "name", "position")]
    list_display = ["name", "dimension", "code", "position"]
    list_filter = ["dimension"]
    list_select_related = ["dimension"]
    inlines = [CategoryNameInline]


class GroupCategoryInline(admin.TabularInline):
    model = GroupCategory
    extra = 0


@admin.register(CategoryName)
class CategoryNameAdmin(SpreadsheetAdmin):
    resource_classes = [table_resource(CategoryName, "category", "name")]
    list_display = ["name", "category"]
    list_select_related = ["category"]
    search_fields = ["name"]


@admin.register(StudentGroup)
class StudentGroupAdmin(SpreadsheetAdmin):
    resource_classes = [StudentGroupResource]
    list_display = ["name", "code", "position"]
    search_fields = ["name", "code"]
    inlines = [GroupCategoryInline]


class AddedNotEdited:
    """What was expected stays on record: who learns otherwise adds a later word."""

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CollectionWindowInline(AddedNotEdited, admin.TabularInline):
    model = CollectionWindow
    extra = 0


@admin.register(Indicator)
class IndicatorAdmin(SpreadsheetMixin, SimpleHistoryAdmin):
    resource_classes = [IndicatorResource]
    list_display = ["name", "code", "unit", "direction", "calendar", "is_public", "is_illustration"]
    list_filter = ["unit", "calendar", "is_public", "is_illustration"]
    search_fields = ["name", "code"]
    inlines = [CollectionWindowInline]

    def save_model(self, request, obj, form, change):
        """A larger smallest group hides at once, for every day, what was shown before."""
        super().save_model(request, obj, form, change)
        publishing.decide([obj.pk])


@admin.register(Series)
class SeriesAdmin(SharedImport, SpreadsheetAdmin):
    resource_classes = [SeriesResource]
    list_display = ["indicator", "organization", "group"]
    list_select_related = ["indicator", "organization", "group"]
    list_filter = ["indicator"]
    search_fields = ["indicator__code", "indicator__name", "organization__name"]
    autocomplete_fields = ["indicator", "organization", "group"]


@admin.register(IndicatorName)
class IndicatorNameAdmin(SpreadsheetAdmin):
    resource_classes = [table_resource(IndicatorName, "indicator", "name")]
    list_display = ["name", "indicator"]
    list_select_related = ["indicator"]
    search_fields = ["name", "indicator__name"]


@admin.register(CollectionWindow)
class CollectionWindowAdmin(AddedNotEdited, SpreadsheetAdmin):
    resource_classes = [WindowResource]
    list_display = ["indicator", "period", "expected_on", "not_collected", "known_on"]
    list_select_related = ["indicator"]
    list_filter = ["indicator"]


def carries_evidence(note):
    """Is a phase of run charts, or a judgment of results, told apart by this note? A rebase always."""
    if note.pk is None or note.kind == Annotation.Kind.EVENT:
        return False
    after = Observation.objects.filter(series__indicator=note.indicator_id, period__gte=note.period)
    return note.kind == Annotation.Kind.REBASE or after.exists()


class AnnotationResource(
    table_resource(Annotation, "indicator", "organization", "kind", "period", "text", "author", "known_on")
):
    def import_instance(self, instance, row, **kwargs):
        before = model_to_dict(instance)
        is_settled = carries_evidence(instance)
        super().import_instance(instance, row, **kwargs)
        if is_settled and model_to_dict(instance) != before:
            raise ValidationError(_("Results rest on this note: it is not changed any more."))


@admin.register(Annotation)
class AnnotationAdmin(ScopedAdmin, SpreadsheetMixin, SimpleHistoryAdmin):
    """Events may be reworded; what results rest on stays, and is taken back on the pages of the team."""

    resource_classes = [AnnotationResource]
    list_display = ["text", "indicator", "kind", "period", "known_on"]
    list_select_related = ["indicator"]
    autocomplete_fields = ["indicator", "organization"]
    raw_id_fields = ["author"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and carries_evidence(obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and carries_evidence(obj))


@admin.register(Observation)
class ObservationAdmin(SpreadsheetMixin, ReadOnlyAdmin):
    """Raw values, not for publication."""

    resource_classes = [ObservationResource]
    show_full_result_count = False
    list_display = ["indicator", "organization", "group", "period", "value", "mark", "n", "known_on", "batch_id"]
    list_select_related = ["series__indicator", "series__organization", "series__group"]
    list_filter = ["series__indicator", "mark"]
    ordering = ["-pk"]

    @admin.display(ordering="series__indicator")
    def indicator(self, observation):
        return observation.series.indicator.name

    @admin.display(ordering="series__organization")
    def organization(self, observation):
        return observation.series.organization.name

    @admin.display(ordering="series__group")
    def group(self, observation):
        return observation.series.group.name

    def import_action(self, request, *args, **kwargs):
        return redirect("import-new")

    process_import = import_action


@admin.register(ImportBatch)
class ImportBatchAdmin(ExportOnlyMixin, ReadOnlyAdmin):
    resource_classes = [
        table_resource(
            ImportBatch, "file_name", "sha256", "state", "kind", "by", "created_at", "applied_at", "known_on", "source",
            "new", "changed", "unchanged", "refused", "suspicious",
        )
    ]  # fmt: skip
    list_display = ["file_name", "state", "by", "known_on", "applied_at", "new", "changed", "refused"]
    list_filter = ["state"]
    list_select_related = ["by"]
    exclude = ["file", "excerpt", "comparison", "readings"]
