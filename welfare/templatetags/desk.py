"""Template tags of the desk: what waits, the day of an answer, where a call stands."""

from datetime import date
from fractions import Fraction

from django import template
from django.template.defaultfilters import floatformat, linebreaksbr
from django.utils.translation import gettext, ngettext

from items import queries
from items.public.sentences import Mark
from items.suggestion_states import CallStatus
from items.words import day
from welfare.templatetags import welfare

register = template.Library()
register.filter("shape", welfare.shape)


@register.filter
def is_clear(desk):
    """Tell whether nothing waits for this person."""
    waits = (
        any(queue.count for queue in desk.queues)
        or desk.to_answer
        or desk.appeals
        or desk.to_confirm
        or desk.bulletins
    )
    return not (waits or desk.gaps or desk.notices)


@register.filter
def reads_committees(person):
    """Tell whether there are posts and suggestions for this person to see at the desk."""
    return person.is_authenticated and queries.reads_committees(person)


@register.simple_tag
def table_value(cell, year):
    """Return a cell of the ledger's table as it is read: days, percents, words, nothing as "—"."""
    value = cell.value
    if value is None or value == "":
        return "—"
    if isinstance(value, date):
        return day(value, year)
    if isinstance(value, Fraction):
        return f"{floatformat(float(100 * value), -1)}%"
    return linebreaksbr(welfare.user_text(value))


@register.simple_tag
def answer_mark(suggestion, today):
    """Return how the day for a suggestion's answer lies to today; None once it has ended."""
    if not suggestion.is_waiting:
        return None
    days = (suggestion.answer_by - today).days
    if days < 0:
        late = ngettext("answer %(n)d day late", "answer %(n)d days late", -days)
        return Mark("late", late % {"n": -days})
    if days == 0:
        return Mark("soon", gettext("answer due today"))
    left = ngettext("%(n)d day left to answer", "%(n)d days left to answer", days)
    return Mark("soon" if days <= SOON else "", left % {"n": days})


SOON = 3  # days


@register.simple_tag
def call_standing(call, today):
    """Return where a call for suggestions stands on a day."""
    if call.status != CallStatus.ISSUED:
        return call.status_label
    if today < call.opens_on:
        return gettext("issued, opens later")
    return gettext("open") if call.is_open else gettext("over")
