"""Entries of the ledger, and the open tasks among them, as staff read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import models, public
from items.models import Person
from items.privacy.personal_data import LABELS
from items.states import Status, Verb
from items.words import day


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger with all that staff may read of it."""

    pk: int
    seq: int
    verb: str  # a states.Verb value
    label: str
    text: str
    evidence: str  # of a claim, or why there is none
    facts: tuple[tuple[str, str], ...]  # label and value: dates, counts, old and new words
    happened_on: date
    written_at: datetime
    by: str  # the name as it was then
    by_me: bool  # whoever looks wrote it
    post: str  # for which post they spoke, "" for none
    role: str  # in words
    public: bool
    erased_on: date | None
    has_words: bool  # that can be erased
    status_label: str  # the status after it, "" when it did not change
    about: int | None  # the entry that it answers
    waiting: bool  # nobody has answered it
    overturned_on: date | None  # it was claimed or signed off, and reopened on that day


@dataclass(frozen=True, slots=True)
class Task:
    """An open task, which waits to be finished, or an urging without news since."""

    entry: Entry
    who: str  # "owner", "supervisor" or "office"
    who_label: str
    by_when: date
    late_days: int  # > 0: that day has passed
    mine: bool  # it falls to whoever looks, today


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that was written while somebody else had a form open."""

    name: str
    label: str  # of its verb
    written_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PhotoOfEntry:
    """The photo that came with an entry, as a form about the entry shows it."""

    words: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class EntryOfForm:
    """The entry that a form is about: a task, a delivery, a date, a photo, words to erase."""

    seq: int  # by which the desk addresses it
    text: str
    occasion_on: date | None
    photo: PhotoOfEntry | None  # None also when its files were deleted


def entry(row: models.Entry | None, person: Person | None) -> Entry | None:
    """Return an entry as `person` reads it; the row is one of `queries.lines.with_answers`."""
    if row is None:
        return None
    words = row.words
    return Entry(
        pk=row.pk,
        seq=row.seq,
        verb=row.verb,
        label=public.label_of(row),
        text=public.text_of(row, show_names=True),
        evidence=words.evidence if row.verb == Verb.CLAIM else "",
        facts=(*public.facts(row, show_names=True), *_for_staff(row)),
        happened_on=row.happened_on,
        written_at=timezone.localtime(row.written_at),
        by=words.name,
        by_me=person is not None and row.by_id == person.pk,
        post="" if public.names_another(row) else words.post,
        role=models.Entry.Role(row.role).label,
        public=row.public,
        erased_on=words.erased_on,
        has_words=any((words.text, words.evidence, words.old, words.new, words.answers)),
        status_label=Status(row.status_to).label if row.status_to else "",
        about=row.about_id,
        waiting=row.verb in WAITS and not row.answered,
        overturned_on=row.overturned_on,
    )


def _for_staff(row: models.Entry) -> Iterator[tuple[str, str]]:
    for told in (_plan, _confirmed, _along, _link):
        yield from told(row)


def _plan(row: models.Entry) -> Iterator[tuple[str, str]]:
    """Yield how the plan begins that an entry published; the whole stands beside the list."""
    if row.verb == Verb.PUBLISH_PLAN and row.words.new:
        yield _("The plan"), Truncator(row.words.new.partition("\n")[0].lstrip("# ")).chars(60)


def _confirmed(row: models.Entry) -> Iterator[tuple[str, str]]:
    """Yield, for staff alone, which data about a person the writer said a second yes to."""
    if kinds := row.facts.get("personal"):
        yield (
            _("Confirmed to be public"),
            get_text_list([str(LABELS[kind]) for kind in kinds], _("and")),
        )


def _along(row: models.Entry) -> Iterator[tuple[str, str]]:
    """Yield how many photos came with an entry: only staff learn it before they are released."""
    if row.along:
        yield _("With it"), ngettext("%d photo", "%d photos", row.along) % row.along


def _link(row: models.Entry) -> Iterator[tuple[str, str]]:
    """Yield for whom a reporting link is, and until when."""
    if row.verb == Verb.MAKE_LINK:
        if row.words.new:
            yield _("For the handler"), row.words.new
        yield _("Holds until"), day(date.fromisoformat(row.facts["until"]))


WAITS = {Verb.ASK_EXTENSION, Verb.ENTER_FOR_OWNER, Verb.SET_TASK, Verb.URGE}


def tasks(
    entries: Iterable[models.Entry], person: Person | None, mine: set[int], today: date
) -> tuple[Task, ...]:
    """Return the open tasks among the entries, the nearest day first; `mine` are their keys."""
    return _asked(Verb.SET_TASK, entries, person, mine, today)


def urgings(
    entries: Iterable[models.Entry], person: Person | None, mine: set[int], today: date
) -> tuple[Task, ...]:
    """Return the open urgings among the entries, as `tasks` does."""
    return _asked(Verb.URGE, entries, person, mine, today)


def _asked(
    verb: Verb,
    entries: Iterable[models.Entry],
    person: Person | None,
    mine: set[int],
    today: date,
) -> tuple[Task, ...]:
    rows = [row for row in entries if row.verb == verb and not row.answered]
    asked = [_task(row, person, row.pk in mine, today) for row in rows]
    return tuple(sorted(asked, key=lambda task: (task.by_when, task.entry.seq)))


def _task(row: models.Entry, person: Person | None, mine: bool, today: date) -> Task:
    by_when = day_in(row, "by_when")
    return Task(
        entry=entry(row, person),
        who=row.facts["who"],
        who_label=models.Entry.Role(row.facts["who"]).label,
        by_when=by_when,
        late_days=max(0, (today - by_when).days),
        mine=mine,
    )


def day_in(row: models.Entry | None, fact: str) -> date | None:
    """Return the day that an entry says under this name among its facts."""
    return date.fromisoformat(row.facts[fact]) if row and fact in row.facts else None


def new_entry(entry: models.Entry) -> NewEntry:
    return NewEntry(
        name=entry.words.name,
        label=Verb(entry.verb).label,
        written_at=entry.written_at,
        text=entry.words.text,
    )


def entry_of_form(entry: models.Entry) -> EntryOfForm:
    occasion, photo = getattr(entry, "occasion", None), getattr(entry, "photo", None)
    return EntryOfForm(
        seq=entry.seq,
        text=entry.words.text,
        occasion_on=occasion.on if occasion else None,
        photo=PhotoOfEntry(photo.words, photo.width, photo.height)
        if photo and photo.stem
        else None,
    )
