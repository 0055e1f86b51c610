"""Sentences of pages about a list as a whole: what a search finds, titles, suggestions."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext

from items.public import in_short
from items.public.sentences import cut, width
from items.states import Group

CARD_WIDTH = 26  # Chinese characters that WeChat's share card shows of a page's title


def last_change(days):
    """Return how long ago a list last changed."""
    if days <= 0:
        return gettext("changed today")
    if days == 1:
        return gettext("changed yesterday")
    return ngettext("last change %(n)d day ago", "last change %(n)d days ago", days) % {"n": days}


def match_count(count, total):
    """Return how many items of a list match a search."""
    values = {"count": count, "total": total}
    if not count:
        return ngettext(
            "None of the %(total)d items matches", "None of the %(total)d items match", total
        ) % values  # fmt: skip
    return ngettext(
        "Found %(count)d of %(total)d item", "Found %(count)d of %(total)d items", total
    ) % values  # fmt: skip


FILTER_LABELS = {
    "q": lambda: gettext("Words"),
    "group": lambda: gettext("Status"),
    "theme": lambda: gettext("Theme"),
    "category": lambda: gettext("Category"),
    "unit": lambda: gettext("Unit"),
    "place": lambda: gettext("Place"),
    "late": lambda: gettext("Late"),
    "heard": lambda: gettext("News"),
}


def search_filter(field, name):
    """Return one filter of a search, as a label and its value."""
    return format_html(gettext("{label}: {words}"), label=FILTER_LABELS[field](), words=name)


def board_title(arithmetic, name):
    """Return a list's title as a share card shows it: the equation in words."""
    if not arithmetic.total:
        return name
    counts = {group.key: group.count for group in arithmetic.groups}
    values = {
        "total": arithmetic.total,
        "resolved": counts.pop(Group.RESOLVED, 0),
        "moving": counts.pop(Group.IN_PROGRESS, 0),
        "others": sum(counts.values()),
    }
    if values["others"]:
        return gettext(
            "%(total)d promised: %(resolved)d resolved, %(moving)d in progress, %(others)d other"
        ) % values  # fmt: skip
    return gettext("%(total)d promised: %(resolved)d resolved, %(moving)d in progress") % values


def item_title(row):
    """Return an item's title as a share card shows it: number, matter, and the status uncut."""
    values = {"number": row.number, "status": in_short(row.status, row.announced), "title": ""}
    pattern = gettext("%(number)d. %(title)s: %(status)s")
    matter, _language = row.title.in_language(get_language() or "")
    return pattern % {**values, "title": cut(matter, CARD_WIDTH - width(pattern % values))}
