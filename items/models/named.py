"""Things that carry a name which readers see, in Chinese and perhaps in English."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.line import Line
from items.words import Words


class Named(models.Model):
    """A row with a name and its English wording."""

    name = Line(_("name"), max_length=100)
    name_en = Line(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def words(self) -> Words:
        return Words(self.name, self.name_en)

    @property
    def shown_words(self) -> Words:
        """Return the name that public pages show."""
        return self.words
