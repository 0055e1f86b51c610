"""What an assessment is about, who may issue it, and what comes first in it."""

from datetime import date

from django.utils.translation import gettext as _

from items.models import Assessment, AssessmentRow, Item, ItemList, Person
from items.rules.permission import why_not
from items.states import Satisfaction


def judged(item_list: ItemList) -> list[Item]:
    """Return the items of a list that are judged, in its order: help for families isn't."""
    return list(item_list.items.published().filter(hardship=False).order_by("number"))


def why_not_issue(assessment: Assessment, person: Person, today: date) -> str:
    """Say why `person` may not issue an assessment; "" when they may."""
    if assessment.is_issued:
        return _("It is issued already, and stays as it is.")
    if refusal := why_not("issue_assessment", person, assessment.list, today=today):
        return refusal
    if assessment.prepared_by_id == person.pk:
        return _(
            "You prepared this yourself. Another person of the office issues it, or whoever holds"
            " the post that the committee names for releases."
        )
    return _why_not_alone(assessment, person, today)


def _why_not_alone(assessment: Assessment, person: Person, today: date) -> str:
    """Say that both who prepared it and who would issue it are an item's owners; "" otherwise."""
    items = Item.objects.filter(assessment_rows__assessment=assessment)
    theirs = items.spoken_for_by(assessment.prepared_by, today).values("pk")
    both = items.filter(pk__in=theirs).spoken_for_by(person, today)
    if (number := both.order_by("number").values_list("number", flat=True).first()) is None:
        return ""
    return (
        _(
            "You and whoever prepared it are both on the owner’s side of no. %s. Somebody else of"
            " the office issues it, or whoever holds the post that the committee names for"
            " releases."
        )
        % number
    )


def failed_before(assessment: Assessment) -> set[int]:
    """Return the keys of the items that failed when they were last judged before it.

    An item that goes on with one of an earlier list is the same matter.
    """
    rows = AssessmentRow.objects.filter(
        assessment__issued_on__isnull=False,
        assessment__list__committee=assessment.list.committee_id,
        assessment__held_on__lte=assessment.held_on,
    )
    latest = rows.exclude(assessment=assessment.pk).order_by("assessment__held_on", "assessment")
    grades = {
        origin or item: grade
        for origin, item, grade in latest.values_list("item__origin", "item", "grade")
    }
    return {
        item.pk
        for item in judged(assessment.list)
        if grades.get(item.origin_id or item.pk) == Satisfaction.UNSATISFIED
    }
