"""The names that a list's items can be found by: few, and compared in memory."""

from datetime import date
from functools import cached_property

from django.db.models import OuterRef, Q, Subquery

from items.models import (
    Adoption,
    Category,
    ItemList,
    Part,
    Place,
    Post,
    Suggestion,
    Theme,
    Unit,
    UnitShare,
)
from items.models.items import says, says_whole
from items.queries.cells import Cell
from items.queries.places import Places
from items.queries.synonyms import thesaurus_of
from items.search import Word, words_of
from items.states import Status
from items.words import Words


class Names:
    """What the items of a list are called beside their own words, by keys.

    To visitors a post is called by its holder's name only where the committee shows names; with
    `with_holders`, at the desk, always.
    """

    def __init__(
        self, item_list: ItemList, cells: list[Cell], today: date, *, with_holders: bool = False
    ):
        self.item_list = item_list
        committee, called = item_list.committee, item_list.called
        self.places = Places(Place.objects.filter(committee=committee))
        used = {cell.theme for cell in cells} - {None}
        self.theme = _words(Theme.objects.filter(pk__in=used), called)
        used = {cell.category for cell in cells} - {None}
        self.category = _words(Category.objects.filter(pk__in=used), called)
        shares = UnitShare.objects.filter(unit=OuterRef("pk"), item__list=item_list)
        parts = Part.objects.filter(unit=OuterRef("pk"), item__list=item_list)
        share, part = (
            rows.exclude(item__status=Status.DRAFT).order_by().values("pk")[:1]  # any one will do
            for rows in (shares, parts)
        )
        units = Unit.objects.filter(committee=committee)
        units = units.annotate(share=Subquery(share), part=Subquery(part))
        units = list(units.exclude(share=None, part=None).order_by("pk"))
        self.unit = {unit.pk: called(unit) for unit in units if unit.share}
        self.part_unit = {unit.pk: called(unit) for unit in units if unit.part}
        around = {key: self.places.path(key) for key in {cell.place for cell in cells} - {None}}
        self.around = {key: [place.pk for place in path] for key, path in around.items()}
        used = {key for path in self.around.values() for key in path}
        self.place = {p.pk: called(p) for p in self.places.in_order() if p.pk in used}
        posts = Post.objects.filter(committee=committee).prefetch_related("holdings")
        named = with_holders or committee.show_names
        self.post = {post.pk: _holder(post, item_list, today, named) for post in posts}

    def words_of(self, q: str) -> list[Word]:
        """Return the words of a search among these items."""
        return words_of(q, thesaurus_of(self.item_list.committee)) if q else []

    @cached_property
    def released(self) -> "Released":
        return Released(self.item_list)  # read only where words are looked for

    def saying(self, word: Word) -> Q:
        """Return the condition that an item says the word, in its names too, or has its number."""
        condition = Q(number=word.number) if word.number else Q()
        for spelling in word.spellings:
            condition |= says(spelling)
        for synonym in word.whole:
            condition |= says_whole(synonym)
        for column in ("theme", "category"):
            if keys := _called(word, getattr(self, column)):
                condition |= Q(**{f"{column}__in": keys})
        called = set(_called(word, self.place))
        if keys := [key for key, path in self.around.items() if called.intersection(path)]:
            condition |= Q(place__in=keys)
        told = slice(2) if word.number else slice(3)  # a number is nobody's name
        if keys := [key for key, names in self.post.items() if word.is_written_in(*names[told])]:
            condition |= Q(owner_post__in=keys) | Q(supervisor_post__in=keys)
        if keys := _called(word, self.unit):
            condition |= with_unit(keys)
        if keys := _called(word, self.part_unit):
            condition |= Q(hardship=False, pk__in=Part.objects.filter(unit__in=keys).values("item"))
        return condition | self.released.saying(word)


class Released:
    """What workers suggested that became items of a list, in the words that were released."""

    def __init__(self, item_list: ItemList):
        shown = Adoption.objects.filter(suggestion__in=Suggestion.objects.counted().shown().roots())
        shown = shown.filter(item__list__committee=item_list.committee_id)
        shown = shown.exclude(item__status=Status.DRAFT)
        rows = shown.order_by().values_list(
            "item", "item__origin", "item__list", "item__list__year", "suggestion__shown_words"
        )
        self.here: list[tuple[int, str]] = []  # the item's key, and the words
        self.earlier: list[tuple[int, str]] = []  # the key of the first item of their matter
        for item, origin, of_list, year, words in rows:
            if of_list == item_list.pk:
                self.here.append((item, words))
            elif year < item_list.year:
                self.earlier.append((origin or item, words))

    def saying(self, word: Word) -> Q:
        """Return the condition that a released suggestion behind an item says the word.

        A hardship item isn't found by what somebody told of a family.
        """
        condition = Q()
        if keys := [key for key, words in self.here if word.is_in(words)]:
            condition |= Q(hardship=False, pk__in=keys)
        if keys := [key for key, words in self.earlier if word.is_in(words)]:
            condition |= Q(hardship=False, origin__in=keys)
        return condition


def with_unit(keys) -> Q:
    """Return the condition that one of the units has a share in the item."""
    return Q(pk__in=UnitShare.objects.filter(unit__in=keys).values("item"))


def _words(rows, called) -> dict[int, Words]:
    return {row.pk: called(row) for row in rows.order_by("pk")}


def _called(word: Word, names: dict[int, Words]) -> list[int]:
    """Return the keys of those whose name, in either language, says the word."""
    return [key for key, words in names.items() if word.is_in(words.zh, words.en)]


def _holder(post, item_list, today, named):
    """Return what a post and, where it is `named`, its holder are called."""
    post_name = item_list.called(post)
    person = post.holder(today) if named else None
    return post_name.zh, post_name.en, item_list.called(person).zh
