"""Finding on a board: what a reader may send, and what the page answers."""

from datetime import date
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import QueryDict

from items.public import BoardSearch
from tests import factories
from tests.board.reading import Page
from tests.limits import limit
from welfare.board import forms

LIST = "/en/lists/plant-2026/"
FIND = f"{LIST}find/"


NEVER = date(2099, 12, 31)  # a deadline that no day of a test's run has passed


@pytest.fixture
def plant(db):
    """Publish a list of two items, each of its own category."""
    committee = factories.Committee()
    living, safety = (factories.Category(committee=committee, name=n) for n in ("设施", "安全"))
    first = factories.Item(
        title="改善浴室",
        category=safety,
        list__slug="plant-2026",
        list__committee=committee,
        due=NEVER,
    )
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    other = {"due": NEVER, "category": living, "list": first.list, **posts}
    factories.Item(title="更换座椅", title_en="New chairs", measures=["采购"], **other)
    factories.publish(first.list)
    return first.list


def read(client, **said):
    response = client.get(FIND, said)
    assert response.status_code == 200
    return Page(response.content.decode())


def numbers(shown):
    return [words.split()[0] for words in shown.words("h3")]


# What can be understood


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", BoardSearch()),
        ("q=%20%20", BoardSearch()),
        ("q=%E3%80%80room%E3%80%80%E3%80%801", BoardSearch(q="room 1")),  # full-width spaces
        ("q=%EF%BC%A1%EF%BC%92", BoardSearch(q="A2")),  # full-width letters
        ("q=a%00b%1f%E2%80%8Bc%0a", BoardSearch(q="a b c")),  # what can't be seen
        ("q=%ff%fe", BoardSearch(q="\ufffd\ufffd")),  # no UTF-8
        ("q=%ED%A0%80", BoardSearch(q="\ufffd\ufffd\ufffd")),  # half a character
        ("q=a&q=b", BoardSearch(q="b")),
        ("a[]=1&q[]=2&category[]=3", BoardSearch()),
        ("group=resolved&late=1&x=y", BoardSearch(group="resolved", late="1")),
    ],
)
def test_wishes_are_tidied(query, expected):
    assert forms.parse_search(QueryDict(query)) == (expected, False)


@pytest.mark.parametrize("text", ["长" * 61, "a" * 1_000_000, "\ufdfa" * 100_000, "a " * 500])
def test_long_words_are_shortened(text):
    said = QueryDict(mutable=True)
    said["q"] = text

    search, shortened = forms.parse_search(said)

    assert shortened
    assert 0 < len(search.q) <= forms.MAX_QUERY


# What the page answers


def test_page_says_how_many_of_how_many(client, plant):
    shown = read(client, q="NEW")

    assert shown.words("h2") == shown.words("title") == ["Found 1 of 2 items"]
    assert numbers(shown) == ["2"]
    assert shown.words("p", "equation") == [
        "2 promised = 0 resolved + 0 in progress + 2 not started"
    ]
    blocks = {a.attrs["href"]: a.attrs["class"].split() for a in shown.all("a", "block")}
    assert {link: "dim" in names for link, names in blocks.items()} == {
        f"{LIST}1/": True,
        f"{LIST}2/": False,
    }
    assert [a for a in shown.all("a") if "aria-current" in a.attrs] == []


def test_each_wish_can_be_taken_off(client, plant):
    category = str(plant.items.get(number=2).category_id)

    shown = read(client, q="座椅", category=category, group="not_started")

    wishes = [a for a in shown.all("a") if a.words.strip().startswith(("Take off", "Show all"))]
    assert [" ".join(a.words.split()) for a in wishes] == [
        "Take off “座椅” ×",
        "Take off Status: Not started ×",
        "Take off Category: 设施 ×",
        "Show all 2 items",
    ]
    words = "q=%E5%BA%A7%E6%A4%85"
    assert [a.attrs["href"] for a in wishes] == [
        f"{FIND}?group=not_started&category={category}#found",
        f"{FIND}?{words}&category={category}#found",
        f"{FIND}?{words}&group=not_started#found",
        f"{LIST}#found",
    ]


def test_last_wish_taken_off_leads_to_the_pages_that_are_there_already(client, plant):
    shown = read(client, q="a", group="resolved")

    wider = [a.attrs["href"] for a in shown.all("a") if "“a”" in a.words]
    assert f"{LIST}resolved/#found" in wider
    assert f"{LIST}#found" in read(client, q="a").links()


def test_no_match_says_how_to_widen(client, plant):
    shown = read(client, q="座椅", group="resolved")

    assert shown.words("h2") == ["None of the 2 items match"]
    assert shown.words("p", "hint") == ["No item fits all of this. Take something off:"]
    assert [words for words in shown.words("a") if "Without" in words or "Show" in words] == [
        "Without “座椅”",
        "Without “Resolved”: see all 2 items",
        "Show all 2 items",
    ]
    assert "Tell the activity office" not in shown.words("a")  # the list does say 座椅
    assert numbers(shown) == []


def test_words_that_nothing_says_are_told_so(client, plant):
    shown = read(client, q="直升机")

    assert shown.words("p", "hint") == ["No item of this list says “直升机”. Try another word, or:"]
    links = {a.words.strip(): a.attrs["href"] for a in shown.all("a")}
    assert links["Without “直升机”: see all 2 items"] == f"{LIST}#found"
    assert "Show all 2 items" not in links  # the same once more
    committee = plant.committee.slug
    told = f"/en/suggest/?to={committee}&sought=%E7%9B%B4%E5%8D%87%E6%9C%BA"
    assert links["Tell the activity office"] == told


@pytest.mark.parametrize("q", ["a&to=b", '"><script>', "第九件/?#", "100%"])
def test_words_reach_the_suggestion_as_they_are(client, plant, q):
    shown = read(client, q=q)

    (told,) = [a for a in shown.links() if "sought" in a]
    assert QueryDict(told.partition("?")[2]).getlist("sought") == [q]
    assert QueryDict(told.partition("?")[2])["to"] == plant.committee.slug


def test_form_keeps_what_was_said_and_needs_no_token(client, plant):
    category = str(plant.items.first().category_id)

    response = client.get(FIND, {"q": ' <b>"座椅 ', "category": category, "x": "1"})

    shown = Page(response.content.decode())
    chosen = [o.attrs["value"] for o in shown.all("option") if "selected" in o.attrs]
    assert [i.attrs["value"] for i in shown.all("input")] == ['<b>"座椅']
    assert chosen == [category]
    assert [f.attrs.get("method", "get") for f in shown.all("form")] == ["get"]
    assert shown.all("b") == [b for b in shown.all("b") if "座椅" not in b.words]
    assert not response.cookies


def test_options_say_how_many_items_they_leave(client, plant):
    shown = read(client)

    options = {o.words.strip(): o.attrs.get("lang") for o in shown.all("option")}
    assert options == {
        "All": None,
        "Not started (2)": None,
        "设施 (1)": "zh-Hans",
        "安全 (1)": "zh-Hans",
    }
    assert len(shown.all("label")) == len(shown.all("input")) + len(shown.all("select"))


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=a&q=b&category=1&category=2",
        "a[]=1&q[]=2",
        "category=" + "9" * 100_000,
        "place=-1&unit=%00&late=yes&group=draft",
        "q=" + "%E5%BA%A7" * 100_000,
        "q=%ff%fe%ED%A0%80",
        "&&&==&%",
        "q=%27%20OR%201=1--&q=%25",
        "q=<script>alert(1)</script>",
    ],
)
def test_odd_queries_are_answered(client, plant, query):
    response = client.get(f"{FIND}?{query}")

    assert response.status_code == 200
    assert len(response.content) < 40_000
    assert "<script" not in response.content.decode()
    assert "2 promised" in " ".join(Page(response.content.decode()).words("p", "equation"))


def test_filter_that_the_list_does_not_know_is_named(client, plant):
    shown = read(client, category="999999")

    assert shown.words("p", "hint") == [
        "This list doesn’t know one of these filters. It was left out."
    ]
    assert numbers(shown) == ["1", "2"]


def test_too_long_words_are_told_so(client, plant):
    shown = read(client, q="a" * 61)

    assert shown.words("p", "hint")[0] == (
        "That is long: only the first 60 letters were looked for."
    )
    assert shown.all("input")[0].attrs["value"] == "a" * 60


def test_thousands_of_parameters_are_a_bad_request(client, plant):
    # Django counts them before we see them; what matters is that it is no failure of the site.
    too_many = range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)
    assert client.get(FIND + "?" + "&".join(f"a{n}=1" for n in too_many)).status_code == 400


def test_unchanged_page_is_not_sent_twice(client, plant):
    first = client.get(FIND, {"q": "座椅"})

    again = client.get(FIND, {"q": "座椅"}, headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304
    assert client.get(FIND, {"q": "浴室"}).headers["ETag"] != first.headers["ETag"]


# Long lists


@pytest.fixture
def one_at_a_time(plant, monkeypatch):
    for name in ("board", "find"):
        limit(monkeypatch, import_module(f"items.queries.{name}"), PAGE_SIZE=1)


def links(shown):
    """Return where the pages lead, by their relation to this one, and where its copies are."""
    found = {a.attrs["rel"]: a.attrs["href"] for a in shown.all("a") if "rel" in a.attrs}
    found |= {each.attrs["rel"]: each.attrs["href"] for each in shown.all("link")}
    return {rel: found[rel].removeprefix(settings.SITE_URL) for rel in WHERE if rel in found}


WHERE = ("prev", "next", "canonical")


def test_pages_keep_the_wishes(client, one_at_a_time):
    wishes = {"q": "岗位", "group": "not_started"}
    first, second = (read(client, **wishes, page=page) for page in (1, 2))

    said = f"{FIND}?{urlencode(wishes)}"
    assert links(first) == {"next": f"{said}&page=2#found", "canonical": said}
    assert links(second) == {"prev": f"{said}#found", "canonical": f"{said}&page=2"}
    assert [numbers(first), numbers(second)] == [["1"], ["2"]]


@pytest.mark.parametrize("path", [LIST, f"{LIST}not_started/", FIND, f"{FIND}?late="])
def test_pages_lead_to_each_other(client, one_at_a_time, path):
    ask, mark = path.partition("?")[0], f"{path}&" if "?" in path else f"{path}?"
    canonical = LIST if ask == FIND else ask
    shown = [Page(client.get(f"{mark}page={n}").content.decode()) for n in (1, 2, 99, "x")]

    assert [numbers(page) for page in shown] == [["1"], ["2"], ["2"], ["1"]]
    assert [" ".join(page.words("nav")).count("of 2") for page in shown] == [1, 1, 1, 1]
    assert links(shown[0]) == {"next": f"{ask}?page=2#found", "canonical": canonical}
    assert links(shown[1]) == {"prev": f"{ask}#found", "canonical": f"{canonical}?page=2"}


@pytest.mark.parametrize("path", ["/lists/none/find/", "/en/large/lists/none/find/?q=a"])
def test_there_is_nothing_to_find_on_a_list_that_is_not_there(client, db, path):
    assert client.get(path).status_code == 404
