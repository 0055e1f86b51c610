"""Photos of an item, and the spots that a photo before and one after show."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.models.item import Item
from items.models.ledger import Entry
from items.models.line import Line
from items.models.person import Person
from items.models.versioned import Versioned
from items.states import ListStatus, Status
from items.words import Words

# What is corrected openly of a photo, and of its spot under these names.
OF_PHOTO = ["words", "words_en", "taken_on"]
OF_SPOT = {"spot_title": "title", "spot_title_en": "title_en"}


class Spot(models.Model):
    """A place of an item that is shown twice: before the work, and after it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="spots")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = Line(_("spot"), max_length=100)
    title_en = Line(_("spot in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("spot")
        verbose_name_plural = _("spots")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title

    @property
    def words(self) -> Words:
        return Words(self.title, self.title_en)


class PhotoQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Return what anybody may see."""
        shown = self.filter(state=Photo.State.PUBLIC).exclude(item__status=Status.DRAFT)
        return shown.exclude(item__list__status=ListStatus.DRAFT)

    def kept(self) -> Self:
        """Return those whose files are kept; the others were deleted for good."""
        return self.exclude(stem="")


class Photo(Versioned):
    """A picture of an item; its two files are called by a random name."""

    class Side(models.TextChoices):
        BEFORE = "before", pgettext_lazy("photo", "Before")
        AFTER = "after", pgettext_lazy("photo", "After")
        DURING = "during", pgettext_lazy("photo", "During the work")
        LATER = "later", pgettext_lazy("photo", "Looked back")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for release")
        PUBLIC = "public", _("public")
        HIDDEN = "hidden", _("hidden")

    OF_THE_WORK = (Side.BEFORE, Side.AFTER, Side.DURING)  # the last side comes by a look back

    item = models.ForeignKey(Item, models.CASCADE, related_name="photos")
    spot = models.ForeignKey(Spot, models.PROTECT, null=True, related_name="photos")
    side = models.CharField(_("shows"), max_length=10, choices=Side)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="photo")  # it came with it
    words = Line(_("what the photo shows"), max_length=300)
    words_en = Line(_("what it shows, in English"), max_length=500, blank=True)
    taken_on = models.DateField(_("taken on"))
    stem = models.CharField(max_length=32, blank=True)  # "": deleted for good
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    small_width = models.PositiveIntegerField()
    small_height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()  # of the large file
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="photos")
    added_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["taken_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["spot", "side"],
                condition=Q(state="public", side__in=["before", "after"]),
                name="one_public_photo_a_slot",
            ),
            models.CheckConstraint(
                condition=Q(spot=None) | ~Q(side="during"),
                name="spot_is_shown_before_or_after",
            ),
            models.CheckConstraint(
                condition=Q(state="hidden") | ~Q(stem=""), name="shown_photo_has_files"
            ),
            models.UniqueConstraint(fields=["stem"], condition=~Q(stem=""), name="stem_of_one"),
        ]

    def __str__(self):
        return self.words

    @property
    def shows(self) -> Words:
        return Words(self.words, self.words_en)
