"""A draft list that is up for objections (公示): frozen meanwhile, then published by people."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from items import actions, queries, rules
from items.actions.draft import Draft
from items.errors import Refused
from items.guards import triggers
from items.ledger.verify import verify
from items.models import Committee, Entry, Item, ItemList, Measure, Place, Suggestion
from items.privacy.personal_data import PersonalData
from items.rules.gaps import gaps
from items.states import DRAFT_NOT_UP
from items.words import Words
from tests import factories
from tests.factories import at

TUESDAY = date(2026, 3, 31)
UNTIL = date(2026, 4, 8)  # 4 to 6 April are Qingming's days off
NEXT = UNTIL + timedelta(1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item(emptied_tables):
    """A draft that lacks nothing, alone on its list."""
    return factories.Item(number=24, place=None)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def office(item_list):
    return factories.office(item_list.committee)


def switch_on(item_list, on=True):
    Committee.objects.filter(pk=item_list.committee_id).update(announces_lists=on)
    return fresh(item_list)


def put_up(item_list, on=TUESDAY, **said):
    return actions.put_up_list(fresh(item_list), by=office(item_list), now=at(on), **said)


def take_down(item_list, reason="第24件写错了地点", on=TUESDAY):
    said = {"by": office(item_list), "reason": reason, "now": at(on)}
    return actions.take_down_list(fresh(item_list), **said)


def publish(item_list, on=NEXT, **said):
    return actions.publish_list(fresh(item_list), by=office(item_list), now=at(on), **said)


def object_to(announcement, on=TUESDAY, **said):
    said = {"objects_to": announcement, "words": "浴室更该先修"} | said
    return factories.suggestion(announcement.list.committee, today=on, **said)


def answer(objection, on=TUESDAY):
    row, by = fresh(objection), office(objection)
    actions.decline(row, by=by, reason="other", text="浴室列入下一批", now=at(on))
    said = {"words": "浴室更该先修", "answer": "浴室列入下一批"}
    actions.show_answer(fresh(row), by=by, now=at(on), **said)


def lacks(item_list, on):
    return [str(gap) for gap in gaps(fresh(item_list), on)]


def test_it_is_published_after_its_days_by_people(item):
    switch_on(item.list)

    up = put_up(item.list)

    assert (up.verb, up.item, up.public) == ("put_up", None, True)
    assert up.facts == {"verb": "publish", "until": str(UNTIL), "total": 1}
    assert fresh(item.list).is_draft
    assert actions.carry_out_announced(at(NEXT)) == 0
    with pytest.raises(Refused, match="到2026年4月8日为止"):
        publish(item.list, UNTIL)
    publish(item.list)
    assert Entry.objects.get(verb="publish", item=None).about == up
    assert fresh(item).status == "not_started"
    assert fresh(item.list).published_on == NEXT
    assert verify(item.list) == []


def test_words_of_a_taking_down_are_erased_while_it_is_a_draft(item):
    put_up(item.list)
    down = take_down(item.list, reason="地点写错了，张三来过电话")

    said = {"by": office(item.list), "reason": "有姓名", "now": at(TUESDAY)}
    actions.erase_words(down, **said)

    page = queries.proposed_list(item.list.slug, TUESDAY)
    assert not page.announcements[0].is_up
    assert "张三" not in str(page)
    assert verify(fresh(item.list)) == []
    assert put_up(item.list)  # and the draft goes on


def test_where_the_switch_is_off_it_is_published_at_once(item):
    publish(item.list, TUESDAY)

    assert fresh(item.list).published_on == TUESDAY


def test_where_the_switch_is_on_it_is_not(item):
    switch_on(item.list)

    with pytest.raises(Refused, match="先公示"):
        publish(item.list, TUESDAY)


def test_where_it_is_off_the_office_may_do_it_and_then_the_days_run(item):
    put_up(item.list)

    with pytest.raises(Refused, match="到2026年4月8日为止"):
        publish(item.list, TUESDAY)
    publish(item.list)


def test_all_that_publishing_asks_is_asked(item):
    Measure.objects.filter(item=item).delete()

    with pytest.raises(Refused) as refused:
        put_up(item.list)

    assert refused.value.sentences == lacks(item.list, TUESDAY)
    assert not Entry.objects.exists()


def test_data_about_a_person_is_asked_about_once(item):
    Item.objects.filter(pk=item.pk).update(problem="打13800138000问张师傅")

    with pytest.raises(PersonalData):
        put_up(item.list)
    up = put_up(item.list, yes=True)

    assert up.facts["personal"] == ["mobile"]
    publish(item.list)
    assert Entry.objects.get(verb="publish", item=None).facts["personal"] == ["mobile"]


def test_only_the_office_does_it(item):
    for person in (factories.supervisor_of(item), factories.owner_of(item), factories.Person()):
        with pytest.raises(Refused):
            actions.put_up_list(fresh(item.list), by=person, now=at(TUESDAY))


def test_meanwhile_no_act_changes_the_draft(item):
    put_up(item.list)
    by, item_list = office(item.list), fresh(item.list)

    for verb in ("import_into", "publish_plan", "put_up"):
        assert rules.why_not(verb, by, item_list, today=TUESDAY) == DRAFT_NOT_UP.otherwise
    for act in (
        lambda: actions.write_draft(item_list, 24, Draft({"title": "别的"}), by=by),
        lambda: actions.write_draft(item_list, 25, Draft({"title": "再加一件"}), by=by),
        lambda: actions.delete_draft(fresh(item), by=by),
        lambda: actions.publish_plan(item_list, plan="方案", by=by, now=at(TUESDAY)),
    ):
        with pytest.raises(Refused, match="公示"):
            act()
    assert fresh(item).title == item.title


def test_taken_down_it_is_changed_and_put_up_for_new_days(item):
    switch_on(item.list)
    put_up(item.list)

    down = take_down(item.list)

    assert (down.verb, down.item, down.words.text) == ("take_down", None, "第24件写错了地点")
    actions.write_draft(fresh(item.list), 24, Draft({"title": "改善二号间"}), by=office(item.list))
    with pytest.raises(Refused, match="先公示"):
        publish(item.list)
    again = put_up(item.list, NEXT)
    assert again.facts["until"] == "2026-04-16"
    assert again != down.about
    assert verify(item.list) == []


def test_nothing_is_taken_down_that_is_not_up_or_without_a_reason(item):
    with pytest.raises(Refused):
        take_down(item.list)
    put_up(item.list)
    with pytest.raises(Refused):
        take_down(item.list, reason=" ")


def test_each_objection_is_answered_in_public_first(item):
    up = put_up(item.list)
    objection = object_to(up, objects_to_number=24)

    with pytest.raises(Refused, match="还有1条意见没有公开答复"):
        publish(item.list)

    answer(objection)
    publish(item.list)


def test_one_that_waits_in_moderation_holds_it_too(item):
    object_to(put_up(item.list), moderated=True)

    with pytest.raises(Refused, match="1条意见"):
        publish(item.list)


def test_nobody_objects_after_its_days_or_to_another_number(item):
    up = put_up(item.list)

    with pytest.raises(Refused, match="公示已经结束"):
        object_to(up, on=NEXT)
    with pytest.raises(Refused):
        object_to(up, objects_to_number=25)
    take_down(item.list)
    with pytest.raises(Refused, match="公示已经结束"):
        object_to(up)
    assert not Suggestion.objects.exists()


def test_its_address_stays_after_it_was_up(item):
    put_up(item.list)
    take_down(item.list)

    with pytest.raises(IntegrityError), transaction.atomic():
        ItemList.objects.filter(pk=item.list.pk).update(slug="elsewhere")


def test_a_name_that_it_shows_is_not_changed(item):
    place = factories.Place(committee=item.list.committee)
    Item.objects.filter(pk=item.pk).update(place=place)
    published = factories.another(item, list=factories.ItemList(committee=item.list.committee))
    Item.objects.filter(pk=published.pk).update(place=place)
    publish(published.list, TUESDAY)
    put_up(item.list)
    said = {"committee": item.list.committee, "reason": "改名", "by": office(item.list)}

    with pytest.raises(Refused, match="公示"):
        actions.rename(place, Words("新地方"), now=at(TUESDAY), **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=place.pk).update(name="新地方")

    take_down(item.list)
    actions.rename(place, Words("新地方"), now=at(TUESDAY), **said)
    assert fresh(place).name == "新地方"


def roads(item):
    """Return what a hand at the SQL prompt could try with a draft, by what it changes."""
    unit = factories.Unit(committee=item.list.committee)
    of_item = f"WHERE item_id = {item.pk}"
    return {
        "words": f"UPDATE items_item SET title = '别的' WHERE id = {item.pk}",
        "number": f"UPDATE items_item SET number = 7 WHERE id = {item.pk}",
        "deadline": f"UPDATE items_item SET due = '2027-01-01' WHERE id = {item.pk}",
        "owner": f"UPDATE items_item SET owner_post_id = NULL WHERE id = {item.pk}",
        "measure": f"UPDATE items_measure SET text = '别的' {of_item}",
        "order": f'UPDATE items_measure SET "order" = 7 {of_item}',
        "no measure": f"DELETE FROM items_measure {of_item}",
        "a measure": (
            'INSERT INTO items_measure (item_id, "order", text, text_en)'
            f" VALUES ({item.pk}, 9, '再加', '')"
        ),
        "a unit": (
            'INSERT INTO items_unitshare (item_id, unit_id, role, "order")'
            f" VALUES ({item.pk}, {unit.pk}, 'lead', 0)"
        ),
        "name": f"UPDATE items_itemlist SET name = '别的清单' WHERE id = {item.list_id}",
        "plan": f"UPDATE items_itemlist SET plan = '别的' WHERE id = {item.list_id}",
        "year": f"UPDATE items_itemlist SET year = 2027 WHERE id = {item.list_id}",
        "published": (
            "UPDATE items_itemlist SET status = 'published', published_on = '2026-04-01'"
            f" WHERE id = {item.list_id}"
        ),
    }


def passes(sql):
    """Tell whether the database takes it; nothing of it is kept."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def test_the_database_holds_what_is_up(item):
    tried = roads(item)
    tried["no item"] = f"DELETE FROM items_item WHERE id = {factories.another(item).pk}"
    before = {what: passes(sql) for what, sql in tried.items()}
    put_up(item.list)

    meanwhile = {what: passes(sql) for what, sql in tried.items()}
    triggers.remove(connection)
    try:
        unguarded = {what: passes(sql) for what, sql in tried.items()}
    finally:
        triggers.install(connection)
    take_down(item.list)
    after = {what: passes(sql) for what, sql in tried.items()}

    assert set(meanwhile.values()) == {False}
    assert set(unguarded.values()) == {True}  # it was the guards
    assert before == after == dict.fromkeys(tried, True) | {"published": False}


def entry_sql(**changed):
    """Return the SQL that writes a further entry of a list, like one that there is."""
    names = [f.column for f in Entry._meta.concrete_fields if f.column != "id"]
    values = ", ".join(str(changed.get(name, f'"{name}"')) for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO items_entry ({columns}) SELECT {values} FROM items_entry WHERE id = "


def test_the_database_holds_the_days_and_the_objections(item):
    item_list = switch_on(item.list)
    up = put_up(item_list)
    objection = object_to(up)
    chain = f"FROM items_chain WHERE list_id = {item_list.pk}"
    written = {"seq": f"(SELECT seq + 1 {chain})", "previous_hash": f"(SELECT hash {chain})"}
    written |= {"hash": "'x'", "verb": "'publish'", "facts": "'{}'"}
    early, late = f"'{UNTIL}'", f"'{NEXT}'"

    def taken(on, about=up.pk, **changed):
        sql = entry_sql(**written | {"happened_on": on, "about_id": about} | changed)
        return passes(sql + str(up.pk))

    assert not taken(early)
    assert not taken(late)  # the objection has no answer
    assert not taken(late, about="NULL")
    assert not taken(late, verb="'put_up'", about="NULL")  # a second one
    answer(objection)
    assert not taken(early)
    assert not taken(late, about="NULL")
    assert taken(late)
    another = factories.Item().list
    assert not taken(late, list_id=another.pk, seq=1, previous_hash=f"'{'0' * 64}'")


def test_the_database_takes_no_objection_that_does_not_fit(item):
    up = put_up(item.list)
    objection = object_to(up, objects_to_number=24)
    other = factories.Item().list.committee

    def taken(**changed):
        names = [f.column for f in Suggestion._meta.concrete_fields]
        changed = {"id": 77, "code_hash": "'another'"} | changed
        values = ", ".join(str(changed.get(name, f'"{name}"')) for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        return passes(
            f"INSERT INTO items_suggestion ({columns}) SELECT {values} FROM items_suggestion"
            f" WHERE id = {objection.pk}"
        )

    assert taken()
    assert taken(objects_to_number="NULL")
    assert not taken(objects_to_number=25)
    assert not taken(objects_to_id="NULL")  # a number of nothing
    assert not taken(committee_id=other.pk)
    assert not taken(received_on=f"'{NEXT}'")
    assert not passes(
        f"UPDATE items_suggestion SET objects_to_number = NULL WHERE id = {objection.pk}"
    )


def test_what_goes_on_from_a_running_list_follows_it_until_the_change_of_year(emptied_tables):
    before = factories.item_at("in_progress", due=date(2026, 12, 20))
    into = factories.ItemList(committee=before.list.committee, year=2027)
    by = office(into)
    actions.carry_over(
        fresh(before.list),
        into=fresh(into),
        chosen={before.number: {"due": date(2027, 6, 30)}},
        by=by,
        now=at(factories.TODAY),
    )
    up = put_up(into, factories.TODAY)
    later = date(2026, 6, 20)
    actions.report_progress(
        fresh(before), by=factories.owner_of(before), text="还在办", now=at(factories.TODAY)
    )
    said = {"by": by, "now": at(later), "field": "title", "reason": "写错了"}
    actions.correct_item(fresh(before), value="改善休息室和浴室", **said)
    goes_on = Item.objects.get(list=into)
    assert not passes(f"UPDATE items_item SET due = '2027-12-01' WHERE id = {goes_on.pk}")

    actions.change_year(fresh(before.list), into=fresh(into), by=by, now=at(later))

    goes_on = fresh(goes_on)
    assert (goes_on.status, goes_on.title) == ("in_progress", "改善休息室和浴室")
    assert Entry.objects.get(list=into, verb="publish", item=None).about == up
    assert verify(into) == verify(before.list) == []
