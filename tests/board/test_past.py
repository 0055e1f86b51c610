"""The pages of past days: what is linked, what is answered to days that nothing tells of."""

import pytest
from django.urls import reverse
from django.utils import timezone

from items import actions
from tests import factories
from tests.factories import days
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def item(today):
    """Return an item that was published forty days ago, and begun thirty days ago."""
    item = factories.Item(due=today + days(60))
    factories.publish(item.list, on=today - days(40))
    factories.start(fresh(item), now=factories.at(today - days(30)))
    return fresh(item)


def address(item, day, *group):
    name = "board:past_group" if group else "board:past"
    return reverse(name, args=[item.list.slug, day, *group])


def test_each_number_leads_to_what_it_counts_on_that_day(client, item, today):
    day = today - days(31)
    page = client.get(address(item, day)).content.decode()

    assert f'href="{address(item, day)}"' in page
    assert f'href="{address(item, day, "in_progress")}#found"' in page
    group = client.get(address(item, day, "not_started")).content.decode()
    assert item.title in group
    begun = client.get(address(item, day, "in_progress")).content.decode()
    assert "那一天这一类一件也没有。" in begun
    assert item.title in client.get(address(item, today, "in_progress")).content.decode()


def test_no_search_engine_takes_a_past_day_for_the_list(client, item, today, settings):
    for answer in (
        client.get(address(item, today - days(9))),
        client.get(reverse("board:days", args=[item.list.slug])),
    ):
        board = reverse("board:list", args=[item.list.slug])
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert f'<link rel="canonical" href="{settings.SITE_URL}{board}">' in answer.text


def test_days_outside_are_no_page_and_say_the_way(client, item, today):
    first = today - days(40)
    for day, nearest in ((first - days(1), first), (today + days(1), today)):
        answer = client.get(address(item, day))
        assert answer.status_code == 404
        assert f'href="{address(item, nearest)}"' in answer.text
        assert "X-Revision" not in answer.headers


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "2026-9-1", "yesterday", "0000-01-01"])
def test_malformed_days_are_no_address(client, item, day):
    assert client.get(f"/lists/{item.list.slug}/on/{day}/").status_code == 404


@pytest.mark.parametrize("typed", ["{0:%Y-%m-%d}", "{0:%Y}年{0.month}月{0.day}日", "{0:%Y/%m/%d}"])
def test_form_leads_to_the_day(client, item, today, typed):
    form = reverse("board:days", args=[item.list.slug])
    answer = client.get(form, {"day": typed.format(today)})

    assert (answer.status_code, answer.url) == (302, address(item, today))
    large = client.get(f"/large{form}", {"day": typed.format(today)})
    assert large.url == f"/large{address(item, today)}"


@pytest.mark.parametrize("typed", ["2026-02-30", "soon", "9" * 5000, "2026-02-30<b>"])
def test_form_says_what_is_no_day(client, item, typed):
    answer = client.get(reverse("board:days", args=[item.list.slug]), {"day": typed})

    assert (answer.status_code, 'role="alert"' in answer.text) == (200, True)
    assert "<b>" not in answer.text.split('role="alert"')[1].split("</p>")[0]


def test_weeks_bulletins_and_files_lead_to_days(client, item, today):
    slug = item.list.slug
    for name in ("changes", "files"):
        page = client.get(reverse(f"board:{name}", args=[slug])).text
        assert f'href="{reverse("board:days", args=[slug])}"' in page
    monday = today - days(21 + today.weekday())
    week = client.get(reverse("board:week", args=[slug, monday])).text
    assert f'href="{address(item, monday + days(6))}"' in week
    now = factories.at(today - days(2))
    bulletin = factories.issued_bulletin(fresh(item.list), now=now)
    page = client.get(reverse("board:bulletin", args=[slug, bulletin.number])).text
    assert f'href="{address(item, today - days(2))}"' in page


def test_what_is_overdue_is_counted_and_not_linked_to_today(client, item, today):
    row = fresh(item)
    said = {"field": "due", "value": today - days(20), "reason": "写错了"}
    actions.correct_item(
        row, by=factories.office_of(item), now=factories.at(today - days(39)), **said
    )
    page = client.get(address(item, today - days(1))).text

    assert "1件逾期" in page
    assert "late=overdue" not in page


def test_past_days_take_so_many_questions(client, item, today, django_assert_max_num_queries):
    for _more in range(3):
        factories.another(item)
    with django_assert_max_num_queries(22):
        client.get(address(item, today - days(1)))
