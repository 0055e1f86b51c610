"""A committee's units, places, categories and themes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from tree_queries.models import TreeNode

from items.models.named import Named
from items.models.organisation import Committee
from items.models.person import Person


class Unit(Named):
    """A workshop, an office or the union: whoever carries the work out."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        OFFICE = "office", _("Office")
        UNION = "union", _("Union")
        OTHER = "other", _("Other")

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="units", verbose_name=_("committee")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    helpers = models.ManyToManyField(
        Person, related_name="units", blank=True, verbose_name=_("people who report for it")
    )

    history = HistoricalRecords(m2m_fields=[helpers])

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="unit_name_once")]


class Place(Named, TreeNode):
    """Where an item is: plant > workshop > zone > room."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="places", verbose_name=_("committee")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(fields=["committee", "parent", "name"], name="place_name_once"),
            # NULLs count as different, so the places at the top need a constraint of their own.
            models.UniqueConstraint(
                fields=["committee", "name"],
                condition=models.Q(parent=None),
                name="top_place_name_once",
            ),
        ]


class Theme(Named):
    """What items of several units have in common, such as the drive to improve facilities."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="themes", verbose_name=_("committee")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="theme_name_once")
        ]


class Category(Named):
    """What kind of matter an item is."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="categories", verbose_name=_("committee")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="category_name_once")
        ]
