"""Posts, which hold the duty, and who holds them from when to when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from items.compiled_queries import compiled_query
from items.models.named import Named
from items.models.organisation import Committee
from items.models.person import Person


class HoldingQuerySet(models.QuerySet):
    def on(self, day: date):
        """Return the holdings in force on `day`; the day they end belongs to the successor."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class HoldingManager(models.Manager.from_queryset(HoldingQuerySet)):
    """Read each holding with its person, which is what everybody asks it for."""

    def get_queryset(self):
        return super().get_queryset().select_related("person")


class Post(Named):
    """A post (岗位): the duty for an item belongs to it and passes to whoever holds it next."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="posts", verbose_name=_("committee")
    )
    is_leader = models.BooleanField(
        _("leader’s post"), default=False, help_text=_("Each leader owns at least one item.")
    )

    history = HistoricalRecords()
    known_holdings: list["Holding"] | None = None  # by whom and when, once read by `know_holdings`

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="post_name_once")]

    def holder(self, day: date) -> Person | None:
        """Return who holds the post on `day`; None when it is vacant."""
        holdings = self.holdings.all() if self.known_holdings is None else self.known_holdings
        in_force = [holding for holding in holdings if holding.covers(day)]
        return in_force[-1].person if in_force else None


class Holding(models.Model):
    """One person's time in a post."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("post"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="holdings", verbose_name=_("person")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = HoldingManager()

    class Meta:
        verbose_name = _("holder of a post")
        verbose_name_plural = _("holders of posts")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(until=None), name="one_holder_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="holding_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.post} · {self.person}"

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@compiled_query
def _holdings(posts: list[int]):
    return Holding.objects.filter(post__in=posts)


@compiled_query
def _posts(keys: list[int]):
    return Post.objects.filter(pk__in=keys)


def know_posts(items) -> None:
    """Read the posts of all the items at once, and who holds and held them."""
    asked = [(item, duty) for item in items for duty in ("owner_post", "supervisor_post")]
    asked = [(item, duty) for item, duty in asked if not item.knows(duty)]
    keys = {getattr(item, f"{duty}_id") for item, duty in asked} - {None}
    posts = {post.pk: post for post in (_posts(keys) if keys else ())}
    for item, duty in asked:
        setattr(item, duty, posts.get(getattr(item, f"{duty}_id")))
    know_holdings(
        post for item in items for post in (item.owner_post, item.supervisor_post) if post
    )


def know_holdings(posts) -> None:
    """Read for all the posts at once who holds and held them."""
    unknown = {post.pk: post for post in posts if post.known_holdings is None}
    for post in unknown.values():
        post.known_holdings = []
    for holding in _holdings(unknown) if unknown else ():
        unknown[holding.post_id].known_holdings.append(holding)
