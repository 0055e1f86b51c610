from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0007_change_of_year"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="closings",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="photo",
            name="version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
