"""Template tags of all pages: names in the reader's language, days, statuses, the strip."""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext

from items import public
from items.exports.markup import localized, page_language, user_text
from items.public import sentences as item_sentences
from items.states import GROUP_OF, Group, Status
from items.words import day
from welfare import sentences
from welfare.templatetags.addresses import type_of

register = template.Library()

register.simple_tag(day, name="day")
register.simple_tag(public.answer, name="answer")
register.simple_tag(public.path, name="path")
register.simple_tag(item_sentences.ago, name="ago")
register.simple_tag(sentences.last_change, name="last_change")
register.simple_tag(item_sentences.last, name="last")
register.simple_tag(item_sentences.deadline, name="deadline")
register.simple_tag(item_sentences.occasion, name="occasion")
register.simple_tag(sentences.item_title, name="item_title")
register.simple_tag(item_sentences.suggestions_line, name="suggestions_line")

BAR = '<svg class="bar" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
HEADING = '<h3><a href="{}{}/"><span class="number">{}</span> {}</a></h3>'
STATUS = '<span class="status {}{}"><i class="block"></i>{}</span>'
MARK = ' <span class="mark {}">{}</span>'
BLOCK = (
    '<li><a class="{}" href="{}{}/"{}><span class="unseen">{} </span>'
    '<b aria-hidden="true">{}</b></a></li>\n'
)
CURRENT = mark_safe(' aria-current="page"')
DENSE = 60  # blocks; a longer strip stands closer together


register.simple_tag(page_language)
register.simple_tag(localized)
register.filter(user_text)


@register.simple_tag
def localized_paragraphs(text):
    """Show a longer text in the reader's language, each of its paragraphs as one."""
    paragraphs, language = text.in_language(page_language())
    other = format_html(' lang="{}"', language) if language != page_language() else ""
    return format_html("<div{}>{}</div>", other, mark_safe(linebreaks(paragraphs, autoescape=True)))


@register.simple_tag
def lang_attribute(text):
    """Return the attribute `lang` for an element whose attributes say a name in another."""
    _shown, language = text.in_language(page_language())
    return "" if language == page_language() else format_html(' lang="{}"', language)


@register.filter
def plain(text):
    """Return a name without markup, for titles and attributes."""
    return text.in_language(page_language())[0]


@register.simple_tag
def holder(post_holder):
    """Show a post, and its holder's name where that is public."""
    post = localized(post_holder.post)
    if post_holder.vacant:
        return format_html("{} ({})", post, gettext("vacant"))
    return format_html("{} {}", post, user_text(post_holder.name)) if post_holder.name else post


@register.simple_tag
def was_there(page):
    """Return how and when the supervisor last looked, where the answer doesn't say so."""
    last = public.supervisor_was_there(page)
    if last is None:
        return ""
    looked, on = last
    return gettext("%(day)s: %(verb)s") % {"day": day(on, page.head.year), "verb": looked}


@register.simple_tag
def duty(row):
    """Show who owns an item and who supervises it."""
    return _duty(row.owner, row.supervisor, get_language())


@lru_cache(maxsize=1000)  # a page names few posts, and each of them often
def _duty(owner, supervisor, _language):
    owner = format_html(gettext("Owner: {owner}"), owner=holder(owner))
    supervisor = format_html(gettext("Supervisor: {supervisor}"), supervisor=holder(supervisor))
    return format_html("<span>{}</span> <span>{}</span>", owner, supervisor)


@register.simple_tag
def part_deadline(part, year=None):
    """Return until when a part is promised."""
    return item_sentences.part_deadline(part, year)


@register.simple_tag
def overdue(line):
    """Return by how much an item or a part is overdue."""
    return item_sentences.overdue(line)


@register.simple_tag
def item_heading(row, address):
    """Show an item's number and matter as a heading that leads to it; `address` is its list's."""
    return format_html(HEADING, address, row.number, row.number, localized(row.title))


@register.simple_tag
def status(row):
    """Show an item's status with its shape."""
    return format_html(STATUS, row.status, " late" if row.overdue_days else "", row.status_label)


@register.simple_tag
def standing(row, year=None):
    """Show an item's status, and what else is to be said about it."""
    return status(row) + format_html_join("", MARK, item_sentences.marks(row, year))


@register.simple_tag
def block_words(row):
    """Return a block of the strip in words, for those who don't see it."""
    values = {"number": row.number, "title": localized(row.title), "status": row.status_label}
    if late := item_sentences.overdue(row):
        pattern = gettext("Item {number}, {title}: {status}, {late}")
        return format_html(pattern, late=late, **values)
    return format_html(gettext("Item {number}, {title}: {status}"), **values)


@register.simple_tag
def board_title(arithmetic, head):
    """Return a list's title as a share card shows it."""
    return sentences.board_title(arithmetic, plain(head.name))


@register.simple_tag
def move_days(move, year=None):
    """Return when something happened, and when it was written down where that was later."""
    happened = day(move.happened_on, year)
    if move.written_on <= move.happened_on:
        return happened
    written = gettext("recorded on %(day)s") % {"day": day(move.written_on, year)}
    return f"{happened} · {written}"


@register.simple_tag
def group_title(board):
    """Return the title of a group's page as a share card shows it."""
    values = {"group": group_heading(board), "total": board.arithmetic.total}
    return gettext("%(group)s, of %(total)d promised") % values


@register.simple_tag
def group_heading(board):
    """Return the heading of a group's page: which items these are, and how many."""
    n = board.count
    heading = ngettext("%(group)s: %(n)d item", "%(group)s: %(n)d items", n)
    return heading % {"group": Group(board.group).label, "n": n}


@register.simple_tag
def match_heading(results):
    """Return the heading of a search: how many items match, of how many."""
    return sentences.match_count(results.board.count, results.board.arithmetic.total)


@register.simple_tag
def active_filter(filter):
    """Show a filter in force: what it filters by, and its value."""
    return sentences.search_filter(filter.field, localized(filter.name))


@register.inclusion_tag("components/filter_choices.html")
def filter_choices(results, field, label):
    """Show what can be chosen for a field; nothing where there is no choice."""
    chosen = getattr(results.search, field)
    return {"field": field, "label": label, "choices": results.choices[field], "chosen": chosen}


@register.simple_tag
def choice_label(choice):
    """Return a choice's words: how deep it stands, its name, how many items it leaves."""
    deep = "\u3000" * choice.depth
    return gettext("%(name)s (%(n)d)") % {"name": deep + plain(choice.name), "n": choice.count}


@register.filter
def lang_of(text):
    """Return the language that a name is shown in, where that isn't the page's; else ""."""
    language = text.in_language(page_language())[1]
    return "" if language == page_language() else language


@register.filter
def ticked(measures):
    """Tell whether the ticks of an item's measures are kept, so that each has a state."""
    return any(measure.state for measure in measures)


@register.inclusion_tag("components/progress.html")
def progress(row):
    """Show how far the work is."""
    return {"words": has_progress(row), "percent": row.progress.percent}


@register.filter
def has_progress(row):
    """Return how far the work is, in words; what was claimed done left its last percent behind."""
    known = row.progress
    counted = known.target is not None or known.done is not None
    moving = row.status not in (Status.PENDING_CHECK, Status.RESOLVED)
    return item_sentences.progress(known) if counted or moving else ""


@register.inclusion_tag("components/equation.html")
def equation(arithmetic, head, group=None, day=None):
    """Show the arithmetic, each number a link to what it counts; `group` is the one shown.

    Of a past `day`, it counts what could be read then.
    """
    return {
        "arithmetic": arithmetic,
        "head": head,
        "group": group,
        "day": day,
        "shape": shape(arithmetic),
    }


@register.inclusion_tag("components/total.html")
def total(arithmetic):
    """Show the arithmetic of several lists together."""
    return {"arithmetic": arithmetic, "shape": shape(arithmetic)}


def shape(arithmetic):
    """Return how the equation stands on a phone: on one line, in two columns or in three."""
    terms = 1 + len(arithmetic.groups)
    if arithmetic.total > 9999:
        return "two-columns tight"
    if arithmetic.total > 99:
        return "two-columns tight" if arithmetic.total > 999 else "three-columns tight"
    return {3: "one-line", 4: "two-columns"}.get(terms, "three-columns")


@register.inclusion_tag("components/strip.html", takes_context=True)
def strip(context, rows, head, current=None, dim=(), to="board:list"):
    """Show one block per item, in number order, each a link; the numbers `dim` stand back.

    The links lead to the items below the list's address, which `to` names.
    """
    address = reverse(to, args=[head.slug], current_app=type_of(context))
    blocks = format_html_join(
        "",
        BLOCK,
        (
            (
                block_classes(row, dim),
                address,
                row.number,
                CURRENT if row.number == current else "",
                block_words(row),
                row.number,
            )
            for row in rows
        ),
    )
    return {"blocks": blocks, "head": head, "dense": len(rows) > DENSE}


def block_classes(row, dim):
    """Return how a block looks, as its classes."""
    late = " late" if row.overdue_days else ""
    return f"block {row.status}{late}{' dim' if row.number in dim else ''}"


@register.simple_tag
def bar(arithmetic):
    """Show a list's groups as lengths of one bar, where there is no room for its strip."""
    parts, at = [], 0
    for term in arithmetic.groups:
        if term.count:
            parts.append((term.key, at, term.count))
        at += term.count
    rects = format_html_join("", '<rect class="{}" x="{}" width="{}" height="1"/>', parts)
    return format_html(BAR, arithmetic.total, rects)


@register.inclusion_tag("components/legend.html", takes_context=True)
def legend(context, rows):
    """Say in words what the shapes of these rows mean, each once, and where more is said."""
    how_to_read = reverse("board:how_to_read", current_app=type_of(context))
    labels = {row.status: row.status_label for row in rows}
    known = [(status.value, labels[status]) for status in GROUP_OF if status in labels]
    late = any(row.overdue_days > 0 for row in rows)
    return {"known": known, "late": late, "how_to_read": how_to_read}
