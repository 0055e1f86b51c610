"""What is up for objections (公示): it counts only after its days, and once all are answered."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from items import actions, rules
from items.errors import Refused
from items.ledger.entries import write_entry
from items.models import Committee, Entry, Item, Suggestion
from items.queries.queues import QUEUES
from items.rules.closing import waits
from items.states import ANNOUNCEABLE, NOT_ANNOUNCED
from items.words import Words
from tests.factories import (
    Person,
    at,
    decision,
    item_at,
    office_of,
    owner_of,
    suggestion,
    supervisor_of,
)

TUESDAY = date(2026, 3, 31)
UNTIL = date(2026, 4, 8)  # 4 to 6 April are Qingming's days off
NEXT = UNTIL + timedelta(1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def announcing(emptied_tables):
    """Return a function that makes an item whose committee puts everything up first."""

    def made(status, **columns):
        item = item_at(status, **columns)
        switches = dict.fromkeys(ANNOUNCEABLE.values(), True)
        Committee.objects.filter(pk=item.list.committee_id).update(**switches)
        return fresh(item)

    return made


def fresh(item):
    return Item.objects.get(pk=item.pk)


def sign_off(item, on=TUESDAY, **said):
    said = {"found": "逐一看过", "how": "on_site", "done_on": item.done_on} | said
    return actions.sign_off_item(item, by=supervisor_of(item), now=at(on), **said)


def withdraw(item, on=TUESDAY):
    said = {"reason": "车间搬迁", "decision": decision(at(on))}
    return actions.withdraw_item(item, by=office_of(item), now=at(on), **said)


def object_to(announcement, on=TUESDAY, **said):
    item = announcement.item
    said = {"about": item, "objects_to": announcement, "words": "三号机还是坏的"} | said
    return suggestion(item.list.committee, today=on, **said)


def answer(objection, item, on=TUESDAY):
    row = Suggestion.objects.get(pk=objection.pk)
    office = office_of(item)
    actions.decline(row, by=office, reason="other", text="三号机昨天换了", now=at(on))
    row = Suggestion.objects.get(pk=objection.pk)
    shown = {"words": "三号机没有修好", "answer": "三号机昨天换了"}
    actions.show_answer(row, by=office, now=at(on), **shown)


def appoint_another(item):
    said = {"person": Person(), "since": UNTIL, "now": at(UNTIL)}
    actions.appoint(item.supervisor_post, by=office_of(item), **said)


def desk_of(person, key, today=TUESDAY):
    return QUEUES[key].items(person, today).count()


def carry_out(on):
    return actions.carry_out_announced(at(on))


def test_a_sign_off_counts_as_in_progress_until_its_days_are_over(announcing):
    item = announcing("pending_check", done_count=None, percent=90)

    entry = sign_off(item, recheck_on=date(2026, 7, 1))

    item = fresh(item)
    assert (entry.verb, entry.facts["verb"], entry.facts["until"]) == (
        "put_up",
        "sign_off",
        str(UNTIL),
    )
    assert (item.status, item.signed_off_on, item.recheck_on) == ("pending_check", None, None)
    assert carry_out(UNTIL) == 0
    assert carry_out(NEXT) == 1
    item, last = fresh(item), Entry.objects.filter(item=item).latest("pk")
    assert (item.status, item.signed_off_on, item.percent) == ("resolved", NEXT, 100)
    assert item.recheck_on == date(2026, 7, 1)
    assert (last.verb, last.by, last.role) == ("sign_off", supervisor_of(item), "supervisor")
    assert (last.about, last.words.text, last.facts["how"]) == (entry, "逐一看过", "on_site")
    assert carry_out(NEXT) == 0


def test_a_withdrawal_and_a_smaller_promise_wait_too(announcing):
    item, other = announcing("in_progress"), announcing("in_progress")
    withdraw(item)
    said = {"field": "measures", "value": [Words("改造一号间", "Do room one")]}
    said |= {"reason": "经费不足", "decision": decision(at(TUESDAY))}
    before = [measure.words for measure in other.measures.all()]

    actions.reduce_item(other, by=office_of(other), now=at(TUESDAY), **said)

    assert fresh(item).status == "in_progress"
    assert [measure.words for measure in fresh(other).measures.all()] == before
    assert carry_out(NEXT) == 2
    assert (fresh(item).status, fresh(item).withdrawn_on) == ("withdrawn", NEXT)
    assert [measure.words for measure in fresh(other).measures.all()] == said["value"]
    assert fresh(other).times_reduced == 1


def test_a_lower_target_waits_too(announcing):
    item = announcing("in_progress", target_count=120, done_count=10)
    said = {"reason": "经费不足", "decision": decision(at(TUESDAY))}

    actions.reduce_item(
        item, by=office_of(item), field="target_count", value=90, now=at(TUESDAY), **said
    )

    assert fresh(item).target_count == 120
    carry_out(NEXT)
    assert (fresh(item).target_count, fresh(item).first_target) == (90, 120)


def test_lines_that_could_not_be_read_back_are_refused(announcing):
    item = announcing("in_progress")
    said = {"field": "measures", "value": [Words("甲 / 乙")]}
    said |= {"reason": "经费不足", "decision": decision(at(TUESDAY))}

    with pytest.raises(Refused, match="隔开"):
        actions.reduce_item(item, by=office_of(item), now=at(TUESDAY), **said)

    assert not Entry.objects.announcements().exists()


@pytest.mark.parametrize("verb", sorted(ANNOUNCEABLE))
def test_what_the_committee_does_not_put_up_acts_at_once(emptied_tables, verb):
    item = item_at("pending_check" if verb == "sign_off" else "in_progress")

    entry = sign_off(item) if verb == "sign_off" else withdraw(item)

    assert entry.verb in ("sign_off", "withdraw")
    assert fresh(item).status in ("resolved", "withdrawn")


def test_it_waits_until_each_objection_is_answered_in_public(announcing):
    item = announcing("pending_check")
    objection = object_to(sign_off(item), on=UNTIL)

    assert carry_out(NEXT) == 0
    assert fresh(item).status == "pending_check"
    answer(objection, item, NEXT)
    assert carry_out(NEXT + timedelta(1)) == 1
    assert fresh(item).status == "resolved"


def test_one_in_moderation_holds_it_too_and_one_taken_back_does_not(announcing):
    item = announcing("pending_check")
    announcement = sign_off(item)
    object_to(announcement, moderated=True)

    assert carry_out(NEXT) == 0
    actions.take_words_back(Suggestion.objects.get(), today=NEXT)
    assert carry_out(NEXT) == 1


def test_nobody_objects_after_its_days_or_to_what_was_taken_down(announcing):
    item = announcing("in_progress")
    announcement = withdraw(item)

    with pytest.raises(Refused, match="公示已经结束"):
        object_to(announcement, on=NEXT)

    actions.take_down(fresh(item), by=office_of(item), reason="再议一次", now=at(TUESDAY))
    with pytest.raises(Refused, match="公示已经结束"):
        object_to(announcement)
    assert carry_out(NEXT) == 0
    assert fresh(item).status == "in_progress"


def test_meanwhile_nothing_else_of_it_is_put_up_signed_or_held(announcing):
    item = announcing("pending_check")
    sign_off(item)
    today = TUESDAY

    for verb, person in [
        ("sign_off", supervisor_of(item)),
        ("withdraw", office_of(item)),
        ("put_on_hold", office_of(item)),
        ("reduce", office_of(item)),
        ("ask_extension", owner_of(item)),
    ]:
        refusal = rules.why_not(verb, person, fresh(item), today=today)
        assert refusal == NOT_ANNOUNCED.otherwise
    assert rules.why_not("send_back", supervisor_of(item), fresh(item), today=today) == ""
    assert rules.why_not("take_down", supervisor_of(item), fresh(item), today=today) == ""
    assert rules.why_not("take_down", owner_of(item), fresh(item), today=today)


def test_sending_back_ends_the_announcement_of_a_sign_off(announcing):
    item = announcing("pending_check")
    announcement = sign_off(item)

    back = actions.send_back_item(
        fresh(item),
        by=supervisor_of(item),
        reason="三号机没修好",
        put_right_by=NEXT,
        now=at(TUESDAY),
    )

    assert back.about == announcement
    assert carry_out(NEXT) == 0
    assert not Entry.objects.announcements().exists()


def test_sending_back_leaves_the_announcement_of_a_withdrawal(announcing):
    item = announcing("pending_check")
    withdraw(item)

    actions.send_back_item(
        fresh(item), by=supervisor_of(item), reason="没修好", put_right_by=NEXT, now=at(TUESDAY)
    )

    assert carry_out(NEXT) == 1
    assert fresh(item).status == "withdrawn"


def test_who_came_onto_the_owners_side_signed_nothing_off(announcing):
    item = announcing("pending_check")
    sign_off(item)
    signer = supervisor_of(item)
    appoint_another(item)
    actions.correct_item(
        fresh(item),
        by=office_of(item),
        field="handlers",
        value=[signer],
        reason="补登承办人",
        now=at(UNTIL),
    )

    assert carry_out(NEXT) == 0
    assert fresh(item).status == "pending_check"


def test_who_left_the_post_meanwhile_has_signed_nonetheless(announcing):
    item = announcing("pending_check")
    signer = supervisor_of(item)
    sign_off(item)
    appoint_another(item)

    assert carry_out(NEXT) == 1
    assert fresh(item).status == "resolved"
    assert Entry.objects.filter(item=item, verb="sign_off").get().by == signer


def test_reports_go_on_being_the_news_while_a_withdrawal_is_up(announcing):
    item = announcing("in_progress")
    withdraw(item)

    report = actions.report_progress(
        fresh(item), by=owner_of(item), text="还在办", now=at(TUESDAY + timedelta(1))
    )

    assert fresh(item).last_news == report
    actions.take_down(fresh(item), by=office_of(item), reason="不调出了", now=at(UNTIL))
    assert fresh(item).last_news == report


def test_what_ends_it_takes_its_place_in_the_news(announcing):
    item = announcing("in_progress")
    withdraw(item)

    down = actions.take_down(fresh(item), by=office_of(item), reason="不调出了", now=at(UNTIL))

    assert fresh(item).last_news == down


def test_a_signed_claim_is_no_claim_to_check(announcing):
    item = announcing("pending_check")
    supervisor, office = supervisor_of(item), office_of(item)
    before = desk_of(supervisor, "to_check"), desk_of(office, "claims")

    sign_off(item)
    log = {"seen": "又看了一遍", "how": "on_site"}
    actions.log_visit(fresh(item), by=supervisor, now=at(TUESDAY), **log)

    assert before == (1, 1)
    assert (desk_of(supervisor, "to_check"), desk_of(office, "claims")) == (0, 0)
    assert desk_of(office, "announced", UNTIL) == 0
    assert desk_of(office, "announced", NEXT) == 1


def test_the_year_is_not_closed_over_what_is_up(announcing):
    item = announcing("in_progress")
    withdraw(item)

    assert [wait.kind for wait in waits(item.list, TUESDAY)] == ["put_up"]


def test_the_database_refuses_what_is_too_soon_or_on_another_road(announcing):
    item = announcing("pending_check")
    announcement = sign_off(item)
    objection = object_to(announcement)
    said = {"by": announcement.by, "role": "supervisor", "item": fresh(item), "yes": True}

    def written(verb="sign_off", on=NEXT, about=announcement):
        with transaction.atomic():
            write_entry(
                item.list, verb, happened_on=on, now=at(NEXT), about=about, **said, facts={}
            )

    for wrong in [
        {"on": UNTIL},
        {},  # the objection has no answer
        {"verb": "withdraw"},
        {"about": None},
        {"verb": "withdraw", "about": None},
    ]:
        with pytest.raises(IntegrityError, match="up for objections"):
            written(**wrong)
    with pytest.raises(IntegrityError, match="suggestion"), transaction.atomic():
        Suggestion.objects.filter(pk=objection.pk).update(objects_to=None)
