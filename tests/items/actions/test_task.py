"""Tasks that a meeting sets: whose they are, until they come back finished."""

import pytest

from items import actions, queries
from items.errors import Refused
from items.models import Entry, Notice
from items.rules import why_not
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ask, fresh, happens

pytestmark = pytest.mark.django_db

BY_WHEN = TODAY + days(14)


def set_task(item, who="owner", **said):
    said = {"text": "月底前核对数量", "by_when": BY_WHEN, "by": factories.office_of(item)} | said
    return actions.set_task(item, who=who, now=NOW, **said)


def finish(entry, by, text="已核对"):
    return actions.finish_task(entry, by=by, text=text, now=NOW)


def person_for(item, who):
    return getattr(factories, f"{who}_of")(item)


def open_tasks():
    return list(Entry.objects.tasks())


@pytest.mark.parametrize("who", ["owner", "supervisor", "office"])
def test_task_is_set_and_finished_in_the_ledger(who):
    item = factories.item_at("in_progress")

    task = set_task(item, who)

    assert task.facts == {"who": who, "by_when": BY_WHEN.isoformat()}
    assert (task.words.text, task.role, task.public) == ("月底前核对数量", "office", False)
    assert open_tasks() == [task]

    done = finish(fresh(task), by=person_for(item, who))

    assert (done.about, done.role, done.public) == (task, who, False)
    assert (done.words.text, fresh(item).status) == ("已核对", "in_progress")
    assert open_tasks() == []


def test_office_finishes_the_owners_task_as_the_office():
    item = factories.item_at("in_progress")

    done = finish(set_task(item), by=factories.colleague_of(item))

    assert done.role == "office"


def test_several_tasks_wait_and_each_is_finished_alone():
    item = factories.item_at("resolved")
    first, second = set_task(item), set_task(item, "supervisor")

    finish(fresh(second), by=factories.office_of(item))

    assert open_tasks() == [first]


def test_task_passes_to_the_successor():
    item = factories.item_at("in_progress")
    task, before, new = set_task(item), factories.owner_of(item), factories.Person()

    by = factories.office_of(item)
    actions.appoint(item.owner_post, new, by=by, since=TODAY, now=NOW)

    assert not happens(lambda: finish(fresh(task), by=before))
    assert happens(lambda: finish(fresh(task), by=new))


def test_nobody_finishes_anothers_task():
    item = factories.item_at("in_progress")
    task = set_task(item, "office")
    set_task(item)  # which would be theirs

    with pytest.raises(Refused):
        finish(fresh(task), by=factories.owner_of(item))


def test_task_is_finished_once():
    item = factories.item_at("in_progress")
    task = set_task(item)
    set_task(item)
    finish(fresh(task), by=factories.owner_of(item))

    with pytest.raises(Refused) as refused:
        finish(fresh(task), by=factories.owner_of(item))

    assert refused.value.sentences == ["这项交办已经办结。"]


@pytest.mark.parametrize("wrong", [{"text": " "}, {"who": "anybody"}, {"by_when": TODAY - days(1)}])
def test_task_says_what_whose_and_by_when(wrong):
    item = factories.item_at("in_progress")

    assert not happens(lambda: set_task(item, **wrong))
    assert happens(lambda: set_task(item, by_when=TODAY))


def test_finishing_says_what_came_of_it():
    item = factories.item_at("in_progress")
    task = set_task(item)

    assert not happens(lambda: finish(fresh(task), by=factories.owner_of(item), text=" "))


@pytest.mark.parametrize("who", ["owner", "supervisor"])
def test_whom_it_is_for_is_told_and_so_is_who_set_it(who):
    item = factories.item_at("in_progress")
    office, person = factories.office_of(item), person_for(item, who)

    task = set_task(item, who)
    done = finish(fresh(task), by=person)

    told = Notice.objects.filter(entry__in=[task, done]).order_by("entry")
    assert [(n.person, n.entry) for n in told] == [(person, task), (office, done)]


def test_colleagues_are_told_of_an_offices_task():
    item = factories.item_at("in_progress")
    colleague = factories.colleague_of(item)

    task = set_task(item, "office")

    assert [n.person for n in Notice.objects.filter(entry=task)] == [colleague]


def test_task_is_no_news_and_shows_on_no_public_page():
    item = factories.item_at("in_progress")
    news, before = item.last_news, queries.item_page(item.list.slug, 1, TODAY)

    finish(set_task(item), by=factories.owner_of(item))

    assert fresh(item).last_news == news
    assert queries.item_page(item.list.slug, 1, TODAY) == before
    assert queries.board(item.list.slug, TODAY).last_change_on == news.happened_on


def test_task_does_not_make_one_speak_for_the_owner():
    # Else an owner's task finished by its supervisor-to-be would bar them from checking.
    item = factories.item_at("pending_check")
    finish(set_task(item, "supervisor"), by=factories.supervisor_of(item))

    assert why_not("sign_off", factories.supervisor_of(item), fresh(item), today=TODAY) == ""


def test_erasing_a_tasks_words_is_as_private_as_the_task():
    item = factories.item_at("in_progress")
    task, asked = set_task(item), ask(fresh(item))
    by = factories.office_of(item)

    hidden = actions.erase_words(task, by=by, reason="涉及隐私", now=NOW)
    shown = actions.erase_words(asked, by=by, reason="涉及隐私", now=NOW)

    assert (hidden.public, shown.public) == (False, True)


# Notices


def test_one_sees_ones_own_notices_only():
    item = factories.item_at("in_progress")
    set_task(item)
    other = factories.item_at("in_progress")
    set_task(other)
    owner = factories.owner_of(item)
    entries = list(Entry.objects.filter(verb="set_task"))

    assert actions.see_notices(owner, entries, now=NOW) == 1
    assert actions.see_notices(owner, [e.pk for e in entries], now=NOW) == 0

    seen = Notice.objects.exclude(seen_at=None)
    assert [(n.person, n.seen_at) for n in seen] == [(owner, NOW)]
