"""The table of drafts in a browser: paste from Excel, the keys, the width of a phone."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from items.models import Holding
from tests import factories
from tests.browser.looking import (
    DESK,
    PHONE,
    TOO_SMALL,
    bad_contrasts,
    broken_rules,
    follow,
    keep,
    resize,
    scrolled_sideways,
)

LONG_AGO = date(2020, 1, 1)
BLOCK = (
    '修浴室\t换管道\t\t浴室\t厂长\t联系人\t11月底前\n修雨棚\t"搭架子\n铺顶"\t\t没有这里\t厂长\t\t\n'
)
TARGETS = ".drafts :is(select, textarea, [type=text], .col-do summary), .fill :is(select, button)"
TARGETS += ", button.main"
PASTE = """(field, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    field.dispatchEvent(new ClipboardEvent(
        'paste', {clipboardData, bubbles: true, cancelable: true}))
}"""


@pytest.fixture
def item_list(emptied_tables):
    """Return a draft list with one item, a place to choose and two posts."""
    owner = factories.Post(name="厂长", is_leader=True)
    committee = owner.committee
    factories.Place(committee=committee, name="浴室")
    posts = {"owner_post": owner, "supervisor_post": factories.Post(
        name="联系人", committee=committee)}  # fmt: skip
    return factories.Item(title="换座椅", list__committee=committee, **posts).list


@pytest.fixture
def table(page, live_server, item_list):
    """Return a browser at the table of drafts, logged in as the office."""
    client = Client()
    client.force_login(factories.office(item_list.committee))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/desk/lists/{item_list.slug}/table/")
    return page


def paste(page, name, text):
    page.locator(f"[name={name}]").evaluate(PASTE, text)


def save(page):
    follow(page, "button.main")


def rows(item_list):
    columns = ("number", "title", "place__name", "owner_post__name", "due_words")
    return list(item_list.items.order_by("number").values_list(*columns))


def test_a_block_from_a_sheet_fills_the_cells_to_the_right_and_below(table, item_list):
    paste(table, "row-1-title", BLOCK)
    offered = table.locator(".offers").inner_text()
    save(table)

    assert "1 没有这里" in offered  # what is not among the choices yet
    assert rows(item_list)[1:] == [
        (2, "修浴室", "浴室", "厂长", "11月底前"),
        (3, "修雨棚", "没有这里", "厂长", ""),
    ]
    measures = item_list.items.get(number=3).measures
    assert [each.text for each in measures.all()] == ["搭架子", "铺顶"]


def test_row_of_headings_places_the_columns_and_is_no_item(table, item_list):
    owner = item_list.committee.posts.get(name="厂长")
    Holding.objects.filter(post=owner).delete()
    Holding.objects.create(post=owner, person=factories.Person(name="王强"), since=LONG_AGO)
    factories.Post(committee=item_list.committee, name="联络员甲")
    factories.Post(committee=item_list.committee, name="联络员乙")
    table.reload()
    sheet = "2026年清单\t\t\t\t\n牵头领导\t责任单位\t实事项目\t督导人\t序号\n"
    paste(table, "row-1-number", f"{sheet}王强\t设备室\t修浴室\t联络员\t24\n")
    said = table.locator(".unsaved").inner_text()
    save(table)

    assert rows(item_list)[1:] == [(24, "修浴室", None, "厂长", "")]
    assert "责任单位" in said  # the table has no such column
    assert "联络员" in said  # two posts begin like that
    assert item_list.items.get(number=24).supervisor_post is None


def test_fifty_rows_are_pasted_in_one_go(table, item_list):
    paste(table, "row-1-title", "".join(f"第{n}件\t措施{n}\r\n" for n in range(50)))
    save(table)

    assert item_list.items.count() == 51
    assert item_list.items.get(number=51).title == "第49件"


def test_nothing_is_pasted_while_an_input_method_composes(table):
    field = table.locator("[name=row-1-title]")
    field.dispatch_event("compositionstart")
    paste(table, "row-1-title", BLOCK)

    assert field.input_value() == ""


def test_enter_goes_down_and_loses_nothing(table, item_list):
    table.locator("[name=row-0-title]").fill("换座椅和桌子")
    table.keyboard.press("Enter")
    table.keyboard.type("修浴室")
    table.keyboard.press("Control+Enter")
    table.wait_for_url("**/table/")
    table.wait_for_selector(".said")

    assert [row[1] for row in rows(item_list)] == ["换座椅和桌子", "修浴室"]


def test_tab_goes_row_by_row_and_the_focus_is_never_hidden(table):
    table.set_viewport_size({"width": DESK, "height": 500})
    table.locator("[name=row-0-number]").focus()
    names, hidden = [], []
    for _press in range(45):
        names.append(table.evaluate("document.activeElement.name"))
        seen = table.evaluate("""() => {
            const box = document.activeElement.getBoundingClientRect()
            const there = document.elementFromPoint(box.left + 5, box.top + 5)
            return there === document.activeElement
        }""")
        hidden += [] if seen else [names[-1]]
        table.keyboard.press("Tab")

    assert names[:2] == ["row-0-number", "row-0-title"]
    assert names[12:14] == ["row-1-number", "row-1-title"]  # after the row's menu
    assert hidden == []


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_table_can_be_read_and_reached(table, width, scheme):
    table.emulate_media(color_scheme=scheme)
    resize(table, width)
    table.locator("[name=row-1-measures]").fill("没有事项")
    save(table)
    keep(table, f"drafts-error-{width}-{scheme}")

    assert scrolled_sideways(table) <= 0
    assert broken_rules(table) == []
    assert bad_contrasts(table) == []
    assert table.locator(TARGETS).evaluate_all(TOO_SMALL) == []


def titles(page):
    """Return number and matter of each row of the table that says something."""
    rows = page.locator(".drafts tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('[name$=-number], [name$=-title]')]"
        ".map(field => field.value))"
    )
    return [row for row in rows if row[1]]


def test_rows_are_moved_copied_and_filled_down_without_the_server(table, item_list):
    place = str(item_list.committee.places.get().pk)
    for title in ("修浴室", "修雨棚"):
        factories.another(item_list.items.get(number=1), title=title)
    table.reload()
    table.locator("[name=row-0-place]").select_option(place)
    table.locator(".fill button").click()  # the cell in which one was last
    table.locator("[name=row-2-title]").focus()
    table.keyboard.press("Alt+ArrowUp")
    assert titles(table) == [["1", "换座椅"], ["2", "修雨棚"], ["3", "修浴室"]]
    table.locator("#row-0 summary").click()
    table.locator("[value=copy-0]").click()
    table.keyboard.press("Control+a")
    table.keyboard.type("换桌子")
    table.locator("[name=row-1-criteria]").fill("都能坐")
    table.locator("[name=row-2-criteria]").focus()
    table.keyboard.press("Control+d")
    assert table.locator(".unsaved").inner_text() == "还没有保存"
    save(table)

    assert [(row[0], row[1], row[2]) for row in rows(item_list)] == [
        (1, "换座椅", "浴室"), (2, "修雨棚", "浴室"), (3, "修浴室", "浴室"), (4, "换桌子", "浴室"),
    ]  # fmt: skip
    assert [item.criteria.count() for item in item_list.items.order_by("number")] == [0, 1, 1, 0]


def test_a_new_row_is_moved_by_the_server_and_nothing_is_lost(table, item_list):
    table.locator("[name=row-1-title]").fill("修浴室")
    table.locator("[name=row-1-title]").press("Alt+ArrowUp")
    table.wait_for_selector(".unsaved:text('还没有保存')")

    assert titles(table) == [["1", "修浴室"], ["2", "换座椅"]]
    save(table)
    assert [row[:2] for row in rows(item_list)] == [(1, "修浴室"), (2, "换座椅")]


def test_names_in_a_text_are_offered_as_they_are_written(table, item_list):
    factories.Unit(committee=item_list.committee, name="设备室")
    table.goto(f"{table.url}?columns=shares&columns=handlers")
    block = "责任单位\t配合单位\t承办人\n设备室、动力室\t工会\t王强\n"
    paste(table, "row-0-title", block)

    said = table.locator(".offers").inner_text()
    assert ("动力室" in said, "设备室" in said, "王强" in said) == (True, False, True)
    assert "配合单位" in table.locator(".unsaved").inner_text()  # it isn't shown here
    save(table)
    shares = item_list.items.get().unit_shares.values_list("unit__name", "role")
    assert list(shares) == [("设备室", "lead"), ("动力室", "joint")]
    assert item_list.items.get().handlers.get().name == "王强"


# The internal columns of a published list's table


@pytest.fixture
def cells(table, item_list, live_server):
    """Return a browser at the table of the same list, published, with its internal columns."""
    factories.another(item_list.items.get(), title="修浴室")
    for item in item_list.items.filter(measures=None):
        item.measures.create(text="换管道")
    factories.publish(item_list)
    shown = "columns=number&columns=title&columns=budget&columns=remark"
    table.goto(f"{live_server.url}/desk/lists/{item_list.slug}/table/?{shown}")
    return table


def test_a_block_fills_the_internal_columns_of_published_items(cells, item_list):
    paste(
        cells,
        "row-1-budget",
        "备注\t经费\t状态\n等发票\t三万元\t已解决\n\t四万元\t\n多出来的\t\t\n",
    )
    said = cells.locator(".unsaved").inner_text()
    cells.locator("[name=row-2-remark]").press("Control+Enter")
    cells.wait_for_load_state()
    cells.get_by_text("已保存").wait_for()

    assert "状态" in said  # another column's heading
    assert "1" in said  # a row beyond the table's end
    kept = item_list.items.order_by("number").values_list("budget", "remark", "status")
    assert list(kept) == [("三万元", "等发票", "not_started"), ("四万元", "", "not_started")]


def test_enter_goes_one_row_down_in_the_internal_columns(cells):
    cells.locator("[name=row-1-budget]").press("Enter")

    assert cells.evaluate("document.activeElement.name") == "row-2-budget"
