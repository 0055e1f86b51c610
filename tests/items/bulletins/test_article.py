"""A bulletin's article: the board's figures and sentences, in list order, and frozen for ever."""

import re
from datetime import date

import pytest
from django.db import models
from django.utils import translation
from django.utils.html import strip_tags

from items import actions, queries
from items.exports import article as exports
from items.ledger.verify import verify
from items.models import Bulletin, Item
from items.words import Words
from tests import factories
from tests.factories import NOW, TODAY, at, days
from tests.items.actions.acts import close, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def item_list():
    """Return a list with an item in most of the statuses, one of them a family's."""
    first = factories.Item(title="更换座椅", title_en="New chairs", due=TODAY + days(10))
    for title in ("修浴室", "装空调", "补路面"):
        factories.another(first, title=title, due=TODAY + days(60))
    factories.another(first, title="帮助困难家庭", hardship=True, due=TODAY + days(90))
    factories.publish(first.list)
    return fresh(first.list)


def numbered(item_list, number):
    return Item.objects.get(list=item_list, number=number)


def text_of(html) -> str:
    return re.sub(r"\s+", " ", strip_tags(html))


def section(article, key) -> str:
    return re.search(f'<section id="{key}">(.*?)</section>', article, re.DOTALL)[1]


def resolve(item, day):
    for act in factories.ROADS["resolved"]:
        act(fresh(item), now=at(day))


def start(item, words="", now=NOW):
    actions.start_item(fresh(item), by=factories.owner_of(item), note=words, now=now)


def test_it_stays_whatever_changes_afterwards(item_list, monkeypatch):
    factories.issued_bulletin(item_list)
    factories.issued_bulletin(item_list)
    third = factories.issued_bulletin(item_list, foreword="第三期的话")
    frozen = (third.article, third.article_en, third.content, third.sha256)
    item, office = numbered(item_list, 2), factories.office(item_list.committee)

    resolve(item, TODAY)
    said = {"field": "title", "value": Words("改造浴室"), "reason": "原名不准", "by": office}
    actions.correct_item(fresh(numbered(item_list, 1)), now=NOW, **said)
    new = {"committee": item_list.committee, "reason": "机构调整", "by": office, "now": NOW}
    actions.rename(item.owner_post, Words("设备总监"), **new)
    monkeypatch.setattr(exports, "as_html", lambda says: "<article>another program</article>")
    fourth = factories.issued_bulletin(item_list)

    now = fresh(third)
    assert (now.article, now.article_en, now.content, now.sha256) == frozen
    assert queries.bulletin_page(item_list.slug, 3).article == frozen[0]
    assert fourth.article != frozen[0]
    assert verify(item_list) == []


def test_next_one_says_what_moved_since(item_list):
    factories.issued_bulletin(item_list)
    resolve(numbered(item_list, 2), TODAY)

    second = factories.issued_bulletin(item_list)
    third = factories.issued_bulletin(item_list)

    moved = text_of(section(second.article, "moved"))
    assert "核查通过，已解决 2 修浴室 核查通过" in moved
    assert "开始办 2 修浴室 开始办了" in moved
    assert "没有变化" in text_of(section(third.article, "moved"))
    assert "上期（第2期），截至2026年6月1日：5 = 1 + 0 + 4" in text_of(third.article)


def test_figures_are_those_of_the_board(item_list):
    resolve(numbered(item_list, 2), TODAY)
    start(numbered(item_list, 3))
    later = TODAY + days(70)  # two deadlines have passed, and nothing was heard for long
    board = queries.board(item_list.slug, later)

    issued = factories.issued_bulletin(item_list, now=at(later))

    says = issued.content["zh-hans"]
    counts = {row["key"]: row["count"] for row in says["sections"]}
    groups = {row["key"]: row["groups"] for row in says["sections"]}
    silent = [g for g in groups["stuck"] if g["label"] == "太久没有消息"]
    assert counts["overdue"] == board.overdue_count == 3
    assert len(silent[0]["lines"]) == board.truth.silent > 0
    terms = {term["key"]: term["count"] for term in says["arithmetic"]["groups"]}
    assert terms == {term.key: term.count for term in board.arithmetic.groups}
    assert says["arithmetic"]["total"] == board.arithmetic.total == len(says["rows"]) == 5
    bold = re.findall(r"<b>(\d+)</b>", section(issued.article, "equation"))
    assert list(map(int, bold)) == [5, *(term.count for term in board.arithmetic.groups)]


def test_items_stand_in_list_order_and_nobody_is_ranked(item_list):
    for number in (4, 2, 3):
        resolve(numbered(item_list, number), TODAY)

    issued = factories.issued_bulletin(item_list)

    for section_ in issued.content["zh-hans"]["sections"]:
        for group in section_["groups"]:
            numbers = [line["number"] for line in group["lines"] if line["number"]]
            assert numbers == sorted(numbers)
    rows = [row["number"] for row in issued.content["zh-hans"]["rows"]]
    assert rows == [1, 2, 3, 4, 5]


def test_overdue_tells_the_reason_last_given(item_list):
    item = numbered(item_list, 1)
    asked = {"reason": "厂家推迟交货", "new_due": TODAY + days(99)}
    actions.ask_extension(item, by=factories.owner_of(item), now=NOW, **asked)

    issued = factories.issued_bulletin(item_list, now=at(TODAY + days(20)))

    assert "逾期10天" in text_of(section(issued.article, "overdue"))
    assert "最近一次说的原因：厂家推迟交货" in text_of(section(issued.article, "overdue"))
    assert "要求延期，等决定 1 更换座椅" in text_of(section(issued.article, "stuck"))


def test_what_is_due_soon_stands_there_and_zero_is_printed(item_list):
    issued = factories.issued_bulletin(item_list)

    assert "更换座椅" in section(issued.article, "due")
    assert "修浴室" not in section(issued.article, "due")
    for key in ("overdue", "smaller", "errata"):
        assert text_of(section(issued.article, key)).strip().endswith("没有")


def test_workers_are_counted_as_of_midnight(item_list):
    committee = item_list.committee
    factories.suggestion(committee, today=TODAY - days(1))
    factories.suggestion(committee, today=TODAY)  # today's tells no minute

    issued = factories.issued_bulletin(item_list)

    assert "收到1条" in section(issued.article, "suggestions")


def test_answers_of_workers_stand_by_number_and_none_of_a_family(item_list):
    resolve(numbered(item_list, 2), TODAY)
    resolve(numbered(item_list, 5), TODAY)
    factories.verdict(numbered(item_list, 2))

    issued = factories.issued_bulletin(item_list, now=at(TODAY + days(1)))

    said = text_of(section(issued.article, "verdicts"))
    assert "2 修浴室 办好了 1" in said
    counts = queries.claim_counts(item_list)
    assert f"报办完 {counts.total} = " in said
    assert sum(term.count for term in counts.terms) == counts.total > 0
    assert "困难家庭" not in section(issued.article, "verdicts")


def test_closed_list_is_told_as_of_its_closing_day():
    item = factories.item_at("resolved")
    close(item.list)
    item_list = fresh(item.list)
    later = TODAY + days(200)

    issued = factories.issued_bulletin(item_list, now=at(later))

    assert "清单已结项，数字截至2026年6月1日" in issued.article
    assert issued.as_of == later


def test_each_language_has_its_own_article(item_list):
    issued = factories.issued_bulletin(item_list, foreword="照实说", foreword_en="As it is")

    assert 'lang="zh-Hans"' in issued.article
    assert "照实说" in issued.article
    assert '<article class="bulletin" lang="en">' in issued.article_en
    assert "As it is" in issued.article_en
    assert "New chairs" in issued.article_en
    assert '<span lang="zh-Hans">修浴室</span>' in issued.article_en


def test_people_write_text_and_no_markup(item_list):
    said = "<script>alert(1)</script> & “#$\\@”"
    item = numbered(item_list, 2)
    start(item, said)

    issued = factories.issued_bulletin(item_list, foreword=said)

    assert "<script>" not in issued.article + issued.article_en
    assert issued.article.count("&lt;script&gt;") == 2


def test_no_private_word_stands_in_it(item_list):
    item, office = numbered(item_list, 2), factories.office(item_list.committee)
    actions.annotate_item(item, by=office, remark="内部备注", now=NOW)
    task = {"text": "内部任务", "who": "owner", "by_when": TODAY}
    actions.set_task(fresh(item), by=office, now=NOW, **task)
    factories.suggestion(item_list.committee, today=TODAY - days(3), words="保密", contact="301")
    preparer = factories.office(item_list.committee).name

    issued = factories.issued_bulletin(item_list)

    whole = issued.article + issued.article_en + str(issued.content)
    for private in ("内部", "保密", "301", preparer, factories.owner_of(item).name):
        assert private not in whole


def test_longest_list_is_told_whole():
    first = factories.Item()
    factories.Item.create_batch(
        110,
        list=first.list,
        owner_post=first.owner_post,
        supervisor_post=first.supervisor_post,
    )
    factories.publish(first.list)

    issued = factories.issued_bulletin(fresh(first.list))

    assert issued.content["en"]["arithmetic"]["total"] == 111
    assert len(issued.content["en"]["rows"]) == 111


# Erasing for privacy: the one change


def erase(entry, **said):
    by = factories.office(entry.list.committee)
    return actions.erase_words(entry, by=by, reason="写了别人的名字", now=NOW, **said)


def test_erased_words_leave_a_dated_stub_and_both_digests(item_list):
    item = numbered(item_list, 2)
    start(item, "王某家漏水")
    issued = factories.issued_bulletin(item_list)
    factories.issued_bulletin(item_list)
    old = issued.sha256
    assert "王某家漏水" in issued.article

    erase(fresh(item).entries.get(verb="start"))

    now = fresh(issued)
    whole = now.article + now.article_en + str(now.content)
    assert "王某" not in whole
    assert "2026年6月1日为保护隐私抹去" in section(now.article, "moved")
    page = queries.bulletin_page(item_list.slug, 1)
    assert [(stub.day, stub.old, stub.new) for stub in page.stubs] == [(TODAY, old, now.sha256)]
    assert queries.bulletin_page(item_list.slug, 2).stubs == ()
    assert verify(item_list) == []


def test_erasing_twice_keeps_each_digest(item_list):
    for number, words in ((2, "王某家漏水"), (3, "李某住院")):
        item = numbered(item_list, number)
        start(item, words)
    factories.issued_bulletin(item_list)
    for number in (2, 3):
        erase(numbered(item_list, number).entries.get(verb="start"))

    first, second = queries.bulletin_page(item_list.slug, 1).stubs

    assert first.new == second.old
    assert second.new == Bulletin.objects.get().sha256
    assert verify(item_list) == []


def test_name_in_a_title_goes_where_its_correction_is_erased(item_list):
    issued = factories.issued_bulletin(item_list)
    item, office = numbered(item_list, 2), factories.office(item_list.committee)
    said = {"field": "title", "value": Words("改造浴室"), "reason": "有名字", "by": office}
    entry = actions.correct_item(item, now=NOW, **said)
    assert "修浴室" in issued.article

    erase(entry)

    assert "修浴室" not in fresh(issued).article + str(fresh(issued).content)
    assert verify(item_list) == []


def test_what_the_office_wrote_goes_with_the_entry_that_issued_it(item_list):
    first = factories.issued_bulletin(item_list)
    draft = factories.bulletin(item_list, foreword="王某家", closing="李某家", signed_name="赵某")
    actions.correct_bulletin(
        draft,
        by=factories.office(item_list.committee),
        of=first,
        section="due",
        text="孙某家不在内",
        now=NOW,
    )
    entry = factories.issue_bulletin(draft)

    erase(entry)

    now = fresh(draft)
    whole = f"{now.article}{now.article_en}{now.content}{now.foreword}{now.closing}"
    whole += now.signed_name + now.errata.get().text
    for name in ("王某", "李某", "赵某", "孙某"):
        assert name not in whole
    assert verify(item_list) == []


def test_article_that_was_never_told_keeps_its_digest(item_list):
    issued = factories.issued_bulletin(item_list)
    item = numbered(item_list, 2)
    start(item, "王某家漏水")

    entry = erase(fresh(item).entries.get(verb="start"))

    assert "bulletins" not in entry.facts
    assert fresh(issued).sha256 == issued.sha256


def test_stored_days_and_figures_are_plain_json(item_list):
    says = factories.issued_bulletin(item_list).content["en"]

    assert date.fromisoformat(says["as_of"]) == TODAY
    assert models.JSONField().validate(says, None) is None
