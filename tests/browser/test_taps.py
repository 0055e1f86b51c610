"""How far a worker's questions are from the code on the wall: taps, and what stands on a screen."""

import pytest
from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.every_page import LIST

SCREEN = 640  # px: a small phone's, in WeChat
ANSWERED = 1300  # px: answer, path, people and measures of an item


@pytest.fixture
def phone(sites, new_context):
    """Return the home page on a phone without JavaScript."""
    page = new_context(
        java_script_enabled=False, viewport={"width": looking.PHONE, "height": SCREEN}
    ).new_page()
    page.goto(sites["demo"])
    return page


def bottom(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


def test_first_screen_answers_and_lets_one_speak(phone):
    for said in ("没有逾期", "等核查", "30天内有新进展"):
        expect(phone.get_by_text(said).first).to_be_visible()
    assert bottom(phone.get_by_role("link", name="我有话说")) <= SCREEN
    assert bottom(phone.get_by_role("link", name="查我的答复")) <= SCREEN


def test_what_changed_and_who_is_responsible_take_no_tap(phone):
    expect(phone.get_by_role("heading", name="近7天")).to_be_visible()
    expect(phone.get_by_text("设备副厂长牵头").first).to_be_visible()


def test_rest_room_is_two_taps_away(phone):
    phone.get_by_role("navigation", name="按地点").get_by_role("link", name="高炉车间").click()
    phone.get_by_role("link", name="2 改善一线职工休息室", exact=True).click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("改善一线职工休息室")


def test_saying_something_is_one_tap_away(phone):
    phone.get_by_role("link", name="我有话说").click()

    expect(phone.get_by_label("什么事")).to_be_visible()


def test_numbers_open_at_their_items(phone):
    phone.get_by_role("link", name="推进中").first.click()

    expect(phone.get_by_role("link", name="治理矿槽转运点粉尘").last).to_be_visible()
    assert phone.url.endswith("/in_progress/#found")


@pytest.mark.parametrize("number", [1, 2, 4, 17, 18])
def test_item_answers_within_two_screens(sites, new_context, number):
    page = new_context(viewport={"width": looking.PHONE, "height": SCREEN}).new_page()
    page.goto(f"{sites['demo']}{LIST}{number}/")

    assert bottom(page.locator(".answer")) <= SCREEN
    assert bottom(page.locator(".measures")) <= ANSWERED


def test_staff_go_from_an_item_to_the_desk_and_back_after_login(sites, new_context):
    from tests.browser.serving import PASSWORD

    page = new_context().new_page()
    page.goto(f"{sites['demo']}{LIST}4/")
    page.get_by_role("link", name="工作人员办理").click()
    page.fill("#id_login", "office")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")

    expect(page).to_have_url(f"{sites['demo']}/desk{LIST}4/")
