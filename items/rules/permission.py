"""The permission check: `why_not` says who may do what, and when. Nothing here saves."""

from collections.abc import Callable, Set
from datetime import date

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from items.models import (
    Appeal,
    Call,
    Committee,
    Entry,
    Item,
    ItemList,
    Person,
    Post,
    Role,
    SiteVisit,
    Suggestion,
)
from items.rules.roles import role_written, why_not_theirs
from items.rules.standing import Standing, Thing
from items.states import (
    CASE_MOVES,
    COMMITTEE_VERBS,
    LIST_MOVES,
    MOVES,
    POST_VERBS,
    VISIT_VERBS,
    ListStatus,
    Move,
    Status,
)
from items.suggestion_states import CALL_MOVES, SUGGESTION_MOVES, CallStatus, SuggestionStatus

WITH_THE_LIST = ("publish", "bring_in", "carry_in")  # done to an item as its list is published
Moment = Callable[[str, Move, Standing], str]  # says why a verb can't be done now; "" if it can


def why_not(
    verb: str,
    person: Person,
    thing: Thing,
    *,
    today: date | None = None,
    about: Entry | None = None,
) -> str:
    """Say why `person` may not `verb` this item, list, post … now; "" when they may.

    `about` is the request that is answered; without it, any that waits.
    """
    return why_not_standing(verb, Standing(person, thing, today or timezone.localdate()), about)


def why_never(verb: str, person: Person, thing: Thing, *, about: Entry | None = None) -> str:
    """Say why it isn't theirs to `verb` this at all, whatever its moment; "" when it is."""
    standing = Standing(person, thing, timezone.localdate())
    return _why_not_this_person(row_of(verb, thing), standing, about)


def why_not_standing(verb: str, standing: Standing, about: Entry | None = None) -> str:
    """Say why the one who stands there may not `verb` now; "" when they may.

    A standing can be asked about many verbs: each fact of it is read once.
    """
    row, moment = _table_row(verb, standing.thing)
    if verb == "release_photo" and about and about.role == Entry.Role.LOOKER:
        row = row._replace(after_closing=True)  # it came with a look back
    return _why_not_this_person(row, standing, about) or moment(verb, row, standing)


def why_not_now(verb: str, item_standing: Standing) -> str:
    """Say why an item's status, or that of its list, is against a verb, whoever asks."""
    item = item_standing.thing
    if item.list.status == ListStatus.CLOSED:
        return list_is_closed()
    return _not_among(MOVES[verb].sources, Status(item.status))


def row_of(verb: str, thing: Thing) -> Move:
    """Return the verb's row in the table for such a thing; a verb of none is a mistake of ours."""
    return _table_row(verb, thing)[0]


def _table_row(verb: str, thing: Thing) -> tuple[Move, Moment]:
    """Return the verb's row, and the function that says why not at this moment."""
    for model, verbs, moment in [
        (Item, MOVES, _why_not_item),
        (Item, CASE_MOVES, _why_not_case),
        (ItemList, LIST_MOVES, _why_not_list),
        (Post, POST_VERBS, _why_not_ever),
        (Committee, COMMITTEE_VERBS, _why_not_ever),
        (Suggestion, SUGGESTION_MOVES, _why_not_suggestion),
        (Call, CALL_MOVES, _why_not_call),
        (SiteVisit, VISIT_VERBS, _why_not_visit),
    ]:
        if isinstance(thing, model) and verb in verbs:
            return verbs[verb], moment
    raise ValueError(f"{verb} is no verb of a {type(thing).__name__}")


# Who


def _why_not_this_person(row: Move, standing: Standing, about: Entry | None) -> str:
    if _as_administrator(row, standing):
        return _why_not_administrator(standing.committee)
    if refusal := why_barred(standing.person, standing.roles):
        return refusal
    return why_not_theirs(row, standing, about)


def _as_administrator(row: Move, standing: Standing) -> bool:
    return "administrator" in row.who.roles and (
        standing.person.is_active and standing.is_administrator
    )


def barred(person: Person, committee: Committee) -> str:
    """Say why `person` may change nothing that the committee publishes, whatever their posts."""
    roles = Role.objects.filter(person=person, committee=committee)
    return why_barred(person, set(roles.values_list("kind", flat=True)))


def why_barred(person: Person, roles: set[str]) -> str:
    """Say why a person with these roles in a committee may change nothing there; "" otherwise."""
    if not person.is_active:
        return _("This account is closed. Ask the administrator.")
    if person.is_superuser or Role.Kind.ADMINISTRATOR in roles:
        return _("Administrators keep accounts and look-ups and have no say over content.")
    if Role.Kind.AUDITOR in roles:
        return _("An auditor reads everything and changes nothing.")
    return ""


def acts_for_owner(person: Person, item: Item, today: date) -> bool:
    """Tell whether `person` does the owner's work today."""
    return Standing(person, item, today).acts_for_owner


def on_owner_side(person: Person, item: Item, today: date) -> bool:
    """Tell whether `person` is on the owner's side, or ever acted for it."""
    return Standing(person, item, today).on_owner_side


def is_supervisor(person: Person, item: Item, today: date) -> bool:
    """Tell whether `person` holds the supervisor's post today."""
    return Standing(person, item, today).is_supervisor


def _why_not_administrator(committee: Committee) -> str:
    """Administrators set up who holds which post, but only until the office has published."""
    if committee.lists.filter(status=ListStatus.PUBLISHED).exists():
        return _("A list of this committee is published. Now the office appoints.")
    return ""


def role_of(
    verb: str, person: Person, thing: Thing, today: date, about: Entry | None = None
) -> str:
    """Return the role in which `person` does this, as the ledger writes it."""
    return role_written(row_of(verb, thing), Standing(person, thing, today), about)


# When


def _why_not_item(verb: str, row: Move, standing: Standing) -> str:
    item = standing.thing
    if verb in WITH_THE_LIST:
        return _not_among(LIST_MOVES["publish"].sources, ListStatus(item.list.status))
    if verb == "bring_back":
        return _why_not_back(row, item)
    if item.list.status == ListStatus.CLOSED and not row.after_closing:
        return list_is_closed()
    return _not_among(row.sources, Status(item.status)) or _why_not_yet(row, standing)


def list_is_closed() -> str:
    return _("This list is closed. Its figures stay as they are.")


def _why_not_back(row: Move, item: Item) -> str:
    """Say why an item that was counted as resolved can't go on in the list that runs now."""
    if item.list.status != ListStatus.CLOSED:
        return _("This list still runs: there the item itself is opened again.")
    if refusal := _not_among(row.sources, Status(item.status)):
        return refusal
    if later := Item.objects.filter(carried_from=item).select_related("list").first():
        goes_on = {"number": later.number, "list": later.list}
        return _("It goes on already, as no. %(number)s of “%(list)s”.") % goes_on
    if not item.list.committee.lists.filter(status=ListStatus.PUBLISHED).exists():
        return _("No list of the committee runs now. Publish the next one first.")
    return ""


def _why_not_yet(row: Move, standing: Standing) -> str:
    for needs in row.needs:
        if bool(standing.asked(needs.request)) != needs.waiting:
            return str(needs.otherwise)
    return ""


def _why_not_list(verb: str, row: Move, standing: Standing) -> str:
    refusal = _not_among(row.sources, ListStatus(standing.thing.status))
    return refusal or _why_not_yet(row, standing)


def _why_not_ever(verb: str, row: Move, standing: Standing) -> str:
    return ""


def _why_not_case(verb: str, row: Move, standing: Standing) -> str:
    if not standing.thing.hardship:
        return _("It is no item of hardship support: it has no file.")
    return _not_among(row.sources, Status(standing.thing.status))


def _why_not_visit(verb: str, row: Move, standing: Standing) -> str:
    if verb == "withdraw_visit":
        return _("It was withdrawn already.") if standing.thing.withdrawn_on else ""
    leads = standing.thing.post.is_leader
    return "" if leads else _("Only the visits of leaders are written down here.")


def _why_not_suggestion(verb: str, row: Move, standing: Standing) -> str:
    if refusal := _not_among(row.sources, SuggestionStatus(standing.thing.status)):
        return refusal
    if verb == "take_up_again" and Appeal.objects.holding(standing.thing).exists():
        return _("An appeal against the answer waits. Only the post for reviews ends it.")
    return ""


def _why_not_call(verb: str, row: Move, standing: Standing) -> str:
    return _not_among(row.sources, CallStatus(standing.thing.status))


def _not_among(sources: Set[str], status: TextChoices) -> str:
    return "" if status in sources else _wrong_status(status.label, sources, type(status))


def _wrong_status(now: str | Promise, sources: Set[str], statuses: type[TextChoices]) -> str:
    labels = [str(status.label) for status in statuses if status in sources]
    return _("Its status is “%(now)s”. This is possible only at: %(sources)s.") % {
        "now": now,
        "sources": get_text_list(labels, _("or")),
    }
