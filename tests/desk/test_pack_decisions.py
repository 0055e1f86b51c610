"""Writing down in the meeting pack what was decided, and coming back to its row."""

import re

import pytest
from django.utils.timezone import localdate

from items import actions, rules
from items.models import Entry
from tests import factories
from tests.desk import sending
from tests.desk.logged_in import log_in
from tests.desk.pack_pages import FORM, address, hidden, page, points
from tests.factories import DUE, at, days
from tests.items.actions.acts import ask, fresh
from tests.items.desk.making import set_task, several

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_deadlines(time_machine):
    time_machine.move_to(at(DUE + days(5)), tick=False)


def decided(client, item, **said):
    said = {"text": "核对到货日期", "who": "owner", "by_when": localdate() + days(9)} | said
    return client.post(f"/desk/lists/{item.list.slug}/{item.number}/set_task/", said)


def test_decision_is_written_down_and_leads_back_to_its_row(client):
    (item,) = several(1)
    html = page(client, item, factories.office_of(item))

    response = decided(client, item, **hidden(html))

    assert response.status_code == 302
    assert response.headers["Location"] == f"{address(item)}#overdue-1"
    (task,) = Entry.objects.tasks()
    assert (task.words.text, task.facts["who"], task.public) == ("核对到货日期", "owner", False)
    assert points(page(client, item, factories.office_of(item)))["tasks"] == 1


def test_form_offers_what_the_verb_takes(client):
    (item,) = several(1)

    form = FORM.findall(page(client, item, factories.office_of(item)))[0]

    names = set(re.findall(r'name="(\w+)"', form)) - {"csrfmiddlewaretoken"}
    assert names == {"version", "last_seq", "next", "text", "who", "by_when"}
    assert re.findall(r'name="who" value="(\w+)"', form) == ["owner", "supervisor", "office"]


def test_identifiers_are_unique_where_an_item_stands_at_several_points(client):
    (item,) = several(1)
    ask(item)
    set_task(fresh(item))

    html = page(client, item, factories.office_of(item))

    found = re.findall(r' id="([^"]+)"', html)
    assert len(FORM.findall(html)) >= 3
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "/", "//pack/", "pack"])
def test_only_a_page_of_the_desk_is_led_back_to(client, elsewhere):
    (item,) = several(1)
    html = page(client, item, factories.office_of(item))

    response = decided(client, item, **(hidden(html) | {"next": elsewhere}))

    assert response.headers["Location"] == f"/desk/lists/{item.list.slug}/{item.number}/"


def test_form_that_lacks_something_keeps_the_words_and_the_way_back(client):
    (item,) = several(1)
    html = page(client, item, factories.office_of(item))

    response = decided(client, item, **(hidden(html) | {"who": ""}))

    again = response.content.decode()
    assert response.status_code == 422
    assert "核对到货日期" in again
    assert f'name="next" value="{address(item)}#overdue-1"' in again
    assert not Entry.objects.tasks().exists()


@pytest.mark.parametrize("seen_anew", [False, True])
def test_decision_is_written_beside_what_others_wrote_and_tells_of_it(client, seen_anew):
    # The control: who has seen it needs no telling.
    (item,) = several(1)
    office = factories.office_of(item)
    said = hidden(page(client, item, office))
    actions.report_progress(item, by=factories.owner_of(item), text="到货两台", percent=50)
    if seen_anew:
        said = hidden(page(client, item, office))

    response = decided(client, item, **said)

    assert response.status_code == 302
    assert Entry.objects.tasks().exists()
    shown = client.get(response.url).content.decode()
    assert ("也报了一条：到货两台" in shown) == (not seen_anew)


def test_whoever_is_not_of_the_office_decides_nothing(client):
    (item,) = several(1)
    said = hidden(page(client, item, factories.office_of(item)))
    log_in(client, factories.owner_of(item))

    assert decided(client, item, **said).status_code == 403
    assert not Entry.objects.tasks().exists()


def test_extension_is_decided_on_its_own_page_and_leads_back(client):
    (item,) = several(1)
    ask(item)
    log_in(client, factories.office_of(item))
    decide = f"/desk/lists/{item.list.slug}/{item.number}/decide_extension/"

    html = client.get(f"{decide}?agreed=yes&next={address(item)}%23extensions-1").content.decode()

    assert re.search(r'name="agreed"\s+value="yes"\s+class="main"', html)
    said = dict(re.findall(r'name="(version|last_seq|next)" value="([^"]*)"', html))
    response = client.post(
        decide, said | {"agreed": "yes", "reason": "情况属实"} | sending.decided()
    )
    assert response.headers["Location"] == f"{address(item)}#extensions-1"
    assert points(page(client, item, factories.office_of(item)))["extensions"] == 0


def test_whoever_asked_does_not_decide_and_reads_why(client):
    item = factories.Item()
    office = factories.office_of(item)
    item.handlers.add(office)
    factories.publish(item.list)
    item = fresh(item)
    actions.ask_extension(item, by=office, reason="供货晚", new_due=localdate() + days(90))

    html = page(client, item, office)

    assert "decide_extension" not in html
    assert rules.why_not("decide_extension", office, item) in html
