"""A bulletin's article: plain HTML in both languages, and the same as data, ready to be frozen.

Its bytes are kept for ever, so no template makes them: what a page looks like around them may
change. Its links are relative, and hold under each language, in large type and in a copy on disk.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import count

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from items import queries
from items.exports.figures import figures, pairs
from items.exports.markup import localized, page_language, user_text
from items.models import Bulletin
from items.models.bulletin import EN, ZH, Article, Section
from items.public.bulletins import (
    Approval,
    BulletinArticle,
    BulletinGroup,
    BulletinLine,
    BulletinRow,
    BulletinSection,
)
from items.words import Words, day

LIST = "../../"  # from …/lists/<list>/bulletins/<number>/


def compose(row: Bulletin, today: date) -> Article:
    """Return a bulletin's article as it stands today."""
    html, content = {}, {}
    for language in (ZH, EN):
        with override(language):
            says = queries.bulletin(row, today)
            html[language] = str(as_html(says))
            content[language] = json.loads(json.dumps(asdict(says), cls=DjangoJSONEncoder))
    return Article(html[ZH], html[EN], content)


def as_html(says: BulletinArticle) -> SafeString:
    """Return an article as HTML, in the language that is active."""
    ids = count(1)
    parts = [
        _head(says),
        _equation(says),
        _paragraph(Section.FOREWORD, says.foreword),
        *(_section(section, ids, says.head.year) for section in says.sections),
        _table(says),
        _paragraph(Section.CLOSING, says.closing),
        _foot(says),
    ]
    return format_html(
        '<article class="bulletin" lang="{}">\n{}</article>', page_language(), _joined(parts)
    )


def _joined(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}\n", ((part,) for part in parts if part))


def _head(says: BulletinArticle) -> SafeString:
    return format_html(
        "<header>\n<p>{} {} · {}</p>\n<h2>{}</h2>\n<p>{}</p>\n</header>",
        localized(says.head.organisation),
        localized(says.head.committee),
        localized(says.head.name),
        says.title,
        _as_of(says),
    )


def _as_of(says: BulletinArticle) -> str:
    if says.head.closed_on is None:
        return _("As of %(day)s") % {"day": day(says.as_of)}
    days = {"day": day(says.as_of), "closed": day(says.head.closed_on)}
    return _("Written on %(day)s; the list is closed, its figures are as of %(closed)s") % days


def _equation(says: BulletinArticle) -> SafeString:
    total = format_html(
        '<span class="count"><b>{}</b> {}</span>',
        says.arithmetic.total,
        pgettext("the total of a list", "promised"),
    )
    terms = format_html_join(
        " + ",
        '<span class="count {}"><b>{}</b> {}</span>',
        ((term.key, term.count, term.label.lower()) for term in says.arithmetic.groups),
    )
    sum_ = format_html('<p class="sum">{} = {}</p>', total, terms)
    if says.before:
        values = {"number": says.before.number, "day": day(says.before.as_of)}
        values["equation"] = says.before.equation
        sentence = _("The last one, no. %(number)s as of %(day)s: %(equation)s") % values
        sum_ = format_html("{}\n<p>{}</p>", sum_, sentence)
    label = Section.EQUATION.label
    return format_html(
        '<section id="{}">\n<h3>{}</h3>\n{}\n</section>', Section.EQUATION.value, label, sum_
    )


def _paragraph(key: Section, text: Words) -> SafeString:
    """Return one of the two paragraphs that the office writes; nothing where it wrote none."""
    said, language = text.in_language(page_language())
    if not said:
        return mark_safe("")
    other = "" if language == page_language() else format_html(' lang="{}"', language)
    lines = format_html_join("<br>", "{}", ((line,) for line in said.splitlines()))
    return format_html(
        '<section id="{}">\n<h3>{}</h3>\n<p{}>{}</p>\n</section>',
        key.value,
        key.label,
        other,
        lines,
    )


def _section(section: BulletinSection, ids: Iterator[int], year: int) -> SafeString:
    counted = ""
    if section.count:
        counted = ngettext("%(n)s item", "%(n)s items", section.count) % {"n": section.count}
        counted = format_html(" <small>{}</small>", counted)
    groups = [_group(group, ids, year) for group in section.groups]
    groups += map(figures, section.figures)
    if section.pictures:
        groups.append(pairs(section.pictures, LIST))
    if not groups:
        groups = [format_html('<p class="nothing">{}</p>', section.nothing)]
    return format_html(
        '<section id="{}">\n<h3>{}{}</h3>\n{}</section>',
        section.key,
        section.heading,
        counted,
        _joined(groups),
    )


def _group(group: BulletinGroup, ids: Iterator[int], year: int) -> SafeString:
    lines = format_html_join(
        "", '<li id="line-{}">{}</li>\n', ((next(ids), _line(line, year)) for line in group.lines)
    )
    heading = format_html("<h4>{}</h4>\n", group.label) if group.label else ""
    return format_html("{}<ul>\n{}</ul>", heading, lines)


def _line(line: BulletinLine, year: int) -> SafeString:
    text = user_text(line.text)
    if line.day:
        text = format_html("{} <small>{}</small>", text, _days(line, year))
    if line.number is None:
        return format_html("{}", text)
    return format_html("{} <span>{}</span>", _item(line.number, line.title), text)


def _item(number: int, title: Words) -> SafeString:
    return format_html('<a href="{}{}/"><b>{}</b> {}</a>', LIST, number, number, localized(title))


def _days(line: BulletinLine, year: int) -> str:
    assert line.day
    if line.written_on is None:
        return day(line.day, year)
    written = _("recorded on %(day)s") % {"day": day(line.written_on, year)}
    return f"{day(line.day, year)} · {written}"


def _table(says: BulletinArticle) -> SafeString:
    heads = (
        pgettext("bulletin", "No."),
        pgettext("bulletin", "Promised"),
        pgettext("bulletin", "Owner"),
        pgettext("bulletin", "Supervisor"),
        pgettext("bulletin", "Deadline"),
        pgettext("bulletin", "Now"),
    )
    head = format_html_join("", '<th scope="col">{}</th>', ((text,) for text in heads))
    rows = format_html_join(
        "",
        '<tr class="{}"><td>{}</td><th scope="row"><a href="{}{}/">{}</a></th>'
        '<td data-label="{}">{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td>'
        "<td>{}</td></tr>\n",
        (
            (
                row.status,
                row.number,
                LIST,
                row.number,
                localized(row.title),
                heads[2],
                localized(row.owner),
                heads[3],
                localized(row.supervisor),
                heads[4],
                user_text(row.deadline),
                _now(row, says.head.year),
            )
            for row in says.rows
        ),
    )
    total = says.arithmetic.total
    caption = ngettext("All %(n)d item", "All %(n)d items", total) % {"n": total}
    return format_html(
        '<section id="{}">\n<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}</tbody>\n</table>\n</section>",
        Section.ITEMS.value,
        caption,
        head,
        rows,
    )


def _now(row: BulletinRow, year: int) -> SafeString:
    said = [row.status_label]
    if row.overdue:
        said.append(row.overdue)
    if row.since:
        said.append(day(row.since, year))
    return format_html_join(" ", "<span>{}</span>", ((each,) for each in said))


def _foot(says: BulletinArticle) -> SafeString:
    lines = [_approval(says.approved)]
    lines.append(_("Issued, it stays as it is; a mistake is corrected in the next one."))
    if says.head.demonstration:
        lines.append(_("The company is invented; this is no real plant’s record."))
    return format_html("<footer>\n{}</footer>", format_html_join("", "<p>{}</p>\n", zip(lines)))


def _approval(approved: Approval | None) -> str:
    if approved is None:
        return _("Approved by: nobody yet")
    who = format_html("{} {}", localized(approved.post), user_text(approved.name))
    pattern = _("Approved by: {who}, {day}")
    return format_html(pattern, who=who, day=day(approved.day))
