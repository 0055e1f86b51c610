"""Many drafts in one table: all or nothing, and nobody's words are lost."""

from copy import deepcopy
from datetime import date

import pytest

from items.models import Item
from items.states import Status
from tests import factories
from tests.desk.drafting import at, filled, table, text_of
from tests.desk.sending import HERE
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def items_of_the_file(kept_rows):
    first = factories.Item(title="换座椅", due=date(2026, 6, 30))
    return [first, factories.another(first, title="修浴室")]


@pytest.fixture
def items(items_of_the_file, db):
    return deepcopy(items_of_the_file)


@pytest.fixture
def item_list(items):
    return items[0].list


@pytest.fixture
def office(as_, item_list):
    return as_(factories.office(item_list.committee))


def save(client, item_list, **changes):
    return client.post(at("table", item_list), table(client, item_list, **changes))


def titles(item_list):
    return dict(item_list.items.order_by("number").values_list("number", "title"))


def test_rows_are_changed_made_and_deleted(office, item_list):
    response = save(
        office,
        item_list,
        row_0_title="换座椅和桌子",
        row_0_measures="换座椅\n换桌子 / New tables",
        row_0_criteria="都能坐",
        row_1_delete="on",
        row_2_title="新增更衣柜",
        row_3_number="24",
        row_3_title="新增雨棚",
    )

    assert (response.status_code, response.url) == (302, at("table", item_list))
    assert titles(item_list) == {1: "换座椅和桌子", 24: "新增雨棚", 25: "新增更衣柜"}
    measures = item_list.items.get(number=1).measures.values_list("text", "text_en")
    assert list(measures) == [("换座椅", ""), ("换桌子", "New tables")]
    assert item_list.items.get(number=1).criteria.get().text == "都能坐"
    said = "已保存：新增2件，修改1件，删除1件。"
    assert said in text_of(office.get(response.url))


def test_what_is_chosen_is_saved(office, item_list):
    post = factories.Post(committee=item_list.committee)
    place = factories.Place(committee=item_list.committee)
    theme = factories.Theme(committee=item_list.committee)
    chosen = {"row_0_owner_post": post.pk, "row_0_place": place.pk, "row_0_theme": theme.pk}

    save(office, item_list, **chosen, row_0_term="short")

    item = item_list.items.get(number=1)
    assert (item.owner_post, item.place, item.theme, item.term) == (post, place, theme, "short")


def test_names_that_are_new_are_made_with_the_table_where_that_is_ticked(office, item_list):
    chosen = {"row_2_title": "修雨棚", "row_2_place": "new:东门", "row_2_owner_post": "new:厂长"}
    sent = table(office, item_list, **chosen)

    refused = office.post(at("table", item_list), sent | {"add": ["post"]})
    assert refused.status_code == 422
    assert "东门" in text_of(refused)
    assert not item_list.committee.posts.filter(name="厂长").exists()

    office.post(at("table", item_list), sent | {"add": ["post", "place"]})
    item = item_list.items.get(title="修雨棚")
    assert (item.place.name, item.owner_post.name) == ("东门", "厂长")
    assert item.owner_post.is_leader

    again = {"row_3_title": "修大门", "row_3_place": "new:东门"}  # which is there by now
    save(office, item_list, **again)
    assert item_list.items.get(title="修大门").place == item.place


def test_number_is_read_as_sheets_write_it(office, item_list):
    save(office, item_list, row_2_title="修雨棚", row_2_number="24.")

    assert titles(item_list)[24] == "修雨棚"


def test_theme_of_another_committee_is_refused(office, item_list):
    response = save(office, item_list, row_0_theme=factories.Theme().pk)

    assert response.status_code == 422
    assert item_list.items.get(number=1).theme is None


@pytest.mark.parametrize(
    ("written", "columns"),
    [
        ("2026-11-30", (date(2026, 11, 30), None, "")),
        ("2026年11月30日", (date(2026, 11, 30), None, "")),
        ("11月底前", (date(2026, 11, 30), None, "11月底前")),
        ("5月底前动工", (None, date(2026, 5, 31), "5月底前动工")),
        ("", (None, None, "")),
    ],
)
def test_deadline_is_read_as_in_a_sheet(office, item_list, written, columns):
    save(office, item_list, row_0_deadline=written)

    item = item_list.items.get(number=1)
    assert (item.due, item.start_by, item.due_words) == columns


def test_deadline_that_nobody_changed_stays_as_it_was(office, items):
    Item.objects.filter(pk=items[0].pk).update(due_words="年底", due=date(2026, 12, 20))

    save(office, items[0].list, row_0_title="别的")

    item = fresh(items[0])
    assert (item.title, item.due, item.due_words) == ("别的", date(2026, 12, 20), "年底")


def test_untouched_rows_are_not_written(office, items):
    save(office, items[0].list, row_0_title="换座椅和桌子")

    assert [fresh(item).version for item in items] == [1, 0]


def test_numbers_are_exchanged(office, item_list):
    save(office, item_list, row_0_number="2", row_1_number="1")

    assert titles(item_list) == {1: "修浴室", 2: "换座椅"}


def test_one_wrong_row_saves_none_and_keeps_the_words(office, item_list):
    before = list(Item.objects.values())

    response = save(office, item_list, row_0_title="", row_1_title="改好", row_2_deadline="12.3")

    page = response.content.decode()
    assert response.status_code == 422
    assert list(Item.objects.values()) == before
    assert "改好" in page
    assert "12.3" in page
    assert text_of(response).startswith("错误：")
    for target in ("id_row-0-title", "id_row-2-title", "id_row-2-deadline"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page


def test_what_the_action_refuses_stands_at_its_row(office, items):
    post = items[0].owner_post.pk

    response = save(office, items[0].list, row_1_supervisor_post=post, row_2_title="新")

    assert response.status_code == 403
    assert [row.name for row in response.context["table"].wrong] == ["第2件"]
    assert titles(items[0].list) == {1: "换座椅", 2: "修浴室"}


def test_number_twice_is_refused(office, item_list):
    response = save(office, item_list, row_2_number="1", row_2_title="新")

    assert response.status_code == 403
    assert "序号1重复" in text_of(response)


@pytest.mark.parametrize("do", ["up-1", "copy-0", "fill"])
def test_moving_rows_about_saves_nothing_and_keeps_the_words(office, item_list, do):
    sent = table(office, item_list, row_0_criteria="都能坐", row_2_title="新增雨棚")
    before = list(Item.objects.values())

    response = office.post(
        at("table", item_list), sent | {"do": do, "column": "criteria", "from": "0"}
    )

    shown = response.context["table"]
    assert (response.status_code, list(Item.objects.values())) == (200, before)
    rows = [(row["title"].value(), row["criteria"].value() or "") for row in shown.rows[:4]]
    assert (
        rows
        == {
            "up-1": [("修浴室", ""), ("换座椅", "都能坐"), ("新增雨棚", ""), (None, "")],
            "copy-0": [
                ("换座椅", "都能坐"),
                ("修浴室", ""),
                ("新增雨棚", ""),
                ("换座椅", "都能坐"),
            ],
            "fill": [
                ("换座椅", "都能坐"),
                ("修浴室", "都能坐"),
                ("新增雨棚", "都能坐"),
                (None, ""),
            ],
        }[do]
    )
    assert "还没有保存" in text_of(response)
    assert shown.wrong == []


def test_moved_rows_are_saved_as_they_stand(office, item_list):
    sent = table(office, item_list)
    moved = office.post(at("table", item_list), sent | {"do": "down-0"}).context["table"]
    again = {"rows": len(moved.rows)} | {k: v for row in moved.rows for k, v in filled(row).items()}

    assert office.post(at("table", item_list), again).status_code == 302
    assert titles(item_list) == {1: "修浴室", 2: "换座椅"}


# Who


@pytest.mark.parametrize("kind", ["auditor", "parent"])
def test_readers_read_the_same_address(as_, item_list, kind):
    response = as_(reader_of(item_list, kind)).get(at("table", item_list))

    assert response.status_code == 200
    assert "换座椅" in text_of(response)
    assert b"<textarea" not in response.content


def test_office_reads_it_too(office, item_list):
    response = office.get(at("table", item_list), {"view": "read"})

    assert "换座椅" in text_of(response)
    assert b"<textarea" not in response.content


def test_the_old_address_leads_to_the_table_and_takes_what_is_typed(office, item_list):
    old = at("edit_drafts", item_list)

    response = office.get(old, {"page": 2})
    assert (response.status_code, response.url) == (301, at("table", item_list) + "?page=2")
    sent = table(office, item_list, row_0_title="在旧页上写的")
    assert office.post(old, sent).url == at("table", item_list)
    assert titles(item_list)[1] == "在旧页上写的"


def reader_of(item_list, kind):
    if kind == "auditor":
        return factories.Role(committee=item_list.committee, kind="auditor").person
    item_list.committee.parent = factories.Committee()
    item_list.committee.save()
    return factories.office(item_list.committee.parent)


@pytest.mark.parametrize("kind", ["auditor", "parent"])
def test_readers_change_nothing(as_, office, item_list, kind):
    reader = as_(reader_of(item_list, kind))
    sent = table(office, item_list, row_0_title="我的话")

    response = reader.post(at("table", item_list), sent, headers=HERE)

    assert response.status_code == 403
    assert "我的话" in response.content.decode()
    assert titles(item_list)[1] == "换座椅"


def test_to_strangers_and_owners_a_draft_does_not_exist(as_, office, items):
    sent = table(office, items[0].list, row_0_title="我的话")
    for person in (factories.Person(), factories.owner_of(items[0])):
        client = as_(person)
        assert client.get(at("table", items[0].list)).status_code == 404
        assert client.post(at("table", items[0].list), sent).status_code == 404
    assert titles(items[0].list)[1] == "换座椅"


def test_an_item_of_another_list_cannot_be_named(office, item_list):
    other = factories.Item(title="别处")
    sent = table(office, item_list, row_0_title="我的话") | {"row-0-item": other.pk}

    assert office.post(at("table", item_list), sent).status_code == 409
    assert (fresh(other).title, fresh(other).list) == ("别处", other.list)


def test_a_table_of_nonsense_changes_nothing(office, item_list):
    for sent in ({}, {"rows": "x"}, {"rows": "999"}, {"rows": "2", "row-0-item": "x"}):
        assert office.post(at("table", item_list), sent).status_code in (302, 422)
    assert titles(item_list) == {1: "换座椅", 2: "修浴室"}


def test_the_table_asks_as_much_of_three_rows_as_of_one(
    office, item_list, django_assert_num_queries
):
    office.get(at("table", item_list))  # the first look writes the session
    with django_assert_num_queries(27):
        office.get(at("table", item_list))
    factories.another(item_list.items.first())
    factories.another(item_list.items.first())
    with django_assert_num_queries(27):
        office.get(at("table", item_list))


def test_a_long_list_is_paged_and_saved_on_its_page(office, item_list):
    post = {"owner_post": item_list.items.first().owner_post, "supervisor_post": None}
    Item.objects.bulk_create(
        Item(list=item_list, number=n, title=f"第{n}", status=Status.DRAFT, **post)
        for n in range(3, 86)
    )
    address = at("table", item_list) + "?page=2"
    shown = office.get(address).context["table"]
    row = shown.rows[0]
    sent = {"rows": 1, "row-0-item": row.of.pk, "row-0-version": 0, "row-0-title": "改"}

    response = office.post(address, sent | {"row-0-number": row.of.number})

    assert (row.of.number, response.url) == (81, address)
    assert titles(item_list)[81] == "改"


def test_as_many_rows_as_the_table_takes_are_saved_at_once(office, item_list):
    columns = ("category", "theme", "place", "owner_post", "supervisor_post", "term")
    columns += ("item", "version")
    sent = {"rows": 150} | {f"row-{at}-{c}": "" for at in range(150) for c in columns}
    for at_row in range(145):
        sent |= {f"row-{at_row}-title": f"第{at_row}件", f"row-{at_row}-number": at_row + 10}
        sent |= {f"row-{at_row}-measures": "做", f"row-{at_row}-deadline": "年底前"}

    assert office.post(at("table", item_list), sent).status_code == 302
    assert item_list.items.count() == 147
