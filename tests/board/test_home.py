from dataclasses import replace

from items.public import Branch
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
    names = [nav.attrs["aria-label"] for nav in shown.all("nav") if "class" not in nav.attrs]
    assert len(set(names)) == 2


PLANT = samples.board()
WORKSHOP = samples.board(samples.eventful(), **SINTER)


def tree(*branches, boards=(PLANT, WORKSHOP)):
    return page(*boards, tree=branches)


def test_committees_stand_in_their_tree():
    company = Branch(Words("公司", "Company"), Words("示范"), 0, None, None, 0)

    shown = tree(company, samples.branch(PLANT, 1), samples.branch(WORKSHOP, 2))

    assert shown.words("h2") == ["Company"]
    assert shown.words("h3") == ["Ironmaking Plant Committee"]
    assert shown.words("h4") == ["Sinter Plant Committee"]
    assert "No list of its own" in shown.words("p", "quiet")
    assert "Company" not in shown.words("a")


def test_sum_is_told_with_what_it_adds_up():
    together = samples.arithmetic((*PLANT.strip, *WORKSHOP.strip))

    shown = tree(samples.branch(PLANT, 0, together, 2), samples.branch(WORKSHOP, 1))

    assert shown.words("p", "together") == [
        "2 lists together: 36 promised = 24 resolved + 7 in progress + 2 not started"
        " + 1 on hold + 2 withdrawn"
    ]


def test_crowded_page_shows_bars_for_strips():
    boards = [samples.board(samples.many(31), slug=f"list-{n}") for n in range(3)]

    shown = page(*boards)

    assert shown.links("block") == []
    assert len(shown.words("p", "equation")) == len(shown.all("svg", "bar")) == 3
    assert [b.attrs["viewbox"] for b in shown.all("svg", "bar")] == ["0 0 31 1"] * 3
    assert sum(int(r.attrs["width"]) for r in shown.all("rect")) == 3 * 31


def test_earlier_lists_are_linked():
    shown = page(samples.board(), earlier=(OLD,))

    assert shown.words("h2") == ["Earlier lists"]
    assert "/en/lists/ironmaking-2025/" in shown.links()


def test_home_without_a_list_says_what_comes_next():
    shown = page()

    assert shown.words("h1") == ["No list has been published yet"]
    assert shown.words("title") == ["Promised to the workers"]


# Finding a committee among many


def crowd(**changes):
    boards = [samples.board(samples.many(31), slug=f"list-{n}") for n in range(3)]
    return page(*boards, **changes)


def test_few_committees_need_no_finding():
    assert page(PLANT, WORKSHOP).all("form") == []


def test_many_committees_are_found_by_a_form_that_comes_back_filled():
    (form,) = crowd(q="烧结").all("form")
    (sought,) = crowd(q="烧结").all("input")

    assert form.attrs["action"] == "/en/"
    assert (sought.attrs["name"], sought.attrs["value"]) == ("q", "烧结")
    assert "Show every committee" in crowd(q="烧结").words("a")


def test_no_match_says_how_to_widen():
    shown = crowd(q="x", tree=())

    assert shown.words("p", "wide") == [
        "No committee is called that. Try fewer or other words. Show every committee"
    ]
