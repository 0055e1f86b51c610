"""The public page of a committee's draws by lot: what is looked back at, and by whom."""

from datetime import date

from items import public
from items.models import Committee, Entry, LookBackDraw, Post
from items.models.organisation import at_address
from items.queries.rows import lists
from items.words import quarter


def draw_page(slug: str, first: date | None = None) -> public.DrawPage | None:
    """Return a committee's draw of the quarter that begins on a day, or else its latest.

    None where that wasn't drawn, or the committee has published nothing.
    """
    committees = Committee.objects.without_tree_fields().select_related("organisation")
    committee = committees.filter(at_address(slug)).first()
    if committee is None:
        return None
    current = lists().filter(committee=committee).order_by("-year", "-published_on").first()
    draws = list(LookBackDraw.objects.filter(committee=committee).order_by("-quarter"))
    draw = next((row for row in draws if first in (None, row.quarter)), None)
    if current is None or (draw is None and first):
        return None
    return public.DrawPage(
        slug=committee.slug,
        committee=committee.words,
        organisation=committee.organisation.short_words,
        demonstration=committee.organisation.demonstration,
        current=public.head(current),
        label=quarter(draw.quarter) if draw else "",
        drawn_on=draw.drawn_on if draw else None,
        seed=draw.seed if draw else "",
        candidates=_candidates(draw) if draw else (),
        quarters=tuple(public.quarter_link(row) for row in draws if row != draw),
    )


def _candidates(draw: LookBackDraw) -> tuple[public.DrawCandidate, ...]:
    keys = [row["sign_off"] for row in draw.candidates]
    signed = Entry.objects.filter(pk__in=keys).select_related("item__list").in_bulk()
    posts = Post.objects.in_bulk({pk for row in draw.candidates for pk in row["posts"]})
    looks = {look.sign_off_id: look for look in draw.looks.select_related("post", "entry")}
    found = []
    for row in draw.candidates:
        entry = signed[row["sign_off"]]
        said = row | {"signed_off_on": entry.happened_on}
        among = [posts[pk] for pk in row["posts"]]
        found.append(public.draw_candidate(said, draw, entry.item, looks.get(entry.pk), among))
    return tuple(sorted(found, key=lambda candidate: candidate.lot))
