"""Rows of the table of drafts are moved, copied and filled down: with buttons, nothing is saved."""

import pytest
from django.http import QueryDict

from welfare.desk.drafts.arrange import arranged

CELLS = ("number", "title", "place", "item", "version")
THREE = [("1", "甲", "5", "11", "0"), ("2", "乙", "", "12", "3"), ("", "丙", "", "", "")]
EMPTY = ("", "", "", "", "")


def form(rows, **sent):
    post = QueryDict(mutable=True)
    post["rows"] = str(len(rows))
    for at, row in enumerate(rows):
        for name, value in zip(CELLS, row, strict=True):
            post[f"row-{at}-{name}"] = value
    post.setlist("columns", ["title", "place"])
    post.update(sent)
    return post


def rows(post):
    there = range(int(post["rows"]))
    return [tuple(post.get(f"row-{at}-{name}", "") for name in CELLS) for at in there]


def done(given, do, most=150, **sent):
    post, row = arranged(form(given, do=do, **sent), last=18, most=most)
    assert post.getlist("columns") == ["title", "place"]
    return rows(post), row


def test_two_rows_change_places_and_the_numbers_stay():
    moved = [("1", "乙", "", "12", "3"), ("2", "甲", "5", "11", "0"), THREE[2]]

    assert done(THREE, "down-0") == (moved, "row-1")
    assert done(THREE, "up-1") == (moved, "row-0")


def test_a_new_row_takes_the_next_number_of_the_list_before_it_moves():
    moved, _row = done(THREE, "up-2")

    assert moved[1:] == [("2", "丙", "", "", ""), ("19", "乙", "", "12", "3")]


@pytest.mark.parametrize("do", ["up-0", "down-2", "down-3", "up-x", "up-9999", "", "sell-1"])
def test_what_leads_nowhere_changes_nothing(do):
    given = [*THREE, EMPTY]

    assert done(given, do)[0] == given


def test_a_copy_is_a_new_item_in_the_first_empty_row():
    assert done([*THREE, EMPTY], "copy-0") == ([*THREE, ("", "甲", "5", "", "")], "row-3")
    assert done(THREE, "copy-0")[0] == [*THREE, ("", "甲", "5", "", "")]
    assert done(THREE, "copy-0", most=3)[0] == THREE


def test_a_cell_fills_the_blank_ones_below_up_to_the_next_that_says_something():
    given = [*THREE, ("4", "丁", "7", "", ""), ("5", "戊", "", "", ""), EMPTY]

    filled, _row = done(given, "fill", column="place", **{"from": "0"})

    assert [row[2] for row in filled] == ["5", "5", "5", "7", "", ""]
    assert [row[2] for row in done(given, "fill", column="place")[0]] == [r[2] for r in given]
