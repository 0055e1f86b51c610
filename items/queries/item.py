"""An item's page."""

from datetime import date

from items import public, public_lines, shown
from items.models import Item
from items.public_link import Link
from items.queries import voices
from items.queries.rows import arithmetic, items_of, lists
from items.states import Term
from items.words import Words

CLAIMS = {"claim", "report_progress", "release", "start", "deliver"}
FINDINGS = {"sign_off", "send_back", "log_visit"}


def item_page(slug: str, number: int, today: date) -> public.ItemPage | None:
    """Return a published item with its story; None when there is none under that number."""
    item_list = lists().filter(slug=slug).first()
    items = items_of(list=item_list) if item_list else []
    item = next((item for item in items if item.number == number), None)
    if item is None:
        return None
    strip = tuple(shown.row(each, today) for each in items)
    entries = list(item.entries.public().select_related("words", "about__words").order_by("-seq"))
    posts = {post.name: post.words for post in (item.owner_post, item.supervisor_post)}
    names = item_list.committee.show_names
    events = tuple(shown.event(entry, names, posts) for entry in entries)
    numbers = [row.number for row in strip]
    at = numbers.index(number)
    return public.ItemPage(
        head=shown.head(item_list),
        arithmetic=arithmetic(strip),
        strip=strip,
        row=strip[at],
        category=item.category.words if item.category else Words(),
        term_label=Term(item.term).label if item.term else "",
        problem=Words(item.problem, item.problem_en),
        effect=Words(item.effect, item.effect_en),
        result=item.result,
        start_by=item.start_by,
        start_is_the_matter=item.start_is_the_matter,
        measures=tuple(measure.words for measure in item.measures.all()),
        units=tuple(shown.unit_share(share) for share in item.unit_shares.all()),
        parts=tuple(shown.part(part) for part in item.parts.select_related("unit")),
        extensions=tuple(shown.extension(e) for e in reversed(entries) if e.facts.get("agreed")),
        claim=_latest(events, CLAIMS),
        finding=_latest(events, FINDINGS),
        timeline=events,
        previous=numbers[at - 1] if at else None,
        next=numbers[at + 1] if at + 1 < len(numbers) else None,
        carried_from=_lineage(item),
        **shown.photos(item.photos.public().select_related("spot")),
        place=_link(item.place),
        theme=_link(item.theme),
        deliveries=deliveries_of(item),
        suggestions=voices.behind(item),
        committee=item_list.committee.slug,
        as_of=today,
    )


def deliveries_of(item: Item) -> public_lines.Deliveries | None:
    """Return an item's delivery list; None when nothing was handed out."""
    found = list(item.deliveries.with_returns().select_related("unit", "place"))
    return shown.deliveries(item, found) if found else None


def _link(row):
    return Link(row.pk, row.words) if row else None


def _latest(events, verbs):
    return next((event for event in events if event.verb in verbs), None)


def _lineage(item):
    before = item.carried_from
    return f"{before.list.year}-{before.number}" if before else ""
