"""Organisations, their committees, and the addresses that a committee has and had."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q, Subquery
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from tree_queries.models import TreeNode

from items.errors import Refused
from items.models.line import Line
from items.models.named import Named
from items.words import OfficeContact, Words

MOST_DOUBTS = 30  # percent: no committee may wait for more before somebody looks


class Organisation(Named):
    """A company or a plant, with its full name and the short one that people use."""

    short_name = Line(_("short name"), max_length=50, blank=True)
    short_name_en = Line(_("short name in English"), max_length=100, blank=True)
    demonstration = models.BooleanField(_("demonstration"), default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [models.UniqueConstraint(fields=["name"], name="organisation_name_once")]

    @property
    def short_words(self) -> Words:
        return Words(self.short_name or self.name, self.short_name_en or self.name_en)

    shown_words = short_words


class Committee(Named, TreeNode):
    """A Party committee that runs the activity; it may stand under a parent committee."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="committees", verbose_name=_("organisation")
    )
    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_(
            "It stands in the addresses of the committee’s pages. When it changes, the old"
            " addresses go on leading to the new ones."
        ),
    )
    show_names = models.BooleanField(
        _("show names"),
        default=False,
        help_text=_("Show owners and supervisors by name as well as by post."),
    )
    stale_after_days = models.PositiveSmallIntegerField(
        _("stale after days"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("An open item without news for longer than this is marked on the board."),
    )

    answer_within_days = models.PositiveSmallIntegerField(
        _("answer within days"),
        default=15,
        validators=[MinValueValidator(1)],
        help_text=_("So soon a suggestion is answered, if no call for suggestions says another."),
    )

    review_share = models.PositiveSmallIntegerField(
        _("share of doubts, in percent"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DOUBTS)],
        help_text=_(
            "From ten answers on a review is opened where more of them than this say “nearly” or"
            " “not done”, also without words. 30 at most."
        ),
    )

    # What is up for objections for some days before it counts (公示)
    announces_withdrawals = models.BooleanField(
        _("withdrawals up for objections"),
        default=True,
        help_text=_(
            "An item is withdrawn five working days later, when each objection is answered."
        ),
    )
    announces_reductions = models.BooleanField(
        _("smaller promises up for objections"),
        default=True,
        help_text=_("A target or a measure becomes smaller five working days later, likewise."),
    )
    announces_sign_offs = models.BooleanField(
        _("sign-offs up for objections"),
        default=False,
        help_text=_("An item counts as in progress until five working days after the sign-off."),
    )

    announces_lists = models.BooleanField(
        _("draft lists up for objections"),
        default=False,
        help_text=_(
            "A list is published only after five working days, when each objection is answered."
        ),
    )

    # Where its activity office is found; the office itself says so, at the desk
    office_room = Line(_("room"), max_length=100, blank=True)
    office_room_en = Line(_("room in English"), max_length=100, blank=True)
    office_phone = Line(_("telephone"), max_length=30, blank=True)
    office_hours = Line(_("hours"), max_length=100, blank=True)
    office_hours_en = Line(_("hours in English"), max_length=100, blank=True)

    # Whose holder releases what the office entered for an owner, beside the office itself: one of
    # its own posts. The office names it at the desk.
    releasing_post = models.ForeignKey(
        "items.Post",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="releasing_for",
        verbose_name=_("post for releases"),
    )

    # Whose holders review what workers doubt (复查): never the signer, never the owner's side. A
    # second one reviews where the first may not.
    review_post = models.ForeignKey(
        "items.Post",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reviewing_for",
        verbose_name=_("post for reviews"),
    )
    second_review_post = models.ForeignKey(
        "items.Post",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="second_reviewing_for",
        verbose_name=_("second post for reviews"),
    )

    # It has published a list, or one below it has: its pages were public, and it stays for ever.
    was_public = models.BooleanField(default=False, editable=False)

    history = HistoricalRecords(excluded_fields=["was_public"])

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.CheckConstraint(
                condition=Q(second_review_post=None)
                | Q(review_post__isnull=False) & ~Q(second_review_post=F("review_post")),
                name="second_review_post_is_another",
            ),
            models.CheckConstraint(
                condition=Q(review_share__gte=1, review_share__lte=MOST_DOUBTS),
                name="review_share_at_most_thirty",
            ),
        ]

    @property
    def office_contact(self) -> OfficeContact:
        """Return where its activity office is found, as far as the office has said so."""
        return OfficeContact.of(self)

    @property
    def review_posts(self) -> list[int]:
        """Return the keys of the posts that it names for reviews, the first one first."""
        return [key for key in (self.review_post_id, self.second_review_post_id) if key]

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save the committee; an address that it gives up goes on leading to it."""
        saved = {"slug"} if update_fields is None else set(update_fields)
        with transaction.atomic():
            if self.pk and "slug" in saved - self.get_deferred_fields():
                self._remember_address()
            if self.pk and "parent_id" not in self.get_deferred_fields():
                self._mark_above()
            super().save(update_fields=update_fields, **kwargs)

    def _do_update(self, rows, using, pk, values, *args):
        """Update the row but for its mark, which whoever read it earlier may not know of."""
        values = [value for value in values if value[0].name != "was_public"]
        return super()._do_update(rows, using, pk, values, *args)

    def delete(self, *args, **kwargs):
        """Delete a committee; raise `Refused` for one whose pages were ever public."""
        rows = Committee.objects.without_tree_fields().filter(pk=self.pk)
        if rows.filter(was_public=True).exists():
            sentence = _(
                "The pages of “%(committee)s” were public, with lists of its own or of committees"
                " below it. Posters and links go on leading there, so it can’t be deleted."
            )
            raise Refused(sentence % {"committee": self})
        return super().delete(*args, **kwargs)

    def mark_public(self) -> None:
        """Mark that its pages, and those of the committees above it, are public from now on."""
        rows = Committee.objects.without_tree_fields()
        if rows.filter(pk=self.pk, was_public=True).exists():
            return
        if self.parent:
            self.parent.mark_public()  # first: the database asks for that
        rows.filter(pk=self.pk).update(was_public=True)

    def _mark_above(self) -> None:
        """Mark the committees under which one that was public is about to be put."""
        rows = Committee.objects.without_tree_fields().filter(pk=self.pk, was_public=True)
        if self.parent and rows.exclude(parent=self.parent_id).exists():
            self.parent.mark_public()

    def _remember_address(self) -> None:
        """Write the present address down, if it is about to change; the database asks for it."""
        rows = Committee.objects.without_tree_fields().select_for_update().filter(pk=self.pk)
        for given_up in rows.exclude(slug=self.slug).values_list("slug", flat=True):
            FormerAddress.objects.get_or_create(slug=given_up, committee=self)

    def validate_unique(self, exclude=None):
        """Refuse also an address that another committee had."""
        super().validate_unique(exclude)
        if exclude and "slug" in exclude:
            return
        others = FormerAddress.objects.exclude(committee=self.pk).select_related("committee")
        former = others.filter(slug=self.slug).first()
        if former:
            raise ValidationError({"slug": former.taken()})


class FormerAddress(models.Model):
    """An address that a committee once had: it leads to the present one, and is nobody else's.

    Rows are only added, by `Committee.save`; items/guards/committees.py holds that.
    """

    slug = models.SlugField(_("address"), unique=True)
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        related_name="former_addresses",
        verbose_name=_("committee"),
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.slug

    def taken(self) -> str:
        """Return why no other committee can have this address, and what to do."""
        sentence = _(
            "“%(slug)s” was an address of “%(committee)s”. Posters and links go on leading there"
            " by it, so it can’t become another committee’s. Choose another one."
        )
        return sentence % {"slug": self.slug, "committee": self.committee}


def at_address(slug: str) -> Q:
    """Return the condition that a committee has or had this address; one at most does."""
    former = FormerAddress.objects.filter(slug=slug).values("committee")
    return Q(slug=slug) | Q(pk=Subquery(former[:1]))
