"""Looking back: what a sign-off plans, and what a look finds."""

from datetime import date

import pytest

from items import actions
from items.actions.planned_look import months_on
from items.errors import Refused
from items.ledger.verify import verify
from items.models import LookBack
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, days
from tests.items.actions.acts import claim, closed_item, fresh

SLIPPED = {"kept": "slipped", "found": "三把又松了", "put_right_by": TODAY + days(9)}


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 6, 1), date(2026, 9, 1)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 29), date(2028, 2, 29)),
        (date(2026, 10, 31), date(2027, 1, 31)),
    ],
)
def test_three_months_on(day, later):
    assert months_on(day) == later


def test_a_sign_off_plans_a_look_back(db):
    item = factories.item_at("pending_check", recheck_on=TODAY + days(9))

    entry = factories.sign_off(item, NOW, recheck_on=TODAY + days(90))

    assert fresh(item).recheck_on == TODAY + days(90)
    assert entry.facts["look_back_on"] == str(TODAY + days(90))


def test_a_sign_off_may_plan_none(db):
    item = factories.item_at("pending_check", recheck_on=TODAY + days(9))

    entry = factories.sign_off(item, NOW)

    assert fresh(item).recheck_on is None
    assert "look_back_on" not in entry.facts


def test_a_look_back_is_planned_ahead(db):
    item = factories.item_at("pending_check")

    with pytest.raises(Refused):
        factories.sign_off(item, NOW, recheck_on=TODAY)


# A round


def test_a_round_asks_a_post_to_look(db):
    item = factories.item_at("resolved")

    look = factories.look_back_asked(item)

    entry = item.list.entries.latest("seq")
    assert (entry.verb, entry.item, entry.facts["numbers"]) == ("open_look_back", None, [1])
    assert (look.item, look.round, look.sign_off.verb) == (item, entry, "sign_off")
    assert verify(item.list) == []


@pytest.mark.parametrize("who", ["supervisor_post", "owner_post", "office", "handler", "vacant"])
def test_none_of_those_who_judged_or_were_judged_is_asked(db, who):
    item = factories.item_at("resolved")
    committee = item.list.committee
    post = getattr(item, who, None) or factories.VacantPost(committee=committee)
    person = {"office": factories.office_of(item), "handler": factories.owner_of(item)}.get(who)
    if person:
        post.holdings.create(person=person, since=TODAY - days(9))

    with pytest.raises(Refused):
        factories.look_back_asked(item, post=post)

    assert not LookBack.objects.exists()


@pytest.mark.parametrize(
    "said", [{"numbers": []}, {"numbers": [7]}, {"by_when": TODAY}], ids=["none", "other", "day"]
)
def test_a_round_is_of_resolved_items_and_ahead(db, said):
    item = factories.item_at("resolved")

    with pytest.raises(Refused):
        factories.look_back_asked(item, **said)


def test_a_round_that_is_sent_twice_is_one(db):
    item = factories.item_at("resolved")
    look = factories.look_back_asked(item)

    with pytest.raises(Refused):
        factories.look_back_asked(item, post=look.post)


# A look


def test_what_is_still_good_stays_resolved(db):
    item = factories.item_at("resolved", recheck_on=TODAY + days(1))
    look = factories.look_back_asked(item)

    entry = factories.look_back(fresh(item))

    assert (entry.verb, entry.role, entry.words.post) == ("look_back", "looker", look.post.name)
    assert (fresh(item).status, fresh(item).recheck_on) == ("resolved", None)  # one is enough
    assert fresh(look).entry == entry
    assert not LookBack.objects.waiting()
    assert verify(item.list) == []


def test_whoever_looks_may_plan_another(db):
    item = factories.item_at("resolved")
    factories.look_back_asked(item)

    factories.look_back(fresh(item), recheck_on=TODAY + days(90))

    assert fresh(item).recheck_on == TODAY + days(90)


def test_what_has_slipped_back_is_opened_again(db):
    item = factories.item_at("resolved")
    factories.look_back_asked(item)

    factories.look_back(fresh(item), **SLIPPED)

    now = fresh(item)
    assert (now.status, now.put_right_by, now.times_reopened) == ("in_progress", TODAY + days(9), 1)
    assert [entry.verb for entry in item.entries.order_by("-seq")[:2]] == ["reopen", "look_back"]
    assert item.entries.filter(verb="sign_off").exists()  # stays in sight
    assert verify(item.list) == []


def test_a_look_that_was_asked_for_ends_with_a_reopening(db):
    item = factories.item_at("resolved")
    look = factories.look_back_asked(item)
    who = {"by": factories.supervisor_of(item), "now": NOW}
    actions.reopen_item(fresh(item), reason="又坏了", put_right_by=TODAY + days(9), **who)
    claim(fresh(item), done_on=TODAY)
    factories.sign_off(fresh(item), NOW)

    with pytest.raises(Refused):
        factories.look_back(fresh(item), by=look.post.holder(TODAY))


def test_only_who_was_asked_looks(db):
    item = factories.item_at("resolved")
    factories.look_back_asked(item)

    for by in (factories.office_of, factories.owner_of, factories.supervisor_of):
        with pytest.raises(Refused):
            factories.look_back(fresh(item), by=by(item))


def test_whoever_was_asked_and_is_of_the_office_now_doesnt_look(db):
    item = factories.item_at("resolved")
    look = factories.look_back_asked(item)
    factories.Role(committee=item.list.committee, person=look.post.holder(TODAY))

    with pytest.raises(Refused):
        factories.look_back(fresh(item))


@pytest.mark.parametrize(
    "said",
    [
        {"found": " "},
        {"kept": "perhaps"},
        {"how": ""},
        {"kept": "slipped"},
        {"happened_on": PUBLISHED_ON},
        {"happened_on": TODAY + days(1)},
        {"recheck_on": TODAY},
    ],
    ids=str,
)
def test_a_look_lacks_nothing(db, said):
    item = factories.item_at("resolved")
    factories.look_back_asked(item)

    with pytest.raises(Refused):
        factories.look_back(fresh(item), **said)

    assert fresh(item).status == "resolved"


def test_a_photo_stands_at_its_spot_beside_the_old_ones(db):
    item = factories.item_at("resolved")
    after = factories.public_photo(item, side="after", spot_title="东墙")
    factories.look_back_asked(item)

    factories.look_back(fresh(item), photos=[factories.picture("blue")], spot=after.spot)

    later = item.photos.get(side="later")
    assert (later.spot, later.state, later.entry.about.verb) == (after.spot, "waiting", "look_back")
    actions.release_photo(later, by=factories.office_of(item), now=NOW)
    assert fresh(later).state == "public"


def test_of_help_for_families_nobody_takes_photos(db):
    item = factories.item_at("resolved", hardship=True)
    factories.look_back_asked(item)

    with pytest.raises(Refused):
        factories.look_back(fresh(item), photos=[factories.picture()])


# After New Year


def test_a_closed_year_is_looked_back_at_and_stays_as_it_is(db):
    item, _running = closed_item()
    figures = item.list.closing_figures
    factories.look_back_asked(item)

    factories.look_back(item, photos=[factories.picture()])

    assert fresh(item).status == "resolved"
    assert fresh(item.list).closing_figures == figures
    photo = item.photos.get()
    actions.release_photo(photo, by=factories.office_of(item), now=NOW)
    assert verify(item.list) == []


def test_what_slips_back_after_new_year_goes_on_in_the_running_list(db):
    item, running = closed_item()
    figures = item.list.closing_figures
    factories.look_back_asked(item)

    factories.look_back(item, photos=[factories.picture()], **SLIPPED)

    new = running.items.get(carried_from=item)
    assert (new.status, new.due, new.times_reopened) == ("in_progress", TODAY + days(9), 1)
    assert (fresh(item).status, fresh(item.list).closing_figures) == ("resolved", figures)
    entries = [entry.verb for entry in item.entries.order_by("-seq")[:3]]
    assert entries == ["carry_over", "add_photo", "look_back"]
    assert verify(item.list) == verify(running) == []
    with pytest.raises(Refused):  # it goes on there
        factories.look_back(fresh(item))


def test_without_a_running_list_what_slipped_back_is_kept_for_the_next(db):
    item = factories.item_at("resolved")
    actions.close_list(fresh(item.list), by=factories.office_of(item), now=NOW)
    factories.look_back_asked(item)

    with pytest.raises(Refused):
        factories.look_back(fresh(item), **SLIPPED)

    assert LookBack.objects.waiting().exists()
