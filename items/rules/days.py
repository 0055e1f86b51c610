"""Days that people may say: not before the item began, nor before what they would undo."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from items.models import BroughtIn, Entry, Item
from items.models.items import RETURNS
from items.words import day as in_words


def first_day(item: Item) -> date:
    """Return the first day on which something of a published item can have happened.

    That is its publication; earlier only for what a sheet or an earlier list brought along.
    """
    return min(filter(None, [item.published_on, item.started_on, *_brought_days(item)]))


def first_day_done(item: Item) -> date:
    """Return the first day on which its work can have been done: not before it was begun."""
    begun = item.started_on or item.published_on
    return min(filter(None, [begun, *_brought_days(item)]))


def _brought_days(item: Item) -> list[date | None]:
    try:
        before: BroughtIn = item.brought_in
    except ObjectDoesNotExist:
        return []
    return [before.started_on, before.done_on, before.signed_off_on]


def why_not_on(item: Item, day: date) -> str:
    """Say why nothing of the item can have happened on a day; "" when it can."""
    first = first_day(item)
    if day >= first:
        return ""
    return _(
        "%(day)s is too early: this item began on %(first)s. Only what a sheet brought in can"
        " have happened before."
    ) % {"day": in_words(day), "first": in_words(first)}


def why_not_done_on(item: Item, done_on: date) -> str:
    """Say why its work can't have been done on a day; "" when it can."""
    values = {"done_on": in_words(done_on)}
    first = first_day_done(item)
    if done_on < first:
        return _("%(done_on)s is too early: the work began on %(day)s.") % {
            **values,
            "day": in_words(first),
        }
    for day, sentence in _not_before(item):
        if day and done_on < day:
            return sentence % {**values, "day": in_words(day)}
    return ""


def _not_before(item: Item) -> Iterator[tuple[date | None, str]]:
    """Yield days before which the whole can't have been done, each with its sentence."""
    story = Entry.objects.filter(item__in=item.story())  # also on earlier lists
    returned = story.filter(verb__in=RETURNS).order_by("pk").last()
    if returned:
        yield (
            returned.happened_on,
            _("It was returned on %(day)s, so it can’t have been done before that day."),
        )
    if part := item.parts.exclude(done_on=None).order_by("done_on").last():
        yield (
            part.done_on,
            _("One of its parts was done on %(day)s, so the whole can’t have been done before."),
        )
    if delivery := item.deliveries.counting().order_by("received_on").last():
        yield (
            delivery.received_on,
            _("Something was handed out on %(day)s, so it can’t have been done before that day."),
        )
    held = item.occasions.filter(ending__verb="hold_occasion").order_by("ending__happened_on")
    if occasion := held.select_related("ending").last():
        assert occasion.ending  # by the filter
        yield (
            occasion.ending.happened_on,
            _("A date of it was held on %(day)s, so it can’t have been done before that day."),
        )
