"""Issuing a bulletin: by a second person, once for ever, and what the database lets nobody do."""

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import translation

from items import actions
from items.errors import Conflict, Refused
from items.exports.article import compose
from items.ledger.verify import verify
from items.models import Bulletin, BulletinErratum, Entry
from items.models.bulletin import sha256_of
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, close, fresh, happens
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


def test_second_person_issues_it_and_the_ledger_keeps_its_digests(item):
    draft = factories.bulletin(item.list, foreword="照实说")

    entry = factories.issue_bulletin(draft)

    issued = fresh(draft)
    assert (issued.number, issued.as_of, issued.entry) == (1, TODAY, entry)
    assert (entry.verb, entry.role, entry.item, entry.public) == (
        "issue_bulletin",
        "office",
        None,
        True,
    )
    assert issued.sha256 == sha256_of(issued.article) == entry.facts["sha256"]
    assert issued.sha256_en == sha256_of(issued.article_en) == entry.facts["sha256_en"]
    assert issued.ledger_head == entry.hash
    assert "照实说" in issued.article
    assert verify(item.list) == []


def test_nobody_issues_what_they_prepared(item):
    draft = factories.bulletin(item.list)

    with pytest.raises(Refused):
        factories.issue_bulletin(draft, by=factories.office_of(item))
    assert not fresh(draft).is_issued


ROLES = {
    "office": lambda item: factories.colleague_of(item),
    "owner": factories.owner_of,
    "supervisor": factories.supervisor_of,
    "auditor": lambda item: factories.Role(committee=item.list.committee, kind="auditor").person,
    "stranger": lambda item: factories.Person(),
    "administrator": lambda item: (
        factories.Role(committee=item.list.committee, kind="administrator").person
    ),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", ["published", "closed"])
def test_only_the_office_prepares_and_issues(role, status):
    item = factories.item_at("resolved")
    if status == "closed":
        close(item.list)
        item = fresh(item)
    person = ROLES[role](item)

    prepared = happens(lambda: factories.bulletin(item.list, by=person))
    draft = Bulletin.objects.drafts().first() or factories.bulletin(item.list)
    models.QuerySet(Bulletin).filter(pk=draft.pk).update(prepared_by=factories.office_of(item))
    issued = happens(lambda: factories.issue_bulletin(fresh(draft), by=person))

    assert (prepared, issued) == (role == "office", role == "office")


def test_list_that_is_not_published_has_no_bulletin():
    draft = factories.Item()

    assert not happens(lambda: factories.bulletin(draft.list))


def test_office_of_one_is_not_shut_out(item):
    post = factories.Post(committee=item.list.committee)
    office = factories.office_of(item)
    actions.name_releasing_post(item.list.committee, post, by=office, now=NOW)
    nobody = {"signed_post": None, "signed_name": "", "signed_on": None}
    draft = factories.bulletin(item.list, **nobody)
    holder = post.holder(TODAY)
    here = Bulletin.objects.get(pk=draft.pk)
    actions.approved_here(here, holder, TODAY)

    seen = compose(here, TODAY).seen
    entry = factories.issue_bulletin(draft, by=holder, seen=seen)

    issued = fresh(draft)
    assert entry.role == "releaser"
    assert (issued.signed_post, issued.signed_name, issued.signed_on) == (post, holder.name, TODAY)
    assert holder.name in issued.article


def test_nobody_issues_what_nobody_approved(item):
    draft = factories.bulletin(item.list, signed_post=None, signed_name="", signed_on=None)

    with pytest.raises(Refused):
        factories.issue_bulletin(draft)


@pytest.mark.parametrize(
    "half",
    [{"signed_on": None}, {"signed_post": None}, {"signed_on": TODAY + days(1)}],
    ids=["no day", "no post", "tomorrow"],
)
def test_approval_is_a_post_and_a_day_that_has_been(item, half):
    assert not happens(lambda: factories.bulletin(item.list, **half))


def test_post_of_another_committee_approves_nothing(item):
    assert not happens(lambda: factories.bulletin(item.list, signed_post=factories.Post()))


def test_owners_side_of_an_item_does_not_tell_of_it_alone():
    first = factories.Item()
    office, colleague = factories.office_of(first), factories.colleague_of(first)
    first.handlers.add(office)
    first.handlers.add(colleague)
    factories.publish(first.list)
    draft = factories.bulletin(fresh(first).list)

    with translation.override("en"), pytest.raises(Refused, match="both on the owner’s side"):
        factories.issue_bulletin(draft, by=colleague)


def test_draft_that_changed_since_it_was_read_is_not_issued(item):
    draft = factories.bulletin(item.list)
    seen = Bulletin.objects.get(pk=draft.pk)
    factories.bulletin(item.list, bulletin=fresh(draft), foreword="后来写的")

    with pytest.raises(Conflict):
        factories.issue_bulletin(draft, seen=compose(seen, TODAY).seen)
    assert not fresh(draft).is_issued


def test_yes_is_to_what_was_seen(item):
    draft = factories.bulletin(item.list)
    seen = compose(Bulletin.objects.get(pk=draft.pk), TODAY).seen
    ACTS["claim"](fresh(item))

    with pytest.raises(Conflict):
        factories.issue_bulletin(draft, seen=seen)
    assert factories.issue_bulletin(draft)


def test_of_two_who_issue_at_once_one_wins(item):
    draft = factories.bulletin(item.list)
    third = factories.Role(committee=item.list.committee).person
    first, second = (
        Bulletin.objects.select_related("list__committee").get(pk=draft.pk) for _ in range(2)
    )
    seen = compose(first, TODAY).seen
    said = {"seen": seen, "compose": compose, "now": NOW}

    actions.issue_bulletin(first, by=factories.colleague_of(item), **said)
    with pytest.raises(Conflict):
        actions.issue_bulletin(second, by=third, **said)

    assert Entry.objects.filter(verb="issue_bulletin").count() == 1


def test_list_has_one_draft_and_numbers_without_gaps(item):
    first = factories.issued_bulletin(item.list)
    again = factories.bulletin(item.list, foreword="第二期")

    assert factories.bulletin(item.list, foreword="第二期") == again
    with pytest.raises(Conflict):
        factories.bulletin(item.list, foreword="别人的")
    assert [first.number, again.number] == [1, 2]


def test_once_issued_it_is_neither_changed_nor_issued_again(item):
    issued = factories.issued_bulletin(item.list)

    assert not happens(lambda: factories.issue_bulletin(issued))
    assert not happens(lambda: factories.bulletin(item.list, bulletin=fresh(issued), foreword="改"))
    assert not happens(lambda: ask(fresh(issued)))


def ask(row, by=None):
    by = by or factories.office(row.list.committee)
    return actions.ask_for_bulletin(row, by=by, now=NOW)


def test_asking_is_taken_back_by_a_change(item):
    draft = ask(factories.bulletin(item.list))
    assert draft.asked_on == TODAY

    assert factories.bulletin(item.list, bulletin=draft, foreword="改").asked_on is None


def test_personal_data_waits_for_a_yes(item):
    draft = factories.bulletin(item.list, foreword="请打13812345678找小王")

    assert not happens(lambda: factories.issue_bulletin(draft))
    entry = factories.issue_bulletin(draft, yes=True)
    assert entry.facts["personal"] == ["mobile"]


# Rule 17: it stays as it is

CHANGES = {
    "article": {"article": "别的"},
    "English article": {"article_en": "something else"},
    "digest": {"sha256": "0" * 64},
    "figures": {"content": {}},
    "foreword": {"foreword": "别的"},
    "signer": {"signed_name": "别人"},
    "day": {"as_of": TODAY - days(1)},
    "day of approval": {"signed_on": TODAY - days(1)},
    "number": {"number": 7},
    "head": {"ledger_head": "1" * 64},
}


@pytest.mark.parametrize("what", CHANGES)
def test_database_lets_nothing_of_it_change(item, what):
    factories.issued_bulletin(item.list)

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Bulletin).update(**CHANGES[what])


def test_database_lets_nobody_delete_it(item):
    factories.issued_bulletin(item.list)

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Bulletin).delete()


def test_erasure_is_no_excuse_without_its_entry(item):
    issued = factories.issued_bulletin(item.list)

    for entry in (issued.entry_id, item.last_entry_id):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.QuerySet(Bulletin).update(article="别的", erasure=entry)


@pytest.mark.parametrize("what", CHANGES.keys() - {"number"})
def test_where_it_was_changed_all_the_same_the_ledger_tells(item, what):
    factories.issued_bulletin(item.list)
    without_guards()
    models.QuerySet(Bulletin).update(**CHANGES[what])

    (fault,) = verify(item.list)

    assert "1" in fault


def test_where_it_is_gone_the_ledger_tells(item):
    factories.issued_bulletin(item.list)
    without_guards()
    models.QuerySet(Bulletin).delete()

    assert len(verify(item.list)) == 1


# Errata


def correct(draft, of, **said):
    said = {"section": "overdue", "text": "第7件没有逾期"} | said
    by = said.pop("by", factories.office(draft.list.committee))
    return actions.correct_bulletin(fresh(draft), by=by, of=of, now=NOW, **said)


def test_erratum_stands_in_the_next_one(item):
    first = factories.issued_bulletin(item.list)
    before = first.article
    draft = factories.bulletin(item.list)
    correct(draft, first)
    correct(draft, first)  # pressed twice

    factories.issue_bulletin(draft)

    second = fresh(draft)
    assert second.article.count("第1期“逾期”：第7件没有逾期") == 1
    assert fresh(first).article == before
    assert verify(item.list) == []


def test_erratum_is_taken_out_of_a_draft_and_of_no_issued_one(item):
    first = factories.issued_bulletin(item.list)
    draft = factories.bulletin(item.list)
    erratum, by = correct(draft, first), factories.office_of(item)
    actions.drop_erratum(fresh(draft), erratum.pk, by=by, now=NOW)
    assert not BulletinErratum.objects.exists()

    erratum = correct(draft, first)
    factories.issue_bulletin(draft)
    assert not happens(lambda: actions.drop_erratum(fresh(draft), erratum.pk, by=by, now=NOW))
    assert not happens(lambda: correct(draft, first, text="还有"))
    for change in (lambda rows: rows.delete(), lambda rows: rows.update(text="别的")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(models.QuerySet(BulletinErratum))


def test_erratum_names_an_issued_bulletin_of_the_same_list(item):
    draft = factories.bulletin(item.list)
    other = factories.issued_bulletin(factories.item_at("in_progress").list)

    assert not happens(lambda: correct(draft, draft))
    assert not happens(lambda: correct(draft, other))
    assert not happens(lambda: correct(draft, other, section="nothing"))
    with pytest.raises(IntegrityError), transaction.atomic():
        BulletinErratum.objects.create(bulletin=draft, of=other, section="due", text="错了")


@pytest.mark.parametrize("role", ROLES.keys() - {"office"})
def test_only_the_office_corrects(item, role):
    first = factories.issued_bulletin(item.list)
    draft = factories.bulletin(item.list)

    assert not happens(lambda: correct(draft, first, by=ROLES[role](item)))
    assert not happens(lambda: ask(fresh(draft), by=ROLES[role](item)))
