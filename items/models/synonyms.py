"""A committee's own synonyms, beside those that are shipped (items.search.synonyms)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from items.models.organisation import Committee
from items.models.versioned import Versioned


class Synonyms(Versioned):
    """The words that a committee's search takes for one another, as its office wrote them."""

    committee = models.OneToOneField(
        Committee, models.PROTECT, primary_key=True, related_name="synonyms"
    )
    lines = models.TextField(_("words that mean the same"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return str(_("synonyms of %s") % self.committee)
