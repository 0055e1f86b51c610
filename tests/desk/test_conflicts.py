"""Two people at one item: the second sees what the first did and keeps their own words."""

import pytest

from items import actions
from items.models import Entry, Item, Photo
from items.states import Status
from tests import factories
from tests.desk.sending import address, said, text_of
from tests.items.actions.acts import ACTS, fresh
from tests.photos.test_desk import upload

pytestmark = pytest.mark.django_db


def test_second_report_is_added_and_reads_of_the_first(as_):
    item, by = factories.Item(), factories.Person(name="王强")
    item.handlers.add(by)
    factories.publish(item.list)
    item = fresh(item)
    owner = factories.owner_of(item)
    sent = said("report_progress", item, text="我写的这句", percent="")
    actions.report_progress(fresh(item), by=by, text="先写的那句", percent=50, now=factories.NOW)

    response = as_(owner).post(address(item, "report_progress"), sent, follow=True)

    assert "您填写时，王强也报了一条：先写的那句" in text_of(response)
    assert Entry.objects.filter(words__text="我写的这句").count() == 1
    assert fresh(item).percent == 50


def test_count_that_another_changed_is_asked_again_with_both(as_):
    item = factories.item_at("in_progress", target_count=90)
    client = as_(factories.owner_of(item))
    sent = said("report_progress", item, text="我写的这句", done_count="60", photos=[upload()])
    ACTS["report_progress"](fresh(item), text="先写的那句", done_count=50)

    back = client.post(address(item, "report_progress"), sent)

    assert back.status_code == 409
    assert "已完成：打开页面时是未知，现在是50，您填的是60。" in text_of(back)
    assert "先写的那句" in text_of(back)
    assert 'value="60"' in back.content.decode()
    assert back.content.decode().count("data:image/jpeg;base64,") == 1
    kept = [str(file.key) for file in back.context["form"]["photos"].kept]
    again = {**as_sent(back.context["form"]), "photos": [], "photos_kept": kept}
    assert client.post(address(item, "report_progress"), again).status_code == 302
    assert (fresh(item).done_count, Photo.objects.count()) == (60, 1)


def test_second_sees_what_the_first_wrote_and_keeps_their_words(as_):
    item = factories.item_at("in_progress")
    owner = factories.owner_of(item)
    sent = said("claim", item, note="我写的这句")
    ACTS["log_visit"](fresh(item), seen="先写的那句")

    response = as_(owner).post(address(item, "claim"), sent)

    assert response.status_code == 409
    assert "先写的那句" in text_of(response)
    assert "我写的这句" in response.content.decode()
    assert Entry.objects.filter(words__text="我写的这句").count() == 0


def test_what_was_kept_can_be_sent_again_as_it_stands(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    sent = said("claim", item, note="我写的这句")
    ACTS["log_visit"](fresh(item), seen="先写的那句")
    form = client.post(address(item, "claim"), sent).context["form"]

    response = client.post(address(item, "claim"), as_sent(form))

    assert response.status_code == 302
    assert [e.words.text for e in item.entries.order_by("seq")][-2:] == ["先写的那句", "我写的这句"]


def as_sent(form):
    """Return the fields of a form as the browser would send it."""
    shown = {field.name: field.value() for field in form}
    return {name: value for name, value in shown.items() if value is not None}


def test_without_the_version_that_was_seen_nothing_is_taken(as_):
    item = factories.item_at("in_progress")
    sent = said("report_progress", item)
    del sent["version"]

    response = as_(factories.owner_of(item)).post(address(item, "report_progress"), sent)

    assert response.status_code == 422


def test_the_version_is_what_holds_the_second_back(as_):
    # The negative control: told the newest version, the same words go through unseen.
    item = factories.item_at("in_progress")
    ACTS["log_visit"](fresh(item), seen="先写的那句")
    sent = said("claim", fresh(item), note="我写的这句")

    assert as_(factories.owner_of(item)).post(address(item, "claim"), sent).status_code == 302


@pytest.mark.parametrize("verb", ["report_progress", "log_visit", "set_task"])
def test_button_pressed_twice_adds_once(as_, verb):
    item = ACTS[verb].ready()
    client = as_(getattr(factories, f"{ACTS[verb].who}_of")(item))
    sent = said(verb, item)

    answers = [client.post(address(item, verb), sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert item.entries.filter(verb=verb).count() == 1


@pytest.mark.parametrize("last_seq", ["0", "999999", str(2**70)])
def test_end_of_the_ledger_that_nobody_showed_adds_nothing(as_, last_seq):
    item = factories.item_at("in_progress")
    sent = said("report_progress", item, text="我写的这句") | {"last_seq": last_seq}
    ACTS["log_visit"](fresh(item), seen="先写的那句")

    response = as_(factories.owner_of(item)).post(address(item, "report_progress"), sent)

    assert response.status_code in (409, 422)
    assert Entry.objects.filter(words__text="我写的这句").count() == 0


def test_two_sign_offs_make_one(as_):
    item = ACTS["sign_off"].ready()
    client = as_(factories.supervisor_of(item))
    sent = said("sign_off", item)

    first, second = (client.post(address(item, "sign_off"), sent) for _time in range(2))

    assert (first.status_code, second.status_code) == (302, 302)  # a button pressed twice
    assert item.entries.filter(verb="sign_off").count() == 1
    assert Item.objects.get(pk=item.pk).status == Status.RESOLVED


def test_two_supervisors_of_one_post_sign_once(as_):
    item = ACTS["sign_off"].ready()
    sent = said("sign_off", item)
    supervisor = factories.supervisor_of(item)
    as_(supervisor).post(address(item, "sign_off"), sent)

    response = as_(supervisor).post(address(item, "sign_off"), sent | {"found": "另一次看过"})

    assert response.status_code in (403, 409)
    assert "另一次看过" in response.content.decode()
    assert item.entries.filter(verb="sign_off").count() == 1


def test_claim_that_was_sent_back_meanwhile_cannot_be_signed(as_):
    item = ACTS["sign_off"].ready()
    sent = said("sign_off", item)
    ACTS["send_back"](fresh(item))

    response = as_(factories.supervisor_of(item)).post(address(item, "sign_off"), sent)

    assert response.status_code == 409
    assert "还差两把" in text_of(response)
    assert "逐把坐过" in response.content.decode()


@pytest.mark.parametrize("verb", ["claim", "put_on_hold", "correct", "set_task"])
def test_refusal_and_bad_form_keep_the_words(as_, verb):
    item = ACTS[verb].ready()
    client = as_(getattr(factories, f"{ACTS[verb].who}_of")(item))
    words = {"claim": "note", "set_task": "text"}.get(verb, "reason")
    broken = {"claim": "done_on", "set_task": "by_when", "put_on_hold": "review_on"}
    sent = said(verb, item) | {words: "不能丢的话", broken.get(verb, "version"): "不是日子"}

    response = client.post(address(item, verb), sent)

    assert response.status_code == 422
    assert "不能丢的话" in response.content.decode()
    assert 'role="alert"' in response.content.decode()
