"""Feeds of what moved: valid Atom, permanent names, no minute, nothing but what is public."""

import re
from datetime import datetime

import pytest
from defusedxml import ElementTree
from django.test import Client

from items import actions
from items.models import Entry, Item
from tests import factories
from tests.board.reading import Page
from tests.factories import NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import ACTS, close_alone

pytestmark = pytest.mark.django_db

SLUG = "plant-2026"
ATOM = "{http://www.w3.org/2005/Atom}"
LIST, ITEM = f"/lists/{SLUG}.atom", f"/lists/{SLUG}/1.atom"
MIDNIGHT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00\+08:00")


@pytest.fixture
def item(committee):
    return factories.item_at("resolved", list__slug=SLUG, list__committee=committee)


def feed(path=LIST):
    return ElementTree.fromstring(Client().get(path).content)


def entries(path=LIST):
    return feed(path).findall(f"{ATOM}entry")


def said(path=LIST):
    return [entry.find(f"{ATOM}summary").text for entry in entries(path)]


# The grammar of RFC 4287 (appendix B): what may stand in what, and what of it once at most
PERSON = {"name", "uri", "email"}
BOTH = {"author", "category", "contributor", "id", "link", "rights", "title", "updated"}
MAY_HOLD = {
    "feed": BOTH | {"generator", "icon", "logo", "subtitle", "entry"},
    "entry": BOTH | {"content", "published", "source", "summary"},
    "author": PERSON,
    "contributor": PERSON,
}
ONCE = {"generator", "icon", "id", "logo", "rights", "subtitle", "title", "updated"}
ONCE |= {"content", "published", "source", "summary", "name"}


def misplaced(element):
    """Yield what the grammar doesn't let stand in an element of a feed, or in what that holds."""
    name = element.tag.removeprefix(ATOM)
    names = [child.tag.removeprefix(ATOM) for child in element]
    yield from (f"{child} in {name}" for child in set(names) - MAY_HOLD.get(name, set()))
    yield from (f"{child} twice in {name}" for child in ONCE if names.count(child) > 1)
    for child in element:
        yield from misplaced(child)


def faults(root):
    """Return what RFC 4287 misses in a feed."""
    found = list(misplaced(root))
    for one in [root, *root.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            if [bool(e.text) for e in one.findall(f"{ATOM}{name}")] != [True]:
                found.append(f"{one.tag}: one {name}")
        links = [e.attrib for e in one.findall(f"{ATOM}link")]
        found += [f"no IRI: {link}" for link in links if not link["href"].startswith("http")]
        if [link.get("rel") for link in links].count("alternate") != 1:
            found.append(f"{one.tag}: one alternate")
        for date in one.findall(f"{ATOM}updated") + one.findall(f"{ATOM}published"):
            datetime.fromisoformat(date.text)  # RFC 3339
            found += [] if MIDNIGHT.fullmatch(date.text) else [date.text]
        for kind in one.findall(f"{ATOM}summary"):
            found += [] if kind.get("type") in ("text", "html") else [kind.attrib]
    if not root.findall(f"{ATOM}author/{ATOM}name"):  # then each entry would need one
        found.append("no author")
    if not [e for e in root.findall(f"{ATOM}link") if e.get("rel") == "self"]:
        found.append("no self")
    ids = [e.text for e in root.iter(f"{ATOM}id")]
    return found + ([] if len(ids) == len(set(ids)) else ["an id twice"])


@pytest.mark.parametrize("path", [LIST, ITEM, f"/en{LIST}", f"/en{ITEM}"])
def test_feed_is_valid(item, client, path):
    response = client.get(path)
    root = ElementTree.fromstring(response.content)

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.tag == f"{ATOM}feed"
    assert faults(root) == []
    assert len(root.findall(f"{ATOM}entry")) > 2


def test_fault_of_a_feed_is_found(item):
    # The negative control
    root = feed()
    root.find(f"{ATOM}entry").remove(root.find(f"{ATOM}entry/{ATOM}id"))
    root.find(f"{ATOM}updated").text = "2026-06-01T09:31:07+08:00"

    assert len(faults(root)) == 2
    entry = root.findall(f"{ATOM}entry")[1]
    entry.append(entry.find(f"{ATOM}summary"))
    root.append(root.find(f"{ATOM}entry/{ATOM}published"))
    assert len(faults(root)) == 4


def test_names_are_permanent_and_tell_no_number(item):
    before = {e.find(f"{ATOM}id").text for e in entries()}
    ACTS["annotate"](Item.objects.get(pk=item.pk))  # an entry that stays inside
    factories.look_back(Item.objects.get(pk=factories.look_back_asked(item).item_id))

    after = {e.find(f"{ATOM}id").text for e in entries()}

    assert before < after
    hashes = Entry.objects.values_list("hash", "previous_hash")
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in after)
    assert not [name for name in after for pair in hashes for h in pair if h[:8] in name]


def test_other_key_gives_other_names(item, settings):
    before = {e.find(f"{ATOM}id").text for e in entries()}
    settings.SECRET_KEY = "another" * 10

    after = {e.find(f"{ATOM}id").text for e in entries()}

    assert before.isdisjoint(after - {feed().find(f"{ATOM}id").text})


def test_what_stays_inside_is_not_told(item):
    before = said()
    ACTS["annotate"](Item.objects.get(pk=item.pk))

    assert said() == before


def test_erased_words_are_gone(item):
    entry = item.entries.get(verb="claim")
    assert "座椅已换新" in "".join(said(ITEM))

    actions.erase_words(entry, by=factories.office_of(item), reason="写了姓名", now=NOW)

    assert "座椅已换新" not in Client().get(ITEM).content.decode()
    assert len(said(ITEM)) == 4  # the erasure is told, too


def test_words_can_be_no_markup(committee):
    item = factories.item_at("in_progress", list__slug=SLUG, list__committee=committee)
    text = "<script>alert(1)</script> & ]]> “”"
    actions.report_progress(item, by=factories.owner_of(item), text=text, now=NOW)

    (first, *_rest) = entries()

    assert "&lt;script&gt;" in first.find(f"{ATOM}summary").text
    assert "<script" not in Client().get(LIST).content.decode()


def test_item_has_its_own_moves_alone(item):
    other = factories.another(item)
    assert other.number == 2
    assert all(e.find(f"{ATOM}title").text.startswith("第1件") for e in entries(ITEM))
    assert feed(ITEM).find(f"{ATOM}title").text == f"第1件 {item.title}"


def test_feed_has_the_latest_first_and_not_all(committee):
    item = factories.item_at("in_progress", list__slug=SLUG, list__committee=committee)
    for number in range(55):
        item = Item.objects.get(pk=item.pk)
        now = at(PUBLISHED_ON + days(number + 2))
        actions.report_progress(item, by=factories.owner_of(item), text=f"做到{number}", now=now)

    told = said()

    assert len(told) == 50
    assert told[0] == "做到54"


def test_closed_list_tells_nothing_later(item):
    close_alone(item.list)
    before = said()

    assert any("关" in one or "结束" in one for one in before[:1])
    assert feed().find(f"{ATOM}updated").text.startswith(str(TODAY))


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_questions_does_not_grow(committee, django_assert_num_queries, count):
    items = [factories.Item(list__slug=SLUG, list__committee=committee)]
    items += [factories.another(items[0]) for _ in range(count - 1)]
    factories.publish(items[0].list)
    for item in items:
        factories.start(Item.objects.get(pk=item.pk), now=NOW)
    client = Client()
    client.get(LIST)

    with django_assert_num_queries(3):
        client.get(LIST)
    with django_assert_num_queries(4):
        client.get(ITEM)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("page", "files"),
    [
        (f"/lists/{SLUG}/", {"application/atom+xml": LIST, "text/calendar": f"/lists/{SLUG}.ics"}),
        (f"/lists/{SLUG}/1/", {"application/atom+xml": ITEM}),
    ],
)
def test_pages_name_their_files_in_the_head(client, item, prefix, page, files):
    shown = Page(client.get(prefix + page).content.decode())

    named = {
        link.attrs["type"]: link.attrs["href"]
        for link in shown.all("link")
        if link.attrs["rel"] == "alternate" and "type" in link.attrs
    }
    assert named == {kind: prefix + address for kind, address in files.items()}
    for kind, address in named.items():
        assert client.get(address).headers["Content-Type"].startswith(kind)
