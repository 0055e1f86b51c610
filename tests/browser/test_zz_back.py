import io
import openpyxl
import pytest
from tests.browser.test_desk import at_desk, PASSWORD
from items.models import *
from items import actions
from items.exports.ledger import *
from tests.items.actions.acts import fresh
from django.utils.timezone import localdate
import datetime


def col(page, h):
    return next(c.column for c in page[3] if c.value == h)


def test_shots(at_desk, live_server, new_context, published_demo, tmp_path):
    il = ItemList.objects.get(slug=published_demo)
    by = Person.objects.filter(roles__committee=il.committee, roles__kind="office").first()
    f = io.BytesIO()
    write_numbered(
        write_ledger,
        f,
        il,
        Wanted(il.items.published().order_by("number"), inside=True),
        localdate(),
        by=by,
    )
    book = openpyxl.load_workbook(io.BytesIO(f.getvalue()))
    p = book.worksheets[0]
    rows = {p.cell(r, 1).value: r for r in range(4, p.max_row + 1)}

    def put(n, h, v):
        p.cell(rows[n], col(p, h)).value = v

    opened = [i.number for i in il.items.filter(status="in_progress")]
    for n in opened[:3]:
        put(n, "进展情况", f"第{n}件：主体工程已完工，本周调试，下周请督导人来看。")
    put(opened[0], "经费", "26.5万元")
    put(opened[0], "备注", "收尘罐缺件，12月8日到货；厂家答应先发一半")
    put(2, "经费", "21万元")
    put(3, "备注", "排气扇有意见")
    put(1, "实事项目", "更新主控室的操作座椅")
    put(1, "存在问题", "旧座椅用了十二年，靠背塌、扶手裂，夜班坐久了腰疼。\n操作台前转不了身。")
    put(2, "完成时限", datetime.date(2027, 3, 1))
    put(3, "状态", "已解决")
    put(4, "牵头领导", "厂长")
    put(4, "地点", "没有这个地方")
    put(5, "经费", "8.8万元")
    p.delete_rows(rows[18])
    item = il.items.get(number=5)
    actions.annotate_item(item, by=by, budget="9.1万元")
    path = tmp_path / "9月改过的台账.xlsx"
    book.save(path)
    page = at_desk(by.username)
    for n, (w, lang, scheme) in enumerate(
        [
            (1280, "", "light"),
            (360, "", "light"),
            (1280, "/en", "light"),
            (1280, "", "dark"),
            (360, "/en", "dark"),
        ]
    ):
        page.set_viewport_size({"width": w, "height": 900})
        page.emulate_media(color_scheme=scheme)
        url = f"{live_server.url}{lang}/desk/lists/{published_demo}/return/"
        page.goto(url)
        if n == 0:
            page.screenshot(path="/tmp/shots/back/form.png")
            page.set_input_files("input[type=file]", str(path))
            page.click("button.main")
            page.wait_for_load_state()
        page.screenshot(path=f"/tmp/shots/back/{n}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto(f"{live_server.url}/desk/lists/{published_demo}/return/")
    page.click("button.main")
    page.wait_for_load_state()
    page.screenshot(path="/tmp/shots/back/wrong.png", full_page=True)
    page.goto(f"{live_server.url}/desk/lists/{published_demo}/export/")
    page.screenshot(path="/tmp/shots/back/export.png", full_page=True)
    page.goto(f"{live_server.url}/desk/lists/{published_demo}/")
    page.screenshot(path="/tmp/shots/back/list.png", full_page=False)
