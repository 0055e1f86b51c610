"""The lists that a person may see, one of them, and opening a new one."""

from copy import deepcopy

import pytest

from tests import factories
from tests.desk.drafting import at, text_of

pytestmark = pytest.mark.django_db
LISTS = "/desk/lists/"


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    post = factories.Post(name="厂长", is_leader=True)
    checks = factories.Post(name="联系人", committee=post.committee)
    return factories.Item(
        title="换座椅",
        title_en="New chairs",
        list__committee=post.committee,
        owner_post=post,
        supervisor_post=checks,
    )


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


# All of them


def test_lists_stand_by_committee_and_year(office, item):
    factories.publish(item.list)
    other = factories.ItemList(committee=item.list.committee, year=2027, name="明年清单")

    response = office.get(LISTS)

    (committee,) = response.context["committees"]
    assert [line.slug for line in committee.lists] == [other.slug, item.list.slug]
    assert f'href="{at("list", other)}"' in response.content.decode()
    assert "1 = 0 已解决 + 0 推进中 + 1 未启动" in text_of(response)
    assert "0件草稿" in text_of(response)


def test_a_draft_is_seen_by_office_and_auditor_only(as_, item):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    seen = {
        who: item.list.name in text_of(as_(person).get(LISTS))
        for who, person in {
            "office": factories.office_of(item),
            "auditor": auditor,
            "owner": factories.owner_of(item),
            "stranger": factories.Person(),
        }.items()
    }

    assert seen == {"office": True, "auditor": True, "owner": False, "stranger": False}


def test_empty_page_says_what_to_do_next(as_):
    office = factories.Role().person

    assert "请先新建今年的清单" in text_of(as_(office).get(LISTS))
    assert "清单由各党委的活动办公室新建" in text_of(as_(factories.Person()).get(LISTS))


def test_lists_ask_as_much_of_three_as_of_one(office, item, django_assert_num_queries):
    office.get(LISTS)  # the first look writes the session
    with django_assert_num_queries(7):
        office.get(LISTS)
    for _each in range(2):
        factories.ItemList(committee=item.list.committee)
    with django_assert_num_queries(7):
        office.get(LISTS)


# A draft


def test_draft_says_every_reason_with_the_way_to_mend_it(office, item):
    item.measures.all().delete()
    factories.another(item, supervisor_post=None)

    response = office.get(at("list", item.list))

    page = response.content.decode()
    assert len(response.context["reasons"]) == 2
    for number in (1, 2):
        assert f'href="{at("edit_draft", item.list, number)}"' in page
    for name in ("table", "copy_list", "publish_list"):
        assert f'href="{at(name, item.list)}"' in page


def test_draft_without_items_says_so(office, item):
    item.delete()

    assert "清单里还没有事项" in text_of(office.get(at("list", item.list)))


def test_import_is_offered_to_the_office(as_, item):
    page = as_(factories.office_of(item)).get(at("list", item.list)).content.decode()

    assert f'href="{at("import_sheet", item.list)}"' in page


def test_reader_of_a_draft_sees_the_reason_in_the_place_of_the_links(as_, item):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person

    page = as_(auditor).get(at("list", item.list)).content.decode()

    assert "审计账号只能查看" in page
    assert f'href="{at("table", item.list)}"' not in page
    assert "换座椅" in page


def test_draft_asks_as_much_of_three_items_as_of_one(office, item, django_assert_num_queries):
    office.get(LISTS)  # the first look writes the session
    with django_assert_num_queries(26):
        office.get(at("list", item.list))
    factories.another(item)
    factories.another(item)
    with django_assert_num_queries(26):
        office.get(at("list", item.list))


# A published one


@pytest.fixture
def published(item):
    factories.another(item, title="修浴室", due=factories.TODAY - factories.days(9))
    post = factories.Post(name="书记", committee=item.list.committee, is_leader=True)
    factories.another(item, title="修厕所", owner_post=post)
    return factories.publish(item.list)


def numbers(response):
    return [row.number for row in response.context["shown"].rows]


def test_published_list_shows_its_equation_and_items(office, published):
    response = office.get(at("list", published))

    page = response.content.decode()
    assert numbers(response) == [1, 2, 3]
    assert f'href="{at("list", published)}?status=not_started#found"' in page
    assert f'href="{at("item", published, 1)}"' in page
    for name in ("add_item", "settle_year"):
        assert f'href="{at(name, published)}"' in page


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({"q": "浴室"}, [2]),
        ({"q": "ｃｈａｉｒ"}, [1, 2, 3]),
        ({"q": "2"}, [2]),
        ({"q": "更换座椅 修"}, [2, 3]),  # what a measure says, too
        ({"status": "not_started"}, [1, 2, 3]),
        ({"status": "resolved"}, []),
        ({"late": "overdue"}, [2]),
        ({"late": "done"}, []),
        ({"status": "no such", "owner": "x", "late": "?", "page": "-1"}, [1, 2, 3]),
        ({"q": "a" * 500}, []),
    ],
)
def test_items_are_found(office, published, sought, found):
    assert numbers(office.get(at("list", published), sought)) == found


def test_items_are_found_by_their_owners_post(office, published, item):
    third = published.items.get(number=3)

    assert numbers(office.get(at("list", published), {"owner": third.owner_post_id})) == [3]


def test_the_equation_stays_whole_whatever_is_looked_for(office, published):
    response = office.get(at("list", published), {"q": "浴室"})

    assert response.context["shown"].arithmetic.total == 3
    assert "共3件，找到1件" in text_of(response)


def test_nothing_found_says_what_to_do(office, published):
    assert "没有符合的项目" in text_of(office.get(at("list", published), {"q": "没有"}))


def test_a_long_list_is_paged_with_what_was_looked_for(office, published):
    from items.queries import list_page
    from items.staff import ItemSearch

    page = list_page(published, factories.TODAY, ItemSearch(q="修"), page=2, size=1)

    assert [row.number for row in page.rows] == [3]
    assert (page.page, page.pages, page.count) == (2, 2, 2)


def test_owner_reads_it_without_the_links(as_, published, item):
    page = as_(factories.owner_of(item)).get(at("list", published)).content.decode()

    assert "换座椅" in page
    assert f'href="{at("close_list", published)}"' not in page
    assert "活动办公室" in page


def test_to_a_stranger_no_list_exists(as_, published):
    assert as_(factories.Person()).get(at("list", published)).status_code == 404


def test_published_list_asks_as_much_of_three_items_as_of_one(
    office, as_, published, django_assert_num_queries
):
    one = factories.published_item()
    first = as_(factories.office_of(one))
    for client in (first, office):
        client.get(LISTS)  # the first look writes the session
    with django_assert_num_queries(15):
        first.get(at("list", one.list))
    with django_assert_num_queries(15):
        office.get(at("list", published))
