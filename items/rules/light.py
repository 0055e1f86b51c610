"""The warning light (预警): derived from dates and progress, never typed."""

from datetime import date
from fractions import Fraction

from django.conf import settings

from items.models import Item
from items.states import Status, Term


def light(item: Item, today: date) -> str:
    """Return "red", "yellow" or "" for an item on a day."""
    if item.overdue_days(today) or behind(item, today) == "far":
        return "red"
    return "yellow" if _due_soon(item, today) or behind(item, today) else ""


def behind(item: Item, today: date) -> str:
    """Return "far", "some" or "": how the progress lags behind a straight line to the deadline."""
    points = points_behind(item, today)
    if points is None or points < settings.LIGHT_YELLOW_POINTS:
        return ""
    return "far" if points > settings.LIGHT_RED_POINTS else "some"


def _due_soon(item: Item, today: date) -> bool:
    waits = item.is_open or item.status == Status.ON_HOLD
    return (
        waits
        and item.deadline is not None
        and (item.deadline - today).days <= settings.LIGHT_YELLOW_DAYS
    )


def points_behind(item: Item, today: date) -> Fraction | None:
    """Return by how many points the percent lags behind a straight line.

    The line runs from the start (else publication) to the deadline, without the days on hold.
    None where nothing can be said: no percent, a standing item, or one on hold or pending.
    """
    moving = item.status in (Status.NOT_STARTED, Status.IN_PROGRESS)
    percent = item.percent_done()
    if not moving or item.term == Term.STANDING or percent is None:
        return None
    begun = item.started_on or item.published_on
    assert begun  # the database wants both days of a published item
    assert item.deadline
    span = (item.deadline - begun).days - item.days_held
    gone = (today - begun).days - item.days_held
    if span <= 0:
        return None
    # Exact: 55 % of the time less 25 % done is 30 points, not 30.000000000000007.
    return 100 * min(Fraction(1), max(Fraction(0), Fraction(gone, span))) - Fraction(percent)
