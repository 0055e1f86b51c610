"""A list with all its items as JSON, and as CSV for a spreadsheet."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from items import public, queries
from items.exports.separated import separated
from items.exports.workbook import Sheet, SheetColumn
from items.words import Words
from welfare.api.addresses import page
from welfare.front.public import open_data, or_404


@open_data
def as_json(request, slug):
    """Return a list as JSON, an item a line, in both languages."""
    whole = or_404(queries.whole_list(slug, localdate(), page))
    lines = [_json(item) for item in whole.items]
    head = b'{"list":' + _json(whole.shown()) + b',"items":[\n'
    body = b"".join([head, b",\n".join(lines), b"\n]}\n"])
    return HttpResponse(body, content_type="application/json")


def _json(thing: Any) -> bytes:
    said = json.dumps(thing, default=plain, ensure_ascii=False, separators=(",", ":"))
    return said.encode()


def plain(thing: Any) -> Any:
    """Return a shape or a day as JSON has it."""
    if isinstance(thing, date):
        return thing.isoformat()
    return {name: getattr(thing, name) for name in _names(type(thing))}


@cache
def _names(shape: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))


@open_data
def as_csv(request, slug):
    """Return a list's items as CSV, in one language; its last column is the as-of day."""
    whole = or_404(queries.whole_list(slug, localdate(), page))
    rows = [[_cell(getattr(item, name)) for name in IN_CSV] for item in whole.items]
    as_of = whole.shown().as_of
    headings = [*IN_CSV.values(), _("as of")]
    columns = [SheetColumn(capfirst(str(heading)), "line") for heading in headings]
    sheet = Sheet("", (), columns, ([*row, as_of] for row in rows))
    response = HttpResponse("".join(separated(sheet)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{as_of}.csv"'
    return response


IN_CSV = {
    field.name: field.metadata["heading"]
    for field in public.ITEM_FIELDS
    if field.metadata["heading"]
}


def _cell(value: Any) -> Any:
    """Return what a cell says; of several lines each is a line of the cell."""
    if isinstance(value, tuple):
        return "\n".join(_line(line) for line in value)
    return _line(value) if is_dataclass(value) else value


def _line(line: Any) -> str:
    if isinstance(line, Words):
        return line.in_language(get_language() or "")[0]
    return " · ".join(filter(None, _said(line)))


def _said(line: Any) -> Iterator[str]:
    """Yield what a line under an item says in a cell; days and roles stand in the JSON."""
    if isinstance(line, public.OpenMeasure):
        yield _line(line.words)
    elif isinstance(line, public.OpenUnit):
        yield _line(line.name)
    elif isinstance(line, public.OpenPart):
        yield _line(line.title)
        yield line.progress
