"""Workers' suggestions at the desk: those that a person may read, and all of one of them."""

from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from items import staff
from items.models import (
    Appeal,
    Committee,
    Contact,
    Item,
    ItemList,
    Person,
    Role,
    SoughtWords,
    Suggestion,
    SuggestionEntry,
    SuggestionPhoto,
)
from items.models.folded import saying
from items.models.sought import SHOWN_FROM
from items.models.tie import read_by
from items.queries.paging import nearest
from items.queries.results import result_photos
from items.rules import why_not_standing
from items.rules.standing import Standing
from items.suggestion_states import (
    BEGINS,
    BY_REVIEWER,
    BY_SUGGESTER,
    BY_SUPERVISOR,
    SUGGESTION_MOVES,
    WAITING,
    SuggestionVerb,
)
from items.suggestion_states import SuggestionStatus as S

OTHERS = BEGINS | BY_SUGGESTER | BY_REVIEWER | BY_SUPERVISOR
ACTS = [verb for verb in SUGGESTION_MOVES if verb not in OTHERS]
PAGE = 50
FIRST = 5  # lines on My desk
MOST_SOUGHT = 20  # lines of words that nobody found

# In the order of the list. What waits in moderation counts nowhere, and stands apart.
SUGGESTION_GROUPS = {
    S.RECEIVED.value: S.RECEIVED.label,
    S.ASKED.value: S.ASKED.label,
    S.TO_CONFIRM.value: S.TO_CONFIRM.label,
    "moderation": _("In moderation"),
    S.ADOPTED.value: S.ADOPTED.label,
    S.SETTLED.value: S.SETTLED.label,
    S.NOT_ADOPTED.value: S.NOT_ADOPTED.label,
    S.MERGED.value: S.MERGED.label,
    S.TAKEN_BACK.value: S.TAKEN_BACK.label,
}
KEYS = list(SUGGESTION_GROUPS)
WAIT = {*WAITING, "moderation"}  # groups that stand open; what has ended is folded


def desk_suggestions(
    person: Person, today: date, search: staff.SuggestionSearch, *, page: int = 1, size: int = PAGE
) -> staff.SuggestionsPage:
    """Return one page of the suggestions that `person` may read and that a search finds."""
    matches = _matches(Suggestion.objects.visible_to(person, today), search).annotate(group=GROUP)
    counts = dict(matches.order_by().values_list("group").annotate(n=Count("pk")))
    if search.group:
        matches = matches.filter(group=KEYS.index(search.group))
    count = sum(n for at, n in counts.items() if search.group in ("", KEYS[at]))
    page, pages = nearest(page, count, size)
    order = ORDER
    if search.by == "mentioned":
        matches, order = matches.with_mentions(today), ["group", "-mentioned", "pk"]
    elif search.by == "supported":
        matches, order = matches.with_supporters(), ["group", "-supporters", "pk"]
    rows = _with_counts(matches.order_by(*order)[(page - 1) * size : page * size], today)
    groups = tuple(
        staff.SuggestionGroup(
            KEYS[at],
            str(SUGGESTION_GROUPS[KEYS[at]]),
            n,
            tuple(staff.suggestion_row(row) for row in rows if group_of(row) == KEYS[at]),
            KEYS[at] in WAIT,
        )
        for at, n in sorted(counts.items())
    )
    return staff.SuggestionsPage(groups, count, page, pages)


def sought_words(person: Person) -> tuple[staff.SoughtWords, ...]:
    """Return what people looked for in vain and told the office of, more often than once."""
    return _sought(SoughtWords.objects.filter(read_by(person.pk, "committee")))


def sought_of(committee: Committee) -> tuple[staff.SoughtWords, ...]:
    """Return what people looked for in vain at one committee, more often than once."""
    return _sought(committee.sought_words.all())


def _sought(rows) -> tuple[staff.SoughtWords, ...]:
    rows = rows.filter(times__gte=SHOWN_FROM).select_related("committee")
    return tuple(
        staff.SoughtWords(row.words, row.times, row.committee.slug, row.committee.words)
        for row in rows.order_by("-times", "words", "pk")[:MOST_SOUGHT]
    )


MODERATED = Q(in_moderation=True, status__in=WAITING)
GROUP = Case(
    When(MODERATED, then=Value(KEYS.index("moderation"))),
    *(When(status=status, then=Value(KEYS.index(status))) for status in S),
    output_field=IntegerField(),
)
# What waits by its day, what has ended by how lately.
ORDER = ["group", Case(When(status__in=WAITING, then="answer_by")), "-ended_on", "pk"]


# Other orders within a group, by what a search is called by
SUGGESTION_ORDERS = {
    "supported": _("Most who suggest the same"),
    "mentioned": _("Most said too"),
}


def group_of(suggestion: Suggestion) -> str:
    moderated = suggestion.in_moderation and suggestion.is_waiting
    return "moderation" if moderated else suggestion.status


def _with_counts(rows, today: date) -> list[Suggestion]:
    """Return the rows of a slice with all that their lines show, in the same order."""
    keys = list(rows.values_list("pk", flat=True))
    pictures = SuggestionPhoto.objects.filter(suggestion=OuterRef("pk")).order_by()
    counted = pictures.values("suggestion").annotate(n=Count("pk")).values("n")
    known = Suggestion.objects.filter(pk__in=keys).with_outcome().with_supporters()
    known = known.with_mentions(today)
    asked = SuggestionEntry.objects.open_questions().filter(suggestion=OuterRef("pk"))
    known = known.annotate(pictures=Subquery(counted), asks_again=Exists(asked))
    known = known.select_related("committee", "place")
    by_key = known.select_related("category").in_bulk()
    return [by_key[key] for key in keys]


def _matches(rows, search):
    rows = saying(rows, search.q, "words", "location")
    for column in ("committee", "category", "place", "call"):
        if value := getattr(search, column):
            rows = rows.filter(**{column: int(value)})
    return rows


def choices_of(person: Person) -> dict[str, list[tuple[int, str]]]:
    """Return what suggestions can be looked for by, of the committees that `person` reads."""
    read = Committee.objects.without_tree_fields().filter(read_by(person.pk, "pk"))
    committees = list(read.prefetch_related("categories", "places", "calls").order_by("name"))
    return {
        "committee": [(committee.pk, committee.name) for committee in committees],
        **{
            name: [
                (row.pk, str(row))
                for committee in committees
                for row in getattr(committee, rows).all()
            ]
            for name, rows in [("category", "categories"), ("place", "places"), ("call", "calls")]
        },
    }


def suggestions_to_answer(
    person: Person, today: date, first: int = FIRST
) -> staff.SuggestionsToAnswer:
    """Return what waits for an answer of the office that `person` is of."""
    mine = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
    waiting = Suggestion.objects.filter(committee__in=mine, status=S.RECEIVED)
    counted = waiting.aggregate(
        n=Count("pk", filter=Q(in_moderation=False)),
        late=Count("pk", filter=Q(in_moderation=False, answer_by__lt=today)),
        moderated=Count("pk", filter=Q(in_moderation=True)),
    )
    rows = _with_counts(waiting.counted().order_by("answer_by", "pk")[:first], today)
    erasing = SuggestionEntry.objects.filter(verb=SuggestionVerb.ASK_ERASING)
    erasing = erasing.filter(suggestion__committee__in=mine).exclude(suggestion__words="")
    erasing = erasing.select_related("suggestion").order_by("day", "pk")[:first]
    asked = SuggestionEntry.objects.open_questions().filter(suggestion__committee__in=mine)
    asked = asked.select_related("suggestion").order_by("day", "pk")[:first]
    late = Appeal.objects.overdue(today).filter(suggestion__committee__in=mine)
    late = late.select_related("suggestion")[:first]
    calls = Contact.objects.to_call().filter(suggestion__committee__in=mine)
    calls = calls.select_related("suggestion").order_by("suggestion__answer_by", "pk")[:first]
    return staff.SuggestionsToAnswer(
        to_call=tuple(staff.suggestion_link(contact.suggestion) for contact in calls),
        late_appeals=tuple(map(staff.late_appeal, late)),
        asked_again=tuple(map(staff.suggestion_question, asked)),
        count=counted["n"],
        late=counted["late"],
        moderated=counted["moderated"],
        rows=tuple(map(staff.suggestion_row, rows)),
        to_erase=tuple(staff.suggestion_link(step.suggestion) for step in erasing),
    )


def late_suggestions(
    item_list: ItemList, person: Person, today: date
) -> staff.LateSuggestions | None:
    """Return how many suggestions to the list's committee wait beyond their day.

    None where there is none, and to those who may not read them.
    """
    mine = Committee.objects.without_tree_fields().filter(pk=item_list.committee_id)
    if not mine.filter(read_by(person.pk, "pk")).exists():
        return None
    waiting = Suggestion.objects.counted().waiting().filter(committee=item_list.committee_id)
    late = waiting.filter(answer_by__lt=today).aggregate(n=Count("pk"), first=Min("answer_by"))
    return staff.LateSuggestions(late["n"], (today - late["first"]).days) if late["n"] else None


def suggestion_desk(suggestion: Suggestion, person: Person, today: date) -> staff.SuggestionDesk:
    """Return a suggestion as `person` works on it."""
    standing = Standing(person, suggestion, today)
    acts = {verb: why_not_standing(verb, standing) for verb in ACTS}
    items = suggestion.root.items.select_related("list")
    following = next_to_answer(suggestion) if standing.is_office else None
    return staff.SuggestionDesk(
        suggestion=staff.suggestion(suggestion),
        acts=acts,
        steps=_steps(suggestion),
        photos=tuple(map(staff.suggestion_photo, suggestion.photos.defer("large", "small"))),
        merged=_links(suggestion.merged.all()),
        items=tuple(map(staff.item_link, items.order_by("list", "number"))),
        looks=tuple(map(staff.contact_look, suggestion.looks.select_related("by"))),
        has_contact=not acts["see_contact"] and _has_contact(suggestion),
        to_call=not acts["tell_by_phone"] and waits_for_call(suggestion),
        committee_slug=suggestion.committee.slug,
        next_pk=following and following.pk,
    )


def _steps(suggestion):
    entries = list(suggestion.entries.all())
    keys = {entry.facts["into"] for entry in entries if "into" in entry.facts}
    known = Suggestion.objects.in_bulk(keys) if keys else {}
    photos = result_photos(entries)
    return tuple(staff.suggestion_step(entry, known, photos.get(entry.pk, ())) for entry in entries)


def _has_contact(suggestion):
    return Contact.objects.filter(suggestion=suggestion).exists()


def _links(rows):
    return tuple(map(staff.suggestion_link, rows.order_by("received_on", "pk")))


def waits_for_call(suggestion: Suggestion) -> bool:
    """Tell whether its suggester left a telephone number and wasn't told of the answer yet."""
    return Contact.objects.to_call().filter(suggestion=suggestion).exists()


def moderated(committee: Committee) -> int:
    """Return how many suggestions of a committee wait to be let in."""
    return Suggestion.objects.filter(MODERATED, committee=committee).count()


def next_to_answer(suggestion: Suggestion) -> Suggestion | None:
    """Return the committee's suggestion that waits after this one; after the last, the first."""
    waiting = Suggestion.objects.filter(
        committee=suggestion.committee_id,
        status=S.RECEIVED,
        in_moderation=suggestion.in_moderation,
    ).exclude(pk=suggestion.pk)
    later = Q(answer_by__gt=suggestion.answer_by)
    later |= Q(answer_by=suggestion.answer_by, pk__gt=suggestion.pk)
    around = Case(When(later, then=0), default=1, output_field=IntegerField())
    return waiting.order_by(around, "answer_by", "pk").first()


def suggestions_about(item: Item, person: Person, today: date) -> tuple[staff.SuggestionLink, ...]:
    """Return those that say they are about an item, the latest first; none to others.

    What became the item stands there already, and what waits in moderation counts nowhere.
    """
    rows = Suggestion.objects.visible_to(person, today).counted().filter(about__in=item.story())
    rows = rows.exclude(pk__in=Suggestion.objects.behind(item.story()).values("pk"))
    return tuple(map(staff.suggestion_link, rows.order_by("-received_on", "pk")[:MOST_ABOUT]))


MOST_ABOUT = 50  # lines on an item's page


def suggestions_behind(item: Item, person: Person, today: date) -> tuple[staff.SuggestionLink, ...]:
    """Return the suggestions that became an item; none to those who may not read them."""
    return _links(Suggestion.objects.visible_to(person, today).behind(item.story()))
