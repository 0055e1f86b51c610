"""Appointing the holder of a post, who takes over its items."""

import pytest

from items import actions
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Holding, Item
from tests import factories
from tests.factories import APPOINTED_ON, NOW, TODAY, days
from tests.items.actions.acts import ACTS, close_alone, fresh, happens

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    """Return one of a leader's two items, so that it can be given away."""
    item = factories.Item()
    factories.another(item)
    factories.publish(item.list)
    return fresh(item)


def appoint(post, person, by=None, **said):
    by = by or factories.office(post.committee)
    return actions.appoint(post, person, by=by, **({"since": TODAY, "now": NOW} | said))


def test_successor_gets_the_duty_and_every_item_an_entry(item):
    before, person = factories.owner_of(item), factories.Person()

    entries = appoint(item.owner_post, person, reason="轮岗")

    assert [entry.item.number for entry in entries] == [1, 2]
    assert fresh(item).owner_post.holder(TODAY) == person
    assert fresh(item).owner_post.holder(TODAY - days(1)) == before
    entry = entries[0]
    words = entry.words
    assert (words.text, words.old, words.new) == ("轮岗", before.name, person.name)
    assert (words.post, entry.facts) == (item.owner_post.name, {"duty": "owner"})
    assert (entry.role, entry.happened_on) == ("office", TODAY)
    assert [notice.person for notice in entry.notices.all()] == [person]
    assert verify(item.list) == []


def test_successor_and_not_the_one_before_acts_for_the_owner(item):
    before, person = factories.owner_of(item), factories.Person()
    appoint(item.owner_post, person)

    assert not happens(lambda: ACTS["start"](fresh(item), by=before))
    assert happens(lambda: ACTS["start"](fresh(item), by=person))


def test_post_can_become_vacant(item):
    entries = appoint(item.supervisor_post, None)

    assert fresh(item).supervisor_post.holder(TODAY) is None
    assert (entries[0].words.new, entries[0].facts) == ("", {"duty": "supervisor"})


def test_vacant_post_gets_a_holder(item):
    person = factories.Person()
    appoint(item.supervisor_post, None, since=TODAY - days(2))

    appoint(item.supervisor_post, person)

    assert fresh(item).supervisor_post.holder(TODAY) == person
    assert fresh(item).supervisor_post.holder(TODAY - days(1)) is None


def test_two_appointments_on_one_day_leave_the_second(item):
    first, second = factories.Person(), factories.Person()
    appoint(item.owner_post, first)
    appoint(item.owner_post, second)

    assert fresh(item).owner_post.holder(TODAY) == second
    assert fresh(item.owner_post).holdings.count() == 3


@pytest.mark.parametrize(
    ("since", "allowed"),
    [
        (TODAY, True),
        (TODAY - days(30), True),
        (APPOINTED_ON, True),
        (APPOINTED_ON - days(1), False),  # the one before was not appointed yet
        (TODAY + days(1), False),
    ],
)
def test_day_of_appointment(item, since, allowed):
    assert happens(lambda: appoint(item.owner_post, factories.Person(), since=since)) is allowed


@pytest.mark.parametrize(("since", "allowed"), [(TODAY, True), (TODAY - days(1), False)])
def test_nobody_was_appointed_while_another_held_the_post(item, since, allowed):
    appoint(item.owner_post, None)

    assert happens(lambda: appoint(item.owner_post, factories.Person(), since=since)) is allowed


@pytest.mark.parametrize("vacant", [True, False])
def test_nothing_is_written_when_nobody_changes(item, vacant):
    person = None if vacant else factories.owner_of(item)
    if vacant:
        appoint(item.owner_post, None)

    with pytest.raises(Refused):
        appoint(item.owner_post, person)


def test_closed_account_is_not_appointed(item):
    with pytest.raises(Refused):
        appoint(item.owner_post, factories.Person(is_active=False))

    assert not Holding.objects.filter(person__is_active=False).exists()


@pytest.mark.parametrize("duty", ["owner", "supervisor"])
def test_nobody_gets_both_sides_of_an_item(item, duty):
    post = getattr(item, f"{duty}_post")
    other = item.supervisor_post if duty == "owner" else item.owner_post

    with pytest.raises(Refused):
        appoint(post, other.holder(TODAY))

    assert fresh(post).holdings.count() == 1


def test_both_sides_are_checked_on_every_item_of_the_post(item):
    supervisor = factories.Post(committee=item.list.committee)
    second = item.list.items.last()
    ACTS["hand_over"](second, duty="supervisor", to=supervisor)

    with pytest.raises(Refused):
        appoint(item.owner_post, supervisor.holder(TODAY))


def test_both_sides_are_checked_on_drafts_too():
    item = factories.Item()

    with pytest.raises(Refused):
        appoint(item.owner_post, factories.supervisor_of(item))


def test_whoever_reported_once_is_not_appointed_to_check(item):
    ACTS["start"](item)
    reporter = factories.owner_of(item)
    appoint(item.owner_post, factories.Person())

    with pytest.raises(Refused):
        appoint(item.supervisor_post, reporter)


def test_before_publication_nothing_is_written():
    item = factories.Item()

    assert appoint(item.owner_post, factories.Person()) == []
    assert not item.entries.exists()


def test_withdrawn_items_need_no_entry(item):
    ACTS["withdraw"](item)

    entries = appoint(item.owner_post, factories.Person())

    assert [entry.item.number for entry in entries] == [2]


@pytest.mark.parametrize("published", [True, False])
def test_administrator_appoints_only_before_publication(published):
    item = factories.Item()
    if published:
        factories.publish(item.list)
    administrator = factories.Person(is_superuser=True)

    appointed = happens(
        lambda: appoint(item.owner_post, factories.Person(), by=administrator) or True
    )

    assert appointed is not published


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("elsewhere", [True, False])
def test_superuser_of_an_office_has_no_say_as_either(published, elsewhere):
    item = factories.Item()
    if published:
        factories.publish(item.list)
    promoted = factories.Person(is_superuser=True)
    committee = factories.Committee() if elsewhere else item.list.committee
    factories.Role(committee=committee, person=promoted)

    assert not happens(lambda: appoint(item.owner_post, factories.Person(), by=promoted))


def test_administrator_appoints_again_for_the_next_year():
    item = factories.published_item()
    close_alone(item.list)

    appoint(item.owner_post, factories.Person(), by=factories.Person(is_superuser=True))

    assert Item.objects.get().entries.filter(verb="appoint").count() == 0


def test_stranger_appoints_nobody(item):
    with pytest.raises(Refused):
        appoint(item.owner_post, factories.Person(), by=factories.owner_of(item))


def test_former_supervisor_may_own_and_then_checks_no_more():
    item = factories.item_at("resolved")
    signer = factories.supervisor_of(item)
    appoint(item.supervisor_post, factories.Person())

    appoint(item.owner_post, signer)

    item = fresh(item)
    ACTS["reopen"](item)
    ACTS["claim"](item, done_on=TODAY)
    assert not happens(lambda: ACTS["sign_off"](item, done_on=TODAY, by=signer))
    assert happens(lambda: ACTS["sign_off"](item, done_on=TODAY))


@pytest.mark.parametrize("kind", ["auditor", "administrator"])
def test_post_goes_to_nobody_who_could_not_act(kind):
    post = factories.Post()
    barred = factories.Role(committee=post.committee, kind=kind).person

    with pytest.raises(Refused) as refused:
        actions.appoint(post, barred, by=factories.office(post.committee), now=NOW)

    assert str(barred) in str(refused.value)
    assert not post.holdings.filter(person=barred).exists()
