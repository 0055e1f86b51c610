"""Urging: who is urged answers by any word on the matter, and nobody outside ever reads it."""

from functools import partial

import pytest

from items import actions, queries
from items.errors import Refused
from items.models import Entry, Notice
from items.queries.queues import QUEUES
from items.states import FINDINGS
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, change_year, close, enter, fresh, happens
from tests.items.desk.making import questions, several

pytestmark = pytest.mark.django_db

BY_WHEN = TODAY + days(5)
WORDS = "请报供货日期"


def urge(item, who="owner", **said):
    said = {"text": WORDS, "by_when": BY_WHEN, "by": factories.office_of(item)} | said
    return actions.urge_item(fresh(item), who=who, now=NOW, **said)


def open_urgings():
    return list(Entry.objects.urgings())


def on_the_desk(item, person, today=TODAY):
    """Return the words that urge on an item's own page at the desk."""
    return [each.entry.text for each in queries.item_desk(item, person, today).line.urgings]


@pytest.mark.parametrize(
    ("by", "who"), [("office", "owner"), ("supervisor", "owner"), ("office", "supervisor")]
)
def test_urging_is_a_private_entry_with_its_day(by, who):
    item = factories.item_at("in_progress")
    urged = getattr(factories, f"{who}_of")(item)

    entry = urge(item, who, by=getattr(factories, f"{by}_of")(item))

    assert entry.facts == {"who": who, "by_when": BY_WHEN.isoformat()}
    assert (entry.words.text, entry.role, entry.public) == (WORDS, by, False)
    assert open_urgings() == [entry]
    assert [notice.person for notice in Notice.objects.filter(entry=entry)] == [urged]


@pytest.mark.parametrize("wrong", [{"text": " "}, {"who": "office"}, {"by_when": TODAY - days(1)}])
def test_urging_says_what_whom_and_by_when(wrong):
    item = factories.item_at("in_progress")

    assert not happens(partial(urge, item, **wrong))
    assert open_urgings() == []
    assert happens(partial(urge, item, by_when=TODAY))


def test_a_supervisor_urges_the_owner_and_not_themselves():
    item = factories.item_at("in_progress")

    with pytest.raises(Refused) as refused:
        urge(item, "supervisor", by=factories.supervisor_of(item))

    assert refused.value.sentences == ["这件由您自己核查，您可以催责任方。"]
    assert open_urgings() == []


BY_OWNER = {verb for verb, act in ACTS.items() if act.who == "owner"}
BY_SUPERVISOR = {verb for verb, act in ACTS.items() if act.who == "supervisor"}
ANSWERS = {"owner": BY_OWNER | {"release"}, "supervisor": BY_SUPERVISOR & FINDINGS}
# They set the item's status to one in which nobody can work on it: the urging rests.
RESTS = {"put_on_hold", "withdraw", "sign_off"}


@pytest.mark.parametrize("who", ["owner", "supervisor"])
@pytest.mark.parametrize("verb", sorted(set(ACTS) - {"urge"}))
def test_any_word_of_whom_was_urged_answers_it_and_nothing_else(who, verb):
    item = ACTS[verb].ready()
    if not happens(partial(urge, item, who)):
        assert item.status not in {"not_started", "in_progress", "pending_check"}
        return

    ACTS[verb](fresh(item))

    assert bool(open_urgings()) is (verb not in ANSWERS[who] | RESTS)


def test_what_was_said_before_answers_nothing():
    item = factories.item_at("in_progress")
    ACTS["report_progress"](fresh(item))

    assert urge(item) in open_urgings()


def test_what_the_office_enters_answers_once_it_is_released():
    item = factories.item_at("in_progress")
    urge(item)
    enter(fresh(item))
    assert len(open_urgings()) == 1

    actions.release_entry(fresh(item), by=factories.office_of(item), now=NOW)

    assert open_urgings() == []


def test_urging_rests_while_the_item_is_on_hold():
    item = factories.item_at("in_progress")
    entry = urge(item)
    factories.hold(fresh(item), now=NOW)
    assert open_urgings() == []

    ACTS["resume"](fresh(item))

    assert open_urgings() == [entry]


def test_urging_ends_with_the_year_and_hinders_no_closing():
    item = factories.item_at("in_progress")
    urge(item)

    later = change_year(fresh(item))

    assert open_urgings() == []
    assert on_the_desk(fresh(later), factories.owner_of(later)) == []


def test_a_list_closes_over_an_urging_of_what_is_withdrawn():
    item = factories.item_at("in_progress")
    urge(item)
    ACTS["withdraw"](fresh(item))

    assert close(item.list).verb == "close_list"


def test_who_was_urged_has_it_on_their_desk_the_nearest_day_first():
    items = several(3)
    owner, supervisor = factories.owner_of(items[0]), factories.supervisor_of(items[0])
    urge(items[0])
    urge(items[1], by_when=TODAY)
    urge(items[2], "supervisor")

    def numbers(person):
        return [item.number for item in QUEUES["urged"].items(person, TODAY)]

    assert (numbers(owner), numbers(supervisor)) == ([2, 1], [3])
    assert numbers(factories.office_of(items[0])) == []
    line = queries.queue("urged", owner, TODAY).lines[0]
    assert [(each.entry.text, each.mine) for each in line.urgings] == [(WORDS, True)]


def test_desk_and_pack_say_it_until_there_is_news():
    item = factories.item_at("in_progress")
    urge(item)
    office = factories.office_of(item)

    def packed():
        lines = queries.pack(item.list, TODAY).urged
        return [each.entry.text for line in lines for each in line.urgings]

    assert (on_the_desk(fresh(item), office), packed()) == ([WORDS], [WORDS])

    ACTS["report_progress"](fresh(item))

    assert (on_the_desk(fresh(item), office), packed()) == ([], [])


def test_a_queue_asks_the_same_questions_however_many_were_urged(django_assert_num_queries):
    items = several(3)
    owner = factories.owner_of(items[0])
    urge(items[0])
    queries.queue("urged", owner, TODAY)

    asked = questions(lambda: queries.queue("urged", owner, TODAY))
    urge(items[1])
    urge(items[2])

    with django_assert_num_queries(asked):
        queries.queue("urged", owner, TODAY)


def test_urging_is_no_news_and_shows_on_no_public_page():
    item = factories.item_at("in_progress")
    news, before = item.last_news, queries.item_page(item.list.slug, 1, TODAY)

    urge(item)

    assert fresh(item).last_news == news
    assert queries.item_page(item.list.slug, 1, TODAY) == before
    assert queries.board(item.list.slug, TODAY).last_change_on == news.happened_on
