from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0018_written_in_a_week"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="done_on",
            field=models.DateField(editable=False, null=True, verbose_name="done on"),
        ),
    ]
