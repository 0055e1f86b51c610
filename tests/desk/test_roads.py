"""Who may do what from outside: every verb by a direct POST, by everyone, in every status."""

import pytest

from items.models import Entry
from items.rules.permission import WITH_THE_LIST
from items.states import MOVES, Status
from tests import factories
from tests.desk.sending import ABOUT, act_address, said
from tests.items.actions.acts import ACTS
from tests.undone import undone

pytestmark = pytest.mark.django_db

SEES_NOTHING = {"stranger", "administrator", "superuser"}
BRINGS_IN = {*WITH_THE_LIST, "bring_back"}  # the last: test_change_of_year.py
PHOTOS = {"add_photo", "release_photo"}  # tests/photos/test_desk.py
WITH_A_REPORT = {"say_blocked"}  # test_blocked.py
PUT_UP = {"put_up"}  # comes with what is up for objections: test_announcements.py
WITH_A_LOOK = {"photograph_back", "slip_back"}  # tests/items/actions/test_look_back.py
LINKS = {"make_link", "revoke_link", "report_by_link"}  # tests/desk/test_report_links.py
PARTS = {"correct_part"}  # test_parts.py


def people(item):
    """Return somebody in each role; whoever may act under the table is named by its verb."""
    other = factories.another(factories.Item(list__committee=item.list.committee))
    committee = item.list.committee
    return {
        "owner": factories.owner_of(item),
        "supervisor": factories.supervisor_of(item),
        "office": factories.office_of(item),
        "colleague": factories.colleague_of(item),
        "looker": factories.looker_of(item),
        "another owner": factories.owner_of(other),
        "auditor": factories.Role(committee=committee, kind="auditor").person,
        "administrator": factories.Role(committee=committee, kind="administrator").person,
        "superuser": factories.Person(is_superuser=True, is_staff=True),
        "stranger": factories.Person(),
    }


MAY = {verb: {act.who} for verb, act in ACTS.items()}
MAY["finish_task"] = {"owner", "office", "colleague"}
for verb in ("take_back", "plan_occasion", "call_off_occasion"):
    MAY[verb] = {"owner", "office", "colleague"}
MAY["reopen"] = MAY["undo_part"] = MAY["take_down"] = {"supervisor", "office", "colleague"}
MAY["undo_measures"] = {"owner", "supervisor", "office", "colleague"}
MAY["add_part"] = MAY["extend_part"] = {"office", "colleague"}
for verb in (
    "enter_for_owner",
    "put_on_hold",
    "resume",
    "withdraw",
    "hand_over",
    "correct",
    "annotate",
    "reduce",
    "open_verdict",
):
    MAY[verb] = {"office", "colleague"}
for verb in ("decide_extension", "set_task", "refuse_entry"):
    MAY[verb] = {"office", "colleague"}
MAY["urge"] = {"supervisor", "office", "colleague"}


def test_every_verb_has_a_road():
    others = BRINGS_IN | PHOTOS | PARTS | LINKS | WITH_A_REPORT | WITH_A_LOOK | PUT_UP
    assert set(ACTS) == set(MOVES) - others


@pytest.mark.parametrize("verb", ACTS)
def test_only_those_who_may_do_it(as_, client, verb):
    item = ACTS[verb].ready()
    before, done = Entry.objects.count(), {}
    path, sent = act_address(item, verb), said(verb, item)
    for who, person in people(item).items():
        with undone():  # the next one finds the item as it was
            status = as_(person).post(path, sent).status_code
            done[who] = (status, Entry.objects.count() - before)

    expected = {who: (302, 1) if who in MAY[verb] else (403, 0) for who in done}
    expected |= dict.fromkeys(SEES_NOTHING & set(done), (404, 0))
    assert done == expected

    # Nobody does it without a login, and reading changes nothing.
    assert client.post(path, sent).status_code in (401, 403)
    assert as_(factories.owner_of(item)).get(path).status_code in (200, 403)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT}))
def test_only_in_its_statuses(as_, status):
    wrong = [verb for verb in ACTS if status not in MOVES[verb].sources and verb != "finish_task"]
    item = factories.item_at(status)
    before, answers = Entry.objects.count(), {}
    for verb in wrong:
        by = getattr(factories, f"{ACTS[verb].who}_of")(item)
        answers[verb] = as_(by).post(act_address(item, verb), said(verb, item)).status_code

    # There is no delivery to take back, no date to settle: such an address is none.
    expected = dict.fromkeys(wrong, 403) | dict.fromkeys(ABOUT, 404)
    assert answers == {verb: expected[verb] for verb in wrong}
    assert Entry.objects.count() == before
