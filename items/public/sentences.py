"""Short sentences that every page says in the same words: days, deadlines, marks, progress."""

from decimal import Decimal
from typing import NamedTuple
from unicodedata import east_asian_width

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from items.states import Status
from items.words import day


class Mark(NamedTuple):
    """What else is to be said about an item, and how loudly: "late", "soon" or ""."""

    kind: str
    text: str


def ago(days):
    """Return how long ago `days` days are."""
    if days <= 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def last(row, year=None):
    """Return what happened last to an item, and when; a resolved one rests since that day."""
    values = {"day": day(row.last_on, year), "verb": row.last_verb}
    if row.status == Status.RESOLVED:
        return gettext("%(day)s: %(verb)s") % values
    return gettext("%(day)s (%(ago)s): %(verb)s") % {**values, "ago": ago(row.last_days_ago)}


def deadline(row, year=None):
    """Return until when an item is promised, what was promised first, and until when to mend it."""
    promised = promised_by(row, year)
    if row.put_right_by is None:
        return promised
    values = {"promised": promised, "day": day(row.put_right_by, year)}
    return gettext("%(promised)s, to be put right by %(day)s") % values


def promised_by(row, year=None):
    """Return until when an item is promised, and what was promised first."""
    if row.due is None:
        return row.due_words or gettext("no deadline yet")
    values = {"day": day(row.due, year), "n": row.times_extended}
    if row.first_due is None or (row.first_due == row.due and not row.times_extended):
        return gettext("by %(day)s") % values
    values["first"] = day(row.first_due, year or row.due.year)
    if not row.times_extended:
        return gettext("by %(day)s (first by %(first)s)") % values
    return ngettext(
        "by %(day)s (first by %(first)s, extended once)",
        "by %(day)s (first by %(first)s, extended %(n)d times)",
        row.times_extended,
    ) % values  # fmt: skip


def marks(row, year=None):
    """Return what else is to be said about an item, the most pressing first."""
    marks = [*timing(row), *standing(row, year), *history(row, year)]
    return [Mark(kind, text) for kind, text in marks]


def timing(row):
    """Say how an item stands against its deadline."""
    if row.overdue_days > 0:
        yield "late", overdue(row)
    elif row.due_in_days is not None:
        soon = row.due_in_days <= settings.LIGHT_YELLOW_DAYS  # however the work lags behind
        yield "soon" if soon else "", days_left(row.due_in_days)
    if row.start_late_days > 0:
        n = row.start_late_days
        yield (
            "late",
            ngettext(
                "should have been started %(n)d day ago",
                "should have been started %(n)d days ago",
                n,
            )
            % {"n": n},
        )
    if row.late_part_days > 0:
        yield "late", late_part(row.late_part_days)
    if row.done_late_days > 0:
        n = row.done_late_days
        yield "late", ngettext("done, %(n)d day late", "done, %(n)d days late", n) % {"n": n}
    elif row.status == Status.RESOLVED and row.due and row.done_on:
        yield "", gettext("done in time")


def overdue(row):
    """Return by how much an item is overdue, "" when it isn't."""
    n = row.overdue_days
    if n <= 0:
        return ""
    return ngettext("%(n)d day overdue", "%(n)d days overdue", n) % {"n": n}


def late_part(days):
    """Return by how much a part is overdue."""
    return ngettext("a part is %(n)d day late", "a part is %(n)d days late", days) % {"n": days}


def part_deadline(part, year=None):
    """Return until when a part is promised, and what was promised first."""
    if part.due is None:
        return part.due_words
    due = day(part.due, year)
    if part.first_due is None:
        return gettext("by %(day)s") % {"day": due}
    first = day(part.first_due, year or part.due.year)
    return gettext("by %(day)s (first by %(first)s)") % {"day": due, "first": first}


def days_left(days):
    """Return how many days an item still has."""
    if days == 0:
        return gettext("due today")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def announced(row, year):
    """Say what of an item is up for objections, and until when; "" where nothing is."""
    if not row.announced:
        return ""
    values = {"day": day(row.announced_until, year)}
    pattern = ANNOUNCED_OVER if row.announced_over else ANNOUNCED
    return str(pattern[row.announced]) % values


ANNOUNCED = {
    "sign_off": gettext_lazy("checked and found done, up for objections until %(day)s"),
    "withdraw": gettext_lazy("to be taken off the list, up for objections until %(day)s"),
    "reduce": gettext_lazy("to become a smaller promise, up for objections until %(day)s"),
    "publish": gettext_lazy("the list isn’t published yet, and is up for objections until %(day)s"),
}
ANNOUNCED_OVER = {
    "sign_off": gettext_lazy("checked and found done; objections up to %(day)s wait for answers"),
    "withdraw": gettext_lazy("to be taken off the list; objections up to %(day)s wait for answers"),
    "reduce": gettext_lazy(
        "to become a smaller promise; objections up to %(day)s wait for answers"
    ),
}


def standing(row, year):
    """Say what holds an item up, or took it off the list."""
    if row.announced:
        yield "", announced(row, year)
    if row.behind:
        if row.behind == "far":
            yield "late", gettext("far behind the plan")
        else:
            yield "soon", gettext("behind the plan")
    if row.stale:
        n = row.last_days_ago
        yield "soon", ngettext("no news for %(n)d day", "no news for %(n)d days", n) % {"n": n}
    if row.status == Status.ON_HOLD and row.hold_review_on:
        yield "", gettext("to be reviewed on %(day)s") % {"day": day(row.hold_review_on, year)}
    if row.status == Status.WITHDRAWN and row.withdrawn_on:
        yield "", gettext("withdrawn on %(day)s") % {"day": day(row.withdrawn_on, year)}


def progress(known):
    """Return how far the work is, by count, target and percent; "" where none of them is known."""
    done, target = known.done, known.target
    values = {"done": done, "target": target, "unit": known.count_unit}
    values["percent"] = None if known.percent is None else tenth(known.percent)
    patterns = {
        # whether done, target and percent are known
        (True, True, False): _("%(done)s of %(target)s %(unit)s"),
        (True, True, True): _("%(done)s of %(target)s %(unit)s (%(percent)s%%)"),
        (False, True, True): _(
            "%(percent)s%% done; of the %(target)s %(unit)s promised none is counted yet"
        ),
        (False, True, False): _("%(target)s %(unit)s promised; none counted yet"),
        (True, False, True): _("%(done)s %(unit)s done (%(percent)s%%)"),
        (True, False, False): _("%(done)s %(unit)s done"),
        (False, False, True): _("%(percent)s%% done"),
        (False, False, False): "",
    }

    def said(done, target, percent):
        return " ".join(str(patterns[done, target, percent] % values).split())

    known_of = (done is not None, bool(target), known.percent is not None)
    if not known.in_doubt:
        return said(*known_of)
    counted = said(*known_of[:2], False)
    doubted = _("%(counted)s (counted before it was returned, not since)") % {"counted": counted}
    return "; ".join(filter(None, [said(False, False, known_of[2]), doubted]))


def occasion(line, year=None):
    """Return how an item's date turned out; one that passed in silence says so."""
    values = {"day": day(line.on, year)}
    if line.state == "held" and line.held_on != line.on:
        return gettext("took place; planned for %(day)s") % values
    return {
        "planned": gettext("planned"),
        "unreported": gettext("planned for %(day)s, no report yet"),
        "held": gettext("took place"),
        "called_off": gettext("called off"),
        "dropped": gettext("not held: the item was withdrawn"),
    }[line.state] % values


def history(row, year):
    """Say what of an item's past a reader should know."""
    if n := row.first_days_ago:
        first = ngettext(
            "first promised by %(day)s, %(n)d day ago",
            "first promised by %(day)s, %(n)d days ago",
            n,
        )
        yield "", first % {"day": day(row.first_due, year), "n": n}
    yield from reduced(row)
    if row.times_reopened:
        n = row.times_reopened
        yield "", ngettext("reopened once", "reopened %(n)d times", n) % {"n": n}
    if row.added_on:
        yield "", gettext("added on %(day)s") % {"day": day(row.added_on, year)}
    if row.brought_in:
        yield "", gettext("recorded before this system")
    if row.illustrative:
        yield "", gettext("illustrative")


def reduced(row):
    """Say by what a promise was made smaller: that it was, and how much was promised first."""
    first, now = row.first_target, row.progress.target
    if first and now and now < first:
        values = {"now": now, "first": first, "unit": row.progress.count_unit}
        yield (
            "soon",
            " ".join(
                (gettext("%(now)s of the %(first)s %(unit)s first promised") % values).split()
            ),
        )
    elif row.times_reduced:
        yield "soon", gettext("promise made smaller")


def suggestions_line(counts):
    """Return what became of the suggestions: how many came, and where they stand."""
    values = {term.key: term.count for term in counts.terms} | {"total": counts.total}
    line = (
        gettext(
            "Workers’ suggestions: %(total)d received = %(adopted)d became items"
            " + %(settled)d done at once + %(not_adopted)d not adopted + %(waiting)d waiting"
        )
        % values
    )
    n = counts.longest_days
    if not n:
        return line
    longest = ngettext("the oldest for %(n)d day", "the oldest for %(n)d days", n) % {"n": n}
    return gettext("%(line)s, %(longest)s") % {"line": line, "longest": longest}


def tenth(number):
    """Return a number with one decimal, or none where that is zero."""
    return f"{round(Decimal(number), 1).normalize():f}"


def brief(text, room=44):
    """Return the first words of a longer text, in one line of about `room` Chinese characters.

    It ends at a comma or full stop where there is one, and in an ellipsis.
    """
    line = " ".join(text.split())
    if width(line) <= room:
        return line
    while width(line) > room - 1:
        line = line[:-1]
    cuts = [line.rfind(sign) for sign in ("，", "。", "；", ", ", ". ", "; ")]
    end = max(cuts)
    return f"{line[:end] if end > len(line) // 2 else line.rstrip()}…"


def cut(text, room):
    """Return the text, ending in an ellipsis where it is wider than `room`."""
    if width(text) <= room:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def width(text):
    """Return a text's width in Chinese characters; a Latin one is half as wide."""
    return sum(1 if east_asian_width(letter) in "WF" else 0.5 for letter in text)
