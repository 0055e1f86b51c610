"""What waits for a second yes in a list, and what became of what somebody saw waiting there."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from items import staff
from items.actions.progress import NUMBERS, in_words
from items.models import Entry, ItemList, Person
from items.public.entry_words import in_words as either
from items.queries.desk_lists import reads_inside
from items.rules.releasing import Waiting, entries_of, releases_in, state_of, waiting_in
from items.states import Status, Verb


def reads_releases(person: Person, item_list: ItemList, today: date) -> bool:
    """Tell whether `person` sees what waits: who releases it, and who reads everything inside."""
    return releases_in(person, item_list, today) or reads_inside(person, item_list)


def releases_page(item_list: ItemList, person: Person, today: date) -> staff.ReleasesPage:
    """Return what waits for a second yes in a list, each card with all its lines."""
    waiting = waiting_in(item_list, person, today)
    first = {}  # by card: where it stands among the others
    for each in waiting:
        first.setdefault(each.card, each.entry.seq)
    waiting.sort(key=lambda each: (first[each.card], each.item.number))
    later = _later(waiting)
    return staff.ReleasesPage(
        tuple(_card(key, list(of), later) for key, of in groupby(waiting, lambda each: each.card))
    )


def _card(key: str, waiting: list[Waiting], later) -> staff.ReleaseCard:
    entries = [each.entry for each in waiting]
    return staff.ReleaseCard(
        key=key,
        state=state_of(sorted(waiting, key=lambda each: each.entry.seq)),
        by=entries[0].words.name,
        written_on=timezone.localdate(entries[0].written_at),
        lines=tuple(_line(each, later[each.item.pk]) for each in waiting),
        may_refuse=any(not each.why_not_refused for each in waiting),
    )


def _line(each: Waiting, later: list[Entry]) -> staff.ReleaseLine:
    entry, item = each.entry, each.item
    ticked = "ticked" in entry.facts
    return staff.ReleaseLine(
        number=item.number,
        title=item.title_words,
        status_label=Status(item.status).label,
        text=entry.words.text,
        happened_on=entry.happened_on,
        steps=tuple(_steps(entry, item, later)),
        measures=tuple(either(entry.words.new, entry.words.new_en).splitlines() if ticked else ()),
        why_not=each.why_not,
    )


def _steps(entry, item, later):
    for name, label in NUMBERS.items():
        if (new := entry.facts.get(name)) is None:
            continue
        known = [row for row in later if name in row.facts or row.verb == Verb.REOPEN]
        after = (entry.happened_on, entry.seq)
        overtaken = any((row.happened_on, row.seq) > after for row in known)
        old = getattr(item, name)
        said = in_words(name, new)
        if name == "done_count" and item.target_count is not None:
            said = f"{said} / {item.target_count} {item.count_unit}".rstrip()
        yield staff.Step(str(label), "" if old is None else in_words(name, old), said, overtaken)


def _later(waiting: list[Waiting]):
    """Return by item the public progress that may be newer than what waits."""
    later = defaultdict(list)
    if not waiting:
        return later
    said = Q(facts__has_key="percent") | Q(facts__has_key="done_count") | Q(verb=Verb.REOPEN)
    rows = Entry.objects.public().filter(said, item__in=[each.item.pk for each in waiting])
    since = min(each.entry.happened_on for each in waiting)
    for row in rows.filter(happened_on__gte=since).order_by("seq"):
        later[row.item_id].append(row)
    return later


def answered_by(item_list: ItemList, card: str, seen: str, person: Person) -> str:
    """Return the verb with which `person` answered all that they saw ready; "" for any other case.

    That is a button that was pressed twice.
    """
    ready = {seq for seq, _news, is_ready in _marks(seen) if is_ready}
    entries = entries_of(item_list, card).filter(seq__in=ready)
    answers = Entry.objects.filter(about__in=entries).values_list("about__seq", "by", "verb")
    told = {(seq, by): verb for seq, by, verb in answers}
    verbs = {told.get((seq, person.pk), "") for seq in ready}
    return verbs.pop() if len(verbs) == 1 else ""


def changes_of_card(
    item_list: ItemList, card: str, seen: str, person: Person, today: date
) -> tuple[str, ...]:
    """Return a sentence for each line of a card that is no longer as `person` saw it."""
    marks = {seq: (news, ready) for seq, news, ready in _marks(seen)}
    waiting = {each.entry.seq: each for each in waiting_in(item_list, person, today, card)}
    entries = entries_of(item_list, card).filter(seq__in=marks)
    gone = entries.exclude(seq__in=waiting).select_related("item").order_by("item__number")
    answers = Entry.objects.filter(about__in=gone).select_related("words").order_by("seq")
    answer = {row.about_id: row for row in answers}
    return (*_gone(gone, answer), *_otherwise(waiting, marks))


def _gone(gone: Iterable[Entry], answer):
    for entry in gone:
        if (by := answer.get(entry.pk)) is None:
            continue
        said = {"number": entry.item.number, "name": by.words.name, "text": by.words.text}
        if by.verb == Verb.ENTER_FOR_OWNER:
            yield _("No. %(number)s: %(name)s entered it anew: %(text)s") % said
        elif by.verb == Verb.REFUSE_ENTRY:
            yield _("No. %(number)s: %(name)s refused it: %(text)s") % said
        else:
            yield _("No. %(number)s: %(name)s released it.") % said


def _otherwise(waiting: dict[int, Waiting], marks):
    for seq, each in sorted(waiting.items(), key=lambda pair: pair[1].item.number):
        news, ready = marks.get(seq, (0, True))
        now = each.item.last_news
        said = {"number": each.item.number}
        if ready and each.why_not:
            yield _("No. %(number)s: %(gap)s") % (said | {"gap": each.why_not})
        elif now and now.seq != news:
            text = {"name": now.words.name, "text": now.words.text or Verb(now.verb).label}
            yield _("No. %(number)s: %(name)s wrote meanwhile: %(text)s") % (said | text)


def _marks(seen: str):
    """Yield from the state of a card each entry, the news before it, and whether it was ready."""
    for mark in seen.split("-"):
        parts = mark.split(".")
        if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
            seq, news, ready = (min(int(part), 2**31 - 1) for part in parts)
            yield seq, news, bool(ready)
