"""The page of a list's implementation plan: what it says, and since when, by the ledger."""

from items import public
from items.models import Entry
from items.queries.rows import list_at
from items.states import Verb


def plan_page(slug: str) -> public.PlanPage | None:
    """Return the plan of a published list; None where there is none."""
    item_list = list_at(slug)
    entries = Entry.objects.public().filter(list=item_list, verb=Verb.PUBLISH_PLAN)
    versions = [
        public.plan_version(entry) for entry in entries.select_related("words").order_by("-seq")
    ]
    if not versions:
        return None
    return public.PlanPage(public.head(item_list), versions[0], tuple(versions[1:]))
