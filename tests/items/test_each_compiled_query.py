"""Every compiled query finds what its queryset finds."""

from datetime import date, timedelta

import pytest
from django.db import models
from django.urls import get_resolver
from django.utils import timezone

from items import actions, compiled_queries
from items.models import Item, Synonyms
from items.words import Words
from tests import factories
from tests.factories import TODAY, at
from tests.items.published import Published
from welfare.account import adapter  # noqa: F401  a query stands there that no page imports

pytestmark = pytest.mark.django_db

get_resolver().url_patterns  # noqa: B018  loads every face, and with it its queries
LOCK = "<lambda>"  # of items.models.versioned, one for each model that is locked
QUERIES = {q.__name__: q for q in compiled_queries.REGISTRY if q.__name__ != LOCK}
OF_AN_ITEM = ["_criteria", "_photos", "_unit_shares", "_parts", "_deliveries", "_occasions"]
OF_AN_ITEM += ["_searched_parts", "_searched_news"]


@pytest.fixture(scope="module")
def world(kept_rows):
    """Publish an item with everything that hangs on one, beside another list."""
    world = Published()
    factories.public_photo(Item.objects.get(pk=world.item.pk), side="after")
    posts = {"owner_post": world.item.owner_post, "supervisor_post": world.item.supervisor_post}
    other = factories.ItemList(committee=world.list.committee)
    factories.publish(factories.Item(list=other, **posts).list)
    office = factories.office_of(world.item)
    task = {"text": "核对数量", "who": "owner", "by_when": TODAY}
    actions.set_task(Item.objects.get(pk=world.item.pk), by=office, now=at(TODAY), **task)
    less = {"field": "measures", "value": [Words("只换坐垫")], "reason": "经费不足"}
    less |= {"decision": factories.decision(), "by": office, "now": at(TODAY)}
    actions.reduce_item(Item.objects.get(pk=world.item.pk), **less)
    world.item = Item.objects.get(pk=world.item.pk)
    world.synonyms = Synonyms.objects.create(committee=world.list.committee, lines="铁水 铁流")
    world.draft.handlers.add(world.draft.supervisor_post.holder(TODAY))
    return world


@pytest.fixture
def values(world, db, client):
    """Return for each query two sets of values; the second finds nothing."""
    item, committee = world.item, world.list.committee_id
    person = item.owner_post.holder(TODAY)
    client.force_login(person)
    now, key = timezone.now(), client.session.session_key
    posts = [item.owner_post_id, item.supervisor_post_id]
    first, last = date(TODAY.year, 1, 1), date(TODAY.year, 12, 31)
    return {
        "_holdings": [(posts,), ([],)],
        "_posts": [(posts,), ([0],)],
        "measures_of": [(item.pk,), (0,)],
        "_alive": [(key, now), (key, now + timedelta(days=1))],
        "_people": [(person.pk,), (0,)],
        "_kinds": [(factories.office_of(item).pk, committee), (person.pk, 0)],
        "_carried": [(item.pk, item.handlers.get().pk), (item.pk, person.pk)],
        "_reported": [(item.pk, person.pk), (item.pk, 0)],
        "_holding": [
            (item.owner_post_id, factories.owner_of(item).pk, TODAY),
            (item.owner_post_id, 0, TODAY),
        ],
        "_waiting": [(item.pk,), (0,)],
        "_own_checkers": [(world.draft.list_id, TODAY), (item.list_id, TODAY)],
        "_chains": [(item.list_id,), (0,)],
        "_open_calls": [(committee, TODAY), (committee, TODAY + timedelta(days=99))],
        "_behind": [([item.pk],), ([0],)],
        "_counts_by_status": [
            (committee, first, last, TODAY + timedelta(days=1)),
            (committee, date.min, first, first),
        ],
        "_lists_at": [(item.list.slug,), ("O'Hara’s %s",)],
        "_last_event": [(item.list_id,), (0,)],
        "_papers": [(item.list_id, TODAY), (0, TODAY)],
        "_first_of": [
            (item.list_id, at(TODAY - timedelta(99)), at(TODAY + timedelta(1))),
            (item.list_id, at(TODAY + timedelta(1)), at(TODAY + timedelta(2))),
        ],
        "_in_brief": [(item.list_id,), (0,)],
        "_first_items": [(item.list_id,), (0,)],
        "_lists_near": [(committee, item.list_id), (0, 0)],
        "_photos_at_spots": [([item.pk],), ([],)],
        "_closing": [(world.closing_name.list_id,), (0,)],
        "_places_of": [(committee,), (0,)],
        "_synonym_lines": [(world.synonyms.pk,), (0,)],
        "_entries": [(item.pk, item.list_id), (0, 0)],
        "_public_items": [(item.list.slug, item.number), (item.list.slug, 0)],
        "_items": [(item.list_id, item.number), (item.list_id, 0)],
        **{name: [(item.pk,), (0,)] for name in OF_AN_ITEM},
        "_verdict_rounds": [(world.round.item_id,), (0,)],
        "_reviews": [(world.review.item_id,), (0,)],
        "_waiting_of_list": [(world.proposed.list_id,), (0,)],
        "_drafts_at": [(world.proposed.list.slug,), ("",)],
        "_entries_of_list": [(world.proposed.list_id,), (0,)],
        "_up_at": [(world.proposed.list.slug,), ("",)],
        "_objections": [
            ([world.announcement.pk], TODAY + timedelta(1)),
            ([world.announcement.pk], TODAY),
        ],
        "_to_review": [
            (world.review.item_id, factories.reviewer_of(world.review.item).pk, TODAY),
            (world.review.item_id, 0, TODAY),
        ],
        "_signed": [
            (world.signed.pk, factories.supervisor_of(world.signed).pk),
            (world.signed.pk, person.pk),
        ],
        "_verdict_counts": [(world.round.item_id,), (0,)],
        "_judged": [(world.round.item_id,), (0,)],
        "_seen": [
            (person.pk, TODAY, item.list.slug, item.number),
            (world.person.pk, TODAY, item.list.slug, item.number),
        ],
    }


def told(row, depth=2):
    """Return all that a row says, and so deep what was read with it."""
    if not isinstance(row, models.Model):
        return row
    beside = row._state.fields_cache if depth else {}
    beside = {name: told(each, depth - 1) for name, each in beside.items()}
    return {**vars(row), "_state": beside}


def answer(query, rows):
    """Return all that the rows say; those of a query without an order, in one of our own."""
    said = [told(row) for row in rows]
    return said if query.build(*query.parameters).ordered else sorted(said, key=repr)


def test_every_query_is_run_here(values):
    assert set(values) == set(QUERIES)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_it_finds_what_its_queryset_finds(values, name):
    query, (some, none) = QUERIES[name], values[name]
    anew = answer(query, query.build(*some))

    assert anew
    for _time in range(2):  # compiled, and once more
        assert answer(query, query(*some)) == anew
        assert query(*none) == list(query.build(*none)) == []


def test_one_is_the_row_or_none(world):
    assert QUERIES["_items"].one(world.item.list_id, world.item.number) == world.item
    assert QUERIES["_items"].one(world.item.list_id, 0) is None
