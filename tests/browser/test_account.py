"""The pages of one's own account in a browser, on phones and on a desk, in light and dark."""

import pytest
from django.conf import settings

from items.actions.invitation import invite
from items.models import Person
from tests.browser import looking

PASSWORD = "a long enough password"
LANGUAGE = pytest.mark.parametrize("prefix", looking.LANGUAGES.values())


@pytest.fixture
def person(live_server):
    return Person.objects.create_user("zhang", password=PASSWORD, name="张伟")


@pytest.fixture
def faults(page):
    """Return what the page complains of, but for a page that is meant to be missing."""
    said = []
    page.on("console", lambda line: looking.of_status(line) or said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def log_in(page):
    page.locator("#id_login").fill("zhang")
    page.locator("#id_password").fill(PASSWORD)
    looking.follow(page, "button.main")


def look(page, name):
    """Return what is wrong at each width, in the light and in the dark; keep pictures."""
    found = []
    for width in (looking.SMALL_PHONE, looking.PHONE, looking.DESK):
        looking.resize(page, width)
        found += [f"{width}: sideways"] * bool(looking.scrolled_sideways(page))
        found += looking.small_controls(page)
        looking.keep(page, f"{name}-{width}")
    found += looking.broken_rules(page)
    page.emulate_media(color_scheme="dark")
    found += looking.bad_contrasts(page)
    looking.keep(page, f"{name}-dark")
    page.emulate_media(color_scheme="light")
    return [(name, fault) for fault in found]


@LANGUAGE
def test_every_page_of_the_account(page, live_server, person, faults, prefix):
    site, found = live_server.url + prefix, []
    for path in ("login/", "password/reset/", f"invitation/{invite(person)}/", "invitation/x/"):
        page.goto(f"{site}/account/{path}")
        found += look(page, f"account{prefix}-{path.split('/')[0]}".replace("/", "-"))
    page.goto(f"{site}/account/login/")
    looking.follow(page, "button.main")
    found += look(page, "account-login-wrong")
    log_in(page)
    for path in ("sessions/", "password/", "logout/"):
        page.goto(f"{site}/account/{path}")
        found += look(page, f"account-{path[:-1]}")

    assert found == []
    assert faults == []


@LANGUAGE
def test_what_was_typed_outlives_the_login(page, live_server, person, faults, prefix):
    page.goto(f"{live_server.url}{prefix}/account/login/")
    log_in(page)
    page.goto(f"{live_server.url}{prefix}/account/password/")
    # No page of ours has a field for text yet: this stands for one of the desk's.
    page.evaluate(
        "document.querySelector('#id_old_password').outerHTML = '<textarea name=note></textarea>'"
    )
    page.locator("textarea").fill("暖气片换好了\n第二行")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    looking.follow(page, "button.main")

    assert page.locator("textarea").input_value() == "暖气片换好了\n第二行"
    assert look(page, f"held{prefix}".replace("/", "-")) == []
    with page.context.expect_page() as opened:
        page.locator("main a").click()
    log_in(opened.value)
    opened.value.wait_for_url("**/desk/")
    page.bring_to_front()
    for _ in range(2):  # once more, since the login has changed the token
        assert page.locator("textarea").input_value() == "暖气片换好了\n第二行"
        looking.follow(page, "button.main")
    assert page.locator("#id_old_password").count() == 1
    assert page.locator(".errors").count() == 1
