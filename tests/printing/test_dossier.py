"""The file of a matter and of a list, and the sheet of a sign-off: what they say, and to whom."""

import hashlib
import re
from copy import deepcopy

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from items import actions, queries
from items.models import Chain, Entry
from items.photos import storage
from items.queries import dossier as reading
from items.staff.dossier import CHAPTER_OF, OF_LISTS, Chapter
from items.states import MOVES, Verb
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, close, fresh, put_up, settle
from tests.printing.reading import needs, run, text_by_page, text_of
from welfare.printing import dossier as files
from welfare.printing import pdf, sign_off

pytestmark = pytest.mark.django_db
LONG = "更换全部旧座椅并修好主控室的门窗和灯" * 11  # 198 letters
TOMORROW = TODAY + days(1)


def flat(text):
    return re.sub(r"\s+", "", text)


def printed(item, person, *, today=TODAY, inside=False, language="zh-hans"):
    """Return the text of an item's file as a person gets it, without white space."""
    with override(language):
        shown = queries.item_dossier(fresh(item), person, today, inside=inside)
        data, photos = files.dossier(shown)
        return flat(text_of(pdf.pdf_of("dossier", data, shown.as_of, keep=False, photos=photos)))


def in_rows(item, person):
    """Return the text of an item's file row by row, without white space."""
    with override("zh-hans"):
        shown = queries.item_dossier(fresh(item), person, TOMORROW)
        data, photos = files.dossier(shown)
        file = pdf.pdf_of("dossier", data, shown.as_of, keep=False, photos=photos)
    return flat(laid_out(file))


def laid_out(file):
    """Return the text of a PDF row by row, as it stands on paper."""
    return run("pdftotext", "-layout", "-", "-", given=file).decode()


def full(**columns):
    """Return a resolved item with which nearly everything has happened."""
    item = factories.item_at("in_progress", **columns)
    for verb in ("report_progress", "correct", "annotate", "set_task", "log_visit"):
        ACTS[verb](fresh(item))
    ACTS["ask_extension"](fresh(item))
    ACTS["decide_extension"](fresh(item))
    ACTS["hand_over"](fresh(item))
    ACTS["reduce"](fresh(item))
    factories.public_photo(fresh(item), side="before", spot_title="东侧休息室")
    after = {"side": "after", "spot_title": "东侧休息室", "file": factories.picture("green")}
    factories.public_photo(fresh(item), words="新座椅已到位", **after)
    factories.photo(fresh(item), file=factories.picture("blue"), words="还没人看过的照片")
    ACTS["claim"](fresh(item))
    ACTS["sign_off"](fresh(item))
    if not item.hardship:
        factories.verdict(fresh(item))
    return fresh(item)


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    with time_machine.travel(NOW):
        return full(list__slug="plant-2026")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@needs("pdftotext")
def test_file_holds_every_entry_with_the_hash_that_the_ledger_has(item):
    office = factories.office_of(item)
    text = printed(item, office, inside=True, today=TOMORROW)

    entries = list(item.entries.all())
    assert len(entries) > 15
    for entry in entries:
        assert entry.hash in text, entry
        assert CHAPTER_OF[entry.verb] is Chapter.REGISTER or flat(entry.words.text) in text, entry
    chain = Chain.objects.get(list=item.list)
    assert chain.hash in text
    assert f"台账记到第{chain.seq}笔" in text
    for photo in item.photos.kept():
        digest = hashlib.sha256(storage.content(photo.stem)).hexdigest()
        assert digest in text
        assert flat(photo.words) in text
    assert text.count("与台账所记校验值一致") == 2
    assert "纪要〔2026〕9号" in text  # of the extension, and of the smaller promise
    rows = re.findall(r"(?:2026年6月1日|合计)1000", in_rows(item, office))
    assert len(rows) == 2  # what workers answered, by day and together


@needs("pdftotext")
def test_promise_stands_as_it_was_published_and_as_it_is(item):
    shown = queries.item_dossier(item, factories.office_of(item), TODAY)
    with override("zh-hans"):
        lines = {
            line.label: line
            for line in queries.item_dossier(item, factories.office_of(item), TODAY)
            .items[0]
            .promised
        }

    assert shown.items[0].row.title.zh == "更换座椅"
    assert lines["实事项目"].first.startswith("改善休息室")
    assert lines["实事项目"].now == "更换座椅"
    assert (lines["具体措施"].first, lines["具体措施"].now) == ("更换座椅", "只换坐垫")
    assert lines["完成时限"].changed
    assert lines["联系督导责任人"].first != lines["联系督导责任人"].now
    assert lines["联系督导责任人"].now == fresh(item).supervisor_post.name
    assert not lines["牵头领导"].changed


@needs("pdftotext")
def test_what_stays_inside_is_in_it_only_with_the_tick_and_for_those_who_read_it(item):
    factories.suggestion(item.list.committee, about=item, words="只有办公室看得到的来信")
    handler = factories.Person(name="承办小王")
    handlers = {"field": "handlers", "value": [handler], "reason": "分工"}
    actions.correct_item(fresh(item), by=factories.office_of(item), now=NOW, **handlers)
    kept = ["核对数量", "合同号2026-17", "还没人看过的照片", "只有办公室看得到的来信", "承办小王"]
    office, owner = factories.office_of(item), factories.owner_of(item)
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person

    for person in (office, auditor):
        text = printed(item, person, inside=True)
        assert [words for words in kept if flat(words) not in text] == [], person
        assert "含内部内容" in text
    for person, inside in ((office, False), (auditor, False), (owner, True), (owner, False)):
        text = printed(item, person, inside=inside)
        assert [words for words in kept if flat(words) in text] == [], (person, inside)
        assert "不含内部内容" in text
        head = Chain.objects.get(list=item.list).hash  # a hash tells nothing of its entry
        inner = item.entries.filter(public=False).exclude(hash=head)
        assert inner
        assert not [entry for entry in inner if entry.hash in text]


@needs("pdftotext")
def test_released_words_and_answers_are_in_it_and_hidden_ones_are_not(item):
    office = factories.office_of(item)
    said = factories.suggestion(item.list.committee, words="原话里有张三的电话")
    actions.adopt(said, by=office, items=[fresh(item)], text="已列入清单", now=NOW)
    before = printed(item, office)
    actions.show_answer(fresh(said), by=office, words="座椅坏了请换", answer="今年换完", now=NOW)
    hidden = factories.suggestion(
        item.list.committee, about=item, grade="good", words="还在审的骂人话"
    )
    assert hidden.shown_on is None

    text = printed(item, office)
    assert "座椅坏了请换" not in before
    assert "座椅坏了请换" in text
    assert "今年换完" in text
    assert "张三的电话" not in text
    assert "还在审的骂人话" not in text
    assert "张三的电话" in printed(item, office, inside=True)
    assert "已列入清单" in printed(item, office, inside=True)


@needs("pdftotext")
def test_erased_words_and_the_caption_of_a_hidden_photo_are_gone(item):
    office = factories.colleague_of(item)
    report = item.entries.get(verb=Verb.REPORT_PROGRESS)
    actions.erase_words(report, by=office, reason="含个人信息", now=NOW)
    photo = item.photos.get(words="新座椅已到位")
    actions.hide_photo(photo, by=office, reason="有人脸", now=NOW)

    text = printed(item, office)
    assert "做完一半" not in text
    assert "抹去" in text or "删除" in text or "个人隐私" in text
    assert report.hash in text
    assert "新座椅已到位" not in text
    assert "做完一半" not in printed(item, office, inside=True)


@needs("pdftotext")
def test_photo_that_is_not_the_one_that_was_released_is_told(committee):
    item = full(list__committee=committee)  # of its own: what becomes of a file isn't rolled back
    photo = item.photos.get(words="新座椅已到位")
    storage.path(photo.stem).write_bytes(factories.picture("black"))
    text = printed(item, factories.office_of(item))
    assert "与公开时的文件不符" in text

    storage.remove(photo.stem)
    text = printed(item, factories.office_of(item))
    assert "原文件已不在" in text


@needs("pdftotext")
def test_file_of_a_hardship_item_tells_of_no_family(committee):
    item = full(list__committee=committee, hardship=True)
    factories.case_file(fresh(item), name="张家困难申请")
    office = factories.office_of(item)
    said = factories.suggestion(committee, words="张家孩子上不起学")
    actions.adopt(said, by=office, items=[fresh(item)], text="已列入", now=NOW)

    for person in (office, factories.owner_of(item)):
        text = printed(item, person, inside=True)
        assert "张家" not in text
        assert "帮扶档案另行保管" in text
        assert "还没人看过的照片" not in text
        assert "办好了" not in text  # nobody is asked


@needs("pdftotext")
def test_what_others_found_and_what_was_objected_stands_in_its_chapter(committee):
    item = factories.item_at("resolved", list__committee=committee)
    office, colleague = factories.office_of(item), factories.colleague_of(item)
    factories.review(item)
    ACTS["review"](fresh(item))
    factories.look_back_asked(fresh(item))
    factories.look_back(fresh(item))
    votes = {item.number: {"satisfied": 36, "basically": 2, "unsatisfied": 1, "present": 39}}
    judged = factories.assessment(item.list, votes, by=office)
    actions.issue_assessment(judged, by=colleague, now=NOW)

    text = printed(item, office, today=TOMORROW)

    parts = re.split("[一二三四五六七八九十]+、", text)
    chapters = {part[:2]: part for part in parts}
    assert "16把都坐过" in chapters["复查"]
    assert "椅子都好" in chapters["复查"]
    assert "满意36" in chapters["测评"]
    for entry in item.entries.filter(public=True):
        assert entry.hash in text


@needs("pdftotext")
def test_objection_stands_with_its_answer_once_everyone_may_read_it(committee):
    item = factories.item_at("in_progress", list__committee=committee)
    announced = put_up(item)
    office = factories.office_of(item)
    objection = factories.suggestion(
        committee, about=item, objects_to=announced, words="原话：三号机还是坏的"
    )
    before = printed(item, office, today=TOMORROW)
    actions.decline(fresh(objection), by=office, reason="other", text="昨天换了", now=NOW)
    shown = {"words": "三号机没有修好", "answer": "三号机昨天换了"}
    actions.show_answer(fresh(objection), by=office, now=NOW, **shown)
    after = printed(item, office, today=TOMORROW)

    assert "有1条异议还没答复" in before
    assert "三号机还是坏的" not in before
    assert "异议1：三号机没有修好" in after
    assert "答复：三号机昨天换了" in after
    assert "原话" not in after


@needs("pdftotext")
def test_item_that_was_just_published_has_a_file(committee):
    item = factories.published_item(list__committee=committee)
    text = printed(item, factories.office_of(item))

    assert text.count("无记录") == 8  # promise, work, suggestions and register say something
    assert item.entries.get().hash in text
    assert "第1页，共" in text


@needs("pdftotext")
def test_file_in_english(item):
    text = printed(item, factories.office_of(item), language="en")

    assert "Fileofamatter" in text
    assert "Asfirstpublished" in text
    assert "一项一档" not in text


def made(item, *, today=TODAY, inside=True):
    with override("zh-hans"):
        shown = queries.item_dossier(fresh(item), factories.office_of(item), today, inside=inside)
        data, photos = files.dossier(shown)
        return pdf.pdf_of("dossier", data, shown.as_of, keep=False, photos=photos), data["digest"]


@needs("pdftotext")
def test_same_ledger_gives_the_same_file_and_another_entry_another(item):
    first = made(item)
    assert made(item) == first
    assert first[1] in text_of(first[0])  # what stands in the foot of each page

    ACTS["annotate"](fresh(item), remark="又一条")

    assert made(item)[1] != first[1]


@needs("pdftotext")
def test_hostile_and_long_words_stay_words_and_none_is_cut_off(committee):
    hostile = '#panic("x") $x^2$ \\ <b> @ref [*] //'
    item = factories.item_at(
        "in_progress", list__committee=committee, title=LONG, measures=[hostile]
    )
    long = "\n".join(f"第{line}行：{hostile}" for line in range(100))
    actions.report_progress(
        fresh(item), by=factories.owner_of(item), text=long, percent=None, now=NOW
    )
    text = printed(item, factories.office_of(item))

    assert LONG in text
    assert flat(hostile) in text
    assert all(f"第{line}行：" in text for line in range(100))


def test_every_verb_of_an_item_has_its_chapter():
    assert {*CHAPTER_OF} | OF_LISTS == {*Verb.values}
    assert not {*CHAPTER_OF} & OF_LISTS
    written = {row.written_as or verb for verb, row in MOVES.items()}
    assert written <= {*CHAPTER_OF}


# The list


def three(committee):
    item = full(list__committee=committee)
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    for title in ("增设饮水机", "修步道"):
        actions.add_item(
            fresh(item.list),
            factories.draft(title=title, **posts),
            by=factories.office_of(item),
            reason="增列",
            now=NOW,
        )
    return fresh(item)


def of_list(item, **how):
    with override("zh-hans"):
        shown = queries.list_dossier(
            fresh(item.list), factories.office_of(item), how.pop("today", TODAY), **how
        )
        if shown is None:
            return None
        data, photos = files.dossier(shown)
        return text_by_page(pdf.pdf_of("dossier", data, shown.as_of, keep=False, photos=photos))


@needs("pdftotext")
def test_file_of_a_list_has_its_equation_contents_and_all_its_items(committee):
    item = three(committee)
    pages = of_list(item)

    first = flat(pages[0])
    assert "3=1+0+2" in first
    assert "目录" in first
    whole = flat("".join(pages))
    for row in item.list.items.all():
        assert whole.count(f"{row.number}{row.title}") >= 2  # in the contents, and on its page
    public = Entry.objects.filter(list=item.list, public=True)
    assert [entry for entry in public if entry.hash not in whole] == []
    for title in ("增设饮水机", "修步道"):  # each begins a sheet of its own
        assert [page for page in pages[1:] if title in page.split("承诺内容")[0]], title


@needs("pdftotext")
def test_long_list_is_parted_into_volumes(committee, monkeypatch):
    item = three(committee)
    monkeypatch.setattr(reading, "MOST", 2 * reading.OF_ITEM + 20)

    volumes = [[number for _key, number in part] for part in queries.volumes(item.list)]
    assert [number for volume in volumes for number in volume] == [1, 2, 3]
    assert len(volumes) == 2
    second = flat("".join(of_list(item, volume=2)))
    assert "第2册，共2册：第2件至第3件" in second
    assert "修步道" in second
    assert "更换座椅" not in second
    assert of_list(item, volume=3) is None


def test_questions_are_as_many_for_three_items_as_for_one(committee):
    item = full(list__committee=committee)
    office = factories.office_of(item)

    def asked():
        with CaptureQueriesContext(connection) as questions:
            queries.list_dossier(fresh(item.list), office, TODAY, inside=True)
        return len(questions)

    one = asked()
    for number in (2, 3):
        posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
        draft = factories.draft(title=f"又一件{number}", **posts)
        actions.add_item(fresh(item.list), draft, by=office, reason="增列", now=NOW)
        other = item.list.items.get(number=number)
        ACTS["report_progress"](factories_started(other))
        factories.public_photo(fresh(other))
    assert asked() == one


def factories_started(item):
    factories.start(item, NOW)
    return fresh(item)


@needs("pdftotext")
def test_closed_list_is_as_of_its_closing_day(item):
    settle(item.list)
    close(item.list)
    text = printed(item, factories.office_of(item), today=TODAY + days(90))

    assert "为当天情况" in text
    assert f"{TODAY.month}月{TODAY.day}日" in text.split("为当天情况")[0][-20:]
    assert f"{(TODAY + days(90)).month}月{(TODAY + days(90)).day}日" not in text


# Who


WHO = ("office", "colleague", "owner", "supervisor", "auditor", "stranger", "administrator")


def person(who, item):
    committee = item.list.committee
    if who == "auditor":
        return factories.Role(committee=committee, kind="auditor").person
    if who == "stranger":
        return factories.owner_of(factories.published_item())
    if who == "administrator":
        return factories.Person(is_superuser=True, is_staff=True)
    return getattr(factories, f"{who}_of")(item)


ADDRESSES = {
    "/desk/lists/plant-2026/1/dossier.pdf": "application/pdf",
    "/desk/lists/plant-2026/1/sign-off.pdf": "application/pdf",
    "/desk/lists/plant-2026/dossier.pdf": "application/pdf",
    "/desk/lists/plant-2026/dossier/": "text/html",
    "/en/desk/lists/plant-2026/1/dossier.pdf": "application/pdf",
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("path", ADDRESSES)
def test_who_sees_the_item_at_the_desk_gets_its_file_and_nobody_else(item, client, who, path):
    client.force_login(person(who, item))
    response = client.get(path)

    if who in ("stranger", "administrator"):
        assert response.status_code == 404
        return
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(ADDRESSES[path])
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_without_a_login_there_is_none_and_nothing_is_sent_to_them(item, client, path):
    assert client.get(path).status_code == 302
    client.force_login(factories.office_of(item))
    assert client.post(path).status_code == 405


@needs("pdftotext")
@pytest.mark.parametrize(("who", "reads"), [("office", True), ("auditor", True), ("owner", False)])
def test_tick_is_asked_of_those_who_read_what_stays_inside(item, client, who, reads):
    client.force_login(person(who, item))

    for path in ("/desk/lists/plant-2026/1/", "/desk/lists/plant-2026/dossier/"):
        page = client.get(path).content.decode()
        assert ('name="inside"' in page) == reads, path
    for path in ("/desk/lists/plant-2026/1/dossier.pdf", "/desk/lists/plant-2026/dossier.pdf"):
        assert "核对数量" not in text_of(client.get(path).content)
        assert ("核对数量" in text_of(client.get(f"{path}?inside=on").content)) == reads, path


def test_draft_has_no_file(committee, client):
    item = factories.Item(list__committee=committee, list__slug="next")
    client.force_login(factories.office(committee))

    for path in ("1/dossier.pdf", "1/sign-off.pdf", "dossier.pdf", "dossier/"):
        assert client.get(f"/desk/lists/{item.list.slug}/{path}").status_code == 404


def test_file_leaves_no_copy_and_writes_nothing_down(item, client, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    client.force_login(factories.office_of(item))
    entries = Entry.objects.count()

    assert client.get("/desk/lists/plant-2026/1/dossier.pdf?inside=on").status_code == 200
    assert client.get("/desk/lists/plant-2026/1/sign-off.pdf").status_code == 200

    assert list((tmp_path / "printed").glob("*")) == []
    assert Entry.objects.count() == entries


def test_room_of_the_photos_is_gone_afterwards(item, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf.tempfile, "tempdir", str(tmp_path))
    made(item)
    assert list(tmp_path.iterdir()) == []


def test_what_is_too_large_says_so_with_the_remedy(item, client, monkeypatch):
    def too_large(order):
        raise pdf.TooLarge

    monkeypatch.setattr(pdf, "_make", too_large)
    client.force_login(factories.office_of(item))
    response = client.get("/desk/lists/plant-2026/dossier.pdf")

    assert response.status_code == 503
    assert "一件一件地打印" in response.content.decode()


def test_desk_leads_to_the_files(item, client):
    client.force_login(factories.owner_of(item))

    page = client.get("/desk/lists/plant-2026/1/").content.decode()
    assert "/desk/lists/plant-2026/1/dossier.pdf" in page
    assert "/desk/lists/plant-2026/1/sign-off.pdf" in page
    assert (
        "/desk/lists/plant-2026/dossier/" in client.get("/desk/lists/plant-2026/").content.decode()
    )


# The sheet of a sign-off


def sheet_file(item, language="zh-hans"):
    with override(language):
        shown = queries.item_dossier(fresh(item), factories.office_of(item), TODAY)
        return pdf.pdf_of("sign_off", sign_off.sign_off(shown), TODAY, keep=False)


def sheet(item, language="zh-hans"):
    return text_by_page(sheet_file(item, language))


@needs("pdftotext")
def test_sheet_of_a_resolved_item_is_one_page_filled_in(item):
    pages = sheet(item)
    text = flat(pages[0])

    assert len(pages) == 1
    for words in ("销号单", "更换座椅", "只换坐垫", "全部换新", "逐把坐过", "第1件"):
        assert words in text
    for line in ("牵头领导（签字）", "联系督导责任人（签字）", "活动办公室（盖章）"):
        assert line in text
    for verb in (Verb.CLAIM, Verb.SIGN_OFF):
        assert item.entries.get(verb=verb).hash in text
    assert "年月日年月日年月日" in flat(laid_out(sheet_file(item)))
    assert "同意销号" not in text


@needs("pdftotext")
def test_sheet_of_what_is_claimed_has_room_for_the_finding(committee):
    item = factories.item_at("pending_check", list__committee=committee)
    text = flat(sheet(item)[0])

    assert "座椅已换新" in text
    assert "□现场" in text
    assert "□同意销号" in text
    assert re.search("确认的办结日期：年月日", flat(laid_out(sheet_file(item))))


@needs("pdftotext")
def test_claim_that_was_sent_back_does_not_stand_as_a_finding(committee):
    item = factories.item_at("resolved", list__committee=committee)
    ACTS["reopen"](item)
    assert fresh(item).status == "in_progress"
    factories.claim(fresh(item), NOW, note="第二次报办完")
    text = flat(sheet(item)[0])

    assert "第二次报办完" in text
    assert "逐一看过" not in text


@pytest.mark.parametrize("status", ["not_started", "in_progress", "on_hold", "withdrawn"])
def test_what_is_not_claimed_has_no_sheet_and_says_what_to_do(committee, client, status):
    item = factories.item_at(status, list__committee=committee)
    client.force_login(factories.office_of(item))
    at = f"/desk/lists/{item.list.slug}/1/"
    response = client.get(f"{at}sign-off.pdf")

    assert response.status_code == 403
    assert "先由责任方报办完" in response.content.decode()
    assert "sign-off.pdf" not in client.get(at).content.decode()


@needs("pdftotext")
def test_long_words_still_fit_on_one_sheet(committee):
    item = factories.item_at(
        "in_progress", list__committee=committee, title=LONG, measures=[LONG, LONG]
    )
    factories.claim(item, NOW, note=LONG * 2)
    factories.sign_off(fresh(item), NOW, found=LONG * 2)
    pages = sheet(item)

    assert len(pages) == 1
    assert flat(pages[0]).count(LONG) >= 6


@needs("pdftotext")
def test_sheet_in_english(item):
    text = " ".join(sheet(item, "en")[0].split())
    assert "Sign-off sheet" in text
    assert "Owner, signature" in text
    assert "Page 1 of 1" in text
