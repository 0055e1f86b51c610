"""What workers wrote of coached answers, for whoever holds a post for reviews."""

from datetime import date

from items import staff
from items.models import Coaching, Person


def coachings(person: Person, today: date) -> tuple[staff.Coaching, ...]:
    """Return what this person may read of it, the latest day first."""
    rows = Coaching.objects.read_by(person, today).exclude(words="")
    return tuple(map(staff.coaching, rows.select_related("item__list")[:MOST]))


MOST = 200
