import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from items.states import Group
from welfare.board.views import board, home, item


@pytest.mark.parametrize(
    ("path", "view", "said"),
    [
        ("/", home, {}),
        ("/lists/ironmaking-2026/", board, {"slug": "ironmaking-2026"}),
        ("/lists/a/resolved/", board, {"slug": "a", "group": "resolved"}),
        ("/lists/a/18/", item, {"slug": "a", "number": 18}),
        ("/lists/a/999999/", item, {"slug": "a", "number": 999999}),
    ],
)
def test_address(path, view, said):
    match = resolve(path)

    assert (match.func, match.kwargs) == (view, said)


@pytest.mark.parametrize("group", Group.values)
def test_each_group_has_an_address(group):
    with translation.override("en"):
        assert reverse("board:group", args=["a", group]) == f"/en/lists/a/{group}/"


@pytest.mark.parametrize(
    "last", ["0", "007", "-1", "1000000", "9" * 40, "1e3", "٣", "draft", "pending_check", "late"]
)
def test_other_words_and_numbers_are_no_address(last):
    with pytest.raises(Resolver404):
        resolve(f"/lists/a/{last}/")
