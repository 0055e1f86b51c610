"""Every public page in every state, as a real browser has it from a real server.

The addresses and states are in every_page.py; SHOTS=1 keeps pictures in test-results/shots.
"""

import pytest

from tests.browser import looking
from tests.browser.every_page import LIST, REGISTRY, STATES, expected, visits
from tests.test_access import ADDRESSES, who_may

WIDTHS = [looking.PHONE, looking.DESK]
LANGUAGE = pytest.mark.parametrize("language", looking.LANGUAGES)
WITH_PICTURES = 250_000
FIRST_LOAD = 14_000  # bytes over the wire, headers included: what arrives before the first answer


def test_every_address_is_in_the_registry():
    public = {name for name, _path in ADDRESSES if who_may(name) == "public"}

    assert set(REGISTRY) == public


def test_every_page_is_seen_in_every_state():
    bare = {name: STATES - set(states) for name, states in REGISTRY.items()}

    assert {name: missing for name, missing in bare.items() if missing} == {
        name: {"empty", "error"} for name in REGISTRY if name.startswith("large:")
    }


@LANGUAGE
def test_every_page(sites, new_context, language):
    page = new_context().new_page()
    complaints = looking.listen(page)
    faults = {}

    for name, site, path in visits(language):
        status = page.goto(sites[site] + path).status
        found = [] if status == expected(name, site) else [status]
        for width in WIDTHS:
            found += looking.faults_at(page, width, f"{name}-{language}")
        faults[name] = found + complaints
        complaints.clear()

    assert {name: found for name, found in faults.items() if found} == {}


def test_every_page_in_the_colours_of_the_reader(sites, new_context):
    page = new_context(forced_colors="active", reduced_motion="reduce").new_page()
    looking.resize(page, looking.PHONE)
    faults = {}

    for name, site, path in visits("en"):  # the longer words; the colours are the same
        page.goto(sites[site] + path)
        looking.keep(page, f"{name}-forced")
        faults[name] = page.evaluate(looking.SLOW) + looking.small_controls(page)
        faults[name] += [name] * bool(looking.scrolled_sideways(page))

    assert {name: found for name, found in faults.items() if found} == {}


# A phone reads in one of the languages: nothing that it may trip over depends on the words.
PHONES = {
    "en": {"java_script_enabled": False},
    "zh": {"user_agent": looking.WECHAT, "is_mobile": True},
}


@LANGUAGE
def test_every_page_says_the_same_to_every_phone(sites, new_context, language):
    usual, phone = new_context().new_page(), new_context(**PHONES[language]).new_page()
    complaints = looking.listen(phone)
    different = []

    for name, site, path in visits(language):
        words = words_of(usual, sites[site] + path)
        assert words[1]
        if words_of(phone, usual.url) != words:
            different.append(name)

    assert different == []
    assert complaints == []


def words_of(page, address):
    """Return what a page says: its title and everything under it."""
    page.goto(address)
    return page.title(), page.locator("main").inner_text()


@LANGUAGE
@pytest.mark.parametrize(
    "path",
    [LIST, f"{LIST}4/", f"{LIST}1/", "/suggest/", "/answer/", "/how-to-read/", "/privacy/"],
    ids=["board", "open", "done", "suggest", "answer", "how", "privacy"],
)
def test_first_load_fits_the_first_answer(sites, new_context, language, path):
    page = new_context().new_page()
    wire = page.context.new_cdp_session(page)
    loaded, pictures = {}, set()

    def note(answer):
        if answer["type"] == "Image" and "/photos/" in answer["response"]["url"]:
            pictures.add(answer["requestId"])

    wire.on("Network.responseReceived", note)
    wire.on(
        "Network.loadingFinished",
        lambda event: loaded.update({event["requestId"]: event["encodedDataLength"]}),
    )
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})

    page.goto(sites["demo"] + looking.LANGUAGES[language] + path, wait_until="networkidle")

    before_pictures = [size for asked, size in loaded.items() if asked not in pictures]
    assert len(before_pictures) >= 4  # the page and its style sheets
    assert sum(before_pictures) <= FIRST_LOAD
    assert sum(loaded.values()) <= WITH_PICTURES


# The negative control: with the care taken away, each measure must find something


def test_measures_see_faults_of_every_kind(sites, new_context):
    page = new_context().new_page()
    complaints = looking.listen(page)
    page.goto(sites["demo"] + LIST)

    page.evaluate(
        """for (const sheet of document.styleSheets) sheet.disabled = true
        document.querySelector('h1').style.width = '9999px'
        document.querySelector('h1').style.color = '#eee'
        document.querySelector('h1').style.transition = 'color 1s'
        document.querySelector('main').removeAttribute('id')
        document.body.append(Object.assign(new Image(), {src: 'http://localhost:9/'}))"""
    )

    assert looking.small_controls(page) != []
    assert looking.broken_rules(page) != []
    assert looking.bad_contrasts(page) != []
    assert looking.scrolled_sideways(page) > 0
    assert page.evaluate(looking.SLOW) != []
    assert complaints != []


FAULTS = {
    "no language": "document.documentElement.removeAttribute('lang')",
    "an empty link": "document.querySelector('main a').innerText = ' '",
    "a field without its label": "document.querySelector('label').removeAttribute('for')",
    "no place to skip to": "document.querySelector('main').removeAttribute('id')",
    "another colour": "document.querySelector('main p').style.color = '#eee'",
    "a level left out": "document.querySelector('h2').outerHTML = '<h4>words</h4>'",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_page_with_a_fault_is_built_otherwise(sites, new_context, fault):
    page = new_context().new_page()
    page.goto(f"{sites['demo']}{LIST}find/?group=in_progress")
    sound = page.evaluate(looking.BUILT)
    page.goto(f"{sites['demo']}/en{LIST}find/?group=in_progress")
    assert page.evaluate(looking.BUILT) == sound

    page.evaluate(FAULTS[fault])

    assert page.evaluate(looking.BUILT) != sound
    assert looking.faults_at(page, looking.DESK, "fault") != []
    assert looking.faults_at(page, looking.DESK, "fault") != []  # nobody remembers it as sound
