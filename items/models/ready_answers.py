"""A committee's ready-made answers to suggestions, which whoever answers begins with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from items.models.organisation import Committee
from items.models.versioned import Versioned


class ReadyAnswers(Versioned):
    """The answers that a committee's office has at hand: pairs of a name and a text, in order.

    An answer that was sent keeps its own words: nothing points here.
    """

    committee = models.OneToOneField(
        Committee, models.PROTECT, primary_key=True, related_name="ready_answers"
    )
    answers = models.JSONField(_("ready-made answers"), default=list, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ready-made answers")
        verbose_name_plural = _("ready-made answers")

    def __str__(self):
        return str(_("ready-made answers of %s") % self.committee)
