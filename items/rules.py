"""Who may do what, and when. One function answers: `why_not`. Nothing here saves."""

from datetime import date

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from items.models import Entry, Item, ItemList, Person, Post, Role
from items.states import LIST_MOVES, MOVES, POST_VERBS, ListStatus, Status

# Whoever did one of these on an item speaks for the owner's side of it from then on.
REPORTS = ["start", "report_progress", "enter_for_owner", "claim"]


def why_not(verb: str, person: Person, thing, *, today: date | None = None) -> str:
    """Say why `person` may not `verb` this item, list or post now; "" when they may."""
    today = today or timezone.localdate()
    kind = _kind_of(verb, thing)
    return _why_not_this_person(verb, person, thing, today) or kind(verb, person, thing, today)


def _kind_of(verb, thing):
    for model, verbs, kind in [
        (Item, MOVES, _why_not_item),
        (ItemList, LIST_MOVES, _why_not_list),
        (Post, POST_VERBS, _why_not_post),
    ]:
        if isinstance(thing, model) and verb in verbs:
            return kind
    raise ValueError(f"{verb} is no verb of a {type(thing).__name__}")


# Who


def _why_not_this_person(verb, person, thing, today):
    committee = committee_of(thing)
    if verb == "appoint" and person.is_active and is_administrator(person, committee):
        return _by_administrator(committee)
    return barred(person, committee) or WHO[verb](person, thing, today)


def barred(person, committee) -> str:
    """Say why `person` may change nothing that the committee publishes, whatever their posts."""
    if not person.is_active:
        return _("This account is closed. Ask the administrator.")
    if is_administrator(person, committee):
        return _("Administrators keep accounts and look-ups and have no say over content.")
    if Role.objects.held_by(person, committee, Role.Kind.AUDITOR).exists():
        return _("An auditor reads everything and changes nothing.")
    return ""


def committee_of(thing):
    return thing.list.committee if isinstance(thing, Item) else thing.committee


def is_administrator(person, committee) -> bool:
    held = Role.objects.held_by(person, committee, Role.Kind.ADMINISTRATOR)
    return person.is_superuser or held.exists()


def is_office(person, committee) -> bool:
    return Role.objects.held_by(person, committee, Role.Kind.OFFICE).exists()


def acts_for_owner(person, item, today) -> bool:
    """Tell whether `person` does the owner's work today: holder, handler or helper of a unit."""
    return (
        (item.owner_post is not None and item.owner_post.holder(today) == person)
        or item.handlers.filter(pk=person.pk).exists()
        or item.unit_shares.filter(role__in=["lead", "joint"], unit__helpers=person).exists()
    )


def on_owner_side(person, item, today) -> bool:
    """Tell whether `person` is on the owner's side, or ever reported or claimed on the item."""
    reported = Entry.objects.filter(item=item, by=person, verb__in=REPORTS)
    return acts_for_owner(person, item, today) or reported.exists()


def is_supervisor(person, item, today) -> bool:
    return item.supervisor_post is not None and item.supervisor_post.holder(today) == person


def _by_office(person, thing, today):
    if is_office(person, committee_of(thing)):
        return ""
    return _("Only the office of “%(committee)s” does this.") % {"committee": committee_of(thing)}


def _by_owner_side(person, item, today):
    if acts_for_owner(person, item, today):
        return ""
    return _("Only the owner’s side does this: %(post)s, the handlers, and the units’ people.") % {
        "post": item.owner_post or _("no owner’s post yet")
    }


def _by_supervisor(person, item, today):
    if on_owner_side(person, item, today):
        return _("You are on the owner’s side of this item. Nobody checks their own work.")
    if is_supervisor(person, item, today):
        return ""
    return _("Only the supervisor does this: %(post)s.") % {
        "post": item.supervisor_post or _("no supervisor’s post yet")
    }


def _by_supervisor_or_office(person, item, today):
    if not _by_supervisor(person, item, today) or not _by_office(person, item, today):
        return ""
    return _("Only the supervisor (%(post)s) or the office does this.") % {
        "post": item.supervisor_post
    }


def _by_another_than(asked_verb, sentence):
    def by_another(person, item, today):
        waiting = item.entries.filter(verb=asked_verb).waiting().last()
        refusal = _by_office(person, item, today)
        if refusal or waiting is None or waiting.by_id != person.pk:
            return refusal
        return str(sentence())

    return by_another


def _by_administrator(committee):
    """Administrators set up who holds which post, but only until the office has published."""
    if committee.lists.filter(status=ListStatus.PUBLISHED).exists():
        return _("A list of this committee is published. Now the office appoints.")
    return ""


WHO = {
    "publish": _by_office,
    "import_into": _by_office,
    "bring_in": _by_office,
    "add_item": _by_office,
    "close_list": _by_office,
    "carry_over": _by_office,
    "start": _by_owner_side,
    "report_progress": _by_owner_side,
    "enter_for_owner": _by_office,
    "release": _by_another_than(
        "enter_for_owner",
        lambda: _("You entered this yourself. Another person of the office releases it."),
    ),
    "claim": _by_owner_side,
    "sign_off": _by_supervisor,
    "send_back": _by_supervisor,
    "log_visit": _by_supervisor,
    "put_on_hold": _by_office,
    "resume": _by_office,
    "withdraw": _by_office,
    "reopen": _by_supervisor_or_office,
    "ask_extension": _by_owner_side,
    "decide_extension": _by_another_than(
        "ask_extension",
        lambda: _("You asked for this yourself. Another person of the office decides."),
    ),
    "hand_over": _by_office,
    "correct": _by_office,
    "appoint": _by_office,
    "erase_words": _by_office,
}


def role_of(verb, person, thing, today) -> str:
    """Return the role in which `person` does this, as the ledger writes it."""
    if WHO[verb] is _by_owner_side:
        return Entry.Role.OWNER
    checks = WHO[verb] in (_by_supervisor, _by_supervisor_or_office)
    if checks and not _by_supervisor(person, thing, today):
        return Entry.Role.SUPERVISOR
    if is_administrator(person, committee_of(thing)):
        return Entry.Role.ADMINISTRATOR
    return Entry.Role.OFFICE


# When


def _why_not_item(verb, person, item, today):
    sources, _target = MOVES[verb]
    if verb in ("publish", "bring_in"):
        return _why_not_list("publish", person, item.list, today)
    if item.list.status == ListStatus.CLOSED:
        return _("This list is closed. Its figures stay as they are.")
    if item.status not in sources:
        return _wrong_status(Status(item.status).label, sources, Status)
    return _why_not_yet(verb, item)


def _why_not_yet(verb, item):
    needed = WAITING.get(verb)
    if not needed:
        return ""
    asked_verb, must_wait, sentence = needed
    waits = item.entries.filter(verb=asked_verb).waiting().exists()
    return "" if waits == must_wait else str(sentence())


# verb: (the request it is about, whether one must be waiting, what to say otherwise)
WAITING = {
    "release": ("enter_for_owner", True, lambda: _("Nothing waits to be released.")),
    "decide_extension": ("ask_extension", True, lambda: _("Nobody has asked for more time.")),
    "ask_extension": (
        "ask_extension",
        False,
        lambda: _("A request for more time is waiting already. The office decides it first."),
    ),
}


def _why_not_list(verb, person, item_list, today):
    sources, _target = LIST_MOVES[verb]
    if item_list.status in sources:
        return ""
    return _wrong_status(ListStatus(item_list.status).label, sources, ListStatus)


def _why_not_post(verb, person, post, today):
    return ""


def _wrong_status(now, sources, statuses):
    labels = [str(status.label) for status in statuses if status in sources]
    return _("Its status is “%(now)s”. This is possible only at: %(sources)s.") % {
        "now": now,
        "sources": get_text_list(labels, _("or")),
    }
