"""Who may do what, whatever the moment: each answer is why not, "" when they may."""

from django.utils.translation import gettext as _

from items.models import Entry
from items.outcomes import CALL_MOVES, SUGGESTION_MOVES
from items.rules.standing import Standing


def by_office(standing):
    if standing.is_office:
        return ""
    return _("Only the office of “%(committee)s” does this.") % {"committee": standing.committee}


def by_owner_side(standing):
    if standing.acts_for_owner:
        return ""
    return _("Only the owner’s side does this: %(post)s, the handlers, and the units’ people.") % {
        "post": standing.thing.owner_post or _("no owner’s post yet")
    }


def by_supervisor(standing):
    if standing.on_owner_side:
        return _("You are on the owner’s side of this item. Nobody checks their own work.")
    if standing.is_supervisor:
        return ""
    return _("Only the supervisor does this: %(post)s.") % {
        "post": standing.thing.supervisor_post or _("no supervisor’s post yet")
    }


def by_supervisor_or_office(standing):
    if not by_supervisor(standing) or standing.is_office:
        return ""
    return _("Only the supervisor (%(post)s) or the office does this.") % {
        "post": standing.thing.supervisor_post
    }


def by_owner_side_supervisor_or_office(standing):
    if standing.acts_for_owner or standing.is_office or not by_supervisor(standing):
        return ""
    return _("Only the owner’s side, the supervisor and the office add photos.")


def by_owner_side_or_office(standing):
    if standing.acts_for_owner or standing.is_office:
        return ""
    return _("Only the owner’s side and the office do this.")


def by_visitor_or_office(standing):
    if standing.is_office or standing.is_visitor:
        return ""
    return _("Only the office and the leader who went (%(post)s) do this.") % {
        "post": standing.thing.post
    }


def by_case_people(standing):
    """Say why they don't see a family's file: whoever has no duty for the item today."""
    if by_owner_side_supervisor_or_office(standing):
        return _("Only the office, the owner’s side and the supervisor see this file.")
    return ""


def by_another_than(asked_verb, sentence):
    def by_another(standing):
        asked = standing.asked(asked_verb)[-1:]
        refusal = by_office(standing)
        if refusal or not asked or asked[0].by_id != standing.person.pk:
            return refusal
        return str(sentence())

    return by_another


def by_whom_it_is_for(standing, about=None):
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


WHO = {
    "publish": by_office,
    "import_into": by_office,
    "bring_in": by_office,
    "add_item": by_office,
    "close_list": by_office,
    "carry_over": by_office,
    "start": by_owner_side,
    "report_progress": by_owner_side,
    "enter_for_owner": by_office,
    "release": by_another_than(
        "enter_for_owner",
        lambda: _("You entered this yourself. Another person of the office releases it."),
    ),
    "deliver": by_owner_side,
    "take_back": by_owner_side_or_office,
    "plan_occasion": by_owner_side_or_office,
    "hold_occasion": by_owner_side,
    "call_off_occasion": by_owner_side_or_office,
    "claim": by_owner_side,
    "sign_off": by_supervisor,
    "send_back": by_supervisor,
    "log_visit": by_supervisor,
    "put_on_hold": by_office,
    "resume": by_office,
    "withdraw": by_office,
    "reopen": by_supervisor_or_office,
    "ask_extension": by_owner_side,
    "decide_extension": by_another_than(
        "ask_extension",
        lambda: _("You asked for this yourself. Another person of the office decides."),
    ),
    "hand_over": by_office,
    "correct": by_office,
    "set_task": by_office,
    "finish_task": by_whom_it_is_for,
    "appoint": by_office,
    "erase_words": by_office,
    "add_photo": by_owner_side_supervisor_or_office,
    "release_photo": by_office,
    "hide_photo": by_office,
    "publish_plan": by_office,
    "log_site_visit": by_visitor_or_office,
    "withdraw_visit": by_visitor_or_office,
    "read_case": by_case_people,
    "add_case_file": by_case_people,
    "remove_case_file": by_office,
} | dict.fromkeys([*SUGGESTION_MOVES, *CALL_MOVES], by_office)
