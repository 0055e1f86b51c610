"""The change of year at the desk: steps that can be left, and one button at the end."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from items import actions
from items.models import Entry, Item, ItemList
from items.states import ListStatus
from tests import factories
from tests.desk.drafting import at, text_of
from tests.factories import DUE, NOW, TODAY, days
from tests.items.actions.acts import ACTS, ask, choose, enter, fresh, next_list, put_up, set_task

pytestmark = pytest.mark.django_db
NEW_DUE = "2027-03-31"
STEPS = ["settle_year", "carry_over", "change_year"]


@pytest.fixture(autouse=True)
def _each_entry_stands_on_the_one_before():
    """Let the chain be read for each entry that publishing writes."""
    with zeal_ignore([{"model": "items.Chain", "field": "get()"}]):
        yield


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def item():
    return factories.item_at("in_progress", number=5, title="换座椅")


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


@pytest.fixture
def into(item):
    return next_list(item.list, name="明年清单", name_en="Next year’s list")


def carry(client, item_list, into, **said):
    both = {"version": fresh(item_list).version, "into_version": fresh(into).version}
    said = {name if "version" in name else name.replace("_", "-"): v for name, v in said.items()}
    return client.post(at("carry_over", item_list), both | {"into": into.slug} | said)


def publish(client, item_list, into, **said):
    both = {"version": fresh(item_list).version, "into_version": fresh(into).version}
    said = {"into": into.slug, "name": into.name} | both | said
    return client.post(at("change_year", item_list), said)


# What waits


WAITING = {
    "ask_extension": (ask, "decide_extension"),
    "enter_for_owner": (enter, "release"),
    "set_task": (set_task, "#tasks"),
    "photo": (factories.photo, "#photos"),
    "put_up": (put_up, "take_down"),
}


@pytest.mark.parametrize("kind", WAITING)
def test_what_waits_stands_beside_the_way_to_settle_it(office, item, kind):
    wait, leads_to = WAITING[kind]
    wait(item)

    page = office.get(at("settle_year", item.list))

    (row,) = page.context["settle"]
    assert row.waiting.number == 5
    assert leads_to in row.address
    assert f'href="{row.address}"' in page.content.decode()
    assert office.get(row.address.split("#")[0]).status_code == 200


def test_hold_whose_day_has_passed_leads_to_its_end(office, item, time_machine):
    ACTS["put_on_hold"](item, review_on=TODAY + days(1))
    time_machine.move_to(NOW + days(2))
    office.force_login(factories.office_of(item))

    (row,) = office.get(at("settle_year", item.list)).context["settle"]

    assert row.address.endswith("/resume/")


def test_claim_that_waits_is_shown_and_holds_nothing_up(office, item):
    ACTS["claim"](item)

    page = office.get(at("settle_year", item.list))

    assert page.context["settle"] == []
    assert [row.number for row in page.context["year"].claims] == [5]


# What goes over


def test_without_a_draft_the_way_to_one_is_shown(office, item):
    page = office.get(at("carry_over", item.list))

    assert 'href="/desk/lists/new/"' in page.content.decode()
    assert office.get(at("change_year", item.list)).status_code == 200


def test_all_open_items_are_ticked_at_first(office, item, into):
    factories.another(item, number=9)
    form = office.get(at("carry_over", item.list)).context["form"]

    (line,) = form.lines()
    assert (line.going.row.number, line.take.value(), line.due.value()) == (5, True, "")
    assert line.going.row.first_due == DUE


def test_choice_is_kept_and_can_be_taken_up_again(office, item, into):
    response = carry(office, item.list, into, take_5="on", due_5="明年3月底前")

    assert response.url == at("change_year", item.list)
    draft = into.items.get()
    assert (draft.carried_from, draft.due_words) == (item, "明年3月底前")
    (line,) = office.get(at("carry_over", item.list)).context["form"].lines()
    assert (line.take.value(), line.due.value(), line.going.chosen) == (True, "明年3月底前", 1)


def test_what_is_not_ticked_stays(office, item, into):
    choose(item.list, into)

    response = carry(office, item.list, into, due_5="")

    assert response.status_code == 302
    assert not into.items.exists()
    assert "都不带走" in text_of(office.get(response.url))


def test_one_deadline_fills_the_empty_ones(office, item, into):
    response = carry(office, item.list, into, take_5="on", fill=NEW_DUE, fill_in="1")

    (line,) = response.context["form"].lines()
    assert line.due.value() == NEW_DUE
    assert not into.items.exists()


def test_deadline_that_cannot_be_read_is_said_at_its_field(office, item, into):
    response = carry(office, item.list, into, take_5="on", due_5="2027-02-30")

    assert response.status_code == 422
    assert "2027-02-30" in response.content.decode()
    assert not into.items.exists()


def test_what_changed_meanwhile_is_a_conflict_that_keeps_what_was_typed(office, item, into):
    seen = fresh(item.list).version
    models = ItemList.objects.filter(pk=item.list_id)
    models.update(version=seen + 1)

    response = carry(office, item.list, into, version=seen, take_5="on", due_5=NEW_DUE)

    assert response.status_code == 409
    (line,) = response.context["form"].lines()
    assert (line.take.value(), line.due.value()) == (True, NEW_DUE)
    assert response.context["form"]["version"].value() == seen + 1


def test_another_draft_can_be_chosen(office, item, into):
    other = next_list(item.list, name="另一份")
    page = office.get(at("carry_over", item.list) + f"?into={into.slug}")

    assert page.context["year"].next.slug == into.slug
    assert f'href="?into={other.slug}"' in page.content.decode()


# Publish and close


def test_one_button_publishes_and_closes(office, item, into):
    choose(item.list, into)

    response = publish(office, item.list, into)

    assert response.url == at("change_year", item.list)
    assert fresh(item.list).status == ListStatus.CLOSED
    assert fresh(into).status == ListStatus.PUBLISHED
    assert into.items.get().status == "in_progress"
    done = office.get(response.url)
    assert f'href="{at("list", into)}"' in done.content.decode()
    assert "1 = 0" in text_of(done)


@pytest.mark.parametrize("name", ["", "别的清单"])
def test_name_has_to_be_typed(office, item, into, name):
    choose(item.list, into)

    response = publish(office, item.list, into, name=name)

    assert response.status_code == 422
    assert fresh(into).is_draft


def test_english_name_will_do(office, item, into):
    choose(item.list, into)

    assert publish(office, item.list, into, name="Next year’s list").status_code == 302


def test_what_is_missing_stands_in_the_buttons_place(office, item, into):
    choose(item.list, into)
    into.items.update(due=TODAY - days(1))
    ask(item)

    page = office.get(at("change_year", item.list))

    said = page.content.decode()
    assert '<button type="submit" class="main">' not in said
    assert f'href="{at("settle_year", item.list)}"' in said
    assert f'href="{at("edit_draft", into, 1)}"' in said
    assert publish(office, item.list, into).status_code == 403
    assert fresh(item.list).status == ListStatus.PUBLISHED


def test_open_item_that_stays_leads_to_its_withdrawal(office, item, into):
    factories.another(item, list=into, number=1)

    page = office.get(at("change_year", item.list))

    assert f'href="{at("withdraw_item", item.list, 5)}"' in page.content.decode()


def test_pressed_twice_it_is_done_once(office, item, into):
    choose(item.list, into)
    seen = {"version": fresh(item.list).version, "into_version": fresh(into).version}

    publish(office, item.list, into, **seen)
    again = publish(office, item.list, into, **seen)

    assert again.status_code == 200  # the page that says it is done
    assert Item.objects.filter(carried_from=item).count() == 1
    assert Entry.objects.filter(verb="close_list").count() == 1


# Slipping back after the end


@pytest.fixture
def closed():
    """Return a resolved item of a list that closed when the year changed."""
    item = factories.item_at("resolved", number=5)
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    by = factories.office_of(item)
    added = {"by": by, "reason": "新提", "now": NOW}
    actions.add_item(fresh(item.list), factories.draft(**posts), **added)
    actions.change_year(fresh(item.list), into=choose(item.list), by=by, now=NOW)
    return fresh(item)


def test_supervisor_opens_it_again_in_the_running_list(as_, closed):
    client = as_(factories.supervisor_of(closed))
    where = at("bring_back", closed.list, 5)
    assert f'href="{where}"' in client.get(at("item", closed.list, 5)).content.decode()
    seen = {"version": closed.version, "last_seq": closed.last_entry.seq}

    response = client.post(where, seen | {"reason": "又坏了", "due": NEW_DUE})

    new = Item.objects.get(carried_from=closed)
    assert response.url == at("item", new.list, new.number)
    assert (new.status, fresh(closed).status) == ("in_progress", "resolved")


def test_what_was_typed_is_kept_when_it_is_refused(as_, closed):
    client, where = as_(factories.supervisor_of(closed)), at("bring_back", closed.list, 5)
    seen = {"version": closed.version, "last_seq": closed.last_entry.seq}

    response = client.post(where, seen | {"reason": "又坏了", "due": str(TODAY)})

    assert response.status_code == 403
    assert "又坏了" in response.content.decode()
    assert not Item.objects.filter(carried_from=closed).exists()


def test_running_list_offers_it_nowhere(office, item):
    assert "bring_back" not in office.get(at("item", item.list, 5)).content.decode()


# Who


@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor", 403), ("owner", 403), ("administrator", 404), ("stranger", 404)],
)
@pytest.mark.parametrize("step", STEPS)
def test_only_the_office_changes_the_year(as_, item, into, who, status, step):
    choose(item.list, into)
    committee = item.list.committee
    person = factories.owner_of(item) if who == "owner" else factories.Person()
    if who in ("auditor", "administrator"):
        person = factories.Role(committee=committee, kind=who).person
    client, before = as_(person), Entry.objects.count()

    assert client.get(at(step, item.list)).status_code == status
    assert carry(client, item.list, into, due_5="").status_code == status
    assert publish(client, item.list, into).status_code == status
    assert (into.items.count(), Entry.objects.count()) == (1, before)


@pytest.mark.parametrize("step", STEPS)
def test_draft_has_no_year_to_change(office, into, step):
    assert office.get(at(step, into)).url == at("list", into)


def test_steps_ask_as_much_for_three_as_for_one(office, item, into):
    set_task(item)
    asked = {step: [] for step in STEPS}
    for count in (1, 3):
        for step in STEPS:
            office.get(at(step, item.list))
            with CaptureQueriesContext(connection) as queries:
                office.get(at(step, item.list))
            asked[step].append(len(queries))
        if count == 1:
            for _more in range(2):
                posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
                said = {"by": factories.office_of(item), "reason": "新提", "now": NOW}
                draft = factories.draft(**posts)
                added = actions.add_item(fresh(item.list), draft, **said)
                set_task(added)
    assert [step for step, (one, three) in asked.items() if one != three] == []
