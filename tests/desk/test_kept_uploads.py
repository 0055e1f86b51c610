"""Photos that were chosen outlive every detour of their form, and are filed once it is sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from zeal import zeal_ignore

from items.actions import kept_upload
from items.actions.kept_upload import Keeper
from items.models import KeptUpload, Photo
from items.photos import picture
from items.photos.slots import slot
from tests import factories
from tests.desk.sending import HERE, address, said, text_of
from tests.factories import NOW
from tests.items.actions.acts import ACTS, fresh
from tests.items.keeping import keep_photos
from tests.photos.test_desk import seen, upload
from welfare.http import form_recovery, kept_uploads

pytestmark = pytest.mark.django_db
TICK = re.compile(r'name="(\w+)_kept"\s+id="[^"]+"\s+value="(\d+)"\s+checked')
HIDDEN = re.compile(r'type="hidden" name="photos_kept" value="(\d+)"')
STRANGER, ELSEWHERE = "203.0.113.7", "198.51.100.9"
CHOOSE_TWO = "照片要重新选（2张）"
CARRYING = {"report_progress": "text", "claim": "note", "log_visit": "seen", "sign_off": "found"}
CARRYING |= {"send_back": "reason"}


@pytest.fixture(autouse=True)
def _each_photo_is_told_of():
    with zeal_ignore([{"model": "items.Committee", "field": "roles"}, {"model": "items.Chain"}]):
        yield


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "photos"


def two():
    return [upload(), upload(factories.picture("blue"))]


def ticks(response):
    return [key for _name, key in TICK.findall(response.content.decode())]


def thumbnails(response):
    return response.content.decode().count('src="data:image/jpeg;base64,')


def report(item, **changes):
    return said("report_progress", item, text="装好三间", photos=two()) | changes


def who(verb, item):
    return getattr(factories, f"{ACTS[verb].who}_of")(item)


# The detours: each is a client, an address and what is sent, stopped; and what mends it


def forgotten_field(as_, item):
    return as_(factories.owner_of(item)), report(item, text=""), {"text": "装好三间"}


def mobile_number(as_, item):
    return as_(factories.owner_of(item)), report(item, text="找13812345678"), {"_yes": "on"}


def refused_by_the_action(as_, item):
    day = (NOW + timedelta(days=2)).date().isoformat()
    sent = report(item, happened_on=day)
    return as_(factories.owner_of(item)), sent, {"happened_on": factories.TODAY.isoformat()}


def lost_login(as_, item):
    return Client(), report(item), {}


def stale_token(as_, item):
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.owner_of(item))
    return client, report(item), {}


def colleague_counted_meanwhile(as_, item):
    sent = report(item, percent="60")
    ACTS["report_progress"](fresh(item), text="先写的那句", percent=50)
    return as_(factories.owner_of(item)), sent, {}


DETOURS = [forgotten_field, mobile_number, refused_by_the_action, lost_login, stale_token]


@pytest.mark.parametrize("detour", DETOURS)
def test_photos_come_back_and_sent_again_they_are_filed(as_, detour):
    item = factories.item_at("in_progress")
    client, sent, mended = detour(as_, item)

    back = client.post(address(item, "report_progress"), sent, headers=HERE)

    assert back.status_code in (403, 409, 422)
    assert (Photo.objects.count(), KeptUpload.objects.count()) == (0, 2)
    assert (len(ticks(back)), thumbnails(back)) == (2, 2)
    assert "照片要重新选" not in text_of(back)
    again = sent | {"photos": [], "photos_kept": ticks(back)} | mended
    done = as_(factories.owner_of(item)).post(address(item, "report_progress"), again, headers=HERE)
    assert done.status_code == 302
    assert (Photo.objects.count(), KeptUpload.objects.count()) == (2, 0)
    assert Photo.objects.first().entry.about.verb == "report_progress"


@pytest.mark.parametrize("verb", CARRYING)
def test_each_act_with_photos_gives_them_back(as_, verb):
    item = ACTS[verb].ready()
    client = as_(who(verb, item))
    sent = said(verb, item, photos=two())

    back = client.post(address(item, verb), sent | {CARRYING[verb]: ""})

    assert (back.status_code, len(ticks(back))) == (422, 2)
    done = client.post(address(item, verb), sent | {"photos": [], "photos_kept": ticks(back)})
    assert (done.status_code, Photo.objects.count(), KeptUpload.objects.count()) == (302, 2, 0)


def test_stale_page_gives_them_back(as_):
    item = ACTS["claim"].ready()
    client = as_(factories.owner_of(item))
    sent = said("claim", item, photos=two())
    ACTS["log_visit"](fresh(item), seen="先写的那句")

    back = client.post(address(item, "claim"), sent)

    assert (back.status_code, len(ticks(back))) == (409, 2)
    assert "先写的那句" in text_of(back)


def test_lost_right_gives_them_back(as_):
    item = factories.item_at("in_progress")

    back = as_(factories.Person()).post(
        address(item, "report_progress"), report(item), headers=HERE
    )

    assert (back.status_code, len(ticks(back))) == (404, 2)


def test_right_that_was_lost_for_this_verb_gives_them_back(as_):
    item = factories.item_at("in_progress")

    back = as_(factories.office_of(item)).post(
        address(item, "report_progress"), report(item), headers=HERE
    )

    assert (back.status_code, len(ticks(back))) == (403, 2)


def test_single_photo_comes_back(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    sent = seen(item, words="", side="during", taken_on="2026-05-01", file=upload())

    back = client.post(address(item, "add_photo"), sent)
    ((name, key),) = TICK.findall(back.content.decode())
    del sent["file"]
    done = client.post(address(item, "add_photo"), sent | {"words": "东墙", "file_kept": key})

    assert (name, back.status_code, done.status_code) == ("file", 422, 302)
    assert (Photo.objects.get().words, KeptUpload.objects.count()) == ("东墙", 0)


def test_photos_alone_are_kept_where_nothing_was_typed(as_):
    item = factories.item_at("in_progress")
    sent = {"version": item.version, "last_seq": item.last_entry.seq, "photos": two()}

    back = as_(factories.Person()).post(address(item, "report_progress"), sent, headers=HERE)

    assert (back.status_code, len(ticks(back))) == (404, 2)


def test_photo_of_a_refused_act_is_cleaned_once(as_, monkeypatch):
    item = ACTS["claim"].ready()
    client, cleaned, clean = as_(factories.owner_of(item)), [], picture._run_decoder
    monkeypatch.setattr(picture, "_run_decoder", lambda *sent: cleaned.append(sent) or clean(*sent))
    sent = said("claim", item, photos=two())
    ACTS["log_visit"](fresh(item))

    back = client.post(address(item, "claim"), sent)
    again = {**sent, "version": fresh(item).version, "last_seq": fresh(item).last_entry.seq}
    done = client.post(address(item, "claim"), again | {"photos": [], "photos_kept": ticks(back)})

    assert (back.status_code, done.status_code, len(cleaned)) == (409, 302, 2)


# What was chosen is filed, and nothing else


def came_back(client, item, **changes):
    return client.post(address(item, "report_progress"), report(item, text="", **changes))


def test_without_its_tick_a_photo_does_not_go_along(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    first, _second = ticks(came_back(client, item))

    client.post(address(item, "report_progress"), report(item, photos=[], photos_kept=[first]))

    assert Photo.objects.count() == 1


def test_more_may_be_chosen_beside_them(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    kept = ticks(came_back(client, item))

    client.post(
        address(item, "report_progress"),
        report(item, photos=[upload(factories.picture("green"))], photos_kept=kept),
    )

    assert Photo.objects.count() == 3


def test_too_many_come_back_to_be_chosen_from(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    kept = ticks(came_back(client, item))

    back = client.post(address(item, "report_progress"), report(item, photos_kept=kept))

    assert (back.status_code, len(ticks(back))) == (422, 4)
    assert "最多附3张" in text_of(back)


def test_two_detours_keep_each_photo_once(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    kept = ticks(came_back(client, item))

    back = came_back(client, item, photos=[], photos_kept=kept)

    assert ticks(back) == kept
    assert KeptUpload.objects.count() == 2


def test_button_pressed_twice_files_them_once(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    sent = report(item, photos=[], photos_kept=ticks(came_back(client, item)))

    answers = [client.post(address(item, "report_progress"), sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Photo.objects.count() == 2
    assert item.entries.filter(verb="report_progress").count() == 1


def test_broken_one_is_named_and_the_others_are_kept(as_):
    item = factories.item_at("in_progress")

    back = came_back(as_(factories.owner_of(item)), item, photos=[upload(), upload(b"GIF89a")])

    assert "GIF" in text_of(back)
    assert len(ticks(back)) == 1


def test_photo_that_another_act_filed_at_that_moment_has_to_be_chosen_again(as_, monkeypatch):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    kept = ticks(came_back(client, item))

    found = kept_upload.find(map(int, kept), Keeper(person=factories.owner_of(item)))
    KeptUpload.objects.filter(pk=kept[0]).delete()
    monkeypatch.setattr(kept_upload, "find", lambda keys, keeper: found)  # a moment before
    sent = report(item, photos=[], photos_kept=kept)
    back = client.post(address(item, "report_progress"), sent)

    assert back.status_code == 409
    assert ticks(back) == [kept[1]]
    assert "照片要重新选（1张）" in text_of(back)


# Never without them unawares


def test_where_their_hour_is_over_they_have_to_be_chosen_again(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    kept = ticks(came_back(client, item))

    with time_machine.travel(NOW + timedelta(hours=1, minutes=1), tick=False):
        client = as_(factories.owner_of(item))
        back = client.post(
            address(item, "report_progress"), report(item, photos=[], photos_kept=kept)
        )

    assert back.status_code == 422
    assert text_of(back).count(CHOOSE_TWO) == 2  # in the summary and at the field
    assert not Photo.objects.exists()
    assert item.entries.filter(verb="report_progress").count() == 0


def test_no_room_is_said_above_and_at_the_field(as_, monkeypatch):
    monkeypatch.setattr(kept_upload, "OF_ACCOUNT", 0)
    item = factories.item_at("in_progress")

    back = came_back(as_(factories.owner_of(item)), item)

    assert text_of(back).count(CHOOSE_TWO) == 2
    assert ticks(back) == []


def test_no_room_on_a_page_that_was_stopped(client, monkeypatch):
    monkeypatch.setattr(kept_upload, "OF_BROWSERS", 0)
    item = factories.item_at("in_progress")

    back = client.post(address(item, "report_progress"), report(item), headers=HERE)

    assert text_of(back).count(CHOOSE_TWO) == 2
    assert 'type="file"' in back.content.decode()  # where they are chosen again


def test_strangers_of_one_network_do_not_take_all_the_room(client, as_, monkeypatch):
    monkeypatch.setattr(kept_uploads, "PER_NETWORK", 3)
    item = factories.item_at("in_progress")

    def kept(sender, at):
        sent = report(item)
        back = sender.post(address(item, "report_progress"), sent, headers=HERE, REMOTE_ADDR=at)
        return len(ticks(back))

    assert [kept(client, STRANGER) for _time in range(2)] == [2, 0]
    assert kept(client, ELSEWHERE) == 2
    owner = as_(factories.owner_of(item))
    owner.post(address(item, "report_progress"), report(item, text=""), REMOTE_ADDR=STRANGER)
    assert KeptUpload.objects.filter(person__isnull=False).count() == 2


@pytest.mark.parametrize("broken", ["room", "keep"])
@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_database_that_cannot_be_written_keeps_the_words(as_, monkeypatch, broken, kind):
    def fail(*args, **kwargs):
        raise kind("database or disk is full")

    monkeypatch.setattr(kept_upload, broken, fail)
    item = factories.item_at("in_progress")

    back = came_back(as_(factories.owner_of(item)), item, photo_words="东墙新座椅")

    assert back.status_code == 422
    assert text_of(back).count(CHOOSE_TWO) == 2
    assert "东墙新座椅" in back.content.decode()


def test_full_decoders_do_no_harm(as_, monkeypatch):
    monkeypatch.setattr(picture, "TIMEOUT", 0)
    item = factories.item_at("in_progress")
    with slot(1), slot(1):
        back = came_back(as_(factories.owner_of(item)), item)

    assert (back.status_code, ticks(back)) == (422, [])
    assert text_of(back).count(CHOOSE_TWO) == 2


# Nobody else's


def test_another_account_neither_sees_nor_files_them(as_):
    item = factories.item_at("in_progress")
    kept = ticks(came_back(as_(factories.owner_of(item)), item))

    back = as_(factories.supervisor_of(item)).post(
        address(item, "log_visit"), said("log_visit", item, photos_kept=kept)
    )

    assert (back.status_code, thumbnails(back)) == (422, 0)
    assert (Photo.objects.count(), KeptUpload.objects.count()) == (0, 2)


def test_another_site_keeps_nothing(client):
    item = factories.item_at("in_progress")
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "http://elsewhere.example"}

    back = client.post(address(item, "report_progress"), report(item), headers=elsewhere)

    assert thumbnails(back) == 0
    assert not KeptUpload.objects.exists()


def test_what_an_account_kept_waits_for_its_login(as_):
    item = factories.item_at("in_progress")
    owner = factories.owner_of(item)
    kept = ticks(came_back(as_(owner), item))
    sent = report(item, photos=[], photos_kept=kept)

    back = Client().post(address(item, "report_progress"), sent, headers=HERE)

    assert (thumbnails(back), HIDDEN.findall(back.content.decode())) == (0, kept)
    assert "照片要重新选" not in text_of(back)
    assert as_(owner).post(address(item, "report_progress"), sent).status_code == 302
    assert Photo.objects.count() == 2


def test_while_the_database_is_away_their_keys_stay_in_the_page(as_, monkeypatch):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    kept = ticks(came_back(client, item))

    def away(*args, **kwargs):
        raise OperationalError("away")

    sent = report(item, photos=[upload()], photos_kept=kept)
    with monkeypatch.context() as patched:
        patched.setattr(kept_upload, "find", away)
        patched.setattr(kept_upload, "room", away)
        request = RequestFactory().post(
            address(item, "report_progress"), sent, headers=HERE, HTTP_HOST="testserver"
        )
        request.user = factories.owner_of(item)
        request.resolver_match = resolve(request.path_info)
        back = form_recovery.recovery_page(request, "busy", ["忙"], 503)

    assert HIDDEN.findall(back.content.decode()) == kept
    assert text_of(back).count("照片要重新选（1张）") == 2
    again = sent | {"photos": []}
    assert client.post(address(item, "report_progress"), again).status_code == 302
    assert Photo.objects.count() == 2


@pytest.mark.parametrize("keys", [["1"], ["x", "-1", "²"], ["9" * 40], ["1"] * 99])
def test_invented_keys_find_nothing(as_, keys):
    item = factories.item_at("in_progress")
    keep_photos(1, Keeper(person=factories.Person()))

    back = as_(factories.owner_of(item)).post(
        address(item, "report_progress"), report(item, photos=[], photos_kept=keys)
    )

    assert back.status_code in (302, 422)
    assert not Photo.objects.exists()


def test_page_with_thumbnails_is_stored_nowhere_and_they_have_no_address(as_):
    item = factories.item_at("in_progress")

    back = came_back(as_(factories.owner_of(item)), item)

    assert back.headers["Cache-Control"] == "no-store, private"
    assert "data:" in back.headers["Content-Security-Policy"]
    assert "kept" not in reverse("desk:desk")


# A document and a sheet are chosen again: they aren't kept


def test_document_of_a_form_that_comes_back_has_to_be_chosen_again(as_):
    item = factories.item_at("in_progress", hardship=True)
    client = as_(factories.office_of(item))

    back = client.post(address(item, "case/add"), {"name": "", "file": upload()})

    assert back.status_code == 422
    assert text_of(back).count("文件要重新选（1个）：IMG_1.jpg") == 2


def test_document_has_to_be_chosen_again(client):
    item = factories.item_at("in_progress", hardship=True)
    sent = {"name": "申请书", "file": upload()}

    back = client.post(address(item, "case/add"), sent, headers=HERE)

    assert "文件要重新选（1个）：IMG_1.jpg" in text_of(back)
    assert "申请书" in back.content.decode()
    assert not KeptUpload.objects.exists()
