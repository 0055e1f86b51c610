"""The short code of each item and list: drawn for those that are there, and with each new one."""

from django.db import migrations, models

import items.privacy.short_codes

BATCH = 1000  # rows


def draw(apps, schema_editor):
    for name in ("Item", "ItemList"):
        model = apps.get_model("items", name)
        rows = []
        for row in model.objects.filter(code=None).only("pk").iterator(chunk_size=BATCH):
            row.code = items.privacy.short_codes.new_code()
            rows.append(row)
            if len(rows) == BATCH:
                model.objects.bulk_update(rows, ["code"])
                rows = []
        model.objects.bulk_update(rows, ["code"])


def code(**how):
    return models.CharField(editable=False, max_length=8, **how)


class Migration(migrations.Migration):
    dependencies = [("items", "0044_bulletins")]

    operations = [
        *(
            migrations.AddField(model_name=name, name="code", field=code(null=True))
            for name in ("item", "itemlist")
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=name,
                name="code",
                field=code(default=items.privacy.short_codes.new_code, unique=True),
            )
            for name in ("item", "itemlist")
        ),
    ]
