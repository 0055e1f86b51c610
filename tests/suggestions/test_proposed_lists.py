"""A draft list that is up for objections (公示): its public page, and the form to object by."""

import pytest
import time_machine

from items import actions
from items.models import Committee, Entry, ItemList, Place, Suggestion
from tests import factories
from tests.factories import TODAY, at, days
from tests.suggestions.phone import Phone, text

pytestmark = pytest.mark.django_db
PAGE = "/lists/plant-2027/"
UNTIL = "6月8日"


@pytest.fixture
def draft(committee):
    """A draft list with an item and one of hardship, that is up for objections."""
    place = Place.objects.create(committee=committee, name="老浴室", name_en="Old bathhouse")
    listed = factories.ItemList(committee=committee, slug="plant-2027", name="明年清单", year=2027)
    item = factories.Item(list=listed, number=24, title="重修浴室", place=place)
    factories.another(item, number=25, title="慰问困难家庭", hardship=True)
    put_up(listed)
    return listed


@pytest.fixture
def phone(draft, clock):
    return Phone(clock)


def fresh(item_list):
    return ItemList.objects.get(pk=item_list.pk)


def office(item_list):
    return factories.office(item_list.committee)


def put_up(item_list, on=TODAY):
    return actions.put_up_list(fresh(item_list), by=office(item_list), now=at(on))


def take_down(item_list, reason="第24件写错了地点", on=TODAY):
    said = {"by": office(item_list), "reason": reason, "now": at(on)}
    return actions.take_down_list(fresh(item_list), **said)


def answered(row, by, words="先修食堂", answer="食堂列入下一批"):
    actions.decline(row, by=by, reason="other", text=answer)
    row.refresh_from_db()
    actions.show_answer(row, by=by, words=words, answer=answer)


def test_its_page_shows_all_that_it_promises(draft, client):
    page = text(client.get(PAGE))

    assert "拟公布，公示到2026年6月8日" in page
    for said in ("明年清单", "24", "重修浴室", "老浴室", "6月30日前", "更换座椅", "牵头", "督导"):
        assert said in page
    assert 'class="equation' not in page
    assert 'href="/suggest/?about=plant-2027&amp;objection=yes"' in page
    assert 'href="/suggest/?about=plant-2027/24&amp;objection=yes"' in page
    assert "about=plant-2027/25" not in page  # help for families has no door


def test_only_the_page_itself_is_there(draft, client):
    for path in ("24/", "find/", "plan/", "files/", "changes/", "objections/", "in_progress/"):
        assert client.get(PAGE + path).status_code == 404
    assert client.get("/lists/no-such-list/").status_code == 404


def test_a_draft_that_was_never_up_is_nowhere(committee, client):
    factories.Item(list__committee=committee, list__slug="quiet")

    assert client.get("/lists/quiet/").status_code == 404


@pytest.mark.parametrize("home", ["/", "/en/", "/large/"])
def test_the_home_page_leads_there(draft, client, home):
    assert f'{home}lists/plant-2027/"' in text(client.get(home))


def test_the_board_of_its_committee_leads_there(draft, client):
    running = factories.ItemList(committee=draft.committee, slug="plant-2026")
    factories.another(draft.items.first(), list=running)
    factories.publish(running, TODAY)

    for path in (f"/lists/{running.slug}/", f"/committees/{draft.committee.slug}/"):
        assert f'href="{PAGE}"' in text(client.get(path))
    take_down(draft)
    assert f'href="{PAGE}"' not in text(client.get("/lists/plant-2026/"))


@pytest.mark.parametrize("path", [PAGE, f"/en{PAGE}", f"/large{PAGE}", f"/en/large{PAGE}"])
def test_it_is_a_public_answer_like_any_other(draft, client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.status_code == 200
    assert not first.cookies
    assert "Cookie" not in first.headers.get("Vary", "")
    assert again.status_code == 304
    take_down(draft)
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_what_is_sent_there_objects_to_the_number_or_to_the_list(phone, draft):
    form = text(phone.get("/suggest/?about=plant-2027/24&objection=yes"))
    assert "关于“明年清单”第24件“重修浴室”" in form
    assert 'name="objection" value="yes"' in form
    whole = text(phone.get("/suggest/?about=plant-2027&objection=yes"))
    assert "关于“明年清单”整份清单" in whole

    sent = phone.send(about="plant-2027/24", objection="yes")

    assert sent.status_code == 201
    row = Suggestion.objects.get()
    assert (row.objects_to, row.objects_to_number) == (Entry.objects.get(verb="put_up"), 24)
    assert (row.about, row.committee) == (None, draft.committee)


@pytest.mark.parametrize("about", ["plant-2027", "plant-2027/25", "plant-2027/99"])
def test_without_a_number_with_a_door_it_objects_to_the_list(phone, about):
    assert phone.send(about=about, objection="yes").status_code == 201

    row = Suggestion.objects.get()
    assert row.objects_to is not None
    assert row.objects_to_number is None


def test_after_its_days_it_says_so_and_keeps_the_words(phone, draft):
    take_down(draft)

    page = phone.send("先修食堂", about="plant-2027/24", objection="yes")

    assert page.status_code == 422
    assert "公示已经结束" in text(page)
    assert "先修食堂" in text(page)
    assert phone.send("先修食堂").status_code == 201
    assert Suggestion.objects.get().objects_to is None


def test_objections_count_from_midnight_on_and_stand_there_with_their_answers(phone, draft, client):
    phone.send("先修食堂", about="plant-2027/24", objection="yes")
    row = Suggestion.objects.get()

    assert "还没有人提不同意见" in text(client.get(PAGE))
    with time_machine.travel(at(TODAY + days(1))):
        assert "还有1条等答复" in text(client.get(PAGE))
        answered(row, office(draft))
        page = text(client.get(PAGE))
    assert "已公开答复意见1条" in page
    assert "对第24件" in page
    assert "食堂列入下一批" in page


def test_what_was_taken_down_keeps_its_page_its_reason_and_the_answers(phone, draft, client):
    phone.send("先修食堂", about="plant-2027", objection="yes")
    with time_machine.travel(at(TODAY + days(1))):
        answered(Suggestion.objects.get(), office(draft))
        take_down(draft, on=TODAY + days(1))
        page = text(client.get(PAGE))

        assert "公示过，后来撤下了" in page
        assert "第24件写错了地点" in page
        assert "食堂列入下一批" in page
        assert "重修浴室" not in page  # it may be changing
        assert "objection=yes" not in page
        put_up(draft, TODAY + days(1))
        again = text(client.get(PAGE))

    assert "拟公布，公示到2026年6月9日" in again
    assert again.index("拟公布") < again.index("第24件写错了地点")


def test_the_published_list_says_what_came_of_it(phone, draft, client):
    phone.send("先修食堂", about="plant-2027/24", objection="yes")
    with time_machine.travel(at(TODAY + days(9))):
        answered(Suggestion.objects.get(), office(draft))
        actions.publish_list(fresh(draft), by=office(draft), now=at(TODAY + days(9)))
        board, page = text(client.get(PAGE)), text(client.get(f"{PAGE}objections/"))

    assert "公布前公示过（2026年6月1日至2026年6月8日），公开答复意见1条" in board
    assert f'href="{PAGE}objections/"' in board
    assert "之后公布" in page
    assert "食堂列入下一批" in page
    assert "对第24件" in page


def test_a_list_that_was_never_up_has_no_such_page(committee, client):
    item = factories.published_item(list__committee=committee)

    assert client.get(f"/lists/{item.list.slug}/objections/").status_code == 404
    assert "公布前公示过" not in text(client.get(f"/lists/{item.list.slug}/"))


def test_names_stand_there_only_where_the_committee_shows_them(draft, client):
    name = draft.items.first().owner_post.holder(TODAY).name

    assert name not in text(client.get(PAGE))
    Committee.objects.filter(pk=draft.committee_id).update(show_names=True)
    assert name in text(client.get(PAGE))


@pytest.mark.parametrize("count", [1, 3])
def test_the_questions_are_as_many_for_any_length(
    committee, client, count, django_assert_max_num_queries
):
    first = factories.Item(list__committee=committee, list__slug="plant-2027")
    for _nth in range(count - 1):
        factories.another(first)
    up = put_up(first.list)
    factories.suggestion(committee, objects_to=up, words="先修食堂", today=TODAY)

    with django_assert_max_num_queries(9), time_machine.travel(at(TODAY + days(1))):
        assert client.get(PAGE).status_code == 200
