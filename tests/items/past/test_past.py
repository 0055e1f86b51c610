"""A past day's board is the one that was remembered on that day."""

import random
from datetime import timedelta

import pytest
from django.db.models import QuerySet

from items import actions, queries
from items.demo import story
from items.models import Entry
from items.states import Status
from items.words import Words
from tests import factories
from tests.factories import PUBLISHED_ON, TODAY, at, days
from tests.items.actions import acts
from tests.items.actions.acts import ACTS, fresh
from tests.items.past.remembered import Remembered, board_on, difference, of_itself, past
from tests.items.published import unguarded

pytestmark = pytest.mark.django_db
NEXT, LATER = TODAY + days(1), TODAY + days(40)


def act_on(day, verb, item, monkeypatch, **said):
    """Do one of the acts on a day."""
    monkeypatch.setattr(acts, "NOW", at(day))
    return ACTS[verb](fresh(item), **said)


@pytest.mark.parametrize("verb", ACTS)
def test_each_act_is_put_back(verb, monkeypatch):
    item = ACTS[verb].ready()
    told = Remembered(item.list.slug)
    told.see(TODAY)
    act_on(NEXT, verb, item, monkeypatch)
    told.see(NEXT)

    assert told.differences(LATER) == {}


@pytest.mark.crawl
def test_a_year_of_acts_is_put_back(monkeypatch):
    chance = random.Random(20)
    first = factories.Item(list__committee__show_names=True)
    for _more in range(3):
        factories.another(first)
    factories.publish(first.list)
    told, slug, done = Remembered(first.list.slug), first.list.slug, 0
    day = PUBLISHED_ON
    told.see(day)
    while day < PUBLISHED_ON + days(360):
        day += days(chance.randint(3, 9))
        for _time in range(2):
            item = chance.choice(list(first.list.items.published()))
            done += acts.happens(
                lambda item=item, day=day: act_on(day, chance.choice(MANY), item, monkeypatch)
            )
        told.see(day)

    assert done > 40
    assert told.differences(day + days(30)) == {}
    for group in ("resolved", "in_progress"):
        assert past(slug, day, day + days(9), group) == board_on(slug, day, group)


def test_no_other_day_is_shown_in_its_place(monkeypatch):
    item = ACTS["sign_off"].ready()
    before = board_on(item.list.slug, TODAY)
    act_on(NEXT, "sign_off", item, monkeypatch)

    assert past(item.list.slug, NEXT, LATER) == board_on(item.list.slug, NEXT)  # the control
    assert difference(before, past(item.list.slug, NEXT, LATER))["arithmetic"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "更换操作座椅"),
        ("title_en", "New chairs"),
        ("count_unit", "把"),
        ("target_count", 20),
        ("place", None),
        ("due", TODAY + days(20)),
        ("term", "short"),
    ],
)
def test_corrections_are_taken_back(field, value):
    item = factories.published_item(target_count=16, done_count=4)
    place = factories.Place(committee=item.list.committee)
    told = Remembered(item.list.slug)
    told.see(TODAY)
    for day, said in ((NEXT, value or place), (NEXT + days(1), value and alike(value))):
        if said is None:
            continue
        by, reason = factories.office_of(item), "写错了"
        said = {"field": field, "value": said, "reason": reason, "now": at(day)}
        actions.correct_item(fresh(item), by=by, **said)
        told.see(day)

    assert told.differences(LATER) == {}


def alike(value):
    """Return another value of the same kind."""
    if isinstance(value, str):
        return "mid_long" if value == "short" else f"{value}二"
    return value + 1 if isinstance(value, int) else value - days(1)


def test_results_stand_as_they_were_claimed():
    item = factories.item_at("resolved")
    told, office = Remembered(item.list.slug), factories.office_of(item)
    told.see(TODAY)
    said = {"field": "result", "value": "16把座椅全部换新，逐把试坐", "reason": "更准确"}
    actions.correct_item(fresh(item), by=office, now=at(NEXT), **said)
    told.see(NEXT)
    again = {"reason": "又坏了", "put_right_by": NEXT + days(30)}
    actions.reopen_item(fresh(item), by=office, now=at(NEXT + days(1)), **again)
    told.see(NEXT + days(1))
    factories.claim(fresh(item), now=at(NEXT + days(2)), note="又换了两把")
    told.see(NEXT + days(2))
    factories.sign_off(fresh(item), now=at(NEXT + days(3)))
    told.see(NEXT + days(3))

    assert told.differences(LATER) == {}


def test_a_result_that_only_a_sheet_said_is_called_untold():
    item = factories.Item(result="16把都换了")
    acts.bring_in(item, progress="换好了", signed_off_by="赵明", signed_off_on=PUBLISHED_ON)
    factories.publish(item.list)
    slug, then = item.list.slug, board_on(item.list.slug, TODAY)
    assert then.rows[0].result == "16把都换了"
    assert past(slug, TODAY, LATER) == then  # nothing took it away yet

    again = {"reason": "又坏了", "put_right_by": NEXT + days(30), "now": at(NEXT)}
    actions.reopen_item(fresh(item), by=factories.office_of(item), **again)
    page = queries.past_page(slug, TODAY, LATER)
    assert page.untold == (item.number,)
    assert page.board.rows[0].result != "16把都换了"
    assert queries.past_page(slug, NEXT, LATER).untold == ()


def test_parts_are_put_back():
    item = factories.item_at("in_progress")
    acts.add_part(item, due=TODAY + days(2))
    told, part = Remembered(item.list.slug), item.parts.get()
    told.see(TODAY + days(9))  # it is late
    office = {"by": factories.office_of(item), "reason": "属实"}
    day = TODAY + days(10)
    actions.extend_part(fresh(part), new_due=day, now=at(day), **office)
    told.see(day)
    said = {"field": "due", "value": day - days(3), "now": at(day + days(1))}
    actions.correct_part(fresh(part), **said, **office)
    told.see(day + days(1))
    done = {"text": "完工", "parts": [part], "parts_done_on": day, "now": at(day + days(2))}
    actions.report_progress(fresh(item), by=factories.owner_of(item), **done)
    told.see(day + days(2))
    done |= {"parts_done_on": day + days(1), "now": at(day + days(3))}
    actions.report_progress(fresh(item), by=factories.owner_of(item), **done)
    told.see(day + days(3))
    actions.undo_part(fresh(part), now=at(day + days(4)), **office)
    told.see(day + days(4))
    acts.add_part(fresh(item), title="二区", due=day + days(5), now=at(day + days(5)))
    for ahead in (5, 6):
        told.see(day + days(ahead))

    assert told.differences(LATER) == {}
    assert [board.rows[0].late_part_days > 0 for board in told.boards.values()] == [
        *(True, False, True, False, False, True, True, True)
    ]


def test_names_are_those_of_the_day():
    committee = factories.Committee(show_names=True)
    place = factories.Place(committee=committee)
    item = factories.Item(list__committee=committee, place=place)
    factories.publish(item.list)
    told, by = Remembered(item.list.slug), factories.office(committee)
    told.see(TODAY)
    rows = [place, item.owner_post, item.supervisor_post, factories.owner_of(item)]
    rows += [committee, committee.organisation, item.list]
    day = TODAY
    for turn in (1, 2):
        for number, row in enumerate(rows):
            day += days(1)
            en = "" if row._meta.model_name == "person" else f"New {turn}.{number}"
            said = {"committee": committee, "reason": "改名", "by": by, "now": at(day)}
            actions.rename(fresh(row), Words(f"新名{turn}之{number}", en), **said)
            told.see(day)
    said = {"committee": committee, "reason": "改名", "by": by, "now": at(day + days(1))}
    actions.rename(fresh(item.list), Words("新的专项"), programme=True, **said)
    told.see(day + days(1))

    assert told.differences(LATER) == {}


def test_an_erased_name_gives_way_to_the_one_that_followed():
    item = factories.published_item(list__committee__show_names=True)
    person, committee = factories.owner_of(item), item.list.committee
    said = {"committee": committee, "reason": "户口登记更正"}
    said |= {"by": factories.office(committee), "now": at(NEXT)}
    [entry] = actions.rename(fresh(person), Words("改姓的人"), **said)
    assert past(item.list.slug, TODAY, LATER).rows[0].owner.name == person.name

    actions.erase_words(entry, by=said["by"], reason="本人要求", now=at(NEXT))
    assert past(item.list.slug, TODAY, LATER).rows[0].owner.name == "改姓的人"


def test_who_was_appointed_later_for_an_earlier_day_did_not_stand_there():
    item = factories.published_item(list__committee__show_names=True)
    post, by = item.owner_post, factories.office_of(item)
    told = Remembered(item.list.slug)
    for day in (TODAY, NEXT):
        told.see(day)
    actions.appoint(post, factories.Person(), by=by, since=TODAY, now=at(NEXT + days(1)))
    told.see(NEXT + days(1))
    actions.appoint(post, None, by=by, since=NEXT, now=at(NEXT + days(2)))
    told.see(NEXT + days(2))
    actions.appoint(post, factories.Person(), by=by, since=NEXT, now=at(NEXT + days(3)))
    told.see(NEXT + days(3))

    assert told.differences(LATER) == {}
    assert [board.rows[0].owner.vacant for board in told.boards.values()] == [
        *(False, False, False, True, False)
    ]


def test_erased_words_are_gone_from_past_days():
    item = factories.item_at("in_progress")
    said = {"text": "李某某家里困难", "by": factories.owner_of(item), "now": at(TODAY)}
    entry = actions.report_progress(item, **said)
    assert past(item.list.slug, TODAY, LATER).rows[0].last_text == "李某某家里困难"

    by = factories.office_of(item)
    actions.erase_words(entry, by=by, reason="涉及家庭", now=at(NEXT))
    assert past(item.list.slug, TODAY, LATER).rows[0].last_text == ""
    assert "李某某" not in repr(queries.past_page(item.list.slug, TODAY, LATER))


def test_what_waits_for_a_second_yes_stands_from_the_day_of_the_yes(monkeypatch):
    item = factories.item_at("in_progress")
    told = Remembered(item.list.slug)
    monkeypatch.setattr(acts, "NOW", at(TODAY))
    acts.enter(item)
    told.see(TODAY)
    act_on(NEXT, "release", item, monkeypatch)
    told.see(NEXT)

    assert told.differences(LATER) == {}
    assert past(item.list.slug, TODAY, LATER).rows[0].progress.percent is None
    assert past(item.list.slug, NEXT, LATER).rows[0].progress.percent == 40


def test_announcements_are_put_back(monkeypatch):
    item = factories.item_at("pending_check", list__committee__announces_sign_offs=True)
    told = Remembered(item.list.slug)
    told.see(TODAY)
    act_on(NEXT, "sign_off", item, monkeypatch)
    for ahead in range(1, 12):
        actions.carry_out_announced(now=at(TODAY + days(ahead)))
        told.see(TODAY + days(ahead))

    assert told.differences(LATER) == {}
    assert past(item.list.slug, NEXT, LATER).rows[0].announced == "sign_off"
    assert {board.rows[0].status for board in told.boards.values()} == {
        Status.PENDING_CHECK,
        Status.RESOLVED,
    }


def test_later_items_and_a_withdrawn_one_come_on_their_days(monkeypatch):
    item = factories.item_at("in_progress")
    told, post = Remembered(item.list.slug), factories.Post(committee=item.list.committee)
    told.see(TODAY)
    draft = factories.draft(owner_post=item.owner_post, supervisor_post=post)
    said = {"by": factories.office_of(item), "reason": "职工提出", "now": at(NEXT)}
    actions.add_item(fresh(item.list), draft, **said)
    told.see(NEXT)
    act_on(NEXT + days(1), "withdraw", item, monkeypatch)
    told.see(NEXT + days(1))

    assert told.differences(LATER) == {}
    assert [board.arithmetic.total for board in told.boards.values()] == [1, 2, 2]


def test_a_closed_list_and_what_goes_on_from_it(monkeypatch):
    item = factories.item_at("in_progress", due=TODAY - days(2))
    act_on(TODAY, "report_progress", item, monkeypatch)
    other = factories.another(item)  # a draft, and so not of it
    other.delete()
    old = Remembered(item.list.slug)
    old.see(TODAY)
    goes_on = acts.change_year(fresh(item), now=at(NEXT))
    new = Remembered(goes_on.list.slug)
    for told in (old, new):
        told.see(NEXT)
    by, committee = factories.office(item.list.committee), item.list.committee
    said = {"committee": committee, "reason": "改名", "by": by, "now": at(NEXT + days(2))}
    actions.rename(fresh(item.owner_post), Words("新岗位"), **said)
    act_on(NEXT + days(3), "report_progress", goes_on, monkeypatch, text="继续施工", percent=60)
    for told in (old, new):
        told.see(NEXT + days(3))

    assert old.differences(LATER) == new.differences(LATER) == {}
    assert past(item.list.slug, TODAY, LATER).head.closed_on is None
    assert past(item.list.slug, NEXT, LATER).head.closed_on == NEXT


def test_a_matter_that_comes_back_from_a_closed_list():
    item, running = acts.closed_item()
    old, new = Remembered(item.list.slug), Remembered(running.slug)
    for told in (old, new):
        told.see(TODAY)
    said = {"reason": "又坏了", "due": TODAY + days(60), "now": at(NEXT)}
    actions.bring_back(fresh(item), by=factories.office_of(item), **said)
    for told in (old, new):
        told.see(NEXT)

    assert old.differences(LATER) == new.differences(LATER) == {}


def test_a_matter_that_is_protected_today_is_protected_on_every_day():
    item = factories.published_item()
    said = {"field": "hardship", "value": True, "reason": "是帮扶", "now": at(NEXT)}
    actions.correct_item(fresh(item), by=factories.office_of(item), **said)

    assert past(item.list.slug, TODAY, LATER).rows[0].code == ""


def test_days_outside_have_no_board_and_know_the_nearest():
    item = factories.published_item()
    early = queries.past_page(item.list.slug, PUBLISHED_ON - days(1), TODAY)
    late = queries.past_page(item.list.slug, NEXT, TODAY)

    assert (early.board, early.nearest) == (None, PUBLISHED_ON)
    assert (late.board, late.nearest) == (None, TODAY)
    assert queries.past_page(item.list.slug, PUBLISHED_ON, TODAY).board.arithmetic.total == 1
    assert queries.past_page("no-such-list", TODAY, TODAY) is None
    assert queries.past_page(factories.ItemList().slug, TODAY, TODAY) is None  # a draft


def test_days_before_the_ledger_kept_where_items_stand_have_no_board():
    item = factories.item_at("in_progress")
    with unguarded(*LEDGER):
        QuerySet(Entry).filter(item=item, verb="publish").update(snapshot={})
    slug, started = item.list.slug, PUBLISHED_ON + days(1)
    early = queries.past_page(slug, PUBLISHED_ON, TODAY)

    assert (early.board, early.nearest, early.days.since_publication) == (None, started, False)
    assert past(slug, started, TODAY) == board_on(slug, started)


def test_a_long_list_is_put_back_page_by_page():
    first = factories.Item()
    for _more in range(204):
        factories.another(first, measures=["换新"])
    factories.publish(first.list)
    slug = first.list.slug
    factories.start(fresh(first), now=at(TODAY))
    told = [of_itself(queries.board(slug, TODAY, page=page)) for page in (1, 2, 3)]
    factories.claim(fresh(first), now=at(NEXT))

    for page in (1, 2, 3):
        assert queries.past_page(slug, TODAY, LATER, page=page).board == told[page - 1]
    assert told[0].strip == ()


@pytest.mark.crawl
def test_each_day_of_the_story_is_put_back(monkeypatch):
    last = TODAY
    shift = last - story.LAST_DAY
    told = Remembered(f"ironmaking-{last.year}")
    days_seen = [story.PUBLISHED_ON + shift]
    play = story.Story._play

    def play_and_see(self, item_list, event, order):
        day = self.day(event["on"])
        while days_seen[-1] < day:
            told.see(days_seen[-1])
            days_seen.append(days_seen[-1] + timedelta(1))
        play(self, item_list, event, order)

    monkeypatch.setattr(story.Story, "_play", play_and_see)
    told.slug = f"ironmaking-{last.year}"
    story.load("a password", last)
    told.see(last)

    apart = told.differences(last + timedelta(1))
    # What the story writes last, it writes of earlier days.
    assert {name for found in apart.values() for name in found} <= WRITTEN_LAST
    then = past(told.slug, last, last + timedelta(1)).arithmetic
    assert [then.total, *(term.count for term in then.groups)] == [18, 15, 3]


WRITTEN_LAST = {"last_change_on", "last_change_days_ago"}
LEDGER = ("entry_update",)

# What can be done at any time without something that has to come before
MANY = [verb for verb, act in ACTS.items() if act.before is None]
MANY += ["start", "report_progress", "claim", "sign_off", "claim", "sign_off", "reopen"]
