"""What done looks like: written in a draft, frozen then, answered by claim and sign-off."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from items import actions, public, queries
from items.actions.draft import Draft
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Entry, Item
from items.privacy.personal_data import PersonalData
from items.rules.vague import vague_words
from items.words import Words
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, days
from tests.items.actions.acts import DONE_ON, PUT_RIGHT_BY, change_year

pytestmark = pytest.mark.django_db
LINES = [Words("16把座椅升降正常", "All 16 chairs go up and down"), Words("各班都试坐过")]


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    item = factories.Item()
    by = factories.office_of(item)
    actions.write_draft(item.list, item.number, Draft(criteria=LINES), by=by, now=NOW)
    factories.publish(item.list)
    factories.start(fresh(item), now=factories.at(PUBLISHED_ON + days(1)))
    return fresh(item)


@pytest.fixture
def item(item_of_the_file, db):
    return fresh(item_of_the_file)


@pytest.fixture
def by(item):
    return factories.office_of(item)


def fresh(item):
    return Item.objects.get(pk=item.pk)


def said(item):
    return [row.words for row in item.criteria.all()]


def shown(item):
    page = queries.item_page(item.list.slug, item.number, TODAY)
    return [(line.words, line.claimed, line.checked) for line in page.promise.criteria]


def facts_of(entry, language="zh-hans"):
    with override(language):
        return public.event(Entry.objects.get(pk=entry.pk), show_names=False).facts


ANSWERS = ["逐把试过", "四个班\n都签了字"]
SEEN = ["抽了五把", "问了两个班"]


def claim(item, **changes):
    told = {"note": "换完", "evidence": "验收单", "done_on": DONE_ON, "answers": ANSWERS} | changes
    return actions.claim_item(fresh(item), by=factories.owner_of(item), now=NOW, **told)


def sign_off(item, **changes):
    told = {"found": "逐把坐过", "how": "on_site", "done_on": DONE_ON, "answers": SEEN} | changes
    return actions.sign_off_item(fresh(item), by=factories.supervisor_of(item), now=NOW, **told)


def test_draft_says_it_and_everybody_reads_it(item):
    assert said(item) == LINES
    assert shown(item) == [(words, "", "") for words in LINES]
    assert verify(item.list) == []


def test_older_list_says_nothing(db):
    assert shown(factories.item_at("in_progress")) == []
    claimed = factories.item_at("resolved").entries.get(verb="claim")
    assert claimed.words.answers == ""


def test_three_lines_are_enough(by, item):
    draft = factories.another(item, list=factories.ItemList(committee=item.list.committee))
    four = Draft(criteria=[Words(f"第{n}条") for n in range(4)])

    with pytest.raises(Refused, match="3"):
        actions.write_draft(draft.list, draft.number, four, by=by, now=NOW)


def test_what_it_says_is_asked_about_as_personal_data(db):
    item = factories.Item()
    by = factories.office_of(item)
    lines = Draft(criteria=[Words("找罗师傅13912345678看过")])
    actions.write_draft(item.list, item.number, lines, by=by, now=NOW)

    with pytest.raises(PersonalData):
        factories.publish(item.list)


# Answered


def test_claim_and_sign_off_answer_each_line(item):
    claimed = claim(item)
    assert shown(item) == [(LINES[0], "逐把试过", ""), (LINES[1], "四个班都签了字", "")]

    signed = sign_off(item)

    assert shown(item) == [
        (LINES[0], "逐把试过", "抽了五把"),
        (LINES[1], "四个班都签了字", "问了两个班"),
    ]
    told = [value for label, value in facts_of(claimed) if label == "怎样算办好"]
    assert told == ["16把座椅升降正常 — 逐把试过", "各班都试坐过 — 四个班都签了字"]
    english = [value for label, value in facts_of(signed, "en") if " — " in value]
    assert english == ["All 16 chairs go up and down — 抽了五把", "各班都试坐过 — 问了两个班"]
    assert verify(item.list) == []


@pytest.mark.parametrize("answers", [[], ["逐把试过"], ["逐把试过", " "]])
def test_claim_without_every_answer_is_refused_and_names_the_line(item, answers):
    line = "各班都试坐过" if answers else "16把座椅升降正常"

    with pytest.raises(Refused, match=line):
        claim(item, answers=answers)

    assert fresh(item).status == "in_progress"


def test_sign_off_without_every_answer_is_refused(item):
    claim(item)

    with pytest.raises(Refused, match="各班都试坐过"):
        sign_off(item, answers=SEEN[:1])

    assert fresh(item).status == "pending_check"


@pytest.mark.parametrize("returned", ["send back", "reopen"])
def test_what_was_returned_answers_nothing_any_more(item, returned):
    claim(item)
    told = {"by": factories.supervisor_of(item), "put_right_by": PUT_RIGHT_BY, "now": NOW}
    if returned == "reopen":
        sign_off(item)
        actions.reopen_item(fresh(item), reason="又坏了", **told)
    else:
        actions.send_back_item(fresh(item), reason="还差两把", **told)

    assert shown(item) == [(words, "", "") for words in LINES]


def test_answers_are_asked_about_and_erased_like_other_words(item, by):
    with pytest.raises(PersonalData):
        claim(item, answers=["问罗师傅13912345678", "都签了字"])
    claimed = claim(item)

    actions.erase_words(claimed, by=by, reason="涉及隐私", now=NOW)

    assert shown(item) == [(words, "", "") for words in LINES]
    assert verify(item.list) == []


def test_answers_are_part_of_what_the_chain_holds(item):
    words = claim(item).words
    before = words.computed_digest()

    words.answers = words.answers.replace("逐把", "没有")
    changed = words.computed_digest()
    words.part, words.part_en, words.answers, words.answers_en = "a", "b", "", ""
    part = words.computed_digest()
    words.part, words.part_en, words.answers, words.answers_en = "", "", "a", "b"

    assert len({before, changed, part, words.computed_digest()}) == 4


# Frozen


def correct(item, *lines, **changes):
    told = {"field": "criteria", "value": list(lines), "reason": "错字", "now": NOW} | changes
    return actions.correct_item(fresh(item), by=factories.office_of(item), **told)


def test_words_are_mended_openly(item):
    entry = correct(item, Words("16把座椅的升降都正常"), LINES[1])

    assert said(item) == [Words("16把座椅的升降都正常"), LINES[1]]
    assert facts_of(entry)[0] == ("更正的内容", "怎样算办好")
    assert verify(item.list) == []


@pytest.mark.parametrize("lines", [[], LINES[:1], [Words("6把座椅升降正常"), LINES[1]]])
def test_correction_makes_nothing_smaller(item, lines):
    with pytest.raises(Refused):
        correct(item, *lines)

    assert said(item) == LINES


def test_less_is_decided_openly(item, by):
    told = {"field": "criteria", "reason": "不换那么多", "decision": factories.decision()}
    with pytest.raises(Refused):
        actions.reduce_item(item, by=by, value=[], now=NOW, **told)

    actions.reduce_item(fresh(item), by=by, value=LINES[:1], now=NOW, **told)

    assert said(item) == LINES[:1]
    assert fresh(item).times_reduced == 1
    assert verify(item.list) == []


def test_list_that_has_none_may_get_them_openly(db):
    item = factories.item_at("in_progress")

    correct(item, *LINES, reason="补写")

    assert said(item) == LINES


@pytest.mark.parametrize("verb", ["correct", "log_visit"])
def test_database_lets_only_a_correction_or_decision_change_it(item, by, verb):
    """An entry of another verb doesn't do; that of a correction does (the negative control)."""
    from items.ledger.entries import write_entry

    told = {"by": by, "role": "office", "happened_on": TODAY, "now": NOW}
    with transaction.atomic(), connection.cursor() as cursor:
        write_entry(item.list, verb, item=item, **told)
        sql = "UPDATE items_criterion SET text = 'x' WHERE item_id = %s"
        if verb == "correct":
            cursor.execute(sql, [item.pk])
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(sql, [item.pk])
        transaction.set_rollback(True)


# In other years


def test_it_goes_over_and_is_copied(item, by):
    into = factories.ItemList(committee=item.list.committee, year=2028)
    (copied,) = actions.copy_list(item.list, into=into, by=by, now=NOW)
    goes_on = change_year(fresh(item), now=factories.at(TODAY + days(200)))

    assert said(copied) == said(goes_on) == LINES
    assert verify(goes_on.list) == []


# What can't be checked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("16把座椅升降正常，各班都试坐过", []),
        ("进一步改善环境，不断提升满意度", ["进一步", "不断提升"]),
        ("Further improve and continue to grow", ["further", "continue to"]),
    ],
)
def test_vague_words_are_found(text, found):
    assert vague_words(text) == found


def test_proof_asks_for_it_and_marks_what_nobody_can_check(db):
    item = factories.Item()
    other = factories.another(item)
    by = factories.office_of(item)
    lines = Draft(criteria=[Words("持续推进"), Words("16把都能坐")])
    actions.write_draft(other.list, other.number, lines, by=by, now=NOW)

    proof = queries.proof(item.list, TODAY)

    assert proof.without_criteria == (item.number,)
    assert [(v.number, v.line, v.words) for v in proof.vague] == [
        (other.number, Words("持续推进"), ("持续推进",))
    ]
    factories.publish(item.list)  # it warns, and refuses nothing
