"""The page with a text for a chat group: from a list, a table with its filter, and a queue."""

import re

import pytest

from tests import factories
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


def path_of(item):
    return f"/desk/lists/{item.list.slug}/chat_text/"


def text_of(answer):
    return re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.S)[1]


def test_list_table_and_queue_lead_to_it(as_):
    item = factories.item_at("in_progress")
    office, owner = as_(factories.office_of(item)), as_(factories.owner_of(item))
    at = f"/desk/lists/{item.list.slug}/"

    assert f'href="{path_of(item)}"' in office.get(at).content.decode()
    table = office.get(f"{at}table/?status=in_progress&sort=-due").content.decode()
    assert f'href="{path_of(item)}?status=in_progress&amp;sort=-due"' in table
    for page in ("/desk/", "/desk/mine/"):
        assert 'href="/desk/mine/chat_text/"' in owner.get(page).content.decode()


def test_page_holds_the_text_and_a_button_for_those_with_scripts(as_):
    item = factories.item_at("in_progress")

    answer = as_(factories.office_of(item)).get(path_of(item))

    assert item.title in text_of(answer)
    assert f"/lists/{item.list.slug}/" in text_of(answer)
    assert 'data-copy="to-copy"' in answer.content.decode()


def test_filter_of_the_table_holds(as_):
    item = factories.item_at("in_progress")
    office = as_(factories.office_of(item))

    answer = office.get(path_of(item) + "?status=not_started")

    assert "<textarea" not in answer.content.decode()


def test_drafts_strangers_and_other_queues_have_none(as_):
    item, draft = factories.item_at("in_progress"), factories.Item()
    office = as_(factories.office_of(item))

    assert as_(factories.Person()).get(path_of(item)).status_code == 404
    assert as_(factories.office_of(draft)).get(path_of(fresh(draft))).status_code == 404
    for key in ("mine", "photos", "no-such-queue"):
        assert office.get(f"/desk/{key}/chat_text/").status_code == 404
    assert office.post(path_of(item)).status_code == 405
