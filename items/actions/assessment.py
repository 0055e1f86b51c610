"""Assessments: prepared by the office as a draft, and issued by a second yes; then an erratum."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.batch import RowsRefused
from items.actions.check import claim_taken_back, opened_again
from items.actions.validation import checked, need
from items.actions.verdict import end_round_of
from items.errors import Conflict, Refused
from items.ledger import ActOnList, acting_on_list, not_in_future
from items.models import Assessment, AssessmentRow, Entry, Item, ItemList, Person
from items.models.assessment import FIGURES, ROW_SAYS, SAID
from items.models.verdict import EndedWhy
from items.models.versioned import lock
from items.rules import why_not
from items.rules.announcing import announced
from items.rules.assessing import failed_before, judged, why_not_issue
from items.rules.ballots import faults, grade_of, is_empty
from items.states import Basis, ListStatus, Majority, Satisfaction, Status

LONGEST = 365  # days to put right what failed


@transaction.atomic
def write_assessment(
    item_list: ItemList,
    *,
    by: Person,
    rows: Mapping[int, Mapping[str, Any]],
    assessment: Assessment | None = None,
    now: datetime | None = None,
    **columns: Any,
) -> Assessment:
    """Draw up an assessment, or change the draft of one; nobody outside sees it.

    `rows` give by an item's number its figures, and as `grade` what a source says; an item that
    isn't there, or has nothing, wasn't voted on. Refuse with every row that doesn't add up. The
    same new one sent twice is one draft: the second time the first is returned.
    """
    today = timezone.localdate(now or timezone.now())
    ItemList._base_manager.select_for_update(no_key=True).get(pk=item_list.pk)
    is_new = assessment is None
    if assessment is None:
        assessment = Assessment(list=item_list, number=_next_number(item_list))
    else:
        lock(assessment)
        refuse_issued(assessment)
    assessment.prepared_by = by
    voted = _drawn_up(assessment, by, today, columns, rows)
    if is_new and (twin := _twin(assessment, voted)):
        return twin
    assessment.save()
    assessment.rows.all().delete()
    for row in voted:
        row.save()
    return assessment


def try_assessment(
    item_list: ItemList,
    *,
    by: Person,
    rows: Mapping[int, Mapping[str, Any]],
    assessment: Assessment | None = None,
    now: datetime | None = None,
    **columns: Any,
) -> dict[int, AssessmentRow]:
    """Return by the items' numbers what `write_assessment` would write, and write nothing."""
    row = Assessment(list=item_list, number=1, prepared_by=by)
    if assessment:
        row.pk = assessment.pk
    today = timezone.localdate(now or timezone.now())
    return {of.item.number: of for of in _drawn_up(row, by, today, columns, rows)}


def _drawn_up(
    assessment: Assessment,
    by: Person,
    today: date,
    columns: Mapping[str, Any],
    rows: Mapping[int, Mapping[str, Any]],
) -> list[AssessmentRow]:
    """Give an assessment its columns, and return its rows, when all of it is sound."""
    if refusal := why_not("write_assessment", by, assessment.list, today=today):
        raise Refused(refusal)
    for name, value in columns.items():
        setattr(assessment, name, value)
    _refuse_rule(assessment)
    not_in_future(assessment.held_on, today)
    checked(assessment)
    return list(_rows(assessment, rows))


def _twin(assessment: Assessment, voted: list[AssessmentRow]) -> Assessment | None:
    """Return the draft that says the same: a button that was pressed again."""
    said = {name: getattr(assessment, name) for name in ("held_on", "prepared_by", *COLUMNS)}
    drafts = Assessment.objects.filter(list=assessment.list, issued_on=None, **said)
    rows = sorted((row.item_id, *(getattr(row, name) for name in ROW_SAYS)) for row in voted)
    for draft in drafts:
        if sorted(draft.rows.values_list("item", *ROW_SAYS)) == rows:
            return draft
    return None


COLUMNS = [name for name in SAID if name != "number"]


def _next_number(item_list: ItemList) -> int:
    last = item_list.assessments.aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def refuse_issued(assessment: Assessment) -> None:
    if assessment.is_issued:
        raise Conflict(
            _("It is issued already, and stays as it is. A mistake in it gets an erratum.")
        )


def _refuse_rule(assessment: Assessment) -> None:
    if assessment.majority not in Majority.values or assessment.basis not in Basis.values:
        raise Refused(_("Choose the rule of the grades."))
    if not 1 <= assessment.put_right_days <= LONGEST:
        raise Refused(_("Give 1 to %(most)d days to put right what failed.") % {"most": LONGEST})


def _rows(assessment: Assessment, said: Mapping[int, Mapping[str, Any]]) -> Iterator[AssessmentRow]:
    """Yield the rows of what was voted on; raise with all that don't add up, and why."""
    items, found, refused = judged(assessment.list), {}, {}
    if unknown := sorted(said.keys() - {item.number for item in items}):
        numbers = ", ".join(map(str, unknown))
        raise Refused(_("No item of this list that is judged has no. %s.") % numbers)
    first = failed_before(assessment)
    for item in items:
        try:
            row = _row(assessment, item, said.get(item.number, {}))
        except Refused as wrong:
            refused[item] = wrong
        else:
            if row:
                row.comes_first = item.pk in first
                found[item.pk] = row
    if refused:
        raise _refusal(refused)
    if not found:
        raise Refused(_("Write how was voted on an item at least."))
    yield from found.values()


def _refusal(refused: dict[Item, Refused]) -> RowsRefused:
    """Return the refusal of all rows, which names each by its number and name."""
    sentences = [
        _("No. %(number)s “%(title)s”: %(gap)s")
        % {"number": item.number, "title": item.title, "gap": sentence}
        for item, each in refused.items()
        for sentence in each.sentences
    ]
    whole = RowsRefused(*sentences)
    whole.rows = {item.pk: each.sentences for item, each in refused.items()}
    return whole


def _row(assessment: Assessment, item: Item, said: Mapping[str, Any]) -> AssessmentRow | None:
    """Return the row of an item; None where it wasn't voted on."""
    figures = {name: said.get(name) for name in FIGURES}
    source = said.get("grade") or ""
    if is_empty(figures) and not source:
        return None
    if wrong := faults(figures):
        raise Refused(*wrong)
    grade = grade_of(figures, assessment.majority, assessment.basis)
    if grade and source and grade != source:
        by_rule = {"source": Satisfaction(source).label, "grade": grade.label}
        raise Refused(
            _("The source says “%(source)s”, and by the rule it is “%(grade)s”.") % by_rule
        )
    if not grade and not source:
        raise Refused(_no_grade(assessment, figures))
    return AssessmentRow(
        assessment=assessment,
        item=item,
        grade=grade or Satisfaction(source),
        as_in_source=not grade,
        **figures,
    )


def _no_grade(assessment: Assessment, figures: Mapping[str, int | None]) -> str:
    basis = {"basis": Basis(assessment.basis).label}
    if figures[assessment.basis] == 0:
        return _("Nobody voted, so there is no grade. Leave the row empty.")
    return (
        _(
            "The rule counts of %(basis)s, and how many those are isn’t written. Write it, choose"
            " another rule, or choose the grade as the source gives it."
        )
        % basis
    )


# Issued


def issue_assessment(
    assessment: Assessment, *, by: Person, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Issue a draft that somebody else prepared: from now on everyone reads it, and it stays.

    What failed is done again from now on, with the day that the rule gives; in a closed list
    nothing moves. Raise `Conflict` when the draft was changed since it was read.
    """
    whole: dict[str, Any] = {"by": by, "now": now, "yes": yes}
    with acting_on_list("issue_assessment", assessment.list_id, **whole) as act:
        lock(assessment)
        assessment.list = act.thing
        refuse_issued(assessment)
        if refusal := why_not_issue(assessment, by, act.today):
            raise Refused(refusal)
        items = {item.pk: item for item in act.thing.items.published().locked()}
        rows = list(assessment.rows.all())
        _refuse_unjudged(rows, items)
        _say_what_comes_first(assessment, rows)
        names = (assessment.body, assessment.scrutineers, assessment.tellers)
        facts = assessment_facts(assessment) | {"digest": assessment.digest()}
        entry = act.write(facts=facts | act.ask(*names))
        assessment.issued_on, assessment.entry = act.today, entry
        assessment.save()
        for row in rows:
            if row.grade == Satisfaction.UNSATISFIED:
                _do_again(act, items[row.item_id], assessment)
    return entry


def assessment_facts(assessment: Assessment) -> dict[str, Any]:
    """Return the facts by which an entry names an assessment."""
    return {"assessment": assessment.number, "held_on": assessment.held_on.isoformat()}


def _refuse_unjudged(rows: list[AssessmentRow], items: dict[int, Item]) -> None:
    """Refuse what became help for a family since it was voted on."""
    if hardship := [items[row.item_id].number for row in rows if items[row.item_id].hardship]:
        numbers = ", ".join(map(str, sorted(hardship)))
        raise Refused(
            _(
                "Help for families in difficulty isn’t judged in public. Take no. %s out of the"
                " draft."
            )
            % numbers
        )


def _say_what_comes_first(assessment: Assessment, rows: list[AssessmentRow]) -> None:
    """Mark anew what failed the last time: another one may have been issued since the draft."""
    first = failed_before(assessment)
    for row in rows:
        if row.comes_first != (row.item_id in first):
            row.comes_first = row.item_id in first
            row.save()


# What a failing grade does to an item of a running list, by the status that it has
AGAIN = {
    Status.RESOLVED: ("reopen", opened_again, EndedWhy.REOPENED),
    Status.PENDING_CHECK: ("send_back", claim_taken_back, EndedWhy.SENT_BACK),
}


def _do_again(act: ActOnList, item: Item, assessment: Assessment) -> None:
    """Let what failed be done again; in a closed list, and where it goes on anyway, nothing."""
    if act.thing.status == ListStatus.CLOSED or item.status not in AGAIN:
        return
    verb, undo, why = AGAIN[Status(item.status)]
    item.list = act.thing
    until = act.today + timedelta(days=assessment.put_right_days)
    facts = undo(item, until, act.today) | assessment_facts(assessment)
    entry = act.write_on(
        item,
        verb=verb,
        status=Status.IN_PROGRESS,
        facts=facts,
        new=assessment.body,
        about=_ended_with(item),
        then=lambda: end_round_of(item, why, act.today),
    )
    for post in (item.owner_post, item.supervisor_post):
        act.tell(entry, post.holder(act.today) if post else None)


def _ended_with(item: Item) -> Entry | None:
    """Return what ends as an item is put back to work: a sign-off that is up, or a request."""
    waiting = item.entries.waiting()
    asked = waiting.filter(verb="ask_extension").first()
    return announced(waiting.filter(verb="put_up"), "sign_off") or asked


def add_erratum(
    assessment: Assessment,
    *,
    by: Person,
    text: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Say in public, beside an issued assessment, what is wrong in it; itself it stays as it is."""
    text = need(text, _("Write what is wrong, and what is right; everyone will read it."))
    whole: dict[str, Any] = {"by": by, "now": now, "yes": yes}
    with acting_on_list("add_erratum", assessment.list_id, **whole) as act:
        if not assessment.is_issued:
            raise Refused(_("It isn’t issued yet. Change the draft."))
        return act.write(text, facts=assessment_facts(assessment))
