"""Live rows in what templates get: a page is rendered from frozen shapes alone.

A row would let a template reach private columns, and ask the database while it is rendered. Forms
keep the rows that they are about; the person who is logged in is Django's own to hand over.
"""

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass

from django.db.models import Model, QuerySet
from django.test.signals import template_rendered

OUR_PAGES = ("board/", "components/", "desk/", "suggestions/")
NOT_OURS = {"user", "request"}


class Finder:
    """Collects where templates got rows, as "template: name.field[key]"."""

    def __init__(self):
        self.places = set()
        self._seen = {}  # by identity; the values stay here, so that no identity is used again

    def look(self, template: str, context: Mapping) -> None:
        for name, value in context.items():
            if name not in NOT_OURS:
                self._walk(value, f"{template}: {name}")

    def _walk(self, value, place):
        if isinstance(value, Model | QuerySet):
            self.places.add(f"{place} is a {type(value).__name__}")
        elif id(value) not in self._seen:
            self._seen[id(value)] = value
            for step, inner in parts_of(value):
                self._walk(inner, place + step)


def parts_of(value):
    """Yield what a shape or a collection holds, each with the step that leads there."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield f".{field.name}", getattr(value, field.name)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"[{key!r}]", inner
    elif isinstance(value, list | tuple | set | frozenset):
        for at, inner in enumerate(value):
            yield f"[{at}]", inner


@contextmanager
def no_live_rows():
    """Fail where a page of ours is rendered from rows meanwhile."""
    finder = Finder()

    def rendered(sender, template, context, **more):
        if (template.name or "").startswith(OUR_PAGES):
            finder.look(template.name, context.flatten())

    template_rendered.connect(rendered)
    try:
        yield
    finally:
        template_rendered.disconnect(rendered)
    assert not finder.places, "\n".join(sorted(finder.places))
