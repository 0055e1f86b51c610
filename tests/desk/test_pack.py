"""The meeting pack at the desk: what has to be decided, to read and to print."""

import re
from functools import partial

import pytest
from django.utils.timezone import localdate

from items import queries
from items.states import ListStatus
from tests import factories
from tests.desk.logged_in import log_in
from tests.desk.pack_pages import FORM, address, page, points
from tests.factories import DUE, at, days
from tests.items.actions.acts import ask, close, enter, fresh, settle
from tests.items.desk.making import busy, everybody, questions, set_task, several
from welfare.desk.lists.pack import HEADINGS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_deadlines(time_machine):
    time_machine.move_to(at(DUE + days(5)), tick=False)


# What it shows


def test_points_stand_in_the_order_of_the_meeting_with_their_counts(client):
    items = busy(1)
    item_list, today = items[0].list, localdate()

    html = page(client, items[0], factories.office_of(items[0]))

    packed = queries.pack(item_list, today)
    assert list(points(html)) == [*HEADINGS, "gaps"]
    assert points(html) == {key: len(getattr(packed, key)) for key in [*HEADINGS, "gaps"]}
    assert points(html)["extensions"] == points(html)["tasks"] == 1


def test_counts_are_those_of_the_board(client):
    items = busy(2)
    slug = items[0].list.slug
    board = client.get(f"/lists/{slug}/").content.decode()

    html = page(client, items[0], factories.office_of(items[0]))

    equation = re.compile(r'<p class="equation.*?</p>', re.DOTALL)
    figures = re.compile(r"<b>(\d+)</b> <span>([^<]+)</span>")
    assert figures.findall(equation.search(html)[0]) == figures.findall(equation.search(board)[0])
    late = queries.board(slug, localdate())
    assert points(html)["overdue"] == late.overdue_count > 0


def test_empty_points_say_so(client):
    (item,) = several(1, "withdrawn")

    html = page(client, item, factories.office_of(item))

    found = points(html)
    assert (sum(found.values()), found["gaps"]) == (1, 1)  # the only leader owns nothing more
    assert html.count("无。") == 10


def test_row_tells_who_and_why_and_leads_to_the_item(client):
    (item,) = several(1)
    ask(item)

    html = page(client, item, factories.office_of(item))

    assert str(item.owner_post) in html
    assert factories.owner_of(item).name in html
    assert "供货晚" in html
    assert "2026年8月31日" in html
    assert f'href="/desk/lists/{item.list.slug}/{item.number}/"' in html
    assert f"/{item.number}/decide_extension/?agreed=yes&amp;next={address(item)}%23" in html


def test_gap_is_told_in_its_sentence(client):
    (item,) = several(1)
    factories.vacate(item.supervisor_post)

    html = page(client, item, factories.office_of(item))

    assert f"岗位“{item.supervisor_post}”空缺" in html


def test_paper_has_no_forms_and_a_line_for_each_row(client, settings):
    items = busy(1)
    html = page(client, items[0], factories.office_of(items[0]))
    css = (settings.BASE_DIR / "static/css/pack.css").read_text(encoding="utf-8")
    on_paper = css.partition("@media print")[2]

    # Every form, button and way out of the page stands in something that paper leaves out.
    hidden_on_paper = on_paper.partition("{ display: none; }")[0]
    for part in (".top", ".agenda", ".enter", ".decide", ".said", ".pack-head button"):
        assert part in hidden_on_paper
    main = html.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in FORM.sub("", main)
    assert html.count('class="ruled"') == sum(points(html).values())
    assert "counter(page)" in on_paper


# Who reads it


def test_everybody_of_the_committee_reads_it_and_the_office_writes(client):
    (item,) = several(1)
    set_task(item)
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    item.list.committee.parent = factories.Committee()
    item.list.committee.save()
    above = factories.office(item.list.committee.parent)

    for person in [*everybody(item), auditor, above]:
        html = page(client, item, person)
        is_office = person == factories.office_of(item)
        assert bool(FORM.search(html)) == is_office
        assert ("finish_task" in html) == is_office


def test_what_waits_to_be_released_is_no_matter_for_the_meeting(client):
    (item,) = several(1)
    enter(item)

    assert "代填" not in page(client, item, factories.owner_of(item))


def test_to_strangers_it_does_not_exist(client):
    (item,) = several(1)

    for person in (factories.Person(), factories.office(factories.Committee())):
        log_in(client, person)
        assert client.get(address(item)).status_code == 404


def test_draft_has_no_pack(client):
    item = factories.Item()
    log_in(client, factories.office_of(item))

    assert client.get(address(item)).status_code == 404


def test_without_a_login_it_asks_for_one(client):
    (item,) = several(1)

    response = client.get(address(item))

    assert (response.status_code, response.headers["Location"].split("?")[0]) == (
        302,
        "/account/login/",
    )


def test_it_is_only_read(client):
    (item,) = several(1)
    log_in(client, factories.office_of(item))

    assert client.post(address(item)).status_code == 405


def test_closed_list_is_read_and_nothing_is_written(client):
    (item,) = several(1)
    set_task(item)
    settle(item.list)
    close(item.list)

    html = page(client, item, factories.office_of(item))

    assert fresh(item.list).status == ListStatus.CLOSED
    assert not FORM.search(html)
    assert "finish_task" not in html


# How often the database is asked


def test_pack_asks_no_more_for_more_rows(client):
    asked = {"office": [], "owner": []}
    for count in (1, 2):
        item = busy(count)[0]
        for who, counts in asked.items():
            log_in(client, getattr(factories, f"{who}_of")(item))
            counts.append(questions(partial(client.get, address(item))))

    assert [len(set(counts)) for counts in asked.values()] == [1, 1]
