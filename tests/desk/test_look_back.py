"""Looking back at the desk: the office's round, the form of whoever looks, pack, queue, table."""

from datetime import date

import pytest
from django.utils import timezone

from items import queries
from items.models import LookBack
from tests import factories
from tests.desk.drafting import at
from tests.desk.sending import HERE, address, text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


def round_page(client, item):
    return client.get(at("open_look_back", item.list))


def test_the_office_is_proposed_what_speaks_for_a_look(as_):
    item = factories.item_at("resolved", term="standing")
    factories.another(item)

    page = round_page(as_(factories.office_of(item)), item)

    form = page.context["form"]
    assert form.initial["numbers"] == [1]  # the sign-off is older than three months by now
    assert "长期坚持" in form.fields["numbers"].choices[0][1]


@pytest.mark.parametrize(
    ("columns", "today", "why"),
    [
        ({}, date(2026, 6, 4), 0),  # signed off on 5 March
        ({}, date(2026, 6, 5), 1),
        ({"recheck_on": date(2026, 4, 1)}, date(2026, 4, 1), 1),
        ({"term": "standing"}, date(2026, 4, 1), 1),
    ],
)
def test_after_three_months_or_on_its_day_a_look_is_proposed(columns, today, why):
    item = factories.item_at("resolved", **columns)

    (row,) = queries.look_back_proposals(item.list, today)

    # The sign-off of the factories plans none: the draft's day is gone with it.
    assert len(row.why) == (0 if "recheck_on" in columns else why)


def test_what_workers_call_not_done_is_proposed():
    item = factories.item_at("resolved")
    factories.verdict(item, now=factories.at(item.signed_off_on), grade="not_done")

    (row,) = queries.look_back_proposals(item.list, item.signed_off_on + days(2))

    assert len(row.why) == 1


def test_a_round_stands_on_the_lookers_desk_and_in_the_pack(as_):
    item = factories.item_at("resolved")
    office, post = as_(factories.office_of(item)), factories.Post(committee=item.list.committee)
    sent = {"version": item.list.version, "numbers": [1], "post": post.pk, "by_when": "2099-01-01"}

    answer = office.post(at("open_look_back", item.list), sent, headers=HERE)

    assert answer.status_code == 302
    assert LookBack.objects.get().post == post
    assert post.name in text_of(office.get(f"/desk/lists/{item.list.slug}/pack/"))
    looker = as_(post.holder(timezone.localdate()))
    assert item.title in text_of(looker.get("/desk/look_backs/"))
    assert looker.get(address(item, "look_back")).status_code == 200


def test_a_refused_round_keeps_what_was_chosen(as_):
    item = factories.item_at("resolved")
    office = as_(factories.office_of(item))
    sent = {"version": item.list.version, "numbers": [1], "post": item.supervisor_post_id}
    sent |= {"by_when": "2099-01-01", "note": "看看椅子"}

    page = office.post(at("open_look_back", item.list), sent, headers=HERE)

    assert page.status_code == 403
    assert "看看椅子" in page.content.decode()
    assert not LookBack.objects.exists()


def test_what_slipped_back_needs_a_day(as_):
    item = factories.item_at("resolved")
    look = factories.look_back_asked(item)
    looker = as_(look.post.holder(TODAY))
    item = fresh(item)
    sent = {"version": item.version, "last_seq": item.last_entry.seq, "kept": "slipped"}
    sent |= {"found": "又松了", "how": "on_site", "happened_on": TODAY.isoformat()}

    page = looker.post(address(item, "look_back"), sent, headers=HERE)

    assert page.status_code == 422
    assert "又松了" in page.content.decode()
    sent["put_right_by"] = "2099-01-01"
    assert looker.post(address(item, "look_back"), sent, headers=HERE).status_code == 302
    assert fresh(item).status == "in_progress"


def test_the_ledger_says_what_a_look_found():
    item = factories.item_at("resolved", recheck_on=TODAY)
    factories.look_back_asked(item)
    factories.look_back(fresh(item))

    (row,) = queries.ledger_rows(item.list, item.list.items.all(), TODAY)

    assert row.values["looked_back"] == "2026-06-01 保持良好"


def test_the_page_shows_the_look_until_it_is_opened_again(client):
    item = factories.item_at("resolved")
    factories.look_back_asked(item)
    factories.look_back(fresh(item), found="都坐过一遍", now=NOW)

    page = queries.item_page(item.list.slug, item.number, TODAY)

    assert page.looked_back.text == "都坐过一遍"
    assert "都坐过一遍" in text_of(client.get(f"/lists/{item.list.slug}/1/"))
