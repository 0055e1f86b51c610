"""What stands on a page of the desk is said in words: no tuple, no key, no None of the program."""

import re

import pytest
from zeal import zeal_ignore

from items import actions
from tests import factories
from tests.desk import every_address
from tests.desk.suggesting import at
from tests.items.actions.acts import ACTS, fresh
from welfare.desk.urls import urlpatterns

pytestmark = pytest.mark.django_db
RAW = re.compile(
    r"\('\w+',|\{'|\['|&#x27;\w+&#x27;[,:]|datetime\.|>\s*(None|True|False)\s*<|: None\b"
)


@pytest.fixture(autouse=True)
def _each_entry_stands_on_the_one_before():
    with zeal_ignore([{"model": "items.Chain", "field": "get()"}]):
        yield


def raw(response):
    if "html" not in response.headers["Content-Type"]:
        return []
    page = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.S)
    return [page[max(0, m.start() - 60) : m.end() + 20] for m in RAW.finditer(page)]


@pytest.fixture
def world():
    """Return every address; its suggestion was merged, taken up again and adopted."""
    world = every_address.world()
    suggestion, item = world["suggestion"], world["item"]
    who = {"by": factories.office_of(item), "now": factories.NOW}
    other = factories.suggestion(suggestion.committee)
    actions.merge(fresh(suggestion), into=other, text="一样的", **who)
    actions.take_up_again(fresh(suggestion), text="不一样", **who)
    actions.sort(fresh(suggestion), **who)
    actions.adopt(fresh(suggestion), items=[item], text="列入", **who)
    return world


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_page_of_the_desk_shows_one(as_, world, language):
    client = as_(factories.office_of(world["item"]))
    shown = {
        pattern.name: raw(client.get(language + every_address.path_of(pattern, world)))
        for pattern in urlpatterns
    }

    assert {name: found for name, found in shown.items() if found} == {}


@pytest.mark.parametrize("verb", ACTS)
def test_no_entry_shows_one_at_the_desk_or_in_the_admin(as_, verb):
    item = ACTS[verb].ready()
    ACTS[verb](item)
    office = factories.office_of(item)
    office.is_staff = True
    office.save()
    client = as_(office)
    entry = item.entries.order_by("seq").last()
    at_desk = client.get(f"/desk/lists/{item.list.slug}/{item.number}/")
    in_admin = client.get(f"/admin/items/entry/{entry.pk}/change/")

    assert (at_desk.status_code, in_admin.status_code) == (200, 200)
    assert raw(at_desk) + raw(in_admin) == []


def test_history_says_with_which_one_it_was_put_together(as_, world):
    suggestion = world["suggestion"]

    page = as_(factories.office_of(world["item"])).get(at(suggestion)).content.decode()

    (other,) = type(suggestion).objects.exclude(pk=suggestion.pk)
    assert f'href="/desk/suggestions/{other.pk}/"' in page


def test_raw_values_are_noticed():
    # The negative control.
    for text in ("('into', 87390)", "{'a': 1}", "<td>None</td>", "datetime.date(2026, 1, 1)"):
        assert RAW.search(text)
