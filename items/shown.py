"""Turn rows of the database into the shapes that a visitor may see (items.public)."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from items import public, public_photo, shown_lines
from items.columns import STORED
from items.models import Entry, Item, ItemList, Photo, Post
from items.rules.light import behind, light
from items.states import How, Status, Term, Verb
from items.words import Words, day


def head(item_list: ItemList) -> public.Head:
    committee = item_list.committee
    return public.Head(
        slug=item_list.slug,
        name=item_list.words,
        programme=item_list.programme_words,
        year=item_list.year,
        committee=committee.words,
        committee_slug=committee.slug,
        organisation=committee.organisation.short_words,
        published_on=item_list.published_on,
        closed_on=item_list.closed_on,
        demonstration=committee.organisation.demonstration,
    )


def row(item: Item, today: date, show_names: bool | None = None) -> public.Row:
    """Return an item as a line of the board, with every span of days computed for `today`.

    `show_names`: for staff, whatever the committee shows to visitors.
    """
    committee = item.list.committee
    names = committee.show_names if show_names is None else show_names
    news = item.last_news
    overdue = item.overdue_days(today)
    silent_days = days_ago(news.happened_on, today)
    return public.Row(
        number=item.number,
        title=item.title_words,
        place=item.place.words if item.place else Words(),
        status=item.status,
        status_label=str(Status(item.status).label),  # a page says it several times
        group=item.group.value,
        owner=holder(item.owner_post, today, names),
        supervisor=holder(item.supervisor_post, today, names),
        illustrative=item.illustrative,
        due=item.due,
        first_due=item.first_due,
        due_words=item.due_words,
        times_extended=item.times_extended,
        overdue_days=overdue,
        due_in_days=(item.due - today).days if item.is_open and not overdue else None,
        light=light(item, today),
        progress=progress(item),
        done_on=item.done_on,
        signed_off_on=item.signed_off_on,
        done_late_days=item.done_late_days(),
        hold_review_on=item.hold_review_on,
        withdrawn_on=item.withdrawn_on,
        added_on=item.published_on if item.added_later else None,
        times_reopened=item.times_reopened,
        brought_in=hasattr(item, "brought_in"),
        last_verb=str(Verb(news.verb).label),
        last_text=text_of(news, names),
        last_on=news.happened_on,
        last_days_ago=silent_days,
        stale=item.is_open and silent_days > committee.stale_after_days,
        behind=behind(item, today),
    )


def block(item: Item, today: date) -> public.Block:
    """Return an item as a block of a strip, or as what its lines stand under."""
    return public.Block(
        number=item.number,
        title=item.title_words,
        status=item.status,
        status_label=str(Status(item.status).label),
        group=item.group.value,
        overdue_days=item.overdue_days(today),
    )


def holder(post: Post, today: date, show_name: bool) -> public.Holder:
    person = post.holder(today)
    return public.Holder(
        post=post.words,
        name=person.name if person and show_name else "",
        vacant=person is None,
    )


def progress(item: Item) -> public.Progress:
    return public.Progress(
        percent=item.percent_done(),
        done=item.done_count,
        target=item.target_count,
        count_unit=item.count_unit,
    )


def promise(item: Item, measures, shares, parts) -> public.Promise:
    """Return what was promised, with the rows under the item."""
    return public.Promise(
        **{column.name: _words_or_value(item, column) for column in OF_PROMISE},
        term_label=Term(item.term).label if item.term else "",
        measures=tuple(measure.words for measure in measures),
        units=tuple(map(shown_lines.unit_share, shares)),
        parts=tuple(map(shown_lines.part, parts)),
    )


# A column that isn't public can't be among them: the shape would lack it.
OF_PROMISE = [
    column
    for column in STORED
    if column.shade == "public" and column.name in {field.name for field in fields(public.Promise)}
]


def _words_or_value(item, column):
    value = getattr(item, column.name)
    if column.kind == "row":
        return value.words if value else Words()
    return Words(value, getattr(item, f"{column.name}_en")) if column.english else value


def days_ago(day: date | None, today: date) -> int:
    return max(0, (today - day).days) if day else 0


def text_of(entry: Entry, show_names: bool) -> str:
    """Return an entry's words; for one brought in, what the sheet says and where it stands."""
    if entry.verb == Verb.BRING_IN and not entry.words.erased_on:
        return "\n".join(filter(None, [before_this_system(entry, show_names), entry.words.text]))
    return entry.words.text


def before_this_system(entry: Entry, show_names: bool) -> str:
    """Return the sentence that says whence an item's first state comes."""
    signer = entry.words.new if show_names else entry.words.old  # a person, or the post then
    source = {"file": entry.words.evidence, "row": entry.facts.get("row", "")}
    if entry.status_to != Status.RESOLVED:
        return _("Brought in as it stood, per %(file)s, row %(row)s.") % source
    return _("Resolved before this system, by %(who)s on %(day)s, per %(file)s, row %(row)s.") % {
        **source,
        "who": signer or _("somebody the sheet doesn’t name"),
        "day": day_of(entry.facts["signed_off_on"]),
    }


def day_of(iso: str) -> str:
    """Return an ISO day as the reader's language writes it."""
    return day(date.fromisoformat(iso))


def event(entry: Entry, show_names: bool, posts: dict[str, Words], found=()) -> public.Event:
    """Return a public entry as the timeline shows it; `posts` gives posts by their names.

    `found` are the item's public photos, each with its entry: some of them came along.
    """
    words = entry.words
    return public.Event(
        verb=entry.verb,
        label=Verb(entry.verb).label,
        text=text_of(entry, show_names),
        erased_on=words.erased_on,
        happened_on=entry.happened_on,
        written_on=timezone.localdate(entry.written_at),
        role=Entry.Role(entry.role).label,
        post=posts.get(words.post, Words(words.post)),
        name=words.name if show_names and spoken_for_a_post(entry) else "",
        facts=tuple(facts(entry, show_names)),
        status_label=Status(entry.status_to).label if entry.status_to else "",
        photos=tuple(photo(each) for each in found if each.entry.about_id == entry.pk),
    )


def spoken_for_a_post(entry: Entry) -> bool:
    """Tell whether the owner or the supervisor spoke: no other person is ever named in public."""
    return entry.role in (Entry.Role.OWNER, Entry.Role.SUPERVISOR) and bool(entry.words.post)


DAYS = {
    "done_on": lambda: _("Done on"),
    "signed_off_on": lambda: _("Signed off on"),
    "old_due": lambda: _("Deadline before"),
    "planned_on": lambda: _("Planned for"),
    "received_on": lambda: _("Received on"),
    "new_due": lambda: _("New deadline"),
    "next_visit_on": lambda: _("Next visit"),
    "review_on": lambda: _("Review on"),
    "part_done_on": lambda: _("Part done on"),
    "old_taken_on": lambda: _("Taken on, before"),
    "taken_on": lambda: _("Taken on"),
    "by_when": lambda: _("To be done by"),
}


def facts(entry: Entry, show_names: bool):
    """Yield an entry's facts as pairs of a label and a value."""
    known = entry.facts
    if "side" in known:
        yield _("Photo"), Photo.Side(known["side"]).label
    elif known.get("field") in ("spot_title", "spot_title_en"):
        yield _("Photo"), _("spot")
    if "how" in known:
        yield _("How"), How(known["how"]).label
    if "who" in known:
        yield _("Whose task"), Entry.Role(known["who"]).label
    if "agreed" in known:
        yield _("Decision"), _("agreed") if known["agreed"] else _("not agreed")
    for name, label in DAYS.items():
        if name in known and entry.verb != Verb.BRING_IN:
            yield label(), day_of(known[name])
    if "count" in known:
        yield _("How many"), str(known["count"])
    if known.get("done_count") is not None:
        yield _("Count"), count(known["done_count"], known.get("target_count"))
    elif "percent" in known:
        yield _("Progress"), f"{Decimal(known['percent']).normalize():f}%"
    yield from _changed(entry, show_names)


def count(done, target) -> str:
    return _("%(done)s of %(target)s") % {"done": done, "target": target} if target else str(done)


def _changed(entry, show_names):
    """Yield old and new words; names of persons only where the committee shows them."""
    words = entry.words
    if entry.verb == Verb.CLAIM and words.evidence:
        given = entry.facts.get("has_evidence")
        yield _("Evidence") if given else _("No evidence, because"), words.evidence
    if entry.verb in (Verb.CORRECT, Verb.HAND_OVER) or (entry.verb == Verb.APPOINT and show_names):
        if words.old:
            yield _("Before"), words.old
        if words.new:
            yield _("Now"), words.new


def extension(decision: Entry) -> public.Extension:
    """Return more time given, with the reason for which it was asked."""
    return public.Extension(
        old_due=date.fromisoformat(decision.facts["old_due"]),
        new_due=date.fromisoformat(decision.facts["new_due"]),
        reason=decision.about.words.text,
        asked_on=decision.about.happened_on,
        decided_on=decision.happened_on,
        decided_by=Entry.Role(decision.role).label,
    )


def photos(found) -> dict[str, tuple]:
    """Return public photos as pairs, by their spots, and those taken during the work."""
    pairs, during = {}, []
    for each in found:
        if each.spot is None:
            during.insert(0, photo(each))
        else:
            pairs.setdefault(each.spot, {})[each.side] = photo(each)
    spots = sorted(pairs, key=lambda spot: (spot.order, spot.pk))
    shown = [
        public_photo.Spot(spot.words, pairs[spot].get("before"), pairs[spot].get("after"))
        for spot in spots
    ]
    return {"spots": tuple(shown), "photos": tuple(during)}


def photo(each: Photo) -> public_photo.Photo:
    return public_photo.Photo(
        stem=each.stem,
        words=each.shows,
        side=each.side,
        side_label=each.get_side_display(),
        taken_on=each.taken_on,
        small_width=each.small_width,
        small_height=each.small_height,
    )
