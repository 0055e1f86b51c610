"""The tray of photos: those that are ticked are released, or hidden, each by itself."""

import pytest
from zeal import zeal_ignore

from items import actions
from items.models import Entry, Photo
from tests import factories
from tests.desk.sending import HERE, text_of
from tests.factories import NOW
from tests.items.actions.acts import fresh
from tests.items.desk.making import questions, several

pytestmark = pytest.mark.django_db
AT = "/desk/photos/release/"


@pytest.fixture(autouse=True)
def _each_photo_is_an_act_of_its_own():
    with zeal_ignore():
        yield


@pytest.fixture
def item():
    return factories.item_at("in_progress")


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


def values(photos):
    return [f"{photo.pk}.{photo.version}" for photo in photos]


def send(client, photos, answer="release", **said):
    return client.post(AT, {"photo": values(photos), "answer": answer, **said}, headers=HERE)


def states(photos):
    return [Photo.objects.get(pk=photo.pk).state for photo in photos]


def of(item, count):
    """Add photos to an item; no two show the same."""
    colours = ["red", "green", "blue", "gold", "gray"]
    known = item.photos.count()
    files = [factories.picture(colour) for colour in colours[known : known + count]]
    return [factories.photo(fresh(item), file=file, words="靠背塌了") for file in files]


def test_all_that_wait_stand_on_my_desk_with_their_ticks(office, item):
    photos = of(item, 3)

    page = office.get("/desk/")

    html = page.content.decode()
    for photo, value in zip(photos, values(photos), strict=True):
        assert f'value="{value}"' in html
        assert f"/entries/{photo.entry.seq}/photo-small.jpg" in html
    assert html.count("checked") == 3


def test_those_that_are_ticked_are_released_and_the_others_stay(office, item):
    photos = of(item, 3)

    response = send(office, photos[:2], next="/desk/")

    assert (response.status_code, response.url) == (302, "/desk/")
    assert states(photos) == ["public", "public", "waiting"]
    assert "已公布2张照片" in text_of(office.get("/desk/"))


def test_one_reason_hides_them_in_the_ledger_of_each_item(as_):
    item, other = several(2)
    office = as_(factories.office_of(item))
    photos = of(item, 1) + of(other, 1)

    assert send(office, photos, "hide", reason="看得见人脸").status_code == 302

    assert states(photos) == ["hidden", "hidden"]
    entries = Entry.objects.filter(verb="hide_photo").select_related("words")
    assert {(e.item_id, e.words.text, e.public) for e in entries} == {
        (item.pk, "看得见人脸", False),
        (other.pk, "看得见人脸", False),
    }


def test_hiding_without_a_reason_keeps_the_ticks(office, item):
    photos = of(item, 2)

    page = send(office, photos[:1], "hide", reason=" ")

    assert page.status_code == 422
    assert "请写明这些照片为什么不公布。" in text_of(page)
    assert [ticked.ticked for ticked in page.context["photos"]] == [True, False]
    assert states(photos) == ["waiting", "waiting"]


def test_nothing_ticked_is_said(office, item):
    of(item, 1)

    page = office.post(AT, {"answer": "release"}, headers=HERE)

    assert page.status_code == 422
    assert "请先给照片打勾。" in text_of(page)


def test_what_cannot_be_released_stays_ticked_with_the_reason(office, item):
    (good,) = of(item, 1)
    said = {"words": "拿钥匙打13812345678", "file": factories.picture("blue"), "yes": True}
    phone = factories.photo(fresh(item), **said)

    page = send(office, [good, phone])

    assert page.status_code == 409
    assert states([good, phone]) == ["public", "waiting"]
    (left,) = page.context["photos"]
    assert left.ticked
    assert "手机号 (138…78)" in left.why_not
    assert "勾选" not in left.why_not  # there is nothing to tick here
    assert "确需公开的，到下面那一页确认。" in text_of(page)


def test_photo_that_changed_meanwhile_is_not_released_unseen(office, item):
    (photo,) = of(item, 1)
    sent = values([photo])
    actions.correct_photo(
        photo,
        by=factories.office_of(item),
        field="words",
        value="换了说明",
        reason="写错",
        now=NOW,
    )

    page = office.post(AT, {"photo": sent, "answer": "release"}, headers=HERE)

    assert page.status_code == 409
    assert states([photo]) == ["waiting"]


def test_what_a_colleague_answered_meanwhile_is_told(office, as_, item):
    photos = of(item, 2)
    send(as_(factories.colleague_of(item)), photos[:1])

    response = send(office, photos, next="/desk/")

    assert response.status_code == 302
    assert states(photos) == ["public", "public"]
    assert "其中1张别人刚刚处理过了。" in text_of(office.get("/desk/"))


@pytest.mark.parametrize("who", ["owner", "supervisor"])
def test_only_the_office_has_the_tray(as_, item, who):
    photos = of(item, 1)
    client = as_(getattr(factories, f"{who}_of")(item))

    assert send(client, photos).status_code == 404
    assert states(photos) == ["waiting"]


def test_office_releases_no_photo_of_another_committee(office, item):
    elsewhere = factories.item_at("in_progress")
    photos = of(elsewhere, 1)

    send(office, photos)

    assert states(photos) == ["waiting"]


@pytest.mark.parametrize("value", ["x", "1", "1.2.3", "9999999999999.1", "１.1", "-1.0", ""])
def test_odd_values_are_no_photo(office, item, value):
    of(item, 1)

    assert office.post(AT, {"photo": value, "answer": "release"}).status_code == 422


def test_queue_shows_the_tray_of_its_page(office, item):
    photos = of(item, 2)

    page = office.get("/desk/photos/")

    assert [ticked.waits.pk for ticked in page.context["photos"]] == [p.pk for p in photos]


def test_as_many_questions_for_one_photo_as_for_five(office, item):
    of(item, 1)
    office.get("/desk/")
    one = questions(lambda: office.get("/desk/"))
    of(item, 4)

    assert questions(lambda: office.get("/desk/")) == one
