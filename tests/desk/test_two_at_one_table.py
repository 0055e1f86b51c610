"""Two people at one table of drafts: nobody's words are lost."""

from datetime import date

import pytest

from tests import factories
from tests.desk.drafting import at, table, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def items():
    first = factories.Item(title="换座椅", due=date(2026, 6, 30))
    return [first, factories.another(first, title="修浴室")]


@pytest.fixture
def item_list(items):
    return items[0].list


@pytest.fixture
def office(as_, item_list):
    return as_(factories.office(item_list.committee))


def save(client, item_list, **changes):
    return client.post(at("table", item_list), table(client, item_list, **changes))


def titles(item_list):
    return dict(item_list.items.order_by("number").values_list("number", "title"))


def test_a_row_that_somebody_changed_meanwhile_is_not_overwritten(as_, office, item_list):
    colleague = as_(factories.colleague_of(item_list.items.first()))
    sent = table(office, item_list, row_0_title="我的话", row_1_title="我的另一句")
    save(colleague, item_list, row_0_title="别人的话")

    response = office.post(at("table", item_list), sent)

    page, words = response.content.decode(), text_of(response)
    assert response.status_code == 409
    assert titles(item_list) == {1: "别人的话", 2: "修浴室"}
    assert all(mine in page for mine in ("我的话", "我的另一句"))
    assert "现在是： 别人的话" in words
    name = factories.colleague_of(item_list.items.first()).name
    assert name in words


def test_after_a_conflict_the_same_words_can_be_saved(as_, office, item_list):
    colleague = as_(factories.colleague_of(item_list.items.first()))
    sent = table(office, item_list, row_0_title="我的话")
    save(colleague, item_list, row_0_title="别人的话")
    shown = office.post(at("table", item_list), sent).context["table"]
    again = sent | {"row-0-version": shown.rows[0]["version"].value()}

    assert office.post(at("table", item_list), again).status_code == 302
    assert titles(item_list)[1] == "我的话"


def test_two_who_change_different_rows_are_in_nobodys_way(as_, office, item_list):
    colleague = as_(factories.colleague_of(item_list.items.first()))
    sent = table(office, item_list, row_0_title="我的话")
    save(colleague, item_list, row_1_title="别人的话")

    assert office.post(at("table", item_list), sent).status_code == 302
    assert titles(item_list) == {1: "我的话", 2: "别人的话"}


def test_the_version_is_what_holds_the_second_back(as_, office, item_list):
    # The negative control: told the newest version, the last one wins.
    colleague = as_(factories.colleague_of(item_list.items.first()))
    sent = table(office, item_list, row_0_title="我的话")
    save(colleague, item_list, row_0_title="别人的话")
    newest = item_list.items.get(number=1).version

    office.post(at("table", item_list), sent | {"row-0-version": newest})

    assert titles(item_list)[1] == "我的话"


def test_a_row_that_somebody_deleted_meanwhile_is_kept_as_a_new_one(office, items):
    sent = table(office, items[0].list, row_0_title="我的话")
    items[0].delete()

    response = office.post(at("table", items[0].list), sent)

    row = response.context["table"].rows[0]
    assert response.status_code == 409
    assert (row["title"].value(), row["item"].value()) == ("我的话", "")
    assert titles(items[0].list) == {2: "修浴室"}


def test_a_button_pressed_twice_saves_once(office, item_list):
    sent = table(office, item_list, row_0_title="改过", row_2_number="9", row_2_title="新")

    first, second = (office.post(at("table", item_list), sent) for _time in range(2))

    assert first.status_code == 302
    assert second.status_code == 403  # number 9 is there by now
    assert titles(item_list) == {1: "改过", 2: "修浴室", 9: "新"}


def test_a_table_that_was_published_meanwhile_keeps_the_words(office, item_list):
    sent = table(office, item_list, row_0_title="我的话")
    factories.publish(item_list)

    response = office.post(at("table", item_list), sent)

    assert response.status_code == 403
    assert titles(item_list)[1] == "换座椅"
    assert "已公布" in text_of(response)
