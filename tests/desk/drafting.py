"""What a browser sends from the pages of lists and drafts."""

from django.urls import reverse

from tests.desk.sending import text_of

__all__ = ["at", "field", "filled", "text_of"]


def at(name, item_list, *more):
    """Return the address of a list's page."""
    return reverse(f"desk:{name}", args=[item_list.slug, *more])


def filled(form) -> dict:
    """Return what a form holds, as the browser would send it back."""
    sent = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, list):
            value = [str(getattr(each, "pk", each)) for each in value]
        if value is not None and value is not False and value != "" and value != []:
            sent[bound.html_name] = value
    return sent


def table(client, item_list, columns=(), **changes) -> dict:
    """Return the table of drafts as it is shown, with changes such as `row_0_title="…"`."""
    shown = client.get(at("table", item_list), {"columns": columns}).context["table"]
    sent = {"rows": len(shown.rows), "columns": shown.shown}
    for row in shown.rows:
        sent |= filled(row)
    return sent | {field(name): value for name, value in changes.items()}


def field(name):
    """Return a field's name in the table: row_0_title stands for row-0-title."""
    if not name.startswith("row_"):
        return name
    _row, at, column = name.split("_", 2)
    return f"row-{at}-{column}"


def draft(client, item, **changes) -> dict:
    """Return the page of one draft as it is shown, with changes."""
    form = client.get(at("edit_draft", item.list, item.number)).context["form"]
    sent = {"parts": len(form.parts)} | filled(form)
    for part in form.parts:
        sent |= filled(part)
    return sent | changes
