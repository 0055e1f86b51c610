"""Names that a sheet uses: the committee's own rows by name, and those that it doesn't have yet."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from items.actions.bulk import save_all
from items.actions.validation import checked
from items.errors import Refused
from items.models import Category, Committee, Person, Place, Post, Theme, Unit
from items.words import Words, one_line

Named = TypeVar("Named", Unit, Place, Category, Theme)
MOST_NAMES = 400  # that one question asks for


def named(model: type[Named], committee: Committee, words: Words, **others: Any) -> Named:
    """Return the committee's unit, place, category or theme of that name, made if there is none."""
    assert model in (Unit, Place, Category, Theme)
    name = words.zh or words.en
    row, new = model.objects.get_or_create(
        committee=committee, name=name, defaults={"name_en": words.en, **others}
    )
    if not new and words.en and not row.name_en:
        row.name_en = words.en
        row.save()
    return row


def named_post(committee: Committee, name: str, *, is_leader: bool) -> Post:
    """Return the committee's post of that name, made, vacant, if there is none."""
    return Post.objects.get_or_create(
        committee=committee, name=one_line(name), defaults={"is_leader": is_leader}
    )[0]


def named_person(name: str) -> Person:
    """Make a person without a login, so that a name in a sheet can be held."""
    name = one_line(name)
    person = Person(name=name, username=free_username(name))
    person.set_unusable_password()
    checked(person).save()
    return person


NO_LOGIN = re.compile(r"[^\w.@+-]")  # a login takes no space, and no dot as in 艾力·买买提


def free_username(name: str) -> str:
    """Return the name, or the name with the first number that nobody has yet, as a login."""
    like = Person.objects.filter(username__startswith=_login(name))
    return _first_free(name, set(like.values_list("username", flat=True)))


def _login(name: str) -> str:
    return NO_LOGIN.sub("", name) or "person"


def _first_free(name: str, taken: set[str]) -> str:
    name = _login(name)
    candidates = (name if n == 1 else f"{name}{n}" for n in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)


class Names:
    """Look up a committee's rows by the names of a sheet; make those that it lacks, but not yet.

    What is new stands in `new` until `save`, so that drafts can be checked, and shown, before
    anything is written. Raise `FieldsRefused` for a name that can't be one.
    """

    def __init__(self, committee: Committee, leaders: Iterable[str] | None = None) -> None:
        """Take the committee and, where they were chosen, the new posts that are leaders'."""
        self.committee = committee
        self.leaders = None if leaders is None else set(leaders)
        self.new: dict[tuple[type[models.Model], str], Any] = {}
        self._known: dict[type[models.Model], dict[str, list]] = {}
        self._people: dict[str, list[Person]] = {}
        self._english: dict[Any, str] = {}  # what rows of the committee's will be called

    def row(self, model: type[Named], words: Words) -> Named:
        """Return the committee's unit, place, category or theme of that name, or a new one."""
        name = one_line(words.zh or words.en)
        known = self._of(model).get(name, [])
        if len(known) > 1:
            sentence = _("“%(name)s” may be one of several places. Leave it blank, then choose it.")
            raise Refused(sentence % {"name": name})
        if not known:
            return self._make(model, name, name_en=words.en)
        if words.en and not known[0].name_en:
            known[0].name_en = self._english[known[0]] = words.en
            checked(known[0], only=["name_en"])
        row: Named = known[0]
        return row

    def post(self, name: str, *, is_leader: bool) -> Post:
        """Return the committee's post of that name, or a new one, vacant."""
        name = one_line(name)
        if known := self._of(Post).get(name):
            post: Post = known[0]
            return post
        if self.leaders is not None:
            is_leader = name in self.leaders
        made: Post = self._make(Post, name, is_leader=is_leader)
        return made

    def person(self, name: str) -> Person:
        """Return the person of that name who is known in the committee, or a new one."""
        return self.known_person(name) or self._make_person(one_line(name))

    def known_person(self, name: str) -> Person | None:
        """Return the person of that name who is known in the committee; None for a new one."""
        name = one_line(name)
        self.know_people([name])
        people = self._people[name]
        if len(people) > 1:
            accounts = ", ".join(person.username for person in people)
            sentence = _(
                "“%(name)s” may be one of several people: %(accounts)s. Write the account."
            )
            raise Refused(sentence % {"name": name, "accounts": accounts})
        return people[0] if people else None

    def save(self, by: Person) -> None:
        """Save what is new; what somebody else made meanwhile is taken instead."""
        for model in dict.fromkeys(model for model, _name in self.new):
            rows = {name: row for (of, name), row in self.new.items() if of is model}
            if model is Person:
                self._name_accounts(list(rows.values()))
            else:
                there = model._default_manager.filter(committee=self.committee, name__in=rows)
                for name, key in there.values_list("name", "pk"):
                    rows.pop(name).pk = key
            save_all(list(rows.values()), by)
        for row, english in self._english.items():
            row.name_en = english
            row.save()

    def _name_accounts(self, people: list[Person]) -> None:
        """Give people without a login the names of their accounts."""
        taken = set(Person.objects.values_list("username", flat=True))
        for person in people:
            person.username = _first_free(person.name, taken)
            person.set_unusable_password()
            taken.add(person.username)

    def know_people(self, said: Iterable[str]) -> None:
        """Read at once who of the committee goes by these names or accounts."""
        names = sorted({one_line(name) for name in said} - self._people.keys())
        for at in range(0, len(names), MOST_NAMES):
            self._read_people(names[at : at + MOST_NAMES])

    def _read_people(self, names: list[str]) -> None:
        self._people |= {name: [] for name in names}
        known = Person.objects.filter(Q(name__in=names) | Q(username__in=names)).filter(
            Q(holdings__post__committee=self.committee)
            | Q(handled_items__list__committee=self.committee)
            | Q(units__committee=self.committee)
            | Q(roles__committee=self.committee)
        )
        for person in known.distinct():
            for name in {person.name, person.username} & set(names):
                self._people[name].append(person)

    def _of(self, model: type[models.Model]) -> dict[str, list]:
        if model not in self._known:
            by_name: dict[str, list] = {}
            self._known[model] = by_name
            rows: Any = model._default_manager.filter(committee=self.committee)
            for row in rows.order_by("pk"):
                by_name.setdefault(row.name, []).append(row)
        return self._known[model]

    def _make(self, model: type[models.Model], name: str, **columns: Any) -> Any:
        if (model, name) not in self.new:
            row = checked(model(committee=self.committee, name=name, **columns))
            self.new[model, name] = row
        return self.new[model, name]

    def _make_person(self, name: str) -> Person:
        if (Person, name) not in self.new:
            self.new[Person, name] = checked(Person(name=name), only=["name"])
        person: Person = self.new[Person, name]
        return person
