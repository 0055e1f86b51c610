"""Reviews at the desk: whose turn it is, what they read, the answer, and what is late."""

import pytest

from items import actions, queries
from items.errors import Refused
from items.models import Measure
from items.rules.closing import KINDS
from items.words import day
from tests import factories
from tests.desk.sending import address, said, text_of
from tests.factories import TODAY, days
from tests.items.actions.acts import closed_item
from tests.items.published import without_guards
from welfare.desk.year.views import SETTLED_AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.reviewed_item()


@pytest.fixture
def reviewer(item, as_):
    return as_(factories.reviewer_of(item))


def queues(client):
    return [queue.key for queue in client.get("/desk/").context["desk"].queues if queue.count]


def test_it_stands_first_on_the_desk_of_who_answers(reviewer, item):
    desk = reviewer.get("/desk/")

    assert desk.context["desk"].queues[0].key == "reviews"
    assert item.title in text_of(desk)


def test_the_office_sees_what_is_late(as_, item, monkeypatch):
    office = factories.office_of(item)
    due = item.reviews.get().due

    keys = [key for key in ("late_reviews",) if queries.queue(key, office, due).count]
    assert keys == []
    assert queries.queue("late_reviews", office, due + days(1)).count == 1
    packed = queries.pack(item.list, due + days(1))
    assert [line.review.is_overdue for line in packed.reviews] == [True]


def test_who_answers_reads_what_was_written_and_nobody_else(reviewer, as_, item):
    at = address(item, "review")

    assert "休息室没有空调" in text_of(reviewer.get(at))
    page = as_(factories.supervisor_of(item)).get(at)
    assert page.status_code == 403
    assert "休息室没有空调" not in text_of(page)


def test_answer_is_written_and_ends_it(reviewer, item):
    sent = said("review", item, outcome="put_right")

    assert reviewer.post(address(item, "review"), sent).status_code == 302
    assert not item.reviews.open().exists()
    assert queues(reviewer) == []
    assert "16把都坐过" in text_of(reviewer.get(address(item)))


def test_undone_asks_for_what_is_missing_and_a_day(reviewer, item):
    sent = said("review", item, outcome="undone")
    page = reviewer.post(address(item, "review"), sent)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"reason", "put_right_by"}
    sent |= {"reason": "两把坏的", "put_right_by": (TODAY + days(9)).isoformat()}
    assert reviewer.post(address(item, "review"), sent).status_code == 302
    item.refresh_from_db()
    assert item.status == "in_progress"


def test_public_page_and_board_say_so(client, item):
    page = f"/lists/{item.list.slug}/{item.number}/"
    review = item.reviews.get()

    assert review.post.name in text_of(client.get(page))
    assert review.post.name in text_of(client.get(f"{page}verdict/"))
    board = queries.board(item.list.slug, review.due + days(1))
    assert board.truth.unanswered == 1
    assert queries.board(item.list.slug, review.due).truth.unanswered == 0
    found = {"outcome": "unfounded", "found": "十六把都在", "companion": "李敏"}
    actions.review_item(item, by=factories.reviewer_of(item), now=factories.NOW, **found)
    for where in (page, f"{page}verdict/"):
        said_now = text_of(client.get(where))
        assert "十六把都在" in said_now
        assert "李敏" in said_now


def test_change_of_year_waits_for_the_answer_and_leads_to_it(as_, item):
    assert set(SETTLED_AT) == set(KINDS)

    page = as_(factories.office_of(item)).get(f"/desk/lists/{item.list.slug}/year/")

    assert [each.waiting.kind for each in page.context["settle"]] == ["review"]
    with pytest.raises(Refused, match="复查"):
        actions.close_list(item.list, by=factories.office_of(item), now=factories.NOW)


def test_form_says_what_opened_it_and_by_when(reviewer, item):
    page = text_of(reviewer.get(address(item, "review")))

    assert "有职工写明" in page
    assert day(item.reviews.get().due) in page


@pytest.mark.parametrize("ended", [False, True])
def test_after_the_closing_the_form_says_where_it_goes_on(as_, ended):
    item, running = closed_item() if ended else (factories.item_at("resolved"), None)
    factories.doubt(item, TODAY, "again")
    actions.open_reviews(TODAY + days(1))
    without_guards()
    Measure.objects.filter(item=item).update(done_on=TODAY)

    page = as_(factories.reviewer_of(item)).get(address(item, "review"))

    assert page.status_code == 200
    assert ("undone_measures" in page.context["form"].fields) is not ended
    assert (f"转到“{running}”里" if running else "接着办") in text_of(page) or not ended


def test_what_is_undone_after_the_closing_is_sent_and_goes_on(as_):
    item, running = closed_item()
    factories.doubt(item, TODAY - days(1), "again")
    actions.open_reviews(TODAY)
    undone = {"reason": "又漏水", "put_right_by": str(TODAY + days(30))}
    sent = said("review", item, outcome="undone", **undone)

    answer = as_(factories.reviewer_of(item)).post(address(item, "review"), sent)

    assert answer.status_code == 302
    assert running.items.filter(carried_from=item).exists()
