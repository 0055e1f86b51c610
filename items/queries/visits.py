"""Leaders' visits: a committee's public page, and those that a person sees at the desk."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from items import public, staff
from items.models import Committee, Person, SiteVisit
from items.models.organisation import at_address
from items.queries.paging import nearest
from items.queries.rows import lists
from items.queries.suggestions import became_of_visits

PAGE = 50  # visits


def visits_page(slug: str, today: date, page: int = 1) -> public.VisitsPage | None:
    """Return a page of a committee's visits; None where it has published nothing at all."""
    committees = Committee.objects.without_tree_fields().select_related("organisation")
    committees = committees.annotate(
        visits=Count("site_visits"),
        withdrawn=Count("site_visits", filter=Q(site_visits__withdrawn_on__isnull=False)),
    )
    committee = committees.filter(at_address(slug)).first()
    slug = committee.slug if committee else slug  # whoever it is: the same questions
    current = lists().filter(committee__slug=slug).order_by("-year", "-published_on").first()
    visits = SiteVisit.objects.filter(committee__slug=slug).select_related("post", "place")
    count = committee.visits if committee else 0
    page, pages = nearest(page, count, PAGE)
    rows = list(visits[(page - 1) * PAGE : page * PAGE])
    became = became_of_visits(rows)
    if committee is None or not (rows or current):
        return None
    return public.VisitsPage(
        slug=slug,
        committee=committee.words,
        organisation=committee.organisation.short_words,
        demonstration=committee.organisation.demonstration,
        current=public.head(current) if current else None,
        visits=tuple(
            public.site_visit(row, committee.show_names, became.get(row.pk, [])) for row in rows
        ),
        count=count - committee.withdrawn,
        page=page,
        pages=pages,
        as_of=today,
    )


def visits_at_desk(person: Person, today: date) -> QuerySet[SiteVisit]:
    """Return the visits that a person may see, with all that `staff.site_visit` reads."""
    rows = SiteVisit.objects.visible_to(person, today).annotate(matters=Count("suggestions"))
    return rows.select_related("committee", "post", "place", "written_by")


def desk_visits(person: Person, today: date, *, page: int = 1) -> staff.VisitsPage:
    """Return one page of the visits that a person may see."""
    visits = visits_at_desk(person, today)
    count = visits.count()
    page, pages = nearest(page, count, PAGE)
    rows = list(visits.order_by("-went_on", "-pk")[(page - 1) * PAGE : page * PAGE])
    committees = {row.committee_id: row.committee for row in rows}
    return staff.VisitsPage(
        committees=tuple(staff.CommitteeLink(row.slug, row.words) for row in committees.values()),
        visits=tuple(map(staff.site_visit, rows)),
        count=count,
        page=page,
        pages=pages,
    )
