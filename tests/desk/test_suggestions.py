"""Suggestions at the desk: what waits, what is found, one of them, and who may read them."""

from io import BytesIO

import pytest

from items import actions, models
from items.photos import picture
from tests import factories
from tests.desk.sending import text_of
from tests.desk.suggesting import at, people
from tests.factories import NOW, TODAY, days

pytestmark = pytest.mark.django_db
LIST = "/desk/suggestions/"


@pytest.fixture
def committee():
    return factories.Committee()


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee, contact="分机 301", name="老李", location="三号高炉")


def rows(response):
    """Return the words of each group's rows."""
    groups = response.context["shown"].groups
    return {group.key: [row.words for row in group.rows] for group in groups}


# All of them


def test_what_waits_comes_first_by_its_day_and_late_ones_say_so(as_, committee, office):
    ended = factories.suggestion(committee, words="已答的")
    factories.suggestion(committee, words="新的")
    factories.suggestion(committee, words="早的", today=TODAY - days(18))
    factories.suggestion(committee, words="广告", moderated=True)
    asked = factories.suggestion(committee, words="问过的")
    actions.decline(ended, reason="not_ours", by=office, text="不归厂里管", now=NOW)
    actions.ask_back(asked, by=office, text="哪一间?", now=NOW)

    response = as_(office).get(LIST)

    assert list(rows(response).items()) == [
        ("received", ["早的", "新的"]),
        ("asked", ["问过的"]),
        ("moderation", ["广告"]),
        ("not_adopted", ["已答的"]),
    ]
    assert "答复期限已过3天" in text_of(response)


def test_supporters_stand_at_the_one_that_is_answered(as_, committee, office, sent):
    actions.merge(factories.suggestion(committee), by=office, into=sent, now=NOW)

    assert "共2条同样意见" in text_of(as_(office).get(LIST))


def test_suggestions_are_found(as_, committee, office, sent):
    bath = factories.suggestion(committee, words="浴室水凉", location="ABC 区")
    of = {"committee": committee}
    kinds = {"category": factories.Category(**of), "place": factories.Place(**of)}
    actions.sort(bath, by=office, now=NOW, **kinds)
    client = as_(office)

    def found(**sought):
        return [words for group in rows(client.get(LIST, sought)).values() for words in group]

    assert found(q="浴室 abc") == ["浴室水凉"]
    assert found(category=kinds["category"].pk) == ["浴室水凉"]
    assert found(place=kinds["place"].pk) == ["浴室水凉"]
    assert found(group="asked") == []
    assert len(found(group="no such", place="x", call="9" * 30, page="-1")) == 2
    assert "没有符合的项目" in text_of(client.get(LIST, {"q": "没有这句"}))


def test_suggestions_are_found_by_their_call(as_, committee, office, sent):
    call = factories.call(committee)
    factories.suggestion(committee, words="答通知的")

    assert rows(as_(office).get(LIST, {"call": call.pk})) == {"received": ["答通知的"]}


def test_long_list_is_paged(committee, office):
    from items.queries import desk_suggestions
    from items.staff import SuggestionSearch

    for words in "一二三":
        factories.suggestion(committee, words=words)
    page = desk_suggestions(office, TODAY, SuggestionSearch(), page=2, size=2)

    assert (page.page, page.pages, page.count, len(page.groups[0].rows)) == (2, 2, 3, 1)


def test_empty_list_says_what_to_do_next(as_, office):
    assert "还没有收到意见" in text_of(as_(office).get(LIST))


def test_list_asks_as_much_of_three_as_of_one(as_, committee, office, django_assert_num_queries):
    factories.suggestion(committee)
    client = as_(office)
    client.get(LIST)  # the first look writes the session
    with django_assert_num_queries(13):
        client.get(LIST)
    for _each in range(2):
        factories.suggestion(committee)
    with django_assert_num_queries(13):
        client.get(LIST)


# Who may read


def test_readers_read_and_to_others_nothing_is_there(as_, committee, office, sent):
    readers, strangers = people(committee)

    for who, person in {"office": office, **readers}.items():
        client = as_(person)
        assert client.get(at(sent)).status_code == client.get(LIST).status_code == 200, who
        assert LIST in client.get("/desk/").content.decode()
    for who, person in strangers.items():
        client = as_(person)
        assert client.get(at(sent)).status_code == 404, who
        assert at(sent, "decline") not in client.get("/desk/").content.decode()
        if who != "other office":
            assert client.get(LIST).status_code == 404, who
            assert LIST not in client.get("/desk/").content.decode(), who
        else:
            assert sent.words not in text_of(client.get(LIST))


def test_my_desk_shows_the_office_what_waits(as_, committee, office, sent):
    factories.suggestion(committee, words="早的", today=TODAY - days(18))
    factories.suggestion(committee, words="广告", moderated=True)
    (readers, _strangers) = people(committee)

    said = text_of(as_(office).get("/desk/"))

    assert "意见待办理 2" in said
    assert "1条已过答复期限" in said
    assert "另有1条待受理" in said
    assert said.index("早的") < said.index(sent.words)
    assert "广告" not in said
    for person in readers.values():
        assert "意见待办理 2" not in text_of(as_(person).get("/desk/"))


def test_key_that_cannot_be_is_no_address(as_, office):
    client = as_(office)

    keys = ["0", str(2**63), "9" * 30, "-1", "a"]

    assert {client.get(f"{LIST}{key}/").status_code for key in keys} == {404}


# One of them


def test_page_tells_what_was_written_and_done_but_not_by_whom(as_, office, sent):
    actions.ask_back(sent, by=office, text="哪一间?", now=NOW)
    actions.reply(sent, words="东头那间", today=TODAY)

    page = text_of(as_(office).get(at(sent)))

    for words in [sent.words, "三号高炉", "哪一间?", "东头那间", office.name, "2026年6月1日"]:
        assert words in page
    assert "留了称呼或联系方式" in page
    assert "老李" not in page
    assert "分机 301" not in page


def test_next_one_that_waits_is_a_key_away(as_, committee, office, sent):
    after = factories.suggestion(committee, today=TODAY + days(1))
    factories.suggestion(committee, moderated=True)

    first, last = (as_(office).get(at(each)).content.decode() for each in (sent, after))

    assert f'href="{at(after)}" data-key="n"' in first
    assert f'href="{at(sent)}" data-key="n"' in last


def test_similar_ones_are_shown_while_it_waits(as_, committee, office, sent):
    near = factories.suggestion(committee, words="高炉休息室太热,装个空调吧")
    far = factories.suggestion(committee, words="班车太少")
    elsewhere = factories.suggestion(factories.Committee(), words="休息室没有空调")
    item = factories.Item(list__committee=committee, title="给休息室装空调")
    factories.Item(list=item.list, title="增加班车")

    form = as_(office).get(at(sent)).context["form"]
    alike = [key for key, _words in form.fields["into"].choices]
    assert alike == [near.pk]
    assert form.fields["items"].choices[0][0] == item.pk
    assert {far.pk, elsewhere.pk}.isdisjoint(alike)

    actions.decline(sent, reason="not_ours", by=office, text="不归厂里管", now=NOW)
    assert as_(office).get(at(sent)).context["form"] is None


def test_page_asks_as_much_of_three_as_of_one(as_, committee, office, django_assert_num_queries):
    def merged():
        other = factories.suggestion(committee, words="休息室也没有空调")
        actions.merge(other, by=office, into=models.Suggestion.objects.get(pk=sent.pk), now=NOW)
        factories.suggestion(committee, words="空调休息室没有")

    sent = factories.suggestion(committee, words="休息室没有空调")
    merged()
    client = as_(office)
    client.get(at(sent))
    with django_assert_num_queries(22):
        client.get(at(sent))
    merged()
    merged()
    with django_assert_num_queries(22):
        client.get(at(sent))


# Photos


@pytest.fixture
def with_photo(committee):
    pictures = (picture.read(BytesIO(factories.picture())),)
    return factories.suggestion(committee, pictures=pictures)


def test_photos_are_for_readers_only_and_kept_nowhere(as_, client, committee, office, with_photo):
    large, small = (f"{at(with_photo)}photos/1{tail}.jpg" for tail in ("", "-small"))
    readers, strangers = people(committee)

    assert small in as_(office).get(at(with_photo)).content.decode()
    for person in [office, *readers.values()]:
        for path in (large, small):
            response = as_(person).get(path)
            assert response.headers["Content-Type"] == "image/jpeg"
            assert "no-store" in response.headers["Cache-Control"]
            assert response.content.startswith(b"\xff\xd8")
    for person in strangers.values():
        assert {as_(person).get(path).status_code for path in (large, small)} == {404}
    assert client.get(large).status_code == 302
    assert as_(office).get(f"{at(with_photo)}photos/2.jpg").status_code == 404


# On the item


def test_item_says_from_how_many_suggestions_it_came_to_readers_only(as_, committee, office, sent):
    item = factories.published_item(list__committee=committee)
    actions.merge(factories.suggestion(committee), by=office, into=sent, now=NOW)
    actions.adopt(sent, by=office, items=[item], text="列入清单", now=NOW)
    address = f"/desk/lists/{item.list.slug}/{item.number}/"

    page = as_(office).get(address)

    assert "来自2条职工意见" in text_of(page)
    assert at(sent) in page.content.decode()
    for person in (factories.owner_of(item), factories.supervisor_of(item)):
        page = as_(person).get(address)
        assert page.status_code == 200
        assert "职工意见" not in text_of(page)
        assert at(sent) not in page.content.decode()


def test_draft_that_suggestions_became_is_not_deleted(as_, committee, office, sent):
    item = factories.Item(list__committee=committee)
    actions.adopt(sent, by=office, items=[item], text="列入清单", now=NOW)
    client, list_at = as_(office), f"/desk/lists/{item.list.slug}/"

    page = client.post(f"{list_at}{item.number}/draft/delete/", {"version": item.version})
    form = client.get(f"{list_at}table/").context["table"].rows[0]
    row = {f"row-0-{bound.name}": bound.value() for bound in form if bound.value() is not None}
    table = client.post(f"{list_at}table/", {"rows": 1, **row, "row-0-delete": "on"})

    for response in (page, table):
        assert response.status_code == 403
        assert "意见" in text_of(response)
    assert models.Item.objects.filter(pk=item.pk).exists()
    assert "来自1条职工意见" in text_of(client.get(f"{list_at}{item.number}/draft/"))


def test_pack_says_what_waits_beyond_its_day_to_readers_only(as_, committee, office):
    item = factories.published_item(list__committee=committee)
    factories.suggestion(committee, today=TODAY - days(18))
    address = f"/desk/lists/{item.list.slug}/pack/"

    assert "答复期限已过3天" in text_of(as_(office).get(address))
    assert "职工意见" not in text_of(as_(factories.owner_of(item)).get(address))
