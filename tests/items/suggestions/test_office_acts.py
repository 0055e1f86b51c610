"""None ends without an answer: sorting, asking back, merging, adopting, declining."""

import pytest

from items import actions, models
from items.errors import Conflict, Refused
from items.photos.uploads import CleanUpload
from items.rules import why_not
from items.suggestion_states import (
    BY_REVIEWER,
    BY_SUGGESTER,
    BY_SUPERVISOR,
    SUGGESTION_MOVES,
    SuggestionStatus,
)
from tests import factories
from tests.factories import NOW, TODAY, days

pytestmark = pytest.mark.django_db

BY_A_WORKER = BY_SUGGESTER
BY_THE_OFFICE = sorted({*SUGGESTION_MOVES} - BY_REVIEWER - BY_SUPERVISOR)
SAID = {
    "ask_back": {"text": "哪一间?"},
    "settle": {"text": "当天修好"},
    "decline": {"reason": "not_ours", "text": "不归厂里管"},
    "take_up_again": {"text": "再看一次"},
    "answer_again": {"text": "下周一换"},
    "hide_answer": {"text": "写错"},
    "erase": {"text": "写了别人的名字"},
    "show_answer": {"words": "休息室装空调", "answer": "已装"},
    "see_contact": {"why": "约时间"},
}


@pytest.fixture
def committee():
    return factories.Committee()


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee, contact="分机 301")


def do(verb, suggestion, by, **said):
    if verb == "settle":
        said = {"photos": [CleanUpload(0, factories.clean_picture())]} | said
    return getattr(actions, verb)(suggestion, by=by, now=NOW, **(SAID.get(verb, {}) | said))


def test_every_ending_has_words_for_the_suggester(sent, office):
    for verb in ("adopt", "settle", "decline"):
        said = {"items": [factories.Item()]} if verb == "adopt" else {}
        said |= {"reason": "rules"} if verb == "decline" else {}
        with pytest.raises(Refused):
            getattr(actions, verb)(sent, by=office, text=" ", **said)

    sent.refresh_from_db()
    assert (sent.status, sent.entries.count()) == ("received", 0)


@pytest.mark.parametrize(("verb", "status"), [("settle", "settled"), ("decline", "not_adopted")])
def test_suggestion_ends_with_its_answer(sent, office, verb, status):
    step = do(verb, sent, office)

    assert (sent.status, sent.ended_on) == (status, TODAY)
    assert (step.text, step.to_suggester, step.by) == (SAID[verb]["text"], True, office)


def test_suggestion_becomes_items(sent, office, committee):
    item = factories.published_item(list=factories.ItemList(committee=committee))

    actions.adopt(sent, by=office, items=[item], text="列入清单", now=NOW)

    assert sent.status == "adopted"
    assert models.Suggestion.objects.behind([item]).get() == sent


def test_suggestion_becomes_a_new_draft(sent, office, committee):
    item_list = factories.ItemList(committee=committee)

    said = {"item_list": item_list, "title": "装空调", "text": "列入清单"}
    item = actions.adopt_as_draft(sent, by=office, now=NOW, **said)

    assert (item.number, item.title, item.status) == (1, "装空调", "draft")
    assert list(sent.items.all()) == [item]


def test_draft_that_a_suggestion_became_is_not_lost(sent, office, committee):
    item = factories.Item(list=factories.ItemList(committee=committee))
    actions.adopt(sent, by=office, items=[item], text="列入清单", now=NOW)

    with pytest.raises(Refused, match="意见"):
        actions.delete_draft(item, by=office)
    do("take_up_again", sent, office)
    actions.delete_draft(item, by=office)

    assert sent.status == "received"


def test_item_of_another_committee_is_refused(sent, office):
    with pytest.raises(Refused):
        actions.adopt(sent, by=office, items=[factories.Item()], text="列入清单")


def test_merged_ones_end_with_the_one_they_are_put_with(sent, office, committee):
    main, third = factories.suggestion(committee), factories.suggestion(committee)
    actions.merge(third, by=office, into=sent, now=NOW)
    actions.merge(sent, by=office, into=main, now=NOW)
    item = factories.published_item(list=factories.ItemList(committee=committee))
    main.refresh_from_db()

    actions.adopt(main, by=office, items=[item], text="列入清单", now=NOW)

    rows = models.Suggestion.objects.with_outcome().with_supporters()
    assert {row.outcome for row in rows} == {"adopted"}
    assert rows.get(pk=main.pk).supporters == 3
    assert models.Suggestion.objects.behind([item]).count() == 3
    third.refresh_from_db()
    assert (third.root, third.entries.count()) == (main, 2)


def test_suggestion_in_moderation_takes_no_others(sent, office, committee):
    main = factories.suggestion(committee, moderated=True)

    with pytest.raises(Refused):
        actions.merge(sent, by=office, into=main)


@pytest.mark.parametrize("other", ["itself", "of another committee"])
def test_what_does_not_fit_is_not_merged(sent, office, other):
    into = sent if other == "itself" else factories.suggestion(factories.Committee())

    with pytest.raises(Refused):
        actions.merge(sent, by=office, into=into)

    sent.refresh_from_db()
    assert sent.merged_into is None


def test_taken_up_again_it_waits_and_is_no_longer_shown(sent, office):
    do("decline", sent, office)
    do("show_answer", sent, office)

    do("take_up_again", sent, office)

    assert (sent.status, sent.ended_on, sent.shown_on) == ("received", None, None)
    assert [step.verb for step in sent.entries.all()] == ["decline", "show_answer", "take_up_again"]


def test_erased_words_are_gone_and_the_answer_holds(sent, office):
    do("ask_back", sent, office)
    actions.reply(sent, words="我叫张三", today=TODAY)
    do("decline", sent, office)

    do("erase", sent, office)

    assert (sent.words, sent.status) == ("", "not_adopted")
    said = [SAID[verb]["text"] for verb in ("ask_back", "decline", "erase")]
    assert [step.text for step in sent.entries.all()] == [said[0], "", *said[1:]]
    assert not models.Contact.objects.exists()


def test_each_look_at_a_contact_is_written_down(sent, office):
    contact = do("see_contact", sent, office)

    look = models.ContactLook.objects.get()
    assert (contact.contact, look.by, look.at, look.why) == ("分机 301", office, NOW, "约时间")


def test_contact_is_not_seen_without_a_reason(sent, office):
    with pytest.raises(Refused):
        do("see_contact", sent, office, why=" ")


def test_contact_is_forgotten_some_days_after_the_end(sent, office, settings):
    settings.CONTACT_DAYS = 30
    do("decline", sent, office)

    assert actions.forget_contacts(TODAY + days(30)) == 0
    assert actions.forget_contacts(TODAY + days(31)) == 1
    assert not models.Contact.objects.exists()


def test_contact_of_a_waiting_one_is_kept(sent):
    assert actions.forget_contacts(TODAY + days(1000)) == 0


def test_somebody_elses_change_is_not_written_over(sent, office):
    stale = models.Suggestion.objects.get(pk=sent.pk)
    do("decline", sent, office)

    with pytest.raises(Conflict):
        do("settle", stale, office)


@pytest.mark.parametrize("verb", BY_THE_OFFICE)
def test_only_the_office_acts(committee, sent, office, verb):
    sent.status = next(iter(SUGGESTION_MOVES[verb].sources))
    people = {
        "office": office,
        "parent's office": factories.Role(committee=factories.Committee()).person,
        "auditor": factories.Role(committee=committee, kind="auditor").person,
        "administrator": factories.Role(committee=committee, kind="administrator").person,
        "superuser of the office": factories.Role(
            committee=committee, person=factories.Person(is_superuser=True)
        ).person,
        "leader": factories.Post(committee=committee).holder(TODAY),
    }

    may = {who for who, person in people.items() if not why_not(verb, person, sent, today=TODAY)}

    assert may == {"office"}


@pytest.mark.parametrize("status", SuggestionStatus)
@pytest.mark.parametrize("verb", BY_THE_OFFICE)
def test_verbs_have_their_statuses(sent, office, verb, status):
    sent.status = status

    refused = why_not(verb, office, sent, today=TODAY)

    assert bool(refused) == (status not in SUGGESTION_MOVES[verb].sources)


def test_office_auditor_and_those_above_read(committee, sent):
    above = factories.Committee()
    committee.parent = above
    committee.save()
    auditor = factories.Role(committee=committee, kind="auditor").person
    people = [factories.office(committee), auditor, factories.office(above)]
    strangers = [
        factories.office(factories.Committee()),
        factories.Post(committee=committee).holder(TODAY),
        factories.Person(is_active=False),
    ]

    seen = models.Suggestion.objects.visible_to

    assert [sent in seen(person, TODAY) for person in people] == [True] * 3
    assert [sent in seen(person, TODAY) for person in strangers] == [False] * 3
