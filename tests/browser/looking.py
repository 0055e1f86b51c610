"""What to look at in a browser, and how: addresses, sizes, and what counts as a fault."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

SHOTS = Path(__file__).parents[2] / "test-results" / "shots"
PHONE, SMALL_PHONE, DESK = 360, 320, 1280
LANGUAGES = {"zh": "", "en": "/en"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

TOO_SMALL = """links => links
    .map(link => [link.innerText.trim(), link.getBoundingClientRect()])
    .filter(([_, box]) => box.width < 44 || box.height < 44)
    .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""

TOO_NEAR = """links => {
    const boxes = links.map(link => [link.innerText.trim(), link.getBoundingClientRect()])
    const gap = (a, b) => Math.max(
        b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom)
    return boxes.flatMap(([words, box], i) => boxes.slice(i + 1)
        .filter(([_, other]) => gap(box, other) < 7.9)
        .map(([others]) => `${words} and ${others}`))
}"""


def pages(slug):
    """Return each kind of public page by its name: ideal, empty and in error."""
    board = f"/lists/{slug}/"
    return {
        "home": "/",
        "board": board,
        "group": f"{board}resolved/",
        "empty-group": f"{board}withdrawn/",
        "item-open": f"{board}4/",
        "item-resolved": f"{board}1/",
        "missing": f"{board}999/",
    }


def everywhere(slug):
    """Yield a name and an address for each page in each language."""
    for language, prefix in LANGUAGES.items():
        for name, path in pages(slug).items():
            yield f"{name}-{language}", prefix + path


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 800})


def scrolled_sideways(page):
    """Return by how many pixels the page is wider than the screen."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def targets(page, fault):
    """Return the links with this fault; the skip link waits outside the screen."""
    return page.locator("a:not(.skip)").evaluate_all(fault)


def broken_rules(page):
    """Return the rules of accessibility that the page breaks, and where."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response
    return [(rule["id"], node["target"]) for rule in found["violations"] for node in rule["nodes"]]


def keep(page, name):
    """Keep a picture of the whole page, to be looked at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
