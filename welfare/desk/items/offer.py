"""What an item's page offers: the act that is due, three beside it, the others by group.

And what this person can't do here now, with the reason.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from items.staff import ItemDesk
from items.states import ListStatus
from welfare.desk.items.acts import ACTS, GROUPS, Act

# The act that is due is the first of these that this person may do now.
DUE = ["review", "sign_off", "decide_extension", "release", "take_down", "look_back"]
DUE += ["resume", "report_progress", "log_visit"]
OPEN = {"report_progress"}  # its form stands open on the page: it is done most often
# Beside it stand the first three of these.
BESIDE = ["claim", "send_back", "refuse_entry", "enter_for_owner", "log_visit", "add_photo"]
BESIDE += ["ask_extension", "set_task", "start", "look_back"]


@dataclass(frozen=True)
class Group:
    """Further acts under one heading."""

    key: str  # of welfare.desk.items.acts.GROUPS
    label: Promise
    acts: list[Act]


@dataclass(frozen=True)
class Offer:
    """The acts on an item for one person."""

    due: Act | None
    beside: list[Act]
    groups: list[Group]
    barred: list[tuple[Act, str]]  # with the reason why not

    @property
    def open(self) -> Act | None:
        """Return the act whose form stands open on the page."""
        return self.due if self.due and self.due.verb in OPEN else None


def offer(page: ItemDesk, today: date) -> Offer:
    """Return what an item's page offers to whoever looks."""
    acts = [act for act in ACTS.values() if is_of(act, page)]
    may = {act.verb: act for act in acts if not page.acts[act.verb]}
    due = next((may.pop(verb) for verb in DUE if verb in may and is_due(verb, page, today)), None)
    beside = [may.pop(verb) for verb in [verb for verb in BESIDE if verb in may][:3]]
    return Offer(
        due=due,
        beside=beside,
        groups=[
            Group(key, label, found)
            for key, label in GROUPS.items()
            if (found := [act for act in may.values() if act.group == key])
        ],
        barred=[(act, why_not) for act in acts if (why_not := page.acts[act.verb])],
    )


def is_of(act: Act, page: ItemDesk) -> bool:
    """Tell whether an item such as this one has the verb at all."""
    return (
        (page.list_status == ListStatus.CLOSED or act.verb != "bring_back")
        and bool(page.promise.parts or not act.of_parts)
        and (any(measure.done_on for measure in page.promise.measures) or not act.of_ticks)
        and (any(review.is_open for review in page.workers.reviews) or not act.of_reviews)
    )


def is_due(verb: str, page: ItemDesk, today: date) -> bool:
    """Tell whether what this person may do is asked for today."""
    if verb == "resume":
        return not any(ball.until and ball.until > today for ball in page.balls)
    if verb == "look_back":
        return any(look.looked_on is None for look in page.looks)
    return True
