"""The addresses that committees had: they go on leading to them."""

import django.db.models.deletion
from django.db import migrations, models

HELP = (
    "It stands in the addresses of the committee’s pages. When it changes, the old addresses go on"
    " leading to the new ones."
)


class Migration(migrations.Migration):
    dependencies = [("items", "0002_search_text")]

    operations = [
        migrations.AlterField(
            "committee",
            "slug",
            models.SlugField(help_text=HELP, unique=True, verbose_name="address"),
        ),
        migrations.AlterField(
            "historicalcommittee",
            "slug",
            models.SlugField(help_text=HELP, verbose_name="address"),
        ),
        migrations.CreateModel(
            "FormerAddress",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="address")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_addresses",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
    ]
