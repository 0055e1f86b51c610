"""Every page of the desk in every state, as a real browser has it from a real server."""

import pytest

from tests.browser import looking
from tests.browser.desk_pages import AT_THEIR_MOMENT, REGISTRY, STATES, visits
from tests.browser.serving import PASSWORD
from tests.test_access import ADDRESSES

LANGUAGE = pytest.mark.parametrize("language", looking.LANGUAGES)


def test_every_address_of_the_desk_is_in_the_registry():
    desk = {name for name, _path in ADDRESSES if name.startswith("desk:")}

    assert set(REGISTRY) | AT_THEIR_MOMENT == desk


def test_every_page_of_the_desk_is_seen_in_every_state():
    assert {name: STATES - set(states) for name, states in REGISTRY.items()} == {
        name: set() for name in REGISTRY
    }


@pytest.fixture
def people(sites, new_context):
    """Return a page for each person, logged in as they first look."""
    pages = {}

    def page_of(who):
        if who not in pages:
            page = pages[who] = new_context().new_page()
            page.goto(f"{sites['demo']}/account/login/")
            page.fill("#id_login", who)
            page.fill("#id_password", PASSWORD)
            page.press("#id_password", "Enter")
            page.wait_for_url("**/desk/")
            page.complaints = looking.listen(page)
        return pages[who]

    return page_of


OPEN = "folded => folded.forEach(each => each.open = true)"


@LANGUAGE
def test_every_page_of_the_desk(sites, people, language):
    faults = {}

    for name, visit, path in visits(looking.LANGUAGES[language]):
        page = people(visit.who)
        page.emulate_media(color_scheme="light")
        status = page.goto(sites["demo"] + path).status
        if visit.sends:
            with page.expect_navigation() as answer:
                page.locator("main details").evaluate_all(OPEN)
                page.locator("main button.main").last.click()
            status = answer.value.status
        found = [] if status == visit.status else [status]
        found += looking.misfits_at(page, looking.DESK, f"{name}-{language}")
        found += looking.faults_at(page, looking.PHONE, f"{name}-{language}")
        faults[name] = found + page.complaints
        page.complaints.clear()

    assert {name: found for name, found in faults.items() if found} == {}
