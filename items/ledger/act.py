"""The transaction of an act: lock, permission check, change, ledger entry and notices together."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from items.errors import BrokenAct, Conflict, Refused
from items.guards.conditions import CLOSED
from items.ledger.entries import snapshot, write_entry
from items.ledger.lines import Lines, digests
from items.models import Committee, Entry, Item, ItemList, Notice, Part, Person, Post
from items.models.post import know_holdings
from items.models.versioned import Versioned, changed_meanwhile, columns_of, lock, put_back
from items.privacy import personal_data
from items.rules.announcing import why_not_in_effect
from items.rules.days import why_not_on
from items.rules.permission import list_is_closed, row_of, why_not_standing
from items.rules.roles import people_for, role_written
from items.rules.standing import Standing, Thing
from items.states import BEFORE, LIST_MOVES, MOVES, UNCHANGED, Move, Verb

M = TypeVar("M", bound=models.Model)
# Whether the acts of this thread are parts of one transaction (`several_acts`)
_SEVERAL: ContextVar[bool] = ContextVar("several_acts", default=False)
JOINED: tuple[str, ...] = ("list__committee", "owner_post", "supervisor_post")
JOINED += ("last_news", "last_entry", "brought_in")


@contextmanager
def acting(
    verb: str,
    item: Item | int,
    *,
    by: Person,
    now: datetime | None = None,
    happened_on: date | None = None,
    about: Entry | None = None,
    post: Post | None = None,
    yes: bool = False,
) -> Iterator["Act"]:
    """Do `verb` on an item: lock it, ask the rules, let the block change and write, save, tell.

    An `Item` is taken in the state that `by` saw, and raises `Conflict` when it has changed, unless
    the verb only adds (`items.states`): then the act knows what others wrote `meanwhile`. A key
    means the item as it stands now. `happened_on` is the day on which it really happened, else
    today, and isn't before the item began. `about` is the entry that it answers. `post` is one
    whose holder matters: it is locked before the item. `yes` lets data about a person become public
    (`items.privacy.personal_data`).

    The block is one transaction, which commits as it is left. Within another transaction it raises
    `BrokenAct`, as it does when it is left without `act.write`. After any exception `item` is as
    its row in the database.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    happened_on = not_in_future(happened_on or today, today)
    read, meanwhile = {}, Meanwhile()
    try:
        with one_transaction():
            post = post and locked_post(post)
            if isinstance(item, Item):
                meanwhile = _lock_as_seen(verb, item)
            else:
                item = _rows(Item).select_related(*JOINED).get(pk=item)
            read = columns_of(item)
            know_holdings([item.owner_post, item.supervisor_post])
            act = Act(verb, item, read, by=by, now=now, happened_on=happened_on, about=about)
            act.post, act.yes, act.meanwhile = post, yes, meanwhile
            act.begin()
            yield act
            act.leave()
    except BaseException:
        if read and isinstance(item, Item):
            put_back(item, read)
        raise


@dataclass(frozen=True)
class Meanwhile:
    """What others wrote on an item since somebody saw it, and where it stood then."""

    entries: tuple[Entry, ...] = ()
    seen: dict[str, Any] = field(default_factory=dict)  # the snapshot of the last entry seen

    def changed(self, thing: Item, *names: str) -> bool:
        """Tell whether one of these columns says something else now than what was seen."""
        now = snapshot(thing)
        return bool(self.entries) and any(self.seen.get(n) != now.get(n) for n in names)


def _lock_as_seen(verb: str, item: Item) -> Meanwhile:
    """Lock an item that somebody saw; raise `Conflict` where others wrote since and that matters.

    What was seen ends with its `last_entry`.
    """
    seen = item.last_entry_id
    try:
        lock(item, *JOINED)
    except Conflict:
        adds = seen is not None and verb in MOVES and MOVES[verb].adds
        last = Entry.objects.filter(pk=seen or 0, item=item).first() if adds else None
        if last is None:
            raise
        since = item.entries.filter(seq__gt=last.seq).select_related("words", "by", "about")
        return Meanwhile(tuple(since), last.snapshot)
    return Meanwhile()


class Act:
    """What somebody is doing to a locked item; `acting` makes it."""

    post: Post | None = None  # the post that was locked with the item
    yes = False
    meanwhile = Meanwhile()
    _lines_change = False  # with the entry that was written last

    def __init__(
        self,
        verb: str,
        item: Item,
        read: dict,
        *,
        by: Person,
        now: datetime,
        happened_on: date,
        about: Entry | None,
    ) -> None:
        self.verb, self.item, self.by, self.about = verb, item, by, about
        self.now, self.today, self.happened_on = now, timezone.localdate(now), happened_on
        self._entry: Entry | None = None  # of the act itself, once it is written
        self._saved = read  # what the row holds, by column
        self._unsaved: Entry | None = None  # written, and the item isn't saved with it yet
        self._to_tell: list[Person] = []
        self._standings: dict[type, Standing] = {}

    @property
    def entry(self) -> Entry:
        """Return the act's own entry; raise `BrokenAct` when none was written."""
        if self._entry is None:
            raise BrokenAct(f"{self.verb} was left without act.write(…): no entry says so.")
        return self._entry

    @property
    def is_carried_out(self) -> bool:
        """Tell whether the clock lets take effect what was up for objections."""
        return self.about is not None and self.about.verb == Verb.PUT_UP

    @property
    def has_written(self) -> bool:
        return self._entry is not None

    def asked(self, verb: str) -> list[Entry]:
        """Return the item's requests of this verb that nobody has answered yet."""
        return self._standing(self.item).asked(verb)

    def write(
        self,
        text: str = "",
        *,
        verb: str = "",
        facts: dict | None = None,
        public: bool = True,
        about: Entry | None = None,
        happened_on: date | None = None,
        part: Part | None = None,
        lines: Lines | None = None,
        **words: str,
    ) -> Entry:
        """Write the entry, and give the item the status to which its verb leads.

        Lines under the item change after it, since the database wants an entry first; `lines` says
        what they will be, of each kind that changes (`items.ledger.lines`). A further entry of
        another `verb` belongs to the same act, as photos to a report; who may do that is asked
        again. `part` is the one that it is about, whose name it keeps. `words` are `evidence`, and
        `old` and `new` where something is replaced.
        """
        self.settle()
        if self._entry is None:
            self._refuse_repeated(text)
        if verb and verb != self.verb:
            self.ask_why_not(verb)
        verb, item = verb or self.verb, self.item
        row, standing = row_of(verb, self._thing(verb)), self._standing(self._thing(verb))
        about, before = about or self.about, item.status
        role = self._role_announced(row) or role_written(row, standing, about)
        item.status = _target(row, item)
        entry = write_entry(
            item.list,
            row.written_as or verb,
            item=item,
            by=self.by,
            role=role,
            status_from=before,
            status_to=item.status,
            happened_on=happened_on or self.happened_on,
            now=self.now,
            facts=facts,
            public=public,
            about=about,
            yes=self.yes,
            part=part,
            lines=lines,
            text=text,
            **words,
        )
        self._lines_change = lines is not None
        self._unsaved, self._entry = entry, self._entry or entry
        entry.meanwhile = self.meanwhile.entries
        return entry

    def _refuse_repeated(self, text: str) -> None:
        """Refuse what the same person has just written: a form that was sent twice."""
        same = [
            (entry.verb, entry.by_id, entry.about)
            for entry in self.meanwhile.entries
            if entry.words.text == text
        ]
        if (self.verb, self.by.pk, self.about) in same:
            raise changed_meanwhile(self.item)

    def write_on(self, other: Item, text: str, **written: Any) -> Entry:
        """Write what the act does to another item of the same matter, which the caller saves."""
        row, standing = row_of(self.verb, self._thing(self.verb)), self._standing(other.list)
        return write_entry(
            other.list,
            row.written_as or self.verb,
            item=other,
            by=self.by,
            role=role_written(row, standing),
            happened_on=self.happened_on,
            now=self.now,
            yes=self.yes,
            text=text,
            **written,
        )

    def tell(self, *posts_or_people: Post | Person | None) -> None:
        """Put the last entry on the desk of these people, or of those who hold these posts today.

        Whoever acts needs no telling, and a vacant post has nobody.
        """
        for target in posts_or_people:
            person = target.holder(self.today) if isinstance(target, Post) else target
            if person and person != self.by and person not in self._to_tell:
                self._to_tell.append(person)

    def tell_office(self, entry: Entry) -> None:
        """Put the last entry on the desks of the item's office."""
        self.tell(*people_for(self.item, "office", self.today))

    def ask(self, *texts: str) -> dict:
        """Return the facts to record of further texts that become public with the entry."""
        return personal_data.ask(*texts, yes=self.yes)

    def ask_why_not(self, verb: str) -> None:
        """Raise `Refused` when the rules are against this verb."""
        _refuse(why_not_standing(verb, self._standing(self._thing(verb)), self.about))

    def begin(self) -> None:
        """Raise `Refused` when the rules are against the act's verb, or against its day."""
        if self.about is not None and self.is_carried_out:
            _refuse(why_not_in_effect(self.about, self.item, self.today))
        else:
            self.ask_why_not(self.verb)
        _refuse(why_not_on(self.item, self.happened_on))

    def _role_announced(self, row: Move) -> str:
        """Return in which role it was put up for objections; "" where it wasn't."""
        if self.about is None or not self.is_carried_out:
            return ""
        role = self.about.role
        return role if role in row.who.roles else row.who.roles[0]

    def settle(self) -> None:
        """Save the item with what was written so far, before a further entry changes more of it."""
        if self._unsaved:
            self._save(self._unsaved)

    def leave(self) -> None:
        """Save the item with its last entry; raise `BrokenAct` when none was written."""
        self._save(self._unsaved or self.entry)

    def _save(self, entry: Entry) -> None:
        item = self.item
        stands = snapshot(item) | {"lines": entry.snapshot["lines"]}
        if self._lines_change:
            stands["lines"] = digests(item)
        if stands != entry.snapshot:
            raise BrokenAct(f"{self.verb} changed more of No. {item} after its entry was written.")
        take_for_news(item, entry)
        item.save(entry=entry, update_fields=_changed(item, self._saved))
        self._saved, self._unsaved = columns_of(item), None
        people, self._to_tell = self._to_tell, []
        Notice.objects.bulk_create([Notice(person=person, entry=entry) for person in people])
        entry.notified = tuple(people)

    def _thing(self, verb: str) -> Thing:
        """Return what the rule of this verb is about: the item, or its list."""
        return self.item if verb in MOVES else self.item.list

    def _standing(self, thing: Thing) -> Standing:
        return self._standings.setdefault(type(thing), Standing(self.by, thing, self.today))


@contextmanager
def acting_together(
    item_list: ItemList,
    items: Iterable[int],
    *,
    by: Person,
    now: datetime | None = None,
    yes: bool = False,
) -> Iterator["Together"]:
    """Do verbs on many items of a list, named by their keys, in one transaction; else as `acting`.

    All are locked before the first is acted on, in the order in which everybody locks them, and
    taken as they stand now: whoever asks first what was seen compares it within the block.
    """
    with one_transaction():
        rows = _rows(Item).select_related(*JOINED).filter(list=item_list, pk__in=set(items))
        locked = {item.pk: item for item in rows.order_by("pk")}
        posts = [
            post for item in locked.values() for post in (item.owner_post, item.supervisor_post)
        ]
        know_holdings(posts)
        yield Together(locked, by=by, now=now or timezone.now(), yes=yes)


@dataclass(frozen=True)
class Together:
    """What somebody is doing to many locked items of a list; `acting_together` makes it."""

    items: dict[int, Item]  # by their keys
    by: Person
    now: datetime
    yes: bool

    @contextmanager
    def on(
        self,
        verb: str,
        item: int,
        *,
        happened_on: date | None = None,
        about: Entry | None = None,
    ) -> Iterator[Act]:
        """Do `verb` on one of the items, which is saved as the block is left."""
        today, row = timezone.localdate(self.now), self.items[item]
        happened_on = not_in_future(happened_on or today, today)
        act = Act(
            verb,
            row,
            columns_of(row),
            by=self.by,
            now=self.now,
            happened_on=happened_on,
            about=about,
        )
        act.yes = self.yes
        act.begin()
        yield act
        act.leave()


@contextmanager
def acting_on_list(
    verb: str,
    item_list: ItemList | int,
    *,
    by: Person,
    now: datetime | None = None,
    yes: bool = False,
) -> Iterator["ActOnList"]:
    """Do `verb` on a list, and on many of its items; else as `acting`.

    The list is saved as the block is left, if it was changed; each item with its entry.
    """
    now, read = now or timezone.now(), {}
    try:
        with one_transaction():
            if isinstance(item_list, ItemList):
                lock(item_list)
            else:
                item_list = _rows(ItemList).get(pk=item_list)
            read = columns_of(item_list)
            act = ActOnList(verb, item_list, by=by, now=now, yes=yes)
            yield act
            act.leave(read)
    except BaseException:
        if read and isinstance(item_list, ItemList):
            put_back(item_list, read)
        raise


@contextmanager
def acting_on_year(
    closing: ItemList,
    opening: ItemList,
    *,
    by: Person,
    posts: Iterable[Post] = (),
    now: datetime | None = None,
    yes: bool = False,
) -> Iterator[tuple["ActOnList", "ActOnList"]]:
    """Close a list and publish the next one, as one act; else as `acting_on_list`.

    All their items are locked too, so that whoever acts on one was here before, or comes after;
    and before them `posts`, those that the act changes.
    """
    now, lists = now or timezone.now(), sorted((closing, opening), key=lambda row: row.pk)
    read: dict[int, dict] = {}
    try:
        with one_transaction():
            for row in lists:
                lock(row, "committee__organisation")
                read[row.pk] = columns_of(row)
            acts = [
                ActOnList(verb, thing, by=by, now=now, yes=yes)
                for verb, thing in (("close_list", closing), ("publish", opening))
            ]
            lock_posts(posts)
            Item.objects.filter(list__in=lists).locked()
            yield acts[0], acts[1]
            for act in acts:
                act.leave(read[act.thing.pk])
    except BaseException:
        for row in lists:
            if row.pk in read:
                put_back(row, read[row.pk])
        raise


@contextmanager
def acting_on_both(
    verb: str,
    item: Item,
    other: ItemList,
    *,
    by: Person,
    now: datetime | None = None,
    yes: bool = False,
) -> Iterator["ActOnBoth"]:
    """Do `verb` on an item, which `act.thing` holds locked, and in another list.

    Nobody is appointed meanwhile to the posts of the item.
    """
    read = {}
    try:
        with one_transaction():
            lock(other)
            lock_posts(filter(None, [item.owner_post, item.supervisor_post]))  # before the item
            lock(item, *JOINED)
            read = columns_of(item)
            know_holdings([item.owner_post, item.supervisor_post])
            yield ActOnBoth(verb, item, by=by, now=now or timezone.now(), yes=yes)
    except BaseException:
        if read:
            put_back(item, read)
        raise


@contextmanager
def acting_on_post(
    verb: str, post: Post, *, by: Person, now: datetime | None = None, yes: bool = False
) -> Iterator["ActOnMany"]:
    """Do `verb` on a post, which `act.thing` holds locked, and on the items that it has a duty for.

    Where none of them is published, nothing is written.
    """
    with one_transaction():
        yield ActOnMany(verb, locked_post(post), by=by, now=now or timezone.now(), yes=yes)


@contextmanager
def acting_on_row(
    verb: str,
    committee: Committee,
    row: models.Model,
    *,
    by: Person,
    now: datetime | None = None,
    yes: bool = False,
) -> Iterator["ActOnRow"]:
    """Do `verb` on a row that lists of a committee show, which `act.locked` holds.

    Whoever acts needs the right in the committee; the block writes an entry in each list's ledger,
    and saves the row.
    """
    with one_transaction():
        act = ActOnRow(verb, committee, by=by, now=now or timezone.now(), yes=yes)
        act.locked = _rows(type(row)).get(pk=row.pk)
        yield act


class ActOnMany:
    """What somebody is doing to many items, whose lists the caller's rows name."""

    def __init__(self, verb: str, thing: Any, *, by: Person, now: datetime, yes: bool) -> None:
        self.verb, self.thing, self.by, self.yes = verb, thing, by, yes
        self.now, self.today = now, timezone.localdate(now)
        standing = Standing(by, thing, self.today)
        _refuse(why_not_standing(verb, standing))
        self.row = row_of(verb, thing)
        self.role = role_written(self.row, standing)
        self.entries: list[Entry] = []

    def write_on(
        self,
        item: Item,
        text: str = "",
        *,
        verb: str = "",
        status: str = "",
        then: Any = None,
        **written: Any,
    ) -> Entry:
        """Write an entry of one of the items, give it the `status`, and save it.

        `verb` is that of the entry where it is another one; `written` are its facts and words.
        `then` is called to change what lies under the item: the database wants that after the
        entry, and before the item is saved with it.
        """
        before, item.status = item.status, status or item.status
        written |= {"status_from": before, "status_to": item.status}
        entry = self._write(item.list, verb, item=item, text=text, **written)
        if then:
            then()
        take_for_news(item, entry)
        item.save(entry=entry)
        return entry

    def write_only(self, item: Item, text: str = "", **written: Any) -> Entry:
        """Write an entry of a draft that is about to be published, and don't save the draft."""
        return self._write(item.list, item=item, text=text, **written)

    def write_in(
        self, item_list: ItemList, text: str = "", *, verb: str = "", **written: Any
    ) -> Entry:
        """Write an entry of a list itself, and of no item; `written` are its facts and words."""
        return self._write(item_list, verb, text=text, **written)

    def tell(self, entry: Entry, person: Person | None) -> None:
        """Put an entry on somebody's desk, unless it is whoever acts."""
        if person and person != self.by:
            Notice.objects.create(person=person, entry=entry)

    def ask(self, *texts: str) -> dict:
        """Return the facts to record of further texts that become public with the entries."""
        return personal_data.ask(*texts, yes=self.yes)

    def _write(
        self, item_list: ItemList, verb: str, *, happened_on: date | None = None, **written: Any
    ) -> Entry:
        entry = write_entry(
            item_list,
            verb or self.row.written_as or self.verb,
            by=self.by,
            role=self.role,
            happened_on=happened_on or self.today,
            now=self.now,
            yes=self.yes,
            **written,
        )
        self.entries.append(entry)
        return entry


class ActOnList(ActOnMany):
    """What somebody is doing to a locked list; `acting_on_list` makes it."""

    def write(self, text: str = "", **written: Any) -> Entry:
        """Write an entry of the list itself; `written` are its facts and words."""
        return self.write_in(self.thing, text, **written)

    def leave(self, read: dict) -> None:
        """Save the list, if it was changed; raise `BrokenAct` when no entry says what was done."""
        if not self.entries:
            raise BrokenAct(f"{self.verb} was left without act.write(…): no entry says so.")
        if changed := _changed(self.thing, read) - {"version"}:
            self.thing.save(update_fields=changed)


class ActOnBoth(ActOnMany):
    """What somebody is doing to a locked item and in another list; `acting_on_both` makes it."""

    @property
    def item(self) -> Item:
        item: Item = self.thing
        return item

    @property
    def entry(self) -> Entry:
        """Return the act's own entry, which was written first."""
        return self.entries[0]

    def write(self, text: str = "", *, verb: str = "", **written: Any) -> Entry:
        """Write an entry of the item, which is saved with the last one, by `write_on`.

        Lines under it change before that, since the database wants an entry first.
        """
        row = row_of(verb or self.verb, self.item)
        written |= {"item": self.item, "text": text}
        return self._write(self.item.list, row.written_as or verb, **written)

    def tell_office(self, entry: Entry) -> None:
        """Put an entry on the desks of the item's office."""
        for person in people_for(self.item, "office", self.today):
            self.tell(entry, person)


class ActOnRow(ActOnMany):
    """What somebody is doing to a locked row that lists show; `acting_on_row` makes it."""

    locked: Any


# What they share


@contextmanager
def one_transaction() -> Iterator[None]:
    """Begin a transaction that commits as the block is left; raise `BrokenAct` within another.

    Within `several_acts` that transaction is theirs.
    """
    if _SEVERAL.get():
        yield
        return
    with ExitStack() as block:
        try:
            block.enter_context(transaction.atomic(durable=True))
        except RuntimeError as nested:
            raise BrokenAct(
                "An act is a transaction of its own: what belongs together is written by one act,"
                " with act.write(…) more than once."
            ) from nested
        try:
            yield
        except IntegrityError as error:
            if CLOSED not in str(error):
                raise
            raise Refused(list_is_closed()) from error  # while we waited for its lock


@contextmanager
def several_acts(*rows: Versioned) -> Iterator[None]:
    """Let all acts of the block be one transaction: each leaves its entry, or none does.

    `rows` are locked before the first act, in the order given, and are as they were read after any
    exception.
    """
    read = [columns_of(row) for row in rows]
    try:
        with one_transaction():
            inside = _SEVERAL.set(True)
            try:
                for row in rows:
                    lock(row)
                yield
            finally:
                _SEVERAL.reset(inside)
    except BaseException:
        for row, columns in zip(rows, read, strict=True):
            put_back(row, columns)
        raise


def locked_post(post: Post) -> Post:
    """Lock a post and return it read anew; whoever needs its items too locks them afterwards."""
    return _rows(Post).get(pk=post.pk)


def lock_posts(posts: Iterable[Post]) -> None:
    """Lock posts, always in the same order, so that no two acts wait for each other."""
    list(_rows(Post).filter(pk__in=[post.pk for post in posts]).order_by("pk"))


def not_in_future(day: date, today: date) -> date:
    """Return the day; raise `Refused` when it is after today."""
    if day > today:
        raise Refused(
            _("%(day)s is in the future. Enter what has happened.") % {"day": day.isoformat()}
        )
    return day


def _rows(model: type[M]) -> QuerySet[M]:
    return model._base_manager.select_for_update(of=("self",), no_key=True)


def _refuse(sentence: str) -> None:
    if sentence:
        raise Refused(sentence)


def _target(row: Move, item: Item) -> str:
    if row.target == BEFORE:
        return item.status_before_hold
    return item.status if row.target == UNCHANGED else row.target


def take_for_news(item: Item, entry: Entry) -> None:
    """Let an entry be the item's last news: the latest that happened, not the latest written.

    A sign-off that is up for objections stays it until the entry that ends it, since it says where
    the item stands; and what ends an announcement replaces it always, since it holds no longer.
    """
    is_about_it = entry.about_id is not None and entry.about_id == item.last_news_id
    if is_about_it and entry.about is not None and entry.about.verb == Verb.PUT_UP:
        item.last_news = entry
        return
    if not _is_news(entry):
        return
    last = item.last_news
    if last is not None and last.verb == Verb.PUT_UP and last.facts["verb"] == Verb.SIGN_OFF:
        return
    if last is None or entry.happened_on >= last.happened_on:
        item.last_news = entry


def _is_news(entry: Entry) -> bool:
    verb = entry.facts["verb"] if entry.verb == Verb.PUT_UP else entry.verb
    row = MOVES.get(verb) or LIST_MOVES.get(verb)
    return entry.public and row is not None and row.news


def _changed(row: models.Model, read: dict) -> set[str]:
    return {name for name, value in columns_of(row).items() if value != read.get(name, value)}
