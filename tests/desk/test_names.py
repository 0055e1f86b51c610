"""Names at the desk: what published lists show, and renaming it openly."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import Entry, Person
from items.words import Words
from tests import factories
from tests.desk.sending import text_of
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    """Return a published item that shows a name of every kind, and a unit that nobody shows."""
    committee = factories.Committee(show_names=True, slug="plant")
    of = {"committee": committee}
    looked_up = {
        "place": factories.Place(parent=factories.Place(**of), **of),
        "category": factories.Category(**of),
        "theme": factories.Theme(**of),
    }
    item = factories.Item(list__committee=committee, list__programme="民生工程", **looked_up)
    item.unit_shares.create(unit=factories.Unit(**of), role="lead")
    factories.Unit(name="没有用到的单位", **of)
    factories.publish(item.list)
    return fresh(item)


@pytest.fixture
def office(item, as_):
    return as_(factories.office_of(item))


def rows(item):
    """Yield what can be renamed, and the kind in its address."""
    committee = item.list.committee
    shown = [item.owner_post, item.supervisor_post, item.unit_shares.get().unit]
    shown += [item.place, item.place.parent, item.category, item.theme, committee, item.list]
    shown += [committee.organisation, factories.owner_of(item)]
    yield from ((row, row._meta.model_name) for row in shown)
    yield item.list, "programme"


def address(row, kind=""):
    return f"/desk/names/plant/{kind or row._meta.model_name}/{row.pk}/rename/"


def send(client, row, kind="", **changes):
    now = row.programme_words if kind == "programme" else row.shown_words
    fields = {"seen": now.zh, "seen_en": now.en, "name": "综合科", "name_en": "", "reason": "合并"}
    return client.post(address(row, kind), fields | changes)


def html(response):
    return response.content.decode()


def test_page_shows_what_the_lists_show_and_nothing_else(office, item):
    page = html(office.get("/desk/names/plant/"))

    for row, kind in rows(item):
        name = row.programme if kind == "programme" else row.shown_words.zh
        assert name in page, kind
        assert f'href="{address(row, kind)}"' in page, kind
    assert "没有用到的单位" not in page


def test_each_kind_is_renamed(office, item):
    for row, kind in rows(item):
        name = f"{kind}{row.pk}新名"
        response = send(office, row, kind, name=name)

        assert response.status_code == 302, (kind, text_of(response))
        now = fresh(row)
        assert (now.programme if kind == "programme" else now.shown_words.zh) == name
        page = text_of(office.get("/desk/names/plant/"))
        assert f"现已改名为“{name}”。 已记入1份清单的台账。" in page
    assert Entry.objects.filter(verb="rename").count() == len(list(rows(item)))


def test_page_of_each_kind_opens(office, item):
    for row, kind in rows(item):
        page = office.get(address(row, kind))

        assert page.status_code == 200, kind
        assert "改名" in text_of(page), kind


def test_what_was_typed_is_kept_with_the_refusal(office, item):
    response = send(office, item.owner_post, name=item.supervisor_post.name, reason="合并科室")

    assert response.status_code == 403
    assert "合并科室</textarea>" in html(response)
    assert f'value="{item.supervisor_post.name}"' in html(response)
    assert fresh(item.owner_post).name == item.owner_post.name


def test_empty_form_says_what_is_missing(office, item):
    response = send(office, item.owner_post, name="", reason="")

    assert response.status_code == 422
    assert "新名称" in text_of(response)


def test_second_of_two_sees_the_first_and_may_send_again(office, item):
    unit = item.unit_shares.get().unit
    send(office, unit)

    response = send(office, unit, name="后勤科")

    assert response.status_code == 409
    assert "综合科" in text_of(response)
    assert 'name="seen" value="综合科"' in html(response)
    assert send(office, fresh(unit), name="后勤科").status_code == 302


def test_personal_data_waits_for_a_second_yes(office, item):
    unit = item.unit_shares.get().unit
    asked = send(office, unit, name="找13812345678")

    assert asked.status_code == 403
    assert 'name="_yes"' in html(asked)
    assert send(office, unit, name="找13812345678", _yes="on").status_code == 302


WHO = {
    "office": (200, 302),
    "auditor": (403, 403),
    "owner": (404, 404),
    "supervisor": (404, 404),
    "administrator": (404, 404),
    "superuser": (404, 404),
    "office of another": (404, 404),
    "office above": (403, 403),
}


@pytest.fixture
def people(item):
    committee = item.list.committee
    above = factories.Committee(organisation=committee.organisation)
    committee.parent = above
    committee.save()
    return {
        "office": factories.office_of(item),
        "auditor": factories.Role(committee=committee, kind="auditor").person,
        "administrator": factories.Role(committee=committee, kind="administrator").person,
        "owner": factories.owner_of(item),
        "supervisor": factories.supervisor_of(item),
        "superuser": Person.objects.create(username="root", is_superuser=True),
        "office of another": factories.Role().person,
        "office above": factories.Role(committee=above).person,
    }


@pytest.mark.parametrize("who", WHO)
def test_who_opens_and_sends(people, as_, item, who):
    client = as_(people[who])

    statuses = client.get(address(item.owner_post)).status_code, send(client, item.owner_post)
    assert (statuses[0], statuses[1].status_code) == WHO[who]


@pytest.mark.parametrize(
    "path",
    [
        "/desk/names/no-such/",
        "/desk/names/plant/post/999999/rename/",
        "/desk/names/plant/no-such-kind/1/rename/",
        "/desk/names/plant/entry/1/rename/",
    ],
)
def test_there_is_nothing_else(office, path):
    assert office.get(path).status_code == 404


def test_name_of_no_published_list_is_not_renamed_here(office, item):
    post = factories.Post(committee=item.list.committee)

    assert office.get(address(post)).status_code == 404


def test_draft_shows_no_names(as_):
    item = factories.Item(list__committee__slug="drafting")

    assert as_(factories.office_of(item)).get("/desk/names/drafting/").status_code == 404


def test_questions_are_as_many_for_many_names(office, item):
    committee, asked = item.list.committee, []
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    office.get("/desk/names/plant/")
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            office.get("/desk/names/plant/")
        asked.append(len(queries))
        looked_up = {
            "place": factories.Place(committee=committee),
            "theme": factories.Theme(committee=committee),
        }
        more = factories.Item(list__committee=committee, **posts, **looked_up)
        factories.publish(more.list)
    assert asked[0] == asked[1]


def test_it_is_renamed_in_english_too(office, item):
    unit = item.unit_shares.get().unit
    send(office, unit, name_en="General office")

    assert fresh(unit).words == Words("综合科", "General office")
