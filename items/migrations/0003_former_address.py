"""The addresses that committees had, those that their history knows of too."""

import django.db.models.deletion
from django.db import migrations, models

HELP = (
    "It stands in the addresses of the committee’s pages. When it changes, the old addresses go on"
    " leading to the new ones."
)


def remember(apps, schema_editor):
    """Take the former addresses out of the history; of two committees the later one has it."""
    committee, history, former_address = (
        apps.get_model("items", name)
        for name in ("Committee", "HistoricalCommittee", "FormerAddress")
    )
    present = dict(committee.objects.values_list("slug", "pk"))
    there, former = set(present.values()), {}
    for slug, pk in history.objects.order_by("-history_id").values_list("slug", "id"):
        if slug not in present and pk in there:
            former.setdefault(slug, pk)
    former_address.objects.bulk_create(
        former_address(slug=slug, committee_id=pk) for slug, pk in former.items()
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
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
