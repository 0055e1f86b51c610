"""A bulletin's public page: the stored bytes in a frame with hashes and errata; ways to it."""

import pytest
from django.test import Client

from items import actions
from items.models.bulletin import sha256_of
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


def address(item_list, number, prefix=""):
    return f"{prefix}/lists/{item_list.slug}/bulletins/{number}/"


def page_of(item_list, number, prefix=""):
    answer = Client().get(address(item_list, number, prefix))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("prefix", "name"), [("", "article"), ("/en", "article_en")])
def test_article_stands_there_byte_by_byte_with_its_hash(item, prefix, name):
    issued = factories.issued_bulletin(item.list, foreword="照实说 <b>")
    kept = getattr(issued, name)

    html = page_of(item.list, 1, prefix)

    begin, end = html.index("<article"), html.index("</article>") + len("</article>")
    assert html[begin:end] == kept
    assert sha256_of(html[begin:end]) in html[end:]
    assert issued.ledger_head in html[end:]


def test_large_type_shows_the_same_bytes(item):
    issued = factories.issued_bulletin(item.list)

    assert issued.article in page_of(item.list, 1, "/large")


def test_links_of_the_article_lead_to_the_items(item):
    factories.issued_bulletin(item.list)

    assert f'href="../../{item.number}/"' in page_of(item.list, 1)
    assert Client().get(f"/lists/{item.list.slug}/{item.number}/").status_code == 200


def test_draft_and_unknown_number_are_no_page(item):
    factories.bulletin(item.list)

    assert Client().get(address(item.list, 1)).status_code == 404
    assert Client().get(address(item.list, 2)).status_code == 404


def test_page_leaves_no_trace_and_is_the_same_for_everyone(item):
    factories.issued_bulletin(item.list)

    answer = Client().get(address(item.list, 1))

    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_erratum_is_linked_from_the_old_ones_frame_alone(item):
    first = factories.issued_bulletin(item.list)
    draft = factories.bulletin(item.list)
    said = {"of": first, "section": "due", "text": "第1件不在内", "now": NOW}
    actions.correct_bulletin(draft, by=factories.office_of(item), **said)
    assert "有更正" not in page_of(item.list, 1)  # not before it is issued

    factories.issue_bulletin(draft)

    html = page_of(item.list, 1)
    assert "“30天内到期”有更正，见2026年6月1日的第2期通报" in html
    assert f'href="{address(item.list, 2)}#errata"' in html
    assert fresh(first).article in html


def test_erasure_shows_both_hashes_in_the_frame(item):
    issued = factories.issued_bulletin(item.list)
    old = issued.sha256
    entry = item.entries.get(verb="start")
    actions.erase_words(entry, by=factories.office_of(item), reason="有名字", now=NOW)

    html = page_of(item.list, 1)

    assert old in html
    assert fresh(issued).sha256 in html
    assert "为保护隐私抹去" in html


def test_newest_stands_in_the_boards_line_of_truth(item):
    board = f"/lists/{item.list.slug}/"
    assert "期通报" not in Client().get(board).content.decode()
    factories.issued_bulletin(item.list)
    factories.issued_bulletin(item.list)
    factories.bulletin(item.list)

    html = Client().get(board).content.decode()

    assert f'<a href="{address(item.list, 2)}">第2期通报</a>' in " ".join(html.split())
    assert address(item.list, 1) not in html
    assert address(item.list, 3) not in html


@pytest.mark.parametrize("page", ["committee", "bulletin"])
def test_all_of_a_committee_stand_together_the_newest_first(item, page):
    """A committee without any below it has its board for a page: there they stand below each."""
    committee = item.list.committee
    if page == "committee":
        factories.publish(factories.Item(list__committee__parent=committee).list)
    for _number in (1, 2):
        factories.issued_bulletin(item.list)
    factories.bulletin(item.list)

    path = f"/committees/{committee.slug}/" if page == "committee" else address(item.list, 2)
    html = Client().get(path).content.decode()
    html = html[html.index('id="bulletins"') :]

    places = [html.find(address(item.list, number)) for number in (2, 1)]
    assert -1 not in places
    assert places == sorted(places)
    assert address(item.list, 3) not in html
