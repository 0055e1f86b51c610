"""Triage: marks, one act and the public answer are one transaction; many are done one by one."""

from functools import partial

import pytest

from items import actions, models
from items.actions import Shown
from items.errors import Refused
from items.privacy.personal_data import PersonalData
from items.suggestion_states import SuggestionStatus
from items.words import Words
from tests import factories
from tests.factories import NOW, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return factories.Committee()


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee)


def fresh(suggestion):
    return models.Suggestion.objects.get(pk=suggestion.pk)


def verbs(suggestion):
    return [step.verb for step in suggestion.entries.order_by("seq")]


def drafted(item, title):
    """Return what is typed of a new item beside another one, with the same posts."""
    fields = {"title": title, "due": item.due}
    fields |= {name: getattr(item, name) for name in ("owner_post", "supervisor_post")}
    return actions.Draft(fields, measures=[Words("装空调")])


DECLINE = partial(actions.decline, reason="rules", text="规定不允许")


def test_each_act_leaves_its_step(committee, office, sent):
    category = factories.Category(committee=committee)
    shown = Shown("装空调", "规定不允许")

    actions.triage(sent, by=office, category=category, act=DECLINE, shown=shown, now=NOW)

    assert verbs(sent) == ["sort", "decline", "show_answer"]
    now = fresh(sent)
    assert (now.category, now.status) == (category, SuggestionStatus.NOT_ADOPTED)
    assert (now.shown_words, now.shown_answer) == ("装空调", "规定不允许")


def test_marks_that_are_there_leave_no_step(office, sent):
    actions.triage(sent, by=office, act=DECLINE, now=NOW)

    assert verbs(sent) == ["decline"]


def test_marks_alone_are_a_step(office, sent):
    actions.triage(sent, by=office, now=NOW)

    assert verbs(sent) == ["sort"]


def test_nothing_is_kept_of_what_is_refused_at_last(committee, office, sent):
    category = factories.Category(committee=committee)
    shown = Shown("打13912345678", "规定不允许")

    with pytest.raises(PersonalData):
        actions.triage(sent, by=office, category=category, act=DECLINE, shown=shown, now=NOW)

    assert verbs(sent) == []
    assert (fresh(sent).category, fresh(sent).status) == (None, SuggestionStatus.RECEIVED)
    assert (sent.category_id, sent.version) == (None, fresh(sent).version)
    yes = Shown(shown.words, shown.answer, yes=True)
    actions.triage(sent, by=office, category=category, act=DECLINE, shown=yes, now=NOW)
    assert verbs(sent) == ["sort", "decline", "show_answer"]


def test_what_is_put_together_is_marked_first(committee, office, sent):
    other, place = factories.suggestion(committee), factories.Place(committee=committee)
    act = partial(actions.merge, into=other)

    actions.triage(sent, by=office, place=place, act=act, other=other.pk, now=NOW)

    assert verbs(sent) == ["sort", "merge"]
    assert fresh(sent).merged_into == other


def test_suggestion_becomes_an_item_of_a_published_list(committee, office, sent):
    item = factories.published_item(list__committee=committee)
    draft = drafted(item, title="休息室装空调")

    added = actions.adopt_as_added(
        sent,
        by=office,
        item_list=item.list,
        draft=draft,
        reason="职工提的",
        text="列入清单",
        now=NOW,
    )

    assert (added.list, added.status) == (item.list, "not_started")
    assert list(models.Suggestion.objects.behind([added])) == [sent]
    assert (fresh(sent).status, verbs(sent)) == (SuggestionStatus.ADOPTED, ["adopt"])
    assert [entry.verb for entry in added.entries.all()] == ["add_item"]


def test_no_item_is_added_for_what_was_answered_meanwhile(committee, office, sent):
    item = factories.published_item(list__committee=committee)
    draft = drafted(item, title="休息室装空调")
    actions.decline(fresh(sent), by=office, reason="rules", text="规定不允许", now=NOW)

    with pytest.raises(Refused):
        actions.adopt_as_added(
            sent, by=office, item_list=item.list, draft=draft, reason="职工提的", text="好", now=NOW
        )

    assert models.Item.objects.filter(list=item.list).count() == 1


def test_many_are_let_in_one_by_one(committee, office):
    one, other = [factories.suggestion(committee, moderated=True) for _each in range(2)]
    actions.let_in(fresh(other), by=office, now=NOW)

    refused = actions.let_in_many([one, other], by=office, now=NOW)

    assert [row.pk for row in refused] == [other.pk]
    assert refused[0].sentences
    assert not fresh(one).in_moderation


def test_many_become_one(committee, office, sent):
    one, other = [factories.suggestion(committee) for _each in range(2)]
    moderated = factories.suggestion(committee, moderated=True)

    refused = actions.merge_many([sent, one, other], into=sent, by=office, text="同一件", now=NOW)

    assert refused == []
    assert {fresh(row).merged_into for row in (one, other)} == {sent}
    assert actions.merge_many([one], into=moderated, by=office, now=NOW)[0].pk == one.pk


# Whoever left a telephone is called


def to_call():
    return list(models.Contact.objects.to_call())


@pytest.mark.parametrize(
    ("contact", "is_one"),
    [
        ("13912345678", True),
        ("１３９ １２３４ ５６７８", True),
        ("分机 301", True),
        ("8765 4321", True),
        ("0790-6543210", True),
        ("微信 laoli2207", False),
        ("三号高炉乙班", False),
        ("2026", False),
    ],
)
def test_telephone_is_known_by_its_look(committee, contact, is_one):
    suggestion = factories.suggestion(committee, contact=contact)

    assert models.Contact.objects.get(suggestion=suggestion).telephone is is_one


def test_who_left_a_telephone_waits_for_a_call_until_told(committee, office):
    sent = factories.suggestion(committee, contact="13912345678")
    assert to_call() == []
    DECLINE(sent, by=office, now=NOW)
    assert [row.suggestion for row in to_call()] == [sent]

    with pytest.raises(Refused, match="先查看联系方式"):  # nobody looked it up
        actions.tell_by_phone(sent, by=office, now=NOW)
    actions.see_contact(sent, by=office, why="告知答复", now=NOW)
    actions.tell_by_phone(sent, by=office, now=NOW)

    assert to_call() == []
    assert verbs(sent) == ["decline", "tell_by_phone"]


def test_new_answer_is_told_anew(committee, office):
    sent = factories.suggestion(committee, contact="13912345678")
    DECLINE(sent, by=office, now=NOW)
    actions.see_contact(sent, by=office, why="告知答复", now=NOW)
    actions.tell_by_phone(sent, by=office, now=NOW)
    actions.take_up_again(sent, by=office, text="再看一次", now=NOW)
    assert to_call() == []

    DECLINE(sent, by=office, now=NOW + days(1))

    assert [row.suggestion for row in to_call()] == [sent]


def test_call_is_gone_with_the_contact(committee, office):
    sent = factories.suggestion(committee, contact="13912345678")
    DECLINE(sent, by=office, now=NOW)

    actions.erase(sent, by=office, text="本人要求", now=NOW)

    assert to_call() == []
    assert models.Contact.objects.count() == 0


def test_who_was_put_together_is_called_for_the_one_answer(committee, office, sent):
    other = factories.suggestion(committee, contact="13912345678")
    actions.merge(other, by=office, into=sent, now=NOW)
    assert to_call() == []

    DECLINE(fresh(sent), by=office, now=NOW)

    assert [row.suggestion for row in to_call()] == [other]


# Ready-made answers


def test_ready_answers_are_kept_in_their_order(committee, office):
    answers = [("不归本厂", "这件事归公司，已转交。"), ("已在办", "已列入清单。")]

    kept = actions.set_ready_answers(committee, by=office, answers=[*answers, ("", " ")])

    assert [tuple(pair) for pair in kept.answers] == answers
    assert actions.set_ready_answers(committee, by=office, answers=answers).version == 1
    with pytest.raises(Refused):  # who read the empty ones
        actions.set_ready_answers(committee, by=office, answers=answers[:1])
    assert actions.set_ready_answers(committee, by=office, answers=answers[:1], seen=1).version == 2


@pytest.mark.parametrize(
    "answers",
    [[("", "没名字")], [("没内容", "")], [("同", "一"), ("同", "二")], [("名" * 31, "长")]],
)
def test_answer_that_lacks_something_is_refused(committee, office, answers):
    with pytest.raises(Refused):
        actions.set_ready_answers(committee, by=office, answers=answers)


def test_only_the_office_keeps_them(committee):
    for person in (factories.Person(), factories.office(factories.Committee())):
        with pytest.raises(Refused):
            actions.set_ready_answers(committee, by=person, answers=[("名", "文")])


def test_what_was_sent_stays_when_the_ready_answer_changes(committee, office, sent):
    actions.set_ready_answers(committee, by=office, answers=[("名", "原来的话")])
    actions.decline(sent, by=office, reason="rules", text="原来的话", now=NOW)
    actions.set_ready_answers(committee, by=office, answers=[("名", "改过的话")], seen=1)

    assert sent.entries.get().text == "原来的话"
