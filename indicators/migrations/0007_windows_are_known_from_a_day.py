"""When something is expected is a fact of its day, like every other: a later word is added, not written over it."""

from datetime import timedelta

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def know_a_year_ahead(apps, schema_editor):
    """Windows without a day of their own were announced about a year before the reading was expected."""
    windows = apps.get_model("indicators", "CollectionWindow").objects
    for window in windows.all():
        windows.filter(pk=window.pk).update(known_on=window.expected_on - timedelta(days=365))


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_finer_decimals")]

    operations = [
        migrations.RemoveConstraint(model_name="collectionwindow", name="one_window_per_indicator_and_period"),
        migrations.AlterModelOptions(
            name="collectionwindow", options={"ordering": ["indicator", "period", "known_on", "pk"]}
        ),
        migrations.AddField(
            model_name="collectionwindow",
            name="recorded_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="collectionwindow",
            name="known_on",
            field=models.DateField(
                default=django.utils.timezone.localdate,
                help_text="The day on which this was announced: earlier days do not know it.",
            ),
        ),
        migrations.AlterField(
            model_name="collectionwindow",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="windows", to="indicators.indicator"
            ),
        ),
        migrations.RunPython(know_a_year_ahead, migrations.RunPython.noop),
    ]
