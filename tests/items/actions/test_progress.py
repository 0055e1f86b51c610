"""What the owner's side does, and what the office enters for it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from items import actions, public, queries
from items.errors import Refused
from items.models import Entry, Item, Part
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import ACTS, claim, fresh, happens, report

pytestmark = pytest.mark.django_db


# Starting


def test_work_starts_on_the_day_it_began():
    item = factories.published_item()

    ACTS["start"](item, happened_on=date(2026, 5, 30))

    assert fresh(item).started_on == date(2026, 5, 30)


def test_first_report_starts_the_work():
    item = factories.published_item()

    entry = report(item)

    assert (entry.status_from, entry.status_to) == ("not_started", "in_progress")
    assert fresh(item).started_on == TODAY


def test_later_report_leaves_the_start():
    item = factories.item_at("in_progress")

    report(item)

    assert fresh(item).started_on == PUBLISHED_ON + days(1)


def test_hold_before_the_start_is_not_taken_from_the_line():
    item = factories.published_item()
    factories.hold(item, now=at(PUBLISHED_ON))
    ACTS["resume"](item)
    held = fresh(item).days_held

    ACTS["start"](item)

    assert (held, fresh(item).days_held) == (91, 0)


# Percent and count


@pytest.mark.parametrize(
    ("said", "facts", "columns"),
    [
        ({"percent": Decimal("98.4")}, {"percent": "98.4"}, (Decimal("98.4"), None)),
        ({"percent": 0}, {"percent": "0.0"}, (Decimal("0.0"), None)),
        ({"percent": Decimal("99.99")}, {"percent": "99.9"}, (Decimal("99.9"), None)),
        ({"done_count": 90}, {"done_count": 90, "target_count": 120}, (None, 90)),
        ({"done_count": 0}, {"done_count": 0, "target_count": 120}, (None, 0)),
        ({}, {}, (None, None)),
    ],
)
def test_report_says_how_far_the_work_is(said, facts, columns):
    item = factories.item_at("in_progress", target_count=120)

    entry = report(item, **said)

    row = fresh(item)
    assert entry.facts == facts
    assert (row.percent, row.done_count) == columns


@pytest.mark.parametrize(
    "said",
    [
        {"percent": Decimal("-0.1")},
        {"percent": Decimal("100.1")},
        {"done_count": -1},
        {"done_count": 10**9},
    ],
)
@pytest.mark.parametrize("verb", ["report_progress", "enter_for_owner"])
def test_report_says_nothing_impossible(verb, said):
    item = factories.item_at("in_progress")

    with pytest.raises(Refused):
        ACTS[verb](item, **({"percent": None} | said))


# Parts


@pytest.fixture
def with_parts():
    item = factories.Item()
    for order, title in enumerate(["一区", "二区"]):
        item.parts.create(title=title, order=order)
    factories.publish(item.list)
    item = fresh(item)
    factories.start(item, now=NOW)
    return item


def test_report_on_a_part(with_parts):
    part = with_parts.parts.first()

    entry = report(with_parts, text="一区完工", parts=[part], parts_done_on=TODAY)

    assert entry.facts == {"part": 1, "part_done_on": "2026-06-01"}
    assert (fresh(part).progress, fresh(part).done_on) == ("一区完工", TODAY)


def test_report_on_a_part_that_is_not_done_yet(with_parts):
    part = with_parts.parts.last()

    entry = report(with_parts, text="二区动工", parts=[part])

    assert entry.facts == {"part": 2}
    assert fresh(part).done_on is None


def test_one_report_is_about_several_parts_and_dates(with_parts):
    dates = [factories.occasion(fresh(with_parts), on=TODAY - days(n)) for n in (1, 2)]
    both = list(with_parts.parts.all())

    report(
        fresh(with_parts),
        text="都完工了",
        parts=both,
        parts_done_on=TODAY,
        held=dates[:1],
        percent=60,
        blocked="缺材料",
    )

    item = fresh(with_parts)
    assert [(p.progress, p.done_on) for p in item.parts.all()] == [("都完工了", TODAY)] * 2
    written = [(e.verb, e.facts.get("part"), e.facts.get("percent")) for e in item.entries.all()]
    assert written[-4:] == [
        ("report_progress", 1, written[-4][2]),
        ("report_progress", 2, None),
        ("hold_occasion", None, None),
        ("say_blocked", None, None),
    ]
    assert written[-4][2] is not None
    assert [bool(fresh(date).ending) for date in dates] == [True, False]
    assert queries.obstacle_of(item).words.text == "缺材料"
    assert item.percent == 60


def test_date_of_another_item_or_settled_already_is_refused(with_parts):
    date = factories.occasion(fresh(with_parts), on=TODAY)
    other = factories.item_at("in_progress")

    with pytest.raises(Refused, match="不属于这件实事"):
        report(other, held=[date])
    report(fresh(with_parts), held=[date])
    with pytest.raises(Refused, match="已有结果"):
        report(fresh(with_parts), text="又一次", held=[date])


def test_part_is_not_done_tomorrow(with_parts):
    with pytest.raises(Refused):
        report(with_parts, parts=[with_parts.parts.first()], parts_done_on=TODAY + days(1))


def test_part_of_another_item_is_refused(with_parts):
    other = factories.item_at("in_progress")

    with pytest.raises(Refused):
        report(other, parts=[with_parts.parts.first()])


def test_part_that_was_read_before_a_colleague_reported_loses_nothing(with_parts):
    part = with_parts.parts.first()
    old = Part.objects.get(pk=part.pk)
    report(with_parts, parts=[part], parts_done_on=TODAY)

    report(fresh(with_parts), text="补充说明", parts=[old])

    assert (fresh(part).progress, fresh(part).done_on) == ("补充说明", TODAY)


def test_claim_waits_for_every_part(with_parts):
    report(with_parts, parts=[with_parts.parts.first()], parts_done_on=TODAY)

    with pytest.raises(Refused, match="二区"):
        claim(with_parts, done_on=TODAY)

    report(with_parts, parts=[with_parts.parts.last()], parts_done_on=TODAY)
    assert claim(with_parts, done_on=TODAY).status_to == "pending_check"


# Claiming


def test_claim_sets_what_the_supervisor_will_check():
    item = factories.item_at("in_progress")

    claim(item)

    row = fresh(item)
    assert (row.claimed_on, row.done_on, row.result) == (TODAY, date(2026, 3, 4), "全部换新")


def test_claim_without_evidence_says_why():
    item = factories.item_at("in_progress")

    entry = claim(item, evidence="", no_evidence="现场禁止拍照")

    assert entry.facts["has_evidence"] is False
    assert entry.words.evidence == "现场禁止拍照"


@pytest.mark.parametrize(
    ("done_on", "happened_on", "allowed"),
    [
        (TODAY, None, True),
        (TODAY + days(1), None, False),
        (TODAY - days(2), TODAY - days(2), True),
        (TODAY - days(1), TODAY - days(2), False),  # done after the claim
    ],
)
def test_work_was_done_before_it_was_claimed(done_on, happened_on, allowed):
    item = factories.item_at("in_progress")

    assert happens(lambda: claim(item, done_on=done_on, happened_on=happened_on)) is allowed


@pytest.mark.parametrize("verb", ["send_back", "reopen"])
@pytest.mark.parametrize(("before", "allowed"), [(days(0), True), (days(1), False)])
def test_work_was_done_after_it_was_last_returned(verb, before, allowed):
    item = ACTS[verb].ready()
    ACTS[verb](item, happened_on=TODAY - days(5))

    assert happens(lambda: claim(item, done_on=TODAY - days(5) - before)) is allowed


@pytest.mark.parametrize(
    ("done", "target", "allowed"),
    [(89, 90, False), (90, 90, True), (91, 90, True), (None, 90, False), (5, None, True)],
)
def test_count_below_its_target_is_not_claimed(done, target, allowed):
    item = factories.item_at("in_progress", target_count=target)
    report(item, done_count=done)

    assert happens(lambda: claim(item)) is allowed


def test_target_can_be_lowered_openly_and_then_the_work_claimed():
    item = factories.item_at("in_progress", target_count=90)
    report(item, done_count=89)

    entry = ACTS["reduce"](item, field="target_count", value=89, reason="少一间")
    claim(item)

    assert (entry.words.old, entry.words.new, entry.public) == ("90", "89", True)
    assert fresh(item).status == "pending_check"


# Entered for the owner


def test_entered_progress_counts_only_when_another_person_released_it():
    item = factories.published_item()
    office, colleague = factories.office_of(item), factories.colleague_of(item)
    said = {"text": "代填：已进场", "percent": 40, "happened_on": TODAY - days(1)}
    entered = actions.enter_for_owner(item, by=office, now=NOW, **said)
    row = fresh(item)
    assert (row.status, row.percent, row.last_news.verb) == ("not_started", None, "publish")

    with pytest.raises(Refused):
        actions.release_entry(item, by=office, now=NOW)
    released = actions.release_entry(item, by=colleague, now=NOW)

    row = fresh(item)
    assert (row.status, row.percent, row.last_news) == ("in_progress", 40, released)
    assert row.started_on == released.happened_on == TODAY - days(1)
    assert (released.about, released.words.text) == (entered, "代填：已进场")
    assert list(item.entries.public()) == [item.entries.first(), released]


def test_release_gives_the_count():
    item = factories.item_at("in_progress", target_count=120)
    ACTS["enter_for_owner"](item, by=factories.colleague_of(item), percent=None, done_count=90)

    entry = ACTS["release"](item)

    assert fresh(item).done_count == 90
    assert entry.facts == {"done_count": 90, "target_count": 120}


def test_wrong_entry_is_mended_by_a_further_one():
    item = factories.item_at("in_progress")
    office, colleague = factories.office_of(item), factories.colleague_of(item)
    wrong = ACTS["enter_for_owner"](item, by=office, text="写错了")
    right = ACTS["enter_for_owner"](item, by=colleague, text="改正")

    with pytest.raises(Refused):
        ACTS["release"](item, by=colleague)
    released = ACTS["release"](item, by=office)

    assert (right.about, released.about, released.words.text) == (wrong, right, "改正")
    assert not Entry.objects.filter(verb="enter_for_owner").waiting().exists()
    with pytest.raises(Refused):
        ACTS["release"](item, by=office)


EARLIER = TODAY - days(10)


@pytest.mark.parametrize("target", [None, 40])
@pytest.mark.parametrize(("day", "counts"), [(TODAY, True), (EARLIER, False)])
def test_release_of_an_older_entry_leaves_what_is_newer(target, day, counts):
    item = factories.item_at("in_progress", target_count=target)
    name, old, new = ("done_count", 10, 30) if target else ("percent", 10, 30)
    said = {"percent": None, name: new, "happened_on": TODAY - days(5)}
    newest = report(item, **said)
    ACTS["enter_for_owner"](fresh(item), **{"percent": None, name: old}, happened_on=day)

    released = ACTS["release"](fresh(item), by=factories.colleague_of(item))

    row = fresh(item)
    assert getattr(row, name) == (old if counts else new)
    assert row.last_news == (released if counts else newest)
    assert released.facts[name] == (10 if target else "10.0")  # as it was on that day


def test_what_was_entered_before_a_report_of_the_same_day_leaves_it():
    item = factories.item_at("in_progress")
    ACTS["enter_for_owner"](item, percent=10)
    report(fresh(item), percent=30)

    ACTS["release"](fresh(item), by=factories.colleague_of(item))

    assert fresh(item).percent == 30


def test_owners_report_of_an_earlier_day_leaves_what_is_newer():
    item = factories.item_at("in_progress", target_count=40)
    report(item, done_count=30)

    entry = report(fresh(item), done_count=10, happened_on=EARLIER)

    assert (fresh(item).done_count, entry.facts["done_count"]) == (30, 10)


def test_percent_and_count_are_each_their_own():
    item = factories.item_at("in_progress", target_count=40)
    report(item, done_count=30)

    report(fresh(item), percent=10, happened_on=EARLIER)

    assert (fresh(item).done_count, fresh(item).percent) == (30, 10)


def test_what_was_known_before_a_reopening_is_known_no_more():
    item = factories.item_at("resolved")
    ACTS["reopen"](item)

    report(fresh(item), percent=90, happened_on=EARLIER)

    assert fresh(item).percent is None


def test_entry_that_waits_can_be_refused_and_the_one_who_entered_reads_why():
    item = factories.item_at("in_progress")
    office, colleague = factories.office_of(item), factories.colleague_of(item)
    entered = ACTS["enter_for_owner"](item, by=colleague)

    refused = ACTS["refuse_entry"](fresh(item), by=office, reason="现场只做了一半")

    assert (refused.public, refused.about, refused.words.text) == (False, entered, "现场只做了一半")
    assert refused.notified == (colleague,)
    assert fresh(item).percent is None
    assert not Entry.objects.filter(verb="enter_for_owner").waiting().exists()
    with pytest.raises(Refused):
        ACTS["release"](fresh(item), by=office)


def test_whoever_entered_it_may_take_it_back():
    item = factories.item_at("in_progress")
    ACTS["enter_for_owner"](item)

    ACTS["refuse_entry"](fresh(item), reason="填错了件")


def test_refusal_needs_a_reason_and_something_that_waits():
    item = factories.item_at("in_progress")
    assert not happens(lambda: ACTS["refuse_entry"](item))

    ACTS["enter_for_owner"](item)
    assert not happens(lambda: ACTS["refuse_entry"](fresh(item), reason=" "))


def test_what_waits_beside_a_claim_can_still_be_refused():
    item = factories.item_at("in_progress")
    ACTS["enter_for_owner"](item)
    claim(fresh(item))

    ACTS["refuse_entry"](fresh(item))


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "代设备副厂长填报"), ("en", "Entered for Deputy director")]
)
def test_it_reads_for_which_post_it_was_entered(language, said):
    draft = factories.Item(owner_post__name="设备副厂长", owner_post__name_en="Deputy director")
    factories.publish(draft.list)
    item = fresh(draft)
    entered = ACTS["enter_for_owner"](fresh(item), by=factories.colleague_of(item))
    released = ACTS["release"](fresh(item))

    with translation.override(language):
        assert public.event(released, show_names=False).label == said
        assert public.label_of(entered) == said
        page = queries.item_page(item.list.slug, item.number, TODAY)
    assert page.row.last_verb == said
    assert not page.timeline[0].post


def test_nothing_is_released_before_the_first_release():
    item = factories.item_at("in_progress")

    with pytest.raises(Refused):
        ACTS["release"](item)

    assert Item.objects.get().percent is None
