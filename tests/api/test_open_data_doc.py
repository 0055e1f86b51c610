"""docs/open-data.md lists the fields as the code has them; WRITE_DOCS=1 writes the list anew."""

import os
import re
from datetime import date
from pathlib import Path

from items import columns, public

DOC = Path(__file__).resolve().parents[2] / "docs/open-data.md"
TABLE = re.compile(r"(?<=<!-- fields -->\n).*?(?=<!-- end -->)", re.S)
SHADE = {column.name: column.shade for column in columns.COLUMNS}
KINDS = {
    int: "number",
    int | None: "number or null",
    float | None: "number or null",
    str: "text",
    bool: "true or false",
    date | None: "day or null",
    public.OpenCarried | None: "`list`, `number`, or null",
    tuple[public.OpenMeasure, ...]: "list of `words`, `done_on`",
    tuple[public.OpenUnit, ...]: "list of `name`, `role` (lead, joint, support)",
    tuple[public.OpenPart, ...]: "list of parts",
}


def kind(field):
    return KINDS.get(field.type) or ("list of words" if "tuple" in str(field.type) else "words")


def table(fields=public.ITEM_FIELDS):
    """Return the list of fields: name, what it holds, its column, in CSV too, what it says."""
    lines = ["| field | holds | column | CSV | says |", "| --- | --- | --- | --- | --- |"]
    for field in fields:
        told = field.metadata
        in_csv = "yes" if told["heading"] else ""
        row = (f"`{field.name}`", kind(field), f"`{told['column']}`", in_csv, told["says"])
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def test_document_has_the_fields_of_the_code():
    text = DOC.read_text(encoding="utf-8")
    if os.environ.get("WRITE_DOCS"):
        DOC.write_text(TABLE.sub(lambda _old: table(), text), encoding="utf-8")
        return

    assert TABLE.search(text)[0] == table(), "WRITE_DOCS=1 writes it anew"


def not_public(fields):
    """Return the fields whose column isn't one that anybody may see."""
    return [field.name for field in fields if SHADE.get(field.metadata["column"]) != "public"]


def test_only_public_columns_are_given():
    assert not_public(public.ITEM_FIELDS) == []


def test_inside_column_is_found(monkeypatch):
    # The negative control
    monkeypatch.setitem(SHADE, "result", "staff")

    assert not_public(public.ITEM_FIELDS) == ["result"]
