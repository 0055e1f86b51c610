"""The words that an item's search looks through, under the name that everybody greps for."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("items", "0001_squashed")]

    operations = [migrations.RenameField("item", "said", "search_text")]
