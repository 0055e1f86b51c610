"""A call for suggestions: what is issued to everyone stays as it is."""

import pytest
from django.db import IntegrityError, transaction

from items import actions, models
from items.errors import Refused
from tests import factories
from tests.factories import NOW, TODAY, at, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return factories.Committee()


def test_call_is_open_between_its_days(committee):
    call = factories.call(committee)

    found = models.Call.objects.open
    assert [found(day).exists() for day in (TODAY, call.closes_on, call.opens_on)] == [True] * 3
    assert not found(call.closes_on + days(1)).exists()
    assert not found(call.opens_on - days(1)).exists()


def test_draft_is_not_public(committee):
    issued = factories.call(committee)
    columns = {f: getattr(issued, f) for f in ("title", "purpose", "issuer", "opens_on")}
    columns |= {"closes_on": issued.closes_on, "answer_by": issued.answer_by}
    actions.write_call(committee, by=factories.office(committee), **columns)

    assert models.Call.objects.public().get() == issued


def test_issued_call_is_not_written_anew(committee):
    call = factories.call(committee)

    with pytest.raises(Refused):
        actions.write_call(committee, by=factories.office(committee), call=call, title="别的")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Call.objects.update(title="别的")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Call.objects.all().delete()


def test_days_follow_each_other(committee):
    with pytest.raises(Refused, match="日期"):
        factories.call(committee, closes_on=TODAY - days(20))


def test_call_whose_days_are_over_is_not_issued(committee):
    by = factories.office(committee)
    call = factories.call(committee)
    columns = {f: getattr(call, f) for f in ("title", "purpose", "issuer", "opens_on")}
    days_ = {"closes_on": TODAY, "answer_by": TODAY}
    late = actions.write_call(committee, by=by, **columns, **days_)

    with pytest.raises(Refused):
        actions.issue_call(late, by=by, now=at(TODAY + days(1)))


def test_call_ends_early_with_a_reason(committee):
    call, by = factories.call(committee), factories.office(committee)

    with pytest.raises(Refused):
        actions.end_call(call, by=by, reason="", now=NOW)
    actions.end_call(call, by=by, reason="已换新通知", now=NOW)

    assert (call.status, call.ended_on, call.ended_why) == ("ended", TODAY, "已换新通知")
    assert not models.Call.objects.open(TODAY).exists()


def test_only_the_office_issues(committee):
    call = factories.call(committee)

    for person in (factories.Person(), factories.Role(committee=committee, kind="auditor").person):
        with pytest.raises(Refused):
            actions.end_call(call, by=person, reason="不许", now=NOW)
