"""Exports of a ledger that may come back, and what they said."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0027_table_view"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("exported_at", models.DateTimeField()),
                ("seq", models.PositiveIntegerField()),
                ("inside", models.BooleanField()),
                ("columns", models.JSONField()),
                ("base", models.BinaryField(default=b"")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to="items.itemlist",
                    ),
                ),
            ],
            options={
                "verbose_name": "export of a ledger",
                "verbose_name_plural": "exports of ledgers",
            },
        ),
    ]
