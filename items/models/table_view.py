"""A saved view of a committee's ledger tables: what is looked for, and the columns."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.line import Line
from items.models.organisation import Committee
from items.models.person import Person


class TableView(models.Model):
    """A saved view; it holds for every list of the committee."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="table_views")
    # Whose it is; none: the office's, for all who read the committee's desk.
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="table_views"
    )
    name = Line(_("name of the view"), max_length=50)
    query = models.TextField()  # as it stands in the table's address

    class Meta:
        verbose_name = _("view of the ledger table")
        verbose_name_plural = _("views of the ledger table")
        constraints = [
            models.UniqueConstraint(fields=["committee", "person", "name"], name="own_view_once"),
            models.UniqueConstraint(
                fields=["committee", "name"],
                condition=models.Q(person=None),
                name="office_view_once",
            ),
        ]

    def __str__(self):
        return self.name
