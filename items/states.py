"""Statuses, their public groups, and MOVES: the table of every verb."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    """Where an item stands. Overdue is no status: it is computed."""

    DRAFT = "draft", _("Draft")
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    PENDING_CHECK = "pending_check", _("Waiting for the check")
    RESOLVED = "resolved", _("Resolved")
    ON_HOLD = "on_hold", _("On hold")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ListStatus(TextChoices):
    """Where a year's list stands."""

    DRAFT = "draft", pgettext_lazy("list", "Draft")
    PUBLISHED = "published", pgettext_lazy("list", "Published")
    CLOSED = "closed", pgettext_lazy("list", "Closed")


class Group(TextChoices):
    """The groups of the public arithmetic: every published number is in exactly one."""

    RESOLVED = "resolved", pgettext_lazy("group", "Resolved")
    IN_PROGRESS = "in_progress", pgettext_lazy("group", "In progress")
    NOT_STARTED = "not_started", pgettext_lazy("group", "Not started")
    ON_HOLD = "on_hold", pgettext_lazy("group", "On hold")
    WITHDRAWN = "withdrawn", pgettext_lazy("group", "Withdrawn")


class Term(TextChoices):
    """How long a matter is meant to take (期限类型)."""

    SHORT = "short", _("Short term")
    MID_LONG = "mid_long", _("Medium or long term")
    STANDING = "standing", _("Standing")


S = Status
OPEN = frozenset({S.NOT_STARTED, S.IN_PROGRESS, S.PENDING_CHECK})
NOT_DONE = OPEN | {S.ON_HOLD}
PUBLISHED = frozenset(S) - {S.DRAFT}

GROUP_OF = {
    S.RESOLVED: Group.RESOLVED,
    S.IN_PROGRESS: Group.IN_PROGRESS,
    S.PENDING_CHECK: Group.IN_PROGRESS,
    S.NOT_STARTED: Group.NOT_STARTED,
    S.ON_HOLD: Group.ON_HOLD,
    S.WITHDRAWN: Group.WITHDRAWN,
}

STATUSES_OF = {
    group.value: [status for status, of in GROUP_OF.items() if of == group] for group in Group
}

UNCHANGED = "unchanged"  # the status stays as it is
BEFORE = "before"  # back to the status before the hold
AS_BROUGHT_IN = "as brought in"  # the status that the imported sheet gave

# An item's verbs: verb: (from these, to this)
MOVES = {
    "publish": ({S.DRAFT}, S.NOT_STARTED),
    "bring_in": ({S.DRAFT}, AS_BROUGHT_IN),
    "start": ({S.NOT_STARTED}, S.IN_PROGRESS),
    "report_progress": ({S.NOT_STARTED, S.IN_PROGRESS}, S.IN_PROGRESS),
    "enter_for_owner": ({S.NOT_STARTED, S.IN_PROGRESS}, UNCHANGED),
    "release": ({S.NOT_STARTED, S.IN_PROGRESS}, S.IN_PROGRESS),
    "deliver": ({S.NOT_STARTED, S.IN_PROGRESS}, S.IN_PROGRESS),
    "take_back": ({S.IN_PROGRESS}, UNCHANGED),
    "plan_occasion": ({S.NOT_STARTED, S.IN_PROGRESS}, UNCHANGED),
    "hold_occasion": ({S.NOT_STARTED, S.IN_PROGRESS}, S.IN_PROGRESS),
    "call_off_occasion": ({S.NOT_STARTED, S.IN_PROGRESS, S.ON_HOLD}, UNCHANGED),
    "claim": ({S.IN_PROGRESS}, S.PENDING_CHECK),
    "sign_off": ({S.PENDING_CHECK}, S.RESOLVED),
    "send_back": ({S.PENDING_CHECK}, S.IN_PROGRESS),
    "log_visit": (OPEN, UNCHANGED),
    "put_on_hold": (OPEN, S.ON_HOLD),
    "resume": ({S.ON_HOLD}, BEFORE),
    "withdraw": (PUBLISHED - {S.RESOLVED, S.WITHDRAWN}, S.WITHDRAWN),
    "reopen": ({S.RESOLVED}, S.IN_PROGRESS),
    "ask_extension": (OPEN, UNCHANGED),
    "decide_extension": (OPEN, UNCHANGED),
    "hand_over": (PUBLISHED, UNCHANGED),
    "correct": (PUBLISHED, UNCHANGED),
    "set_task": (PUBLISHED, UNCHANGED),
    "finish_task": (PUBLISHED, UNCHANGED),
    "add_photo": (PUBLISHED - {S.WITHDRAWN}, UNCHANGED),
    "release_photo": (PUBLISHED, UNCHANGED),
}

# Whoever did one of these on an item speaks for the owner's side of it from then on.
REPORTS = ["start", "report_progress", "enter_for_owner", "deliver", "hold_occasion", "claim"]

# A list's verbs, in the same shape. Publishing a list is publishing its items.
L = ListStatus
LIST_MOVES = {
    "publish": ({L.DRAFT}, L.PUBLISHED),
    "import_into": ({L.DRAFT}, UNCHANGED),
    "add_item": ({L.PUBLISHED}, UNCHANGED),
    "close_list": ({L.PUBLISHED}, L.CLOSED),
    "carry_over": ({L.CLOSED}, UNCHANGED),
    "erase_words": ({L.PUBLISHED, L.CLOSED}, UNCHANGED),
    "hide_photo": ({L.PUBLISHED, L.CLOSED}, UNCHANGED),
    "publish_plan": ({L.DRAFT, L.PUBLISHED}, UNCHANGED),
}

POST_VERBS = {"appoint"}
VISIT_VERBS = {"log_site_visit", "withdraw_visit"}

# The verbs of a hardship item's file, in the same shape. It may be read in a closed list, too.
CASE_MOVES = {
    "read_case": (PUBLISHED, UNCHANGED),
    "add_case_file": (PUBLISHED - {S.WITHDRAWN}, UNCHANGED),
    "remove_case_file": (PUBLISHED, UNCHANGED),
}


# The verbs that tell how the work goes; the others don't make an item look freshly updated.
NEWS = frozenset(
    {"publish", "bring_in", "add_item", "start", "report_progress", "release", "deliver"}
    | {
        "hold_occasion",
        "claim",
        "sign_off",
        "send_back",
        "log_visit",
        "put_on_hold",
        "resume",
        "withdraw",
        "reopen",
    }
)


class Verb(TextChoices):
    """Every verb as the ledger writes it, in words for the timeline."""

    PUBLISH = "publish", _("Published in the list")
    BRING_IN = "bring_in", _("Brought in from before this system")
    START = "start", _("Work started")
    REPORT_PROGRESS = "report_progress", _("Progress reported")
    ENTER_FOR_OWNER = "enter_for_owner", _("Progress entered for the owner")
    RELEASE = "release", _("Progress reported, entered by the office")
    DELIVER = "deliver", _("Handed out")
    TAKE_BACK = "take_back", _("Delivery taken back")
    PLAN_OCCASION = "plan_occasion", _("Date set")
    HOLD_OCCASION = "hold_occasion", _("Took place")
    CALL_OFF_OCCASION = "call_off_occasion", _("Date called off")
    CLAIM = "claim", _("Claimed done")
    SIGN_OFF = "sign_off", _("Checked and signed off")
    SEND_BACK = "send_back", _("Sent back after the check")
    LOG_VISIT = "log_visit", _("Supervisor’s visit")
    PUT_ON_HOLD = "put_on_hold", _("Put on hold")
    RESUME = "resume", _("Resumed")
    WITHDRAW = "withdraw", _("Withdrawn from the list")
    REOPEN = "reopen", _("Reopened")
    ASK_EXTENSION = "ask_extension", _("More time asked for")
    DECIDE_EXTENSION = "decide_extension", _("Decision on more time")
    HAND_OVER = "hand_over", _("Handed over to another post")
    APPOINT = "appoint", _("New holder of a post")
    CORRECT = "correct", _("Corrected")
    SET_TASK = "set_task", _("Task set")
    FINISH_TASK = "finish_task", _("Task finished")
    ADD_PHOTO = "add_photo", _("Photo added")
    RELEASE_PHOTO = "release_photo", _("Photo released")
    HIDE_PHOTO = "hide_photo", _("Photo hidden")
    ADD_ITEM = "add_item", _("Added to the list")
    CLOSE_LIST = "close_list", _("List closed")
    PUBLISH_PLAN = "publish_plan", _("Implementation plan published")
    CARRY_OVER = "carry_over", _("Carried over to the next list")


class How(TextChoices):
    """How a supervisor looked."""

    ON_SITE = "on_site", _("on site")
    PHONE = "phone", _("by phone")
    MEETING = "meeting", _("in a meeting")
