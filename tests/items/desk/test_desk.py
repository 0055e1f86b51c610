"""My desk as a whole: its queues, gaps and notices, in a fixed number of questions."""

from itertools import product

import pytest
from django.utils.translation import override

from items import actions, queries
from items.models import ItemList
from items.queries.queues import QUEUES
from items.rules.gaps import gaps_of_published
from tests import factories
from tests.factories import DUE, NOW, TODAY, days
from tests.items.actions.acts import enter
from tests.items.desk.making import everybody, page, questions, set_task, several

pytestmark = pytest.mark.django_db

LATE = DUE + days(90)


def keys(desk):
    return [queue.key for queue in desk.queues]


def test_desk_has_the_queues_of_ones_sides(few):
    item = few[0]

    sides = [queries.desk(person, TODAY) for person in everybody(item)]

    for side, desk in zip(("owner", "supervisor", "office"), sides, strict=True):
        assert desk.sides == {side}
        assert keys(desk) == [key for key, queue in QUEUES.items() if side in queue.sides]


def test_stranger_and_closed_account_have_an_empty_desk(few):
    item = few[0]
    owner = factories.owner_of(item)
    owner.is_active = False

    for person in (owner, factories.Person(), factories.Person(is_superuser=True)):
        desk = queries.desk(person, TODAY)
        assert (desk.sides, desk.queues, desk.gaps) == (frozenset(), (), ())
        assert page("mine", person) is None


def test_each_queue_has_its_count_and_its_beginning():
    items = several(5)

    (mine,) = [
        q for q in queries.desk(factories.owner_of(items[0]), TODAY, first=3).queues if q.count
    ]

    assert (mine.key, mine.count) == ("mine", 5)
    assert [line.row.number for line in mine.lines] == [1, 2, 3]


def test_long_queue_has_pages():
    items = several(5)
    owner = factories.owner_of(items[0])

    pages = [page("mine", owner, page=number, size=2) for number in (1, 2, 3, 4, 0)]

    assert [[line.row.number for line in each.lines] for each in pages] == [
        [1, 2],
        [3, 4],
        [5],
        [1, 2],
        [1, 2],
    ]
    assert {(each.count, each.pages) for each in pages} == {(5, 3)}
    assert [each.page for each in pages] == [1, 2, 3, 1, 1]


def test_queue_of_another_side_or_of_no_name_is_none():
    owner = factories.owner_of(several(1)[0])

    assert page("mine", owner).count == 1
    assert page("overdue", owner) is None
    assert page("nothing", owner) is None


def test_line_tells_what_has_to_be_known_to_decide(few):
    busy_items = few
    _owner, supervisor, office = everybody(busy_items[0])

    asked = page("extensions", office).lines[0]
    claimed = page("to_check", supervisor).lines[0]
    returned = page("returned", factories.owner_of(busy_items[0])).lines[0]
    (task,) = [t for t in page("tasks", office).lines[0].tasks if t.mine]

    assert (asked.extension.text, asked.new_due.isoformat()) == ("供货晚", "2026-08-31")
    assert asked.extension.by == factories.owner_of(busy_items[0]).name
    assert (claimed.claim.text, claimed.claim.evidence) == ("座椅已换新", "验收单")
    assert claimed.claimed_done_on == TODAY
    assert (returned.returned.text, returned.claim) == ("还差两把", None)
    assert (task.who, task.by_when, task.late_days) == ("office", TODAY + days(7), 0)
    assert asked.row.owner.name  # staff see names, whatever the committee shows


def test_who_entered_it_releases_nothing():
    (item,) = several(1)
    enter(item)
    colleague, office = factories.colleague_of(item), factories.office_of(item)

    by_me = [page("releases", p).lines[0].entered.by_me for p in (colleague, office)]

    assert by_me == [True, False]


def test_task_is_late_after_its_day():
    (item,) = several(1)
    set_task(item, by_when=TODAY)

    def late(today):
        return page("tasks", factories.owner_of(item), today).lines[0].tasks[0].late_days

    assert (late(TODAY), late(TODAY + days(2))) == (0, 2)


# Notices


def test_unseen_notices_newest_first_until_they_are_seen():
    first, second = several(2)
    set_task(first)
    set_task(second)
    owner = factories.owner_of(first)

    desk = queries.desk(owner, TODAY)
    assert [(n.number, n.entry.text) for n in desk.notices] == [(2, "核对数量"), (1, "核对数量")]
    assert desk.unseen == 2

    actions.see_notices(owner, [desk.notices[0].entry.pk], now=NOW)
    assert [n.number for n in queries.desk(owner, TODAY).notices] == [1]


def test_notices_are_bounded_and_counted():
    first, second = several(2)
    set_task(first)
    set_task(second)

    desk = queries.desk(factories.owner_of(first), TODAY, newest=1)

    assert ([n.number for n in desk.notices], desk.unseen) == ([2], 2)


def test_notice_of_what_one_may_read_no_longer_is_not_told():
    (item,) = several(1)
    set_task(item)
    owner = factories.owner_of(item)
    factories.vacate(item.owner_post)

    assert queries.desk(owner, TODAY).notices == ()


# Gaps after publication


def found(item_list, today=TODAY):
    with override("en"):
        return gaps_of_published([item_list], today)[item_list.pk]


def test_published_list_without_gaps_lacks_nothing():
    assert found(several(2)[0].list) == []


def test_gaps_after_publication_are_told_with_their_numbers():
    first, second = several(2)
    unit = factories.Unit(committee=first.list.committee)
    checker = factories.supervisor_of(first)
    idle = factories.Post(committee=first.list.committee, is_leader=True)
    factories.vacate(first.owner_post)
    by = factories.office_of(first)
    value = [(unit, "lead")]
    second.refresh_from_db()
    actions.correct_item(second, by=by, field="shares", value=value, reason="漏写", now=NOW)
    unit.helpers.add(checker)

    told = found(first.list)

    assert told == [
        f"The post “{first.owner_post}” is vacant (no. 1, 2). Appoint its holder.",
        f"No. 2: {checker} is on the owner’s side and would check the same item."
        " Name another supervisor.",
        f"{idle.holder(TODAY)} ({idle}) owns no item."
        " Every leader is responsible for at least one.",
    ]
    (gaps,) = queries.desk(by, TODAY).gaps
    with override("en"):
        assert queries.desk(by, TODAY).gaps[0].sentences == tuple(told)
    assert gaps.list_slug == first.list.slug


def test_what_is_done_or_withdrawn_needs_no_holder():
    done, _other = several(2)
    factories.claim(done, now=NOW)
    factories.sign_off(done, now=NOW)
    factories.vacate(done.supervisor_post)

    assert "(no. 2)" in found(done.list)[0]


# The number of questions


def test_desk_needs_no_more_questions_for_more_items(few, many):
    for person, other in zip(everybody(few[0]), everybody(many[0]), strict=True):
        asked = [questions(lambda p=p: queries.desk(p, LATE)) for p in (person, other)]
        assert asked[0] == asked[1] <= 45


def test_queues_need_no_more_questions_for_more_items(few, many):
    for key, who in product(QUEUES, zip(everybody(few[0]), everybody(many[0]), strict=True)):
        asked = [questions(lambda p=p, key=key: page(key, p, LATE)) for p in who]
        assert (key, asked[0]) == (key, asked[1])
        assert asked[0] <= 20


def test_gaps_need_no_more_questions_for_more_items_and_lists():
    several(1)
    few = questions(lambda: gaps_of_published(list(ItemList.objects.all()), TODAY))
    vacant = several(3)[0]
    factories.vacate(vacant.owner_post)

    assert questions(lambda: gaps_of_published(list(ItemList.objects.all()), TODAY)) == few <= 12
