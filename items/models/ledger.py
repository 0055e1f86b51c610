"""The rectification ledger: append-only entries, a hash chain for each list (audit trail)."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, date
from itertools import chain
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.errors import Refused
from items.models.item import Item
from items.models.list import ItemList
from items.models.person import Person, Role
from items.states import ANSWERS_NOTHING, FINDINGS, OPEN, ListStatus, Status, Verb, verbs

START = "0" * 64  # what the first entry of a chain stands on


def digest(thing) -> str:
    """Return the SHA-256 of a thing's canonical JSON."""
    text = json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def any_of(texts: list[str]) -> list[str]:
    """Return the texts, or nothing where all are empty."""
    return texts if any(texts) else []


def refuse_rewriting(*args: Any, **kwargs: Any) -> NoReturn:
    """Refuse what would rewrite history; the database refuses too (items.guards.triggers)."""
    raise Refused(_("The ledger can’t be changed. Write a further entry that corrects it."))


class AppendOnlyQuerySet(models.QuerySet):
    update = delete = bulk_update = bulk_create = update_or_create = refuse_rewriting


class AppendOnly(models.Model):
    """A row that is written once and stays."""

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Write a new row; raise `Refused` for one that exists."""
        if not self._state.adding:
            refuse_rewriting()
        super().save(**{**kwargs, "force_insert": True})

    delete = refuse_rewriting


class Chain(models.Model):
    """The head of a list's ledger; its row is locked while an entry is added."""

    list = models.OneToOneField(ItemList, models.PROTECT, primary_key=True, related_name="chain")
    seq = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    def __str__(self):
        return f"{self.list} · {self.seq}"


class EntryQuerySet(AppendOnlyQuerySet):
    def public(self) -> Self:
        return self.filter(public=True)

    def answers(self) -> Self:
        """Return those that answer what they are about; erasing its words ends a request."""
        return self.exclude(verb__in=ANSWERS_NOTHING)

    def waiting(self) -> Self:
        """Return the requests that nobody has answered yet."""
        answers = Entry.objects.answers().filter(about=OuterRef("pk")).order_by()
        return self.exclude(Exists(answers))

    def announcements(self) -> Self:
        """Return what is up for objections and neither took effect nor was taken down."""
        return self.filter(verb=Verb.PUT_UP).waiting()

    def of_lists(self) -> Self:
        """Return what is about whole lists, and about no item."""
        return self.filter(item=None)

    def tasks(self) -> Self:
        """Return the open tasks: what was decided in a meeting and isn't finished yet."""
        return self.filter(verb=Verb.SET_TASK).waiting()

    def urgings(self) -> Self:
        """Return the urgings that are open."""
        return self.filter(is_urging(), verb=Verb.URGE)

    def falling_to(self, person: Person, today: date) -> Self:
        """Return the tasks and urgings that `person` is to answer today, as of their posts."""
        office = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
        owned = Item.objects.acted_for_by(person, today)
        checked = Item.objects.supervised_by(person, today)
        return self.filter(
            Q(facts__who="owner", item__in=owned)
            | Q(facts__who="supervisor", item__in=checked)
            | Q(facts__who="office", list__committee__in=office)
        )


def is_urging() -> Q:
    """Return the condition that an urging is open: nobody whom it names said anything since.

    It ends with the first word of theirs, and rests while its item can't be worked on. Whatever
    the owner's side writes is a word of theirs, and so is what the office releases for them; of a
    supervisor it is what they find.
    """
    since = Entry.objects.filter(item=OuterRef("item"), seq__gt=OuterRef("seq")).order_by()
    reported = since.filter(Q(role=Entry.Role.OWNER) | Q(verb=Verb.RELEASE))
    looked = since.filter(role=Entry.Role.SUPERVISOR, verb__in=FINDINGS)
    heard = Q(Exists(reported), facts__who="owner") | Q(Exists(looked), facts__who="supervisor")
    return Q(item__status__in=OPEN, list__status=ListStatus.PUBLISHED) & ~heard


class Entry(AppendOnly):
    """One act: who did what, when it happened, when it was written down, and why."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner’s side")
        SUPERVISOR = "supervisor", _("Supervisor")
        OFFICE = "office", _("Office")
        ADMINISTRATOR = "administrator", _("Administrator")
        RELEASER = "releaser", _("Post for releases")
        REVIEWER = "reviewer", _("Post for reviews")
        LOOKER = "looker", _("Looking back")

    list = models.ForeignKey(
        ItemList, models.PROTECT, related_name="entries", verbose_name=_("list")
    )
    seq = models.PositiveIntegerField(_("sequence number"))
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, related_name="entries", verbose_name=_("item")
    )
    verb = models.CharField(_("verb"), max_length=20, choices=verbs)
    status_from = models.CharField(max_length=20, choices=Status, blank=True)
    status_to = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="entries", verbose_name=_("by"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    happened_on = models.DateField(_("happened on"))
    written_at = models.DateTimeField(_("written down at"))
    public = models.BooleanField(_("public"), default=True)
    # Dates, counts and choices. Free text and names go into the words, where they can be erased.
    facts = models.JSONField(_("facts"), default=dict)
    # Where the item stands after it, or else the list: statuses, days, posts and counts, no words.
    snapshot = models.JSONField(default=dict)
    about = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    words_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()
    overturned_on: date | None = None  # known only where `mark_overturned` looked
    # Known only to the act that wrote it: who got a notice of it, and what others wrote since the
    # page was read.
    notified: tuple[Person, ...] = ()
    meanwhile: tuple["Entry", ...] = ()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ["list", "seq"]
        constraints = [models.UniqueConstraint(fields=["list", "seq"], name="seq_once_in_a_chain")]
        indexes = [
            models.Index(fields=["item", "seq"], name="entries_of_an_item"),
            models.Index(fields=["verb", "item"], name="entries_of_a_verb"),
            models.Index(fields=["list", "happened_on", "seq"], name="events_of_a_list"),
            models.Index(fields=["list", "written_at", "seq"], name="written_in_a_week"),
        ]

    def __str__(self):
        return f"{self.list_id}/{self.seq} {self.get_verb_display()}"

    def computed_hash(self) -> str:
        """Return the hash over everything this entry says and the hash of the one before."""
        hashed = ["list_id", "seq", "item_id", "verb", "status_from", "status_to", "by_id", "role"]
        hashed += ["public", "facts", "about_id", "words_digest", "previous_hash"]
        content = {name: getattr(self, name) for name in hashed}
        if self.snapshot:  # entries without one keep the hash that they have had since before it
            content["snapshot"] = self.snapshot
        content["happened_on"] = self.happened_on.isoformat()
        content["written_at"] = self.written_at.astimezone(UTC).isoformat()
        return digest(content)


def mark_overturned(entries: Iterable[Entry]) -> None:
    """Tell claims and sign-offs, of one item and in their order, that it was reopened since."""
    standing: list[Entry] = []
    for entry in entries:
        if entry.verb in (Verb.REOPEN, Verb.BRING_BACK):
            for overturned in standing:
                overturned.overturned_on = entry.happened_on
            standing = []
        elif entry.verb == Verb.CLAIM or entry.status_to == Status.RESOLVED:
            standing.append(entry)


class EntryWords(AppendOnly):
    """The words and names of an entry, which may have to be erased one day."""

    WORDS = ["text", "evidence", "name", "post", "old", "new"]
    ENGLISH = ["post_en", "old_en", "new_en"]  # what these were called in English at the time
    PART = ["part", "part_en"]  # what the part that it is about was called
    ANSWERS = ["answers", "answers_en"]  # to what done looks like, a line each, after a tab

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="words")
    salt = models.CharField(max_length=32)
    text = models.TextField(_("words"), blank=True)
    evidence = models.TextField(_("evidence, or why there is none"), blank=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50, blank=True)
    post = models.CharField(_("post"), max_length=100, blank=True)
    old = models.TextField(_("old words"), blank=True)
    new = models.TextField(_("new words"), blank=True)
    post_en = models.CharField(_("post, in English"), max_length=200, blank=True)
    old_en = models.TextField(_("old words, in English"), blank=True)
    new_en = models.TextField(_("new words, in English"), blank=True)
    part = models.CharField(_("part"), max_length=200, blank=True)
    part_en = models.CharField(_("part in English"), max_length=300, blank=True)
    answers = models.TextField(_("answers"), blank=True)
    answers_en = models.TextField(_("answers, in English"), blank=True)
    erased_on = models.DateField(_("erased on"), null=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of an entry")
        verbose_name_plural = _("words of entries")

    def __str__(self):
        return self.text

    @staticmethod
    def new_salt() -> str:
        return secrets.token_hex(16)

    def computed_digest(self) -> str:
        """Return the salted digest that stands in the entry's hash."""
        words, *later = (
            [getattr(self, name) for name in names]
            for names in (self.WORDS, self.ENGLISH, self.PART)
        )
        # Entries without any of these keep the digest that they have had since before the columns.
        said = [self.salt, *words, *chain.from_iterable(map(any_of, later))]
        if answers := any_of([getattr(self, name) for name in self.ANSWERS]):
            said.append(answers)  # as one: two of the part's words have another digest
        return digest(said)

    def erase(self, on: date) -> None:
        """Erase the words and their salt for good, leaving the day; the hash still holds."""
        # Without the salt nobody can find short words again by trying; hence it goes too.
        emptied = dict.fromkeys([*self.WORDS, *self.ENGLISH, *self.PART, *self.ANSWERS, "salt"], "")
        models.QuerySet(EntryWords).filter(pk=self.pk).update(**emptied, erased_on=on)
        self.refresh_from_db()
