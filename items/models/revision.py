"""The revision of what is public: one number that a page cache compares."""

from django.db import models


class Revision(models.Model):
    """One row, whose number the database raises with every change to something public."""

    # 0: nobody watches, because the triggers of items.guards.revision are away.
    number = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "revision"

    def __str__(self):
        return str(self.number)


def current_revision() -> int:
    """Return the number of what is published now; 0 when nobody watches for changes."""
    return Revision.objects.values_list("number", flat=True).first() or 0
