"""Lines under an item that change without an honest entry are found; honest acts leave no fault."""

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from items import actions
from items.errors import BrokenAct
from items.ledger import acting
from items.ledger.lines import RELATIONS
from items.ledger.verify import verify
from items.models import Chain, Entry, EntryWords, Item
from items.words import Words
from tests import factories
from tests.factories import DUE, NOW, TODAY, days
from tests.items.actions.acts import PUT_RIGHT_BY
from tests.ledger.test_verify import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    item = factories.Item()
    unit = factories.Unit(committee=item.list.committee)
    item.criteria.create(text="每把都能坐")
    item.parts.create(title="一区", unit=unit, due=DUE)
    item.parts.create(title="二区", order=1, due=DUE)
    item.unit_shares.create(unit=unit, role="lead")
    item.handlers.add(factories.Person())
    factories.publish(item.list)
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def item(item_of_the_file, db):
    return Item.objects.get(pk=item_of_the_file.pk)


@pytest.fixture
def by(item):
    return factories.office_of(item)


def found(item):
    with override("en"):
        return verify(item.list)


def fresh(item):
    return Item.objects.get(pk=item.pk)


def forge(item, sql, *values):
    """Do at the SQL prompt what the guards let pass: an entry whose hash is right, then lines."""
    last = item.last_entry
    chain = Chain.objects.get(list=item.list)
    words = EntryWords(salt=EntryWords.new_salt(), name=last.words.name)
    entry = Entry(
        list=item.list, seq=chain.seq + 1, item=item, verb="log_visit", by=last.by, role=last.role,
        happened_on=TODAY, written_at=NOW, facts={}, snapshot=last.snapshot,
        words_digest=words.computed_digest(), previous_hash=chain.hash,
    )  # fmt: skip
    entry.hash = entry.computed_hash()
    entry.save()
    words.entry = entry
    words.save()
    with connection.cursor() as cursor:
        head = [entry.seq, entry.hash, item.list_id]
        cursor.execute("UPDATE items_chain SET seq = %s, hash = %s WHERE list_id = %s", head)
        cursor.execute(sql, values)
        assert cursor.rowcount >= 1
        cursor.execute(
            "UPDATE items_item SET last_entry_id = %s WHERE id = %s", [entry.pk, item.pk]
        )


FORGED = {
    "a measure’s words": (
        "UPDATE items_measure SET text = '换一半' WHERE item_id = {item}",
        "measures",
    ),
    "a measure’s English": (
        "UPDATE items_measure SET text_en = 'x' WHERE item_id = {item}",
        "measures",
    ),
    "a measure gone": ("DELETE FROM items_measure WHERE item_id = {item}", "measures"),
    "a measure more": (
        'INSERT INTO items_measure (item_id, "order", text, text_en)'
        " VALUES ({item}, 9, '换一半', '')",
        "measures",
    ),
    "a part done": (
        "UPDATE items_part SET done_on = '2026-06-01' WHERE item_id = {item} AND \"order\" = 1",
        "parts",
    ),
    "a part’s deadline": ("UPDATE items_part SET due = NULL WHERE item_id = {item}", "parts"),
    "a part’s name": (
        "UPDATE items_part SET title = '三区' WHERE item_id = {item} AND \"order\" = 1",
        "parts",
    ),
    "a part’s unit": ("UPDATE items_part SET unit_id = {other} WHERE item_id = {item}", "parts"),
    "a part’s progress": ("UPDATE items_part SET progress = 'x' WHERE item_id = {item}", "parts"),
    "a part gone": ('DELETE FROM items_part WHERE item_id = {item} AND "order" = 1', "parts"),
    "another unit": (
        "UPDATE items_unitshare SET unit_id = {other} WHERE item_id = {item}",
        "shares",
    ),
    "another role": ("UPDATE items_unitshare SET role = 'joint' WHERE item_id = {item}", "shares"),
    "no handler": ("DELETE FROM items_item_handlers WHERE item_id = {item}", "handlers"),
    "the salt": ("UPDATE items_item SET lines_salt = 'x' WHERE id = {item}", "measures"),
}


@pytest.mark.parametrize("forged", FORGED)
def test_forged_entry_does_not_hide_changed_lines(item, forged):
    sql, kind = FORGED[forged]
    other = factories.Unit(committee=item.list.committee)
    with transaction.atomic():
        if forged == "the salt":  # a column of the item: the guards want its entry at once
            tamper(sql.format(item=item.pk))
        else:
            forge(item, sql.format(item=item.pk, other=other.pk))

        *_others, fault = found(item)
        assert fault.startswith("No. 1: what it says isn’t what its last entry says: ")
        assert kind in fault
        transaction.set_rollback(True)


def test_forged_entry_does_not_hide_a_tick_that_is_gone(item):
    said = {"text": "换完", "measures": list(item.measures.all()), "now": NOW}
    actions.report_progress(fresh(item), by=factories.owner_of(item), **said)
    before = found(item)

    forge(fresh(item), "UPDATE items_measure SET done_on = NULL WHERE item_id = %s", item.pk)

    assert (before, ["measures" in fault for fault in found(item)]) == ([], [True])


def test_forged_entry_alone_is_no_fault_of_lines(item):
    forge(item, "UPDATE items_item SET version = version + 1 WHERE id = %s", item.pk)

    assert found(item) == []


def test_next_honest_entry_does_not_cover_it_up(item, by):
    tamper(f"UPDATE items_measure SET text = '换一半' WHERE item_id = {item.pk}")

    actions.set_task(
        fresh(item), by=by, text="核对", who="office", by_when=TODAY + days(9), now=NOW
    )

    assert any("measures" in fault for fault in found(item))


def test_entry_from_before_lines_were_kept_is_no_fault(item, by):
    forget_lines(item)
    tamper("UPDATE items_part SET due_words = 'x' WHERE title = '一区'")

    assert found(item) == []


def test_first_entry_after_that_keeps_them(item, by):
    forget_lines(item)

    actions.set_task(
        fresh(item), by=by, text="核对", who="office", by_when=TODAY + days(9), now=NOW
    )

    assert set(fresh(item).last_entry.snapshot["lines"]) == set(RELATIONS)
    assert found(item) == []


def forget_lines(item):
    """Let the item's entry be as it was before entries kept the lines; write its hash anew."""
    entry = item.last_entry
    del entry.snapshot["lines"]
    tamper(
        "UPDATE items_entry SET snapshot = %s, hash = %s WHERE id = %s",
        connection.ops.adapt_json_value(entry.snapshot, None),
        entry.computed_hash(),
        entry.pk,
    )
    tamper(
        "UPDATE items_chain SET hash = %s WHERE list_id = %s", entry.computed_hash(), item.list_id
    )
    tamper("UPDATE items_item SET lines_salt = '' WHERE id = %s", item.pk)


# Honest acts on every verb that changes lines


def correct(field, value):
    def act(item, by):
        made = value(item) if callable(value) else value
        actions.correct_item(item, by=by, field=field, value=made, reason="写错了", now=NOW)

    return act


def part_of(item):
    return item.parts.get(title="一区")


def report(item, by, done_on=None):
    owner = factories.owner_of(item)
    part = part_of(item)
    said = {"text": "刷了漆", "parts": [part], "parts_done_on": done_on, "now": NOW}
    return actions.report_progress(item, by=owner, **said)


def reduce(item, by):
    decision = actions.Decision("党委会", TODAY, "纪要〔2026〕9号")
    less = [Words("只换坐垫", "")]
    said = {"field": "measures", "value": less, "reason": "经费不足", "decision": decision}
    actions.reduce_item(item, by=by, now=NOW, **said)


def send_back(item, by):
    for part in item.parts.all():
        owner = factories.owner_of(item)
        said = {"text": "完工", "parts": [part], "parts_done_on": TODAY, "now": NOW}
        actions.report_progress(fresh(item), by=owner, **said)
    factories.claim(fresh(item), now=NOW)
    actions.send_back_item(
        fresh(item),
        by=factories.supervisor_of(item),
        reason="返潮",
        put_right_by=PUT_RIGHT_BY,
        undone=list(item.parts.all()),
        now=NOW,
    )


def undo(item, by):
    report(item, by, TODAY)
    actions.undo_part(part_of(item), by=by, reason="返潮", now=NOW)


def erase(item, by):
    entry = report(item, by)
    actions.erase_words(entry, by=by, reason="涉及隐私", now=NOW)
    assert part_of(item).progress == ""


HONEST = {
    "measures": correct("measures", [Words("更换全部座椅", "Replace all"), Words("加一项", "")]),
    "criteria": correct("criteria", [Words("每把都能坐"), Words("各班都试过", "All tried it")]),
    "shares": correct("shares", lambda item: [
        (factories.Unit(committee=item.list.committee), "lead"),
    ]),
    "handlers": correct("handlers", lambda item: [factories.Person(), factories.Person()]),
    "no handlers": correct("handlers", []),
    "reduce": reduce,
    "report": report,
    "report done": lambda item, by: report(item, by, TODAY),
    "undo": undo,
    "send back": send_back,
    "add part": lambda item, by: actions.add_part(
        item, by=by, title=" 三\u200b区  西", due=DUE, reason="职工提出", now=NOW
    ),
    "extend part": lambda item, by: actions.extend_part(
        extended(item), by=by, new_due=DUE, reason="供货晚", now=NOW
    ),
    "correct part": lambda item, by: actions.correct_part(
        part_of(item), by=by, field="title", value="东  区", reason="写错了", now=NOW
    ),
    "correct part’s unit": lambda item, by: actions.correct_part(
        part_of(item), by=by, field="unit", value=None, reason="写错了", now=NOW
    ),
    "erase": erase,
}  # fmt: skip


def extended(item):
    by = factories.office_of(item)
    said = {"field": "due", "value": DUE - days(9), "reason": "写错了", "now": NOW}
    actions.correct_part(part_of(item), by=by, **said)
    return part_of(fresh(item))


@pytest.mark.parametrize("honest", HONEST)
def test_honest_act_leaves_no_fault(item, by, honest):
    salt, kept = item.lines_salt, item.last_entry.snapshot["lines"]

    HONEST[honest](item, by)

    assert found(item) == []
    now = fresh(item)
    assert now.lines_salt != salt  # so that nothing can be tried of what the lines said before
    assert now.last_entry.snapshot["lines"] != kept


def test_act_that_leaves_other_lines_than_it_said_is_broken(item, by):
    with (
        pytest.raises(BrokenAct, match="changed more of No"),
        acting("correct", item, by=by, now=NOW) as act,
    ):
        act.write("写错了", facts={"field": "measures"}, lines={"measures": []})
