"""Looking back (回头看): who is to look again at what was signed off, by when, and how that came.

The office names a post for the items of a round, or a lot draws one (`items.rules.lot`). The entry
with which a look ends says what was found.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from items.models import duty
from items.models.item import Item
from items.models.ledger import AppendOnly, AppendOnlyQuerySet, Entry
from items.models.organisation import Committee
from items.models.person import Person
from items.models.post import Post
from items.states import Verb


class LookBackDraw(AppendOnly):
    """A quarter's draw by lot: which sign-offs are looked at again, and by whom.

    All of it follows from the seed and the candidates, so that anybody can draw it again.
    """

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="look_back_draws", verbose_name=_("committee")
    )
    quarter = models.DateField(_("quarter"))  # its first day
    head = models.ForeignKey(  # when it ended
        Entry, models.PROTECT, related_name="+", verbose_name=_("last entry of the quarter")
    )
    seed = models.CharField(_("seed"), max_length=64)  # the hash of the head
    # [{"key": "plant-2026/7", "sign_off": key of its entry, "posts": [keys of those who could]}, …]
    candidates = models.JSONField(_("candidates"))
    drawn_on = models.DateField(_("drawn on"))

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw of look-backs")
        verbose_name_plural = _("draws of look-backs")
        ordering = ["-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "quarter"], name="drawn_once"),
        ]

    def __str__(self):
        return f"{self.committee_id} · {self.quarter}"


class LookBackQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Return those that are still to come: nobody looked, and the sign-off stands."""
        reopened = Entry.objects.filter(
            item=OuterRef("item"), verb=Verb.REOPEN, pk__gt=OuterRef("sign_off")
        )
        goes_on = Item.objects.published().filter(carried_from=OuterRef("item"))
        return self.filter(~Exists(reopened), ~Exists(goes_on), entry=None)

    def of(self, person: Person, today: date) -> Self:
        """Return those of the posts that a person holds today."""
        return self.filter(post__in=duty.posts_of(person, today))


class LookBack(models.Model):
    """One look back at a sign-off, by the holder of a post, until a day."""

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="look_backs", verbose_name=_("item")
    )
    sign_off = models.ForeignKey(
        Entry, models.PROTECT, related_name="look_backs", verbose_name=_("sign-off")
    )
    post = models.ForeignKey(  # None: by lot, where nobody could be drawn
        Post, models.PROTECT, null=True, related_name="look_backs", verbose_name=_("post")
    )
    by_when = models.DateField(_("by when"))
    round = models.ForeignKey(
        Entry, models.PROTECT, null=True, related_name="asked_looks", verbose_name=_("round")
    )
    draw = models.ForeignKey(
        LookBackDraw, models.PROTECT, null=True, related_name="looks", verbose_name=_("draw")
    )
    # With which it ended
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, related_name="ended_looks", verbose_name=_("finding")
    )

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("look-back")
        verbose_name_plural = _("look-backs")
        ordering = ["by_when", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "item"], name="once_in_a_round"),
            models.UniqueConstraint(fields=["draw", "item"], name="once_in_a_draw"),
            models.CheckConstraint(
                condition=Q(round=None, draw__isnull=False)
                | Q(draw=None, round__isnull=False, post__isnull=False),
                name="look_back_by_round_or_by_lot",
            ),
        ]

    def __str__(self):
        return f"{self.item_id} · {self.by_when}"
