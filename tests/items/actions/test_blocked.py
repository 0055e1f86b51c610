"""What holds the work up: said with a report, until the next one says something else or nothing."""

import pytest
from django.utils.translation import override

from items import actions, public, queries
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Entry, Item
from items.privacy.personal_data import PersonalData
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, change_year, enter

pytestmark = pytest.mark.django_db
STUCK = {"blocked": "密封件没有到货", "unblocker": "物资采购部"}


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    item = factories.item_at("in_progress")
    factories.colleague_of(item)
    return item


@pytest.fixture
def item(item_of_the_file, db):
    return fresh(item_of_the_file)


def fresh(item):
    return Item.objects.get(pk=item.pk)


def report(item, text="旧密封已拆", **said):
    said = {"by": factories.owner_of(item), "now": NOW} | said
    return actions.report_progress(fresh(item), text=text, **said)


def blocked(item):
    return queries.item_page(item.list.slug, item.number, TODAY).blocked


def at_desk(item):
    page = queries.item_desk(fresh(item), factories.office_of(item), TODAY)
    return page.blocked and (page.blocked.words, page.blocked_inside)


def test_report_says_what_holds_the_work_up(item):
    entry = report(item, **STUCK)

    assert blocked(item) == public.Blocked("密封件没有到货", "物资采购部", TODAY)
    said = Entry.objects.get(verb="say_blocked")
    assert (said.about, said.public, said.role) == (entry, True, "owner")
    with override("zh-hans"):
        event = public.event(said, show_names=False)
    assert (event.label, event.text) == ("卡在哪里", "密封件没有到货")
    assert event.facts == (("需要谁来解决", "物资采购部"),)
    assert at_desk(item) == ("密封件没有到货", False)
    assert verify(item.list) == []


@pytest.mark.parametrize(
    "then",
    [
        report,
        lambda item: ACTS["claim"](fresh(item)),
        lambda item: [
            enter(fresh(item)),
            actions.release_entry(fresh(item), by=factories.office_of(item), now=NOW),
        ],
    ],
    ids=["report", "claim", "release"],
)
def test_it_stands_until_the_next_report(item, then):
    report(item, **STUCK)

    then(item)

    assert (blocked(item), at_desk(item), queries.obstacle_of(item)) == (None, None, None)


@pytest.mark.parametrize("then", ["log_visit", "set_task", "deliver"])
def test_what_is_no_report_leaves_it(item, then):
    report(item, **STUCK)

    ACTS[then](fresh(item))

    assert blocked(item).words == "密封件没有到货"


def test_it_counts_from_the_first_report_that_said_so(item):
    report(item, **STUCK, happened_on=TODAY - days(9))
    report(item, "还在等", **STUCK, happened_on=TODAY - days(4))
    assert blocked(item).since == TODAY - days(9)

    report(item, "还在等着", blocked="等吊车", happened_on=TODAY - days(2))
    assert blocked(item) == public.Blocked("等吊车", "", TODAY - days(2))


def test_what_stays_inside_is_for_staff_alone(item):
    report(item, **STUCK)
    report(item, "还在等", blocked="厂家在打官司", unblocker="法务", inside=True)

    page = queries.item_page(item.list.slug, item.number, TODAY)
    assert (page.blocked, [e.verb for e in page.timeline][:2]) == (
        None,
        ["report_progress", "say_blocked"],
    )
    assert at_desk(item) == ("厂家在打官司", True)
    assert not queries.obstacle_of(item).public


def test_only_an_item_at_work_is_held_up(item):
    report(item, **STUCK)
    factories.hold(fresh(item), now=NOW)

    assert blocked(item) is None


def test_erased_words_hold_nothing_up(item):
    report(item, **STUCK)
    said = Entry.objects.get(verb="say_blocked")
    actions.erase_words(said, by=factories.office_of(item), reason="点了人名", now=NOW)

    assert (blocked(item), at_desk(item), queries.obstacle_of(item)) == (None, None, None)


def test_it_goes_over_into_the_next_list(item):
    report(item, **STUCK)

    goes_on = change_year(fresh(item), now=factories.at(TODAY + days(200)))

    assert blocked(goes_on) == public.Blocked("密封件没有到货", "物资采购部", TODAY)
    assert queries.obstacle_of(goes_on).words.text == "密封件没有到货"


def test_photos_come_after_it_and_belong_to_the_report(item, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    entry = report(item, **STUCK, photos=[factories.picture()])

    assert Entry.objects.get(verb="add_photo").about == entry
    assert verify(item.list) == []


def test_somebody_is_named_only_beside_what_it_is(item):
    with pytest.raises(Refused):
        report(item, unblocker="物资采购部")
    with pytest.raises(PersonalData):
        report(item, blocked="等罗师傅13912345678回电")

    assert not Entry.objects.filter(verb="say_blocked").exists()
