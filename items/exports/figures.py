"""Figures and pictures of an article as HTML: each drawing stands above the table it is drawn of.

Drawings are SVG with their colours in attributes, so that they can be read apart from any style:
each column is an outline as high as the whole, filled as high as what was reached, with the number
of it on top. They differ in shape, not in colour alone.
"""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from items.exports.markup import localized, page_language
from items.public.figures import BeforeAfter, Figures, ShownPhoto
from items.words import day

STEP = 48  # from one column to the next
WIDE, HIGH = 32, 120  # of a column
ABOVE, BELOW = 20, 24  # room for its number and its name
PHOTO = "/photos/{}-small.jpg"  # the permanent address, the same in each language
INK, DONE, QUIET = "#1b1a18", "#1f6b47", "#55504a"


def figures(table: Figures) -> SafeString:
    """Return a table of numbers, below its drawing where it has one."""
    drawing = drawn(table) if table.drawn and any(row.numbers[0] for row in table.rows) else ""
    head = format_html_join("", '<th scope="col">{}</th>', ((head,) for head in table.heads))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>\n',
        (
            (
                localized(row.label),
                format_html_join(
                    "",
                    '<td data-label="{}">{}</td>',
                    zip(table.heads[1:], row.numbers, strict=True),
                ),
            )
            for row in table.rows
        ),
    )
    return format_html(
        '<div class="figures {}">\n{}<table class="numbers">\n<caption>{}</caption>\n'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>",
        table.key,
        drawing,
        table.caption,
        head,
        rows,
    )


def drawn(table: Figures) -> SafeString:
    """Return the drawing of a table's first two numbers, as SVG that says them in words, too."""
    most = max(row.numbers[0] for row in table.rows)
    width, height = STEP * len(table.rows), ABOVE + HIGH + BELOW
    said = _(", ").join(f"{row.short} {row.numbers[1]}/{row.numbers[0]}" for row in table.rows)
    columns = (
        _column(at * STEP, row.short, row.numbers[0], row.numbers[1], most)
        for at, row in enumerate(table.rows)
    )
    return format_html(
        '<svg role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg"'
        ' viewBox="0 0 {} {}" width="{}" height="{}">\n{}</svg>\n',
        f"{table.caption}: {said}",
        width,
        height,
        width,
        height,
        format_html_join("", "{}", ((column,) for column in columns)),
    )


def _column(left: int, name: str, whole: int, part: int, most: int) -> SafeString:
    floor = ABOVE + HIGH
    tall, full = round(HIGH * whole / most), round(HIGH * part / most)
    middle, edge = left + STEP // 2, left + (STEP - WIDE) // 2
    return format_html(
        '<rect class="whole" x="{}" y="{}" width="{}" height="{}" fill="none" stroke="{}"'
        ' stroke-width="2"/>\n'
        '<rect class="part" x="{}" y="{}" width="{}" height="{}" fill="{}"/>\n'
        '<text class="reached" x="{}" y="{}" fill="{}" font-size="14" text-anchor="middle"'
        ' font-family="Noto Sans CJK SC">{}</text>\n'
        '<text class="below" x="{}" y="{}" fill="{}" font-size="12" text-anchor="middle"'
        ' font-family="Noto Sans CJK SC">{}</text>\n',
        *(edge + 1, floor - tall, WIDE - 2, tall, QUIET),
        *(edge, floor - full, WIDE, full, DONE),
        *(middle, floor - tall - 6, INK, part),
        *(middle, floor + 17, QUIET, name),
    )


def pairs(shown: Iterable[BeforeAfter], to_list: str) -> SafeString:
    """Return pictures from before and after, each pair below the item's number and matter."""
    return format_html_join(
        "",
        '<figure>\n<figcaption><a href="{}{}/"><b>{}</b> {}</a></figcaption>\n{}{}</figure>\n',
        (
            (
                to_list,
                each.number,
                each.number,
                localized(each.title),
                _picture(_("Before, %(day)s"), each.before),
                _picture(_("After, %(day)s"), each.after),
            )
            for each in shown
        ),
    )


def _picture(when: str, photo: ShownPhoto) -> SafeString:
    return format_html(
        '<p><img id="photo-{}" src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
        " <span>{}</span></p>\n",
        photo.entry,
        PHOTO.format(photo.stem),
        photo.words.in_language(page_language())[0],
        photo.width,
        photo.height,
        when % {"day": day(photo.day)},
    )
