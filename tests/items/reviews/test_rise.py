"""More suggestions after a sign-off than before it open a review, and small numbers don't."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from items import actions, queries
from items.ledger.verify import verify
from items.models import Entry, Item, Review
from items.models.review import MORE
from items.states import Verb
from tests import factories
from tests.factories import PUBLISHED_ON, at, days
from tests.items.actions.acts import PUT_RIGHT_BY, fresh
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db
SIGNED = PUBLISHED_ON + days(3)
LATER = SIGNED + days(10)


@pytest.fixture
def item():
    return signed_off()


def signed_off(**columns):
    columns = {"category": factories.Category()} | columns
    committee = columns["category"].committee
    columns |= {"place": factories.Place(committee=committee), "list__committee": committee}
    return factories.item_at("resolved", **columns)


def opened(today=LATER):
    actions.open_reviews(today)
    return list(Review.objects.order_by("pk"))


def test_five_more_open_one_with_its_counts_for_the_named_post(item):
    factories.hear(item, SIGNED - days(90), SIGNED - days(1))
    factories.hear(item, *[SIGNED + days(n) for n in range(1, 8)])

    assert opened(SIGNED + days(7)) == []  # the seventh came today
    (review,) = opened(SIGNED + days(8))

    assert (review.item, review.cause, review.round) == (item, "rise", None)
    assert (review.heard_before, review.heard_after) == (2, 7)
    assert review.sign_off == item.entries.get(verb=Verb.SIGN_OFF)
    assert review.opened_on == SIGNED + days(8)
    assert (review.post, review.drawn) == (item.list.committee.review_post, False)


@pytest.mark.parametrize(("before", "after"), [(0, 4), (2, 6), (5, 9), (9, 9), (9, 0)])
def test_fewer_open_none(item, before, after):
    factories.hear(item, *[SIGNED - days(9)] * before, *[SIGNED + days(3)] * after)

    assert opened() == []


@pytest.mark.parametrize("off", [0, -91, 91], ids=["its day", "too early", "too late"])
def test_days_are_those_of_the_page_of_claims(item, off):
    factories.hear(item, *[SIGNED + days(off)] * MORE)

    assert opened(SIGNED + days(120)) == []
    assert queries.claims_page(item.list.slug, SIGNED + days(120)).heard == ()


def test_once_the_days_are_over_it_is_seen_all_the_same(item):
    factories.hear(item, *[SIGNED + days(90)] * MORE)

    assert [row.heard_after for row in opened(SIGNED + days(95))] == [MORE]


def test_page_of_claims_and_review_say_the_same(item, client):
    factories.hear(item, SIGNED - days(2), *[SIGNED + days(2)] * 6)
    (review,) = opened()

    (heard,) = queries.claims_page(item.list.slug, LATER).heard
    assert (heard.before, heard.after) == (review.heard_before, review.heard_after) == (1, 6)
    shown = client.get(f"/lists/{item.list.slug}/{item.number}/").content.decode()
    assert "核查通过前90天1条，通过后6条" in shown


def test_what_waits_in_moderation_counts_nowhere(item):
    factories.hear(item, *[SIGNED + days(2)] * MORE, moderated=True)

    assert opened() == []


@pytest.mark.parametrize("lacks", ["place", "category"])
def test_what_has_no_place_or_category_has_none(item, lacks):
    factories.hear(item, *[SIGNED + days(2)] * MORE)
    told = {"field": lacks, "value": None, "reason": "写错了", "now": at(LATER)}
    actions.correct_item(fresh(item), by=factories.office_of(item), **told)

    assert opened() == []


def test_hardship_items_have_none():
    item = signed_off(hardship=True)
    factories.hear(item, *[SIGNED + days(2)] * MORE)

    assert opened() == []


def test_one_of_a_sign_off_and_another_of_the_next(item):
    factories.hear(item, *[SIGNED + days(2)] * MORE)
    assert len(opened()) == 1
    assert len(opened(LATER + days(1))) == 1
    answer(item, LATER + days(1), outcome="unfounded")
    assert len(opened(LATER + days(2))) == 1

    again = {"reason": "又坏了", "put_right_by": PUT_RIGHT_BY, "now": at(LATER + days(3))}
    actions.reopen_item(fresh(item), by=factories.supervisor_of(item), **again)
    assert len(opened(LATER + days(4))) == 1  # it is openly not done
    for day, act in enumerate(factories.ROADS["resolved"][1:], start=4):
        act(fresh(item), now=at(LATER + days(day)))
    done = fresh(item).signed_off_on
    factories.hear(item, *[done + days(1)] * (MORE + MORE))

    first, second = opened(done + days(2))
    assert (second.heard_before, second.heard_after) == (MORE, MORE + MORE)
    assert second.sign_off_id > first.sign_off_id


def answer(item, on, **said):
    said = {"found": "逐一看过", "by": factories.reviewer_of(item), "now": at(on)} | said
    return actions.review_item(fresh(item), **said)


def test_it_waits_for_the_end_of_another_review(item):
    factories.doubt(item, SIGNED)
    assert [row.cause for row in opened(SIGNED + days(1))] == ["words"]
    factories.hear(item, *[SIGNED + days(2)] * MORE)
    assert len(opened()) == 1

    answer(item, LATER, outcome="unfounded")

    assert [row.cause for row in opened(LATER + days(1))] == ["words", "rise"]


def test_answer_keeps_the_counts_and_does_what_it_says(item):
    factories.hear(item, *[SIGNED + days(2)] * MORE)
    opened()
    undone = {"outcome": "undone", "reason": "还在漏", "put_right_by": PUT_RIGHT_BY}

    entry = answer(item, LATER, **undone)

    assert (entry.facts["heard_before"], entry.facts["heard_after"]) == (0, MORE)
    assert fresh(item).status == "in_progress"
    assert verify(item.list) == []
    without_guards()
    Review.objects.update(heard_after=MORE + 1)
    assert len(verify(item.list)) == 1


def test_what_was_brought_in_as_resolved_has_none(item):
    factories.hear(item, *[SIGNED + days(2)] * MORE)
    without_guards()
    QuerySet(Entry).filter(verb=Verb.SIGN_OFF).update(verb=Verb.BRING_IN)

    assert opened() == []


WRONG = {
    "too few": {"heard_before": 1},
    "another count": {"heard_after": MORE + 1},
    "no count": {"heard_after": None},
    "another entry": {"sign_off": "claim"},
    "no entry": {"sign_off": None},
    "a day too early": {"opened_on": SIGNED + days(2)},
    "another cause": {"cause": "again"},
}


@pytest.mark.parametrize("case", ["as it is", *WRONG])
def test_the_database_counts_too(item, case):
    factories.hear(item, *[SIGNED + days(2)] * MORE)
    wrong = dict(WRONG.get(case, {}))
    if wrong.get("sign_off"):
        wrong["sign_off"] = item.entries.get(verb=wrong["sign_off"])
    said = {"item": Item.objects.get(), "cause": "rise", "opened_on": LATER, "due": PUT_RIGHT_BY}
    said |= {"sign_off": item.entries.get(verb=Verb.SIGN_OFF), "heard_before": 0}
    said |= {"heard_after": MORE} | wrong

    if case == "as it is":
        assert Review.objects.create(**said).pk
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(**said)


def test_the_counts_of_a_review_stay(item):
    factories.hear(item, *[SIGNED + days(2)] * MORE)
    opened()

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(heard_before=1)


def test_two_lists_are_counted_with_one_question(item, django_assert_max_num_queries):
    factories.hear(item, *[SIGNED + days(2)] * MORE)
    other = signed_off(list__slug="other")
    factories.hear(other, *[SIGNED + days(2)] * MORE)

    assert {row.item for row in opened()} == {item, other}
