"""Workers' suggestions in public: who takes them, the calls, the counts, the released answers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.core.validators import slug_re
from django.db.models import BooleanField, Case, Count, Min, Q, When
from django.db.models.functions import TruncWeek
from django.utils import timezone

from items import public
from items.actions.appeal import why_not_appealed
from items.actions.suggestion import (
    last_day_to_reopen,
    why_not_asked_again,
    why_not_reopened,
    why_not_taken_back,
)
from items.compiled_queries import compiled_query, counted
from items.models import (
    Adoption,
    Appeal,
    Call,
    Committee,
    Item,
    ItemList,
    Post,
    ResultPhoto,
    SiteVisit,
    Suggestion,
    SuggestionEntry,
)
from items.models.organisation import at_address
from items.models.suggestion import SuggestionQuerySet
from items.queries.alike import nearest as most_alike
from items.queries.paging import nearest
from items.queries.results import result_photos
from items.states import ListStatus
from items.suggestion_states import (
    ANSWERED,
    FINAL,
    WAITING,
    AppealOutcome,
    CallStatus,
    Channel,
    SuggestionStatus,
    SuggestionVerb,
)
from items.words import Words

AT_ONCE = 20  # released answers on a page
TERMS = {
    SuggestionStatus.ADOPTED: {SuggestionStatus.ADOPTED},
    SuggestionStatus.SETTLED: {SuggestionStatus.SETTLED},
    SuggestionStatus.NOT_ADOPTED: {SuggestionStatus.NOT_ADOPTED},
    SuggestionStatus.RECEIVED: WAITING,
}
COUNTED = frozenset().union(*TERMS.values())


def addressees():
    """Return the committees that everyone knows of: by a list, one that is up too, or a call."""
    listed = ItemList.objects.public().values("committee")
    calling = Call.objects.public().values("committee")
    up = ItemList.objects.announced().values("committee")
    known = Committee.objects.filter(Q(pk__in=listed) | Q(pk__in=calling) | Q(pk__in=up))
    return known.select_related("organisation").order_by("name", "pk")


def call_page(number: int, today: date) -> public.CallPage | None:
    """Return an issued call; None when there is none of that number."""
    call = Call.objects.public().select_related("committee__organisation").filter(pk=number).first()
    if call is None:
        return None
    early = call.status == CallStatus.ENDED
    return public.CallPage(
        addressee=public.addressee(call.committee),
        line=public.call_line(call, today),
        purpose=call.purpose_words,
        issuer=call.issuer_words,
        issued_on=call.issued_on,
        answer_by=call.answer_by,
        ended_on=call.ended_on if early else None,
        ended_why=call.ended_why if early else "",
        begins_later=not early and today < call.opens_on,
    )


def open_calls(today: date, of: list[int] | None = None) -> tuple[public.CallLine, ...]:
    """Return the calls to which anyone can answer today; only those of these committees."""
    calls = Call.objects.open(today)
    calls = calls if of is None else calls.filter(committee__in=of)
    return tuple(public.call_line(call, today) for call in calls)


def of_the_year(item_list: ItemList, today: date) -> public.BoardSuggestions:
    """Return what became of the suggestions that came in the year of a list."""
    committee = item_list.committee
    year = date(item_list.year, 1, 1), date(item_list.year, 12, 31)
    call = _open_calls.one(committee.pk, today)
    return public.BoardSuggestions(
        committee=committee.slug,
        counts=_counts(committee, *year, today=today),
        call=call and public.call_line(call, today),
    )


@compiled_query
def _open_calls(committee, today):
    return Call.objects.open(today).filter(committee=committee)[:1]


def count_behind(item: Item) -> int:
    """Return how many suggestions became an item, on earlier lists too."""
    return _behind.one(item.story()) or 0


@compiled_query
def _behind(items: list[int]):
    return counted(Suggestion.objects.behind(items))


def public_item(name: str, committee: Committee | None = None) -> Item | None:
    """Return the item that list and number name, as in "plant-2026/17", where it is public."""
    slug, _slash, number = name.partition("/")
    if not (slug_re.match(slug) and NUMBER.fullmatch(number)):
        return None
    item = _public_items.one(slug, int(number))
    if item is None or (committee and item.list.committee_id != committee.pk):
        return None
    return item


@compiled_query
def _public_items(slug, number):
    items = Item.objects.published().filter(list__slug=slug, number=number)
    items = items.exclude(list__status=ListStatus.DRAFT)
    return items.select_related("list__committee__organisation")[:1]


NUMBER = re.compile("[1-9][0-9]{0,5}")


def suggestions_page(
    slug: str, today: date, page: int = 1, of: str = "", item: str = ""
) -> public.SuggestionsPage | None:
    """Return a committee's suggestions and answers; None when nobody knows of the committee.

    `of` is the number whose answers are shown: a term's key or "withdrawn"; any other means all.
    `item` asks for the suggestions that became an item, by list and number: "plant-2026/17".
    """
    committee = addressees().filter(at_address(slug)).first()
    if committee is None:
        return None
    calls = [public.call_line(call, today) for call in committee.calls.public()]
    became_it = public_item(item, committee)
    of = of if of in NUMBERS and not became_it else ""
    shown = committee.suggestions.counted().shown().roots().with_outcome(today)
    released = _of(shown, of)
    if became_it:
        released = released.behind(became_it.story())
    count = released.count()
    page, pages = nearest(page, count, AT_ONCE)
    rows = released.with_supporters().with_mentions(today).order_by("-shown_on", "pk")
    rows = list(rows[(page - 1) * AT_ONCE : page * AT_ONCE])
    became = _became([row.pk for row in rows])
    return public.SuggestionsPage(
        addressee=public.addressee(committee),
        counts=_with_withdrawn(_counts(committee, date.min, date.max, today=today), committee),
        appeals=_appeals(committee, today),
        reopened=committee.suggestions.counted().filter(reopened_on__lt=today).count(),
        of=of,
        item=became_it and public.item_links([became_it])[0][0],
        behind=count_behind(became_it) if became_it else 0,
        open_calls=tuple(call for call in calls if call.is_open),
        earlier_calls=tuple(call for call in calls if not call.is_open),
        released=tuple(public.released(row, became.get(row.pk, [])) for row in rows),
        released_count=count,
        page=page,
        pages=pages,
        as_of=today,
    )


LINES = 50  # on a page
LINES_AFTER = timedelta(7)  # after the end of a week its suggestions have their lines


def suggestion_lines(slug: str, today: date, page: int = 1) -> public.SuggestionLines | None:
    """Return a line of each suggestion to a committee; None when nobody knows of the committee.

    They come by the week, all of one week together and in the order of their random keys, so that
    no line tells the day on which it came, nor which came first.
    """
    committee = addressees().filter(at_address(slug)).first()
    if committee is None:
        return None
    total = _counts(committee, date.min, date.max, today=today).total
    rows = committee.suggestions.counted().filter(received_on__lt=_new_weeks(today))
    rows = rows.with_outcome(today).filter(outcome__in=COUNTED)
    count = rows.count()
    page, pages = nearest(page, count, LINES)
    rows = rows.annotate(week=TruncWeek("received_on"), **_PRIVATE).order_by("-week", "pk")
    tied = ["place", "category", "merged_into__place", "merged_into__category"]
    tied += ["under_way__list", "merged_into__under_way__list"]
    known = list(rows.select_related(*tied)[(page - 1) * LINES : page * LINES])
    became = _became([row.root.pk for row in known])
    weeks: dict[date, list[public.SuggestionLine]] = {}
    for row in known:
        items = became.get(row.root.pk, [])
        is_private = row.is_private or any(item.hardship for item in items)
        line = public.suggestion_line(row, items, is_private=is_private, today=today)
        weeks.setdefault(row.week, []).append(line)
    return public.SuggestionLines(
        addressee=public.addressee(committee),
        total=total,
        shown=count,
        weeks=tuple(
            public.SuggestionWeek(monday, public.sunday_of(monday), tuple(lines))
            for monday, lines in weeks.items()
        ),
        page=page,
        pages=pages,
        as_of=today,
    )


def _new_weeks(today: date) -> date:
    """Return the Monday from which on suggestions are too new for a line."""
    after = today - LINES_AFTER + timedelta(1)
    return after - timedelta(after.weekday())


# About help for a family, itself or through the one that it was put together with
_PRIVATE = {
    "is_private": Case(
        When(Q(about__hardship=True) | Q(merged_into__about__hardship=True), then=True),
        default=False,
        output_field=BooleanField(),
    )
}


def _appeals(committee: Committee, today: date) -> public.AppealCounts:
    """Count as of last midnight, so that no number tells the minute of one that comes."""
    rows = Appeal.objects.filter(suggestion__committee=committee, opened_on__lt=today)
    ended = {
        outcome.value: Count("pk", filter=Q(outcome=outcome, ended_on__lt=today))
        for outcome in AppealOutcome
    }
    counted = rows.aggregate(came=Count("pk"), **ended)
    waiting = counted["came"] - sum(counted[outcome] for outcome in ended)
    return public.AppealCounts(**counted, waiting=waiting)


def released_suggestion(key: int) -> Suggestion | None:
    """Return a suggestion that everyone may read, by its key; None for any other."""
    rows = Suggestion.objects.counted().shown().roots().select_related("committee__organisation")
    return rows.filter(pk=key).first()


KEYS = {"waiting" if term == SuggestionStatus.RECEIVED else term.value: term for term in TERMS}
NUMBERS = [*KEYS, "withdrawn"]


def _of(rows: SuggestionQuerySet, of: str) -> SuggestionQuerySet:
    """Return those of the suggestions that a number of the page is about; all for ""."""
    if of == "withdrawn":
        return rows.withdrawn()
    return rows.filter(outcome__in=TERMS[KEYS[of]]) if of else rows


def _with_withdrawn(counts: public.SuggestionCounts, committee: Committee):
    """Add how many became items that were all withdrawn since."""
    return replace(counts, withdrawn=committee.suggestions.counted().withdrawn().count())


NEAR = 0.2  # from 0, nothing in common, to 1, the same: workers aren't to be held up by chance
LATEST_RELEASED = 500  # answers that are looked through


def similar_released(
    committee: Committee, words: str, count: int = 3
) -> tuple[public.Released, ...]:
    """Return the released answers of a committee to what says much the same, the nearest first.

    Only the words that everyone may read are compared.
    """
    shown = committee.suggestions.counted().shown().roots().order_by("-shown_on", "pk")
    texts = dict(shown.values_list("pk", "shown_words")[:LATEST_RELEASED])
    keys = most_alike(words, texts, count, enough=NEAR)
    today = timezone.localdate()
    rows = Suggestion.objects.with_supporters().with_mentions(today).with_outcome(today)
    rows = rows.in_bulk(keys)
    became = _became(keys) if keys else {}
    return tuple(public.released(rows[key], became.get(key, [])) for key in keys)


def receipt_page(suggestion: Suggestion) -> public.ReceiptPage:
    """Return what its suggester may read; of the one it was put with, its answer alone."""
    root = suggestion.root
    answer = None
    if root.status in ANSWERED | {SuggestionStatus.TO_CONFIRM}:
        answer = root.entries.filter(verb__in=FINAL).last()
    steps = list(_steps_for(suggestion))
    photos = result_photos([*steps, *([answer] if answer else [])])
    steps = [step for step in steps if step != answer]
    items, unpublished = public.item_links(_became([root.pk]).get(root.pk, []))
    merged = suggestion.merged_into is not None
    appeal = Appeal.objects.open().filter(suggestion=suggestion.pk).first()
    undoable = why_not_reopened(suggestion, timezone.localdate())
    return public.ReceiptPage(
        addressee=public.addressee(suggestion.committee),
        words=suggestion.words,
        location=suggestion.location,
        photos=suggestion.photos.count(),
        received_on=suggestion.received_on,
        answer_by=suggestion.answer_by,
        status=root.status if answer or not merged else SuggestionStatus.RECEIVED.value,
        status_label=public.suggestion_status_label(
            root.status if answer or not merged else SuggestionStatus.RECEIVED
        ),
        merged=merged,
        answer=answer and public.step(answer, photos.get(answer.pk, ())),
        items=items,
        on_the_next_list=unpublished,
        steps=tuple(public.step(step, photos.get(step.pk, ())) for step in steps),
        to_confirm=bool(answer) and root.status == SuggestionStatus.TO_CONFIRM,
        asked=suggestion.status == SuggestionStatus.ASKED,
        why_not_taken_back=why_not_taken_back(suggestion),
        why_not_asked_again=why_not_asked_again(suggestion),
        why_not_reopened=undoable,
        reopen_by=None if undoable else last_day_to_reopen(root),
        why_not_appealed=why_not_appealed(suggestion),
        appeal_due=appeal and appeal.due,
        reviewers=_reviewers(suggestion.committee),
        asks_erasing=suggestion.entries.filter(verb=SuggestionVerb.ASK_ERASING).exists(),
    )


def ways_to_disagree(suggestion: Suggestion, today: date) -> list[str]:
    """Return in which ways its suggester can say that the answer isn't the end of it."""
    ways = {
        "reopen": why_not_reopened(suggestion, today),
        "appeal": why_not_appealed(suggestion),
    }
    return [way for way, why_not in ways.items() if not why_not]


def result_photo(suggestion: Suggestion, key: int) -> bytes | None:
    """Return a photo of what was done in full, for the one who has the code; None for others'."""
    steps = [step.pk for step in _steps_for(suggestion)]
    steps += suggestion.root.entries.filter(verb=SuggestionVerb.SETTLE).values_list("pk", flat=True)
    row = ResultPhoto.objects.filter(pk=key, entry__in=steps).first()
    return bytes(row.large) if row else None


def _reviewers(committee: Committee) -> tuple[Words, ...]:
    posts = Post.objects.in_bulk(committee.review_posts)
    return tuple(posts[key].words for key in committee.review_posts)


def _steps_for(suggestion: Suggestion) -> Iterator[SuggestionEntry]:
    """Yield what its suggester may read, in order: its own steps, and the others' answers to it.

    While it was put together with another one, that one's answers were its own: they stay, with
    their days, when either is taken up again. What the other one was asked, and said, stays that
    one's.
    """
    own = list(suggestion.entries.all())
    known = _answers_of({step.facts["into"] for step in own if "into" in step.facts})
    other, told = None, 0  # up to which step of the other one its answers are told already
    for step in own:
        if other is not None and (last := step.facts.get("answered_at")):
            yield from (each for each in known.get(other, ()) if told < each.seq <= last)
            told = last
        if other is not None and (step.verb in PARTS or "left_at" in step.facts):
            answers = (each for each in known.get(other, ()) if each.seq > told)
            yield from (each for each in answers if _came_before(each, step))
            other, told = None, 0
        if step.verb == SuggestionVerb.MERGE:
            other = step.facts["into"]
        if step.to_suggester:
            yield step
    yield from (each for each in known.get(other, ()) if each.seq > told)


PARTS = {SuggestionVerb.MERGE, SuggestionVerb.TAKE_UP_AGAIN}  # what ends being put together
TOLD = FINAL | {SuggestionVerb.CHECK_SETTLED, SuggestionVerb.TAKE_UP_AGAIN}


def _answers_of(keys: set[int]) -> dict[int, list[SuggestionEntry]]:
    """Return the answers that each of these got, and why one was taken up again."""
    answers: dict[int, list[SuggestionEntry]] = {}
    if keys:
        rows = SuggestionEntry.objects.filter(suggestion__in=keys, verb__in=TOLD)
        for step in rows.order_by("seq"):
            answers.setdefault(step.suggestion_id, []).append(step)
    return answers


def _came_before(answer: SuggestionEntry, parting: SuggestionEntry) -> bool:
    """Tell whether an answer was given before the two parted."""
    last = parting.facts.get("left_at")
    return answer.seq <= last if last is not None else answer.day <= parting.day


@compiled_query
def _counts_by_status(committee, first, last, today):
    """Count as of last midnight: one that comes, or is taken back, today tells no minute."""
    rows = Suggestion.objects.filter(committee=committee, received_on__range=(first, last))
    rows = rows.filter(received_on__lt=today).counted()
    rows = rows.with_outcome(today).order_by().values("outcome", "channel")
    return rows.annotate(n=Count("pk"), first=Min("received_on"))


def _counts(
    committee: Committee, first: date, last: date, *, today: date
) -> public.SuggestionCounts:
    rows = _counts_by_status(committee.pk, first, last, today)
    rows = [row for row in rows if row["outcome"] in COUNTED]
    terms = tuple(
        public.Term(
            key=next(key for key, of in KEYS.items() if of == term),
            label=public.suggestion_status_label(term),
            count=sum(row["n"] for row in rows if row["outcome"] in statuses),
        )
        for term, statuses in TERMS.items()
    )
    waiting_since = [row["first"] for row in rows if row["outcome"] in WAITING]
    came = [(channel, [row for row in rows if row["channel"] == channel]) for channel in Channel]
    return public.SuggestionCounts(
        total=sum(term.count for term in terms),
        terms=terms,
        longest_days=(today - min(waiting_since)).days if waiting_since else 0,
        channels=tuple(public.came(by, sum(row["n"] for row in of)) for by, of in came if of),
    )


def _became(keys: list[int]) -> dict[int, list[Item]]:
    """Return the items that each of the suggestions became."""
    items = {}
    adoptions = Adoption.objects.filter(suggestion__in=keys).select_related("item__list")
    adoptions = list(adoptions.order_by("item__list", "item__number"))
    now = _where_they_are([adoption.item for adoption in adoptions])
    for adoption in adoptions:
        became = items.setdefault(adoption.suggestion_id, [])
        if (item := now.get(adoption.item_id, adoption.item)) not in became:
            became.append(item)
    return items


def became_of_visits(visits: list[SiteVisit]) -> dict[int, list[Item]]:
    """Return the items that what was heard on each of the visits became, by the visits' keys."""
    heard = Suggestion.objects.counted().filter(visit__in=visits)
    roots = {row.pk: (row.visit_id, row.merged_into_id or row.pk) for row in heard}
    became = _became([root for _visit, root in roots.values()])
    items: dict[int, list[Item]] = {}
    for visit, root in roots.values():
        of_visit = items.setdefault(visit, [])
        of_visit += [item for item in became.get(root, []) if item not in of_visit]
    return items


def _where_they_are(items: list[Item]) -> dict[int, Item]:
    """Return the newest published item of each matter that goes on, by the keys of these items."""
    origins = {item.pk: item.origin_id or item.pk for item in items}
    later = Item.objects.published().filter(origin__in=set(origins.values()))
    newest = {item.origin_id: item for item in later.select_related("list").order_by("pk")}
    return {pk: newest[origin] for pk, origin in origins.items() if origin in newest}
