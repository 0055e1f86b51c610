"""Files and API at their edges: what isn't there, other methods, caches, formulas, long lists."""

import csv
import gzip
import io

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from items import queries
from items.queries import open_data
from tests import factories
from tests.factories import NOW, TODAY
from tests.proxy.fronts import Scope
from welfare.api.addresses import page
from welfare.proxy.request import Request

pytestmark = pytest.mark.django_db

SLUG = "plant-2026"
API = f"/api/v1/lists/{SLUG}/"
PATHS = [f"/lists/{SLUG}.{kind}" for kind in ("json", "csv", "atom", "ics")]
PATHS += [f"/lists/{SLUG}/1.atom", API, f"{API}items/", f"{API}items/1/", f"{API}moves/"]
SITE = ["/api/v1/lists/", "/api/v1/", "/api/v1/openapi.json"]


@pytest.fixture
def item(committee):
    of = {"list__slug": SLUG, "list__committee": committee}
    return factories.item_at("in_progress", **of)


@pytest.mark.parametrize("path", [*PATHS, *SITE])
def test_answer_is_for_everyone_and_every_cache(item, path):
    first = Client().get(path)
    known = {"If-None-Match": first.headers["ETag"], "Origin": "https://elsewhere.example"}
    again = Client().get(path, headers=known)
    packed = Client().get(path, headers={"Accept-Encoding": "gzip"})
    head = Client().head(path)

    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Vary"] == "Accept-Encoding"
    assert (again.status_code, again.content) == (304, b"")
    for response in (first, again, head):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert not response.cookies
    assert (head.status_code, head.headers["ETag"]) == (200, first.headers["ETag"])
    if packed.headers.get("Content-Encoding") == "gzip":
        assert gzip.decompress(packed.content) == first.content


@pytest.mark.parametrize("path", [*PATHS, *SITE, "/robots.txt", "/sitemap.xml"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_refused(item, path, method):
    response = getattr(Client(), method)(path)

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("/en")])
def test_draft_and_unknown_list_have_none(committee, path):
    factories.Item(list__slug=SLUG, list__committee=committee)

    assert Client().get(path).status_code == 404
    assert Client().get(path.replace(SLUG, "none")).status_code == 404


@pytest.mark.parametrize(
    "path", [f"/lists/{SLUG}/2.atom", f"{API}items/2/", f"{API}items/999999/", f"{API}items/0/"]
)
def test_draft_and_unknown_item_have_none(item, path):
    factories.another(item)

    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/lists/", f"{API}items/", f"{API}moves/"])
@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=101", "limit=x", "limit=-1", "offset=-1", "offset=100001"),
        *("offset=99999999999999999999", f"limit={'9' * 400}", "offset=1e3"),
    ],
)
def test_pages_out_of_bounds_are_refused_with_the_reason(item, path, query):
    response = Client().get(f"{path}?{query}")

    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"][0] == "query"


@pytest.mark.parametrize("path", ["/api/v1/lists/", f"{API}items/", f"{API}moves/"])
def test_page_beyond_the_end_is_empty(item, path):
    told = Client().get(path, {"offset": 100_000}).json()

    assert told["items"] == []
    assert told["count"] > 0


def test_pages_together_are_the_whole(item):
    for _ in range(4):
        factories.Item(list__slug=f"another-{_}", list__committee=item.list.committee)
    whole = Client().get(f"{API}moves/", {"limit": 100}).json()
    pages = [
        Client().get(f"{API}moves/", {"limit": 1, "offset": at}).json()["items"]
        for at in range(whole["count"])
    ]

    assert [move for page in pages for move in page] == whole["items"]


def test_unknown_group_is_refused(item):
    assert Client().get(f"{API}items/", {"group": "draft"}).status_code == 422


def test_schema_is_openapi_and_says_what_each_field_means(db):
    schema = Client().get("/api/v1/openapi.json").json()

    assert schema["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(schema).validate()
    told = schema["components"]["schemas"]["OpenItem"]["properties"]
    assert [name for name, field in told.items() if not field.get("description")] == []
    assert {method for path in schema["paths"].values() for method in path} == {"get"}


def test_page_of_the_api_comes_from_here_alone(db):
    page = Client().get("/api/v1/").content.decode()

    assert "ninja/swagger-ui-bundle.js" in page
    assert "//" not in page.replace("</", "")  # no other site, and nothing for the CSP to stop
    assert "<style" not in page


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "“=”"])
def test_no_cell_is_a_formula(committee, text):
    of = {"list__slug": SLUG, "list__committee": committee, "problem": text}
    factories.published_item(**of)
    content = Client().get(f"/lists/{SLUG}.csv").content
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))

    assert content.startswith(b"\xef\xbb\xbf")
    assert not row["存在问题"].startswith(("=", "+", "-", "@", "\t"))
    assert row["存在问题"].endswith(text.strip())


def test_help_for_a_family_is_told_as_on_its_page(committee):
    of = {"list__slug": SLUG, "list__committee": committee}
    item = factories.item_at("resolved", hardship=True, remark="张三家", budget="2000元", **of)
    bodies = "".join(Client().get(path).content.decode() for path in PATHS)

    assert item.title in bodies
    assert Client().get(f"{API}items/1/").json()["hardship"] is True
    assert [word for word in ("张三家", "2000元", item.code) if word in bodies] == []


@pytest.mark.parametrize("path", [PATHS[0], PATHS[1], f"{API}items/"])
@pytest.mark.parametrize("count", [1, 3])
def test_number_of_questions_does_not_grow(committee, django_assert_num_queries, path, count):
    first = factories.Item(list__slug=SLUG, list__committee=committee)
    for _ in range(count - 1):
        factories.another(first)
    factories.publish(first.list)
    client = Client()
    client.get(path)

    with django_assert_num_queries(10 if path.startswith("/api") else 9):
        client.get(path)


def test_long_list_is_read_in_pieces(committee, monkeypatch):
    first = factories.Item(list__slug=SLUG, list__committee=committee)
    for _ in range(4):
        factories.another(first)
    factories.publish(first.list)
    at_once = queries.whole_list(SLUG, TODAY, page)
    items = list(at_once.items)

    monkeypatch.setattr(open_data, "CHUNK", 2)
    in_pieces = queries.whole_list(SLUG, TODAY, page)

    assert list(in_pieces.items) == items
    assert in_pieces.shown() == at_once.shown()
    assert [item.number for item in items] == [1, 2, 3, 4, 5]


def test_addresses_for_search_engines(item, monkeypatch):
    robots = Client().get("/robots.txt").content.decode()
    pages = Client().get("/sitemap.xml").content.decode()
    factories.issued_bulletin(item.list, now=NOW)
    more = Client().get("/sitemap.xml").content.decode()
    monkeypatch.setattr(open_data, "ADDRESSES", 1)

    for line in ("Allow: /", "Disallow: /desk/", "Disallow: /en/admin/", "Disallow: /suggest/"):
        assert line in robots.splitlines()
    assert robots.splitlines()[-1].endswith("/sitemap.xml")
    assert pages.count("<loc>") == 4  # list and item, in two languages
    assert pages.count('hreflang="en"') == pages.count('hreflang="zh-hans"') == 4
    assert f"/en/lists/{SLUG}/bulletins/1/</loc>" in more
    assert Client().get("/sitemap.xml").content.count(b"<loc>") == 2
    assert queries.addresses().items == []


def test_drafts_are_in_no_site_map(committee):
    draft = factories.Item(list__committee=committee).list

    assert draft.slug not in Client().get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("path", [*PATHS, "/sitemap.xml", "/api/v1/lists/"])
def test_programs_take_no_readers_place(path):
    assert Request.of(Scope("GET", path, [])).kind == "data"


@pytest.mark.parametrize("path", ["/", f"/lists/{SLUG}/", "/share/x.png", "/robots.txt"])
def test_readers_have_theirs(path):
    assert Request.of(Scope("GET", path, [])).kind == "public"


def test_board_and_item_name_their_data(item):
    board = Client().get(f"/lists/{SLUG}/").content.decode()
    page = Client().get(f"/en/lists/{SLUG}/1/").content.decode()
    files = Client().get(f"/lists/{SLUG}/files/").content.decode()

    for path in PATHS[:4]:
        assert f'href="{path}"' in files
    for path in PATHS[
        2:4
    ]:  # the feed and the calendar; the board's first load has no room for more
        assert f'href="{path}"' in board
    assert f'href="/en/lists/{SLUG}/1.atom"' in page
