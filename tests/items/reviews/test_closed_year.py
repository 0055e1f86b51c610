"""What broke again after its year was closed is reviewed as any other, and goes on elsewhere."""

import pytest
from django.db import IntegrityError, transaction

from items import actions, queries
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Review
from items.models.review import MORE
from tests import factories
from tests.desk.sending import text_of
from tests.factories import NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import closed_item, fresh

pytestmark = pytest.mark.django_db
NEXT = TODAY + days(1)
LATER = at(NEXT + days(1))
UNDONE = {"outcome": "undone", "reason": "又漏水了", "put_right_by": TODAY + days(30)}


@pytest.fixture
def closed():
    return closed_item()


def opened(today=NEXT):
    actions.open_reviews(today)
    return list(Review.objects.order_by("pk"))


def broken(item, on=TODAY, today=NEXT):
    """Let somebody write that it broke again, and the review open."""
    factories.doubt(item, on, "again")
    (review,) = opened(today)
    return review


def answer(item, **said):
    said = {"by": factories.reviewer_of(item), "found": "去看过了", "now": LATER} | said
    return actions.review_item(fresh(item), **{"outcome": "unfounded"} | said)


def stands(item_list):
    """Return what a closed list says of itself and of its items, whatever was written since."""
    columns = ("number", "status", "done_on", "signed_off_on", "times_reopened", "last_news")
    return fresh(item_list).closing_figures, list(item_list.items.values_list(*columns))


def test_it_opens_one_for_the_named_post_and_no_figure_changes(closed):
    item, _running = closed
    before = stands(item.list)

    review = broken(item)

    assert (review.item, review.cause, review.round) == (item, "again", None)
    assert review.post == item.list.committee.review_post
    assert stands(item.list) == before
    assert len(opened(NEXT + days(1))) == 1


def test_a_rise_after_the_closing_opens_one_too():
    committee = factories.Committee()
    place = factories.Place(committee=committee)
    category = factories.Category(committee=committee)
    item, _running = closed_item(list__committee=committee, place=place, category=category)
    factories.hear(item, *[PUBLISHED_ON + days(9)] * MORE)

    assert [row.cause for row in opened()] == ["rise"]


@pytest.mark.parametrize("grade", ["not_done", "nearly"])
def test_other_words_open_none_since_its_rounds_have_ended(closed, grade):
    item, _running = closed
    factories.doubt(item, TODAY, grade)

    assert opened() == []


def test_hardship_items_have_none_after_the_closing():
    item, _running = closed_item(hardship=True)
    factories.doubt(item, TODAY, "again")

    assert opened() == []


def test_a_year_after_the_sign_off_it_opens_none(closed):
    item, _running = closed
    factories.doubt(item, item.signed_off_on + days(367), "again")

    assert opened(item.signed_off_on + days(368)) == []


def test_what_goes_on_already_opens_none(closed):
    item, _running = closed
    said = {"reason": "又坏了", "due": TODAY + days(30), "now": at(TODAY)}
    actions.bring_back(item, by=factories.office_of(item), **said)
    factories.doubt(item, TODAY, "again")

    assert opened() == []
    assert not queries.item_page(item.list.slug, item.number, NEXT).may_break


@pytest.mark.parametrize("outcome", ["put_right", "unfounded"])
def test_answer_stands_in_the_closed_list_and_leaves_it_as_it_is(closed, outcome):
    item, _running = closed
    broken(item)
    before = stands(item.list)

    entry = answer(item, outcome=outcome)

    assert (entry.list, entry.verb, entry.role) == (item.list, "review", "reviewer")
    assert stands(item.list) == before
    assert not Review.objects.open()
    assert verify(item.list) == []


def test_what_is_undone_goes_on_in_the_running_list(closed):
    item, running = closed
    broken(item)
    before = stands(item.list)

    entry = answer(item, **UNDONE, companion="职工代表李敏")

    new = running.items.get(carried_from=item)
    assert (new.status, new.due, new.times_reopened) == ("in_progress", TODAY + days(30), 1)
    assert stands(item.list) == before
    later = [(row.verb, row.role) for row in item.entries.order_by("-seq")[:2]]
    assert later == [("carry_over", "reviewer"), ("review", "reviewer")]
    (began,) = new.entries.all()
    assert (began.verb, began.words.text, began.role) == ("bring_back", "又漏水了", "reviewer")
    assert entry.words.evidence == "职工代表李敏"
    assert item.reviews.get().entry == entry
    assert verify(item.list) == verify(running) == []
    factories.doubt(item, NEXT, "again")
    assert len(opened(NEXT + days(9))) == 1


def test_without_a_running_list_it_is_refused_and_stays_open():
    item = factories.item_at("resolved")
    actions.close_list(fresh(item.list), by=factories.office_of(item), now=NOW)
    broken(item)

    with pytest.raises(Refused, match="下一份清单"):
        answer(item, **UNDONE)

    assert Review.objects.open().exists()
    assert not item.entries.filter(verb="review").exists()
    assert answer(item, outcome="put_right")


def test_what_went_on_meanwhile_is_answered_and_goes_on_once(closed):
    item, running = closed
    broken(item)
    said = {"reason": "又坏了", "due": TODAY + days(30), "now": at(NEXT)}
    actions.bring_back(fresh(item), by=factories.office_of(item), **said)

    assert answer(item, **UNDONE) == fresh(item).last_entry
    assert running.items.filter(carried_from=item).count() == 1
    assert verify(item.list) == verify(running) == []


@pytest.mark.parametrize(
    "said",
    [
        {"happened_on": TODAY},
        {"happened_on": TODAY + days(9)},
        {"put_right_by": TODAY},
        {"reason": " "},
        {"found": " "},
        {"undone_measures": ["one"]},
    ],
    ids=str,
)
def test_half_an_answer_is_none(closed, said):
    item, running = closed
    broken(item)

    with pytest.raises(Refused):
        answer(item, **UNDONE | said)

    assert Review.objects.open().exists()
    assert not running.items.filter(carried_from=item).exists()


def test_nobody_else_answers(closed):
    item, _running = closed
    broken(item)
    for who in (factories.owner_of, factories.supervisor_of, factories.office_of):
        with pytest.raises(Refused):
            answer(item, by=who(item))


@pytest.mark.parametrize("case", ["as it is", "it goes on", "of words"])
def test_the_database_takes_none_that_has_no_cause(closed, case):
    item, _running = closed
    factories.doubt(item, TODAY, "again")
    said = {"item": item, "cause": "again", "opened_on": NEXT, "due": NEXT + days(9)}
    if case == "as it is":
        assert Review.objects.create(**said).pk
        return
    if case == "it goes on":
        back = {"reason": "又坏了", "due": TODAY + days(30), "now": at(TODAY)}
        actions.bring_back(item, by=factories.office_of(item), **back)
    else:
        factories.doubt(item, TODAY, "not_done")
        said |= {"cause": "words", "round": item.verdict_rounds.get()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(**said)


# Where it is seen


def test_it_stands_on_the_desks_and_late_in_public(closed):
    item, running = closed
    review = broken(item)
    late = review.due + days(1)
    reviewer, office = factories.reviewer_of(item), factories.office_of(item)

    assert queries.queue("reviews", reviewer, NEXT).count == 1
    assert queries.queue("late_reviews", office, review.due).count == 0
    assert queries.queue("late_reviews", office, late).count == 1
    packed = queries.pack(item.list, late)
    assert [line.review.is_overdue for line in packed.reviews] == [True]
    assert queries.board(item.list.slug, late).truth.unanswered == 1
    assert queries.board(running.slug, late).truth.unanswered == 0
    page = queries.item_page(item.list.slug, item.number, NEXT)
    assert (page.reviewing.is_open, page.reviews) == (True, ())


def test_its_answer_stands_in_the_box_of_what_came_after(closed, client):
    item, _running = closed
    broken(item)
    shown = text_of(client.get(f"/lists/{item.list.slug}/{item.number}/"))
    assert "有职工写明又坏了" in shown.partition("关闭以后")[2]

    answer(item, found="水管没有漏")

    page = queries.item_page(item.list.slug, item.number, NEXT + days(2))
    assert [event.text for event in page.since] == ["水管没有漏"]
    assert (page.reviewing, page.reviews) == (None, ())
