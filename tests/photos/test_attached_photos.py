"""Photos that come along with a report, a claim, a visit or a check: with them, or not at all."""

from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from items import actions, queries
from items.ledger.verify import verify
from items.models import Entry, Photo
from tests import factories
from tests.desk.conftest import as_, on_the_day
from tests.desk.sending import address, said, text_of
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, change_year, fresh, happens
from tests.photos.test_actions import names, release
from tests.photos.test_desk import BAD, upload

__all__ = ["as_", "on_the_day"]
pytestmark = pytest.mark.django_db
CARRYING = ["report_progress", "claim", "log_visit", "sign_off", "send_back"]


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("in_progress")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def two():
    return [factories.picture(), factories.picture("blue")]


@pytest.mark.parametrize("verb", CARRYING)
def test_act_brings_its_photos_along(verb, folder):
    act = ACTS[verb]
    item = act.ready()

    entry = act(item, photos=two(), photo_words="东墙新座椅")

    photos = Photo.objects.all()
    assert entry.verb == verb
    side = "after" if verb in ("claim", "sign_off") else "during"
    assert [(each.words, each.side, each.state) for each in photos] == [
        ("东墙新座椅", side, "waiting")
    ] * 2
    assert [(each.entry.about, each.entry.role, each.entry.public) for each in photos] == [
        (entry, act.who, False)
    ] * 2
    assert len(names(folder)) == 4
    assert fresh(item).last_news == entry
    assert verify(item.list) == []


@pytest.mark.parametrize(("words", "shown"), [("三区更衣柜", "三区更衣柜"), (" ", None)])
def test_what_the_office_enters_brings_photos_that_do_not_say_its_words(item, words, shown):
    by = factories.colleague_of(item)
    entry = ACTS["enter_for_owner"](item, by=by, photos=two(), photo_words=words)

    photos = Photo.objects.all()
    assert {each.words for each in photos} == {shown or item.title}
    assert {each.entry.about for each in photos} == {entry}
    assert happens(lambda: ACTS["release"](fresh(item)))  # it waits, whatever came along


def test_without_a_sentence_the_acts_words_stand_under_them(item):
    entry = ACTS["claim"](item, photos=two()[:1])

    assert Photo.objects.get().words == entry.words.text


def test_photos_were_taken_on_the_day_of_the_act(item):
    day = factories.PUBLISHED_ON + factories.days(3)

    ACTS["log_visit"](item, photos=two()[:1], happened_on=day)

    assert Photo.objects.get().taken_on == day


REFUSED = {
    "report_progress": [
        {"photos": [factories.picture(), b""]},
        {"photos": [factories.picture()] * 4},
        {"photos": [factories.picture()] * 2},  # one of them twice
        {"percent": 101},
        {"text": ""},
    ],
    "enter_for_owner": [{"photos": [b"no picture"]}, {"text": ""}, {"percent": 101}],
    "claim": [
        {"photos": [b"no picture"]},
        {"note": " "},
        {"done_on": TODAY + factories.days(1)},
        {"evidence": "", "no_evidence": "没有"},  # photos are evidence
    ],
    "log_visit": [{"photos": [b"no picture"]}, {"how": "by guess"}],
    "sign_off": [{"photos": [b"no picture"]}, {"done_on": TODAY}],
    "send_back": [{"photos": [b"no picture"]}, {"reason": ""}],
}
CASES = [(verb, said) for verb, many in REFUSED.items() for said in many]


@pytest.mark.parametrize(("verb", "said"), CASES)
def test_refused_act_or_photo_leaves_nothing(folder, verb, said):
    act = ACTS[verb]
    item = act.ready()
    before = Entry.objects.count()

    assert not happens(lambda: act(item, **({"photos": two()[:1]} | said)))

    assert (Entry.objects.count(), Photo.objects.count(), names(folder)) == (before, 0, [])
    assert fresh(item).status == act.status


@pytest.mark.parametrize("verb", ["claim", "log_visit"])
def test_whoever_may_not_act_is_refused_before_any_work(verb, monkeypatch):
    item = ACTS[verb].ready()
    monkeypatch.setattr("items.photos.picture.read", None)  # it would fail

    assert not happens(lambda: ACTS[verb](item, by=factories.office_of(item), photos=two()))


def test_stale_act_removes_the_files_of_its_photos(item, folder):
    stale = fresh(item)
    factories.photo(item)
    kept = names(folder)

    assert not happens(lambda: ACTS["claim"](stale, photos=two()))

    assert names(folder) == kept


# The evidence of a claim


@pytest.mark.parametrize("words", ["", "验收单"])
def test_photos_are_evidence(item, words):
    entry = ACTS["claim"](item, photos=two(), evidence=words)

    assert entry.facts["has_evidence"] is True
    # A claim without a word of evidence would tell that there are photos.
    assert entry.words.evidence == words or entry.words.text


def test_claim_with_nothing_at_all_is_refused(item):
    assert not happens(lambda: ACTS["claim"](item, photos=[], evidence=""))


def test_staff_read_how_many_came_along(item):
    ACTS["claim"](item, photos=two())
    photo = Photo.objects.first()
    release(photo)

    page = queries.item_desk(fresh(item), factories.supervisor_of(item), TODAY)

    assert ("附带", "2张照片") in page.owner_says.facts
    assert [entry.verb for entry in page.ledger if ("附带", "2张照片") in entry.facts] == ["claim"]


def test_erasing_an_act_takes_its_photos_along(item, folder, django_capture_on_commit_callbacks):
    entry = ACTS["claim"](item, note="写到了张三", evidence="", photos=[factories.picture()])
    release(Photo.objects.get())

    with django_capture_on_commit_callbacks(execute=True):
        by = factories.office_of(item)
        actions.erase_words(entry, by=by, reason="隐私", now=NOW)

    assert (Photo.objects.get().words, names(folder)) == ("", [])
    assert not Entry.objects.filter(item=item, words__text="写到了张三").exists()


# What the public sees


def page_of(client, item):
    return client.get(f"/lists/{item.list.slug}/{item.number}/").content.decode()


def test_public_sees_those_that_are_released_with_their_entry(client, item):
    ACTS["claim"](item, photos=two(), photo_words="东墙新座椅")
    first, second = Photo.objects.all()
    release(first)

    page = page_of(client, item)

    assert second.stem not in page
    assert client.get(f"/photos/{second.stem}.jpg").status_code == 404
    entry = page[page.rindex(">报办完<") :].partition('<p class="quiet">')[0]
    assert f'src="/photos/{first.stem}-small.jpg"' in entry
    assert 'alt="东墙新座椅"' in entry
    assert "<figcaption>东墙新座椅</figcaption>" in entry
    assert 'loading="lazy"' in entry


def test_sentence_that_stands_above_is_not_said_twice(client, item):
    ACTS["log_visit"](item, photos=[factories.picture()])
    release(Photo.objects.get())

    page = page_of(client, item)

    assert 'class="along"' in page
    assert "<figcaption>正在施工" not in page


def test_page_asks_as_often_for_photos_that_came_along(client, item, django_assert_num_queries):
    page_of(client, item)  # what is kept from then on is asked once
    with CaptureQueriesContext(connection) as none:
        page_of(client, item)
    ACTS["report_progress"](item, photos=two())
    for photo in Photo.objects.all():
        release(photo)

    with django_assert_num_queries(len(none)):
        page_of(client, item)


# At the desk


def along(verb, item, photos, **changes):
    return said(verb, item, photo_words="东墙", **changes) | {"photos": photos}


@pytest.mark.parametrize("verb", CARRYING)
def test_act_takes_photos_along(as_, verb):
    act = ACTS[verb]
    item = act.ready()
    client = as_(getattr(factories, f"{act.who}_of")(item))
    page = client.get(address(item, verb)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    fields = along(verb, item, [upload(), upload(factories.picture("blue"))])

    with zeal_ignore():  # each of at most four entries is an act of its own
        responses = [client.post(address(item, verb), fields) for _time in range(2)]

    assert [response.status_code for response in responses] == [302, 302]  # pressed twice
    assert [photo.words for photo in Photo.objects.all()] == ["东墙"] * 2
    assert Entry.objects.filter(item=item, verb=verb).count() == 1


def test_claim_needs_no_other_evidence_beside_photos(as_, item):
    fields = along("claim", item, [upload()], evidence="")

    with zeal_ignore():
        response = as_(factories.owner_of(item)).post(address(item, "claim"), fields)

    assert response.status_code == 302
    assert fresh(item).status == "pending_check"


def test_claim_without_files_still_needs_evidence(as_, item):
    response = as_(factories.owner_of(item)).post(
        address(item, "claim"), said("claim", item, evidence="")
    )

    assert response.status_code == 422


REFUSED_FILES = [(verb, [BAD]) for verb in CARRYING]
REFUSED_FILES += [("log_visit", [upload(), BAD]), ("claim", [upload()] * 4)]


@pytest.mark.parametrize(("verb", "photos"), REFUSED_FILES)
def test_act_with_a_refused_photo_comes_back_with_its_words(as_, folder, verb, photos):
    for photo in photos:
        photo.seek(0)
    act = ACTS[verb]
    item = act.ready()
    before = Entry.objects.count()
    fields = along(verb, item, photos)

    response = as_(getattr(factories, f"{act.who}_of")(item)).post(address(item, verb), fields)

    assert response.status_code in (403, 422)
    assert next(iter(act.said.values())) in text_of(response)
    assert 'value="东墙"' in response.content.decode()
    assert (Entry.objects.count(), Photo.objects.count()) == (before, 0)
    assert fresh(item).status == act.status
    assert not list(folder.glob("*"))


# What they show: how it was before the work, how it goes, how it is after it


def sides():
    return [(photo.side, photo.spot and photo.spot.title) for photo in Photo.objects.order_by("pk")]


def test_claim_and_check_show_how_it_is_after_the_work(item):
    item.place = factories.Place(committee=item.list.committee, name="浴室")
    place = "浴室" if fresh(item).place else item.title
    ACTS["claim"](item, photos=two())
    assert sides() == [("after", place), ("after", None)]

    ACTS["sign_off"](fresh(item), photos=[factories.picture("green")])

    assert sides()[2] == ("after", None)  # the spot has its photo
    assert verify(item.list) == []


def test_first_report_and_claim_stand_side_by_side(client, item):
    ACTS["report_progress"](item, photos=two()[:1], photo_side="before")
    ACTS["claim"](fresh(item), photos=two()[1:])
    for photo in Photo.objects.all():
        release(photo)

    (spot,) = queries.item_page(item.list.slug, item.number, TODAY).spots

    assert (spot.before.side, spot.after.side) == ("before", "after")


def test_photo_without_a_spot_says_what_it_shows_too(client, item):
    ACTS["claim"](item, photos=two())
    for photo in Photo.objects.all():
        release(photo)

    page = page_of(client, item)

    assert page.count("<b>整改后</b>") >= 2


def test_where_spots_are_named_none_is_guessed(item):
    factories.photo(item, side="before", spot_title="东墙")

    ACTS["claim"](fresh(item), photos=two()[:1])

    assert sides()[-1] == ("after", None)


def test_hidden_photo_leaves_its_spot(item):
    factories.photo(item, side="after")
    actions.hide_photo(Photo.objects.get(), by=factories.office_of(item), reason="糊", now=NOW)

    ACTS["claim"](fresh(item), photos=two()[1:])

    assert sides()[-1][1] is not None


def test_report_does_not_show_how_it_is_after_the_work(item):
    assert not happens(lambda: ACTS["report_progress"](item, photos=two(), photo_side="after"))


@pytest.mark.parametrize(
    ("status", "first"), [("not_started", "before"), ("in_progress", "during")]
)
def test_first_report_offers_how_it_was_before(as_, status, first):
    item = factories.item_at(status)
    client = as_(factories.owner_of(item))
    form = client.get(address(item, "report_progress")).context["form"]
    assert [value for value, _label in form.fields["photo_side"].choices] == ["before", "during"]
    assert form["photo_side"].value() == first

    fields = along("report_progress", item, [upload()], photo_side="before")
    with zeal_ignore():
        assert client.post(address(item, "report_progress"), fields).status_code == 302

    assert sides()[0][0] == "before"
    form = client.get(address(item, "report_progress")).context["form"]
    assert "photo_side" not in form.fields


def test_report_without_a_choice_shows_how_it_goes(as_, item):
    fields = along("report_progress", item, [upload()])
    with zeal_ignore():
        as_(factories.owner_of(item)).post(address(item, "report_progress"), fields)

    assert sides() == [("during", None)]


def test_report_that_came_over_was_reported_already():
    item = factories.item_at("in_progress")
    ACTS["report_progress"](item)
    after = change_year(fresh(item))

    assert queries.is_reported(fresh(after))
