"""Workers' suggestions at the desk: what waits, what came of the others, and what is found."""

from datetime import date

from django.db.models import Case, Count, IntegerField, Min, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from items import staff_voice
from items.models import Committee, ItemList, Person, Role, Suggestion, SuggestionPhoto
from items.models.tie import read_by
from items.queries.paging import nearest
from items.suggestion_states import WAITING
from items.suggestion_states import SuggestionStatus as S
from items.words import fold

PAGE = 50
FIRST = 5  # lines on My desk

# In the order of the list. What waits in moderation counts nowhere, and stands apart.
SUGGESTION_GROUPS = {
    S.RECEIVED.value: S.RECEIVED.label,
    S.ASKED.value: S.ASKED.label,
    "moderation": _("In moderation"),
    S.ADOPTED.value: S.ADOPTED.label,
    S.SETTLED.value: S.SETTLED.label,
    S.NOT_ADOPTED.value: S.NOT_ADOPTED.label,
    S.MERGED.value: S.MERGED.label,
}
KEYS = list(SUGGESTION_GROUPS)


def suggestions(
    person: Person, today: date, sought: staff_voice.Sought, *, page: int = 1, size: int = PAGE
) -> staff_voice.Suggestions:
    """Return one page of the suggestions that `person` may read and that were looked for."""
    found = _found(Suggestion.objects.visible_to(person, today), sought).annotate(group=GROUP)
    counts = dict(found.order_by().values_list("group").annotate(n=Count("pk")))
    if sought.group:
        found = found.filter(group=KEYS.index(sought.group))
    shown = sum(n for at, n in counts.items() if sought.group in ("", KEYS[at]))
    page, pages = nearest(page, shown, size)
    rows = lines(found.order_by(*ORDER)[(page - 1) * size : page * size])
    groups = tuple(
        staff_voice.Group(
            KEYS[at],
            str(SUGGESTION_GROUPS[KEYS[at]]),
            n,
            tuple(row for row in rows if group_of(row) == KEYS[at]),
        )
        for at, n in sorted(counts.items())
    )
    return staff_voice.Suggestions(groups, shown, page, pages)


MODERATED = Q(in_moderation=True, status__in=WAITING)
GROUP = Case(
    When(MODERATED, then=Value(KEYS.index("moderation"))),
    *(When(status=status, then=Value(KEYS.index(status))) for status in S),
    output_field=IntegerField(),
)
# What waits by its day, what has ended by how lately.
ORDER = ["group", Case(When(status__in=WAITING, then="answer_by")), "-ended_on", "pk"]


def group_of(suggestion: Suggestion) -> str:
    moderated = suggestion.in_moderation and suggestion.is_waiting
    return "moderation" if moderated else suggestion.status


def lines(rows) -> list[Suggestion]:
    """Return the rows of a slice with all that their lines show, in the same order."""
    keys = list(rows.values_list("pk", flat=True))
    pictures = SuggestionPhoto.objects.filter(suggestion=OuterRef("pk")).order_by()
    counted = pictures.values("suggestion").annotate(n=Count("pk")).values("n")
    known = Suggestion.objects.filter(pk__in=keys).with_outcome().with_supporters()
    known = known.annotate(pictures=Subquery(counted)).select_related("committee", "place")
    found = known.select_related("category").in_bulk()
    return [found[key] for key in keys]


def _found(rows, sought):
    for word in fold(sought.q).split():
        rows = rows.filter(Q(words__icontains=word) | Q(location__icontains=word))
    for column in ("committee", "category", "place", "call"):
        if value := getattr(sought, column):
            rows = rows.filter(**{column: int(value)})
    return rows


def choices_of(person: Person) -> dict[str, list[tuple[int, str]]]:
    """Return what suggestions can be looked for by, of the committees that `person` reads."""
    read = Committee.objects.without_tree_fields().filter(read_by(person.pk, "pk"))
    committees = list(read.prefetch_related("categories", "places", "calls").order_by("name"))
    return {
        "committee": [(each.pk, each.name) for each in committees],
        **{
            name: [(row.pk, str(row)) for each in committees for row in getattr(each, rows).all()]
            for name, rows in [("category", "categories"), ("place", "places"), ("call", "calls")]
        },
    }


def to_answer(person: Person, today: date, first: int = FIRST) -> staff_voice.ToAnswer:
    """Return what waits for an answer of the office that `person` is of."""
    mine = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
    waiting = Suggestion.objects.filter(committee__in=mine, status=S.RECEIVED)
    counted = waiting.aggregate(
        n=Count("pk", filter=Q(in_moderation=False)),
        late=Count("pk", filter=Q(in_moderation=False, answer_by__lt=today)),
        moderated=Count("pk", filter=Q(in_moderation=True)),
    )
    rows = lines(waiting.counted().order_by("answer_by", "pk")[:first])
    return staff_voice.ToAnswer(counted["n"], counted["late"], counted["moderated"], tuple(rows))


def late_suggestions(item_list: ItemList, person: Person, today: date) -> staff_voice.Late | None:
    """Return how many suggestions to the list's committee wait beyond their day.

    None where there is none, and to those who may not read them.
    """
    mine = Committee.objects.without_tree_fields().filter(pk=item_list.committee_id)
    if not mine.filter(read_by(person.pk, "pk")).exists():
        return None
    waiting = Suggestion.objects.counted().waiting().filter(committee=item_list.committee_id)
    late = waiting.filter(answer_by__lt=today).aggregate(n=Count("pk"), first=Min("answer_by"))
    return staff_voice.Late(late["n"], (today - late["first"]).days) if late["n"] else None
