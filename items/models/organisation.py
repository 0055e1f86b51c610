"""Organisations and their committees."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from tree_queries.models import TreeNode

from items.models.named import Named
from items.words import Words


class Organisation(Named):
    """A company or a plant, with its full name and the short one that people use."""

    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    short_name_en = models.CharField(_("short name in English"), max_length=100, blank=True)
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
    slug = models.SlugField(_("address"), unique=True)
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

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
