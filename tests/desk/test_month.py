"""A month's progress on one page: who reports what, all or none, and nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from zeal import zeal_ignore

from items import actions
from items.models import Entry, Photo
from tests import factories
from tests.desk.sending import text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, close_alone, fresh
from tests.items.desk.making import several

pytestmark = pytest.mark.django_db
AT = "/desk/lists/plant-2026/month/"
TYPED = "我写的这句话"


@pytest.fixture(autouse=True)
def _each_item_is_an_act_of_its_own():
    with zeal_ignore():
        yield


@pytest.fixture
def items():
    return several(3, list__slug="plant-2026")


@pytest.fixture
def owner(items, as_):
    return as_(factories.owner_of(items[0]))


@pytest.fixture
def office(items, as_):
    return as_(factories.colleague_of(items[0]))


def rows(response):
    return {form.row.row.number: form for form in response.context["rows"]}


def filled(response, **said):
    """Return what the page sends, with what is `said`: text_2 is the text of item No. 2."""
    sent = {"happened_on": str(TODAY)}
    for number, form in rows(response).items():
        for bound in form:
            value = bound.value()
            words = said.get(f"{bound.name}_{number}", value)
            if words not in (None, False):
                sent[bound.html_name] = words
    return sent


def send(client, path=AT, day=TODAY, **said):
    return client.post(path, filled(client.get(path), **said) | {"happened_on": str(day)})


def said(verb):
    entries = Entry.objects.filter(verb=verb, list__slug="plant-2026").order_by("seq")
    return [(entry.item.number, entry.words.text) for entry in entries]


def test_owners_report_publicly_and_what_is_left_empty_writes_nothing(owner, items):
    response = send(owner, text_1="换了两把", text_3="换了三把", percent_3="40", same_2="on")

    assert response.status_code == 302
    assert said("report_progress") == [(1, "换了两把"), (3, "换了三把")]
    assert [fresh(item).percent for item in items] == [None, None, 40]


def test_no_change_is_no_news_and_resets_no_silence(owner, items):
    before = Entry.objects.count(), [fresh(item).last_news_id for item in items]

    response = owner.post(
        AT, filled(owner.get(AT), same_1="on", same_2="on", same_3="on"), follow=True
    )

    assert response.status_code == 200
    assert (Entry.objects.count(), [fresh(item).last_news_id for item in items]) == before
    assert "没有变化" in text_of(response)


def test_what_was_passed_over_is_named(owner):
    response = owner.post(AT, filled(owner.get(AT), text_1="换了", same_2="on"), follow=True)

    assert [m.message for m in response.context["messages"]][-1].endswith("3")


def test_office_enters_one_batch(office, items):
    assert send(office, text_1="换了两把", text_2="搭了架子").status_code == 302

    entries = Entry.objects.filter(verb="enter_for_owner")
    assert len({entry.facts["batch"] for entry in entries}) == 1
    assert said("enter_for_owner") == [(1, "换了两把"), (2, "搭了架子")]


def test_an_owner_sees_only_their_own_items(as_, items):
    first = factories.Item(list__slug="two", list__committee__slug="two")
    other = factories.another(first, owner_post=factories.Post(committee=first.list.committee))
    factories.publish(first.list)

    page = as_(factories.owner_of(first)).get("/desk/lists/two/month/")

    assert list(rows(page)) == [1]
    assert other.title not in text_of(page)
    office = as_(factories.office_of(first)).get("/desk/lists/two/month/")
    assert list(rows(office)) == [1, 2]
    narrowed = as_(factories.office_of(first)).get(
        f"/desk/lists/two/month/?owner={other.owner_post_id}"
    )
    assert list(rows(narrowed)) == [2]


def test_a_unit_narrows_it(as_):
    first = factories.Item(list__slug="two")
    second, unit = factories.another(first), factories.Unit(committee=first.list.committee)
    second.unit_shares.create(unit=unit, role="lead")
    factories.publish(first.list)

    page = as_(factories.office_of(first)).get(f"/desk/lists/two/month/?unit={unit.pk}")

    assert list(rows(page)) == [2]


@pytest.mark.parametrize("asked", ["owner=x", "unit=99999999999", "page=7", "owner=٣"])
def test_a_choice_that_is_none(office, asked):
    assert list(rows(office.get(f"{AT}?{asked}"))) == [1, 2, 3]


def test_what_waits_or_is_on_hold_has_no_box(owner, items):
    factories.claim(fresh(items[0]), now=NOW)
    factories.hold(fresh(items[1]), now=NOW)

    page = owner.get(AT)

    assert list(rows(page)) == [3]
    assert [row.number for row in page.context["page"].others] == [1, 2]


def test_a_count_has_its_target(as_):
    (item,) = several(1, list__slug="count", target_count=120, count_unit="间")
    client = as_(factories.owner_of(item))
    path = "/desk/lists/count/month/"

    assert "/ 120 间" in text_of(client.get(path)) or "120 间" in text_of(client.get(path))
    assert send(client, path, text_1="完成九十间", done_count_1="90").status_code == 302
    assert fresh(item).done_count == 90


def test_an_untouched_number_is_not_said_again(owner, items):
    ACTS["report_progress"](fresh(items[0]), percent=40)

    send(owner, text_1="又换了两把")

    assert "percent" not in fresh(items[0]).last_entry.facts


@pytest.mark.parametrize(
    "wrong",
    [{"percent_1": "40"}, {"percent_1": "140", "text_1": TYPED}, {"text_1": TYPED, "same_1": "on"}],
)
def test_what_is_wrong_in_one_row_saves_none_and_keeps_all(owner, wrong):
    response = send(owner, text_2=TYPED, **wrong)

    assert response.status_code == 422
    assert said("report_progress") == []
    assert rows(response)[2]["text"].value() == TYPED


def test_nothing_written_is_told(owner):
    assert send(owner).status_code == 422


def test_words_that_came_meanwhile_stand_beside_ones_own(owner, items):
    sent = filled(owner.get(AT), text_1="我的话一", text_2="我的话二")
    ACTS["report_progress"](fresh(items[1]), text="别人先报了", percent=60)

    response = owner.post(AT, sent)

    assert response.status_code == 409
    assert said("report_progress") == [(2, "别人先报了")]
    text = text_of(response)
    assert "别人先报了" in text
    now = rows(response)
    assert [now[number]["text"].value() for number in (1, 2)] == ["我的话一", "我的话二"]
    assert now[2]["percent"].value() == "60"  # it was not typed
    again = filled(response)
    assert owner.post(AT, again).status_code == 302
    assert said("report_progress")[1:] == [(1, "我的话一"), (2, "我的话二")]
    assert fresh(items[1]).percent == 60


def test_an_item_that_is_no_longer_at_work_keeps_its_words(owner, items):
    sent = filled(owner.get(AT), text_1="我的话一", text_2=TYPED)
    factories.claim(fresh(items[1]), now=NOW)

    response = owner.post(AT, sent)

    assert response.status_code == 409
    assert said("report_progress") == []
    assert TYPED in text_of(response)
    assert rows(response)[1]["text"].value() == "我的话一"


def test_sent_twice_it_is_written_once(owner):
    sent = filled(owner.get(AT), text_1="换了两把", text_2="搭了架子")

    assert [owner.post(AT, sent).status_code for _press in range(2)] == [302, 302]
    assert len(said("report_progress")) == 2


def test_data_about_a_person_asks_for_a_tick(owner):
    sent = filled(owner.get(AT), text_1="联系 13800138000")

    response = owner.post(AT, sent)
    assert response.status_code == 403
    assert b'name="_yes"' in response.content
    assert owner.post(AT, sent | {"_yes": "on"}).status_code == 302


def test_a_lost_login_loses_no_words(client, owner):
    sent = filled(owner.get(AT), text_1="我的话一", text_2="我的话二")

    page = client.post(AT, sent, headers={"Origin": "http://testserver"}).content.decode()

    assert "我的话一" in page
    assert "2 办了什么" in page
    assert page.count("办了什么") == 2  # what was left empty isn't asked for


def test_a_day_before_today(owner, items):
    send(owner, text_1="换了", day=TODAY - days(2))

    assert fresh(items[0]).last_entry.happened_on == TODAY - days(2)


def test_what_holds_it_up_and_what_waits_is_said(office, items):
    by = factories.owner_of(items[0])
    actions.report_progress(fresh(items[0]), by=by, text="停了", blocked="缺货", now=NOW)
    ACTS["enter_for_owner"](fresh(items[1]), text="代填的话")

    text = text_of(office.get(AT))

    assert "缺货" in text
    assert "代填的话" in text


def test_who_has_no_page_here(as_, items):
    auditor = factories.Role(committee=items[0].list.committee, kind="auditor").person
    stranger, supervisor = factories.Person(), factories.supervisor_of(items[0])
    told = {
        person: (as_(person).get(AT).status_code, as_(person).post(AT, {}).status_code)
        for person in (auditor, supervisor, stranger)
    }

    assert told == {auditor: (403, 403), supervisor: (403, 403), stranger: (404, 404)}


def test_a_closed_list_and_a_draft_have_none(as_):
    item = factories.item_at("resolved", list__slug="closed")
    close_alone(item.list)
    draft = factories.Item(list__slug="draft", list__committee=item.list.committee)
    client = as_(factories.office_of(item))

    for slug in ("closed", draft.list.slug):
        assert client.get(f"/desk/lists/{slug}/month/").status_code == 403


def test_reached_from_the_desk_and_from_the_list(owner, office):
    assert AT in owner.get("/desk/").content.decode()
    assert AT in office.get("/desk/lists/plant-2026/").content.decode()


def test_as_many_questions_for_one_as_for_two(
    owner, items, django_assert_num_queries, django_assert_max_num_queries
):
    owner.get(AT)
    for item in items[1:]:
        factories.hold(fresh(item), now=NOW)
    with django_assert_max_num_queries(25) as asked:
        owner.get(AT)
    by = factories.office_of(items[0])
    actions.resume_item(fresh(items[1]), by=by, reason="到货", now=NOW)
    with django_assert_num_queries(len(asked)):
        owner.get(AT)


# Photos


def with_photos(client, photos, **said):
    """Send the page with photos of rows, by number."""
    sent = filled(client.get(AT), **said) | {"happened_on": str(TODAY)}
    files = {f"{number}-photos": each for number, each in photos.items()}
    return client.post(AT, sent | files)


def jpeg(colour="red"):
    return SimpleUploadedFile("IMG.jpg", factories.picture(colour), "image/jpeg")


def test_photos_go_along_with_the_owners_words(owner, items):
    response = with_photos(owner, {1: [jpeg(), jpeg("green")]}, text_1="换了两把", text_2="没到货")

    assert response.status_code == 302
    rows = [(p.item.number, p.words, p.entry.about.verb) for p in Photo.objects.order_by("pk")]
    assert rows == [(1, "换了两把", "report_progress")] * 2
    assert not Photo.objects.public().exists()


def test_photos_that_the_office_enters_say_nothing_of_the_entry(office, items):
    response = with_photos(office, {1: [jpeg()]}, text_1="还没人复核的话")

    assert response.status_code == 302
    photo = Photo.objects.get()
    assert (photo.words, photo.entry.about.verb) == (items[0].title, "enter_for_owner")


def test_photos_want_words_and_come_back_with_their_row(owner, items):
    answer = with_photos(owner, {1: [jpeg()]}, text_2="没到货")

    assert answer.status_code == 422
    assert not Photo.objects.exists()
    assert not said("report_progress")
    (kept,) = rows(answer)[1]["photos"].kept
    sent = filled(answer, text_1="换了两把", text_2="没到货", photos_1="")
    sent |= {"1-photos_kept": str(kept.key)}
    assert owner.post(AT, sent | {"happened_on": str(TODAY)}).status_code == 302
    assert [photo.words for photo in Photo.objects.all()] == ["换了两把"]


def test_photos_come_back_from_a_conflict(owner, items):
    page = owner.get(AT)
    ACTS["log_visit"](fresh(items[0]))
    sent = filled(page, text_1="换了两把") | {"happened_on": str(TODAY), "1-photos": [jpeg()]}

    answer = owner.post(AT, sent)

    assert answer.status_code == 409
    assert len(rows(answer)[1]["photos"].kept) == 1
    assert not Photo.objects.exists()


def test_too_many_photos_of_a_row_are_refused(owner, items):
    answer = with_photos(
        owner, {1: [jpeg(colour) for colour in ("red", "green", "blue", "black")]}, text_1="换了"
    )

    assert answer.status_code == 422
    assert not Photo.objects.exists()
