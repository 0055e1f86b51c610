"""What the site itself keeps, beside the domain's rows and the framework's."""

from django.db import models


class Tally(models.Model):
    """How many suggestions came in an hour from one browser or one network; no more.

    Who it was can't be read from a row, nor tried out: it is hashed with a key that is in memory
    alone. The hour is there in the clear, so that the row is deleted when it is over.
    """

    key = models.CharField(max_length=64, primary_key=True)
    hour = models.PositiveIntegerField(db_index=True)  # hours since 1970
    count = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.count)


class JobRun(models.Model):
    """The journal of the site's clock: a job's day, and how it went."""

    job = models.CharField(max_length=40)
    day = models.DateField()
    attempts = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)  # the latest attempt
    ended_at = models.DateTimeField(null=True)  # none: it runs, or was killed, or failed
    count = models.PositiveIntegerField(default=0)  # how many things it did
    failure = models.CharField(max_length=100, blank=True)  # the exception's kind, no words of it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "day"], name="job_once_a_day")]

    def __str__(self):
        return f"{self.day} {self.job}"
