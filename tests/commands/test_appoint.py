"""`manage.py appoint`: a leader's post that is new while a list runs is said in its ledger."""

import pytest
from django.core.management import CommandError, call_command

from items.models import Entry, Post
from tests import factories

pytestmark = pytest.mark.django_db


def appoint(committee, *more, reason="新设岗位"):
    office = factories.office(committee)
    told = {"committee": committee.slug, "name": "王强", "by": office.username, "reason": reason}
    call_command("appoint", "安全副厂长", *more, **told)
    return Post.objects.get(committee=committee, name="安全副厂长")


def marks(item_list):
    return list(Entry.objects.filter(list=item_list, verb="mark_leader"))


def test_new_leaders_post_is_an_entry_of_the_list_that_runs():
    item_list = factories.published_item().list

    post = appoint(item_list.committee, "--leader")

    (entry,) = marks(item_list)
    assert (post.is_leader, entry.words.text) == (True, "新设岗位")
    assert [holding.person.name for holding in post.holdings.all()] == ["王强"]


def test_without_a_reason_there_is_no_such_post():
    item_list = factories.published_item().list

    with pytest.raises(CommandError):
        appoint(item_list.committee, "--leader", reason="")

    assert not Post.objects.filter(name="安全副厂长").exists()


@pytest.mark.parametrize("leader", [True, False])
def test_before_publication_it_is_none(leader):
    item_list = factories.ItemList()

    post = appoint(item_list.committee, *(["--leader"] if leader else []))

    assert (post.is_leader, marks(item_list)) == (leader, [])


def test_post_for_reviews_is_named_with_its_holder():
    committee = factories.office(factories.Committee()).roles.get().committee

    first = appoint(committee, "--reviews")
    appoint(committee, "--reviews")

    committee.refresh_from_db()
    assert committee.review_posts == [first.pk]
