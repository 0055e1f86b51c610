"""The demonstration is the story: played through the actions, so that its ledger is real."""

from collections import Counter
from datetime import date, timedelta

import pytest
from zeal import zeal_ignore

from items import queries
from items.demo import story
from items.models import Entry, Item, Notice, Person, Post, Suggestion, VerdictCount
from tests.account.conftest import log_in

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def told(kept_rows):
    return story.load("a password", TODAY)


def test_the_equation_is_the_storys(told):
    board = queries.board(told.slug, TODAY)
    counts = {group.key: group.count for group in board.arithmetic.groups}
    assert (board.arithmetic.total, counts) == (18, {"resolved": 15, "in_progress": 3})


def test_the_last_day_of_the_story_falls_on_the_day_of_loading(told):
    shift = TODAY - story.LAST_DAY
    chairs = Item.objects.get(number=1)
    assert chairs.due == date(2021, 9, 25) + shift
    assert chairs.signed_off_on == date(2021, 9, 22) + shift
    assert max(Entry.objects.values_list("happened_on", flat=True)) < TODAY


def test_two_bulletins_are_issued_and_a_third_waits_for_the_secretary(told):
    issued = told.bulletins.issued().order_by("number")
    assert [(row.number, row.as_of < TODAY) for row in issued] == [(1, True), (2, True)]
    arithmetic = issued.last().content["zh-hans"]["arithmetic"]
    assert [arithmetic["total"], *(group["count"] for group in arithmetic["groups"])] == [18, 15, 3]
    assert told.bulletins.drafts().exclude(asked_on=None).count() == 1


def test_every_change_went_through_an_action(told):
    verbs = Counter(Entry.objects.values_list("verb", flat=True))
    assert verbs["publish"] == 19  # the list and its 18 items
    assert verbs["sign_off"] == 15
    assert verbs["claim"] == 17  # one waits for its check, one was sent back
    assert verbs["send_back"] == 1
    assert Notice.objects.exists()


def test_time_runs_forward_in_the_ledger(told):
    written = list(Entry.objects.order_by("seq").values_list("written_at", flat=True))
    assert written == sorted(written)


def test_the_first_deadline_of_the_extended_item_stays(told):
    item = Item.objects.get(number=17)
    assert item.times_extended == 1
    assert item.first_due - story.LAST_DAY < item.due - story.LAST_DAY
    assert item.due - item.first_due == timedelta(31)


def test_every_leader_owns_an_item_and_nobody_checks_their_own(told):
    leaders = Post.objects.filter(is_leader=True)
    assert leaders.count() == 7
    assert all(post.owned_items.exists() for post in leaders)
    assert not Post.objects.filter(is_leader=False, owned_items__isnull=False).exists()


def test_the_accounts_are_there_and_can_sign_in(told):
    assert set(Person.objects.values_list("username", flat=True)) == set(story.accounts())
    assert all(person.check_password("a password") for person in Person.objects.all())


def test_accounts_log_in_where_everybody_does(told):
    with zeal_ignore():
        answers = {
            account: log_in(account, "a password").status_code
            for account in ("office", "owner1", "supervisor1", "admin")
        }
    assert set(answers.values()) == {302}, answers


def test_every_old_suggestion_has_its_answer(told):
    page = queries.suggestions_page("ironmaking", TODAY)

    counts = {term.key: term.count for term in page.counts.terms}
    assert counts == {"adopted": 17, "settled": 4, "not_adopted": 4, "waiting": 2}
    assert page.counts.longest_days == 7
    assert (page.released_count, len(page.open_calls), len(page.earlier_calls)) == (4, 0, 1)
    assert {tuple(item.number for item in each.items) for each in page.released} == {
        (1,), (4,), ()
    }  # fmt: skip
    assert Suggestion.objects.filter(contact_row__isnull=False).count() == 1


def test_what_the_report_does_not_name_is_marked(told):
    marked = set(Item.objects.filter(illustrative=True).values_list("number", flat=True))
    assert marked == {12, 13, 14, 15, 16, 17, 18}
    assert told.committee.organisation.demonstration


def test_suggestions_came_by_several_channels(told):
    channels = {came.label: came.count for came in counts().channels}

    assert channels == {"网上": 21, "书面": 2, "电话": 1, "会上": 2, "领导走访": 1}
    assert sum(channels.values()) == counts().total


def counts():
    return queries.suggestions_page("ironmaking", TODAY).counts


def test_workers_have_said_whether_it_is_done(told):
    said = VerdictCount.objects.values_list("round__item__number", "grade")
    by_item = {}
    for number, grade in said.order_by("day"):
        by_item.setdefault(number, set()).add(grade)

    assert by_item == {
        1: {"good", "nearly", "unseen"},
        2: {"good", "nearly", "unseen"},
        5: {"good", "nearly", "unseen"},
        9: {"good", "nearly"},
        18: {"good", "nearly", "not_done", "unseen"},
    }
