"""Rows of the table of drafts moved, copied and filled down, as they were sent; nothing is saved.

The table comes back with them. With scripts a page does the same by itself (static/js/rows.js).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

OF_THE_ITEM = ("item", "version", "seen")  # what a copy of a row doesn't take along
NOT_COPIED = (*OF_THE_ITEM, "number", "delete")


def arranged(post: QueryDict, *, last: int, most: int) -> tuple[QueryDict, str]:
    """Return the form as its button says ("up-3", "copy-3", "fill"), and the row that is meant.

    `last` is the last number that the list holds, `most` how many rows a form may have.
    """
    rows = Rows(post, last, most)
    verb, _dash, place = post.get("do", "").partition("-")
    at = _place(post.get("from", "") if verb == "fill" else place, rows.count)
    if at is None:
        return post, ""
    if verb == "fill":
        at = rows.fill(at, post.get("column", ""))
    elif verb in ("up", "down"):
        at = rows.move(at, at + (1 if verb == "down" else -1))
    elif verb == "copy":
        at = rows.copy(at)
    return rows.as_post(), f"row-{at}"


def _place(text: str, count: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) < count else None


class Rows:
    """The rows of a form that was sent, each as its values by column."""

    def __init__(self, post: QueryDict, last: int, most: int):
        self.post, self.last, self.most = post, last, most
        self.count = _place(post.get("rows", ""), most + 1) or 0
        self.rows: list[dict[str, str]] = [{} for _at in range(self.count)]
        for name, value in post.items():
            row, at, column = _pieces(name)
            if row == "row" and (place := _place(at, self.count)) is not None:
                self.rows[place][column] = value

    def move(self, at: int, to: int) -> int:
        """Let a row change places with its neighbour: the numbers stay where they are."""
        if not 0 <= to < self.count or not (is_used(self.rows[at]) and is_used(self.rows[to])):
            return at
        for place in sorted((at, to)):
            self.rows[place]["number"] = self.rows[place].get("number") or self._next_number()
        one, other = self.rows[at], self.rows[to]
        one["number"], other["number"] = other["number"], one["number"]
        self.rows[at], self.rows[to] = other, one
        return to

    def copy(self, at: int) -> int:
        """Write a row once more into the first empty one; it takes the next number."""
        copied = {name: value for name, value in self.rows[at].items() if name not in NOT_COPIED}
        empty = (place for place, row in enumerate(self.rows) if not is_used(row))
        to = next(empty, self.count)
        if to == self.count:
            if self.count >= self.most:
                return at
            self.rows.append({})
            self.count += 1
        self.rows[to] = copied
        return to

    def fill(self, at: int, column: str) -> int:
        """Write a cell into the blank ones below it, up to the next that says something."""
        value = self.rows[at].get(column, "")
        for row in self.rows[at + 1 :]:
            if row.get(column, "").strip() or not is_used(row):
                break
            row[column] = value
        return at

    def as_post(self) -> QueryDict:
        """Return the whole form with the rows as they stand now."""
        post = self.post.copy()
        for name in self.post:
            if name.startswith("row-"):
                del post[name]
        for at, row in enumerate(self.rows):
            for column, value in row.items():
                post[f"row-{at}-{column}"] = value
        post["rows"] = str(self.count)
        return post

    def _next_number(self) -> str:
        numbers = (row.get("number", "") for row in self.rows)
        stated = [int(number) for number in numbers if number.isascii() and number.isdigit()]
        return str(max([self.last, *stated]) + 1)


def is_used(row: Mapping[str, Any]) -> bool:
    """Tell a row that holds an item, or words for one, from an empty one."""
    return any(value for name, value in row.items() if name not in ("version", "seen"))


def _pieces(name: str) -> Iterable[str]:
    row, _dash, rest = name.partition("-")
    at, _dash, column = rest.partition("-")
    return row, at, column
