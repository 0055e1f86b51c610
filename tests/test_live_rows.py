"""What finds live rows in the contexts of templates; conftest.py of each face turns it on."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template

from items.models import Item
from tests.live_rows import Finder, no_live_rows


@dataclass(frozen=True)
class Shape:
    row: object


@pytest.mark.parametrize(
    "value",
    [
        Item(),
        Item.objects.none(),
        [Item()],
        {"key": (Item(),)},
        Shape(Item()),
        [{"key": Shape([Item()])}],
    ],
)
def test_row_is_found_wherever_it_lies(value):
    finder = Finder()

    finder.look("desk/item.html", {"page": value})

    assert len(finder.places) == 1


def test_shapes_without_rows_pass():
    finder = Finder()

    finder.look("desk/item.html", {"page": Shape([1, "text", None, {"key": Shape(2.0)}])})
    finder.look("desk/item.html", {"user": Item(), "request": Shape(Item())})

    assert finder.places == set()


def test_page_of_a_row_fails_the_test_that_renders_it():
    with pytest.raises(AssertionError, match=r"desk/item.html: item is a Item"), no_live_rows():
        Template("{{ item.number }}", name="desk/item.html").render(Context({"item": Item()}))
