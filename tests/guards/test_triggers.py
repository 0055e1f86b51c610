"""What the database itself refuses, on every road, and that the guards come back."""

from copy import deepcopy

import pytest
from django.db import IntegrityError, connection

from items.guards import GUARDS, triggers
from items.guards.conditions import LEDGER
from items.models import (
    Appeal,
    Assessment,
    AssessmentRow,
    BroughtIn,
    Bulletin,
    BulletinErratum,
    BulletinPrint,
    Call,
    ClosingName,
    Coaching,
    Committee,
    Delivery,
    Entry,
    HardshipFile,
    Item,
    ItemList,
    LookBack,
    LookBackDraw,
    Mention,
    Occasion,
    Photo,
    ResultPhoto,
    Review,
    SiteVisit,
    Suggestion,
    SuggestionEntry,
    Verdict,
    VerdictCount,
    VerdictRound,
)
from tests import factories
from tests.items.published import Published, run, without_guards

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture(scope="module")
def published(kept_rows):
    published = Published()
    connection.check_constraints()  # PostgreSQL empties no table while a check is put off
    return published


@pytest.fixture
def there(published, db):
    return deepcopy(published)


def copied(model, where, **changed):
    """Return the SQL that inserts a copy of a row with some columns changed."""
    columns = [f.column for f in model._meta.concrete_fields if f.column != "id" or "id" in changed]
    names = [f'"{column}"' for column in columns]  # one of them is a word of SQL
    values = [str(changed.get(c, name)) for c, name in zip(columns, names, strict=True)]
    table = model._meta.db_table
    columns, values = ", ".join(names), ", ".join(values)
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} {where}"


def announced(**changed):
    """Return the SQL that inserts a copy of an announcement, as the next entry of its list."""
    chain = "FROM items_chain WHERE list_id = {of_announcement}"
    told = {"seq": f"(SELECT seq + 1 {chain})", "previous_hash": f"(SELECT hash {chain})"}
    return copied(Entry, "WHERE id = {announcement}", hash="'x'", **told, **changed)


# By guard: what it refuses. The words of `{…}` are those of Published.ids().
TRIPS = {
    "assessment_insert": copied(Assessment, "WHERE id = {issued}", number=9, entry_id="{entry}"),
    "assessment_delete": "DELETE FROM items_assessment WHERE id = {issued}",
    "assessment_update": "UPDATE items_assessment SET majority = 'two_thirds' WHERE id = {issued}",
    "assessment_issue": (  # with an entry that says something else
        "UPDATE items_assessment SET issued_on = '2026-06-01', entry_id = {entry}"
        " WHERE id = {waits}"
    ),
    "assessment_row_insert": copied(
        AssessmentRow, "WHERE id = {row}", assessment_id="{waits}", item_id="{item}"
    ),
    "assessment_row_update": (
        "UPDATE items_assessmentrow SET satisfied = 2, basically = 1 WHERE id = {row}"
    ),
    "assessment_row_delete": "DELETE FROM items_assessmentrow WHERE id = {row}",
    "bulletin_insert": copied(Bulletin, "WHERE id = {bulletin}", number=9, entry_id="{entry}"),
    "bulletin_delete": "DELETE FROM items_bulletin WHERE id = {bulletin}",
    "bulletin_update": "UPDATE items_bulletin SET article = 'x' WHERE id = {bulletin}",
    "bulletin_issue": (  # with an entry that says something else
        "UPDATE items_bulletin SET as_of = '2026-06-01', entry_id = {entry}, article = 'x',"
        " article_en = 'x', sha256 = 'x', sha256_en = 'x', ledger_head = 'x'"
        " WHERE id = {bulletin_draft}"
    ),
    "bulletin_print_insert": copied(
        BulletinPrint, "WHERE bulletin_id = {bulletin}", language="'en'"
    ),
    "bulletin_print_update": (
        "UPDATE items_bulletinprint SET sha256 = 'x' WHERE bulletin_id = {bulletin}"
    ),
    "bulletin_print_delete": "DELETE FROM items_bulletinprint WHERE bulletin_id = {bulletin}",
    "bulletin_erratum_insert": copied(BulletinErratum, "WHERE id = {erratum}"),
    "bulletin_erratum_update": "UPDATE items_bulletinerratum SET text = 'x' WHERE id = {erratum}",
    "bulletin_erratum_delete": "DELETE FROM items_bulletinerratum WHERE id = {erratum}",
    "committee_named_posts": (
        "UPDATE items_committee SET review_post_id = (SELECT id FROM items_post"
        " WHERE committee_id <> {committee} LIMIT 1) WHERE id = {committee}"
    ),
    "entry_update": "UPDATE items_entry SET happened_on = '2026-01-01' WHERE id = {entry}",
    "entry_delete": "DELETE FROM items_entry WHERE id = {entry}",
    "entry_insert": copied(Entry, "WHERE id = {entry}", seq=1000),
    "entry_closed": copied(
        Entry,
        "WHERE id = {entry}",
        list_id="{closed_list}",
        seq="(SELECT seq + 1 FROM items_chain WHERE list_id = {closed_list})",
        previous_hash="(SELECT hash FROM items_chain WHERE list_id = {closed_list})",
        hash="'x'",
    ),
    "announcement_insert": announced(),  # a second one
    "announcement_ends": announced(verb="'withdraw'", about_id="{announcement}"),  # too soon
    "announced_first": announced(verb="'withdraw'"),
    "objection_insert": copied(
        Suggestion,
        "WHERE id = {waiting}",
        id=7,
        code_hash="'another'",
        about_id="{item}",
        objects_to_id="{announcement}",
    ),
    "entry_happened_on": copied(
        Entry,
        "WHERE id = {entry}",
        seq="(SELECT seq + 1 FROM items_chain WHERE list_id = {list})",
        previous_hash="(SELECT hash FROM items_chain WHERE list_id = {list})",
        happened_on="'2026-01-01'",
    ),
    "item_done_on": (
        "UPDATE items_item SET published_on = '2026-03-02', claimed_on = '2026-03-02',"
        " done_on = '2026-03-01' WHERE id = {draft}"
    ),
    "words_delete": "DELETE FROM items_entrywords WHERE entry_id = {entry}",
    "words_update": "UPDATE items_entrywords SET text = 'x' WHERE entry_id = {entry}",
    "chain_delete": "DELETE FROM items_chain WHERE list_id = {list}",
    "chain_update": "UPDATE items_chain SET seq = seq + 1 WHERE list_id = {list}",
    "item_insert": copied(
        Item, "WHERE id = {item}", number=77, carried_from_id="NULL", code="'22222222'"
    ),
    "item_delete": "DELETE FROM items_item WHERE id = {item}",
    "item_frozen": "UPDATE items_item SET number = 77 WHERE id = {item}",
    "item_written": "UPDATE items_item SET due = '2027-01-01' WHERE id = {item}",
    "item_carried": (  # while the item with which it goes on says nothing of that
        "UPDATE items_item SET status = 'in_progress', published_on = '2026-06-01',"
        " first_due = due, last_entry_id = (SELECT MAX(id) FROM items_entry e"
        " WHERE e.item_id = {going}) WHERE id = {going}"
    ),
    "measure_insert": (
        "INSERT INTO items_measure (item_id, \"order\", text, text_en) VALUES ({item}, 9, 'x', '')"
    ),
    "measure_ticked": (
        'INSERT INTO items_measure (item_id, "order", text, text_en, done_on)'
        " VALUES ({draft}, 9, 'x', '', '2026-06-01')"
    ),
    "measure_done_on": ("UPDATE items_measure SET done_on = '2026-06-01' WHERE item_id = {draft}"),
    "criterion_insert": (
        'INSERT INTO items_criterion (item_id, "order", text, text_en)'
        " VALUES ({item}, 9, 'x', '')"
    ),
    "criterion_delete": "DELETE FROM items_criterion WHERE item_id = {item}",
    "criterion_update": "UPDATE items_criterion SET text = 'x' WHERE item_id = {item}",
    "measure_delete": "DELETE FROM items_measure WHERE item_id = {item}",
    "measure_update": "UPDATE items_measure SET text = 'x' WHERE item_id = {item}",
    "part_insert": (
        'INSERT INTO items_part (item_id, "order", title, title_en, due_words, progress)'
        " VALUES ({item}, 9, 'x', '', '', '')"
    ),
    "part_delete": "DELETE FROM items_part WHERE item_id = {item}",
    "part_update": "UPDATE items_part SET due = '2027-01-01' WHERE item_id = {item}",
    "share_insert": (
        'INSERT INTO items_unitshare (item_id, unit_id, role, "order")'
        " VALUES ({item}, {unit}, 'joint', 9)"
    ),
    "share_delete": "DELETE FROM items_unitshare WHERE item_id = {item}",
    "share_update": "UPDATE items_unitshare SET role = 'support' WHERE item_id = {item}",
    "handler_insert": (
        "INSERT INTO items_item_handlers (item_id, person_id) VALUES ({item}, {person})"
    ),
    "handler_delete": "DELETE FROM items_item_handlers WHERE item_id = {item}",
    "handler_update": (
        "UPDATE items_item_handlers SET person_id = {person} WHERE item_id = {item}"
    ),
    "spot_insert": (
        "INSERT INTO items_spot (item_id, \"order\", title, title_en) VALUES ({item}, 9, 'x', '')"
    ),
    "spot_delete": "DELETE FROM items_spot WHERE item_id = {item}",
    "spot_update": "UPDATE items_spot SET title = 'x' WHERE item_id = {item}",
    "photo_insert": copied(
        Photo,
        "WHERE item_id = {item}",
        entry_id="(SELECT MIN(id) FROM items_entry WHERE item_id = {item})",
        stem="'x'",
    ),
    "photo_delete": "DELETE FROM items_photo WHERE item_id = {item}",
    "photo_update": "UPDATE items_photo SET state = 'hidden' WHERE item_id = {item}",
    "delivery_insert": copied(
        Delivery,
        "WHERE item_id = {item}",
        entry_id="(SELECT MIN(id) FROM items_entry WHERE item_id = {item})",
    ),
    "delivery_delete": "DELETE FROM items_delivery WHERE item_id = {item}",
    "delivery_update": "UPDATE items_delivery SET count = 40 WHERE item_id = {item}",
    "occasion_insert": copied(
        Occasion,
        "WHERE item_id = {item}",
        entry_id="(SELECT MIN(id) FROM items_entry WHERE item_id = {item})",
    ),
    "occasion_delete": "DELETE FROM items_occasion WHERE item_id = {item}",
    "occasion_update": "UPDATE items_occasion SET ending_id = {entry} WHERE item_id = {item}",
    "brought_in_insert": copied(BroughtIn, "WHERE item_id = {item}", item_id="{other}"),
    "brought_in_update": "UPDATE items_broughtin SET file = 'x' WHERE item_id = {item}",
    "brought_in_delete": "DELETE FROM items_broughtin WHERE item_id = {item}",
    "list_insert": copied(ItemList, "WHERE id = {list}", slug="'another'", code="'22222222'"),
    "list_delete": "DELETE FROM items_itemlist WHERE id = {list}",
    "list_frozen": "UPDATE items_itemlist SET slug = 'another' WHERE id = {list}",
    "list_written": (
        "UPDATE items_itemlist SET status = 'published', published_on = '2026-01-01'"
        " WHERE id = {draft_list}"
    ),
    "list_waits": (
        "UPDATE items_itemlist SET status = 'closed', closed_on = '2026-06-01',"
        " closing_figures = '{{}}' WHERE id = {open_list}"
    ),
    "post_moved": "UPDATE items_post SET committee_id = {committee} WHERE id = {post}",
    "post_leader": "UPDATE items_post SET is_leader = NOT is_leader WHERE id = {post}",
    "post_delete": "DELETE FROM items_post WHERE id = {post}",
    "holding_insert": (
        "INSERT INTO items_holding (post_id, person_id, since, until)"
        " VALUES ({post}, {person}, '2020-01-01', '2021-01-01')"
    ),
    "holding_delete": "DELETE FROM items_holding WHERE post_id = {post}",
    "holding_update": "UPDATE items_holding SET person_id = {person} WHERE post_id = {post}",
    "suggestion_insert": copied(
        Suggestion, "WHERE id = {waiting}", id=7, code_hash="''", last_seq=1
    ),
    "suggestion_delete": "DELETE FROM items_suggestion WHERE id = {waiting}",
    "suggestion_came": "UPDATE items_suggestion SET words = 'x' WHERE id = {waiting}",
    "suggestion_stepped": "UPDATE items_suggestion SET shown_words = 'x' WHERE id = {waiting}",
    "step_insert": copied(SuggestionEntry, "WHERE id = {step}", id=7, seq=9),
    "suggestion_settled": (  # a step that says so isn't enough
        "UPDATE items_suggestion SET status = 'settled', ended_on = '2026-06-01'"
        " WHERE id = {suggestion}"
    ),
    "suggestion_declined": (
        "UPDATE items_suggestion SET status = 'not_adopted' WHERE id = {suggestion}"
    ),
    "suggestion_reopened": (
        "UPDATE items_suggestion SET status = 'received', reopened_on = '2026-06-01'"
        " WHERE id = {settled}"
    ),
    "result_photo_insert": copied(ResultPhoto, "WHERE id = {result}", order=9),
    "result_photo_update": "UPDATE items_resultphoto SET width = 1 WHERE id = {result}",
    "result_photo_delete": "DELETE FROM items_resultphoto WHERE id = {result}",
    "step_update": ("UPDATE items_suggestionentry SET text = 'x' WHERE id = {step}"),
    "step_delete": "DELETE FROM items_suggestionentry WHERE id = {step}",
    "adoption_insert": (
        "INSERT INTO items_adoption (suggestion_id, item_id) VALUES ({waiting}, {item})"
    ),
    "adoption_update": (
        "UPDATE items_adoption SET item_id = {draft} WHERE suggestion_id = {suggestion}"
    ),
    "adoption_delete": "DELETE FROM items_adoption WHERE suggestion_id = {suggestion}",
    "look_update": "UPDATE items_contactlook SET why = 'x' WHERE suggestion_id = {suggestion}",
    "look_delete": "DELETE FROM items_contactlook WHERE suggestion_id = {suggestion}",
    "call_insert": copied(Call, "WHERE id = {call}"),
    "call_delete": "DELETE FROM items_call WHERE id = {call}",
    "call_update": "UPDATE items_call SET title = 'x' WHERE id = {call}",
    "list_plan": "UPDATE items_itemlist SET plan = 'x' WHERE id = {list}",
    "unit_delete": "DELETE FROM items_unit WHERE id = {share}",
    "place_delete": "DELETE FROM items_place WHERE id = {place}",
    "category_delete": "DELETE FROM items_category WHERE id = {category}",
    "theme_delete": "DELETE FROM items_theme WHERE id = {theme}",
    "organisation_delete": "DELETE FROM items_organisation WHERE id = {organisation}",
    "person_delete": "DELETE FROM items_person WHERE id = {holder}",
    "post_name": "UPDATE items_post SET name = 'x' WHERE id = {post}",
    "unit_name": "UPDATE items_unit SET name = 'x' WHERE id = {share}",
    "place_name": "UPDATE items_place SET name = 'x' WHERE id = {place}",
    "category_name": "UPDATE items_category SET name = 'x' WHERE id = {category}",
    "theme_name": "UPDATE items_theme SET name = 'x' WHERE id = {theme}",
    "committee_name": "UPDATE items_committee SET name = 'x' WHERE id = {own_committee}",
    "organisation_name": "UPDATE items_organisation SET name = 'x' WHERE id = {organisation}",
    "person_name": "UPDATE items_person SET name = 'x' WHERE id = {holder}",
    "itemlist_name": "UPDATE items_itemlist SET name = 'x' WHERE id = {list}",
    "programme": "UPDATE items_itemlist SET programme = 'x' WHERE id = {list}",
    "closing_name_insert": copied(ClosingName, "WHERE id = {kept}", list_id="{list}"),
    "closing_name_update": "UPDATE items_closingname SET name = 'x' WHERE id = {kept}",
    "closing_name_delete": "DELETE FROM items_closingname WHERE id = {kept}",
    "visit_insert": copied(
        SiteVisit, "WHERE id = {visit}", withdrawn_on="'2026-06-01'", withdrawn_why="'x'"
    ),
    "visit_delete": "DELETE FROM items_sitevisit WHERE id = {visit}",
    "visit_update": "UPDATE items_sitevisit SET heard = 'x' WHERE id = {visit}",
    "case_file_insert": copied(HardshipFile, "WHERE id = {file}", item_id="{draft}"),
    "case_file_delete": "DELETE FROM items_hardshipfile WHERE id = {empty_file}",
    "case_file_update": "UPDATE items_hardshipfile SET name = 'x' WHERE id = {file}",
    "case_look_update": "UPDATE items_caselook SET name = 'x' WHERE file_id = {file}",
    "case_look_delete": "DELETE FROM items_caselook WHERE file_id = {file}",
    "committee_insert": copied(Committee, "WHERE id = {committee}", slug="'former'"),
    "committee_update": "UPDATE items_committee SET slug = 'never-had' WHERE id = {committee}",
    "committee_delete": "DELETE FROM items_committee WHERE id = {renamed}",
    "former_insert": (
        "INSERT INTO items_formeraddress (slug, committee_id) VALUES ('never-had', {committee})"
    ),
    "former_update": "UPDATE items_formeraddress SET committee_id = {committee}",
    "former_delete": "DELETE FROM items_formeraddress",
    "report_by_link": copied(
        Entry,
        "WHERE id = {entry}",
        verb="'enter_for_owner'",
        role="'owner'",
        public="FALSE",
        facts="""'{{"link": "1"}}'""",
        seq="(SELECT seq + 1 FROM items_chain WHERE list_id = items_entry.list_id)",
        previous_hash="(SELECT hash FROM items_chain WHERE list_id = items_entry.list_id)",
        hash="'x'",
    ),
    "look_back_insert": copied(LookBack, "WHERE id = {looked}", item_id="{other}"),
    "look_back_update": "UPDATE items_lookback SET entry_id = {entry} WHERE id = {looked}",
    "look_back_delete": "DELETE FROM items_lookback WHERE id = {looked}",
    "draw_insert": copied(
        LookBackDraw, "WHERE id = {drawn}", quarter="'2026-02-01'", drawn_on="'2026-03-01'"
    ),
    "draw_update": "UPDATE items_lookbackdraw SET seed = 'x' WHERE id = {drawn}",
    "draw_delete": "DELETE FROM items_lookbackdraw WHERE id = {drawn}",
    "round_insert": copied(VerdictRound, "WHERE id = {round}", item_id="{other}"),
    "round_delete": "DELETE FROM items_verdictround WHERE id = {round}",
    "round_update": "UPDATE items_verdictround SET ends_on = '2030-01-01' WHERE id = {round}",
    "review_insert": copied(
        Review, "WHERE id = {review}", item_id="{other}", round_id="NULL", cause="'again'"
    ),
    "review_delete": "DELETE FROM items_review WHERE id = {review}",
    "review_update": "UPDATE items_review SET entry_id = {signed_entry} WHERE id = {review}",
    "coaching_insert": copied(Coaching, "WHERE id = {coaching}", id=8, words="''"),
    "coaching_update": "UPDATE items_coaching SET words = '没事' WHERE id = {coaching}",
    "coaching_delete": "DELETE FROM items_coaching WHERE id = {coaching}",
    "appeal_insert": copied(Appeal, "WHERE suggestion_id = {appeal}", suggestion_id="{waiting}"),
    "appeal_update": "UPDATE items_appeal SET outcome = 'stands', ended_on = opened_on",
    "appeal_delete": "DELETE FROM items_appeal WHERE suggestion_id = {appeal}",
    "suggestion_appealed": "UPDATE items_suggestion SET status = 'received', reason = ''"
    " WHERE id = {appeal}",
    "verdict_insert": copied(Verdict, "WHERE id = {verdict}", id=7),  # the day is counted
    "verdict_update": "UPDATE items_verdict SET grade = 'good' WHERE id = {verdict}",
    "verdict_delete": "DELETE FROM items_verdict WHERE id = {verdict}",
    "verdict_count_insert": copied(VerdictCount, "WHERE id = {count}", grade="'good'"),
    "verdict_count_update": "UPDATE items_verdictcount SET number = 40 WHERE id = {count}",
    "verdict_count_delete": "DELETE FROM items_verdictcount WHERE id = {count}",
    "mention_insert": copied(Mention, "WHERE id = {mention}", id=7, day="'2019-01-01'"),
    "mention_update": "UPDATE items_mention SET count = count + 2 WHERE id = {mention}",
    "mention_delete": "DELETE FROM items_mention WHERE id = {mention}",
    "mentioned_update": "UPDATE items_mentioned SET digest = 'another'",
    "mentioned_delete": "DELETE FROM items_mentioned",
}
# While a draft is up for objections, no line under its items changes, as under published ones.
LINES = ("measure", "criterion", "part", "share", "handler", "brought_in")
TRIPS |= {
    f"{name}_up_{event}": TRIPS[f"{name}_{event}"]
    .replace("{item}", "{proposed}")
    .replace("{other}", "{also_proposed}")
    for name in LINES
    for event in ("insert", "delete", "update")
}
TRIPS |= {
    "item_up_insert": copied(Item, "WHERE id = {proposed}", number=77, code="'22222222'"),
    "item_up_delete": "DELETE FROM items_item WHERE id = {also_proposed}",
    "item_up_update": "UPDATE items_item SET number = 77 WHERE id = {proposed}",
    "list_up": "UPDATE items_itemlist SET plan = '别的' WHERE id = {proposed_list}",
}
WORDS = {name: words for name, _table, _event, _condition, words in GUARDS}


def sql_of(guard, there):
    ids = there.ids()
    if "{other}" in TRIPS[guard]:
        ids["other"] = factories.published_item().pk
    return TRIPS[guard].format(**ids)


def test_every_guard_has_something_to_refuse():
    assert sorted(TRIPS) == sorted(name for name, *_ in GUARDS)


@pytest.mark.parametrize("guard", TRIPS)
def test_guard_refuses(there, guard):
    with pytest.raises(IntegrityError, match=WORDS[guard]):
        run(sql_of(guard, there))


@pytest.mark.parametrize("guard", TRIPS)
def test_without_the_guards_it_would_have_happened(there, guard):
    sql = sql_of(guard, there)
    without_guards()

    assert run(sql, undo=True) == 1


# Erasing words for good is the one change of the ledger


ERASED = "text = '', evidence = '', name = '', post = '', old = '', new = '', salt = ''"


@pytest.mark.parametrize(
    "change",
    [
        "erased_on = '2026-06-01'",
        ERASED,
        ERASED.replace("name = ''", "name = 'x'") + ", erased_on = '2026-06-01'",
        ERASED.replace("salt = ''", "salt = 'x'") + ", erased_on = '2026-06-01'",
        ERASED + ", erased_on = '2026-06-01', entry_id = 1000000",
    ],
)
def test_words_are_erased_altogether_or_not_at_all(there, change):
    with pytest.raises(IntegrityError, match=LEDGER):
        run(f"UPDATE items_entrywords SET {change} WHERE entry_id = {there.entry.pk}")


def test_erased_words_stay_erased(there):
    where = f"WHERE entry_id = {there.entry.pk}"

    assert run(f"UPDATE items_entrywords SET {ERASED}, erased_on = '2026-06-01' {where}") == 1
    for change in ("text = 'x'", "erased_on = '2026-06-02'", "erased_on = NULL"):
        with pytest.raises(IntegrityError, match=LEDGER):
            run(f"UPDATE items_entrywords SET {change} {where}")


# What only PostgreSQL can do; tests/guards/test_replaced.py has what only SQLite can


if ON_POSTGRESQL:
    EMPTIED = [*triggers.TABLES, "items_person", "items_committee"]

    @pytest.mark.parametrize("table", EMPTIED)
    def test_table_is_not_emptied(there, table):
        with pytest.raises(IntegrityError, match=LEDGER):
            run(f"TRUNCATE {table} CASCADE")

    @pytest.mark.parametrize("table", EMPTIED)
    def test_without_the_guards_it_would_be_emptied(there, table):
        without_guards()

        run(f"TRUNCATE {table} CASCADE", undo=True)


# The guards are there


def test_no_guard_is_missing():
    assert triggers.missing(connection) == []


@pytest.mark.parametrize("name", ["guard_entry_update", "bump_items_item_update"])
def test_missing_trigger_is_named(name):
    lift(name)

    assert triggers.missing(connection) == [name]


def lift(name):
    on = f" ON {triggers.installed(connection)[name]}" if ON_POSTGRESQL else ""
    run(f"DROP TRIGGER {name}{on}")


# By what is done: SQL that leaves a trigger of this name, and nothing of what it guards
OTHERWISE = {
    "sqlite": {
        "guard_entry_update": [
            "DROP TRIGGER guard_entry_update",
            "CREATE TRIGGER guard_entry_update BEFORE UPDATE ON items_entry BEGIN SELECT 1; END",
        ],
        "guard_item_written": [  # an earlier version's, which didn't see what is set back
            "DROP TRIGGER guard_item_written",
            "CREATE TRIGGER guard_item_written BEFORE UPDATE ON items_item WHEN NEW.due IS NOT"
            " OLD.due BEGIN SELECT RAISE(ABORT, 'x'); END",
        ],
        "bump_items_item_update": [
            "DROP TRIGGER bump_items_item_update",
            "CREATE TRIGGER bump_items_item_update AFTER UPDATE ON items_item BEGIN SELECT 1; END",
        ],
    },
    "postgresql": {
        "guard_entry_update": [
            "CREATE OR REPLACE FUNCTION guard_entry_update() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$"
        ],
        "guard_entry_delete": ["ALTER TABLE items_entry DISABLE TRIGGER guard_entry_delete"],
        "guard_item_written": [
            "DROP TRIGGER guard_item_written ON items_item",
            "CREATE TRIGGER guard_item_written BEFORE UPDATE OF due ON items_item FOR EACH ROW"
            " EXECUTE FUNCTION guard_item_written()",
        ],
        "guard_measure_delete": [
            "DROP TRIGGER guard_measure_delete ON items_measure",
            "CREATE TRIGGER guard_measure_delete AFTER DELETE ON items_measure FOR EACH ROW"
            " EXECUTE FUNCTION guard_measure_delete()",
        ],
        "bump_items_item_update": [
            "DROP TRIGGER bump_items_item_update ON items_item",
            "CREATE CONSTRAINT TRIGGER bump_items_item_update AFTER UPDATE ON items_item"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.due IS DISTINCT FROM OLD.due)"
            " EXECUTE FUNCTION bump_revision()",
        ],
    },
}[connection.vendor]


@pytest.mark.parametrize("name", OTHERWISE)
def test_trigger_that_is_made_otherwise_is_missing(name):
    for sql in OTHERWISE[name]:
        run(sql)

    assert triggers.missing(connection) == [name]
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_guard_that_is_in_the_list_no_longer_goes_away():
    old, table = "guard_of_an_earlier_version", "items_notice"
    made = {
        "sqlite": f"CREATE TRIGGER {old} BEFORE DELETE ON {table} BEGIN SELECT 1; END",
        "postgresql": (
            f"CREATE TRIGGER {old} BEFORE DELETE ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION guard_entry_delete()"
        ),
    }
    run(made[connection.vendor])

    triggers.install(connection)

    assert old not in triggers.installed(connection)
    assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_nothing_is_installed_before_all_tables_are_there(monkeypatch):
    triggers.remove(connection)
    monkeypatch.setattr(triggers, "TABLES", ["table_of_a_later_migration"])

    triggers.after_migrate("default")

    assert triggers.installed(connection) == {}
    assert triggers.missing(connection) == []
