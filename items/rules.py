"""Who may do what, and when. One function answers: `why_not`. Nothing here saves."""

from datetime import date

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from items.models import Call, Entry, Item, ItemList, Person, Post, Role, Suggestion
from items.outcomes import CALL_MOVES, SUGGESTION_MOVES, CallStatus, SuggestionStatus
from items.standing import Standing
from items.states import LIST_MOVES, MOVES, POST_VERBS, ListStatus, Status


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
        (ItemList, LIST_MOVES, _why_not_list),
        (Post, POST_VERBS, _why_not_post),
        (Suggestion, SUGGESTION_MOVES, _why_not_suggestion),
        (Call, CALL_MOVES, _why_not_call),
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
    return _by_whom_it_is_for(standing, about) if verb == "finish_task" else WHO[verb](standing)


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


def _by_office(standing):
    if standing.is_office:
        return ""
    return _("Only the office of “%(committee)s” does this.") % {"committee": standing.committee}


def _by_owner_side(standing):
    if standing.acts_for_owner:
        return ""
    return _("Only the owner’s side does this: %(post)s, the handlers, and the units’ people.") % {
        "post": standing.thing.owner_post or _("no owner’s post yet")
    }


def _by_supervisor(standing):
    if standing.on_owner_side:
        return _("You are on the owner’s side of this item. Nobody checks their own work.")
    if standing.is_supervisor:
        return ""
    return _("Only the supervisor does this: %(post)s.") % {
        "post": standing.thing.supervisor_post or _("no supervisor’s post yet")
    }


def _by_supervisor_or_office(standing):
    if not _by_supervisor(standing) or standing.is_office:
        return ""
    return _("Only the supervisor (%(post)s) or the office does this.") % {
        "post": standing.thing.supervisor_post
    }


def _by_owner_side_supervisor_or_office(standing):
    if standing.acts_for_owner or standing.is_office or not _by_supervisor(standing):
        return ""
    return _("Only the owner’s side, the supervisor and the office add photos.")


def _by_owner_side_or_office(standing):
    if standing.acts_for_owner or standing.is_office:
        return ""
    return _("Only the owner’s side and the office do this.")


def _by_another_than(asked_verb, sentence):
    def by_another(standing):
        asked = standing.asked(asked_verb)[-1:]
        refusal = _by_office(standing)
        if refusal or not asked or asked[0].by_id != standing.person.pk:
            return refusal
        return str(sentence())

    return by_another


def _by_whom_it_is_for(standing, about=None):
    """Say why they may not finish the task `about`, or any that is open when there is none."""
    if standing.is_office:
        return ""
    tasks = [about] if about else standing.asked("set_task")
    if any(is_for(task, standing) for task in tasks):
        return ""
    return _("Only the one whom the task is for, or the office, finishes it.")


def is_for(task: Entry, standing: Standing) -> bool:
    """Tell whether an open task falls to this person today; the duty belongs to the post."""
    return getattr(standing, TASK_FOR[task.facts["who"]])


TASK_FOR = {"owner": "acts_for_owner", "supervisor": "is_supervisor", "office": "is_office"}


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
    "deliver": _by_owner_side,
    "take_back": _by_owner_side_or_office,
    "plan_occasion": _by_owner_side_or_office,
    "hold_occasion": _by_owner_side,
    "call_off_occasion": _by_owner_side_or_office,
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
    "set_task": _by_office,
    "finish_task": _by_whom_it_is_for,
    "appoint": _by_office,
    "erase_words": _by_office,
    "add_photo": _by_owner_side_supervisor_or_office,
    "release_photo": _by_office,
    "hide_photo": _by_office,
} | dict.fromkeys([*SUGGESTION_MOVES, *CALL_MOVES], _by_office)


def role_of(verb: str, person: Person, thing, today: date, about: Entry | None = None) -> str:
    """Return the role in which `person` does this, as the ledger writes it."""
    standing = Standing(person, thing, today)
    adds = WHO[verb] is _by_owner_side_supervisor_or_office
    shared = adds or WHO[verb] is _by_owner_side_or_office
    if WHO[verb] is _by_owner_side or (shared and standing.acts_for_owner):
        return Entry.Role.OWNER
    checks = adds or WHO[verb] in (_by_supervisor, _by_supervisor_or_office)
    if checks and not _by_supervisor(standing):
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
