"""The table of verbs: whatever is in one of the tables is in all of them."""

import pytest
from django.utils.translation import override

from items.outcomes import CALL_MOVES, SUGGESTION_MOVES, SuggestionVerb
from items.rules.permission import WAITING
from items.rules.who import WHO
from items.states import (
    BEFORE,
    CASE_MOVES,
    GROUP_OF,
    LIST_MOVES,
    MOVES,
    NEWS,
    OPEN,
    POST_VERBS,
    PUBLISHED,
    REPORTS,
    UNCHANGED,
    VISIT_VERBS,
    Group,
    ListStatus,
    Status,
    Verb,
)

NOT_IN_THE_LEDGER = {"import_into"}  # nothing is published yet
WRITTEN_AS_ANOTHER = {"erase_words"}  # a correction that says which entries were erased


def test_every_verb_of_the_tables_has_who_may_do_it():
    assert set(WHO) == {
        *[*MOVES, *LIST_MOVES, *POST_VERBS, *SUGGESTION_MOVES, *CALL_MOVES],
        *[*CASE_MOVES, *VISIT_VERBS],
    }


def test_every_verb_of_the_tables_can_be_written():
    written = {*MOVES, *LIST_MOVES, *POST_VERBS} - NOT_IN_THE_LEDGER - WRITTEN_AS_ANOTHER

    assert set(Verb.values) == written


def test_every_step_with_a_suggestion_can_be_written():
    assert set(SuggestionVerb.values) == set(SUGGESTION_MOVES) - {"see_contact"}  # it has its own


def test_news_is_written_by_verbs():
    assert set(Verb.values) >= NEWS


def test_requests_and_answers_are_verbs_of_an_item():
    waiting = {*WAITING, *(asked for asked, _waits, _sentence in WAITING.values())}

    assert set(MOVES) >= waiting | set(REPORTS)


def test_each_published_status_has_one_public_group():
    assert set(GROUP_OF) == PUBLISHED
    assert set(GROUP_OF.values()) == set(Group)


def test_open_is_what_the_mission_says():
    assert {"not_started", "in_progress", "pending_check"} == OPEN


@pytest.mark.parametrize("verb", MOVES)
def test_item_moves_between_statuses(verb):
    sources, target = MOVES[verb]

    assert sources <= set(Status)
    assert target in {*Status, UNCHANGED, BEFORE, "as brought in"}


@pytest.mark.parametrize("verb", LIST_MOVES)
def test_list_moves_between_statuses(verb):
    sources, target = LIST_MOVES[verb]

    assert sources <= set(ListStatus)
    assert target in {*ListStatus, UNCHANGED}


def test_only_a_sign_off_and_what_was_brought_in_lead_to_resolved():
    assert [verb for verb, (_sources, to) in MOVES.items() if to == Status.RESOLVED] == ["sign_off"]
    assert MOVES["sign_off"][0] == {Status.PENDING_CHECK}


def test_nothing_goes_back_to_draft():
    assert [verb for verb, (_sources, to) in MOVES.items() if to == Status.DRAFT] == []


def test_a_status_is_one_word_for_readers():
    with override("en"):
        assert [str(label) for label in Status.labels] == [
            "Draft",
            "Not started",
            "In progress",
            "Waiting for the check",
            "Resolved",
            "On hold",
            "Withdrawn",
        ]
