"""Issuing an assessment: by a second person, once for ever, and what a failing grade does."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import translation

from items import actions, public, queries
from items.errors import Refused
from items.guards import triggers
from items.ledger.verify import verify
from items.models import Assessment, AssessmentRow, Entry, Notice
from items.rules.assessing import failed_before
from tests import factories
from tests.factories import NOW, TODAY, at, days
from tests.items.actions.acts import close, fresh, happens
from tests.items.assessments.zhenhai import BODY, HELD_ON, zhenhai
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db

FAILS = {"satisfied": 10, "basically": 4, "unsatisfied": 15, "present": 29}
PASSES = {"satisfied": 28, "basically": 1, "unsatisfied": 0, "present": 29}


def draft(item, figures=PASSES, **said):
    return factories.assessment(item.list, {item.number: figures}, **said)


def issue(assessment, by=None, now=NOW, **said):
    by = by or factories.colleague_of(assessment.rows.first().item)
    return actions.issue_assessment(fresh(assessment), by=by, now=now, **said)


def test_second_person_issues_it_and_the_ledger_keeps_its_digest():
    item = factories.published_item()
    assessment = draft(item)

    entry = issue(assessment)

    issued = fresh(assessment)
    assert (issued.issued_on, issued.entry) == (TODAY, entry)
    assert (entry.verb, entry.role, entry.item, entry.public) == (
        "issue_assessment",
        "office",
        None,
        True,
    )
    digest = issued.digest()
    assert entry.facts == {"assessment": 1, "held_on": "2026-06-01", "digest": digest}
    assert verify(item.list) == []


def test_nobody_issues_what_they_prepared():
    item = factories.published_item()
    assessment = draft(item)

    with pytest.raises(Refused):
        issue(assessment, by=factories.office_of(item))
    assert not Entry.objects.filter(verb="issue_assessment").exists()


def test_nor_does_an_owner_or_a_supervisor():
    item = factories.published_item()
    assessment = draft(item)

    for person in (factories.owner_of(item), factories.supervisor_of(item)):
        assert not happens(lambda person=person: issue(assessment, by=person))


def test_owners_side_of_an_item_does_not_judge_it_alone():
    first = factories.Item()
    second = factories.another(first)
    office, colleague = factories.office_of(first), factories.colleague_of(first)
    first.handlers.add(office)
    first.handlers.add(colleague)
    factories.publish(first.list)
    of_both, of_none = draft(first), draft(second)

    with translation.override("en"), pytest.raises(Refused, match="both on the owner’s side"):
        issue(of_both, by=colleague)
    assert issue(of_none, by=colleague)


def test_holder_of_the_post_for_releases_issues_it():
    item = factories.published_item()
    post = factories.Post(committee=item.list.committee)
    assessment, office = draft(item), factories.office_of(item)
    actions.name_releasing_post(item.list.committee, post, by=office, now=NOW)

    assert issue(assessment, by=post.holder(TODAY)).role == "releaser"


def test_draft_that_changed_since_it_was_read_is_not_issued():
    item = factories.published_item()
    assessment = draft(item)
    seen = fresh(assessment)
    factories.assessment(item.list, {1: FAILS}, assessment=fresh(assessment))

    with pytest.raises(Refused):
        actions.issue_assessment(seen, by=factories.colleague_of(item), now=NOW)


def test_once_issued_it_is_neither_changed_nor_issued_again():
    item = factories.published_item()
    assessment = draft(item)
    issue(assessment)

    assert not happens(lambda: issue(assessment))
    change = {"assessment": fresh(assessment), "by": factories.office_of(item)}
    assert not happens(lambda: factories.assessment(item.list, {1: FAILS}, **change))


def test_help_for_a_family_is_taken_out_first():
    item = factories.published_item()
    assessment = draft(item)
    without_guards()
    models.QuerySet(type(item)).filter(pk=item.pk).update(hardship=True)
    triggers.install(connection)

    with pytest.raises(Refused):
        issue(assessment)


# Rule 17: it stays as it is


CHANGES = {
    "figure": (AssessmentRow, {"satisfied": 27, "basically": 2}),
    "grade": (AssessmentRow, {"grade": "unsatisfied"}),
    "what comes first": (AssessmentRow, {"comes_first": True}),
    "rule": (Assessment, {"majority": "two_thirds"}),
    "day": (Assessment, {"held_on": TODAY - days(1)}),
    "who held it": (Assessment, {"body": "工会"}),
    "who counted": (Assessment, {"tellers": "别人"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_database_lets_nothing_of_it_change(what):
    model, changed = CHANGES[what]
    issue(draft(factories.published_item()))

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(model).update(**changed)


@pytest.mark.parametrize("what", CHANGES)
def test_where_it_was_changed_all_the_same_the_ledger_tells(what):
    model, changed = CHANGES[what]
    item = factories.published_item()
    issue(draft(item))

    without_guards()
    models.QuerySet(model).update(**changed)

    with translation.override("en"):
        assert verify(item.list) == ["Assessment 1 isn’t what was issued."]


def test_ledger_tells_of_one_that_is_gone_and_of_one_that_nobody_issued():
    item = factories.published_item()
    assessment = draft(item)
    entry = issue(assessment)

    without_guards()
    AssessmentRow.objects.all().delete()
    models.QuerySet(Assessment).update(entry=item.last_entry)

    assert entry.pk != item.last_entry_id
    with translation.override("en"):
        assert verify(item.list) == [
            "Assessment 1 isn’t what was issued.",
            "Assessment 1 is issued, and no entry says so.",
        ]


def test_database_lets_nobody_issue_their_own():
    item = factories.published_item()
    mine, other = draft(item), draft(item, body="工会")
    entry = issue(other)

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Assessment).filter(pk=mine.pk).update(
            issued_on=TODAY, entry=item.last_entry
        )
    without_guards()
    models.QuerySet(Assessment).filter(pk=other.pk).update(issued_on=None, entry=None)
    triggers.install(connection)
    own = {"issued_on": TODAY, "entry": entry, "prepared_by": entry.by_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Assessment).filter(pk=mine.pk).update(**own)


# What a failing grade does


def text_of(entry):
    with translation.override("zh-hans"):
        return public.text_of(entry, show_names=False)


def test_what_failed_is_opened_again_with_its_day():
    item = factories.item_at("resolved")
    issue(draft(item, FAILS, put_right_days=30))

    item = fresh(item)
    entry = item.last_entry
    assert (item.status, item.put_right_by) == ("in_progress", TODAY + days(30))
    assert (entry.verb, entry.role, item.times_reopened) == ("reopen", "office", 1)
    assert {"assessment", "held_on", "signed_off_on", "put_right_by"} <= set(entry.facts)
    told = set(Notice.objects.filter(entry=entry).values_list("person", flat=True))
    assert told == {factories.owner_of(item).pk, factories.supervisor_of(item).pk}
    assert text_of(entry) == "2026年6月1日职工代表大会测评，评为不满意"
    assert verify(item.list) == []
    page = queries.item_page(item.list.slug, item.number, TODAY)
    with translation.override("zh-hans"):
        assert public.answer(page).headline == (
            "改为重新办：原3月5日算已解决，因为2026年6月1日职工代表大会测评，评为不满意"
        )


def test_what_waits_for_its_check_is_sent_back():
    item = factories.item_at("pending_check")
    issue(draft(item, FAILS))

    item = fresh(item)
    assert (item.status, item.last_entry.verb) == ("in_progress", "send_back")
    assert (item.claimed_on, item.verdict_rounds.get().ended_why) == (None, "sent_back")
    assert verify(item.list) == []


@pytest.mark.parametrize("status", ["not_started", "in_progress", "on_hold", "withdrawn"])
def test_what_is_open_anyway_or_taken_off_stays_as_it_is(status):
    item = factories.item_at(status)
    issue(draft(item, FAILS))

    assert (fresh(item).status, fresh(item).last_entry) == (status, item.last_entry)


def test_what_passed_stays_resolved():
    item = factories.item_at("resolved")
    issue(draft(item, PASSES))

    assert fresh(item).last_entry == item.last_entry


def test_in_a_closed_list_nothing_moves_and_no_figure_changes():
    item = factories.item_at("resolved")
    close(item.list)
    closed, before = fresh(item.list), fresh(item)

    issue(draft(before, FAILS))

    now = fresh(item)
    assert (now.status, now.last_entry_id, now.version) == (
        "resolved",
        before.last_entry_id,
        before.version,
    )
    assert fresh(item.list).closing_figures == closed.closing_figures
    assert verify(closed) == []


def test_what_failed_comes_first_the_next_time():
    item = factories.item_at("resolved")
    issue(draft(item, FAILS), now=NOW)

    following = draft(item, PASSES, held_on=TODAY + days(1), now=at(TODAY + days(1)))

    assert following.rows.get().comes_first
    issue(following, now=at(TODAY + days(1)))
    last = draft(item, PASSES, held_on=TODAY + days(2), now=at(TODAY + days(2)))
    assert not last.rows.get().comes_first  # it has passed since


def test_what_another_one_said_meanwhile_is_known_when_it_is_issued():
    item = factories.item_at("resolved")
    mine = draft(item)
    issue(draft(item, FAILS))

    issue(mine)

    assert mine.rows.get().comes_first
    assert verify(item.list) == []


def test_matter_that_goes_on_in_the_next_list_comes_first_there():
    item = factories.item_at("in_progress")
    issue(draft(item, FAILS))
    close(item.list)
    goes_on = type(item).objects.get(carried_from=item)

    later = {"held_on": TODAY + days(1), "now": at(TODAY + days(1))}
    assert draft(goes_on, **later).rows.get().comes_first
    assert failed_before(Assessment(list=goes_on.list, held_on=TODAY - days(1))) == set()


# An erratum


def test_erratum_stands_beside_it():
    item = factories.published_item()
    assessment = draft(item)
    issue(assessment)
    digest = fresh(assessment).digest()

    by = factories.office_of(item)
    entry = actions.add_erratum(fresh(assessment), by=by, text="实到30人，不是29人", now=NOW)

    assert (entry.verb, entry.facts["assessment"]) == ("add_erratum", 1)
    assert fresh(assessment).digest() == digest
    assert verify(item.list) == []


@pytest.mark.parametrize(("issued", "text"), [(False, "写错"), (True, " ")])
def test_no_erratum_of_a_draft_and_none_without_words(issued, text):
    item = factories.published_item()
    assessment = draft(item)
    if issued:
        issue(assessment)

    said = {"by": factories.office_of(item), "text": text, "now": NOW}
    with pytest.raises(Refused):
        actions.add_erratum(fresh(assessment), **said)


def test_erratum_of_a_closed_list():
    item = factories.item_at("resolved")
    close(item.list)
    assessment = draft(fresh(item))
    issue(assessment)

    by = factories.office_of(item)
    assert actions.add_erratum(fresh(assessment), by=by, text="写错", now=NOW)
    assert verify(fresh(item.list)) == []


def test_zhenhai_is_issued_to_the_last_vote():
    item_list, rows = zhenhai()
    assessment = factories.assessment(item_list, rows, body=BODY, held_on=HELD_ON)

    issue(assessment)

    votes = assessment.rows.values_list("item__number", "satisfied", "basically", "unsatisfied")
    assert sum(sum(row[1:]) for row in votes) == 8 * 29
    assert verify(item_list) == []
