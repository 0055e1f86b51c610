"""An item's page."""

from datetime import date

from items import public, public_lines, shown, shown_lines
from items.models import Item
from items.queries import voices
from items.queries.cells import together, whole_of
from items.queries.rows import in_rows, list_at, read
from items.states import Term
from items.words import Words

CLAIMS = {"claim", "report_progress", "release", "start", "deliver", "hold_occasion"}
FINDINGS = {"sign_off", "send_back", "log_visit"}


def item_page(slug: str, number: int, today: date) -> public.ItemPage | None:
    """Return a published item with its story; None when there is none under that number."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    found = read(in_rows(item_list.items.filter(number=number)).order_by())
    if not found:
        return None
    item = found[0]
    entries = list(item.entries.public().select_related("words", "about__words").order_by("-seq"))
    posts = {post.name: post.words for post in (item.owner_post, item.supervisor_post)}
    names = item_list.committee.show_names
    photos = list(item.photos.public().select_related("spot", "entry"))
    events = tuple(shown.event(entry, names, posts, photos) for entry in entries)
    items = item_list.items.published()
    whole = whole_of(items, today)
    previous, following = _beside(whole, items, number)
    return public.ItemPage(
        head=shown.head(item_list),
        arithmetic=together(whole.cells),
        strip=whole.blocks(today),
        row=shown.row(item, today),
        category=item.category.words if item.category else Words(),
        term_label=Term(item.term).label if item.term else "",
        problem=Words(item.problem, item.problem_en),
        effect=Words(item.effect, item.effect_en),
        result=item.result,
        start_by=item.start_by,
        start_is_the_matter=item.start_is_the_matter,
        measures=tuple(measure.words for measure in item.measures.all()),
        units=tuple(map(shown_lines.unit_share, item.unit_shares.select_related("unit"))),
        parts=tuple(shown_lines.part(part) for part in item.parts.select_related("unit")),
        extensions=tuple(shown.extension(e) for e in reversed(entries) if e.facts.get("agreed")),
        claim=_latest(events, CLAIMS),
        finding=_latest(events, FINDINGS),
        timeline=events,
        previous=previous,
        next=following,
        carried_from=_lineage(item),
        **shown.photos(photos),
        place=shown_lines.link(item.place),
        theme=shown_lines.link(item.theme),
        deliveries=deliveries_of(item),
        occasions=tuple(
            shown_lines.occasion(each, item.status, today)
            for each in item.occasions.select_related("place", "ending__words")
        ),
        hardship=item.hardship,
        suggestions=voices.behind(item),
        committee=item_list.committee.slug,
        as_of=today,
    )


def deliveries_of(item: Item) -> public_lines.Deliveries | None:
    """Return an item's delivery list; None when nothing was handed out."""
    found = list(item.deliveries.with_returns().select_related("unit", "place"))
    return shown_lines.deliveries(item, found) if found else None


def _beside(whole, items, number):
    """Return the numbers before and after one; None where there is none."""
    numbers = [item.number for item in whole.few]
    if numbers:
        at = numbers.index(number)
        return [None, *numbers][at], [*numbers, None][at + 1]
    before, after = items.filter(number__lt=number), items.filter(number__gt=number)
    ordered = (before.order_by("-number"), after.order_by("number"))
    return [found.values_list("number", flat=True).first() for found in ordered]


def _latest(events, verbs):
    return next((event for event in events if event.verb in verbs), None)


def _lineage(item):
    before = item.carried_from
    return f"{before.list.year}-{before.number}" if before else ""
