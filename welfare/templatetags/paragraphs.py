"""Template filter for long texts: paragraphs, headings and simple lists; the rest stays text."""

import re
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

SIGNS = {
    "heading": re.compile(r"#+\s+(?P<text>.+)"),
    "points": re.compile(r"[-*•·]\s+(?P<text>.+)"),
    "steps": re.compile(r"(?P<number>\d{1,3})[.、．)）]\s*(?P<text>.+)"),
}


@register.filter
def paragraphs(text):
    """Show a long text: blank lines part it, “- ” and “1. ” make lists, “# ” a heading."""
    return mark_safe("\n".join(SHOWN[kind](lines) for kind, lines in parts_of(text)))


def parts_of(text):
    """Yield the kind of each part of a text, and its lines."""
    read = [kind_of(line.strip()) for line in text.splitlines()]
    for kind, lines in groupby(read, key=lambda line: line[0]):
        if kind:
            yield kind, [match for _kind, match in lines]


def kind_of(line):
    for kind, sign in SIGNS.items():
        if match := sign.fullmatch(line):
            return kind, match
    return ("text" if line else ""), line


def items_of(lines):
    return format_html_join("", "<li>{}</li>", ([line["text"]] for line in lines))


def heading(lines):
    return format_html_join("\n", "<h2>{}</h2>", ([line["text"]] for line in lines))


def points(lines):
    return format_html("<ul>{}</ul>", items_of(lines))


def steps(lines):
    return format_html('<ol start="{}">{}</ol>', int(lines[0]["number"]), items_of(lines))


def plain_text(lines):
    return format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", zip(lines)))


SHOWN = {"heading": heading, "points": points, "steps": steps, "text": plain_text}
