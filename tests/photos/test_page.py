"""An item's public page with photos: pairs side by side, sizes known, the rest lazy."""

import re
from copy import deepcopy

import pytest

from tests import factories
from tests.factories import days

pytestmark = pytest.mark.django_db
IMAGE = re.compile(r"<img\s[^>]*>")


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("in_progress")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def page_of(client, item, prefix=""):
    return client.get(f"{prefix}/lists/{item.list.slug}/{item.number}/").content.decode()


def pair(item, spot, **said):
    for side in ("before", "after"):
        factories.public_photo(item, side=side, spot_title=spot, words=f"{spot}{side}", **said)


def test_pairs_stand_by_their_spots(client, item):
    pair(item, "东墙")
    pair(item, "西墙")
    factories.public_photo(item, words="施工现场")
    factories.photo(item, words="还没放行")

    page = page_of(client, item)

    order = [
        "东墙</h3>",
        "东墙before",
        "东墙after",
        "西墙</h3>",
        "西墙before",
        "其他照片",
        "施工现场",
    ]
    assert [page.index(word) for word in order] == sorted(page.index(word) for word in order)
    assert "还没放行" not in page


def test_each_photo_has_its_size_and_its_words(client, item):
    pair(item, "东墙")

    for image in IMAGE.findall(page_of(client, item)):
        assert 'width="64" height="48"' in image
        assert re.search(r'alt="东墙(before|after)"', image)


def test_only_the_first_pair_is_loaded_at_once(client, item):
    pair(item, "东墙")
    pair(item, "西墙")
    factories.public_photo(item, words="施工现场")

    lazy = ['loading="lazy"' in image for image in IMAGE.findall(page_of(client, item))]

    assert lazy == [False, False, True, True, True]


def test_missing_half_is_said(client, item):
    factories.public_photo(item, side="before", spot_title="东墙")

    assert "还没有整改后的照片" in page_of(client, item)


def test_page_without_photos_says_nothing_of_them(client, item):
    factories.photo(item)

    assert "看照片" not in page_of(client, item)
    assert "<img" not in page_of(client, item)


def test_page_asks_as_often_for_three_photos_as_for_one(
    client, item, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories.public_photo(item)
    with CaptureQueriesContext(connection) as one:
        page_of(client, item)
    pair(item, "东墙")

    with django_assert_num_queries(len(one)):
        page_of(client, item)


@pytest.mark.crawl
def test_six_photos_weigh_less_than_250_kb(client, item):
    from tests.photos import corpus

    file = corpus.saved(corpus.noise(1600, 1200))
    for number in range(6):
        factories.public_photo(
            item, file=file, words=f"{number}", taken_on=factories.TODAY - days(1)
        )
    page = page_of(client, item)

    found = re.findall(r'src="(/photos/[^"]+)"', page)
    weight = len(page.encode()) + sum(len(client.get(path).content) for path in found)

    assert len(found) == 6
    assert weight <= 250_000


def test_english_page_has_english_words_where_there_are_any(client, item):
    factories.public_photo(item, words="靠背已塌", words_en="The back has sagged")

    page = page_of(client, item, "/en")

    assert 'alt="The back has sagged"' in page


def test_chinese_words_on_an_english_page_say_so(client, item):
    factories.public_photo(item, words="靠背“已塌”<b>")

    page = page_of(client, item, "/en")

    assert 'alt="靠背“已塌”&lt;b&gt;" lang="zh-Hans"' in page
