"""Facts for permission checks: where a person stands towards a thing on a day, read once each."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from items.compiled_queries import compiled_query
from items.models import (
    Appeal,
    Call,
    Committee,
    Entry,
    Holding,
    Item,
    ItemList,
    LookBack,
    Person,
    Post,
    Review,
    Role,
    SiteVisit,
    Suggestion,
)
from items.models.post import know_posts
from items.states import Outcome, Status, Verb

Kind = Role.Kind
# What verbs are done to
Thing = Item | ItemList | Post | Committee | Suggestion | Call | SiteVisit
REQUESTS = [Verb.ENTER_FOR_OWNER, Verb.ASK_EXTENSION, Verb.SET_TASK, Verb.PUT_UP]


@compiled_query
def _kinds(person: Any, committee: Any) -> QuerySet[Role, str]:
    roles = Role.objects.filter(person=person, committee=committee)
    return roles.values_list("kind", flat=True)


@compiled_query
def _carried(item: Any, person: Any) -> QuerySet[Item, Any]:
    return Item.objects.filter(pk=item).carried_by(person).order_by().values_list("pk")


@compiled_query
def _reported(item: Any, person: Any) -> QuerySet[Item, Any]:
    rows = Item.objects.filter(pk=item).reported_by(person).with_spoke(person)
    return rows.order_by().values_list("spoke", flat=True)


@compiled_query
def _holding(post: Any, person: Any, today: Any) -> QuerySet[Holding, Any]:
    rows = Holding.objects.on(today).filter(post=post, person=person)
    return rows.order_by().values_list("pk")


@compiled_query
def _to_review(item: Any, person: Any, today: Any) -> QuerySet[Review, Any]:
    held = Holding.objects.on(today).filter(post=OuterRef("post"), person=person)
    rows = Review.objects.open().filter(Exists(held), item=item)
    return rows.order_by().values_list("pk")


@compiled_query
def _signed(origin: Any, person: Any) -> QuerySet[Entry, Any]:
    matter = Item.objects.of_matter(origin).order_by().values("pk")
    rows = Entry.objects.filter(item__in=matter, verb=Verb.SIGN_OFF, by=person)
    return rows.order_by().values_list("pk")


@compiled_query
def _waiting(item: Any) -> QuerySet[Entry]:
    return Entry.objects.filter(item=item, verb__in=REQUESTS).waiting().order_by("seq")


@compiled_query
def _waiting_of_list(item_list: Any) -> QuerySet[Entry]:
    rows = Entry.objects.of_lists().filter(list=item_list, verb=Verb.PUT_UP)
    return rows.waiting().order_by("seq")


class Standing:
    """What decides whether `person` may do something on `thing`; of any number of verbs."""

    def __init__(self, person: Person, thing: Thing, today: date) -> None:
        self.person, self.today = person, today
        self.thing: Any = thing  # each verb knows which kind it is done to

    @cached_property
    def committee(self) -> Committee:
        return committee_of(self.thing)

    @cached_property
    def roles(self) -> set[str]:
        """Return the kinds of role that the person has in the committee."""
        return set(_kinds(self.person.pk, self.committee.pk))

    @property
    def is_administrator(self) -> bool:
        return Kind.ADMINISTRATOR in self.roles or is_site_administrator(self.person)

    @property
    def is_office(self) -> bool:
        return Kind.OFFICE in self.roles

    @cached_property
    def acts_for_owner(self) -> bool:
        """Tell whether they do the owner's work today: holder, handler, unit's or union's."""
        return self._holds("owner_post") or bool(_carried(self.thing.pk, self.person.pk))

    @cached_property
    def on_owner_side(self) -> bool:
        """Tell whether they are on the owner's side, or ever acted for it."""
        return self.acts_for_owner or bool(self._reports)

    @cached_property
    def _reports(self) -> list[bool]:
        """Return whether they spoke as the owner, if they ever acted for it; else nothing."""
        return _reported(self.thing.pk, self.person.pk)

    @cached_property
    def is_supervisor(self) -> bool:
        return self._holds("supervisor_post")

    @cached_property
    def spoke_as_owner(self) -> bool:
        """Tell whether they do the owner's work, or ever did anything on the item as the owner.

        Whoever only entered something for the owner, as the office, didn't. A list has
        no owner.
        """
        if isinstance(self.thing, ItemList):
            return False
        return self.acts_for_owner or any(self._reports)

    @cached_property
    def is_releaser(self) -> bool:
        """Tell whether they hold the post that the committee names for releases."""
        post = self.committee.releasing_post_id
        return post is not None and bool(_holding(post, self.person.pk, self.today))

    @cached_property
    def is_reviewer(self) -> bool:
        """Tell whether they hold the post to which the item's open review went."""
        return bool(_to_review(self.thing.pk, self.person.pk, self.today))

    @cached_property
    def reviews_appeal(self) -> bool:
        """Tell whether the suggestion's open appeal is theirs to answer."""
        rows = Appeal.objects.open().filter(suggestion=self.thing.pk)
        return rows.read_by(self.person, self.today).exists()

    @cached_property
    def checks_suggestion(self) -> bool:
        """Tell whether it is theirs to confirm what the office says of the suggestion."""
        rows = Suggestion.objects.filter(pk=self.thing.pk)
        return rows.checked_by(self.person, self.today).exists()

    @cached_property
    def signed(self) -> bool:
        """Tell whether they ever signed the item off, on earlier lists too."""
        return bool(_signed(self.thing.origin_id or self.thing.pk, self.person.pk))

    @property
    def found_undone(self) -> bool:
        """Tell whether they have just written, in the same act, that a review found it undone."""
        entry = self.thing.last_entry if self.thing.knows("last_entry") else None
        return (
            entry is not None
            and (entry.verb, entry.by_id) == (Verb.REVIEW, self.person.pk)
            and entry.facts.get("outcome") == Outcome.UNDONE
        )

    @property
    def is_looker(self) -> bool:
        """Tell whether they hold a post that is to look back at this item now."""
        return self.thing.status == Status.RESOLVED and self._is_asked_to_look

    @cached_property
    def _is_asked_to_look(self) -> bool:
        looks = LookBack.objects.waiting().filter(item=self.thing.pk)
        return looks.of(self.person, self.today).exists()

    @property
    def is_visitor(self) -> bool:
        """Tell whether they hold the post that went on this visit."""
        return self._holds("post")

    @cached_property
    def waiting(self) -> list[Entry]:
        """Return what waits for an answer, the earliest first: an item's requests, or a draft's."""
        if isinstance(self.thing, ItemList):
            may_wait = self.thing.is_draft and self.thing.pk is not None
            return list(_waiting_of_list(self.thing.pk)) if may_wait else []
        return _waiting(self.thing.pk)

    def asked(self, verb: str) -> list[Entry]:
        return [entry for entry in self.waiting if entry.verb == verb]

    def _holds(self, duty: str) -> bool:
        # From the item in memory: a hand-over asks before it saves.
        if isinstance(self.thing, Item):
            know_posts([self.thing])
        post = getattr(self.thing, duty)
        return post is not None and post.holder(self.today) == self.person


def is_site_administrator(person: Person) -> bool:
    """Tell whether a person has a superuser's say: nobody has it beside that of an office."""
    if not (person.is_active and person.is_superuser):
        return False
    return not Role.objects.filter(person=person, kind=Kind.OFFICE).exists()


def committee_of(thing: Thing) -> Committee:
    if isinstance(thing, Committee):
        return thing
    return thing.list.committee if isinstance(thing, Item) else thing.committee
