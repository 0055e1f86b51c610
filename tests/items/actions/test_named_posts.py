"""The post that a committee names for releases: an office of one is shut out of nothing."""

import pytest
from django.db import IntegrityError, connection, transaction

from items import actions, rules
from items.admin.committee import CommitteeAdmin
from items.errors import Conflict, Refused
from items.models import Committee, Entry, Item, Role
from items.states import MOVES
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, close_alone, enter, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


@pytest.fixture
def post(item):
    return factories.Post(committee=item.list.committee)


def name(item, post, **said):
    said = {"by": factories.office_of(item), "now": NOW} | said
    return actions.name_releasing_post(fresh(item.list.committee), post, **said)


def release(item, by):
    return actions.release_entry(fresh(item), by=by, now=NOW)


def test_its_holder_releases_what_an_office_of_one_entered(item, post):
    name(item, post)
    alone, holder = factories.office_of(item), post.holder(TODAY)
    ACTS["enter_for_owner"](fresh(item), by=alone)

    entry = release(item, holder)

    assert (entry.role, entry.by, entry.public) == ("releaser", holder, True)
    assert entry.words.post == item.owner_post.name  # whose words they are


def test_its_holder_refuses_and_the_ledger_says_for_which_post(item, post):
    name(item, post)
    enter(fresh(item))

    entry = ACTS["refuse_entry"](fresh(item), by=post.holder(TODAY))

    assert (entry.role, entry.words.post, entry.public) == ("releaser", post.name, False)


def test_its_holder_may_do_nothing_else(item, post):
    name(item, post)
    enter(fresh(item))
    said = {verb for verb in MOVES if not rules.why_never(verb, post.holder(TODAY), fresh(item))}

    assert said == {"release", "refuse_entry"}


def test_without_the_name_the_post_is_any_other(item, post):
    enter(fresh(item))

    with pytest.raises(Refused):
        release(item, post.holder(TODAY))


def test_it_is_the_holder_of_today(item, post):
    name(item, post)
    enter(fresh(item))
    factories.vacate(post)

    with pytest.raises(Refused):
        release(item, post.holdings.get().person)


def test_a_post_of_another_committee_has_no_say_here(item, post):
    name(item, post)
    other = factories.item_at("in_progress")
    enter(other)

    with pytest.raises(Refused):
        release(other, post.holder(TODAY))


def test_whoever_entered_it_does_not_release_it_by_the_post(item, post):
    name(item, post)
    holder = post.holder(TODAY)
    role = factories.Role(committee=item.list.committee, kind="office", person=holder)
    ACTS["enter_for_owner"](fresh(item), by=holder)
    Role.objects.filter(pk=role.pk).delete()

    with pytest.raises(Refused, match="代报"):
        release(item, holder)


def test_two_of_the_office_release_each_others_entries_in_turn(item):
    first, second = factories.office_of(item), factories.colleague_of(item)
    for enters, releases in [(first, second), (second, first), (first, second)]:
        ACTS["enter_for_owner"](fresh(item), by=enters, text=f"第{Entry.objects.count()}条")
        assert release(item, releases).role == "office"


def owner(item):
    return factories.owner_of(item)


def handler(item):
    item.handlers.add(person := factories.Person())
    return person


def helper(item):
    unit = factories.Unit(committee=item.list.committee)
    unit.helpers.add(person := factories.Person())
    Item.objects.get(pk=item.pk).unit_shares.create(unit=unit, role="lead")
    return person


def former_owner(item):
    person = factories.owner_of(item)
    actions.report_progress(fresh(item), by=person, text="换了两把", now=NOW)
    said = {"by": factories.office_of(item), "since": TODAY, "reason": "调任", "now": NOW}
    actions.appoint(item.owner_post, person=factories.Person(), **said)
    return person


@pytest.mark.parametrize("side", [owner, handler, helper, former_owner])
@pytest.mark.parametrize("as_what", ["office", "releaser", "both"])
def test_nobody_of_the_owners_side_gives_the_second_yes(side, as_what):
    item = factories.Item()
    made = {handler: side, helper: side}.get(side)
    person = made(item) if made else None
    factories.publish(item.list)
    factories.start(fresh(item), now=NOW)
    person = person or side(item)
    post = factories.VacantPost(committee=item.list.committee)
    if as_what != "office":
        post.holdings.create(person=person, since=TODAY)
        name(item, post)
    if as_what != "releaser":
        factories.Role(committee=item.list.committee, kind="office", person=person)
    enter(fresh(item))

    with pytest.raises(Refused, match="责任方"):
        release(item, person)


# Naming it


def test_office_names_it_and_the_ledger_of_each_running_list_says_so_inside(item, post):
    same = {"list__committee": item.list.committee, "owner_post": item.owner_post}
    closed = factories.item_at("resolved", **same)
    close_alone(closed.list)

    (entry,) = name(item, post)

    assert (entry.list, entry.item, entry.public, entry.role) == (item.list, None, False, "office")
    assert (entry.words.old, entry.words.new) == ("", post.name)
    assert fresh(item.list.committee).releasing_post == post
    assert fresh(item.list.committee).history.latest().history_user == factories.office_of(item)
    assert name(item, post) == []  # it is so already


def test_none_can_be_named_again(item, post):
    name(item, post)

    (entry,) = name(item, None)

    assert (entry.words.old, entry.words.new) == (post.name, "")
    assert fresh(item.list.committee).releasing_post is None


def test_only_a_post_of_the_committee(item):
    elsewhere = factories.Post()

    with pytest.raises(Refused):
        name(item, elsewhere)
    committees = Committee.objects.filter(pk=item.list.committee_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        committees.update(releasing_post=elsewhere)
    assert connection.is_usable()


def test_who_may_name_it():
    post = factories.Post()
    committee = post.committee
    administrator = factories.Role(committee=committee, kind="administrator").person
    others = [factories.Person(), post.holder(TODAY), factories.office(factories.Committee())]
    others += [factories.Role(committee=committee, kind="auditor").person]

    for person in others:
        with pytest.raises(Refused):
            actions.name_releasing_post(committee, post, by=person)
    actions.name_releasing_post(committee, post, by=administrator)  # nothing is published yet


def test_an_administrator_names_none_once_a_list_is_published(item, post):
    administrator = factories.Role(committee=item.list.committee, kind="administrator").person

    with pytest.raises(Refused):
        name(item, post, by=administrator)


def test_what_somebody_else_named_meanwhile_is_not_overwritten(item, post):
    name(item, post)

    with pytest.raises(Conflict):
        name(item, None, seen="0")


def test_admin_only_shows_it():
    assert "releasing_post" in CommitteeAdmin.fields
    assert not Committee._meta.get_field("releasing_post").editable


# Those for reviews: one, and another for what the first may not review


def test_reviews_have_one_post_or_two(item, post):
    committee, office = fresh(item.list.committee), factories.office_of(item)
    first = committee.review_post

    (entry,) = actions.name_review_posts(committee, first, post, by=office, now=NOW)

    assert (entry.verb, entry.public) == ("name_review_posts", False)
    assert (entry.words.old, entry.words.new) == (first.name, f"{first.name}、{post.name}")
    assert fresh(committee).review_posts == [first.pk, post.pk]
    for refused in [(post, post), (None, post)]:
        with pytest.raises(Refused):
            actions.name_review_posts(committee, *refused, by=office)
    with pytest.raises(Conflict):
        actions.name_review_posts(committee, post, by=office, seen=f"{first.pk}-0")
