"""A worker's verdict: who can give one, how it is counted, and that nobody bends it."""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.db import IntegrityError, connection

from items import actions
from items.errors import Refused
from items.guards import triggers
from items.ledger.verify import verify
from items.models import Answered, Verdict, VerdictCount
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.published import run, without_guards

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + days(1)


@pytest.fixture
def item():
    return factories.item_at("pending_check")


def give(item, grade="good", browser="a", **said):
    return actions.give_verdict(item, grade=grade, browser=browser, **{"now": NOW} | said)


def counts(item):
    rows = VerdictCount.objects.filter(round__item=item)
    return list(rows.values_list("day", "grade", "verified", "from_wall", "number"))


def test_what_was_answered_today_is_counted_tomorrow(item):
    for browser, grade in [("a", "good"), ("b", "good"), ("c", "not_done")]:
        assert give(item, grade, browser) == TODAY

    assert actions.count_verdicts(TODAY) == 0
    assert actions.count_verdicts(TOMORROW) == 3
    assert actions.count_verdicts(TOMORROW) == 0
    assert counts(item) == [
        (TODAY, "good", True, False, 2),
        (TODAY, "not_done", True, False, 1),
    ]
    assert verify(item.list) == []


def test_what_is_not_verified_and_what_came_from_the_wall_is_counted_apart(item):
    give(item, browser="a", verified=False)
    give(item, browser="b", from_wall=True)
    actions.count_verdicts(TOMORROW)

    assert counts(item) == [(TODAY, "good", False, False, 1), (TODAY, "good", True, True, 1)]


def test_days_that_no_tick_saw_are_counted_by_the_next(item):
    give(item, browser="a")
    give(item, browser="b", now=NOW + timedelta(days=1))

    assert actions.count_verdicts(TODAY + days(5)) == 2
    assert [row[0] for row in counts(item)] == [TODAY, TOMORROW]


def test_an_answer_of_a_round_that_was_ended_is_counted(item):
    give(item)
    factories.withdraw(type(item).objects.get(pk=item.pk), now=NOW)

    assert actions.count_verdicts(TOMORROW) == 1


def test_a_browser_answers_once_in_a_round(item):
    give(item)

    with pytest.raises(Refused, match=r"手机|phone"):
        give(item, "not_done")
    assert Verdict.objects.get().grade == "good"


def test_it_answers_again_about_another_item(item):
    other = factories.item_at("pending_check")
    give(item)
    give(other)

    assert Verdict.objects.count() == 2
    assert len(set(Answered.objects.values_list("digest", flat=True))) == 2


REFUSED = {
    "a forged answer": (lambda: factories.item_at("pending_check"), {"grade": "best"}),
    "help for families": (lambda: factories.item_at("resolved", hardship=True), {}),
    "not claimed yet": (lambda: factories.item_at("in_progress"), {}),
    "a draft": (factories.Item, {}),
    "over": (lambda: factories.item_at("resolved"), {"now": NOW + timedelta(days=400)}),
    "withdrawn": (lambda: factories.item_at("withdrawn"), {}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_sentence_and_nothing_kept(case):
    make, said = REFUSED[case]
    item = make()

    with pytest.raises(Refused):
        give(item, **said)
    assert not Verdict.objects.exists()
    assert not Answered.objects.exists()


# Nobody bends it


def test_no_answer_comes_to_a_day_that_is_counted(item):
    give(item)
    actions.count_verdicts(TOMORROW)

    with pytest.raises(IntegrityError, match="comes within its round"):
        give(item, browser="b")


@pytest.mark.parametrize("act", ["save", "delete"])
def test_a_row_is_not_changed_by_the_model(item, act):
    give(item)
    row = Verdict.objects.get()
    row.grade = "not_done"

    with pytest.raises(Refused):
        getattr(row, act)()
    with pytest.raises(Refused):
        Verdict.objects.all().delete()
    with pytest.raises(Refused):
        Verdict.objects.update(grade="good")


def test_a_count_says_what_was_answered(item):
    give(item)
    row = {"round": item.verdict_rounds.get(), "day": TODAY, "verified": True, "from_wall": False}

    with pytest.raises(IntegrityError, match="stays as it was given"):
        VerdictCount.objects.create(grade="good", number=2, **row)


def test_rows_may_be_written_anew_as_they_are(item):
    give(item)

    assert run("UPDATE items_verdict SET grade = grade") == 1  # their order can be shuffled


BENT = {
    "an answer taken away": "DELETE FROM items_verdict WHERE grade = 'not_done'",
    "an answer turned": "UPDATE items_verdict SET grade = 'good'",
    "an answer made unverified": "UPDATE items_verdict SET verified = NOT verified",
    "a count made larger": "UPDATE items_verdictcount SET number = 9",
    "a count taken away": "DELETE FROM items_verdictcount WHERE grade = 'not_done'",
}


@pytest.mark.parametrize("case", BENT)
def test_sql_is_refused_and_found_where_the_guards_were_lifted(item, case):
    give(item)
    give(item, "not_done", "b")
    actions.count_verdicts(TOMORROW)
    with pytest.raises(IntegrityError):
        run(BENT[case])
    assert verify(item.list) == []

    without_guards()
    run(BENT[case])

    assert len(verify(item.list)) == 1
    triggers.install(connection)


@pytest.mark.parametrize("model", [Verdict, VerdictCount, Answered])
def test_admin_has_no_page_for_them(model):
    assert not site.is_registered(model)


def test_an_answer_has_no_tie_to_who_gave_it_or_wrote_words():
    fields = {field.name for field in Verdict._meta.get_fields()}
    assert fields == {"id", "round", "day", "grade", "verified", "from_wall"}  # no tie to anybody
    assert {field.name for field in Answered._meta.get_fields()} == {"id", "round", "digest"}


def test_keys_tell_no_order(item):
    for number in range(12):
        give(item, browser=str(number))

    for model in (Verdict, Answered):
        assert model._meta.pk.get_internal_type() == "BigIntegerField"
        assert min(model.objects.values_list("pk", flat=True)) > 12  # none counts up
