"""What keeps a list from being published: rules 1 to 3, every reason at once."""

from datetime import date

import pytest
from django.utils.translation import override

from items import actions, models
from items.actions import bring_in
from items.rules.gaps import gaps, gaps_of_published
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def found(item_list, today=TODAY):
    with override("en"):
        return gaps(item_list, today)


def test_complete_list_lacks_nothing():
    item = factories.Item()

    assert found(item.list) == []


def test_empty_list_has_nothing_to_publish():
    post = factories.Post(is_leader=True)
    item_list = factories.ItemList(committee=post.committee)

    assert found(item_list) == [
        "The list has no items. Import or enter them.",
        f"{post.holder(TODAY)} ({post}) owns no item."
        " Every leader is responsible for at least one.",
    ]


# Rules 2 and 3, by number


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"owner_post": None}, "no owner’s post. Name the leader in charge."),
        ({"supervisor_post": None}, "no supervisor’s post. Name who checks it."),
        ({"measures": []}, "no measure. Write at least one."),
        ({"due": None}, "no deadline. Write a date."),
        (
            {"due": None, "due_words": "尽快"},
            "no date can be read from the deadline “尽快”. Write a date.",
        ),
        (
            {"due": None, "due_words": "5月底前动工", "start_by": date(2026, 5, 31)},
            "only a day to start by (5月底前动工), no deadline for completion."
            " Write one, or mark that starting is the matter.",
        ),
        (
            {"due": None, "start_by": date(2026, 5, 31)},
            "only a day to start by (2026-05-31), no deadline for completion."
            " Write one, or mark that starting is the matter.",
        ),
    ],
)
def test_item_lacks_something(columns, said):
    leader = factories.Item()
    factories.Item(list=leader.list, number=7, **columns)

    assert found(leader.list) == [f"No. 7: {said}"]


def test_starting_is_the_matter_when_it_is_marked():
    day = date(2026, 5, 31)
    item = factories.Item(start_by=day, start_is_the_matter=True, due=day)

    assert found(item.list) == []


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            {"done_on": date(2026, 2, 1)},
            "the sheet says resolved, without the day of the sign-off.",
        ),
        (
            {"done_on": date(2026, 2, 3), "signed_off_on": date(2026, 2, 2)},
            "the sheet says it was signed off before it was done.",
        ),
    ],
)
def test_what_a_sheet_calls_resolved_needs_its_days(state, said):
    item = factories.Item()
    office = factories.office_of(item)
    bring_in(item, by=office, now=NOW, status="resolved", file="清单.xlsx", row=7, **state)

    assert found(item.list) == [f"No. 1: {said}"]


@pytest.mark.parametrize(
    "state",
    [{"status": "resolved", "signed_off_on": date(2026, 2, 2)}, {"status": "in_progress"}],
)
def test_sheet_need_not_say_more(state):
    item = factories.Item()
    bring_in(item, by=factories.office_of(item), now=NOW, file="a", row=7, **state)

    assert found(item.list) == []


def test_what_a_sheet_calls_resolved_with_its_days_is_enough():
    item = factories.Item()
    days = {"done_on": date(2026, 2, 2), "signed_off_on": date(2026, 2, 2)}
    bring_in(
        item, by=factories.office_of(item), now=NOW, status="resolved", file="a", row=7, **days
    )

    assert found(item.list) == []


# Who holds the posts


def vacate(post):
    post.holdings.update(until=TODAY)


@pytest.mark.parametrize("duty", ["owner_post", "supervisor_post"])
def test_vacant_post_is_named_once_with_all_its_numbers(duty):
    first = factories.Item(number=1)
    for number in (24, 3):
        factories.Item(list=first.list, number=number, **{duty: getattr(first, duty)})
    vacate(getattr(first, duty))
    post = getattr(first, duty)

    assert f"The post “{post}” is vacant (no. 1, 3, 24). Appoint its holder." in found(first.list)


@pytest.mark.parametrize("duty", ["owner_post", "supervisor_post"])
@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"is_active": False}, "This account is closed. Ask the administrator."),
        (
            {"is_superuser": True},
            "Administrators keep accounts and look-ups and have no say over content.",
        ),
    ],
)
def test_holder_who_can_never_act_is_no_holder(duty, columns, why):
    item = factories.Item()
    post = getattr(item, duty)
    person = post.holder(TODAY)
    models.Person.objects.filter(pk=person.pk).update(**columns)

    assert found(item.list) == [
        f"{person} holds the post “{post}” (no. 1) and can’t act. {why}",
    ]


def test_holder_who_may_only_read_is_no_holder():
    item = factories.Item()
    post = item.supervisor_post
    person = post.holder(TODAY)
    models.Role.objects.create(person=person, committee=item.list.committee, kind="auditor")

    assert found(item.list) == [
        f"{person} holds the post “{post}” (no. 1) and can’t act."
        " An auditor reads everything and changes nothing.",
    ]


def test_posts_are_those_of_the_day():
    item = factories.Item()
    vacate(item.owner_post)

    assert found(item.list, today=factories.PUBLISHED_ON) == []
    assert len(found(item.list, today=TODAY)) == 1


def test_one_person_in_both_posts_is_a_gap_though_the_posts_differ():
    person = factories.Person()
    item = factories.Item(owner_post__holder=person, supervisor_post__holder=person)

    assert found(item.list) == [
        f"No. 1: {person} is on the owner’s side and would check the same item."
        " Name another supervisor.",
    ]


@pytest.mark.parametrize("role", ["lead", "joint"])
def test_supervisor_who_helps_the_unit_is_a_gap(role):
    item = factories.Item()
    unit = factories.Unit(committee=item.list.committee)
    unit.helpers.add(factories.supervisor_of(item))
    item.unit_shares.create(unit=unit, role=role)

    assert len(found(item.list)) == 1


def test_supervisor_who_helps_a_supporting_unit_is_none():
    item = factories.Item()
    unit = factories.Unit(committee=item.list.committee)
    unit.helpers.add(factories.supervisor_of(item))
    item.unit_shares.create(unit=unit, role="support")

    assert found(item.list) == []


def test_supervisor_who_handles_is_a_gap():
    item = factories.Item()
    item.handlers.add(factories.supervisor_of(item))

    assert len(found(item.list)) == 1


# Rule 1: every leader owns at least one


def leaders_post(item, **columns):
    return factories.Post(committee=item.list.committee, is_leader=True, **columns)


def test_leader_who_owns_nothing_is_named():
    item = factories.Item()
    post = leaders_post(item)

    assert found(item.list) == [
        f"{post.holder(TODAY)} ({post}) owns no item. Every leader is responsible for at least one."
    ]


def test_rule_counts_persons_not_posts():
    item = factories.Item()
    leaders_post(item, holder=factories.owner_of(item))

    assert found(item.list) == []


def test_leader_of_two_posts_is_named_once():
    item = factories.Item()
    one = leaders_post(item)
    two = leaders_post(item, holder=one.holder(TODAY))

    assert found(item.list) == [
        f"{one.holder(TODAY)} ({one}, {two}) owns no item."
        " Every leader is responsible for at least one."
    ]


def test_vacant_leaders_post_owes_nothing():
    item = factories.Item()
    factories.VacantPost(committee=item.list.committee, is_leader=True)

    assert found(item.list) == []


def test_leaders_of_other_committees_are_not_asked():
    item = factories.Item()
    factories.Post(is_leader=True)

    assert found(item.list) == []


def test_committee_without_leaders_can_not_publish():
    item = factories.Item(owner_post__is_leader=False)

    assert found(item.list) == [
        f"“{item.list.committee}” has no leader’s post. Set up its leaders."
    ]


def test_withdrawn_item_is_owned_no_longer():
    item = factories.item_at("withdrawn")

    assert found(item.list) == [
        f"{factories.owner_of(item)} ({item.owner_post}) owns no item."
        " Every leader is responsible for at least one."
    ]


# All at once


def test_every_reason_is_given_at_once_in_the_order_of_the_numbers():
    first = factories.Item(number=2, due=None)
    factories.Item(list=first.list, number=10, measures=[], due=None)
    factories.Item(list=first.list, number=1, owner_post=None)
    idle = leaders_post(first)
    vacate(first.supervisor_post)

    assert found(first.list) == [
        "No. 1: no owner’s post. Name the leader in charge.",
        "No. 2: no deadline. Write a date.",
        "No. 10: no measure. Write at least one.",
        "No. 10: no deadline. Write a date.",
        f"The post “{first.supervisor_post}” is vacant (no. 2). Appoint its holder.",
        f"{idle.holder(TODAY)} ({idle}) owns no item."
        " Every leader is responsible for at least one.",
    ]


def test_a_gap_knows_its_numbers():
    item = factories.Item(due=None)
    factories.another(item)
    post = factories.VacantPost(committee=item.list.committee)
    factories.another(item, supervisor_post=post)
    factories.another(item, supervisor_post=post)

    found = {gap.numbers for gap in gaps(item.list, TODAY) if getattr(gap, "numbers", ())}

    assert found == {(1,), (3, 4)}


# Rule 22: somebody reviews what workers doubt


def test_without_a_post_for_reviews_no_list_is_published():
    item = factories.Item()
    actions.name_review_posts(item.list.committee, None, by=factories.office_of(item))

    assert found(item.list) == [
        f"“{item.list.committee}” has named no post that reviews what workers doubt. Name one."
    ]


def test_post_for_reviews_has_a_holder_who_can_act():
    item = factories.Item()
    committee = item.list.committee
    vacant, second = factories.VacantPost(committee=committee), factories.Post(committee=committee)
    models.Person.objects.filter(holdings__post=second).update(is_active=False)
    actions.name_review_posts(committee, vacant, second, by=factories.office_of(item))

    gone, closed = found(item.list)

    assert gone == f"The post for reviews, “{vacant}”, is vacant. Appoint its holder."
    assert gone.post == vacant.pk
    assert closed.startswith(f"{second.holder(TODAY)} holds the post for reviews, “{second}”, and")


def test_after_publication_the_gap_stays_to_be_seen():
    item = factories.published_item()
    assert gaps_of_published([item.list], TODAY)[item.list_id] == []

    actions.name_review_posts(item.list.committee, None, by=factories.office_of(item))

    item.list.committee.refresh_from_db()
    (gap,) = gaps_of_published([item.list], TODAY)[item.list_id]
    assert str(item.list.committee) in gap
