"""The file of a hardship item, apart from all else, and everybody who looked into it."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.models.item import Item
from items.models.ledger import AppendOnly, AppendOnlyQuerySet
from items.models.line import Line
from items.models.person import Person
from items.states import ListStatus, Status


class HardshipFileQuerySet(models.QuerySet):
    def kept(self) -> Self:
        """Return those that are there; of the others only the day of their end is left."""
        return self.filter(removed_on=None)

    def overdue(self, today: date):
        """Return those whose time is over: their item ended CASE_DAYS ago, or earlier.

        Of a matter that goes on from list to list, the last item counts.
        """
        before = today - timedelta(days=settings.CASE_DAYS)
        resolved = Q(status=Status.RESOLVED, signed_off_on__lt=before)
        withdrawn = Q(status=Status.WITHDRAWN, withdrawn_on__lt=before)
        closed = Q(list__status=ListStatus.CLOSED, list__closed_on__lt=before)
        first = Coalesce(OuterRef("item__origin"), OuterRef("item"))
        of_matter = Item.objects.published().filter(Q(pk=first) | Q(origin=first))
        last = Subquery(of_matter.order_by("-pk").values("pk")[:1])
        ended = Item.objects.filter(resolved | withdrawn | closed)
        return self.kept().annotate(last=last).filter(last__in=ended.values("pk"))

    def of(self, item: Item) -> Self:
        """Return those of an item, and of the earlier items that it goes on with."""
        return self.filter(item__in=item.story())


class HardshipFileManager(models.Manager.from_queryset(HardshipFileQuerySet)):
    """Leave the content where it lies until somebody opens the file."""

    def get_queryset(self):
        return super().get_queryset().defer("content")


class HardshipFile(models.Model):
    """A document about a family in difficulty; never public, and nobody else's to see."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="case_files")
    name = Line(_("what it is"), max_length=100, blank=True)  # "": removed
    kind = models.CharField(max_length=100)  # its media type, told by its content
    size = models.PositiveIntegerField()  # in bytes
    content = models.BinaryField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_on = models.DateField(null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    removed_why = models.TextField(blank=True)  # "": its time was over

    objects = HardshipFileManager()

    class Meta:
        verbose_name = _("file of a hardship item")
        verbose_name_plural = _("files of hardship items")
        ordering = ["added_at", "pk"]

    def __str__(self):
        return str(_("file of a hardship item"))  # never its name: this stands in logs


class CaseLook(AppendOnly):
    """Somebody looked at the list of an item's files, or opened one of them."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="case_looks")
    file = models.ForeignKey(HardshipFile, models.PROTECT, null=True, related_name="looks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)  # as it was then
    at = models.DateTimeField(_("looked at"))

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("look into a hardship item’s file")
        verbose_name_plural = _("looks into hardship items’ files")
        ordering = ["-at", "-pk"]
