"""Reporting links: one item, one handler, seven days, one report that the office publishes."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from items import actions, rules
from items.errors import Refused
from items.ledger.entries import write_entry
from items.ledger.verify import verify
from items.models import Entry, Photo
from items.public import label_of
from items.queries.queues import QUEUES
from items.rules import why_not
from items.rules.report_links import Over, why_over_now
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, change_year, fresh, happens
from tests.items.actions.test_urge import urge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def item():
    draft = factories.Item(target_count=24, count_unit="把")
    draft.handlers.add(factories.Person(name="经办人李"))
    factories.publish(draft.list)
    item = fresh(draft)
    ACTS["start"](item)
    return fresh(item)


def handler_of(item):
    return item.handlers.get()


def link_to(item, **said):
    said = {"by": factories.office_of(item), "handler": handler_of(item), "now": NOW} | said
    link, _token = actions.make_link(asked_of(item), **said)
    return link


def asked_of(item):
    entry = urge(item)
    entry.item = fresh(item)
    return entry


def report(link, **said):
    said = {"text": "到货10把", "now": NOW} | said
    return actions.report_by_link(fresh(link), **said)


def test_link_is_a_private_entry_and_its_token_is_nowhere(item):
    link, token = actions.make_link(
        asked_of(item), by=factories.office_of(item), handler=handler_of(item), now=NOW
    )

    assert len(token) >= 32
    assert (link.public, link.role, link.words.text) == (False, "office", "")
    assert link.facts["until"] == (TODAY + days(7)).isoformat()
    assert token not in repr([entry.facts for entry in Entry.objects.all()])
    assert why_over_now(link, fresh(item), TODAY) is None
    assert verify(item.list) == []


def test_only_what_is_asked_of_the_owner_has_a_link_for_a_named_handler(item):
    office = factories.office_of(item)
    supervisors = urge(item, "supervisor")
    supervisors.item = fresh(item)
    make = partial(actions.make_link, by=office, now=NOW)

    assert not happens(lambda: make(supervisors, handler=handler_of(item)))
    assert not happens(lambda: make(asked_of(item), handler=factories.Person()))
    assert happens(lambda: make(asked_of(item), handler=handler_of(item)))


def test_report_is_the_handlers_and_waits_for_one_of_the_office(item):
    link = link_to(item)
    before = fresh(item)

    entry = report(link)

    assert (entry.verb, entry.role, entry.by) == ("enter_for_owner", "owner", handler_of(item))
    assert (entry.public, entry.facts["link"]) == (False, str(link.seq))
    assert entry.words.text == "到货10把"
    item = fresh(item)
    assert (item.status, item.last_news) == (before.status, before.last_news)
    office = factories.office_of(item)
    assert list(QUEUES["releases"].items(office, TODAY)) == [item]
    # Whoever made the link isn't on the owner's side by it, and publishes.
    released = actions.release_entry(item, by=office, now=NOW)
    assert (released.public, released.words.text) == (True, "到货10把")
    assert fresh(item).last_news == released
    assert label_of(released) == "经办人报，活动办公室公布"
    assert "link" not in released.facts
    assert verify(item.list) == []


def test_report_answers_the_urging_before_it_is_published(item):
    link = link_to(item)
    assert len(Entry.objects.urgings()) == 1

    report(link)

    assert list(Entry.objects.urgings()) == []


def test_count_and_photos_go_along_and_wait_too(item):
    link = link_to(item)

    entry = report(link, done_count=10, photos=[factories.picture(), factories.picture("blue")])

    assert (entry.facts["done_count"], fresh(item).done_count) == (10, None)
    photos = Photo.objects.filter(item=item.pk)
    assert {photo.state for photo in photos} == {"waiting"}
    assert {photo.added_by for photo in photos} == {handler_of(item)}
    assert list(Entry.objects.filter(verb="enter_for_owner").waiting()) == [entry]

    actions.release_entry(fresh(item), by=factories.office_of(item), now=NOW)

    assert fresh(item).done_count == 10


def test_a_link_never_claims_and_its_handler_never_signs_off(item):
    link = link_to(item)
    report(link)
    actions.release_entry(fresh(item), by=factories.office_of(item), now=NOW)
    handler = handler_of(item)
    item = fresh(item)
    assert item.status == "in_progress"

    # Even where they are no handler any more
    unnamed(item, link)
    item = fresh(item)
    assert rules.on_owner_side(handler, item, TODAY)
    assert not rules.on_owner_side(factories.office_of(item), item, TODAY)
    by, post = factories.office_of(item), item.supervisor_post
    assert not happens(lambda: actions.appoint(post, handler, by=by, since=TODAY, now=NOW))
    other = factories.Person()
    assert happens(lambda: actions.appoint(post, other, by=by, since=TODAY, now=NOW))


def test_nobody_else_reports_by_a_link_and_no_handler_without_one(item):
    link = link_to(item)

    for person in (factories.owner_of(item), factories.office_of(item), factories.Person()):
        assert why_not("report_by_link", person, fresh(item), about=link)
    assert why_not("report_by_link", handler_of(item), fresh(item))
    assert not why_not("report_by_link", handler_of(item), fresh(item), about=link)


def revoked(item, link):
    actions.revoke_link(fresh(link), by=factories.office_of(item), reason="发错群", now=NOW)


def closed(item, link):
    change_year(fresh(item))


def withdrawn(item, link):
    ACTS["withdraw"](fresh(item))


def unnamed(item, link):
    said = {"field": "handlers", "value": [], "reason": "换人"}
    actions.correct_item(fresh(item), by=factories.office_of(item), now=NOW, **said)


ENDS = {
    revoked: Over.REVOKED,
    lambda item, link: report(link): Over.USED,
    closed: Over.CLOSED,
    withdrawn: Over.RESTS,
    unnamed: Over.NOT_THEIRS,
    lambda item, link: factories.hold(fresh(item), now=NOW): Over.RESTS,
}


@pytest.mark.parametrize("end", ENDS)
def test_link_that_is_over_takes_nothing(item, end):
    link = link_to(item)
    end(item, link)
    entries = Entry.objects.count()

    assert why_over_now(link, fresh(item), TODAY) is ENDS[end]
    with pytest.raises(Refused):
        report(link)
    assert Entry.objects.count() == entries


def test_link_holds_for_seven_days(item):
    link = link_to(item)

    assert why_over_now(link, fresh(item), TODAY + days(7)) is None
    assert why_over_now(link, fresh(item), TODAY + days(8)) is Over.EXPIRED
    with pytest.raises(Refused):
        report(link, now=factories.at(TODAY + days(8)))


def test_what_is_over_is_not_taken_back_again(item):
    link = link_to(item)
    revoked(item, link)

    assert not happens(lambda: revoked(item, link))


def test_neither_report_takes_the_others_place(item):
    first, second = link_to(item), link_to(item)
    report(first)

    assert not happens(lambda: report(second, text="另一句"))
    assert not happens(lambda: ACTS["enter_for_owner"](fresh(item)))

    actions.release_entry(fresh(item), by=factories.office_of(item), now=NOW)
    assert happens(lambda: report(second, text="另一句"))


# What the database refuses, whoever writes SQL or code


def written(item, link, **changed):
    said = {"by": handler_of(link.item), "role": "owner", "public": False, "text": "x"} | changed
    said = {"facts": {"link": str(link.seq)}, "happened_on": TODAY} | said
    with transaction.atomic():
        write_entry(item.list, "enter_for_owner", item=fresh(item), now=NOW, **said)


def test_database_takes_a_report_of_its_link_once(item):
    link = link_to(item)

    written(item, link)

    with pytest.raises(IntegrityError):
        written(item, link)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda item: {"by": factories.office_of(item)},
        lambda item: {"role": "office"},
        lambda item: {"public": True},
        lambda item: {"facts": {"link": "1"}},
        lambda item: {"happened_on": TODAY + days(8)},
    ],
)
def test_database_refuses_what_is_not_its_links(item, wrong):
    link = link_to(item)

    with pytest.raises(IntegrityError):
        written(item, link, **wrong(item))


def test_database_refuses_a_report_on_another_item(item):
    link = link_to(item)
    other = factories.item_at("in_progress")

    with pytest.raises(IntegrityError):
        written(other, link)


def test_database_refuses_a_report_by_a_link_that_was_taken_back(item):
    link = link_to(item)
    revoked(item, link)

    with pytest.raises(IntegrityError):
        written(item, link)
