"""What to look at in a browser, and how: addresses, sizes, and what counts as a fault."""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

SHOTS = Path(__file__).parents[2] / "test-results" / "shots"
PHONE, SMALL_PHONE, DESK = 360, 320, 1280
LANGUAGES = {"zh": "", "en": "/en"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast"
BROKEN = """options => axe.run(options).then(found =>
    found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target])))"""

# How a page is built: its elements with what styles, names and joins them, whether they hold words,
# and neighbours that are built alike once. Two pages that are built alike, in whatever language,
# differ in nothing that axe looks at.
BUILT = """() => {
    const says = name => ['alt', 'title', 'aria-label', 'placeholder', 'value'].includes(name)
    const other = name => [
        'href', 'hreflang', 'src', 'srcset', 'action', 'content', 'datetime', 'lang'].includes(name)
    const attribute = ({name, value}) => name + '=' + (
        other(name) ? '' : says(name) ? !!value.trim() : value.replace(/[0-9]+/g, '0'))
    const built = node => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() && 'words'
        if (node.nodeType !== Node.ELEMENT_NODE) return ''
        const inner = [...node.childNodes].map(built).filter(Boolean)
        const own = [...node.attributes]
            .filter(({name}) => name !== 'lang' || node.localName === 'html').map(attribute)
        if (node.localName === 'span' && !own.length) return [...new Set(inner)].join('')
        return '<' + [node.localName, ...own].join(' ') + '>' + [...new Set(inner)].join('') + '</>'
    }
    return built(document.documentElement)
}"""

TOO_SMALL = """links => links.filter(link => link.getClientRects().length)
    .map(link => [link.innerText.trim(), link.getBoundingClientRect()])
    .filter(([_, box]) => box.width < 44 || box.height < 44)
    .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""

TOO_NEAR = """links => {
    const shown = links.filter(link => link.getClientRects().length)
    const boxes = shown.map(link => [link.innerText.trim(), link.getBoundingClientRect()])
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


def follow(page, selector, key=None):
    """Click what leads to another page, or press a key on it, and wait until that page is there.

    A click alone returns while the old page still stands, or none does.
    """
    with page.expect_navigation():
        page.press(selector, key) if key else page.click(selector)


def scrolled_sideways(page):
    """Return by how many pixels the page is wider than the screen."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def targets(page, fault):
    """Return the links with this fault; the skip link waits outside the screen."""
    return page.locator("a:not(.skip)").evaluate_all(fault)


def broken_rules(page, rules=WCAG):
    """Return the rules of accessibility that the page breaks, and where.

    Only the violations leave the browser: to hand over all that is well takes most of the time.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(BROKEN, {"runOnly": rules, "resultTypes": ["violations"]})


def keep(page, name):
    """Keep a picture of the whole page, to be looked at, where SHOTS=1 asks for pictures."""
    if os.environ.get("SHOTS") != "1":  # they take a third of the time
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


# Every kind of control, for the pages that have more than links

# What is pressed; a tick is pressed with the whole of its label.
CONTROLS = (
    "a:not(.skip), button, select, summary, label:has(> input[type=checkbox], > input[type=radio]),"
    " input:not([type=hidden], [type=checkbox], [type=radio])"
)
WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; SM-A245F Build/UP1A.231005.007; wv) AppleWebKit/537.36"
    " (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117"
    " MMWEBSDK/20240404 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin"
    " NetType/4G Language/zh_CN ABI/arm64"
)
SLOW = """() => [...document.querySelectorAll('*')].flatMap(element => {
    const style = getComputedStyle(element)
    const last = Math.max(...[style.animationDuration, style.transitionDuration]
        .join().split(',').map(parseFloat))
    return last > 0.2 ? [element.tagName + ' ' + last] : []
})"""


def small_controls(page):
    """Return the links, buttons and fields under 44 pixels, and those too near each other.

    The cells of a table stand side by side, as in a spreadsheet: an edge lies between them.
    A button that only gives Enter its meaning is shown to nobody.
    """
    shown = f":is({CONTROLS}):not([aria-hidden=true])"
    controls = page.locator(shown).locator("visible=true")
    apart = page.locator(f"{shown}:not(table *)").locator("visible=true")
    return controls.evaluate_all(TOO_SMALL) + apart.evaluate_all(TOO_NEAR)


def bad_contrasts(page):
    """Return where the colours are too near; of all the rules only this depends on the scheme."""
    return broken_rules(page, [CONTRAST])


def listen(page):
    """Return a list that fills with what the page complains of and asks other hosts for."""
    faults = []
    page.on("console", lambda said: faults.append(said.text) if not of_status(said) else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if foreign(asked.url) else None)
    return faults


def of_status(said):
    """Tell whether the browser only repeats that the page itself is a 404 or a 500."""
    of_the_page = "/static/" not in said.location["url"]
    return said.text.startswith("Failed to load resource") and of_the_page


def foreign(url):
    return not url.startswith(("http://127.0.0.1:", "data:"))


known = set()  # how the pages are built of which axe found nothing, each with its width


def faults_at(page, width, name):
    """Return what is wrong at this width, in the light and in the dark; keep pictures.

    Axe, which takes longest, looks at one page of those that are built alike.
    """
    found = misfits_at(page, width, name)
    built = (width, page.evaluate(BUILT))
    is_known = built in known
    found += [] if is_known else broken_rules(page)
    page.emulate_media(color_scheme="dark")
    keep(page, f"{name}-{width}-dark")
    found += [] if is_known else bad_contrasts(page)
    if not found:
        known.add(built)
    return found


def misfits_at(page, width, name):
    """Return what doesn't fit at this width, in the light; keep a picture."""
    resize(page, width)
    page.emulate_media(color_scheme="light")
    keep(page, f"{name}-{width}-light")
    wider = scrolled_sideways(page)
    return small_controls(page) + [f"{wider} px too wide"] * bool(wider)
