"""The meeting pack at the desk: what has to be decided, read, printed and written down."""

import re
from functools import partial

import pytest
from django.utils.timezone import localdate

from items import actions, queries, rules
from items.models import Entry, Holding, Item
from items.queries.pack import DECISIONS
from items.standing import Standing
from items.states import ListStatus
from tests import factories
from tests.factories import DUE, NOW, TODAY, at, days
from tests.items.actions.acts import ask, close, enter, fresh
from tests.items.desk.making import busy, everybody, questions, set_task, several
from welfare.desk.views.pack import HEADINGS

pytestmark = pytest.mark.django_db

FORM = re.compile(r'<details class="decide">.*?</details>', re.DOTALL)
FIELD = re.compile(r'<input type="hidden" name="(version|last_seq|next)" value="([^"]*)"')
POINT = re.compile(r'<section class="agenda-point" id="(\w+)">\s*<h2>[^<]+<b>(\d+)</b>')


@pytest.fixture(autouse=True)
def _after_the_deadlines(time_machine):
    time_machine.move_to(at(DUE + days(5)), tick=False)


def address(item):
    return f"/desk/lists/{item.list.slug}/pack/"


def page(client, item, person):
    client.force_login(person)
    response = client.get(address(item))
    assert response.status_code == 200
    return response.content.decode()


def points(html):
    return {key: int(count) for key, count in POINT.findall(html)}


def hidden(html, nth=0):
    """Return what a form of the page gives back beside what is typed."""
    return dict(FIELD.findall(FORM.findall(html)[nth]))


def decided(client, item, **said):
    said = {"text": "核对到货日期", "who": "owner", "by_when": localdate() + days(9)} | said
    return client.post(f"/desk/lists/{item.list.slug}/{item.number}/set_task/", said)


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
    assert html.count("无。") == 6


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
    Holding.objects.filter(post=item.supervisor_post).update(until=TODAY)

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
        client.force_login(person)
        assert client.get(address(item)).status_code == 404


def test_draft_has_no_pack(client):
    item = factories.Item()
    client.force_login(factories.office_of(item))

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
    client.force_login(factories.office_of(item))

    assert client.post(address(item)).status_code == 405


def test_closed_list_is_read_and_nothing_is_written(client):
    (item,) = several(1)
    set_task(item)
    close(item.list)

    html = page(client, item, factories.office_of(item))

    assert fresh(item.list).status == ListStatus.CLOSED
    assert not FORM.search(html)
    assert "finish_task" not in html


# Writing down what was decided


def test_decision_is_written_down_and_leads_back_to_its_row(client):
    (item,) = several(1)
    html = page(client, item, factories.office_of(item))

    response = decided(client, item, **hidden(html))

    assert response.status_code == 302
    assert response.headers["Location"] == f"{address(item)}#overdue-1"
    (task,) = Entry.objects.tasks()
    assert (task.words.text, task.facts["who"], task.public) == ("核对到货日期", "owner", False)
    assert points(page(client, item, factories.office_of(item)))["tasks"] == 1


def test_form_offers_what_the_verb_takes(client):
    (item,) = several(1)

    form = FORM.findall(page(client, item, factories.office_of(item)))[0]

    names = set(re.findall(r'name="(\w+)"', form)) - {"csrfmiddlewaretoken"}
    assert names == {"version", "last_seq", "next", "text", "who", "by_when"}
    assert re.findall(r'name="who" value="(\w+)"', form) == ["owner", "supervisor", "office"]


def test_identifiers_are_unique_where_an_item_stands_at_several_points(client):
    (item,) = several(1)
    ask(item)
    set_task(fresh(item))

    html = page(client, item, factories.office_of(item))

    found = re.findall(r' id="([^"]+)"', html)
    assert len(FORM.findall(html)) >= 3
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "/desk/", "//pack/", "pack"])
def test_only_the_pack_is_led_back_to(client, elsewhere):
    (item,) = several(1)
    html = page(client, item, factories.office_of(item))

    response = decided(client, item, **(hidden(html) | {"next": elsewhere}))

    assert response.headers["Location"] == f"/desk/lists/{item.list.slug}/{item.number}/"


def test_pack_of_another_list_is_not_led_back_to(client):
    (item,), (other,) = several(1), several(1)
    html = page(client, item, factories.office_of(item))

    response = decided(client, item, **(hidden(html) | {"next": address(other)}))

    assert response.headers["Location"] == f"/desk/lists/{item.list.slug}/{item.number}/"


def test_form_that_lacks_something_keeps_the_words_and_the_way_back(client):
    (item,) = several(1)
    html = page(client, item, factories.office_of(item))

    response = decided(client, item, **(hidden(html) | {"who": ""}))

    again = response.content.decode()
    assert response.status_code == 422
    assert "核对到货日期" in again
    assert f'name="next" value="{address(item)}#overdue-1"' in again
    assert not Entry.objects.tasks().exists()


@pytest.mark.parametrize(("seen_anew", "status"), [(False, 409), (True, 302)])
def test_decision_on_what_changed_meanwhile_is_shown_it_first(client, seen_anew, status):
    # The negative control: with the version that is there now, the same is written down.
    (item,) = several(1)
    office = factories.office_of(item)
    said = hidden(page(client, item, office))
    actions.report_progress(item, by=factories.owner_of(item), text="到货两台", percent=50)
    if seen_anew:
        said = hidden(page(client, item, office))

    response = decided(client, item, **said)

    assert response.status_code == status
    assert Entry.objects.tasks().exists() == seen_anew
    if not seen_anew:
        again = response.content.decode()
        assert "到货两台" in again
        assert "核对到货日期" in again


def test_whoever_is_not_of_the_office_decides_nothing(client):
    (item,) = several(1)
    said = hidden(page(client, item, factories.office_of(item)))
    client.force_login(factories.owner_of(item))

    assert decided(client, item, **said).status_code == 403
    assert not Entry.objects.tasks().exists()


def test_extension_is_decided_on_its_own_page_and_leads_back(client):
    (item,) = several(1)
    ask(item)
    client.force_login(factories.office_of(item))
    decide = f"/desk/lists/{item.list.slug}/{item.number}/decide_extension/"

    html = client.get(f"{decide}?agreed=yes&next={address(item)}%23extensions-1").content.decode()

    assert re.search(r'value="yes"[^>]* checked', html)
    said = dict(re.findall(r'name="(version|last_seq|next)" value="([^"]*)"', html))
    response = client.post(decide, said | {"agreed": "yes", "reason": "情况属实"})
    assert response.headers["Location"] == f"{address(item)}#extensions-1"
    assert points(page(client, item, factories.office_of(item)))["extensions"] == 0


def test_whoever_asked_does_not_decide_and_reads_why(client):
    item = factories.Item()
    office = factories.office_of(item)
    item.handlers.add(office)
    factories.publish(item.list)
    item = fresh(item)
    actions.ask_extension(item, by=office, reason="供货晚", new_due=localdate() + days(90))

    html = page(client, item, office)

    assert "decide_extension" not in html
    assert rules.why_not("decide_extension", office, item) in html


# What the office may enter, read at once


def test_decisions_are_what_the_rules_say():
    items = busy(1)
    office, owner = factories.office_of(items[0]), factories.owner_of(items[0])
    factories.withdraw(fresh(items[4]), now=NOW)
    items = list(Item.objects.filter(list=items[0].list))

    found = queries.decisions(items, office, TODAY)

    assert found == {
        item.pk: {verb: rules.why_not(verb, office, item, today=TODAY) for verb in DECISIONS}
        for item in items
    }
    assert {said["decide_extension"] for said in found.values()} > {""}
    assert queries.decisions(items, owner, TODAY) == {}
    assert not Standing(owner, items[0], TODAY).is_office


# How often the database is asked


@pytest.mark.parametrize("who", ["office", "owner"])
def test_pack_asks_no_more_for_more_rows(client, who):
    asked = []
    for count in (1, 3, 8):
        item = busy(count)[0]
        client.force_login(getattr(factories, f"{who}_of")(item))
        asked.append(questions(partial(client.get, address(item))))

    assert asked[0] == asked[1] == asked[2]
