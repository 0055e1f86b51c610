"""How far the work is, in words: every count beside every target and percent."""

from decimal import Decimal
from itertools import product

import pytest

from items.public import Progress, sentences
from tests.board import samples
from tests.board.test_item import page

NONE_ZERO_BELOW_EQUAL_ABOVE = [None, 0, 30, 40, 55]
EVERY = list(product(NONE_ZERO_BELOW_EQUAL_ABOVE, [None, 40], [None, Decimal("12.5")]))


def progress(done, target, percent):
    if target and done is not None:
        percent = min(Decimal(100), Decimal(100) * done / target)
    return Progress(percent, done, target, "sets")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ((None, None, None), ""),
        ((None, None, Decimal("12.5")), "12.5% done"),
        ((None, 40, None), "40 sets promised; none counted yet"),
        ((None, 40, Decimal("12.5")), "12.5% done; of the 40 sets promised none is counted yet"),
        ((0, None, None), "0 sets done"),
        ((30, None, Decimal("12.5")), "30 sets done (12.5%)"),
        ((0, 40, None), "0 of 40 sets (0%)"),
        ((30, 40, Decimal("12.5")), "30 of 40 sets (75%)"),
        ((40, 40, None), "40 of 40 sets (100%)"),
        ((55, 40, None), "55 of 40 sets (100%)"),
    ],
)
def test_each_kind_of_progress_is_a_sentence(known, said):
    shown = page(4, rows=(samples.row(4, progress=progress(*known)),))

    assert shown.words("p", "progress") == [said] * bool(said)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("known", EVERY)
def test_no_progress_is_none(known, language):
    row = samples.row(4, progress=progress(*known))

    shown = page(4, language, rows=(row,), claim=None, finding=None, timeline=())

    words = " ".join(shown.all("article")[0].words.split())
    assert "None" not in words
    assert "  " not in sentences.progress(row.progress)


def test_the_bar_stands_only_where_a_percent_is_known():
    def bars(*known):
        row = samples.row(4, progress=progress(*known))
        return len(page(4, rows=(row,)).all("rect"))

    assert bars(30, 40, None) == bars(None, 40, Decimal(5)) == bars(None, None, Decimal(5)) == 1
    assert bars(None, 40, None) == bars(30, None, None) == 0


def test_what_is_done_is_not_at_the_last_percent_it_had():
    for status in ("pending_check", "resolved"):
        row = samples.row(4, status=status, progress=progress(None, None, Decimal(5)))
        assert page(4, rows=(row,)).words("p", "progress") == []
