"""The permission table's roles and vetoes, as predicates: who may do what, whatever the moment."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from items.models import Entry, Item, Person
from items.rules.standing import Standing
from items.states import Move, Verb, Veto, Who


def is_for(task: Entry, standing: Standing) -> bool:
    """Tell whether an open task falls to this person today; the duty belongs to the post."""
    return getattr(standing, TASK_FOR[task.facts["who"]])


TASK_FOR = {"owner": "acts_for_owner", "supervisor": "is_supervisor", "office": "is_office"}


def _is_named_in_task(standing: Standing, about: Entry | None) -> bool:
    """Tell whether the task `about` is theirs, or any that is open when there is none."""
    tasks = [about] if about else standing.asked("set_task")
    return any(is_for(task, standing) for task in tasks)


def is_named_in_link(standing: Standing, link: Entry | None) -> bool:
    """Tell whether a reporting link names them, and they are still a handler of its item."""
    if link is None or link.verb != Verb.MAKE_LINK or link.item_id != standing.thing.pk:
        return False
    is_named = link.facts["handler"] == str(standing.person.pk)
    return is_named and standing.person.handled_items.filter(pk=standing.thing.pk).exists()


# Each role as a predicate of where somebody stands; `about` is the request that is answered. What
# is known without a question comes first: a page asks about many items.
ROLES: dict[str, Callable[[Standing, Entry | None], bool]] = {
    "office": lambda standing, about: standing.is_office,
    "administrator": lambda standing, about: standing.is_administrator,
    "visitor": lambda standing, about: standing.is_visitor,
    "supervisor": lambda standing, about: standing.is_supervisor and not standing.on_owner_side,
    "owner": lambda standing, about: standing.acts_for_owner,
    "releaser": lambda standing, about: standing.is_releaser and not standing.spoke_as_owner,
    "looker": lambda standing, about: standing.is_looker,
    "named_in_task": _is_named_in_task,
    "by_link": is_named_in_link,
    "reviewer": lambda standing, about: standing.is_reviewer,
    "appeal_reviewer": lambda standing, about: standing.reviews_appeal,
    "suggestion_checker": lambda standing, about: standing.checks_suggestion,
    "finder": lambda standing, about: standing.found_undone,
}
WRITTEN_AS = {"finder": Entry.Role.REVIEWER, "by_link": Entry.Role.OWNER}


def _asked_themselves(standing: Standing, request: str) -> bool:
    asked = standing.asked(request)[-1:]
    return bool(asked) and asked[0].by_id == standing.person.pk


# Each veto as a predicate of where somebody stands; `request` is the verb that it is about.
VETOES: dict[str, Callable[[Standing, str], bool]] = {
    "own_work": lambda standing, request: standing.on_owner_side,
    "own_item": lambda standing, request: standing.is_office and standing.on_owner_side,
    # Whoever enters for owners isn't one by that: two of the office release each other's entries.
    "owner_themselves": lambda standing, request: (
        (standing.is_office or standing.is_releaser) and standing.spoke_as_owner
    ),
    "own_entry": lambda standing, request: (
        (standing.is_office or standing.is_releaser) and _asked_themselves(standing, request)
    ),
    "own_signature": lambda standing, request: standing.is_supervisor or standing.signed,
    "of_office": lambda standing, request: standing.is_office,
    # Whoever isn't of the office is told that they may not decide at all.
    "own_request": lambda standing, request: (
        standing.is_office and _asked_themselves(standing, request)
    ),
}

NO_POST: dict[str, Callable[[], str]] = {
    "owner_post": lambda: _("no owner’s post yet"),
    "supervisor_post": lambda: _("no supervisor’s post yet"),
}


def why_not_theirs(row: Move, standing: Standing, about: Entry | None = None) -> str:
    """Say why it isn't theirs to do, by the verb's vetoes and roles; "" when it is."""
    for veto in row.vetoes:
        if bars(veto, standing):
            return str(veto.sentence)
    if any(ROLES[role](standing, about) for role in ROLES if role in row.who.roles):
        return ""
    return str(row.who.otherwise % _names(row.who, standing))


def bars(veto: Veto, standing: Standing) -> bool:
    return VETOES[veto.name](standing, veto.request)


def role_written(row: Move, standing: Standing, about: Entry | None = None) -> str:
    """Return in which role the ledger writes that they did it: of a task, as whom it names.

    Raise `ValueError` when none of the verb's roles is theirs, or none that the ledger writes.
    """
    role = next((role for role in row.who.roles if ROLES[role](standing, about)), "")
    if role == "named_in_task" and about:
        role = about.facts["who"]
    return Entry.Role(WRITTEN_AS.get(role, role))


def _names(who: Who, standing: Standing) -> dict[str, Any]:
    """Return what the sentence of a refusal may name."""
    if not who.post:
        return {"committee": standing.committee}
    post = getattr(standing.thing, who.post)
    return {"post": post or NO_POST[who.post]()}


def people_for(item: Item, who: str, today: date) -> list[Person | None]:
    """Return those who do what falls to the "owner", the "supervisor" or the "office" today."""
    if who == "office":
        roles = item.list.committee.roles.filter(kind="office").select_related("person")
        return [role.person for role in roles]
    return [getattr(item, f"{who}_post").holder(today)]
