"""What an assessment is about, who may issue it, and what comes first in it."""

from datetime import date

from items.models import Assessment, AssessmentRow, Item, ItemList, Person
from items.rules.issuing import why_not_second
from items.states import Satisfaction


def judged(item_list: ItemList) -> list[Item]:
    """Return the items of a list that are judged, in its order: help for families isn't."""
    return list(item_list.items.published().filter(hardship=False).order_by("number"))


def why_not_issue(assessment: Assessment, person: Person, today: date) -> str:
    """Say why `person` may not issue an assessment; "" when they may."""
    items = Item.objects.filter(assessment_rows__assessment=assessment)
    return why_not_second("issue_assessment", assessment, items, person, today)


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
