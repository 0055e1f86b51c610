"""A committee's page of leaders' visits."""

from datetime import date

from items import shown
from items.compiled_queries import compiled_query, counted
from items.models import Committee, SiteVisit
from items.public_care import SiteVisit as Shown
from items.public_care import VisitsPage
from items.queries.rows import lists


def visits_page(slug: str, today: date) -> VisitsPage | None:
    """Return a committee's visits; None where it has published nothing at all."""
    committees = Committee.objects.without_tree_fields().select_related("organisation")
    committee = committees.filter(slug=slug).first()
    current = lists().filter(committee__slug=slug).order_by("-year", "-published_on").first()
    visits = SiteVisit.objects.filter(committee__slug=slug).select_related("post", "place")
    visits = tuple(_visit(each, committee.show_names) for each in visits)
    if committee is None or not (visits or current):
        return None
    return VisitsPage(
        committee=committee.words,
        organisation=committee.organisation.short_words,
        demonstration=committee.organisation.demonstration,
        current=shown.head(current) if current else None,
        visits=visits,
        count=sum(1 for visit in visits if not visit.withdrawn_on),
        as_of=today,
    )


def visits_of(committee: Committee) -> int:
    """Return how many visits a committee's leaders made, without those that were withdrawn."""
    return _visits.one(committee.pk) or 0


@compiled_query
def _visits(committee):
    return counted(SiteVisit.objects.filter(committee=committee, withdrawn_on=None))


def _visit(visit, show_names):
    return Shown(
        went_on=visit.went_on,
        post=visit.post.words,
        name=visit.name if show_names else "",
        where=visit.where,
        heard=visit.heard,
        withdrawn_on=visit.withdrawn_on,
        withdrawn_why=visit.withdrawn_why,
    )
