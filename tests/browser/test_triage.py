"""Triage in a browser: ten suggestions in 25 clicks, the digits, and no script needed."""

import pytest

from items import actions, models
from tests import factories
from tests.browser import looking
from tests.factories import TODAY, days

PASSWORD = "correct horse battery"
MOST = 25  # clicks for ten suggestions, from My desk


@pytest.fixture
def office(live_server):
    """Return somebody of an office to which ten suggestions came, two of them in moderation."""
    committee = factories.Committee()
    person = factories.office(committee)
    person.set_password(PASSWORD)
    person.save()
    factories.Category(committee=committee, name="生活后勤")
    factories.supervising(committee)
    for number in range(10):
        came = {"words": f"第{number}号门不好开", "moderated": number > 7}
        factories.suggestion(committee, TODAY - days(20 - number), **came)
    return person


@pytest.fixture
def at_desk(live_server, new_context, office):
    def logged_in(**context):
        page = new_context(**context).new_page()
        looking.resize(page, 1280)
        page.goto(f"{live_server.url}/desk/")
        page.fill("#id_login", office.username)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url("**/desk/")
        page.clicks = 0
        return page

    return logged_in


def click(page, selector, *, leads_on=False):
    page.clicks += 1
    if leads_on:
        looking.follow(page, selector)
    else:
        page.click(selector)


def write(page, text):
    click(page, "#id_text")
    page.keyboard.type(text)


@pytest.mark.parametrize("javascript", [True, False])
def test_ten_suggestions_in_twenty_five_clicks(at_desk, javascript):
    page = at_desk(java_script_enabled=javascript)

    click(page, '.desk-nav a[href="/desk/suggestions/"]', leads_on=True)
    for number in range(2):  # let in
        click(page, f"#moderation .tick >> nth={number}")
    click(page, "button[name=let_in]", leads_on=True)
    click(page, "#received .row a >> nth=0", leads_on=True)
    for _each in range(3):  # sorted; each leads to the next
        click(page, ".marks .choices label:has-text('生活后勤')")
        click(page, "button[value=sort]", leads_on=True)
    for _each in range(3):  # answered
        write(page, "门已经修好，早班看过。")
        click(page, "button[value=settle]", leads_on=True)
    for _each in range(2):  # answered, and shown to everyone
        write(page, "这扇门归公司管，已转交。")
        click(page, ".reasons .choices label >> nth=0")
        click(page, "#id_show")
        click(page, "button[value=decline]", leads_on=True)

    said = models.Suggestion.objects.all()
    assert said.counted().count() == 10
    assert said.exclude(category=None).count() == 3
    assert said.filter(status="to_confirm").count() == 3
    assert said.shown().filter(status="not_adopted").count() == 2
    assert page.clicks <= MOST


def test_digit_answers_while_nobody_types(at_desk):
    page = at_desk()
    looking.follow(page, '.desk-nav a[href="/desk/suggestions/"]')
    looking.follow(page, "#received .row a >> nth=0")

    page.click(".marks .choices label:has-text('生活后勤')")  # a choice is no typing
    page.keyboard.press("w")
    page.keyboard.type("2号门修好了")
    assert page.input_value("#id_text") == "2号门修好了"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    looking.follow(page, "body", key="2")

    settled = models.Suggestion.objects.get(status="to_confirm")
    assert settled.category.name == "生活后勤"
    assert settled.entries.get(verb="settle").text == "2号门修好了"


def test_keys_name_what_the_digits_do(at_desk):
    page = at_desk()
    looking.follow(page, '.desk-nav a[href="/desk/suggestions/"]')
    looking.follow(page, "#received .row a >> nth=0")

    page.keyboard.press("?")

    keys = dict(
        zip(*(page.locator(f"#keys {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True)
    )
    assert keys["3"] == "不采纳"
    assert keys["0"] == "记下，看下一条"


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_triage_have_no_fault(at_desk, live_server, office, width):
    page, committee = at_desk(), office.roles.get().committee
    actions.set_ready_answers(committee, by=office, answers=[("不归本厂", "已转交公司。")])
    waiting = models.Suggestion.objects.counted().first()
    paths = ["/desk/suggestions/", f"/desk/suggestions/{waiting.pk}/"]
    paths += [f"/desk/ready-answers/{committee.slug}/"]
    faults = []

    for path in paths:
        page.goto(live_server.url + path)
        faults += looking.faults_at(page, width, f"triage{path.replace('/', '-')}{width}")

    assert "\n".join(faults) == ""
