"""Nobody ends a worker's word alone: one appeal, which only the post for reviews answers."""

import pytest
from django.db import Error, connection, transaction

from items import actions, models, queries
from items.errors import Refused
from items.models import Appeal, Suggestion
from items.rules import why_not
from tests import factories
from tests.desk.logged_in import log_in
from tests.factories import TODAY, days
from tests.suggestions.phone import Phone, text, words_of

pytestmark = pytest.mark.django_db
WHY = "说修好了，其实没有修"
APPEALS = "不接受这个答复，申诉一次"
LATER = TODAY + days(15)


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def reviewer(committee, office):
    post = factories.Post(committee=committee)
    actions.name_review_posts(committee, post, by=office)
    return post.holder(TODAY)


@pytest.fixture
def declined(committee, office, reviewer):
    sent = factories.suggestion(committee, words="食堂太远", contact="分机 301")
    actions.decline(sent, reason="not_ours", by=office, text="不归厂里管")
    return sent


@pytest.fixture
def appealed(declined):
    actions.appeal(declined, words=WHY, today=TODAY)
    return declined


def fresh(suggestion):
    return Suggestion.objects.get(pk=suggestion.pk)


def answer(suggestion, by, outcome="anew", text="没人去看过"):
    return actions.answer_appeal(fresh(suggestion), by=by, outcome=outcome, text=text)


def counts(today):
    found = queries.suggestions_page("plant", today).appeals
    return (found.came, found.stands, found.anew, found.waiting)


def test_appeal_goes_to_the_post_for_reviews_alone(declined, office, reviewer, client):
    phone = Phone()
    assert APPEALS in words_of(phone.ask(declined.code))

    response = phone.ask(declined.code, why=WHY)

    assert response.status_code == 200
    assert WHY in words_of(response)
    assert APPEALS not in words_of(response)
    assert phone.ask(declined.code, why=WHY).status_code == 200  # pressed twice
    refused = phone.ask(declined.code, why="还有")
    assert refused.status_code == 422
    assert "还有</textarea>" in text(refused)
    assert Appeal.objects.get().due == TODAY + days(14)
    log_in(client, office)
    assert WHY not in text(client.get(f"/desk/suggestions/{declined.pk}/"))
    assert client.get("/desk/appeals/").status_code == 404
    assert client.get(f"/desk/appeals/{declined.pk}/").status_code == 404
    log_in(client, reviewer)
    assert client.get("/desk/").context["desk"].appeals == 1
    assert "食堂太远" in text(client.get("/desk/appeals/"))
    page = text(client.get(f"/desk/appeals/{declined.pk}/"))
    assert all(words in page for words in ("食堂太远", "不归厂里管", WHY))
    assert "分机 301" not in page
    assert client.get(f"/desk/suggestions/{declined.pk}/").status_code == 404


@pytest.mark.parametrize("outcome", ["stands", "anew"])
def test_reviewer_answers_and_the_suggester_reads_it(appealed, reviewer, client, outcome):
    log_in(client, reviewer)
    row, at = fresh(appealed), f"/desk/appeals/{appealed.pk}/"
    said = {"version": row.version, "last_seq": row.last_seq, "text": "去看了，没有修"}
    assert client.post(at, said).status_code == 422

    assert client.post(at, said | {"outcome": outcome}).status_code == 302
    assert client.post(at, said | {"outcome": outcome}).status_code == 302  # pressed twice

    assert client.get(at).status_code == 403
    page = words_of(Phone().ask(appealed.code))
    assert "去看了，没有修" in page
    assert APPEALS not in page
    assert fresh(appealed).status == {"stands": "not_adopted", "anew": "received"}[outcome]


def test_counted_in_public_as_of_midnight(appealed, reviewer, client):
    assert counts(TODAY) == (0, 0, 0, 0)
    assert counts(TODAY + days(1)) == (1, 0, 0, 1)

    answer(appealed, reviewer)

    assert counts(TODAY) == (0, 0, 0, 0)
    assert counts(TODAY + days(1)) == (1, 0, 1, 0)


def test_once_even_after_it_was_answered_anew(appealed, office, reviewer):
    answer(appealed, reviewer)
    actions.decline(fresh(appealed), reason="not_ours", by=office, text="还是不归厂里管")

    with pytest.raises(Refused):
        actions.appeal(fresh(appealed), words="再来")


def test_what_was_put_together_appeals_and_is_parted(declined, committee, office, reviewer):
    other = factories.suggestion(committee, words="另一个人也这么说")
    actions.take_up_again(fresh(declined), by=office, text="再看")
    actions.merge(other, by=office, into=fresh(declined))
    actions.decline(fresh(declined), reason="not_ours", by=office, text="钱不够")
    assert Phone().ask(other.code, why=WHY).status_code == 200
    assert why_not("take_up_again", office, fresh(declined)) != ""

    answer(other, reviewer)

    assert (fresh(other).status, fresh(other).merged_into) == ("received", None)
    assert fresh(declined).status == "not_adopted"
    page = words_of(Phone().ask(other.code))
    assert page.index("钱不够") < page.index(WHY) < page.index("没人去看过")
    assert why_not("take_up_again", office, fresh(declined)) == ""


def test_only_a_free_holder_ends_it(appealed, committee, office, reviewer):
    assert why_not("answer_appeal", reviewer, fresh(appealed)) == ""  # the negative control
    for person in (office, factories.Post(committee=committee).holder(TODAY)):
        assert why_not("answer_appeal", person, fresh(appealed)) != ""
    assert why_not("take_up_again", office, fresh(appealed)) != ""

    factories.Role(committee=committee, person=reviewer, kind="office")
    assert why_not("answer_appeal", reviewer, fresh(appealed)) != ""


def test_who_answered_never_ends_it(committee, office):
    """They were of the office when they answered, and hold the post for reviews today."""
    sent = factories.suggestion(committee)
    factories.settled(sent, by=office, text="修好了")
    post = factories.Post(committee=committee)
    actions.name_review_posts(committee, post, by=office)
    holder = post.holder(TODAY)
    role = factories.Role(committee=committee, person=holder, kind="office")
    actions.ask_again(fresh(sent), words="几时？")
    actions.answer_again(fresh(sent), by=holder, text="下周")
    role.delete()
    actions.appeal(fresh(sent), words=WHY)

    assert why_not("answer_appeal", holder, fresh(sent)) != ""


def test_overdue_is_named_for_the_office_and_for_the_reviewer(appealed, office, reviewer):
    assert not queries.suggestions_to_answer(office, TODAY + days(14)).late_appeals
    assert [row.pk for row in queries.suggestions_to_answer(office, LATER).late_appeals] == [
        appealed.pk
    ]
    assert [row.is_late for row in queries.appeals(reviewer, LATER)] == [True]


@pytest.mark.parametrize("words", ["打我电话 13800138000", "  ", "一" * 2001])
def test_what_it_may_not_hold(declined, words):
    response = Phone().ask(declined.code, why=words)

    assert response.status_code == 422
    assert words.strip() in text(response)
    assert not Appeal.objects.exists()


def test_erasing_takes_its_words_and_it_still_waits(appealed, office, reviewer):
    actions.erase(fresh(appealed), by=office, text="写了名字")

    (shown,) = queries.appeals(reviewer, TODAY)
    assert (shown.words, shown.why) == ("", "")
    answer(appealed, reviewer, "stands", "已看过")


def refuses(sql, *values):
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_database_lets_nobody_else_end_it(appealed, office, reviewer):
    refuses("UPDATE items_appeal SET outcome = 'stands', ended_on = opened_on")
    refuses("UPDATE items_suggestion SET status = 'received' WHERE id = %s", appealed.pk)
    for person, may in ((office, False), (reviewer, True)):
        with transaction.atomic():
            row = fresh(appealed)
            actions.step.write_step(row, "answer_appeal", day=TODAY, by=person)
            end = f"UPDATE items_appeal SET outcome = 'stands', ended_on = '{TODAY}'"
            if may:
                with connection.cursor() as cursor:
                    cursor.execute(end)
            else:
                refuses(end)
            transaction.set_rollback(True)


def test_an_item_that_it_became_is_no_case_for_an_appeal(committee, office):
    sent = factories.suggestion(committee)
    item = factories.published_item(list__committee=committee, number=2)
    actions.adopt(sent, by=office, items=[item], text="列入清单")

    with pytest.raises(Refused):
        actions.appeal(fresh(sent), words=WHY)
    assert APPEALS not in words_of(Phone().ask(sent.code))
    assert models.Appeal.objects.count() == 0
