"""Days off and working days that a site's administrator wrote, beside those that are shipped."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from items.calendar.lines import LONGEST, YEARS, DayKind
from items.models.line import Line
from items.words import day as in_words

FIRST, LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)


class CalendarDay(models.Model):
    """A day that goes before the shipped calendar (`items.calendar`) and before its weekday."""

    Kind: ClassVar = DayKind

    day = models.DateField(
        _("day"), unique=True, validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)]
    )
    kind = models.CharField(_("kind of day"), max_length=20, choices=DayKind)
    name = Line(_("name of the feast"), max_length=LONGEST)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("days off and working days")

    def __str__(self):
        return f"{in_words(self.day)} {self.name}"
