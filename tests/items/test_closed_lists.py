"""A closed list's pages are as of its closing day for ever: names, lateness, holders."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import actions, public, queries, staff
from items.words import Words
from tests import factories
from tests.factories import APPOINTED_ON, TODAY, at, days
from tests.items.actions.acts import change_year, choose, close, fresh

pytestmark = pytest.mark.django_db
CLOSED_ON = TODAY
LATER = TODAY + days(200)


@pytest.fixture
def item():
    """Return the item of a closed list, whose deadline had passed by two days."""
    committee = factories.Committee(show_names=True)
    of = {"committee": committee}
    looked_up = {
        "place": factories.Place(**of),
        "category": factories.Category(**of),
        "theme": factories.Theme(**of),
    }
    item = factories.Item(list__committee=committee, due=TODAY - days(2), **looked_up)
    item.unit_shares.create(unit=factories.Unit(**of), role="lead")
    factories.publish(item.list)
    factories.start(fresh(item), now=at(TODAY - days(3)))
    return fresh(item)


def pages(item, today):
    """Return what each page says of the list on a day."""
    slug, number = item.list.slug, item.number
    found = queries.find(slug, today, public.BoardSearch(late="overdue"))
    place = queries.place_page(item.place_id, today)
    return {
        # Which other lists run beside it is no matter of its own.
        "board": replace(queries.board(slug, today), running=(), earlier=()),
        "group": queries.board(slug, today, "in_progress"),
        "item": queries.item_page(slug, number, today),
        "theme": queries.theme_page(slug, item.theme_id, today),
        "place": [here for here in place.lists if here.head.slug == slug],
        "find": found,
    }


def test_nothing_ages_after_the_closing(item):
    close(item.list)
    then = pages(item, TODAY)

    assert pages(item, LATER) == then
    assert then["board"].rows[0].overdue_days == 2


def test_running_list_ages(item):
    assert pages(item, TODAY)["board"] != pages(item, LATER)["board"]  # the control


def shown_rows(item):
    unit = item.unit_shares.get().unit
    looked_up = [item.place, item.category, item.theme, unit]
    people = [factories.owner_of(item), factories.supervisor_of(item)]
    return [item.owner_post, item.supervisor_post, *looked_up, *people]


def test_names_stay_as_they_were(item):
    close(item.list)
    then = pages(item, TODAY)
    by, committee = factories.office(item.list.committee), item.list.committee

    rows = [*shown_rows(item), committee, committee.organisation]
    for number, row in enumerate(rows):
        en = "" if row._meta.model_name == "person" else f"New {number}"
        name = Words(f"新名{number}", en)
        actions.rename(fresh(row), name, committee=committee, reason="改名", by=by)

    now = pages(fresh(item), LATER)
    assert now == then
    assert queries.place_page(item.place_id, LATER).place.name.zh.startswith(
        "新名"
    )  # the present one


def test_running_list_shows_the_new_names_and_says_so(item):
    by, committee = factories.office(item.list.committee), item.list.committee
    name = Words("安全环保科", "Safety office")

    actions.rename(
        item.owner_post, name, committee=committee, reason="机构改革", by=by, now=at(TODAY)
    )

    page = queries.item_page(item.list.slug, item.number, TODAY)
    assert page.row.owner.post == name
    event = page.timeline[0]
    assert (event.verb, event.text, event.happened_on) == ("rename", "机构改革", TODAY)
    assert [value for _label, value in event.facts] == [item.owner_post.name, "安全环保科"]


@pytest.mark.parametrize("shown", [True, False])
def test_another_name_of_a_person_is_told_only_where_names_are_shown(item, shown):
    committee, person = item.list.committee, factories.owner_of(item)
    by, name = factories.office(committee), Words("改姓的人")
    actions.rename(person, name, committee=committee, reason="户口登记更正", by=by)
    committee.show_names = shown
    committee.save()

    page = queries.item_page(item.list.slug, item.number, TODAY)
    assert ("rename" in [event.verb for event in page.timeline]) is shown
    assert ("改姓的人" in str(page)) is shown


def test_another_programme_is_told_too(item):
    by, committee = factories.office(item.list.committee), item.list.committee
    given = {"programme": True, "reason": "上级文件", "by": by, "committee": committee}
    actions.rename(item.list, Words("民生实事工程"), **given)

    page = queries.item_page(item.list.slug, item.number, TODAY)
    assert page.timeline[0].text == "上级文件"


def test_what_an_item_does_not_show_is_not_in_its_story(item):
    committee = item.list.committee
    other = factories.Category(committee=committee)
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    factories.publish(factories.Item(list__committee=committee, category=other, **posts).list)
    by = factories.office(committee)
    actions.rename(other, Words("别的"), committee=committee, reason="改名", by=by)

    page = queries.item_page(item.list.slug, item.number, TODAY)
    assert "rename" not in [event.verb for event in page.timeline]


def test_old_entry_keeps_both_languages_of_a_posts_name(item):
    post = item.owner_post
    by, committee = factories.office(item.list.committee), item.list.committee
    for name in (Words("职员", "Clerk"), Words("书记", "Secretary")):
        actions.rename(fresh(post), name, committee=committee, reason="改名", by=by)
        if name.en == "Clerk":
            said = {"text": "装了一半", "by": factories.owner_of(fresh(item))}
            actions.report_progress(fresh(item), **said)

    page = queries.item_page(item.list.slug, item.number, LATER)
    (report,) = [event for event in page.timeline if event.verb == "report_progress"]
    assert report.post == Words("职员", "Clerk")


def test_holder_is_the_one_of_the_closing_day(item):
    close(item.list)
    before = factories.owner_of(item)
    by = factories.office(item.list.committee)
    new = {"since": TODAY + days(1), "by": by, "now": at(LATER)}
    actions.appoint(item.owner_post, factories.Person(), **new)

    page = queries.item_page(item.list.slug, item.number, LATER)
    assert page.row.owner.name == before.name
    assert APPOINTED_ON < CLOSED_ON


def test_names_of_closed_lists_are_read_at_once(item):
    close(item.list)
    committee = item.list.committee
    asked = []
    for year in (2024, 2023):
        asked.append(_count(lambda: queries.place_page(item.place_id, LATER)))
        given = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
        older = factories.ItemList(committee=committee, year=year)
        factories.publish(factories.Item(list=older, place=item.place, **given).list)
        close(older)
    asked.append(_count(lambda: queries.place_page(item.place_id, LATER)))
    assert len(set(asked)) == 1


def _count(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_both_lists_link_each_other_by_number(item):
    into = choose(item.list)
    assert queries.item_page(item.list.slug, item.number, LATER).carried_to == ()  # a draft still
    into.items.update(number=7)
    change_year(item, into, now=at(TODAY + days(9)))

    old = queries.item_page(item.list.slug, item.number, LATER)
    new = queries.item_page(into.slug, 7, LATER)

    assert [(c.slug, c.number, c.published_on) for c in old.carried_to] == [
        (into.slug, 7, TODAY + days(9))
    ]
    assert (new.carried_from.slug, new.carried_from.number) == (item.list.slug, item.number)
    assert new.carried_to == ()


def test_suggestions_do_not_end_with_the_list(item):
    factories.call(item.list.committee, opens_on=TODAY, closes_on=TODAY + days(9))
    close(item.list)

    assert queries.board(item.list.slug, TODAY).suggestions.call
    assert queries.board(item.list.slug, LATER).suggestions.call is None


def test_desk_too_shows_a_closed_list_as_of_its_closing(item):
    close(item.list)
    item, today = fresh(item), (TODAY, LATER)
    office = factories.office_of(item)

    for name, ask in {
        "list": lambda day: queries.list_page(item.list, day, staff.ItemSearch(late="overdue")),
        "pack": lambda day: queries.pack(item.list, day),
        "item": lambda day: queries.item_desk(item, office, day).line.row,
    }.items():
        then, later = map(ask, today)
        assert then == later, name


def test_list_closed_before_its_deadlines_has_nothing_overdue_later():
    with_time = factories.published_item(due=TODAY + days(5))
    close(with_time.list)

    page = queries.list_page(fresh(with_time.list), LATER, staff.ItemSearch(late="overdue"))

    assert page.rows == ()
