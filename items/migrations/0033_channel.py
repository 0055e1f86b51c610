"""The channel by which each suggestion came; what was heard on a visit is told by its visit."""

from django.db import migrations, models
from django.db.models import Q

import items.models.suggestion


def from_visits(apps, schema_editor):
    apps.get_model("items", "Suggestion").objects.exclude(visit=None).update(channel="visit")


class Migration(migrations.Migration):
    dependencies = [("items", "0032_mention")]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="channel",
            field=models.CharField(
                choices=items.models.suggestion.Channel.choices,
                default="form",
                max_length=10,
                verbose_name="channel",
            ),
        ),
        migrations.RunPython(from_visits, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=Q(channel="visit", visit__isnull=False)
                | ~Q(channel="visit") & Q(visit=None),
                name="suggestion_of_a_visit_has_it",
            ),
        ),
    ]
