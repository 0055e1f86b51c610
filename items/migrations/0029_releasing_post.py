"""A committee's post for releases, and in which role the ledger writes that its holder did it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0028_ledger_export"),
    ]

    operations = [
        migrations.AddField(
            model_name="committee",
            name="releasing_post",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releasing_for",
                to="items.post",
                verbose_name="post for releases",
            ),
        ),
        migrations.AddField(
            model_name="historicalcommittee",
            name="releasing_post",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="items.post",
                verbose_name="post for releases",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="role",
            field=models.CharField(
                choices=[
                    ("owner", "Owner’s side"),
                    ("supervisor", "Supervisor"),
                    ("office", "Office"),
                    ("administrator", "Administrator"),
                    ("releaser", "Post for releases"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
    ]
