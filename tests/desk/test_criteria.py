"""What done looks like at the desk: asked for by the proof, answered in claim and sign-off."""

import pytest

from items.models import Item
from tests import factories
from tests.desk.sending import address, said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    item = factories.Item()
    item.criteria.create(text="16把升降正常", text_en="All 16 go up and down")
    item.criteria.create(text="持续推进", order=1)
    return item


@pytest.fixture
def item(draft):
    factories.publish(draft.list)
    on = factories.at(factories.PUBLISHED_ON + factories.days(1))
    factories.start(Item.objects.get(pk=draft.pk), now=on)
    return Item.objects.get(pk=draft.pk)


def send(client, item, verb, **fields):
    fresh = Item.objects.get(pk=item.pk)
    return client.post(address(item, verb), said(verb, fresh, **fields))


def test_proof_warns_and_lets_publish(as_, draft):
    factories.another(draft)
    client = as_(factories.office_of(draft))

    page = text_of(client.get(f"/desk/lists/{draft.list.slug}/publish/"))

    assert "没有写怎样算办好、怎么核查： 2" in page
    assert "1 持续推进 持续推进" in page
    assert "办好以后职工看得到什么" in text_of(
        client.get(f"/desk/lists/{draft.list.slug}/1/draft/")
    )


def test_claim_and_sign_off_ask_about_each_line(as_, item, client):
    owner = as_(factories.owner_of(item))
    assert "这一条做到了什么：16把升降正常" in text_of(owner.get(address(item, "claim")))
    missing = send(owner, item, "claim", answer_0="逐把试过")
    answered = {"answer_0": "逐把试过", "answer_1": "都换了"}
    claimed = send(owner, item, "claim", **answered)

    supervisor = as_(factories.supervisor_of(item))
    form = text_of(supervisor.get(address(item, "sign_off")))
    unseen = send(supervisor, item, "sign_off")
    signed = send(supervisor, item, "sign_off", answer_0="抽了五把", answer_1="看过")

    assert [a.status_code for a in (missing, claimed, unseen, signed)] == [422, 302, 422, 302]
    assert 'value="逐把试过"' in missing.content.decode()
    assert "怎么看出这一条做到了：16把升降正常" in form
    page = text_of(client.get(f"/lists/{item.list.slug}/{item.number}/"))
    assert "怎样算办好 16把升降正常 牵头领导：逐把试过 督导人：抽了五把" in page
    assert "怎样算办好：16把升降正常 — 抽了五把" in page


def test_item_without_lines_is_claimed_as_before(as_):
    item = factories.item_at("in_progress")
    owner = as_(factories.owner_of(item))

    assert "这一条做到了什么" not in text_of(owner.get(address(item, "claim")))
    assert send(owner, item, "claim").status_code == 302
