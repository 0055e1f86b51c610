"""The page of a list's implementation plan: what it says, and since when, by the ledger."""

from items import shown
from items.models import Entry
from items.public_care import PlanPage, PlanVersion
from items.queries.rows import list_at
from items.states import Verb
from items.words import Words


def plan_page(slug: str) -> PlanPage | None:
    """Return the plan of a published list; None where there is none."""
    item_list = list_at(slug)
    entries = Entry.objects.public().filter(list=item_list, verb=Verb.PUBLISH_PLAN)
    versions = [_version(entry) for entry in entries.select_related("words").order_by("-seq")]
    if not versions:
        return None
    return PlanPage(shown.head(item_list), versions[0], tuple(versions[1:]))


def _version(entry):
    words = entry.words
    return PlanVersion(
        published_on=entry.happened_on,
        reason=words.text,
        plan=Words(words.new, words.evidence),
        erased_on=words.erased_on,
    )
