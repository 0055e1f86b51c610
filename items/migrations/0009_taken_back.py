from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0008_people"),
    ]

    operations = [
        migrations.AlterField(
            model_name="suggestion",
            name="status",
            field=models.CharField(
                choices=[
                    ("received", "Waiting for an answer"),
                    ("asked", "Asked back"),
                    ("adopted", "Became an item"),
                    ("settled", "Done at once"),
                    ("not_adopted", "Not adopted"),
                    ("merged", "Put together with another one"),
                    ("taken_back", "Taken back by the suggester"),
                ],
                default="received",
                max_length=12,
                verbose_name="status",
            ),
        ),
    ]
