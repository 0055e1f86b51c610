"""A smaller promise is an act of its own, by somebody's decision, and says so ever after."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import translation

from items import actions, public, queries
from items.errors import Refused
from items.ledger import acting
from items.ledger.verify import verify
from items.models import Item
from items.public import sentences
from items.words import Words
from tests import factories
from tests.desk.logged_in import log_in
from tests.desk.sending import address, decided, text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import (
    ACTS,
    NEW_DUE,
    ask,
    change_year,
    claim,
    fresh,
    happens,
    report,
)

pytestmark = pytest.mark.django_db
TWO = ["更换座椅120把", "铺防滑地砖"]


def item_with(target=120, measures=TWO):
    draft = factories.Item(target_count=target, count_unit="间", measures=measures)
    factories.publish(draft.list)
    actions.start_item(fresh(draft), by=factories.owner_of(draft), now=NOW)
    return fresh(draft)


def lower(item, value=90, **said):
    said = {"field": "target_count", "value": value, "reason": "经费不足"} | said
    return ACTS["reduce"](fresh(item), **said)


def strike(item, *measures):
    return lower(item, [Words(text) for text in measures], field="measures")


def promises(item):
    return queries.promises_page(item.list.slug, TODAY)


def test_lower_target_keeps_what_was_promised_in_sight():
    item = item_with()

    entry = lower(item)

    row = fresh(item)
    assert (row.target_count, row.first_target, row.times_reduced) == (90, 120, 1)
    assert (entry.words.old, entry.words.new, entry.facts["smaller"]) == ("120", "90", "scope")
    assert verify(item.list) == []
    lower(item, 60)
    assert (fresh(item).first_target, fresh(item).times_reduced) == (120, 2)


@pytest.mark.parametrize("value", [120, 121, None, 0, -1])
def test_target_that_is_no_smaller_one_is_refused(value):
    assert not happens(lambda: lower(item_with(), value))
    assert not happens(lambda: lower(item_with(target=None)))


@pytest.mark.parametrize(
    ("left", "kind"),
    [
        (TWO[:1], "dropped"),
        (TWO[1:], "dropped"),
        (["更换座椅90把", TWO[1]], "scope"),
        ([TWO[0], "写一份报告"], "scope"),
    ],
)
def test_measures_are_struck_or_swapped(left, kind):
    item = item_with()

    entry = strike(item, *left)

    assert [measure.text for measure in fresh(item).measures.all()] == left
    assert entry.facts["smaller"] == kind
    assert entry.words.old == "\n".join(TWO)


@pytest.mark.parametrize("left", [[], TWO, [*TWO, "加装空调"], ["更换坐椅120把", TWO[1]]])
def test_measures_that_all_go_on_are_corrected_instead(left):
    assert not happens(lambda: strike(item_with(), *left))


@pytest.mark.parametrize("field", ["title", "due", "status", "term"])
def test_nothing_else_is_reduced(field):
    with pytest.raises(Refused):
        lower(item_with(), "x", field=field)


def test_refused_reduction_leaves_nothing():
    item = item_with()

    assert not happens(lambda: lower(item, decision=factories.decision(minutes="")))
    assert not happens(lambda: lower(item, reason=" "))

    assert (fresh(item).target_count, fresh(item).first_target) == (120, None)


# The database, too


def test_database_lowers_no_target_by_another_entry():
    item = item_with()
    by = factories.office_of(item)

    def lowered(verb):
        with acting(verb, fresh(item), by=by, now=NOW) as act:
            act.item.target_count = 90
            act.write("改小", facts={"field": "target_count"})

    with pytest.raises(IntegrityError):
        lowered("correct")
    assert fresh(item).target_count == 120
    lowered("reduce")  # the negative control
    assert fresh(item).target_count == 90


# Ever after


def resolved_with_less():
    item = item_with()
    lower(item)
    report(fresh(item), done_count=90, percent=None)
    claim(fresh(item), done_on=TODAY)
    ACTS["sign_off"](fresh(item), done_on=TODAY)
    return fresh(item)


def test_resolved_item_says_how_much_was_promised(client):
    item = resolved_with_less()

    row = queries.item_page(item.list.slug, item.number, TODAY).row

    with translation.override("zh-hans"):
        assert "原定120间中的90间" in [mark.text for mark in sentences.marks(row)]
    with translation.override("en"):
        assert "90 of the 120 间 first promised" in [mark.text for mark in sentences.marks(row)]
    slug = item.list.slug
    for page in (f"/lists/{slug}/", f"/lists/{slug}/1/", f"/lists/{slug}/find/?group=resolved"):
        assert "原定120间中的90间" in text_of(client.get(page)), page
    office = log_in(Client(), factories.office_of(item))
    assert "原定120间中的90间" in text_of(office.get(address(item)))


def test_struck_measure_is_a_mark_too():
    item = item_with()
    strike(item, TWO[1])

    row = public.row(Item.objects.with_next_part().get(pk=item.pk), TODAY)

    with translation.override("zh-hans"):
        assert "承诺已缩小" in [mark.text for mark in sentences.marks(row)]


def test_first_target_is_carried_over():
    item = item_with()
    lower(item)

    carried = change_year(fresh(item))

    assert (carried.target_count, carried.first_target, carried.times_reduced) == (90, 120, 1)


# They stand together


def test_all_smaller_promises_stand_together(client):
    first = item_with()
    lower(first)
    item = fresh(first)
    ask(item)
    ACTS["decide_extension"](fresh(item))
    assert [told.kind for told in promises(item).promises] == ["scope"]  # not the first extension
    ACTS["ask_extension"](fresh(item), new_due=NEW_DUE + days(9))
    ACTS["decide_extension"](fresh(item))
    ACTS["put_on_hold"](fresh(item))
    ACTS["withdraw"](fresh(item))

    page = promises(item)

    assert [told.kind for told in page.promises] == ["dropped", "waiting", "time", "scope"]
    assert page.count == 4
    time, scope = page.promises[2:]
    assert (time.old, time.new) == ("2026年8月31日", "2026年9月9日")
    assert (scope.old, scope.new, scope.reason) == ("120间", "90间", "经费不足")
    assert scope.decision == "党委会2026年6月1日决定（纪要〔2026〕9号）"
    text = text_of(client.get(f"/lists/{item.list.slug}/promises/"))
    assert text.count("纪要〔2026〕9号") == 4
    assert "4条承诺有缩小" in text_of(client.get(f"/lists/{item.list.slug}/"))


def test_list_without_any_says_so(client):
    item = item_with()

    assert "没有缩小" in text_of(client.get(f"/lists/{item.list.slug}/promises/"))
    assert "promises/" not in client.get(f"/lists/{item.list.slug}/").content.decode()


def test_draft_list_has_no_such_page(client):
    draft = factories.Item().list

    assert client.get(f"/lists/{draft.slug}/promises/").status_code == 404


def test_erased_words_are_gone_from_the_page(client):
    item = item_with()
    entry = lower(item, reason="王某某家不用了")

    actions.erase_words(entry, by=factories.office_of(item), reason="涉及隐私", now=NOW)

    text = text_of(client.get(f"/lists/{item.list.slug}/promises/"))
    assert "王某某" not in text
    assert "党委会" not in text


# The form


def test_form_asks_first_of_what_then_what_is_left(time_machine):
    time_machine.move_to(NOW, tick=False)
    item = item_with()
    client = log_in(Client(), factories.office_of(item))
    path = address(item, "reduce")

    chosen = client.get(path)
    assert 'value="target_count"' in chosen.content.decode()
    form = client.get(f"{path}?field=target_count").content.decode()
    assert 'name="value"' in form
    assert 'name="minutes"' in form
    fields = {"version": item.version, "last_seq": item.last_entry.seq, "reason": "经费不足"}
    fields |= {"field": "target_count", "value": "90"} | decided()
    assert client.post(path, fields | {"minutes": ""}).status_code == 422
    assert client.post(path, fields | {"value": "130"}).status_code == 403
    assert client.post(path, fields).status_code == 302
    assert fresh(item).target_count == 90


def test_form_offers_no_target_where_there_is_none(time_machine):
    time_machine.move_to(NOW, tick=False)
    item = item_with(target=None)
    client = log_in(Client(), factories.office_of(item))

    assert "target_count" not in client.get(address(item, "reduce")).content.decode()
