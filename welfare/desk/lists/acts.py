"""The acts on a list: each verb with its label, its form and its action."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import actions, queries, rules
from items.models import ItemList, Person
from items.rules.announcing import announcement_of
from items.rules.closing import goes_on_with, left_open, waits
from items.rules.gaps import gaps, gaps_to_put_up
from items.rules.standing import Standing
from items.states import ListStatus, Status
from welfare.desk.lists import forms
from welfare.desk.lists.publishing import proposed_leaders


@dataclass(frozen=True)
class ListAct:
    """A verb of a list as a page: `…/<path>/` shows `form` and calls `do(list, by=…, **fields)`."""

    verb: str  # of items.states.LIST_MOVES
    path: str
    name: str  # of the action and of the address
    label: Promise  # what the button says
    form: type[forms.ListForm]
    do: Callable
    hint: Promise  # what it leads to
    done: Promise  # the message afterwards
    proofread: bool = False  # whether the page shows how the list would be published
    reasons: Callable = lambda item_list: []  # what stands in the way besides rules.why_not


def reasons_against_publishing(item_list: ItemList) -> list[str]:
    proposed = proposed_leaders(item_list).exists()
    return gaps(item_list, localdate(), leaders_proposed=proposed)


def reasons_against_putting_up(item_list: ItemList) -> list[str]:
    proposed = proposed_leaders(item_list).exists()
    return gaps_to_put_up(item_list, localdate(), leaders_proposed=proposed)


def reasons_against_closing(item_list: ItemList) -> list[str]:
    return [*waits(item_list, localdate()), *left_open(item_list)]


def nothing_to_copy(item_list: ItemList) -> list[str]:
    if forms.others(item_list).public().exists():
        return []
    return [_("This committee has no published list to copy from.")]


def nothing_to_look_at(item_list: ItemList) -> list[str]:
    if item_list.items.filter(status=Status.RESOLVED).exists():
        return []
    return [_("Nothing in this list is resolved yet.")]


def copy_list(item_list: ItemList, *, source: ItemList, by: Person, yes: bool):
    """Copy into the list; nothing of it becomes public, so that no `yes` is asked for."""
    return actions.copy_list(source, into=item_list, by=by)


ALL = [
    ListAct(
        "publish",
        "publish",
        "publish_list",
        gettext_lazy("Publish the list"),
        forms.PublishForm,
        actions.publish_list,
        gettext_lazy("Its numbers are frozen and everyone can read it from then on."),
        gettext_lazy("“%s” is published."),
        proofread=True,
        reasons=reasons_against_publishing,
    ),
    ListAct(
        "put_up",
        "put_up",
        "put_up_list",
        gettext_lazy("Put it up for objections"),
        forms.PublishForm,
        actions.put_up_list,
        gettext_lazy(
            "Everyone can read it from now on, and object for five working days. Nothing of it"
            " changes meanwhile; it is published when each objection has its public answer."
        ),
        gettext_lazy("“%s” is up for objections."),
        proofread=True,
        reasons=reasons_against_putting_up,
    ),
    ListAct(
        "take_down",
        "take_down",
        "take_list_down",
        gettext_lazy("Take it down"),
        forms.TakeDownForm,
        actions.take_down_list,
        gettext_lazy(
            "Then it can be changed. Your reason and the answers so far stay on its page; putting"
            " it up again begins five new working days."
        ),
        gettext_lazy("“%s” isn’t up for objections any more."),
    ),
    ListAct(
        "import_into",
        "copy",
        "copy_list",
        gettext_lazy("Copy from an earlier list"),
        forms.CopyForm,
        copy_list,
        gettext_lazy(
            "Its matters, measures and posts come into this draft; deadlines move by the years"
            " between the lists. What was done, and what was withdrawn, stays behind."
        ),
        gettext_lazy("Copied into “%s”. Look over the posts and deadlines."),
        reasons=nothing_to_copy,
    ),
    ListAct(
        "publish_plan",
        "plan",
        "publish_plan",
        gettext_lazy("Implementation plan"),
        forms.PlanForm,
        actions.publish_plan,
        gettext_lazy(
            "It stands beside the list: whoever reads the list reads it. Each version and your"
            " reason stay in the ledger."
        ),
        gettext_lazy("The plan stands beside “%s”."),
    ),
    ListAct(
        "open_look_back",
        "look_back",
        "open_look_back",
        gettext_lazy("Look back"),
        forms.OpenLookBackForm,
        actions.open_look_back,
        gettext_lazy(
            "Whoever holds the post finds the items on their desk. What they find is public; what"
            " has slipped back is opened again, also after the change of year."
        ),
        gettext_lazy("Asked to look back: “%s”."),
        reasons=nothing_to_look_at,
    ),
    ListAct(
        "close_list",
        "close",
        "close_list",
        gettext_lazy("Close the list"),
        forms.ListForm,
        actions.close_list,
        gettext_lazy("Nothing in it is open. Its figures never change again."),
        gettext_lazy("“%s” is closed."),
        reasons=reasons_against_closing,
    ),
]
ACTS = {act.name: act for act in ALL}


@dataclass(frozen=True)
class Way:
    """A way on from a list: a link, or the sentence that stands in its place."""

    name: str  # of the address
    label: Promise | str
    address: str
    why_not: str = ""


OTHERS = {
    "table": ("import_into", gettext_lazy("Edit the drafts in one table")),
    "import_sheet": ("import_into", gettext_lazy("Import from Excel")),
    "return_ledger": ("return_ledger", gettext_lazy("Bring back an edited ledger")),
    "import_template": ("import_into", gettext_lazy("Template to fill in with Excel")),
    "add_item": ("add_item", gettext_lazy("Add an item")),
    "settle_year": ("close_list", gettext_lazy("Change of year")),
}
WAYS = {
    ListStatus.DRAFT: [
        "table",
        "import_sheet",
        "import_template",
        "copy_list",
        "publish_plan",
        "put_up_list",
        "take_list_down",
        "publish_list",
    ],
    ListStatus.PUBLISHED: [
        "add_item",
        "publish_plan",
        "return_ledger",
        "open_look_back",
        "settle_year",
        "close_list",
    ],
    ListStatus.CLOSED: ["open_look_back"],
}


def ways(item_list: ItemList, person: Person) -> list[Way]:
    """Return what this person can do with the list where it stands, and why not."""
    standing = Standing(person, item_list, localdate())
    left_out = {
        "put_up_list" if item_list.is_draft and announcement_of(item_list) else "take_list_down"
    }
    left_out |= set() if _is_done(item_list) else {"close_list"}
    names = [name for name in WAYS[item_list.status] if name not in left_out]
    open_ways = [_way(name, item_list, standing) for name in names]
    open_ways[:0] = _pages_of_progress(item_list, standing)
    if item_list.is_draft and (before := goes_on_with(item_list)):
        open_ways[-1] = _way("settle_year", before, Standing(person, before, localdate()))
    return open_ways


def _pages_of_progress(item_list: ItemList, standing: Standing) -> list[Way]:
    """Return the pages on which this person reports on many items, and releases what waits."""
    if item_list.status != ListStatus.PUBLISHED:
        return []
    reports = standing.is_office or queries.reports_in(standing.person, item_list, standing.today)
    releases = standing.is_office or standing.is_releaser
    pages = {"month": gettext_lazy("Progress of the month")} if reports else {}
    pages |= {"releases": gettext_lazy("To release")} if releases else {}
    return [
        Way(name, label, reverse(f"desk:{name}", args=[item_list.slug]))
        for name, label in pages.items()
    ]


def _is_done(item_list: ItemList) -> bool:
    return not item_list.items.not_done().exists()


def closed_ways(every: list[Way]) -> dict[str, str]:
    """Return each sentence that stands in the place of links, with what they would be."""
    closed = {}
    for way in every:
        if way.why_not:
            closed.setdefault(way.why_not, []).append(str(way.label))
    return {why_not: " · ".join(labels) for why_not, labels in closed.items()}


def _way(name, item_list, standing):
    act = ACTS.get(name)
    verb, label = (act.verb, act.label) if act else OTHERS[name]
    address = reverse(f"desk:{name}", args=[item_list.slug])
    return Way(name, label, address, rules.why_not_standing(verb, standing))
