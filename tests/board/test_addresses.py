import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from items.states import Group
from tests import factories
from tests.board.reading import Page
from welfare.board.views import board, find, home, item
from welfare.templatetags import addresses


@pytest.mark.parametrize(
    ("path", "view", "said"),
    [
        ("/", home, {}),
        ("/lists/ironmaking-2026/", board, {"slug": "ironmaking-2026"}),
        ("/lists/a/resolved/", board, {"slug": "a", "group": "resolved"}),
        ("/lists/a/find/", find, {"slug": "a"}),
        ("/large/", home, {}),
        ("/large/lists/a/find/", find, {"slug": "a"}),
        ("/lists/a/18/", item, {"slug": "a", "number": 18}),
        ("/lists/a/999999/", item, {"slug": "a", "number": 999999}),
    ],
)
def test_address(path, view, said):
    match = resolve(path)

    assert (match.func, match.kwargs) == (view, said)


@pytest.mark.parametrize("group", Group.values)
def test_each_group_has_an_address(group):
    with translation.override("en"):
        assert reverse("board:group", args=["a", group]) == f"/en/lists/a/{group}/"


@pytest.mark.parametrize(
    "last", ["0", "007", "-1", "1000000", "9" * 40, "1e3", "٣", "draft", "pending_check", "late"]
)
def test_other_words_and_numbers_are_no_address(last):
    with pytest.raises(Resolver404):
        resolve(f"/lists/a/{last}/")


@pytest.mark.parametrize(
    ("path", "language", "other"),
    [
        ("/", "zh-hans", "/en/"),
        ("/en/", "en", "/"),
        ("/lists/a/4/", "zh-hans", "/en/lists/a/4/"),
        ("/en/lists/a/resolved/", "en", "/lists/a/resolved/"),
        ("/no/such/page/", "zh-hans", "/en/"),
        ("/en/no/such/page/", "en", "/"),
    ],
)
def test_other_language_has_the_same_page_or_else_its_home(path, language, other):
    with translation.override(language):
        assert addresses.other_language_url({"request": RequestFactory().get(path)}) == other
        assert addresses.other_language_url({"path": path}) == other


def test_other_language_without_a_path_is_its_home():
    with translation.override("zh-hans"):
        assert addresses.other_language_url({}) == "/en/"


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/", "/large/"),
        ("/en/", "/en/large/"),
        ("/lists/a/4/", "/large/lists/a/4/"),
        ("/en/large/lists/a/resolved/", "/en/lists/a/resolved/"),
        ("/large/lists/a/find/", "/lists/a/find/"),
        ("/no/such/page/", "/large/no/such/page/"),
        ("/en/large/no/such/page/", "/en/no/such/page/"),
        ("/large//evil.example/", "/evil.example/"),
        ("//evil.example/", "/large/evil.example/"),
        ('/"<b>%?/', "/large/%22%3Cb%3E%25%3F/"),
        ("/suggest/", ""),  # without a request: an answer to what was sent
        ("/admin/login/", ""),
        ("", ""),
    ],
)
def test_other_type_has_the_same_page(path, other):
    with translation.override("en" if path.startswith("/en/") else "zh-hans"):
        assert addresses.other_type_url({"path": path}) == other


@pytest.mark.parametrize(
    ("path", "language", "other"),
    [
        ("/large/lists/a/4/", "zh-hans", "/en/large/lists/a/4/"),
        ("/en/large/lists/a/", "en", "/large/lists/a/"),
        ("/large/no/such/page/", "zh-hans", "/en/large/"),
    ],
)
def test_other_language_keeps_the_type(path, language, other):
    with translation.override(language):
        assert addresses.other_language_url({"path": path}) == other


@pytest.fixture
def slug(db):
    return factories.published_item(list__slug="plant-2026").list.slug


def read(client, path):
    return Page(client.get(path).content.decode())


@pytest.mark.parametrize("prefix", ["/large", "/en/large"])
@pytest.mark.parametrize("path", ["/", "/lists/plant-2026/", "/lists/plant-2026/find/?q=a"])
def test_every_link_stays_in_large_type(client, slug, prefix, path):
    shown = read(client, prefix + path)

    stays = (f"{prefix}/", "#", "/suggest/", "/answer/", "/en/suggest/", "/en/answer/")
    elsewhere = [link for link in shown.links() if not link.startswith(stays)]
    assert shown.all("html", "large") != []
    assert len(elsewhere) == 2  # plain type, and the other language
    assert [form.attrs["action"] for form in shown.all("form")] == [
        f"{prefix}/lists/plant-2026/find/#found"
    ]


def test_missing_page_stays_in_large_type(client, db):
    shown = read(client, "/large/lists/none/")

    assert shown.all("html", "large") != []
    assert shown.links("onward") == ["/large/"]


def said_to_engines(shown):
    """Return what a page's head says of its addresses."""
    links = [link.attrs for link in shown.all("link") if "canonical" in link.attrs["rel"]]
    others = {
        link.attrs["hreflang"]: link.attrs["href"]
        for link in shown.all("link")
        if link.attrs["rel"] == "alternate" and "hreflang" in link.attrs
    }
    return [link["href"] for link in links], others


LIST = "/lists/plant-2026/"


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/", "/"),
        (f"/large{LIST}1/", f"{LIST}1/"),
        (f"{LIST}not_started/", f"{LIST}not_started/"),
        (f"{LIST}find/", LIST),
        (f"{LIST}find/?group=resolved", f"{LIST}resolved/"),
        (f"{LIST}find/?x=1&late=&group=resolved&q=%20a%20", f"{LIST}find/?q=a&group=resolved"),
        (f"{LIST}find/?q=浴 室", f"{LIST}find/?q=%E6%B5%B4+%E5%AE%A4"),
    ],
)
def test_page_names_its_one_plain_address_in_each_language(client, slug, settings, path, plain):
    settings.SITE_URL = "https://example.org"

    in_chinese, in_english = (said_to_engines(read(client, at)) for at in (path, f"/en{path}"))

    both = {"zh-hans": f"https://example.org{plain}", "en": f"https://example.org/en{plain}"}
    assert in_chinese == ([both["zh-hans"]], both)
    assert in_english == ([both["en"]], both)


@pytest.mark.parametrize("path", ["/lists/none/", "/no/such/page/", "/large/lists/none/1/"])
def test_missing_page_has_no_address_for_engines(client, db, path):
    assert said_to_engines(read(client, path)) == ([], {})


def test_other_language_and_type_keep_what_is_looked_for(client, slug):
    ways = read(client, f"{LIST}find/?q=a&late=1&junk=1").links()[2:4]

    assert ways == [f"/large{LIST}find/?q=a&late=1", f"/en{LIST}find/?q=a&late=1"]
