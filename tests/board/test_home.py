from dataclasses import replace

from items.public import CommitteePage, Crumb, RunningList
from items.words import Words
from tests import factories
from tests.board import samples
from tests.board.reading import Page, read

SINTER = {"slug": "sinter-2026", "committee": Words("烧结厂党委", "Sinter Plant Committee")}
OLD = replace(samples.HEAD, slug="ironmaking-2025", name=Words("2025年清单", "The list of 2025"))


def read_page(client, path):
    return Page(client.get(path).content.decode())


def page(*rows, language="en", **changes):
    return read("board/home.html", language, home=samples.home(*rows, **changes))


def test_only_list_is_the_home_page(client, db):
    item = factories.published_item()

    home, board = (read_page(client, path) for path in ("/", f"/lists/{item.list.slug}/"))

    assert home.words("title") == board.words("title")
    assert home.words("main") == board.words("main")


PLANT = samples.board()
WORKSHOP = samples.board(samples.eventful(), **SINTER)


def two(**changes):
    rows = [
        samples.line("ironmaking", PLANT, head=PLANT.head),
        samples.line("sinter", WORKSHOP, head=WORKSHOP.head, depth=1),
    ]
    return page(*rows, **changes)


def test_each_committee_is_a_line_that_leads_to_its_board():
    shown = two()

    assert shown.words("p", "sum") == [
        "18 promised = 15 resolved + 3 in progress",
        "18 promised = 9 resolved + 4 in progress + 2 not started + 1 on hold + 2 withdrawn",
    ]
    assert shown.words("p", "name") == ["Ironmaking Plant Committee", "Sinter Plant Committee"]
    assert "/en/lists/sinter-2026/" in shown.links()
    assert shown.links("block") == []
    assert [bar.attrs["viewbox"] for bar in shown.all("svg", "bar")] == ["0 0 18 1"] * 2
    assert sum(int(rect.attrs["width"]) for rect in shown.all("rect")) == 2 * 18
    assert len(shown.all("li", "depth-1")) == 1


def test_numbers_of_a_line_lead_to_what_they_count():
    links = two().links()

    for group in ("resolved", "in_progress", "withdrawn"):
        assert f"/en/lists/sinter-2026/{group}/#found" in links
    assert "/en/lists/sinter-2026/find/?late=overdue#found" in links


def test_committee_with_more_below_leads_to_its_page():
    line = samples.line("company", PLANT, WORKSHOP)

    shown = page(line)

    assert shown.words("p", "sum") == [
        "36 promised = 24 resolved + 7 in progress + 2 not started + 1 on hold + 2 withdrawn"
        " 2 lists"
    ]
    assert shown.words("p", "late") == ["3 overdue"]
    assert [link for link in shown.links() if "/lists/" in link] == []
    assert "/en/committees/company/" in shown.links()


def test_line_without_a_sum_says_why():
    rows = [samples.line("company", lists=0), samples.line("other", lists=3)]

    assert page(*rows).words("p", "sum") == ["No list of its own", "3 lists of several years"]


def test_sum_of_all_comes_first():
    assert two().words("p", "total") == []

    shown = two(together=samples.sum_of(PLANT, WORKSHOP))

    assert shown.words("p", "together") == ["2 lists together:"]
    assert shown.words("p", "total") == [
        "36 promised = 24 resolved + 7 in progress + 2 not started + 1 on hold + 2 withdrawn"
    ]
    assert shown.words("h2") == ["Each committee’s list"]


def test_list_that_is_closed_or_silent_says_so():
    closed = replace(PLANT.head, closed_on=samples.TODAY)

    rows = [
        samples.line("ironmaking", PLANT, head=closed),
        samples.line("sinter", WORKSHOP, head=WORKSHOP.head, silent_days=45),
    ]

    assert page(*rows).words("p", "more") == [
        "Closed on 22 November 2026",
        "nothing new for 45 days",
    ]


def test_another_list_that_runs_stands_in_one_line():
    old = samples.board(samples.eventful(), slug="ironmaking-2025", name=OLD.name)
    running = RunningList(old.head, old.arithmetic, 2)

    shown = read("board/board.html", board=replace(samples.board(), running=(running,)))

    assert shown.words("p", "running") == [
        "Still running: The list of 2025 18 = 9 + 4 + 2 + 1 + 2 · 2 overdue"
    ]
    assert "/en/lists/ironmaking-2025/" in shown.links()


def test_earlier_lists_are_linked():
    shown = read("board/board.html", board=replace(samples.board(), earlier=(OLD,)))

    assert "/en/lists/ironmaking-2025/" in shown.links()


def test_home_without_a_list_says_what_comes_next():
    shown = page()

    assert shown.words("h1") == ["No list has been published yet"]
    assert shown.words("title") == ["Promised to the workers"]


def test_pages_of_many_lead_to_each_other():
    links = {page: two(page=page, pages=3).links() for page in (1, 2, 3)}

    said = {page: [link[-1] for link in of if "?page=" in link] for page, of in links.items()}
    assert said == {1: ["2"], 2: ["3"], 3: ["2"]}  # the first page has one address


# Finding a committee


def test_committees_are_found_by_a_form_that_comes_back_filled():
    line = samples.line("sinter", WORKSHOP, path=(Words("公司", "Company"),))
    shown = page(line, q="烧结")
    (form,) = shown.all("form")
    (sought,) = shown.all("input")

    assert form.attrs["action"] == "/en/"
    assert (sought.attrs["name"], sought.attrs["value"]) == ("q", "烧结")
    assert "Show every committee" in shown.words("a")
    assert shown.words("h2") == ["1 committee is called that"]
    assert shown.words("p", "name") == ["Company › Sinter Plant Committee"]


def test_more_than_a_page_of_matches_asks_for_another_word():
    shown = two(q="厂", pages=2)

    assert shown.words("p", "hint") == ["These are the first 2. One more word finds fewer."]
    assert shown.all("nav", "neighbours") == []


def test_no_match_says_how_to_widen():
    shown = page(q="x")

    assert shown.words("p", "wide") == [
        "No committee is called that. Try fewer or other words. Show every committee"
    ]


# A committee's page


def committee(*lines, **changes):
    said = {
        "slug": "sinter",
        "committee": SINTER["committee"],
        "organisation": samples.HEAD.organisation,
        "demonstration": True,
        "path": (Crumb("company", Words("公司", "Company")),),
        "shown": samples.home_list(WORKSHOP),
        "together": None,
        "lines": samples.lines(*lines),
        "earlier": (),
        "calls": (),
        "as_of": samples.TODAY,
    }
    return read("board/committee.html", "en", page=CommitteePage(**(said | changes)))


def test_committee_shows_its_list_and_what_is_above():
    shown = committee()

    assert shown.words("h1") == ["Sinter Plant Committee"]
    assert "/en/committees/company/" in shown.links()
    assert len(shown.links("block")) == 18
    assert shown.links("onward") == ["/en/lists/sinter-2026/"]
    assert shown.words("h2") == []


def test_committee_shows_those_below_it_and_its_earlier_lists():
    shown = committee(
        samples.line("ironmaking", PLANT),
        together=samples.sum_of(PLANT, WORKSHOP),
        earlier=(OLD,),
    )

    assert shown.words("h2") == ["1 committee directly below", "Earlier lists"]
    assert shown.words("p", "together")[0].startswith("2 lists together: 36 promised = ")
    assert "/en/committees/ironmaking/" in shown.links()
    assert "/en/lists/ironmaking-2025/" in shown.links()


def test_long_list_has_a_bar_and_a_committee_without_one_says_so():
    long = replace(samples.home_list(WORKSHOP), strip=())

    shown, without = committee(shown=long), committee(shown=None)

    assert (shown.links("block"), len(shown.all("svg", "bar"))) == ([], 1)
    assert without.words("p", "quiet") == ["No list of its own"]
