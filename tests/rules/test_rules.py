"""Who may do what, and when: one table over every verb, status and role."""

import pytest

from items import models
from items.rules import why_not, why_not_standing
from items.rules.standing import Standing
from items.states import (
    CASE_MOVES,
    LIST_MOVES,
    MOVES,
    POST_VERBS,
    VISIT_VERBS,
    ListStatus,
    Status,
)
from tests import factories
from tests.factories import TODAY
from tests.items.actions.acts import close_alone

pytestmark = pytest.mark.django_db

# Of a running list, but bring_back of a closed one.
# O the office · W the owner's side · S the supervisor · X of the office, but not who asked
# R the holder of the post that the committee names for releases
# V the holder of the post to which the item's review went
# K the holder of the post that is to look back
ITEM_TABLE = """
verb              draft  not_started  in_progress  pending_check  resolved  on_hold  withdrawn
publish           O      -            -            -              -         -        -
bring_in          O      -            -            -              -         -        -
carry_in          O      -            -            -              -         -        -
start             -      W            -            -              -         -        -
report_progress   -      W            W            -              -         -        -
say_blocked       -      W            W            -              -         -        -
enter_for_owner   -      O            O            -              -         -        -
release           -      XR           XR           -              -         -        -
refuse_entry      -      OR           OR           OR             OR        OR       OR
deliver           -      W            W            -              -         -        -
take_back         -      -            WO           -              -         -        -
plan_occasion     -      WO           WO           -              -         -        -
hold_occasion     -      W            W            -              -         -        -
call_off_occasion -      WO           WO           -              -         WO       -
claim             -      -            W            -              -         -        -
sign_off          -      -            -            S              -         -        -
send_back         -      -            -            S              -         -        -
log_visit         -      S            S            S              -         -        -
put_on_hold       -      O            O            O              -         -        -
resume            -      -            -            -              -         O        -
withdraw          -      O            O            O              -         O        -
put_up            -      SO           SO           SO             -         SO       -
take_down         -      SO           SO           SO             -         SO       -
reopen            -      -            -            -              SO        -        -
bring_back        -      -            -            -              SO        -        -
review            -      V            V            V              V         V        V
look_back         -      -            -            -              K         -        -
photograph_back   -      -            -            -              K         -        -
slip_back         -      -            -            -              K         -        -
open_verdict      -      -            -            O              O         -        -
ask_extension     -      W            W            W              -         W        -
decide_extension  -      X            X            X              -         X        -
add_part          -      O            O            -              -         O        -
undo_part         -      SO           SO           -              -         SO       -
extend_part       -      O            O            -              -         O        -
correct_part      -      O            O            O              O         O        O
undo_measures     -      WSO          WSO          -              -         WSO      -
reduce            -      O            O            O              -         -        -
hand_over         -      O            O            O              O         O        O
correct           -      O            O            O              O         O        O
annotate          -      O            O            O              O         O        O
set_task          -      O            O            O              O         O        O
finish_task       -      WO           WO           WO             WO        WO       WO
urge              -      SO           SO           SO             -         -        -
make_link         -      SO           SO           -              -         -        -
revoke_link       -      SO           SO           SO             SO        SO       SO
report_by_link    -      -            -            -              -         -        -
add_photo         -      WSO          WSO          WSO            WSO       WSO      -
release_photo     -      O            O            O              O         O        O
"""
LIST_TABLE = """
verb              draft  published  closed
publish           O      -          -
put_up            O      -          -
take_down         O      -          -
import_into       O      -          -
add_item          -      O          -
close_list        -      O          -
carry_over        -      O          -
return_ledger     -      O          -
erase_words       O      O          O
hide_photo        -      O          O
open_look_back    -      O          O
publish_plan      O      O          -
annotate          -      O          -
write_assessment  -      O          O
issue_assessment  -      OR         OR
add_erratum       -      O          O
write_bulletin    -      O          O
issue_bulletin    -      OR         OR
"""
# The file of a hardship item
CASE_TABLE = """
verb              draft  not_started  in_progress  pending_check  resolved  on_hold  withdrawn
read_case         -      WSO          WSO          WSO            WSO       WSO      WSO
add_case_file     -      WSO          WSO          WSO            WSO       WSO      -
remove_case_file  -      O            O            O              O         O        O
"""
# A the administrator, too; by how far the committee's furthest list has come
POST_TABLE = """
verb              draft  published  closed
appoint           OA     O          OA
"""
# Who is meant by each letter. Whoever has none may do nothing, whatever posts and rights they hold.
ROLES = {
    "office": "OX",
    "colleague": "O",  # asked for what X may answer
    "owner": "W",
    "handler": "W",
    "helper of a lead unit": "W",
    "helper of a joint unit": "W",
    "helper of a support unit": "",
    "union officer of a union item": "W",
    "union officer of a workshop item": "",
    "union officer of another committee": "",
    "supervisor": "S",
    "administrator": "A",
    "administrator of the office": "A",
    "superuser": "A",
    "superuser of the office": "",  # with both marks they have the say of neither
    "owner, superuser": "A",
    "supervisor, superuser": "A",
    "former owner": "",
    "former reporter": "",
    "former supervisor": "",
    "supervisor who handles": "W",  # but never S
    "supervisor who helps": "W",
    "supervisor who is the union’s": "W",
    "supervisor who reported once": "",
    "supervisor of another item": "",
    "office of another committee": "",
    "office of the parent committee": "",
    "office of a child committee": "",
    "administrator of the parent committee": "",
    "releaser": "R",
    "releaser who handles": "W",  # but never R
    "releaser who reported once": "",
    "former releaser": "",
    "reviewer": "V",
    "reviewer who handles": "W",  # but never V
    "reviewer who supervises": "S",
    "reviewer who signed it once": "",
    "reviewer of the office": "OX",
    "former reviewer": "",
    "looker": "K",
    "looker of the office": "OX",  # but never K
    "looker who handles": "W",
    "looker who signed it off": "",
    "former looker": "",
    "auditor": "",
    "auditor of the office": "",
    "supervisor, auditor": "",
    "office, account closed": "",
    "owner, account closed": "",
    "supervisor, account closed": "",
    "administrator, account closed": "",
    "stranger": "",
}


# What an answer answers, asked by the colleague; a task is the owner's here.
ASKED = {
    "release": "enter_for_owner",
    "refuse_entry": "enter_for_owner",
    "decide_extension": "ask_extension",
    "finish_task": "set_task",
    "take_down": "put_up",
}

FACTS = {"who": "owner", "verb": "withdraw", "until": "2030-01-01"}

CHECKS_OWN_WORK = {
    "supervisor who handles",
    "supervisor who helps",
    "supervisor who is the union’s",
    "supervisor who reported once",
}


def table(text):
    """Return the cells: {verb: {column: letters}}."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return {
        verb: {column: set(cell) - {"-"} for column, cell in zip(head[1:], cells, strict=True)}
        for verb, *cells in rows
    }


def meant(letters):
    """Return the roles that a cell's letters mean."""
    return {role for role, has in ROLES.items() if set(has) & letters}


def standings(world, thing_of):
    """Return where each role stands towards its thing: what the database knows is read once.

    A status is set in memory only, so a new one leaves all this as it is.
    """
    return {
        role: Standing(person, thing_of(item), TODAY) for role, (person, item) in world.who.items()
    }


def may_now(verb, standings):
    """Return the roles that may, in the statuses that their things have now."""
    return {role for role, stands in standings.items() if not why_not_standing(verb, stands)}


def test_the_tables_name_every_verb():
    assert set(table(ITEM_TABLE)) == set(MOVES)
    assert set(table(LIST_TABLE)) == set(LIST_MOVES)
    assert set(table(POST_TABLE)) == set(POST_VERBS)
    assert set(table(CASE_TABLE)) == set(CASE_MOVES)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (ITEM_TABLE, Status),
        (LIST_TABLE, ListStatus),
        (POST_TABLE, ListStatus),
        (CASE_TABLE, Status),
    ],
    ids=["item", "list", "post", "case"],
)
def test_the_tables_name_every_status(text, statuses):
    assert [set(row) for row in table(text).values()] == [set(statuses)] * len(table(text))


def test_the_tables_name_every_role(world):
    assert set(world.who) == set(ROLES)


def test_every_kind_of_role_is_tried(world):
    people = [person.pk for person, _item in world.who.values()]
    tried = models.Role.objects.filter(person__in=people, committee=world.committee)

    assert set(tried.values_list("kind", flat=True)) == set(models.Role.Kind)


@pytest.mark.parametrize("verb", MOVES)
def test_who_may_do_what_on_an_item(world, verb):
    running = ListStatus.PUBLISHED
    if verb == "bring_back":
        factories.published_item(list__committee=world.committee)  # where it goes on
        running = ListStatus.CLOSED
    world.list.status = running
    for item in {item.pk: item for _person, item in world.who.values()}.values():
        if verb in ASKED:
            role = "office" if verb == "take_down" else "owner"
            world.write(ASKED[verb], item, world.who["colleague"][0], role=role, facts=FACTS)

    stand = standings(world, lambda item: item)
    for status, letters in table(ITEM_TABLE)[verb].items():
        world.list.status = "draft" if status == "draft" else running
        for standing in stand.values():
            standing.thing.status = status

        assert (status, may_now(verb, stand)) == (status, meant(letters))


@pytest.mark.parametrize(
    ("who", "letters"), [("owner", "WO"), ("supervisor", "SO"), ("office", "O")]
)
def test_who_finishes_whose_task(world, who, letters):
    world.list.status = ListStatus.PUBLISHED
    may = set()
    for role, (person, item) in world.who.items():
        task = world.write("set_task", item, world.who["colleague"][0], facts={"who": who})
        item.status = "in_progress"
        if not why_not("finish_task", person, item, today=TODAY, about=task):
            may.add(role)

    # A task is no check: a supervisor on the owner's side finishes theirs.
    own = {role for role in ROLES if who == "supervisor" and role in CHECKS_OWN_WORK}
    assert may == meant(set(letters)) | own


AFTER_CLOSING = {verb for verb, row in MOVES.items() if row.after_closing}


@pytest.mark.parametrize("verb", sorted(AFTER_CLOSING))
def test_who_may_do_what_after_the_closing(world, verb):
    world.list.status = ListStatus.CLOSED
    stand = standings(world, lambda item: item)
    for standing in stand.values():
        standing.thing.status = Status.RESOLVED

    assert may_now(verb, stand) == meant(table(ITEM_TABLE)[verb]["resolved"])


def test_nobody_changes_an_item_of_a_closed_list(world):
    world.list.status = ListStatus.CLOSED
    for role, standing in standings(world, lambda item: item).items():
        for verb in set(MOVES) - {"bring_back"} - AFTER_CLOSING:
            standing.thing.status = min(MOVES[verb].sources)
            assert (verb, role, why_not_standing(verb, standing)) != (verb, role, "")


@pytest.mark.parametrize("verb", LIST_MOVES)
def test_who_may_do_what_on_a_list(world, verb):
    if verb == "take_down":
        colleague = world.who["colleague"][0]
        world.write("put_up", None, colleague, role="office", facts=FACTS | {"verb": "publish"})
    stand = standings(world, lambda item: world.list)
    for world.list.status, letters in table(LIST_TABLE)[verb].items():
        may = may_now(verb, stand)

        # A list has no owner: whoever holds the post for releases may, whatever they handle.
        same = {role for role in ROLES if "R" in letters and role.startswith("releaser")}
        assert (world.list.status, may) == (world.list.status, meant(letters) | same)


@pytest.mark.parametrize("verb", CASE_MOVES)
def test_who_may_do_what_with_a_familys_file(world, verb):
    stand = standings(world, lambda item: item)
    for status, letters in table(CASE_TABLE)[verb].items():
        for standing in stand.values():
            standing.thing.status, standing.thing.hardship = status, True

        assert (status, may_now(verb, stand)) == (status, meant(letters))


@pytest.mark.parametrize("verb", CASE_MOVES)
def test_nobody_has_a_file_where_there_is_no_hardship(world, verb):
    for role, (person, item) in world.who.items():
        item.status = "in_progress"
        assert (role, why_not(verb, person, item, today=TODAY)) != (role, "")


@pytest.mark.parametrize("verb", VISIT_VERBS)
def test_who_may_do_what_with_a_leaders_visit(world, verb):
    may = set()
    for role, (person, item) in world.who.items():
        post = item.owner_post
        post.is_leader = True
        visit = models.SiteVisit(committee=world.committee, post=post)
        if not why_not(verb, person, visit, today=TODAY):
            may.add(role)

    # Of the owner's side it is only the leader who went, whoever else does their work.
    assert may == meant(set("O")) | {"owner"}


def test_only_leaders_visits_are_written_down(world):
    person, item = world.who["office"]
    visit = models.SiteVisit(committee=world.committee, post=item.supervisor_post)

    assert why_not("log_site_visit", person, visit, today=TODAY)


@pytest.mark.parametrize("verb", POST_VERBS)
@pytest.mark.parametrize("status", ListStatus)
def test_who_may_do_what_on_a_post(world, verb, status):
    if status != ListStatus.DRAFT:
        item_list = factories.published_item(list__committee=world.committee).list
        if status == ListStatus.CLOSED:
            close_alone(item_list)

    may = {
        role
        for role, (person, item) in world.who.items()
        if not why_not(verb, person, item.owner_post, today=TODAY)
    }

    assert may == meant(table(POST_TABLE)[verb][status])


@pytest.mark.parametrize("thing", ["item", "list", "committee"])
def test_a_verb_of_another_thing_is_a_mistake_of_ours(world, thing):
    person, _item = world.who["office"]
    verb = "close_list" if thing == "item" else "claim"

    with pytest.raises(ValueError, match=f"{verb} is no verb of a"):
        why_not(verb, person, getattr(world, thing), today=TODAY)
