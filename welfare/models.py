"""What the site itself keeps, beside the domain's rows and the framework's."""

from django.db import models


class Tally(models.Model):
    """How many suggestions came in an hour from one browser or one network; no more.

    Who and which hour it was can't be read from a row: both are hashed with the site's key.
    """

    key = models.CharField(max_length=64, primary_key=True)
    hour = models.CharField(max_length=64, db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.count)
