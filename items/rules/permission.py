"""Who may do what, and when. One function answers: `why_not`. Nothing here saves."""

from datetime import date

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from items.models import Call, Entry, Item, ItemList, Person, Post, Role, SiteVisit, Suggestion
from items.outcomes import CALL_MOVES, SUGGESTION_MOVES, CallStatus, SuggestionStatus
from items.rules.standing import Standing
from items.rules.who import (
    WHO,
    by_owner_side,
    by_owner_side_or_office,
    by_owner_side_supervisor_or_office,
    by_supervisor,
    by_supervisor_or_office,
    by_whom_it_is_for,
    is_for,
)
from items.states import (
    CASE_MOVES,
    LIST_MOVES,
    MOVES,
    POST_VERBS,
    VISIT_VERBS,
    ListStatus,
    Status,
)


def why_not(verb: str, person: Person, thing, *, today: date | None = None, about=None) -> str:
    """Say why `person` may not `verb` this item, list, post … now; "" when they may.

    `about` is the request that is answered; without it, any that waits.
    """
    return why_not_standing(verb, Standing(person, thing, today or timezone.localdate()), about)


def why_not_standing(verb: str, standing: Standing, about: Entry | None = None) -> str:
    """Say the same of one who stands there; ask it of many verbs, and each fact is read once."""
    kind = _kind_of(verb, standing.thing)
    return _why_not_this_person(verb, standing, about) or kind(verb, standing)


def _kind_of(verb, thing):
    for model, verbs, kind in [
        (Item, MOVES, _why_not_item),
        (Item, CASE_MOVES, _why_not_case),
        (ItemList, LIST_MOVES, _why_not_list),
        (Post, POST_VERBS, _why_not_post),
        (Suggestion, SUGGESTION_MOVES, _why_not_suggestion),
        (Call, CALL_MOVES, _why_not_call),
        (SiteVisit, VISIT_VERBS, _why_not_visit),
    ]:
        if isinstance(thing, model) and verb in verbs:
            return kind
    raise ValueError(f"{verb} is no verb of a {type(thing).__name__}")


# Who


def _why_not_this_person(verb, standing, about):
    if verb == "appoint" and standing.person.is_active and standing.is_administrator:
        return _by_administrator(standing.committee)
    if refusal := why_barred(standing.person, standing.roles):
        return refusal
    return by_whom_it_is_for(standing, about) if verb == "finish_task" else WHO[verb](standing)


def barred(person, committee) -> str:
    """Say why `person` may change nothing that the committee publishes, whatever their posts."""
    held = Role.objects.filter(person=person, committee=committee)
    return why_barred(person, set(held.values_list("kind", flat=True)))


def why_barred(person: Person, roles: set[str]) -> str:
    """Say the same of one whose roles in the committee are known."""
    if not person.is_active:
        return _("This account is closed. Ask the administrator.")
    if person.is_superuser or Role.Kind.ADMINISTRATOR in roles:
        return _("Administrators keep accounts and look-ups and have no say over content.")
    if Role.Kind.AUDITOR in roles:
        return _("An auditor reads everything and changes nothing.")
    return ""


def is_office(person, committee) -> bool:
    """Tell whether `person` is of the committee's office."""
    return Role.objects.held_by(person, committee, Role.Kind.OFFICE).exists()


def acts_for_owner(person, item, today) -> bool:
    """Tell whether `person` does the owner's work today."""
    return Standing(person, item, today).acts_for_owner


def on_owner_side(person, item, today) -> bool:
    """Tell whether `person` is on the owner's side, or ever reported or claimed on the item."""
    return Standing(person, item, today).on_owner_side


def is_supervisor(person, item, today) -> bool:
    """Tell whether `person` holds the supervisor's post today."""
    return Standing(person, item, today).is_supervisor


def _by_administrator(committee):
    """Administrators set up who holds which post, but only until the office has published."""
    if committee.lists.filter(status=ListStatus.PUBLISHED).exists():
        return _("A list of this committee is published. Now the office appoints.")
    return ""


def role_of(verb: str, person: Person, thing, today: date, about: Entry | None = None) -> str:
    """Return the role in which `person` does this, as the ledger writes it."""
    standing = Standing(person, thing, today)
    adds = WHO[verb] is by_owner_side_supervisor_or_office
    shared = adds or WHO[verb] is by_owner_side_or_office
    if WHO[verb] is by_owner_side or (shared and standing.acts_for_owner):
        return Entry.Role.OWNER
    checks = adds or WHO[verb] in (by_supervisor, by_supervisor_or_office)
    if checks and not by_supervisor(standing):
        return Entry.Role.SUPERVISOR
    if verb == "finish_task" and is_for(about, standing):
        return Entry.Role(about.facts["who"])
    return Entry.Role.ADMINISTRATOR if standing.is_administrator else Entry.Role.OFFICE


# When


def _why_not_item(verb, standing):
    item = standing.thing
    sources, _target = MOVES[verb]
    if verb in ("publish", "bring_in"):
        return _why_not_this_list("publish", item.list)
    if item.list.status == ListStatus.CLOSED:
        return _("This list is closed. Its figures stay as they are.")
    if item.status not in sources:
        return _wrong_status(Status(item.status).label, sources, Status)
    return _why_not_yet(verb, standing)


def _why_not_yet(verb, standing):
    needed = WAITING.get(verb)
    if not needed:
        return ""
    asked_verb, must_wait, sentence = needed
    return "" if bool(standing.asked(asked_verb)) == must_wait else str(sentence())


# verb: (the request it is about, whether one must be waiting, what to say otherwise)
WAITING = {
    "release": ("enter_for_owner", True, lambda: _("Nothing waits to be released.")),
    "decide_extension": ("ask_extension", True, lambda: _("Nobody has asked for more time.")),
    "ask_extension": (
        "ask_extension",
        False,
        lambda: _("A request for more time is waiting already. The office decides it first."),
    ),
    "finish_task": ("set_task", True, lambda: _("No task is open.")),
}


def _why_not_list(verb, standing):
    return _why_not_this_list(verb, standing.thing)


def _why_not_this_list(verb, item_list):
    sources, _target = LIST_MOVES[verb]
    return _not_among(sources, ListStatus(item_list.status))


def _why_not_post(verb, standing):
    return ""


def _why_not_case(verb, standing):
    if not standing.thing.hardship:
        return _("It is no item of hardship support: it has no file.")
    sources, _target = CASE_MOVES[verb]
    return _not_among(sources, Status(standing.thing.status))


def _why_not_visit(verb, standing):
    if verb == "withdraw_visit":
        return _("It was withdrawn already.") if standing.thing.withdrawn_on else ""
    leads = standing.thing.post.is_leader
    return "" if leads else _("Only the visits of leaders are written down here.")


def _why_not_suggestion(verb, standing):
    sources, _target = SUGGESTION_MOVES[verb]
    return _not_among(sources, SuggestionStatus(standing.thing.status))


def _why_not_call(verb, standing):
    sources, _target = CALL_MOVES[verb]
    return _not_among(sources, CallStatus(standing.thing.status))


def _not_among(sources, status):
    return "" if status in sources else _wrong_status(status.label, sources, type(status))


def _wrong_status(now, sources, statuses):
    labels = [str(status.label) for status in statuses if status in sources]
    return _("Its status is “%(now)s”. This is possible only at: %(sources)s.") % {
        "now": now,
        "sources": get_text_list(labels, _("or")),
    }
