"""The answer that ends a review: by whom, with what it does, and what stays in sight."""

import pytest
from django.db import IntegrityError, connection, transaction

from items import actions, rules
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Review
from items.public.entries import event
from items.states import MOVES
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import PUT_RIGHT_BY, fresh
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db
UNDONE = {"outcome": "undone", "reason": "有两把还是坏的", "put_right_by": PUT_RIGHT_BY}


def answer(item, by=None, **said):
    said = {"outcome": "unfounded", "found": "16把都坐过", "now": NOW} | said
    return actions.review_item(fresh(item), by=by or factories.reviewer_of(item), **said)


@pytest.mark.parametrize("outcome", ["put_right", "unfounded"])
@pytest.mark.parametrize("status", ["pending_check", "resolved"])
def test_answer_ends_it_and_leaves_the_status(status, outcome):
    item = factories.reviewed_item(status)
    review = item.reviews.get()

    entry = answer(item, outcome=outcome, companion="职工代表李敏")

    item = fresh(item)
    assert item.status == status
    assert (entry.role, entry.public, entry.words.post) == ("reviewer", True, review.post.name)
    assert entry.facts["outcome"] == outcome
    assert item.reviews.get().entry == entry
    assert "职工代表李敏" in [value for _label, value in event(entry, show_names=False).facts]
    assert verify(item.list) == []


def test_what_is_undone_is_reopened_and_the_old_sign_off_stays():
    item = factories.reviewed_item()
    signed_on = str(item.signed_off_on)

    answer(item, **UNDONE, now=at(PUBLISHED_ON + days(5)))

    item = fresh(item)
    reopened, found = item.entries.order_by("-seq")[:2]
    assert (found.verb, found.words.text) == ("review", "16把都坐过")
    assert (reopened.verb, reopened.role, reopened.words.text) == (
        "reopen",
        "reviewer",
        "有两把还是坏的",
    )
    assert reopened.words.post == item.reviews.get().post.name
    assert reopened.facts["signed_off_on"] == signed_on
    assert (item.status, item.times_reopened, item.put_right_by) == ("in_progress", 1, PUT_RIGHT_BY)
    assert item.verdict_rounds.get().ended_why == "reopened"
    assert item.entries.filter(verb="sign_off").exists()
    assert verify(item.list) == []


def test_a_claim_that_is_undone_is_sent_back():
    item = factories.reviewed_item("pending_check")

    answer(item, **UNDONE)

    item = fresh(item)
    assert item.last_entry.verb == "send_back"
    assert (item.status, item.claimed_on, item.put_right_by) == ("in_progress", None, PUT_RIGHT_BY)


def test_what_was_sent_back_meanwhile_is_still_answered():
    item = factories.reviewed_item("pending_check")
    said = {"reason": "差两把", "put_right_by": PUT_RIGHT_BY, "now": NOW}
    actions.send_back_item(fresh(item), by=factories.supervisor_of(item), **said)

    assert answer(item, **UNDONE) == fresh(item).last_entry
    assert fresh(item).status == "in_progress"


@pytest.mark.parametrize(
    "said",
    [
        {"found": " "},
        {"outcome": "fine"},
        UNDONE | {"reason": ""},
        UNDONE | {"put_right_by": None},
        {"happened_on": factories.PUBLISHED_ON},
    ],
)
def test_half_an_answer_is_none(said):
    item = factories.reviewed_item()

    with pytest.raises(Refused):
        answer(item, **said)
    assert item.reviews.open().exists()
    assert fresh(item).status == "resolved"


# Whose answer it is


@pytest.mark.parametrize("who", ["owner", "supervisor", "office", "colleague"])
def test_nobody_who_has_to_do_with_it_answers(who):
    item = factories.reviewed_item()

    with pytest.raises(Refused):
        answer(item, by=getattr(factories, f"{who}_of")(item))


def test_nor_the_holder_who_is_on_a_side_by_now():
    item = factories.reviewed_item()
    holder = factories.reviewer_of(item)
    factories.Role(committee=item.list.committee, kind="office", person=holder)

    with pytest.raises(Refused, match=r"office|办公室"):
        answer(item, by=holder)


def test_its_holder_may_do_nothing_else_and_only_once():
    item = factories.reviewed_item()
    holder = factories.reviewer_of(item)
    said = {verb for verb in MOVES if not rules.why_never(verb, holder, fresh(item))}

    assert said == {"review"}
    answer(item)
    with pytest.raises(Refused):
        answer(item, by=holder)


def test_without_a_review_there_is_nothing_to_answer():
    item = factories.item_at("resolved")
    holder = item.list.committee.review_post.holder(TODAY)

    assert rules.why_not("review", holder, item, today=TODAY)


# Nor by SQL


def refused(sql, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_no_review_is_bent_by_sql():
    item = factories.reviewed_item()
    review, claim = item.reviews.get(), item.entries.get(verb="claim")
    update, where = "UPDATE items_review SET", "WHERE id = %s"

    refused(f"{update} entry_id = %s {where}", claim.pk, review.pk)
    refused(f"{update} due = '2030-01-01' {where}", review.pk)
    refused(f"{update} post_id = %s {where}", item.owner_post_id, review.pk)
    refused(f"{update} post_id = %s {where}", item.supervisor_post_id, review.pk)
    refused(f"{update} post_id = NULL {where}", review.pk)
    refused(f"DELETE FROM items_review {where}", review.pk)
    answer(item)
    refused(f"{update} entry_id = NULL {where}", review.pk)
    assert verify(item.list) == []


def test_no_review_is_made_up():
    item = factories.item_at("resolved")
    said = {"item": item, "opened_on": TODAY, "due": PUT_RIGHT_BY}
    of_round = said | {"round": item.verdict_rounds.get()}

    for columns in (
        said | {"cause": "again"},
        of_round | {"cause": "words"},
        of_round | {"cause": "share"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.create(**columns)


def test_verifying_finds_an_answer_without_its_review():
    item = factories.reviewed_item()
    answer(item)
    assert verify(item.list) == []

    without_guards()
    Review.objects.update(due=TODAY)
    assert len(verify(item.list)) == 1
    Review.objects.update(entry=None)
    assert len(verify(item.list)) == 1
