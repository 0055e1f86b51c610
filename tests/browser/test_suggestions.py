"""A worker's phone: 360 pixels, JavaScript on or off, a network that comes and goes."""

import re

import pytest
from django.core.cache import cache

from items import actions, models
from tests import factories
from tests.browser import looking
from tests.photos import corpus
from welfare.suggestions import tokens

WORDS = "休息室没有空调，\n夏天坐不住人。"


@pytest.fixture
def committee(live_server, monkeypatch):
    monkeypatch.setattr(tokens, "TOO_FAST", -tokens.TOO_FAST)  # a browser types at once
    cache.clear()
    committee = factories.Committee(slug="plant")
    today = factories.date.today()
    when = {"opens_on": today, "closes_on": today, "answer_by": today + factories.days(20)}
    call = actions.write_call(
        committee,
        by=factories.office(committee),
        title="说说心里话",
        purpose="什么都可以说",
        issuer="活动办公室",
        **when,
    )
    actions.issue_call(call, by=factories.office(committee))
    return committee


@pytest.fixture
def snapshot(tmp_path):
    file = tmp_path / "IMG_2041.JPG"
    file.write_bytes(corpus.saved(corpus.noise(1600, 1200), quality=92, exif=corpus.exif(6)))
    return file


def look(page, name):
    """Return what is wrong on a phone and on a desk; keep pictures."""
    found = []
    for width in (looking.PHONE, looking.DESK):
        found += looking.faults_at(page, width, f"voice-{name}")
        page.emulate_media(color_scheme="light")
    looking.resize(page, looking.PHONE)
    return [(name, fault) for fault in found]


def foreign(complaints, live_server):
    """Return what the page complained of and asked others for, but for its own addresses."""
    return [said for said in complaints if not said.startswith(live_server.url)]


@pytest.mark.parametrize("prefix", looking.LANGUAGES.values())
def test_worker_without_javascript_sends_with_a_photo_and_reads_the_answer(
    committee, live_server, new_context, snapshot, prefix
):
    page = new_context(java_script_enabled=False, user_agent=looking.WECHAT).new_page()
    looking.resize(page, looking.PHONE)
    page.goto(f"{live_server.url}{prefix}/suggest/?where=食堂")
    looking.follow(page, "button.main")
    assert page.locator(".errors").count() == 1
    page.fill("textarea", WORDS)
    page.set_input_files("#id_photos", snapshot)
    looking.follow(page, "button.main")

    code = page.inner_text("#code")
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    sent = models.Suggestion.objects.get()
    assert (sent.location, sent.in_moderation, sent.photos.count()) == ("食堂", False, 1)

    actions.ask_back(sent, by=factories.office(committee), text="哪一间？")
    page.goto(f"{live_server.url}{prefix}/answer/")
    page.fill("#id_code", code.lower())
    looking.follow(page, "button.main")
    assert "哪一间？" in page.inner_text("main")
    page.fill("textarea", "东头那间")
    looking.follow(page, "button.main")
    assert page.locator(".said").count() == 1
    assert sent.entries.last().text == "东头那间"
    assert code not in page.url + page.title()


def test_what_is_typed_survives_a_reload_and_a_lost_network(
    committee, live_server, new_context, page
):
    looking.resize(page, looking.PHONE)
    complaints = looking.listen(page)
    page.goto(f"{live_server.url}/suggest/")
    page.fill("textarea", WORDS)
    page.fill("#id_location", "二号高炉")
    page.reload()
    assert page.input_value("textarea") == WORDS
    assert page.locator("[data-kept]").is_visible()

    page.context.set_offline(True)
    page.click("button.main")
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/suggest/")
    assert (page.input_value("textarea"), page.input_value("#id_location")) == (WORDS, "二号高炉")
    looking.follow(page, "button.main")
    code = page.inner_text("#code")
    page.goto(f"{live_server.url}/suggest/")

    assert page.input_value("textarea") == ""
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert models.Suggestion.objects.get().code_hash
    assert len(code) == 19
    assert [said for said in foreign(complaints, live_server) if "ERR_INTERNET" not in said] == []


def test_phone_remembers_a_code_only_where_that_is_chosen(committee, live_server, page):
    """One tap reads the answer; each receipt, or all of them, can be forgotten."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    codes = []
    for words in (WORDS, "食堂的菜太咸"):
        page.goto(f"{live_server.url}/suggest/")
        page.fill("textarea", words)
        looking.follow(page, "button.main")
        codes.append(page.inner_text("#code"))
        assert page.evaluate("localStorage.length") == 0
        page.click("[data-remember] button")
        assert page.locator("[data-remember] span").is_visible()
        assert page.locator("[data-remember] button").is_hidden()

        page.goto(f"{live_server.url}/answer/")
        if len(codes) == 1:  # the second is chosen anew
            page.click("[data-forget]")
            assert page.locator("[data-receipts]").is_hidden()
            assert page.evaluate("localStorage.length") == 0

    page.goto(f"{live_server.url}/answer/")
    looking.follow(page, "[data-open]")
    assert "食堂的菜太咸" in page.inner_text("main")
    assert page.locator("[data-remember] button").is_hidden()

    page.goto(f"{live_server.url}/answer/")
    page.click("[data-forget-all]")
    assert page.evaluate("localStorage.length") == 0

    page.goto(f"{live_server.url}/answer/#{codes[0].lower()}")
    page.wait_for_selector("blockquote, .lead, h2")
    page.wait_for_function("document.title.includes('您的意见建议')")
    assert WORDS.split()[0] in page.inner_text("main")
    assert "#" not in page.url
    assert [url for url in asked if any(code in url.upper() for code in codes)] == []


def test_what_is_typed_never_meets_whoever_comes_next(committee, live_server, page):
    """Another tab of the same browser, or the same one an hour later, shows nothing of it."""
    page.goto(f"{live_server.url}/suggest/")
    page.evaluate("localStorage.setItem('kept-suggest', '{}')")  # of an earlier version
    page.fill("textarea", WORDS)
    next_person = page.context.new_page()
    next_person.goto(f"{live_server.url}/suggest/")

    assert next_person.input_value("textarea") == ""
    assert next_person.evaluate("localStorage.length") == 0
    page.reload()
    assert page.input_value("textarea") == WORDS  # the control: whoever wrote it has it back
    page.evaluate(
        """() => {
            const kept = JSON.parse(sessionStorage.getItem("kept-suggest"));
            kept.at -= 61 * 60 * 1000;
            sessionStorage.setItem("kept-suggest", JSON.stringify(kept));
        }"""
    )
    page.reload()
    assert page.input_value("textarea") == ""


def test_second_press_sends_nothing_twice_and_deleting_clears(committee, live_server, page):
    page.goto(f"{live_server.url}/suggest/")
    page.fill("textarea", WORDS)
    page.reload()
    page.click("[data-kept] button")
    page.wait_for_function("document.querySelector('textarea').value === ''")
    page.fill("textarea", WORDS)
    page.dblclick("button.main")
    page.wait_for_selector("#code")
    assert models.Suggestion.objects.count() == 1
    page.wait_for_selector("[data-copy]", state="visible")


@pytest.mark.parametrize("prefix", looking.LANGUAGES.values())
def test_every_page_of_the_voice(committee, live_server, page, prefix):
    """Look at each page in each of its states."""
    complaints, found, name = looking.listen(page), [], prefix.strip("/") or "zh"
    page.goto(f"{live_server.url}{prefix}/suggest/")
    page.click("summary")
    found += look(page, f"suggest-{name}")
    looking.follow(page, "button.main")
    found += look(page, f"suggest-wrong-{name}")
    page.fill("textarea", WORDS)
    looking.follow(page, "button.main")
    found += look(page, f"receipt-{name}")
    code = page.inner_text("#code")
    page.goto(f"{live_server.url}{prefix}/answer/")
    found += look(page, f"code-{name}")
    page.fill("#id_code", "7KQ2")
    looking.follow(page, "button.main")
    found += look(page, f"code-wrong-{name}")
    sent = models.Suggestion.objects.get()
    actions.ask_back(sent, by=factories.office(committee), text="哪一间？")
    page.fill("#id_code", code)
    looking.follow(page, "button.main")
    found += look(page, f"asked-{name}")

    assert found == []
    assert foreign(complaints, live_server) == []
