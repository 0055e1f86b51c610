"""A ledger that comes back while others act: nothing is saved twice, nothing erased comes back."""

import io
from threading import Event

import pytest
from django.db import connection

from items import actions
from items.actions import erasure, ledger_export
from items.errors import Conflict
from items.exports.ledger import Wanted, write_numbered, write_separated
from items.ledger.verify import verify
from items.models import Entry, LedgerExport
from items.models.ledger_export import unpacked
from items.sheets import returning
from items.sheets.returned import CellBack, Returned
from items.sheets.returning import do_return, plan_return
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import fresh, report
from tests.items.racing import together

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]


@pytest.fixture
def item():
    item = factories.item_at("in_progress", budget="三万元")
    report(item, text="已进场")
    return fresh(item)


def export(item):
    wanted, by = Wanted(item.list.items.published(), inside=True), factories.office_of(item)
    told = {"by": by, "now": NOW}
    write_numbered(write_separated, io.BytesIO(), item.list, wanted, TODAY, **told)
    return LedgerExport.objects.get()


def save_twice(item):
    """Let the button be pressed twice at one moment, both times for what was seen."""
    cells = {"progress": CellBack("已进场", "完工", ""), "budget": CellBack("三万元", "五万元", "")}
    returned, by = Returned(export(item).pk, {item.number: cells}), factories.office_of(item)
    plans = [plan_return(returned, item.list, by=by, today=TODAY) for _time in range(2)]
    return together(*(lambda plan=plan: do_return(plan, {}, by=by, now=NOW) for plan in plans))


def entered(item):
    return Entry.objects.filter(item=item, verb="enter_for_owner").count()


def test_button_that_is_pressed_twice_at_one_moment_saves_once(item):
    done = save_twice(item)

    assert sorted(type(each) for each in done if not isinstance(each, list)) == [Conflict]
    assert entered(item) == 1
    assert verify(item.list) == []


def test_control_without_the_check_it_is_saved_twice(item, monkeypatch):
    monkeypatch.setattr(returning, "refuse_if_stale", lambda plan, together: None)

    save_twice(item)

    assert entered(item) == 2


def erase_while_it_goes_out(item, monkeypatch):
    """Let an export go out while words are erased from all bases and that isn't committed yet."""
    erases, kept = Event(), Event()
    entry = Entry.objects.get(item=item, verb="report_progress")
    forget = erasure._forget_exports

    def slowly(erased):
        forget(erased)
        erases.set()
        kept.wait(1)  # whoever waits for the erasure keeps nothing before its end

    monkeypatch.setattr(erasure, "_forget_exports", slowly)

    def take_out():
        erases.wait(10)
        export(item)
        kept.set()

    def erase():
        by = factories.office_of(item)
        actions.erase_words(entry, by=by, reason="写到了别人", now=NOW)

    assert together(take_out, erase) == [None, None]


def kept_words():
    return any(
        "已进场" in said
        for kept in LedgerExport.objects.exclude(base=b"")
        for _number, said in unpacked(bytes(kept.base))
    )


def test_erased_words_are_in_no_base_that_is_kept_at_the_same_moment(item, monkeypatch):
    erase_while_it_goes_out(item, monkeypatch)

    assert not kept_words()


def test_control_without_waiting_for_the_erasure_they_are(item, monkeypatch):
    monkeypatch.setattr(ledger_export, "erased_meanwhile", lambda export: False)

    erase_while_it_goes_out(item, monkeypatch)

    # On SQLite nobody reads beside a writer: whoever erases comes before or after.
    assert kept_words() is (connection.vendor != "sqlite")
