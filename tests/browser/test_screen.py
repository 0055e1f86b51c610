"""The screen on the wall in a real browser: nothing is cut off, grows or goes away."""

import pytest
from django.utils.timezone import localdate

from items import queries
from tests import factories
from tests.factories import at, days
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.browser
SIZES = [(1920, 1080), (3840, 2160), (1080, 1920), (2160, 3840)]
LONG_ZH, LONG_EN = "更换主控室操作座椅" * 22 + "共十六", "Replace the worn chairs " * 12 + "room"

# What is wider or higher than its place, or smaller than 24 px on a screen of 1080 lines
FAULTS = """() => {
    // Of what there is no room for, nothing is shown: it stands wholly beside its column.
    const beside = row => {
        const line = row.closest('section li')
        return line && line.getBoundingClientRect().left
            >= line.parentNode.getBoundingClientRect().right
    }
    const root = document.documentElement
    const least = 24 * Math.min(innerWidth, innerHeight) / 1080
    const shown = [...document.querySelectorAll('main *')].filter(
        row => row.getClientRects().length && !row.closest('.unseen, svg') && !beside(row))
    const words = shown.filter(row => [...row.childNodes].some(
        node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    return [
        ...(root.scrollHeight > innerHeight ? ['too high: ' + root.scrollHeight] : []),
        ...(root.scrollWidth > innerWidth ? ['too wide: ' + root.scrollWidth] : []),
        ...words.filter(row => parseFloat(getComputedStyle(row).fontSize) < least - .1)
            .map(row => 'too small: ' + row.outerHTML.slice(0, 80)),
        ...[...document.querySelectorAll('section li')].filter(row => !beside(row)
            && row.getBoundingClientRect().bottom
                > row.parentNode.getBoundingClientRect().bottom + 1)
            .map(row => 'cut off: ' + row.outerHTML.slice(0, 80)),
        ...words.filter(row => row.getBoundingClientRect().bottom > innerHeight
            || row.getBoundingClientRect().right > innerWidth + 1)
            .map(row => 'outside: ' + row.outerHTML.slice(0, 80)),
    ]
}"""


@pytest.fixture
def item_list(live_server):
    """Publish a list of thirty items whose titles are as long as can be, in every state."""
    today = localdate()
    titled = {"title": LONG_ZH[:200], "title_en": LONG_EN[:300], "due": today + days(30)}
    first = factories.Item(**titled)
    for number in range(2, 31):
        factories.another(first, measures=["换新"], **(titled if number % 3 else {}))
    factories.publish(first.list, on=today - days(20))
    items = list(first.list.items.published().order_by("number")[:4])
    for item in items:
        factories.start(fresh(item), now=at(today - days(2)))
    factories.claim(fresh(items[0]), now=at(today - days(1)), note="逐把换新，逐把试坐" * 20)
    factories.hold(fresh(items[1]), now=at(today - days(1)))
    factories.withdraw(fresh(items[2]), now=at(today - days(1)))
    return first.list


@pytest.mark.parametrize("language", ["", "/en"])
def test_nothing_is_cut_off_on_any_page(live_server, item_list, new_context, language):
    page, faults = new_context().new_page(), {}
    pages = queries.screen(item_list.slug, localdate()).pages
    assert pages > 2
    for number in range(1, pages + 1):
        page.goto(f"{live_server.url}{language}/lists/{item_list.slug}/screen/{number}/")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            faults[number, width, height] = page.evaluate(FAULTS)

    assert {place: found for place, found in faults.items() if found} == {}


def test_it_turns_by_itself_and_stays_without_network(live_server, item_list, new_context):
    page = new_context().new_page()
    page.clock.install()
    address = f"{live_server.url}/lists/{item_list.slug}/screen/"
    page.goto(address)
    pages = queries.screen(item_list.slug, localdate()).pages
    turned = page.locator("aside").get_by_text(f"第2页，共{pages}页")
    assert page.locator("aside").inner_text() != turned

    page.clock.run_for(15_000)
    turned.wait_for()
    page.context.set_offline(True)
    page.clock.run_for(15_000)
    page.locator("#old").wait_for()
    assert "起连不上网" in page.locator("#old").inner_text()
    assert turned.is_visible()
    page.context.set_offline(False)
    page.clock.run_for(15_000)
    page.locator("#old").wait_for(state="hidden")
    assert page.url == address


def test_nothing_grows_over_a_day(live_server, new_context):
    item_list = factories.item_at("in_progress").list  # of one page, which renews itself
    page = new_context().new_page()
    page.clock.install()
    address = f"{live_server.url}/lists/{item_list.slug}/screen/"
    text = page.request.get(address).text()
    page.goto(address)
    asked = []
    page.route(
        "**/screen/**",
        lambda route: (asked.append(1), route.fulfill(body=text, content_type="text/html")),
    )
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def turns(count):
        for _time in range(count):
            with page.expect_response("**/screen/**"):
                page.clock.run_for(60_000)
        devtools.send("HeapProfiler.collectGarbage")
        found = {
            row["name"]: row["value"] for row in devtools.send("Performance.getMetrics")["metrics"]
        }
        return found["Nodes"], found["Documents"], found["JSHeapUsedSize"]

    nodes, documents, heap = turns(60)
    later = turns(MINUTES - 60)

    assert len(asked) == MINUTES
    # A page or two that came last may wait to be collected; a leak would keep a thousand.
    assert later[0] <= nodes * 4
    assert later[1] <= documents + 4
    assert later[2] <= heap + 1_000_000


MINUTES = 24 * 60
