"""What was claimed and what was found adds up, and no name stands in it."""

from itertools import pairwise

import pytest

from items import actions, queries
from items.models import Entry, Item
from items.public.claims import Found, counts_of
from items.queries.claims import outcomes
from tests import factories
from tests.factories import PUBLISHED_ON, TODAY, at, days

DAY = PUBLISHED_ON
STATUS = {"N": "not_started", "P": "in_progress", "C": "pending_check", "R": "resolved"}
STATUS |= {"H": "on_hold", "W": "withdrawn", "-": ""}

# A way through the statuses, with what each claim on it came to
WAYS = {
    "NPC": ["waiting"],
    "NC": ["waiting"],
    "NPCR": ["passed"],
    "NPCPC": ["sent_back", "waiting"],
    "NPCPCR": ["sent_back", "passed"],
    "NPCRP": ["passed again"],
    "NPCRPCR": ["passed again", "passed"],
    "NPCRPCRP": ["passed again", "passed again"],
    "NPCW": ["withdrawn"],
    "NPCHC": ["waiting"],
    "NPCHCR": ["passed"],
    "NPCHW": ["withdrawn"],
    "NPHP": [],
    "NPW": [],
    "NPCPW": ["sent_back"],
    "-R": [],  # brought in as resolved
    "-CR": [],  # carried over while it waited: the earlier list's claim
    "-RP": [],
    "-RPCR": ["passed"],
}


def steps_of(way, item=1):
    pairs = pairwise(way)
    return [
        (item, STATUS[before], STATUS[after], DAY + days(n))
        for n, (before, after) in enumerate(pairs)
    ]


@pytest.mark.parametrize("way", WAYS)
def test_each_claim_comes_to_one_end(way):
    claims = outcomes(steps_of(way))

    assert [claim.found.value + (" again" if claim.again_on else "") for claim in claims] == WAYS[
        way
    ]
    assert all((claim.found_on is None) == (claim.found == Found.WAITING) for claim in claims)


def test_terms_add_up_to_the_total_whatever_the_ways():
    steps = [step for item, way in enumerate(WAYS) for step in steps_of(way, item)]

    counts = counts_of(outcomes(steps))

    assert sum(term.count for term in counts.terms) == counts.total
    assert counts.total == sum(map(len, WAYS.values()))
    assert counts.again == sum(ends.count("passed again") for ends in WAYS.values())


def test_what_was_never_taken_off_a_list_isnt_named():
    assert [term.key for term in counts_of([]).terms] == ["passed", "sent_back", "waiting"]


@pytest.fixture
def page(db):
    item = factories.item_at("resolved", list__slug="plant-2026", number=1)
    put_right = {"reason": "又坏了", "put_right_by": TODAY + days(20)}
    actions.reopen_item(item, by=factories.supervisor_of(item), now=at(TODAY), **put_right)
    return queries.claims_page("plant-2026", TODAY)


def test_page_of_a_list_is_made_of_its_ledger(page):
    assert [(term.key, term.count) for term in page.counts.terms] == [
        ("passed", 1),
        ("sent_back", 0),
        ("waiting", 0),
    ]
    (claim,) = page.claims
    assert (claim.number, claim.found, claim.again_on) == (1, "passed", TODAY)
    assert queries.claims_page("plant-2026", TODAY, of="waiting").claims == ()
    assert len(queries.claims_page("plant-2026", TODAY, of="again").claims) == 1
    assert len(queries.claims_page("plant-2026", TODAY, of="nonsense").claims) == 1


def test_no_person_stands_in_it(page, client):
    shown = client.get("/lists/plant-2026/claims/").content.decode()

    for name in Entry.objects.values_list("by__name", flat=True):
        assert name not in shown


def test_suggestions_on_place_and_category_are_counted_before_and_after(db):
    item = factories.item_at("resolved", list__slug="plant-2026")
    of = {"committee": item.list.committee}
    place, category = factories.Place(**of), factories.Category(**of)
    done = item.signed_off_on
    said = [done - days(91), done - days(90), done - days(1), done, done + days(1), TODAY]
    for day in said:
        one = factories.suggestion(item.list.committee, day)
        office = factories.office(item.list.committee)
        actions.sort(one, by=office, place=place, category=category, now=at(TODAY))
    factories.suggestion(item.list.committee, done + days(1))  # of no place
    assert queries.claims_page("plant-2026", TODAY).heard == ()

    for field, value in (("place", place), ("category", category)):
        told = {"field": field, "value": value, "reason": "补上", "now": at(TODAY)}
        office = factories.office_of(item)
        actions.correct_item(Item.objects.get(pk=item.pk), by=office, **told)

    (told,) = queries.claims_page("plant-2026", TODAY).heard
    assert (told.before, told.after) == (2, 1)
    assert told.days_after == min(90, (TODAY - done).days)


def test_pack_says_the_same(page):
    item_list = Item.objects.get().list

    assert queries.pack(item_list, TODAY).claimed == page.counts
