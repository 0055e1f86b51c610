"""Leaders' visits: public as they were written, withdrawn openly, and a source of suggestions."""

import pytest
from django.db import IntegrityError, transaction

from items import actions, models
from items.errors import Refused
from tests import factories
from tests.factories import NOW, TODAY, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return factories.Post(is_leader=True)


def test_leader_writes_down_what_they_heard(post):
    visit = factories.site_visit(post, matters=["加热饭柜", "  ", "修路灯"])

    assert (visit.name, visit.committee) == (post.holder(TODAY).name, post.committee)
    heard = models.Suggestion.objects.filter(visit=visit)
    assert {each.words for each in heard} == {"加热饭柜", "修路灯"}
    assert {(each.code_hash, each.received_on, each.location) for each in heard} == {
        ("", TODAY, "三号炉前")
    }
    assert heard.first().answer_by == TODAY + days(post.committee.answer_within_days)


def test_suggestion_that_was_heard_is_answered_as_any_other(post):
    visit = factories.site_visit(post, matters=["加热饭柜"])
    by, heard = factories.office(post.committee), visit.suggestions.get()

    with pytest.raises(Refused, match="回执码"):
        actions.ask_back(heard, by=by, text="哪一班？")
    factories.settled(heard, by=by, text="已加热饭柜")

    heard.refresh_from_db()
    assert (heard.status, heard.visit) == ("settled", visit)


def test_visit_keeps_the_name_of_who_went(post):
    visit = factories.site_visit(post)
    said = {"by": factories.office(post.committee), "since": TODAY, "now": NOW}
    actions.appoint(post, factories.Person(), **said)

    visit.refresh_from_db()
    assert visit.name != post.holder(TODAY).name


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"heard": " "}, "听到了什么"),
        ({"location": ""}, "地点"),
        ({"went_on": TODAY + days(1)}, "还没到"),
        ({"went_on": factories.APPOINTED_ON - days(1)}, "没有人任"),
        ({"heard": "长" * 2001}, "2000"),
        ({"matters": ["x"] * 21}, "20"),
        ({"matters": ["长" * 2001]}, "2000"),
    ],
)
def test_what_is_missing_or_wrong_is_said(post, said, sentence):
    with pytest.raises(Refused, match=sentence):
        factories.site_visit(post, **said)

    assert not models.SiteVisit.objects.exists()
    assert not models.Suggestion.objects.exists()


def test_place_is_the_committees_own(post):
    with pytest.raises(Refused, match="别的党委"):
        factories.site_visit(post, place=factories.Place())


def test_button_pressed_twice_writes_once(post):
    factories.site_visit(post, matters=["加热饭柜"])
    with pytest.raises(Refused, match="已经"):
        factories.site_visit(post, matters=["加热饭柜"])

    assert models.Suggestion.objects.count() == 1


@pytest.mark.parametrize("erase", [False, True])
def test_mistake_is_withdrawn_openly(post, erase):
    visit, by = factories.site_visit(post), factories.office(post.committee)

    with pytest.raises(Refused):
        actions.withdraw_visit(visit, by=by, reason=" ")
    done = actions.withdraw_visit(visit, by=by, reason="写错了日期", erase=erase, now=NOW)

    assert (done.withdrawn_on, done.withdrawn_why) == (TODAY, "写错了日期")
    assert done.heard == ("" if erase else "夜班没有热饭")
    with pytest.raises(Refused, match="已经撤回"):
        actions.withdraw_visit(visit, by=by, reason="再来一次")


@pytest.mark.parametrize(
    "change",
    [{"went_on": TODAY - days(1)}, {"heard": "别的"}, {"heard": ""}, {"name": "别人"}],
)
def test_visit_isnt_rewritten(post, change):
    visit = factories.site_visit(post)

    with pytest.raises(IntegrityError), transaction.atomic():
        models.SiteVisit.objects.filter(pk=visit.pk).update(**change)


def test_where_a_suggestion_was_heard_stays(post):
    heard = factories.site_visit(post, matters=["加热饭柜"]).suggestions.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        models.Suggestion.objects.filter(pk=heard.pk).update(visit=None)


def test_what_was_heard_has_no_code(post):
    visit = factories.site_visit(post)
    said = {"committee": post.committee, "visit": visit, "words": "修路灯", "code_hash": "x"}

    with pytest.raises(IntegrityError), transaction.atomic():
        models.Suggestion.objects.create(received_on=TODAY, answer_by=TODAY, **said)
