"""A committee's page of leaders' visits."""

from datetime import date

from items import public
from items.compiled_queries import compiled_query, counted
from items.models import Committee, SiteVisit
from items.queries.rows import lists


def visits_page(slug: str, today: date) -> public.VisitsPage | None:
    """Return a committee's visits; None where it has published nothing at all."""
    committees = Committee.objects.without_tree_fields().select_related("organisation")
    committee = committees.filter(slug=slug).first()
    current = lists().filter(committee__slug=slug).order_by("-year", "-published_on").first()
    visits = SiteVisit.objects.filter(committee__slug=slug).select_related("post", "place")
    visits = tuple(public.site_visit(row, committee.show_names) for row in visits)
    if committee is None or not (visits or current):
        return None
    return public.VisitsPage(
        committee=committee.words,
        organisation=committee.organisation.short_words,
        demonstration=committee.organisation.demonstration,
        current=public.head(current) if current else None,
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
