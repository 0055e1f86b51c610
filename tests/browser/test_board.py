"""The public board as a worker's browser has it: `published_demo` is the list's slug."""

import pytest

from tests.browser import looking


def test_pages_complain_about_nothing_and_ask_nobody_else(live_server, page, published_demo):
    complaints, hosts = [], set()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))

    answers = {}
    for name, path in looking.everywhere(published_demo):
        answers[name] = page.goto(live_server.url + path).status

    assert {name: 404 for name in answers if name.startswith("missing")} == {
        name: status for name, status in answers.items() if status != 200
    }
    assert [text for text in complaints if "404" not in text] == []
    assert hosts == {live_server.url.split("/")[2]}


def test_pages_set_no_cookie(live_server, page, published_demo):
    for _name, path in looking.everywhere(published_demo):
        page.goto(live_server.url + path)

    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [looking.SMALL_PHONE, looking.PHONE, looking.DESK])
def test_pages_fit_the_screen(live_server, page, published_demo, width):
    looking.resize(page, width)
    faults = {}

    for name, path in looking.everywhere(published_demo):
        page.goto(live_server.url + path)
        faults[name] = (
            looking.scrolled_sideways(page),
            looking.targets(page, looking.TOO_SMALL),
            looking.targets(page, looking.TOO_NEAR),
        )

    assert {name: fault for name, fault in faults.items() if fault != (0, [], [])} == {}


def test_pages_fit_a_phone_at_twice_the_text(live_server, page, published_demo):
    looking.resize(page, looking.PHONE)
    wider = {}

    for name, path in looking.everywhere(published_demo):
        page.goto(live_server.url + path)
        page.evaluate("document.documentElement.style.fontSize = '212%'")
        wider[name] = looking.scrolled_sideways(page)

    assert {name: pixels for name, pixels in wider.items() if pixels} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [looking.PHONE, looking.DESK])
def test_pages_are_for_every_eye(live_server, new_context, published_demo, scheme, width):
    page = new_context(color_scheme=scheme).new_page()
    looking.resize(page, width)
    broken = {}

    for name, path in looking.everywhere(published_demo):
        page.goto(live_server.url + path)
        looking.keep(page, f"{name}-{width}-{scheme}")
        broken[name] = looking.broken_rules(page)

    assert {name: rules for name, rules in broken.items() if rules} == {}


def test_measures_see_faults(live_server, page, published_demo):
    # The negative control: with the care taken away, each measure above must find something.
    looking.resize(page, looking.SMALL_PHONE)
    page.goto(f"{live_server.url}/lists/{published_demo}/")

    page.evaluate(
        """for (const sheet of document.styleSheets) sheet.disabled = true
        document.querySelector('h1').style.width = '999px'
        document.querySelector('h1').style.color = '#eee'"""
    )

    assert looking.scrolled_sideways(page) > 0
    assert looking.targets(page, looking.TOO_SMALL) != []
    assert looking.targets(page, looking.TOO_NEAR) != []
    assert [rule for rule, _where in looking.broken_rules(page)] != []


def test_worker_finds_an_item_without_javascript(live_server, new_context, published_demo):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url)

    page.click("a.onward")
    page.click("a[href$='/in_progress/']")
    rows = page.locator(".row h3").all_inner_texts()
    page.click(".row h3 a")

    assert [text.split()[0] for text in rows] == ["4", "17", "18"]
    assert page.locator("h1").inner_text().split()[-1] == "改善一线职工浴室"
    page.click("a[hreflang=en]")
    assert page.url == f"{live_server.url}/en/lists/{published_demo}/4/"


def test_keyboard_skips_to_the_content(live_server, page, published_demo):
    page.goto(f"{live_server.url}/lists/{published_demo}/")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0


def test_whole_row_leads_to_its_item(live_server, page, published_demo):
    looking.resize(page, looking.PHONE)
    page.goto(f"{live_server.url}/lists/{published_demo}/")

    row = page.locator(".items .row").nth(3)
    row.click(position={"x": 20, "y": row.bounding_box()["height"] - 5})

    assert page.url == f"{live_server.url}/lists/{published_demo}/4/"
