"""The table of verbs: whatever is in one of the tables is in all of them."""

from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import TextChoices
from django.utils.translation import override

from items import states, suggestion_states
from items.models import Entry, SuggestionEntry
from items.rules.roles import ROLES, VETOES
from items.rules.standing import REQUESTS
from items.states import (
    BEFORE,
    CASE_MOVES,
    COMMITTEE_VERBS,
    FOR_OWNER,
    GROUP_OF,
    LIST_MOVES,
    MOVES,
    OPEN,
    POST_VERBS,
    PUBLISHED,
    UNCHANGED,
    VISIT_VERBS,
    Group,
    ListStatus,
    Status,
    Verb,
)
from items.suggestion_states import CALL_MOVES, SUGGESTION_MOVES, SuggestionVerb

NOT_IN_THE_LEDGER = {
    "return_ledger",  # each of its changes is an entry of its own verb
    "import_into",  # nothing is published yet
    "write_assessment",  # a draft
    "write_bulletin",  # a draft
    "set_office_contact",  # a telephone is no promise: the committee’s history keeps it
    "share_view",  # a saved choice of columns
    "set_ready_answers",  # what is sent of them is the answer's own text
    "set_synonyms",  # a search finds more, and no page says anything else
}


TABLES = [
    MOVES,
    LIST_MOVES,
    CASE_MOVES,
    POST_VERBS,
    COMMITTEE_VERBS,
    VISIT_VERBS,
    SUGGESTION_MOVES,
    CALL_MOVES,
]
ROWS = [pytest.param(row, id=verb) for table in TABLES for verb, row in table.items()]


@pytest.mark.parametrize("row", ROWS)
def test_every_verb_has_roles_that_are_known_and_a_sentence_for_all_others(row):
    assert row.who.roles
    assert set(row.who.roles) <= set(ROLES)
    assert row.who.otherwise % {"committee": "党委", "post": "厂长"} != ""
    assert ("%(post)s" in row.who.otherwise) is bool(row.who.post)


@pytest.mark.parametrize("row", ROWS)
def test_every_veto_of_a_verb_is_known_and_has_its_sentence(row):
    assert {veto.name for veto in row.vetoes} <= set(VETOES)
    assert all(str(veto.sentence) for veto in row.vetoes)


def test_every_role_and_veto_is_some_verbs():
    rows = [row for table in TABLES for row in table.values()]

    assert {role for row in rows for role in row.who.roles} == set(ROLES)
    assert {veto.name for row in rows for veto in row.vetoes} == set(VETOES)


def test_every_verb_of_the_tables_can_be_written():
    rows = MOVES | LIST_MOVES | POST_VERBS | COMMITTEE_VERBS
    written = {row.written_as or verb for verb, row in rows.items()}

    assert set(Verb.values) == written - NOT_IN_THE_LEDGER


def test_every_step_with_a_suggestion_can_be_written():
    assert set(SuggestionVerb.values) == set(SUGGESTION_MOVES) - {"see_contact"}  # it has its own


def test_what_stays_inside_or_changes_no_work_is_no_news():
    news = {verb for table in (MOVES, LIST_MOVES) for verb, row in table.items() if row.news}

    quiet = "carry_in enter_for_owner refuse_entry take_back plan_occasion call_off_occasion"
    quiet += " say_blocked ask_extension decide_extension add_part extend_part correct_part"
    quiet += (
        " hand_over correct annotate set_task finish_task urge make_link revoke_link report_by_link"
        " add_photo release_photo"
        " return_ledger"
    )
    quiet += " review open_verdict reduce import_into close_list carry_over erase_words hide_photo"
    quiet += " publish_plan write_assessment issue_assessment add_erratum"
    quiet += " take_down look_back photograph_back slip_back open_look_back"
    quiet += " write_bulletin issue_bulletin"
    assert news == {*MOVES, *LIST_MOVES} - set(quiet.split())


def test_requests_and_answers_are_verbs_of_an_item():
    requests = {needs.request for row in MOVES.values() for needs in row.needs}
    requests |= {veto.request for row in MOVES.values() for veto in row.vetoes if veto.request}

    assert requests <= set(REQUESTS) <= set(MOVES)
    assert set(FOR_OWNER) <= set(MOVES)


def test_each_published_status_has_one_public_group():
    assert set(GROUP_OF) == PUBLISHED
    assert set(GROUP_OF.values()) == set(Group)


def test_open_is_what_the_mission_says():
    assert {"not_started", "in_progress", "pending_check"} == OPEN


@pytest.mark.parametrize("verb", MOVES)
def test_item_moves_between_statuses(verb):
    row = MOVES[verb]

    assert row.sources <= set(Status)
    assert row.target in {*Status, UNCHANGED, BEFORE, "as brought in", "as carried"}


@pytest.mark.parametrize("verb", LIST_MOVES)
def test_list_moves_between_statuses(verb):
    row = LIST_MOVES[verb]

    assert row.sources <= set(ListStatus)
    assert row.target in {*ListStatus, UNCHANGED}


def test_only_a_sign_off_and_what_was_brought_in_lead_to_resolved():
    assert [verb for verb, row in MOVES.items() if row.target == Status.RESOLVED] == ["sign_off"]
    assert MOVES["sign_off"].sources == {Status.PENDING_CHECK}


def test_nothing_goes_back_to_draft():
    assert [verb for verb, row in MOVES.items() if row.target == Status.DRAFT] == []


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


# A verb costs no migration


class MoreVerbs(TextChoices):
    """The verbs of the ledger and one that somebody is about to add."""

    CLAIM = "claim", "Claimed done"
    PAINT = "paint", "Painted"


def migrations_that_are_missing():
    out = StringIO()
    with suppress(SystemExit):
        call_command("makemigrations", "items", check=True, dry_run=True, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_another_verb_makes_no_migration(monkeypatch):
    monkeypatch.setattr(states, "Verb", MoreVerbs)
    monkeypatch.setattr(suggestion_states, "SuggestionVerb", MoreVerbs)

    verbs = [dict(model._meta.get_field("verb").choices) for model in (Entry, SuggestionEntry)]
    assert verbs == [{"claim": "Claimed done", "paint": "Painted"}] * 2
    assert migrations_that_are_missing() == "No changes detected in app 'items'\n"


@pytest.mark.django_db
def test_choices_that_are_written_out_would_make_one(monkeypatch):
    monkeypatch.setattr(Entry._meta.get_field("verb"), "_choices", MoreVerbs.choices)

    assert "Alter field verb on entry" in migrations_that_are_missing()
