"""What an item says to a search: its public words, folded, on every road, and no others."""

from copy import deepcopy

import pytest
from django.db import connection
from django.utils.translation import override

from items import actions, queries
from items.demo import story
from items.guards import triggers
from items.ledger.verify import verify
from items.models import Item
from items.public import BoardSearch
from items.states import Status
from items.words import Words
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import change_year, choose, fresh
from tests.items.changing import past_the_models
from tests.privacy.told import Told

pytestmark = pytest.mark.django_db


def contradicting():
    """Return the items that a search looks for in other words than they say."""
    return [
        item
        for item in Item.objects.all()
        if item.search_text != ("" if item.status == Status.DRAFT else item.folded_words())
    ]


def numbers(item_list, q):
    return [row.number for row in queries.find(item_list.slug, TODAY, BoardSearch(q=q)).board.rows]


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.published_item(
        title="百分之100%_好", problem=r"C:\矿槽", measures=["ＡＥＤ 到位"]
    )


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.mark.crawl
@pytest.mark.parametrize("world", [Told, lambda: story.load("a password", TODAY)])
def test_every_road_leaves_items_with_the_words_that_they_say(world):
    world()

    assert Item.objects.exclude(search_text="").count() == Item.objects.published().count() > 5
    assert contradicting() == []


def test_draft_says_nothing_until_it_is_published():
    item = factories.Item(title="草稿里的话")
    assert fresh(item).search_text == ""

    factories.publish(item.list)

    assert "草稿里的话" in fresh(item).search_text
    assert contradicting() == []


def test_item_that_is_added_or_carried_over_or_copied_says_its_words(item):
    by = factories.office_of(item)
    draft = factories.draft(title="后来加的")
    draft.fields |= {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    added = actions.add_item(item.list, draft, by=by, reason="漏了", now=NOW)
    into = choose(item.list)

    assert numbers(item.list, "后来加的") == [added.number]
    assert {each.search_text for each in into.items.all()} == {""}
    change_year(added, into)
    assert contradicting() == []


@pytest.mark.parametrize("field", ["title", "problem", "effect_en", "measures"])
def test_corrected_words_are_found_and_the_old_ones_no_longer(item, field):
    def correct(text):
        said = {"by": factories.office_of(item), "field": field, "reason": "错字", "now": NOW}
        if field == "measures":  # other ones in their place
            said |= {"value": [Words(text)], "decision": factories.decision()}
            actions.reduce_item(fresh(item), **said)
        else:
            actions.correct_item(fresh(item), value=text, **said)

    correct("张三家里")
    assert numbers(item.list, "张三家") == [1]

    correct("一户人家")

    assert (numbers(item.list, "张三家"), numbers(item.list, "一户")) == ([], [1])


def test_erased_words_are_not_found(item):
    by = factories.office_of(item)
    said = {"field": "problem", "value": "住三栋", "reason": "错字", "now": NOW}
    actions.correct_item(fresh(item), by=by, **said)
    actions.correct_item(fresh(item), by=by, **(said | {"value": "已改"}))
    for entry in item.entries.filter(verb="correct"):
        actions.erase_words(entry, by=by, reason="隐私", now=NOW)

    assert numbers(item.list, "三栋") == []
    assert contradicting() == []


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("100%", [1]),
        ("%_", [1]),
        ("1%0", []),
        ("0_%", []),
        ("C:\\", [1]),
        ("\\\\", []),
        ("aed", [1]),
        ("ａｅｄ", [1]),
        ("AED 矿槽", [1]),
        ("aed矿槽", []),
        ("到位c", []),  # no word runs from one text into the next
    ],
)
def test_signs_are_searched_as_they_are_and_letters_folded(item, q, expected):
    assert numbers(item.list, q) == expected


def test_words_that_contradict_the_item_are_reported(item):
    connection.check_constraints()
    triggers.remove(connection)
    past_the_models(item).update(search_text="别的话")

    with override("en"):
        assert verify(item.list) == ["No. 1: a search looks for it in other words than it says."]
