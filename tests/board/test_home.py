from dataclasses import replace

from items.words import Words
from tests.board import samples
from tests.board.reading import read

SINTER = {"slug": "sinter-2026", "committee": Words("烧结厂党委", "Sinter Plant Committee")}
OLD = replace(samples.HEAD, slug="ironmaking-2025", name=Words("2025年清单", "The list of 2025"))


def page(*boards, language="en", **changes):
    return read("board/home.html", language, home=samples.home(*boards, **changes))


def test_only_list_stands_large():
    shown = page(samples.board())

    assert shown.words("title") == ["18 promised: 15 resolved, 3 in progress"]
    assert shown.words("h1") == ["Practical matters for the workers, 2026"]
    assert shown.words("p", "equation") == ["18 promised = 15 resolved + 3 in progress"]
    assert len(shown.links("block")) == 18
    assert shown.words("a", "onward") == ["Read all 18 items: who, by when, how far"]
    assert shown.links("onward") == ["/en/lists/ironmaking-2026/"]


def test_chinese_home_links_the_chinese_board():
    shown = page(samples.board(), language="zh-hans")

    assert shown.links("onward") == ["/lists/ironmaking-2026/"]


def test_each_of_several_committees_has_its_arithmetic_and_strip():
    shown = page(samples.board(), samples.board(samples.eventful(), **SINTER))

    assert shown.words("h2") == ["Ironmaking Plant Committee", "Sinter Plant Committee"]
    assert shown.words("p", "equation") == [
        "18 promised = 15 resolved + 3 in progress",
        "18 promised = 9 resolved + 4 in progress + 2 not started + 1 on hold + 2 withdrawn",
    ]
    assert len(shown.links("block")) == 36
    assert "/en/lists/sinter-2026/" in shown.links()
    names = [nav.attrs["aria-label"] for nav in shown.all("nav")]
    assert len(set(names)) == 2


def test_earlier_lists_are_linked():
    shown = page(samples.board(), earlier=(OLD,))

    assert shown.words("h2") == ["Earlier lists"]
    assert shown.links()[-1] == "/en/lists/ironmaking-2025/"


def test_home_without_a_list_says_what_comes_next():
    shown = page()

    assert shown.words("h1") == ["No list has been published yet"]
    assert shown.words("title") == ["Promised to the workers"]
