"""State machine of an item, a list and a post: statuses, groups, and the tables of verbs."""

from collections.abc import Sequence, Set
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
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
AS_CARRIED = "as carried"  # the status that it has on the list that is closed


class Who(NamedTuple):
    """Who may do something: whoever has one of the roles; all others are told `otherwise`.

    The roles are tried in their order, and the ledger writes the first that fits. What each of
    them means stands in `items.rules.roles.ROLES`.
    """

    roles: tuple[str, ...]
    otherwise: Promise  # may name the %(committee)s or, where `post` is given, that %(post)s
    post: str = ""  # an attribute of the thing


OFFICE = Who(("office",), _("Only the office of “%(committee)s” does this."))
OFFICE_OR_ADMINISTRATOR = OFFICE._replace(roles=("administrator", "office"))
OWNER = Who(
    ("owner",),
    _("Only the owner’s side does this: %(post)s, the handlers, and the units’ people."),
    post="owner_post",
)
OWNER_OR_OFFICE = Who(("owner", "office"), _("Only the owner’s side and the office do this."))
SUPERVISOR = Who(
    ("supervisor",), _("Only the supervisor does this: %(post)s."), post="supervisor_post"
)
SUPERVISOR_OR_OFFICE = Who(
    ("supervisor", "office"),
    _("Only the supervisor (%(post)s) or the office does this."),
    post="supervisor_post",
)
PHOTOGRAPHERS = Who(
    ("owner", "supervisor", "office"),
    _("Only the owner’s side, the supervisor and the office add photos."),
)
OWNER_SUPERVISOR_OR_OFFICE = PHOTOGRAPHERS._replace(
    otherwise=_("Only the owner’s side, the supervisor and the office do this.")
)
CASE_PEOPLE = PHOTOGRAPHERS._replace(
    otherwise=_("Only the office, the owner’s side and the supervisor see this file.")
)
SECOND_YES = Who(
    ("office", "releaser"),
    _(
        "Only the office of “%(committee)s” does this, or whoever holds the post that it names"
        " for releases and isn’t on the owner’s side."
    ),
)
# Whoever reviewed an item and found it undone sends it back, or opens it again, with the same act.
CHECKER = SUPERVISOR._replace(roles=("supervisor", "finder"))
CHECKER_OR_OFFICE = SUPERVISOR_OR_OFFICE._replace(roles=("supervisor", "office", "finder"))
REVIEWER = Who(
    ("reviewer",),
    _(
        "Only whoever holds the post to which the review went does this, while it is open: neither"
        " the office nor anybody who has to do with the item."
    ),
)
APPEAL_REVIEWER = Who(
    ("appeal_reviewer",),
    _(
        "Only whoever holds a post for reviews of “%(committee)s” answers an appeal, while it"
        " waits: neither the office nor anybody who answered the suggestion."
    ),
)
CHECKER_OF_SUGGESTION = Who(
    ("suggestion_checker",),
    _(
        "Only a supervisor of “%(committee)s” confirms that it was done: neither the office nor"
        " anybody who answered the suggestion."
    ),
)
TASK_HOLDER = Who(
    ("named_in_task", "office"),
    _("Only the one whom the task is for, or the office, finishes it."),
)
BY_LINK = Who(
    ("by_link",),
    _("Only the named handler does this, by a link that holds."),
)
LOOKER = Who(
    ("looker",),
    _("Only whoever holds the post that is named, or was drawn, to look back does this."),
)
VISITOR_OR_OFFICE = Who(
    ("visitor", "office"),
    _("Only the office and the leader who went (%(post)s) do this."),
    post="post",
)


class Veto(NamedTuple):
    """What bars somebody whatever their roles; `items.rules.roles.VETOES` says what it means."""

    name: str
    sentence: Promise
    request: str = ""  # the verb of the request that it is about


OWN_WORK = Veto(
    "own_work", _("You are on the owner’s side of this item. Nobody checks their own work.")
)
OWN_ENTRY = Veto(
    "own_entry",
    _(
        "You entered this yourself. Another person of the office releases it, or whoever holds"
        " the post that the committee names for releases."
    ),
    request="enter_for_owner",
)
OWN_WORDS = Veto(
    "owner_themselves",
    _(
        "You are on the owner’s side of this item. Somebody else releases what was entered for"
        " it; you can report the progress yourself."
    ),
)
OWN_ITEM = Veto(
    "own_item",
    _("You are on the owner’s side of this item. Another person of the office enters decisions."),
)
OWN_SIGNATURE = Veto(
    "own_signature",
    _("You check this item, or signed it off. Nobody looks again at their own signature."),
)
OF_OFFICE = Veto(
    "of_office",
    _("You are of the office, which answers for the list. Somebody else looks at it again."),
)
OWN_REQUEST = Veto(
    "own_request",
    _("You asked for this yourself. Another person of the office decides."),
    request="ask_extension",
)


class Needs(NamedTuple):
    """The request that has to wait for an answer, or must not wait yet."""

    request: str  # its verb
    waiting: bool
    otherwise: Promise


ANSWERS_NOTHING = ("add_photo",)  # a photo that came along is about an entry, and no answer to it
AN_ENTRY = Needs("enter_for_owner", True, _("Nothing waits to be released."))
A_REQUEST = Needs("ask_extension", True, _("Nobody has asked for more time."))
NO_REQUEST = Needs(
    "ask_extension",
    False,
    _("A request for more time is waiting already. The office decides it first."),
)
A_TASK = Needs("set_task", True, _("No task is open."))
ANNOUNCED = Needs("put_up", True, _("Nothing of it is up for objections."))
NOT_ANNOUNCED = Needs(
    "put_up",
    False,
    _("Something of it is up for objections. Wait for its end, or take it down first and say why."),
)


DRAFT_UP = Needs("put_up", True, _("This draft isn’t up for objections."))
DRAFT_NOT_UP = Needs(
    "put_up",
    False,
    _("This draft is up for objections and stays as it is. Take it down first and say why."),
)


class Move(NamedTuple):
    """A verb, as a row of its table."""

    sources: Set  # the statuses from which it is possible
    target: str  # the status to which it leads
    who: Who
    vetoes: tuple[Veto, ...] = ()
    needs: tuple[Needs, ...] = ()
    news: bool = False  # whether it tells how the work goes, so that the item looks fresh
    written_as: str = ""  # the verb of its entry, where that is another one
    adds: bool = False  # only adds words, so that what others wrote meanwhile can stand beside it
    after_closing: bool = False  # also on a closed list, whose figures it leaves as they are


WORKING = frozenset({S.NOT_STARTED, S.IN_PROGRESS})
SHOWN = PUBLISHED - {S.WITHDRAWN}
LEFT = SHOWN - {S.RESOLVED}
OWN = (OWN_WORK,)
DECIDED_BY_OTHERS = (OWN_REQUEST, OWN_ITEM)
BY_OTHERS = (OWN_WORDS, OWN_ENTRY)
NOT_THEIR_OWN = (OWN_WORK, OWN_SIGNATURE, OF_OFFICE)

# fmt: off
# An item's verbs: from, to, who may, what bars them, what has to wait, whether it is news, and
# whether it only adds: all others act on statuses, dates or persons, and refuse a stale page.
MOVES = {
    "publish": Move({S.DRAFT}, S.NOT_STARTED, OFFICE, news=True),
    "bring_in": Move({S.DRAFT}, AS_BROUGHT_IN, OFFICE, news=True),
    "carry_in": Move({S.DRAFT}, AS_CARRIED, OFFICE),
    "start": Move({S.NOT_STARTED}, S.IN_PROGRESS, OWNER, news=True),
    "report_progress": Move(WORKING, S.IN_PROGRESS, OWNER, news=True, adds=True),
    "say_blocked": Move(WORKING, UNCHANGED, OWNER),  # comes with a report, never alone
    "enter_for_owner": Move(WORKING, UNCHANGED, OFFICE, adds=True),
    "release": Move(WORKING, S.IN_PROGRESS, SECOND_YES, BY_OTHERS, (AN_ENTRY,), news=True),
    "refuse_entry": Move(PUBLISHED, UNCHANGED, SECOND_YES, needs=(AN_ENTRY,)),
    "deliver": Move(WORKING, S.IN_PROGRESS, OWNER, news=True, adds=True),
    "take_back": Move({S.IN_PROGRESS}, UNCHANGED, OWNER_OR_OFFICE, adds=True),
    "plan_occasion": Move(WORKING, UNCHANGED, OWNER_OR_OFFICE, adds=True),
    "hold_occasion": Move(WORKING, S.IN_PROGRESS, OWNER, news=True, adds=True),
    "call_off_occasion": Move(WORKING | {S.ON_HOLD}, UNCHANGED, OWNER_OR_OFFICE, adds=True),
    "claim": Move({S.IN_PROGRESS}, S.PENDING_CHECK, OWNER, news=True),
    "sign_off": Move({S.PENDING_CHECK}, S.RESOLVED, SUPERVISOR, OWN, (NOT_ANNOUNCED,), news=True),
    "send_back": Move({S.PENDING_CHECK}, S.IN_PROGRESS, CHECKER, OWN, news=True),
    "log_visit": Move(OPEN, UNCHANGED, SUPERVISOR, OWN, news=True, adds=True),
    "put_on_hold": Move(OPEN, S.ON_HOLD, OFFICE, (OWN_ITEM,), (NOT_ANNOUNCED,), news=True),
    "resume": Move({S.ON_HOLD}, BEFORE, OFFICE, news=True),
    "withdraw": Move(LEFT, S.WITHDRAWN, OFFICE, (OWN_ITEM,), (NOT_ANNOUNCED,), news=True),
    # What was decided, for some days before it takes effect; and that it doesn't after all
    "put_up": Move(NOT_DONE, UNCHANGED, SUPERVISOR_OR_OFFICE, needs=(NOT_ANNOUNCED,), news=True),
    "take_down": Move(NOT_DONE, UNCHANGED, SUPERVISOR_OR_OFFICE, OWN, (ANNOUNCED,)),
    "reopen": Move({S.RESOLVED}, S.IN_PROGRESS, CHECKER_OR_OFFICE, news=True),
    "bring_back": Move({S.RESOLVED}, S.IN_PROGRESS, SUPERVISOR_OR_OFFICE, news=True),
    "review": Move(PUBLISHED, UNCHANGED, REVIEWER, NOT_THEIR_OWN, after_closing=True),
    "look_back": Move({S.RESOLVED}, UNCHANGED, LOOKER, NOT_THEIR_OWN, after_closing=True),
    "photograph_back": Move(
        {S.RESOLVED}, UNCHANGED, LOOKER, NOT_THEIR_OWN, written_as="add_photo", after_closing=True
    ),
    "slip_back": Move({S.RESOLVED}, S.IN_PROGRESS, LOOKER, NOT_THEIR_OWN, written_as="reopen"),
    "open_verdict": Move({S.PENDING_CHECK, S.RESOLVED}, UNCHANGED, OFFICE),
    "ask_extension": Move(NOT_DONE, UNCHANGED, OWNER, needs=(NOT_ANNOUNCED, NO_REQUEST)),
    "decide_extension": Move(NOT_DONE, UNCHANGED, OFFICE, DECIDED_BY_OTHERS, (A_REQUEST,)),
    "add_part": Move(WORKING | {S.ON_HOLD}, UNCHANGED, OFFICE),
    "undo_part": Move(WORKING | {S.ON_HOLD}, UNCHANGED, SUPERVISOR_OR_OFFICE, news=True),
    "extend_part": Move(WORKING | {S.ON_HOLD}, UNCHANGED, OFFICE),
    "correct_part": Move(PUBLISHED, UNCHANGED, OFFICE, written_as="correct"),
    "undo_measures": Move(WORKING | {S.ON_HOLD}, UNCHANGED, OWNER_SUPERVISOR_OR_OFFICE, news=True),
    "reduce": Move(OPEN, UNCHANGED, OFFICE, (OWN_ITEM,), (NOT_ANNOUNCED,)),
    "hand_over": Move(PUBLISHED, UNCHANGED, OFFICE),
    "correct": Move(PUBLISHED, UNCHANGED, OFFICE),
    "annotate": Move(PUBLISHED, UNCHANGED, OFFICE),
    "set_task": Move(PUBLISHED, UNCHANGED, OFFICE, adds=True),
    "finish_task": Move(PUBLISHED, UNCHANGED, TASK_HOLDER, needs=(A_TASK,), adds=True),
    "urge": Move(OPEN, UNCHANGED, SUPERVISOR_OR_OFFICE, adds=True),
    # A named handler's link, that it is taken back, and what comes by it, which waits for release
    "make_link": Move(WORKING, UNCHANGED, SUPERVISOR_OR_OFFICE),
    "revoke_link": Move(PUBLISHED, UNCHANGED, SUPERVISOR_OR_OFFICE),
    "report_by_link": Move(WORKING, UNCHANGED, BY_LINK, written_as="enter_for_owner", adds=True),
    "add_photo": Move(SHOWN, UNCHANGED, PHOTOGRAPHERS, adds=True),
    "release_photo": Move(PUBLISHED, UNCHANGED, OFFICE),
}

# A list's verbs. Publishing a list is publishing its items.
L = ListStatus
LIST_MOVES = {
    "publish": Move({L.DRAFT}, L.PUBLISHED, OFFICE, news=True),
    "put_up": Move({L.DRAFT}, UNCHANGED, OFFICE, needs=(DRAFT_NOT_UP,)),
    "take_down": Move({L.DRAFT}, UNCHANGED, OFFICE, needs=(DRAFT_UP,)),
    "import_into": Move({L.DRAFT}, UNCHANGED, OFFICE, needs=(DRAFT_NOT_UP,)),
    "add_item": Move({L.PUBLISHED}, UNCHANGED, OFFICE, news=True),
    "close_list": Move({L.PUBLISHED}, L.CLOSED, OFFICE),
    "carry_over": Move({L.PUBLISHED}, UNCHANGED, OFFICE),
    "return_ledger": Move({L.PUBLISHED}, UNCHANGED, OFFICE),
    "erase_words": Move({*L}, UNCHANGED, OFFICE, written_as="correct"),
    "hide_photo": Move({L.PUBLISHED, L.CLOSED}, UNCHANGED, OFFICE),
    "open_look_back": Move({L.PUBLISHED, L.CLOSED}, UNCHANGED, OFFICE),
    "publish_plan": Move({L.DRAFT, L.PUBLISHED}, UNCHANGED, OFFICE, needs=(DRAFT_NOT_UP,)),
    "annotate": Move({L.PUBLISHED}, UNCHANGED, OFFICE),  # its items, many at once
    "write_assessment": Move({L.PUBLISHED, L.CLOSED}, UNCHANGED, OFFICE),
    "issue_assessment": Move({L.PUBLISHED, L.CLOSED}, UNCHANGED, SECOND_YES),
    "add_erratum": Move({L.PUBLISHED, L.CLOSED}, UNCHANGED, OFFICE),
    "write_bulletin": Move({L.PUBLISHED, L.CLOSED}, UNCHANGED, OFFICE),
    "issue_bulletin": Move({L.PUBLISHED, L.CLOSED}, UNCHANGED, SECOND_YES),
}

# The verbs of a hardship item's file. It may be read in a closed list, too.
CASE_MOVES = {
    "read_case": Move(PUBLISHED, UNCHANGED, CASE_PEOPLE),
    "add_case_file": Move(SHOWN, UNCHANGED, CASE_PEOPLE),
    "remove_case_file": Move(PUBLISHED, UNCHANGED, OFFICE),
}

# What has no status can be done at any time.
ALWAYS: frozenset[str] = frozenset()
POST_VERBS = {
    "appoint": Move(ALWAYS, UNCHANGED, OFFICE_OR_ADMINISTRATOR),
}
# Of whatever its published lists show by name: posts, places, the committee itself …
COMMITTEE_VERBS = {
    "rename": Move(ALWAYS, UNCHANGED, OFFICE),
    "mark_leader": Move(ALWAYS, UNCHANGED, OFFICE),
    "set_office_contact": Move(ALWAYS, UNCHANGED, OFFICE),
    "set_synonyms": Move(ALWAYS, UNCHANGED, OFFICE),
    "set_ready_answers": Move(ALWAYS, UNCHANGED, OFFICE),
    "name_releasing_post": Move(ALWAYS, UNCHANGED, OFFICE_OR_ADMINISTRATOR),
    "name_review_posts": Move(ALWAYS, UNCHANGED, OFFICE_OR_ADMINISTRATOR),
    "share_view": Move(ALWAYS, UNCHANGED, OFFICE),  # of the ledger table
}
VISIT_VERBS = {
    "log_site_visit": Move(ALWAYS, UNCHANGED, VISITOR_OR_OFFICE),
    "withdraw_visit": Move(ALWAYS, UNCHANGED, VISITOR_OR_OFFICE),
}
# fmt: on

# The posts that a committee names for something, by the verb that names them
NAMED_POSTS = {
    "name_releasing_post": ("releasing_post",),
    "name_review_posts": ("review_post", "second_review_post"),
}

# Whoever did anything on an item in the owner's role is on its owner's side for good; so is
# whoever of the office did one of these, which are the owner's words.
FOR_OWNER = ["enter_for_owner"]


def settled_from(request: str) -> frozenset[Status]:
    """Return the statuses in which a request can be answered, at once or when a hold has ended."""
    answers = [
        row.sources
        for row in MOVES.values()
        for needs in row.needs
        if needs.waiting and needs.request == request
    ]
    return frozenset({S.ON_HOLD}.union(*answers))


class Verb(TextChoices):
    """Every verb as the ledger writes it, in words for the timeline."""

    PUBLISH = "publish", _("Published in the list")
    BRING_IN = "bring_in", _("Brought in from before this system")
    CARRY_IN = "carry_in", _("Carried over from an earlier list")
    START = "start", _("Work started")
    REPORT_PROGRESS = "report_progress", _("Progress reported")
    SAY_BLOCKED = "say_blocked", _("What holds it up")
    ENTER_FOR_OWNER = "enter_for_owner", _("Progress entered for the owner")
    RELEASE = "release", _("Progress reported, entered by the office")
    REFUSE_ENTRY = "refuse_entry", _("Entry for the owner refused")
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
    PUT_UP = "put_up", _("Put up for objections")
    TAKE_DOWN = "take_down", _("Not put up any more")
    REOPEN = "reopen", _("Reopened")
    BRING_BACK = "bring_back", _("Reopened from a closed list")
    LOOK_BACK = "look_back", _("Looked back")
    OPEN_VERDICT = "open_verdict", _("Workers are asked")
    REVIEW = "review", _("Reviewed")
    ASK_EXTENSION = "ask_extension", _("More time asked for")
    DECIDE_EXTENSION = "decide_extension", _("Decision on more time")
    ADD_PART = "add_part", _("Part added")
    UNDO_PART = "undo_part", _("Part not done after all")
    EXTEND_PART = "extend_part", _("More time for a part")
    UNDO_MEASURES = "undo_measures", _("Not done after all")
    REDUCE = "reduce", _("Promise made smaller")
    HAND_OVER = "hand_over", _("Handed over to another post")
    APPOINT = "appoint", _("New holder of a post")
    CORRECT = "correct", _("Corrected")
    ANNOTATE = "annotate", _("Internal columns changed")
    SET_TASK = "set_task", _("Task set")
    FINISH_TASK = "finish_task", _("Task finished")
    URGE = "urge", pgettext_lazy("verb", "Urged")
    MAKE_LINK = "make_link", _("Reporting link made")
    REVOKE_LINK = "revoke_link", _("Reporting link taken back")
    ADD_PHOTO = "add_photo", _("Photo added")
    RELEASE_PHOTO = "release_photo", _("Photo released")
    HIDE_PHOTO = "hide_photo", _("Photo hidden")
    ADD_ITEM = "add_item", _("Added to the list")
    CLOSE_LIST = "close_list", _("List closed")
    PUBLISH_PLAN = "publish_plan", _("Implementation plan published")
    OPEN_LOOK_BACK = "open_look_back", _("Look-back opened")
    RENAME = "rename", _("Renamed")
    MARK_LEADER = "mark_leader", _("Leaders’ posts corrected")
    CARRY_OVER = "carry_over", _("Carried over to a later list")
    ISSUE_ASSESSMENT = "issue_assessment", _("Assessment issued")
    ADD_ERRATUM = "add_erratum", _("Erratum to an assessment")
    ISSUE_BULLETIN = "issue_bulletin", _("Bulletin issued")
    NAME_RELEASING_POST = "name_releasing_post", _("Post for releases named")
    NAME_REVIEW_POSTS = "name_review_posts", _("Posts for reviews named")


def verbs() -> Sequence[tuple[str, str | Promise]]:
    """Return the choices of the ledger's column, which calls this: a new verb is no migration."""
    return Verb.choices


# The two voices that the ledger writes: what the owner says of the work, and what was found
CLAIMS = frozenset({"claim", "report_progress", "release", "start", "deliver", "hold_occasion"})
FINDINGS = frozenset({"sign_off", "send_back", "log_visit", "reopen", "bring_back"})

# With which a round of the workers' verdict opens
ASKS_WORKERS = frozenset({"claim", "open_verdict"})

# What the owner says of the work as a whole: what blocks it stands until the next of these.
REPORTS = (Verb.REPORT_PROGRESS, Verb.RELEASE, Verb.CLAIM)


# What a committee may put up for objections (公示) before it takes effect, by its switches
ANNOUNCEABLE = {
    "sign_off": "announces_sign_offs",
    "withdraw": "announces_withdrawals",
    "reduce": "announces_reductions",
}
# And a whole draft list, of which nothing takes effect by itself: people publish it
LISTS_ANNOUNCED = {"publish": "announces_lists"}


class Smaller(TextChoices):
    """In which way a promise became smaller."""

    TIME = "time", pgettext_lazy("smaller promise", "later")
    SCOPE = "scope", pgettext_lazy("smaller promise", "less")
    DROPPED = "dropped", pgettext_lazy("smaller promise", "dropped")
    WAITING = "waiting", pgettext_lazy("smaller promise", "waiting")


class Grade(TextChoices):
    """What a worker says of a matter, in the order in which it is always asked."""

    GOOD = "good", pgettext_lazy("verdict", "Well done")
    NEARLY = "nearly", pgettext_lazy("verdict", "Nearly")
    NOT_DONE = "not_done", pgettext_lazy("verdict", "Not done")
    UNSEEN = "unseen", pgettext_lazy("verdict", "Not seen")


# After these somebody looks again at what was said to be done.
DOUBTS = (Grade.NEARLY, Grade.NOT_DONE)


class Kept(TextChoices):
    """What a look back finds of a matter that was signed off."""

    HOLDS = "holds", pgettext_lazy("look-back", "Still good")
    SLIPPED = "slipped", pgettext_lazy("look-back", "Slipped back")


AGAIN = "again"
# What a suggestion says of the item that it is about: one of them, or that it broke again since
SAID_OF_ITEM = [*Grade.choices, (AGAIN, pgettext_lazy("verdict", "Broken again"))]


class Satisfaction(TextChoices):
    """The grade that an assessment gives an item (测评), the best first."""

    SATISFIED = "satisfied", pgettext_lazy("assessment", "Satisfied")
    BASICALLY = "basically", pgettext_lazy("assessment", "Basically satisfied")
    UNSATISFIED = "unsatisfied", pgettext_lazy("assessment", "Not satisfied")


class Majority(TextChoices):
    """How large a share of the votes gives an assessment's grade."""

    HALF = "half", pgettext_lazy("assessment", "more than half")
    TWO_THIRDS = "two_thirds", pgettext_lazy("assessment", "at least two thirds")


class Basis(TextChoices):
    """Of whom the share is taken: a column of the ballots."""

    MEMBERS = "members", pgettext_lazy("assessment", "all members")
    PRESENT = "present", pgettext_lazy("assessment", "those present")
    VALID = "valid", pgettext_lazy("assessment", "the valid votes")


class How(TextChoices):
    """How a supervisor looked."""

    ON_SITE = "on_site", _("on site")
    PHONE = "phone", _("by phone")
    MEETING = "meeting", _("in a meeting")


class Outcome(TextChoices):
    """What a review found."""

    PUT_RIGHT = "put_right", pgettext_lazy("review", "put right already")
    UNDONE = "undone", pgettext_lazy("review", "not done: it is done again")
    UNFOUNDED = "unfounded", pgettext_lazy("review", "not borne out")
