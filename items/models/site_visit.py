"""Leaders' visits to the workplaces: who went where, when, and what they heard."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.models.line import Line
from items.models.lookup import Place
from items.models.organisation import Committee
from items.models.person import Person
from items.models.post import Post
from items.models.tie import joined_by, read_by
from items.words import Words


class SiteVisitQuerySet(models.QuerySet):
    def visible_to(self, person: Person, today: date):
        """Return what `person` may read on the desk: what is theirs to work with, or to read."""
        if not person.is_active:
            return self.none()
        return self.filter(
            read_by(person.pk, "committee") | joined_by(person.pk, "committee", today)
        )


class SiteVisit(models.Model):
    """A leader's visit (走访); public as it was written, or withdrawn openly."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="site_visits", verbose_name=_("committee")
    )
    post = models.ForeignKey(
        Post, models.PROTECT, related_name="site_visits", verbose_name=_("leader’s post")
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)  # as it was then
    went_on = models.DateField(_("went on"))
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="site_visits",
        verbose_name=_("place"),
    )
    location = Line(_("where"), max_length=100, blank=True)
    heard = models.TextField(_("what was heard"), blank=True)  # "": erased
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    facts = models.JSONField(default=dict, editable=False)  # what somebody said a second yes to
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.TextField(blank=True)

    objects = SiteVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("leader’s visit")
        verbose_name_plural = _("leaders’ visits")
        ordering = ["-went_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=False) | ~Q(location=""), name="visit_went_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None)
                | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why=""),
                name="withdrawn_visit_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.post} · {self.went_on}"

    @property
    def where(self) -> tuple[Words, ...]:
        """Return where they went: the place, and what was written beside it."""
        place = [self.place.words] if self.place else []
        return (*place, *([Words(self.location)] if self.location else []))
