"""The public board as a worker's browser has it."""

import shutil
import subprocess

import pytest

from tests import factories
from tests.browser import looking
from tests.browser.every_page import LIST

SLUG = LIST.split("/")[2]


@pytest.fixture
def demo(sites):
    """Return the address of the demonstration, which these tests only look at."""
    return sites["demo"]


def test_pages_set_no_cookie(demo, page):
    for _name, path in looking.everywhere(SLUG):
        page.goto(demo + path)

    assert page.context.cookies() == []


def test_pages_fit_the_smallest_phone(demo, page):
    looking.resize(page, looking.SMALL_PHONE)
    faults = {}

    for name, path in looking.everywhere(SLUG):
        page.goto(demo + path)
        faults[name] = (
            looking.scrolled_sideways(page),
            looking.targets(page, looking.TOO_SMALL),
            looking.targets(page, looking.TOO_NEAR),
        )

    assert {name: fault for name, fault in faults.items() if fault != (0, [], [])} == {}


def test_pages_fit_a_phone_at_twice_the_text(demo, page):
    looking.resize(page, looking.PHONE)
    wider = {}

    for name, path in looking.everywhere(SLUG):
        page.goto(demo + path)
        page.evaluate("document.documentElement.style.fontSize = '212%'")
        wider[name] = looking.scrolled_sideways(page)

    assert {name: pixels for name, pixels in wider.items() if pixels} == {}


def test_measures_see_faults(demo, page):
    # The negative control: with the care taken away, each measure above must find something.
    looking.resize(page, looking.SMALL_PHONE)
    page.goto(f"{demo}/lists/{SLUG}/")

    page.evaluate(
        """for (const sheet of document.styleSheets) sheet.disabled = true
        document.querySelector('h1').style.width = '999px'
        document.querySelector('h1').style.color = '#eee'"""
    )

    assert looking.scrolled_sideways(page) > 0
    assert looking.targets(page, looking.TOO_SMALL) != []
    assert looking.targets(page, looking.TOO_NEAR) != []
    assert [rule for rule, _where in looking.broken_rules(page)] != []


def test_worker_finds_an_item_without_javascript(demo, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(demo)

    looking.follow(page, "a[href$='/in_progress/#found']")
    rows = page.locator(".row h3").all_inner_texts()
    looking.follow(page, ".row h3 a")

    assert [text.split()[0] for text in rows] == ["4", "17", "18"]
    assert page.locator("h1").inner_text().split()[-1] == "改善一线职工浴室"
    looking.follow(page, "a[hreflang=en]")
    assert page.url == f"{demo}/en/lists/{SLUG}/4/"


def test_keyboard_skips_to_the_content(demo, page):
    page.goto(f"{demo}/lists/{SLUG}/")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0


def test_whole_row_leads_to_its_item(demo, page):
    looking.resize(page, looking.PHONE)
    page.goto(f"{demo}/lists/{SLUG}/")

    row = page.locator(".items .row").nth(3)
    with page.expect_navigation():
        row.click(position={"x": 20, "y": row.bounding_box()["height"] - 5})

    assert page.url == f"{demo}/lists/{SLUG}/4/"


# Finding, large type and a company's committees

CONTROLS = "a:not(.skip), button, select, input"
LARGE = looking.TOO_SMALL.replace("44", "60")


def finding(slug):
    """Return the pages on which something is looked for: all, some, none, and not understood."""
    find = f"/lists/{slug}/find/"
    return {
        "find-all": find,
        "find-some": f"{find}?q=改善&group=resolved",
        "find-none": f"{find}?q=改善&late=overdue",
        "find-odd": f"{find}?q={'长' * 99}&category=999999",
        "large-home": "/large/",
        "large-board": f"/large/lists/{slug}/",
        "large-find": f"/large{find}?q=改善",
        "large-none": f"/large{find}?q=直升机",
        "large-item": f"/large/lists/{slug}/4/",
        "large-missing": "/large/lists/none/",
    }


def new_pages(slug):
    """Yield a name and an address for each such page in each language."""
    for language, prefix in looking.LANGUAGES.items():
        for name, path in finding(slug).items():
            yield f"{name}-{language}", prefix + path


def faults(page, large):
    """Return what does not fit: sideways, too small or too near."""
    controls = page.locator(CONTROLS)
    return (
        looking.scrolled_sideways(page),
        controls.evaluate_all(LARGE if large else looking.TOO_SMALL),
        controls.evaluate_all(looking.TOO_NEAR),
    )


@pytest.mark.parametrize("width", [looking.SMALL_PHONE, looking.PHONE, looking.DESK])
def test_finding_and_large_type_fit_the_screen(demo, page, width):
    looking.resize(page, width)
    found = {}

    for name, path in new_pages(SLUG):
        page.goto(demo + path)
        found[name] = faults(page, name.startswith("large"))

    assert {name: fault for name, fault in found.items() if fault != (0, [], [])} == {}


def test_large_type_is_30_pixels_and_goes_along(demo, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{demo}/lists/{SLUG}/")

    looking.follow(page, "text=大字")
    looking.follow(page, ".items .row h3 a >> nth=3")
    looking.follow(page, "a[hreflang=en]")

    assert page.url == f"{demo}/en/large/lists/{SLUG}/4/"
    assert page.context.cookies() == []
    size = "getComputedStyle(document.querySelector('.item section p')).fontSize"
    assert new_size(new_context, page.url, size) == "30px"
    looking.follow(page, "text=Small type")
    assert page.url == f"{demo}/en/lists/{SLUG}/4/"


def new_size(new_context, url, script):
    """Return what a script finds on a page; the one under test runs none."""
    page = new_context().new_page()
    page.goto(url)
    return page.evaluate(script)


def test_worker_finds_by_words_and_filters_without_javascript(demo, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{demo}/lists/{SLUG}/")

    page.fill("#q", "　改善 ")
    looking.follow(page, "#q", key="Enter")
    some = page.locator(".row h3").count()
    page.select_option("#group", "in_progress")
    looking.follow(page, "button")

    assert 1 < some < 18
    assert page.locator("h2").all_inner_texts() == ["18件中找到1件"]
    assert page.locator(".row h3").inner_text().split() == ["4", "改善一线职工浴室"]
    looking.follow(page, ".wishes a >> nth=0")
    assert page.url == f"{demo}/lists/{SLUG}/in_progress/#found"


@pytest.fixture
def company(emptied_tables):
    """Publish the lists of a company's committees in a tree."""
    top = factories.Committee(name="公司党委")
    plant = factories.Committee(name="炼铁厂党委", slug="plant", parent=top)
    for number in range(1, 4):
        branch = factories.Committee(name=f"第{number}车间党支部", parent=plant)
        items = [factories.Item(list__committee=branch)]
        items += [factories.Item(list=items[0].list) for _number in range(4)]
        factories.publish(items[0].list)


@pytest.mark.parametrize("whole_tree", [60, 2])
@pytest.mark.parametrize("path", ["/", "/en/", "/large/"])
def test_committees_fit_and_are_for_every_eye(
    live_server, page, company, monkeypatch, whole_tree, path
):
    monkeypatch.setattr("items.queries.committees.TREE_AT_MOST", whole_tree)
    # One of all together, and one a line that has a list, or lists below it.
    addresses = {path: 4 if whole_tree == 60 else 2, f"{path}committees/plant/": 3}
    found, bars = {}, {}

    for address in addresses:
        page.goto(live_server.url + address)
        bars[address] = page.locator(".bar").count()
        for width in (looking.SMALL_PHONE, looking.DESK):
            looking.resize(page, width)
            looking.keep(page, f"committees{address.replace('/', '-')}{whole_tree}-{width}")
            found[address, width] = (*faults(page, "large" in path), looking.broken_rules(page))

    assert bars == addresses
    assert found == dict.fromkeys(found, (0, [], [], []))


@pytest.mark.parametrize("path", ["", "4/", "find/?q=改善", "find/?q=改善&late=1"])
def test_nothing_moves_and_forced_colours_keep_the_words(demo, new_context, path):
    page = new_context(forced_colors="active", reduced_motion="reduce").new_page()

    page.goto(f"{demo}/lists/{SLUG}/{path}")

    assert page.evaluate("document.getAnimations().length") == 0
    assert looking.broken_rules(page) == []


@pytest.mark.parametrize("prefix", ["", "/large"])
def test_printed_board_keeps_its_rows_and_leaves_out_what_is_to_click(demo, page, prefix):
    page.goto(f"{demo}{prefix}/lists/{SLUG}/find/?q=改善")
    page.emulate_media(media="print")

    hidden = page.locator(".find, .wishes, .ways, .skip")
    assert hidden.count() == 4
    assert [hidden.nth(n).is_visible() for n in range(4)] == [False] * 4
    assert page.locator(".row:visible").count() == page.locator(".row").count() > 1
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize(("path", "left_out"), [("", ".doors"), ("6/", ".list-foot")])
def test_print_leaves_out_what_the_paper_cannot_answer(demo, page, path, left_out):
    page.goto(f"{demo}/lists/{SLUG}/{path}")
    on_screen = page.locator(left_out).is_visible()

    page.emulate_media(media="print")

    assert (on_screen, page.locator(left_out).is_visible()) == (True, False)


@pytest.mark.parametrize(
    ("language", "heads"),
    [("", ("实事项目", "地点、完成时限")), ("en", ("Matter", "Place, deadline"))],
)
def test_each_printed_sheet_of_the_board_has_its_head(demo, page, tmp_path, language, heads):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing: apt install poppler-utils")
    page.goto(f"{demo}/{language}/lists/{SLUG}/".replace("//l", "/l"))
    page.pdf(path=tmp_path / "board.pdf", format="A4", prefer_css_page_size=True)

    told = subprocess.run(
        ["pdftotext", tmp_path / "board.pdf", "-"], capture_output=True, text=True
    )
    sheets = [text for text in told.stdout.split("\f") if text.strip()]

    assert 2 <= len(sheets) <= 3
    assert [[head in text for head in heads] for text in sheets] == [[True, True]] * len(sheets)
