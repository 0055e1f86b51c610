"""The file of a matter (一项一档): all that is known of a published item, for an inspection.

Each entry of the ledger stands in one chapter with all its words, and in the register at the end
with its hash. What stays inside is in it only where it was asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from items import models, public
from items.public.entry_words import in_words
from items.staff.entries import entry
from items.staff.ledger_table import LedgerCell
from items.staff.look_backs import LookBack
from items.staff.visits import SiteVisit
from items.states import Status, Verb
from items.suggestion_states import Channel, SuggestionStatus, SuggestionVerb
from items.words import Words


class Chapter(TextChoices):
    """The chapters of a file, in their order, by what they are called."""

    PROMISE = "promise", pgettext_lazy("dossier", "What was promised")
    CHANGES = (
        "changes",
        pgettext_lazy("dossier", "Corrections, more time, hand-overs and smaller promises"),
    )
    WORK = "work", pgettext_lazy("dossier", "How the work went")
    VISITS = "visits", pgettext_lazy("dossier", "Visits")
    CHECKS = "checks", pgettext_lazy("dossier", "Claims and findings")
    PHOTOS = "photos", pgettext_lazy("dossier", "Photos")
    WORKERS = "workers", pgettext_lazy("dossier", "What the workers say")
    REVIEWS = "reviews", pgettext_lazy("dossier", "Reviews and looks back")
    JUDGED = "judged", pgettext_lazy("dossier", "Assessments")
    ANNOUNCED = "announced", pgettext_lazy("dossier", "Put up for objections")
    SUGGESTIONS = "suggestions", pgettext_lazy("dossier", "Suggestions and answers")
    REGISTER = "register", pgettext_lazy("dossier", "Register of the entries, with their hashes")


# In which chapter an entry of each verb stands with its words. Photos stand there as pictures, so
# that their entries are in the register alone.
CHAPTER_OF: dict[str, Chapter] = dict.fromkeys(
    (
        *(Verb.CORRECT, Verb.REDUCE, Verb.PUT_ON_HOLD, Verb.RESUME, Verb.WITHDRAW),
        *(Verb.ASK_EXTENSION, Verb.DECIDE_EXTENSION, Verb.ADD_PART, Verb.EXTEND_PART),
        *(Verb.HAND_OVER, Verb.APPOINT, Verb.ANNOTATE, Verb.RENAME, Verb.CARRY_OVER),
    ),
    Chapter.CHANGES,
)
CHAPTER_OF |= dict.fromkeys(
    (
        *(Verb.PUBLISH, Verb.BRING_IN, Verb.CARRY_IN, Verb.ADD_ITEM, Verb.START),
        *(Verb.REPORT_PROGRESS, Verb.SAY_BLOCKED, Verb.ENTER_FOR_OWNER, Verb.RELEASE),
        *(Verb.REFUSE_ENTRY, Verb.DELIVER, Verb.TAKE_BACK, Verb.PLAN_OCCASION),
        *(Verb.HOLD_OCCASION, Verb.CALL_OFF_OCCASION, Verb.UNDO_PART, Verb.UNDO_MEASURES),
        *(Verb.SET_TASK, Verb.FINISH_TASK, Verb.URGE),
        *(Verb.MAKE_LINK, Verb.REVOKE_LINK),
    ),
    Chapter.WORK,
)
CHAPTER_OF |= {
    Verb.LOG_VISIT: Chapter.VISITS,
    Verb.CLAIM: Chapter.CHECKS,
    Verb.SIGN_OFF: Chapter.CHECKS,
    Verb.SEND_BACK: Chapter.CHECKS,
    Verb.REOPEN: Chapter.CHECKS,
    Verb.BRING_BACK: Chapter.CHECKS,
    Verb.ADD_PHOTO: Chapter.REGISTER,
    Verb.RELEASE_PHOTO: Chapter.REGISTER,
    Verb.HIDE_PHOTO: Chapter.REGISTER,
    Verb.OPEN_VERDICT: Chapter.WORKERS,
    Verb.REVIEW: Chapter.REVIEWS,
    Verb.LOOK_BACK: Chapter.REVIEWS,
    Verb.PUT_UP: Chapter.ANNOUNCED,
    Verb.TAKE_DOWN: Chapter.ANNOUNCED,
}
WITH_A_SHEET = frozenset({Status.PENDING_CHECK, Status.RESOLVED})  # of a sign-off
# Written of a list, and of none of its items
OF_LISTS = {
    *(Verb.CLOSE_LIST, Verb.PUBLISH_PLAN, Verb.OPEN_LOOK_BACK, Verb.MARK_LEADER),
    *(Verb.ISSUE_ASSESSMENT, Verb.ADD_ERRATUM, Verb.ISSUE_BULLETIN),
    *(Verb.NAME_RELEASING_POST, Verb.NAME_REVIEW_POSTS),
}


@dataclass(frozen=True, slots=True)
class FiledEntry:
    """An entry of the ledger, with all its words and its hash."""

    seq: int
    verb: str  # a states.Verb value
    label: str
    text: str
    facts: tuple[tuple[str, str], ...]  # label and value
    happened_on: date
    written_at: datetime  # local
    by: str  # the name as it was then
    post: str
    role: str  # in words
    public: bool
    erased_on: date | None
    overturned_on: date | None
    status_label: str  # the status after it, "" when it did not change
    hash: str


@dataclass(frozen=True, slots=True)
class FiledPhoto:
    """A photo, with the digest of its file."""

    seq: int  # of the entry that it came with
    words: Words
    side: str  # a Photo.Side value
    side_label: str
    spot: Words  # none where it stands at none
    taken_on: date
    state_label: str  # "" of a public one
    stem: str  # "": its files were deleted, or are missing
    small_width: int
    small_height: int
    sha256: str  # of the large file; "" where there is none
    as_released: bool | None  # whether the ledger holds this digest; None: it was never released


@dataclass(frozen=True, slots=True)
class FiledSuggestion:
    """A suggestion about an item, with its answers, as far as the reader may read them."""

    words: str  # "": they were erased
    received_on: date
    channel_label: str
    status_label: str
    became: bool  # it became the item; else it is about it
    answers: tuple[tuple[str, date, str], ...]  # what was done, on which day, in which words


@dataclass(frozen=True, slots=True)
class Promised:
    """A column of the promise: as it was first published, and as it stands."""

    label: str | Promise
    first: str
    now: str

    @property
    def changed(self) -> bool:
        return self.first != self.now


@dataclass(frozen=True, slots=True)
class ItemDossier:
    """The file of one item."""

    row: public.Row  # with names
    hardship: bool  # a file of its own is kept of the family, which is no part of this one
    promised: tuple[Promised, ...]
    promise: public.Promise
    handlers: tuple[str, ...]  # none unless what stays inside is in the file
    cells: tuple[LedgerCell, ...]  # what else the ledger says
    earlier: tuple[public.Carried, ...]  # on earlier lists, the latest first
    later: tuple[public.Carried, ...]
    entries: tuple[FiledEntry, ...]  # the earliest first
    visits: tuple[SiteVisit, ...]  # leaders' visits to its place, the earliest first
    photos: tuple[FiledPhoto, ...]
    rounds: tuple[public.VerdictRound, ...]  # the earliest first
    words: tuple[public.ReleasedWords, ...]
    reviews: tuple[public.Review, ...]  # the earliest first
    looks: tuple[LookBack, ...]  # the earliest first
    judgements: tuple[public.Judgement, ...]  # the earliest first
    announcements: tuple[public.Announcement, ...]  # the earliest first
    suggestions: tuple[FiledSuggestion, ...]  # the earliest first

    def of(self, chapter: Chapter) -> tuple[FiledEntry, ...]:
        """Return the entries that stand in a chapter with their words."""
        return tuple(row for row in self.entries if CHAPTER_OF[row.verb] == chapter)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A file as it is printed: of one item, or of a list or a volume of it."""

    head: public.Head
    arithmetic: public.Arithmetic | None  # of the whole list; None in the file of one item
    entries: tuple[FiledEntry, ...]  # of the list itself
    items: tuple[ItemDossier, ...]
    inside: bool  # it holds what only the office and auditors read
    as_of: date
    ledger_seq: int  # of the last entry
    ledger_hash: str
    written_at: datetime  # when that one was written down; local
    volume: int = 1
    volumes: int = 1


def filed_entry(row: models.Entry, photos: Iterable[models.Photo], *, inside: bool) -> FiledEntry:
    """Return an entry with its hash; the row is one of `queries.lines.with_answers`.

    Without `inside` it says what everyone may read: of a photo that was hidden since no caption.
    `photos` are the item's public ones.
    """
    said = entry(row, None)
    shown = public.event(row, True, photos) if not inside else said
    assert said is not None
    assert shown is not None
    return FiledEntry(
        seq=row.seq,
        verb=row.verb,
        label=said.label,
        text=shown.text,
        facts=shown.facts,
        happened_on=row.happened_on,
        written_at=said.written_at,
        by=said.by,
        post=said.post,
        role=said.role,
        public=row.public,
        erased_on=said.erased_on,
        overturned_on=row.overturned_on,
        status_label=said.status_label,
        hash=row.hash,
    )


def filed_photo(row: models.Photo, sha256: str, released: str) -> FiledPhoto:
    """Return a photo; `sha256` is its file's digest, `released` the one that the ledger holds."""
    public_now = row.state == models.Photo.State.PUBLIC
    return FiledPhoto(
        seq=row.entry.seq,
        words=row.shows,
        side=row.side,
        side_label=str(row.get_side_display()),
        spot=row.spot.words if row.spot else Words(),
        taken_on=row.taken_on,
        state_label="" if public_now else str(row.get_state_display()),
        stem=row.stem if sha256 else "",
        small_width=row.small_width,
        small_height=row.small_height,
        sha256=sha256,
        as_released=sha256 == released if released else None,
    )


def filed_suggestion(
    row: models.Suggestion,
    steps: Iterable[models.SuggestionEntry],
    *,
    became: bool,
    inside: bool,
) -> FiledSuggestion:
    """Return a suggestion: without `inside` in the words that everyone may read."""
    if inside:
        words = row.words
        answers = [
            (str(SuggestionVerb(step.verb).label), step.day, step.text)
            for step in steps
            if step.to_suggester and step.by_id and step.text
        ]
    else:
        assert row.shown_on is not None  # else it isn't in the file
        words = row.shown_words
        answers = [(str(SuggestionStatus(row.status).label), row.shown_on, row.shown_answer)]
    return FiledSuggestion(
        words=words,
        received_on=row.received_on,
        channel_label=str(Channel(row.channel).label),
        status_label=str(SuggestionStatus(row.status).label),
        became=became,
        answers=tuple(answers),
    )


def first_said(entries: Sequence[models.Entry], field: str, now: str, erased: str | Promise) -> str:
    """Return what a column said when the item was published; the entries are in their order.

    It is what the first entry that changed it says of before; else what it says `now`.
    """
    for row in entries:
        changed = row.verb in (Verb.CORRECT, Verb.REDUCE) and row.facts.get("field") == field
        handed = row.verb == Verb.HAND_OVER and f"{row.facts.get('duty')}_post" == field
        if changed or handed:
            words = row.words
            return str(erased) if words.erased_on else in_words(words.old, words.old_en)
    return now
