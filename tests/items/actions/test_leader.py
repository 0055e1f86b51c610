"""Whether a post is a leader's is corrected openly, by an entry in each list that runs."""

import pytest
from django.db import IntegrityError, transaction

from items import actions
from items.errors import Conflict, Refused
from items.guards.conditions import UNWRITTEN
from items.ledger.verify import verify
from items.models import Entry, Post
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import change_year, choose, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.published_item()


def mark(item, is_leader=False, **said):
    said = {"by": factories.office_of(item), "reason": "分工调整", "now": NOW} | said
    return actions.mark_leader(fresh(item.owner_post), is_leader, **said)


def test_each_running_list_is_told(item):
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    other = factories.Item(list__committee=item.list.committee, **posts)
    factories.publish(other.list)
    draft = factories.ItemList(committee=item.list.committee)

    entries = mark(item)

    assert [entry.list for entry in entries] == [item.list, other.list]
    assert {entry.facts["leader"] for entry in entries} == {f"post:{item.owner_post_id}:no"}
    assert {entry.words.post for entry in entries} == {item.owner_post.name}
    assert not fresh(item.owner_post).is_leader
    assert not draft.entries.exists()
    assert verify(item.list) == []


def test_mark_is_given_back(item):
    mark(item)
    mark(item, True)

    assert fresh(item.owner_post).is_leader


def test_mark_that_is_there_already_is_a_conflict(item):
    with pytest.raises(Conflict):
        mark(item, True)


@pytest.mark.parametrize("said", [{"reason": " "}, {"by": None}])
def test_who_and_why(item, said):
    if "by" in said:
        said = {"by": factories.owner_of(item)}
    with pytest.raises(Refused):
        mark(item, **said)

    assert fresh(item.owner_post).is_leader


def test_before_publication_an_administrator_marks_it():
    with pytest.raises(Refused, match="管理员"):
        mark(factories.Item())


@pytest.mark.parametrize("told", ["nothing", "another post", "the other way", "an earlier one"])
def test_database_wants_the_entry(item, told):
    if told == "another post":
        other = factories.another(item, owner_post=factories.Post(committee=item.list.committee))
        mark(item)
        with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
            Post.objects.filter(pk=other.owner_post_id).update(is_leader=True)
        return
    if told != "nothing":
        mark(item)
        is_leader = True
        if told == "an earlier one":
            mark(item, True)
            is_leader = False
    else:
        is_leader = False
    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        Post.objects.filter(pk=item.owner_post_id).update(is_leader=is_leader)


def test_database_lets_marks_alone_where_nothing_runs():
    item = factories.Item()

    assert Post.objects.filter(pk=item.owner_post_id).update(is_leader=False) == 1


def test_marks_of_the_next_list_are_told_in_the_one_that_closes(item):
    into = choose(item.list)
    post = factories.Post(committee=item.list.committee, is_leader=False)
    factories.another(item, list=into, number=7, owner_post=post)
    by = factories.office_of(item)

    actions.change_year(fresh(item.list), into=into, leaders=[post], by=by, now=NOW)

    told = Entry.objects.get(verb="mark_leader")
    assert (told.list, told.facts["leader"]) == (item.list, f"post:{post.pk}:yes")
    assert fresh(post).is_leader
    assert verify(item.list) == verify(into) == []


def test_change_of_year_without_marks_tells_none(item):
    change_year(item)

    assert not Entry.objects.filter(verb="mark_leader").exists()
