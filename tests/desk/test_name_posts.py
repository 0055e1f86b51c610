"""The post for releases, named at the desk: others only read it, and it shows among the posts."""

import pytest

from items.models import Committee
from tests import factories
from tests.desk.sending import address, said, text_of
from tests.items.actions.acts import enter, fresh
from welfare.desk.posts.forms import VACANT

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/committees/plant/name_releasing_post/"


@pytest.fixture
def item():
    return factories.item_at("in_progress", list__committee__slug="plant")


@pytest.fixture
def post(item):
    return factories.Post(committee=item.list.committee)


@pytest.fixture
def office(item, as_):
    return as_(factories.office_of(item))


def named():
    return Committee.objects.get(slug="plant").releasing_post


def test_it_is_missing_until_it_is_named(office, post):
    assert "没有指定岗位" in text_of(office.get("/desk/posts/"))

    response = office.post(ADDRESS, {"seen": 0, "post": post.pk}, follow=True)

    assert named() == post
    assert "没有指定岗位" not in text_of(response)
    assert post.name in text_of(response)


def test_none_is_named_only_in_so_many_words(office, post):
    office.post(ADDRESS, {"seen": 0, "post": post.pk})

    assert office.post(ADDRESS, {"seen": post.pk, "post": ""}).status_code == 422
    assert named() == post
    assert office.post(ADDRESS, {"seen": post.pk, "post": VACANT}).status_code == 302
    assert named() is None


def test_a_post_of_another_committee_is_no_choice(office):
    elsewhere = factories.Post()

    assert office.post(ADDRESS, {"seen": 0, "post": elsewhere.pk}).status_code == 422
    assert named() is None


def test_who_only_reads_may_not_and_strangers_see_nothing(as_, item, post):
    auditor = as_(factories.Role(committee=item.list.committee, kind="auditor").person)
    stranger = as_(factories.office(factories.Committee()))
    sent = {"seen": 0, "post": post.pk}

    assert [auditor.get(ADDRESS).status_code, auditor.post(ADDRESS, sent).status_code] == [403] * 2
    assert [stranger.get(ADDRESS).status_code, stranger.post(ADDRESS, sent).status_code] == (
        [404] * 2
    )
    assert named() is None


def test_its_holders_desk_shows_first_what_waits_for_release(office, as_, item, post):
    holder = post.holder(factories.TODAY)
    assert "待公布的代报" not in text_of(as_(holder).get("/desk/"))

    office.post(ADDRESS, {"seen": 0, "post": post.pk})
    enter(fresh(item))
    page = as_(holder).get("/desk/")

    assert [queue.key for queue in page.context["desk"].queues] == ["releases"]
    assert item.title in text_of(page)


def test_its_holder_releases_and_refuses_on_the_items_own_page(office, as_, item, post):
    office.post(ADDRESS, {"seen": 0, "post": post.pk})
    client = as_(post.holder(factories.TODAY))
    for verb in ("release", "refuse_entry"):
        enter(fresh(item))
        assert client.get(address(item, verb)).status_code == 200
        assert client.post(address(item, verb), said(verb, fresh(item))).status_code == 302

    assert [entry.role for entry in item.entries.order_by("-seq")[:3:2]] == ["releaser"] * 2
    assert client.get(address(item, "enter_for_owner")).status_code == 403


def test_posts_for_reviews_are_named_on_a_page_of_the_same_kind(office, item, post):
    at, first = ADDRESS.replace("releasing_post", "review_posts"), item.list.committee.review_post
    seen = office.get(at).context["form"].initial["seen"]

    sent = {"seen": seen, "post": first.pk, "second": first.pk}
    assert office.post(at, sent).status_code == 403
    assert office.post(at, sent | {"second": post.pk}).status_code == 302

    assert Committee.objects.get(slug="plant").review_posts == [first.pk, post.pk]
    assert post.name in text_of(office.get("/desk/posts/"))
    sent |= {"second": VACANT}
    assert office.post(at, sent).status_code == 409  # another saw what was named before
