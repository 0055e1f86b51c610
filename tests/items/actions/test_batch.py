"""Many items at once: all or none, by whom it may be, and one second yes for a batch."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from zeal import zeal_ignore

from items import actions
from items.actions import batch as batches
from items.actions.batch import Repeated, Report, RowsChanged, RowsRefused
from items.errors import Conflict, Refused
from items.ledger.verify import verify
from items.models import Entry, Item
from items.privacy.personal_data import PersonalData
from items.rules.releasing import state_of, waiting_in
from items.rules.standing import Standing
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, days
from tests.items.actions.acts import ACTS, enter, fresh
from tests.items.desk.making import several

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _each_item_is_an_act_of_its_own():
    with zeal_ignore():
        yield


@pytest.fixture
def items():
    return several(3)


def said(items, **more):
    return [
        Report(item.pk, f"{item.number}号换了两把", seen=fresh(item).last_entry.seq, **more)
        for item in items
    ]


def report(items, by, reports=None, **more):
    reports = said(items) if reports is None else reports
    return actions.report_many(items[0].list, reports, by=by, now=NOW, **more)


def entered(items, **more):
    return report(items, factories.colleague_of(items[0]), **more)


def card(items, by, batch):
    return state_of(waiting_in(fresh(items[0].list), by, TODAY, batch))


def release(items, batch, by=None, seen=None):
    by = by or factories.office_of(items[0])
    seen = card(items, by, batch) if seen is None else seen
    return actions.release_batch(items[0].list, batch, by=by, seen=seen, now=NOW)


def refuse(items, batch, by=None, seen=None, reason="与现场不符"):
    by = by or factories.office_of(items[0])
    seen = card(items, by, batch) if seen is None else seen
    said = {"by": by, "seen": seen, "reason": reason, "now": NOW}
    return actions.refuse_batch(items[0].list, batch, **said)


def written(verb):
    return Entry.objects.filter(verb=verb, written_at=NOW).count()


# Reporting


def test_the_owners_side_reports_publicly_at_once(items):
    done = report(items, factories.owner_of(items[0]), said(items, percent=40))

    assert [entry.item.number for entry in done.entries] == [1, 2, 3]
    assert {(entry.verb, entry.public, entry.role) for entry in done.entries} == {
        ("report_progress", True, "owner")
    }
    assert (done.batch, done.waiting) == ("", 0)
    assert {fresh(item).percent for item in items} == {40}
    assert not list(verify(items[0].list))


def test_the_office_enters_them_as_one_batch_that_waits(items):
    done = entered(items, reports=said(items, percent=40))

    assert {(entry.verb, entry.public) for entry in done.entries} == {("enter_for_owner", False)}
    assert {entry.facts["batch"] for entry in done.entries} == {done.batch}
    assert done.waiting == 3
    assert {fresh(item).percent for item in items} == {None}


def test_a_batch_is_told_of_once(items):
    done = entered(items)

    assert [len(entry.notified) for entry in done.entries] == [1, 0, 0]


def test_each_is_reported_or_entered_by_whose_side_it_is():
    first = factories.Item()
    second, unit = factories.another(first), factories.Unit(committee=first.list.committee)
    second.unit_shares.create(unit=unit, role="lead")
    factories.publish(first.list)
    by = factories.office_of(first)
    unit.helpers.add(by)

    done = report([first, second], by)

    assert [entry.verb for entry in done.entries] == ["enter_for_owner", "report_progress"]
    assert done.waiting == 1


def test_all_or_none_with_a_sentence_for_each_that_stands_in_the_way(items):
    factories.hold(fresh(items[1]), now=NOW)
    reports = said(items)
    reports[0] = replace(reports[0], percent=101)

    with pytest.raises(RowsRefused) as refused:
        entered(items, reports=reports)

    assert set(refused.value.rows) == {items[0].pk, items[1].pk}
    assert [sentence[:4] for sentence in refused.value.sentences] == ["第1件：", "第2件："]
    assert written("enter_for_owner") == 0


@pytest.mark.parametrize("text", ["", "  "])
def test_words_are_needed(items, text):
    with pytest.raises(RowsRefused):
        entered(items, reports=[Report(items[0].pk, text)])


def test_none_twice_too_many_or_elsewhere(items, monkeypatch):
    elsewhere = factories.item_at("in_progress")
    twice = [Report(items[0].pk, "一"), Report(items[0].pk, "二")]
    for reports in ([], twice, [Report(elsewhere.pk, "一"), *said(items)]):
        with pytest.raises(Refused):
            entered(items, reports=reports)
    monkeypatch.setattr(batches, "MOST", 2)
    with pytest.raises(Refused, match="3"):
        entered(items)
    assert written("enter_for_owner") == 0


def test_a_stranger_and_a_supervisor_report_nothing(items):
    for person in (factories.Person(), factories.supervisor_of(items[0])):
        with pytest.raises(RowsRefused):
            report(items, person)


def test_a_day_that_was(items):
    done = entered(items, reports=said(items, happened_on=TODAY - days(1)))

    assert {entry.happened_on for entry in done.entries} == {TODAY - days(1)}
    with pytest.raises(RowsRefused):
        entered(items, reports=said(items, happened_on=PUBLISHED_ON - days(1)))


def test_personal_data_asks_for_a_yes_where_it_is_public_at_once(items):
    reports = [Report(items[0].pk, "联系 13800138000")]
    owner = factories.owner_of(items[0])
    with pytest.raises(PersonalData):
        report(items, owner, reports)

    assert report(items, owner, reports, yes=True).entries


def test_what_was_written_meanwhile_is_not_overtaken(items):
    reports = said(items)
    ACTS["report_progress"](fresh(items[1]), text="别人先报了")

    with pytest.raises(RowsChanged, match="别人先报了") as refused:
        entered(items, reports=reports)

    assert set(refused.value.rows) == {items[1].pk}
    assert written("enter_for_owner") == 0


def test_what_stays_inside_is_no_change(items):
    reports = said(items)
    ACTS["set_task"](fresh(items[1]))

    assert len(entered(items, reports=reports).entries) == 3


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize("who", ["owner_of", "colleague_of"])
def test_the_same_twice_is_told_and_not_doubled(items, who, seen):
    by, reports = getattr(factories, who)(items[0]), said(items, percent=40)
    if not seen:
        reports = [replace(each, seen=None) for each in reports]
    report(items, by, reports)
    before = Entry.objects.count()

    with pytest.raises(Repeated):
        report(items, by, reports)

    assert Entry.objects.count() == before


def test_the_same_words_of_another_day_are_news(items):
    by = factories.owner_of(items[0])
    for day in (TODAY - days(1), TODAY):
        report(items, by, [Report(items[0].pk, "正常推进", happened_on=day)])

    assert items[0].entries.filter(verb="report_progress").count() == 2


# The second yes


def test_one_yes_releases_the_whole_batch(items):
    batch = entered(items, reports=said(items, percent=40)).batch

    released = release(items, batch)

    assert [(entry.verb, entry.role, entry.public) for entry in released] == (
        [("release", "office", True)] * 3
    )
    assert {entry.facts.get("batch") for entry in released} == {None}  # that stays inside
    assert {fresh(item).percent for item in items} == {40}
    assert not waiting_in(items[0].list, factories.office_of(items[0]), TODAY)
    assert not list(verify(items[0].list))


def test_the_holder_of_the_post_releases_a_batch(items):
    committee = items[0].list.committee
    post = factories.Post(committee=committee)
    actions.name_releasing_post(committee, post, by=factories.office_of(items[0]), now=NOW)
    items = [fresh(item) for item in items]
    batch = entered(items).batch

    assert {entry.role for entry in release(items, batch, post.holder(TODAY))} == {"releaser"}


def test_whoever_entered_it_does_not_release_it(items):
    batch, by = entered(items).batch, factories.colleague_of(items[0])

    with pytest.raises(Refused, match="代报"):
        release(items, batch, by)

    assert written("release") == 0


def test_what_cannot_be_released_is_named_before_the_yes_and_left_waiting(items):
    batch, office = entered(items).batch, factories.office_of(items[0])
    factories.claim(fresh(items[1]), now=NOW)
    waiting = waiting_in(items[0].list, office, TODAY, batch)
    assert [bool(each.why_not) for each in waiting] == [False, True, False]

    assert [entry.item.number for entry in release(items, batch)] == [1, 3]

    left = waiting_in(items[0].list, office, TODAY, batch)
    assert [each.item.number for each in left] == [2]
    assert [entry.item.number for entry in refuse(items, batch)] == [2]  # which is still possible


def is_replaced(items):
    ACTS["enter_for_owner"](fresh(items[1]), by=factories.office_of(items[1]), text="重填")


def is_claimed(items):
    factories.claim(fresh(items[1]), now=NOW)


def is_withdrawn(items):
    factories.withdraw(fresh(items[1]), now=NOW)


def has_newer_news(items):
    ACTS["report_progress"](fresh(items[1]), text="牵头一方自己报了")


def is_refused(items):
    ACTS["refuse_entry"](fresh(items[1]))


CHANGES = [is_replaced, is_claimed, is_withdrawn, has_newer_news, is_refused]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("answer", [release, refuse])
def test_a_stale_yes_does_nothing(items, change, answer):
    batch, office = entered(items).batch, factories.office_of(items[0])
    seen = card(items, office, batch)
    change(items)
    before = written("release") + written("refuse_entry")

    with pytest.raises(Conflict):
        answer(items, batch, seen=seen)

    assert written("release") + written("refuse_entry") == before


def test_a_second_yes_to_the_same_does_nothing(items):
    batch, office = entered(items).batch, factories.office_of(items[0])
    seen = card(items, office, batch)
    release(items, batch)

    for answer in (release, refuse):
        with pytest.raises(Conflict):
            answer(items, batch, seen=seen)
    assert written("release") == 3


def test_never_over_newer_news(items):
    batch = entered(items, reports=said(items, percent=40, happened_on=TODAY - days(2))).batch
    ACTS["report_progress"](fresh(items[0]), percent=70, happened_on=TODAY - days(1))

    release(items, batch)

    assert [fresh(item).percent for item in items] == [70, 40, 40]


def test_the_whole_batch_is_refused_with_one_reason_and_told_once(items):
    batch = entered(items).batch

    refused = refuse(items, batch)

    assert {entry.words.text for entry in refused} == {"与现场不符"}
    assert [len(entry.notified) for entry in refused] == [1, 0, 0]
    assert not any(entry.public for entry in refused)
    with pytest.raises(Refused):
        refuse(items, entered(items).batch, reason=" ")


def test_a_single_entry_is_a_card_of_its_own(items):
    enter(fresh(items[0]))
    batch = entered(items[1:]).batch
    (alone,) = Entry.objects.filter(item=items[0], verb="enter_for_owner")

    assert [entry.item.number for entry in release(items, str(alone.seq))] == [1]
    assert len(waiting_in(items[0].list, factories.office_of(items[0]), TODAY, batch)) == 2


@pytest.mark.parametrize("name", ["", "b123", "99999999999999999999", "一", "٣"])
def test_a_card_that_is_none(items, name):
    with pytest.raises(Conflict):
        release(items, name)


def test_an_entry_of_a_batch_is_no_card_alone(items):
    (first, *_rest) = entered(items).entries

    with pytest.raises(Conflict):
        release(items, str(first.seq))


def test_nobody_else_answers_a_batch(items):
    batch = entered(items).batch
    office = factories.office_of(items[0])
    seen = card(items, office, batch)
    for person in (factories.owner_of(items[0]), factories.supervisor_of(items[0])):
        for answer in (release, refuse):
            with pytest.raises(Refused):
                answer(items, batch, person, seen=seen)
            with pytest.raises(Refused):
                answer(items, batch, person)


def test_questions_are_as_many_for_one_as_for_three(items, django_assert_num_queries):
    office = factories.office_of(items[0])
    entered(items[:1])
    with django_assert_num_queries(7) as asked:
        waiting_in(fresh(items[0].list), office, TODAY)
    entered(items[1:])
    with django_assert_num_queries(len(asked)):
        assert len(waiting_in(fresh(items[0].list), office, TODAY)) == 3


def test_in_sql_as_in_memory_who_speaks_for_the_owner(world):
    for role, (person, _item) in world.who.items():
        items = {item for _person, item in world.who.values()}
        found = set(Item.objects.spoken_for_by(person, TODAY))

        assert (role, items & found) == (
            role,
            {item for item in items if Standing(person, item, TODAY).spoke_as_owner},
        )


def test_what_came_with_photos_waits_as_what_came_without(items):
    photo = SimpleUploadedFile("a.jpg", factories.picture())
    reports = [replace(each, photos=(photo,)) for each in said(items[:1])]
    batch = entered(items, reports=reports).batch

    assert Entry.objects.filter(verb="add_photo", about__verb="enter_for_owner").exists()
    assert [each.item for each in waiting_in(items[0].list, factories.office_of(items[0]), TODAY)]
    assert len(release(items[:1], batch)) == 1
