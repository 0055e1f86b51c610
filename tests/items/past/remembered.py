"""Boards as they were on their days, to compare past days with."""

from dataclasses import replace

from items import queries

# What no past day tells: which other lists and papers stand beside it, and pictures
BESIDE = {"running": (), "earlier": (), "below": False, "places": (), "themes": ()}
BESIDE |= {"plan": False, "promises": 0, "assessments": (), "bulletin": None, "visits": 0}
BESIDE |= {"suggestions": None, "recent": None, "truth": None, "pairs": ()}


def of_itself(board):
    """Return a board without what stands beside it on its day."""
    rows = tuple(replace(row, photo="") for row in board.rows)
    return replace(board, rows=rows, **BESIDE)


def board_on(slug, day, group=""):
    """Return the board as it stands now, on a day that is today."""
    return of_itself(queries.board(slug, day, group))


def past(slug, day, today, group=""):
    """Return the board of a past day, as it is put back from the ledger."""
    return queries.past_page(slug, day, today, group).board


class Remembered:
    """The boards of a list, each as it was at the end of its day."""

    def __init__(self, slug):
        self.slug, self.boards = slug, {}

    def see(self, day):
        """Remember how the board stands on a day, all of whose acts are done."""
        self.boards[day] = board_on(self.slug, day)

    def differences(self, today):
        """Return the days whose boards are put back otherwise, each with the first difference."""
        found = {}
        for day, then in self.boards.items():
            now = past(self.slug, day, today)
            if now != then:
                found[day] = difference(then, now)
        return found


def difference(then, now):
    """Return what differs between two boards, as pairs of what was and what is put back."""
    apart = {}
    for name in then.__dataclass_fields__:
        was, put_back = getattr(then, name), getattr(now, name)
        if was == put_back:
            continue
        apart[name] = (was, put_back)
        if name == "rows" and len(was) == len(put_back):
            apart[name] = [
                (a.number, field, getattr(a, field), getattr(b, field))
                for a, b in zip(was, put_back, strict=True)
                for field in a.__dataclass_fields__
                if getattr(a, field) != getattr(b, field)
            ]
    return apart
