"""A list that is printed: items in each state, one overdue, one for a family."""

from items.models import Item, ItemList
from tests import factories
from tests.factories import PUBLISHED_ON, days

SLUG = "plant-2026"


def published(committee, statuses, slug=SLUG, **columns):
    """Return a list that was published with an item for each status, all brought there."""
    of = factories.ItemList(slug=slug, committee=committee)
    for number in range(1, len(statuses) + 1):
        how = {"title": f"改善第{number:03}号岗位", "hardship": number == 10} | columns
        late = {"due": PUBLISHED_ON + days(9)} if number == 17 else {}
        factories.Item(list=of, number=number, **how, **late)
    factories.publish(of)
    for item, status in zip(Item.objects.filter(list=of), statuses, strict=True):
        for day, act in enumerate(factories.ROADS[status], start=1):
            act(item, now=factories.at(PUBLISHED_ON + days(day)))
    return ItemList.objects.get(pk=of.pk)
