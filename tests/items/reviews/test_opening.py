"""What opens a review: workers' words, or enough answers; once a day, and nobody else's hand."""

import pytest
from django.db import IntegrityError, transaction

from items import actions
from items.models import Committee, Item, Person, Review, Suggestion
from tests import factories
from tests.factories import PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db
SIGNED = PUBLISHED_ON + days(3)
NEXT = SIGNED + days(1)


def answers(item, on=SIGNED, **numbers):
    for grade, number in numbers.items():
        for which in range(number):
            said = {"grade": grade, "browser": f"{grade} {which}", "now": at(on)}
            actions.give_verdict(item, **said)
    actions.count_verdicts(on + days(1))


def opened(today=NEXT):
    actions.open_reviews(today)
    return list(Review.objects.order_by("pk"))


@pytest.mark.parametrize("grade", ["nearly", "not_done"])
def test_words_open_one_on_the_next_day(grade):
    item = factories.item_at("resolved")
    factories.doubt(item, SIGNED, grade)

    assert opened(SIGNED) == []
    (review,) = opened()

    assert (review.item, review.round) == (item, item.verdict_rounds.get())
    assert (review.cause, review.opened_on) == ("words", NEXT)
    assert review.due == PUBLISHED_ON + days(15)  # seven working days after Friday 6 March
    assert review.post == item.list.committee.review_post
    assert not review.drawn


@pytest.mark.parametrize(
    "said",
    [
        {"grade": "good"},
        {"grade": "unseen"},
        {"grade": ""},
        {"moderated": True},
        {"on": SIGNED + days(31)},
    ],
)
def test_other_words_open_none(said):
    item = factories.item_at("resolved")
    on = said.get("on", SIGNED)
    factories.doubt(item, **({"on": SIGNED, "grade": "not_done"} | said))

    assert opened(on + days(1)) == []


def test_words_that_were_taken_back_open_none():
    item = factories.item_at("resolved")
    actions.take_words_back(factories.doubt(item, SIGNED), today=SIGNED)

    assert opened() == []


def test_hardship_items_never_have_one():
    item = factories.item_at("resolved", hardship=True)
    factories.doubt(item, SIGNED, "again")
    factories.doubt(item, SIGNED)

    assert opened() == []


def test_one_of_an_item_and_round():
    item = factories.item_at("resolved")
    for grade in ("not_done", "nearly"):
        factories.doubt(item, SIGNED, grade)
    answers(item, not_done=10)

    assert len(opened()) == 1
    assert len(opened(NEXT + days(1))) == 1
    _answer(item, "unfounded")
    factories.doubt(item, NEXT + days(1))
    assert len(opened(NEXT + days(2))) == 1


def _answer(item, outcome, **said):
    by = Review.objects.open().get(item=item).post.holder(TODAY)
    said = {"found": "看过了", "outcome": outcome, "now": at(NEXT)} | said
    return actions.review_item(fresh(item), by=by, **said)


@pytest.mark.parametrize(
    ("numbers", "opens"),
    [
        ({"good": 6, "not_done": 4}, True),
        ({"good": 6, "nearly": 2, "not_done": 2}, True),
        ({"good": 7, "not_done": 3}, False),  # 30 % isn't above
        ({"unseen": 6, "not_done": 3}, False),  # nine
        ({"not_done": 9}, False),
    ],
)
def test_share_of_ten_answers_opens_one_without_words(numbers, opens):
    answers(factories.item_at("resolved"), **numbers)

    assert [review.cause for review in opened()] == ["share"] * opens


def test_share_is_the_committees_and_at_most_thirty():
    item = factories.item_at("resolved")
    committees = Committee.objects.filter(pk=item.list.committee_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        committees.update(review_share=31)
    committees.update(review_share=10)
    answers(item, good=8, nearly=2)

    assert len(opened()) == 1


def test_unverified_answers_open_none():
    item = factories.item_at("resolved")
    for which in range(12):
        said = {"grade": "not_done", "browser": str(which), "now": at(SIGNED)}
        actions.give_verdict(item, verified=False, **said)
    actions.count_verdicts(NEXT)

    assert opened() == []


def test_what_is_openly_not_done_needs_none():
    item = factories.item_at("pending_check")
    factories.doubt(item, PUBLISHED_ON + days(2))
    said = {"reason": "差两把", "put_right_by": TODAY, "now": at(SIGNED)}
    actions.send_back_item(fresh(item), by=factories.supervisor_of(item), **said)

    assert opened() == []


# It broke again, after the round


def test_broken_again_opens_one_like_any_other():
    item, later = factories.item_at("resolved"), SIGNED + days(200)
    factories.doubt(item, later, "again")

    (review,) = opened(later + days(1))

    assert (review.cause, review.round) == ("again", None)
    assert len(opened(later + days(2))) == 1  # it is one
    _answer(item, "put_right", now=at(later + days(3)))
    assert len(opened(later + days(4))) == 1
    factories.doubt(item, later + days(5), "again")
    assert len(opened(later + days(6))) == 2


# Whose it is


def test_second_post_reviews_where_the_first_signed():
    item = factories.item_at("resolved")
    committee, office = fresh(item.list.committee), factories.office_of(item)
    first = factories.Post(committee=committee, holder=factories.supervisor_of(item))
    second = factories.Post(committee=committee)
    actions.name_review_posts(committee, first, second, by=office)
    factories.doubt(item, SIGNED)

    (review,) = opened()

    assert (review.post, review.drawn) == (second, False)


@pytest.mark.parametrize("who", ["owner", "supervisor", "office"])
def test_else_a_supervisor_who_did_not_sign_has_the_turn(who):
    item = factories.Item()
    others = [
        factories.another(item, supervisor_post=factories.Post(committee=item.list.committee))
        for _which in range(2)
    ]
    factories.publish(item.list)
    for day, act in enumerate(factories.ROADS["resolved"], start=1):
        act(fresh(item), now=at(PUBLISHED_ON + days(day)))
    person = getattr(factories, f"{who}_of")(item)
    post = factories.Post(committee=item.list.committee, holder=person)
    actions.name_review_posts(item.list.committee, post, by=factories.office_of(item))
    factories.doubt(fresh(item), SIGNED)

    (review,) = opened()

    assert (review.post, review.drawn) == (others[item.number % 2].supervisor_post, True)


def test_nobody_free_waits_for_a_post_and_gets_it():
    item = factories.item_at("resolved")
    committee, office = item.list.committee, factories.office_of(item)
    post = committee.review_post
    actions.name_review_posts(committee, None, by=office)
    factories.doubt(item, SIGNED)

    assert [review.post for review in opened()] == [None]
    actions.name_review_posts(fresh(committee), post, by=office)

    assert [review.post for review in opened(NEXT + days(1))] == [post]


def test_it_goes_on_to_another_post_once_its_holder_is_not_free():
    item = factories.item_at("resolved")
    committee = fresh(item.list.committee)
    first, second = committee.review_post, factories.Post(committee=committee)
    actions.name_review_posts(committee, first, second, by=factories.office_of(item))
    factories.doubt(item, SIGNED)
    assert [review.post for review in opened()] == [first]

    Person.objects.filter(holdings__post=first).update(is_active=False)

    assert [review.post for review in opened(NEXT + days(1))] == [second]
    assert Review.objects.get().due == PUBLISHED_ON + days(15)  # no day is won by that
    assert Item.objects.get(pk=item.pk).status == "resolved"
    assert Suggestion.objects.get().status == "received"  # the office answers the words, too
