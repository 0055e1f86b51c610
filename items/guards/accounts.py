"""Closing an account ends its logins and links for good: the database counts each closing.

`Person.closings` is a part of what a session and an invitation link are signed with. It is raised
here, because an account is closed on many roads, by SQL in an emergency, too; and it never falls,
not even when somebody saves a row that was read before. What the account had chosen in a form and
not sent yet goes with it (`items.models.KeptUpload`).
"""

NAME, TABLE = "bump_items_person_closings", "items_person"
KEPT = "items_keptupload"
CLOSES = "OLD.is_active AND NOT NEW.is_active"


def triggers(vendor: str):
    """Yield the name, the table and the SQL of the trigger."""
    yield NAME, TABLE, {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]


SQLITE = (
    f"CREATE TRIGGER {NAME} AFTER UPDATE ON {TABLE}"
    f" WHEN ({CLOSES}) OR NEW.closings < OLD.closings"
    f" BEGIN UPDATE {TABLE} SET closings = max(OLD.closings, NEW.closings) + ({CLOSES})"
    " WHERE id = NEW.id;"
    f" DELETE FROM {KEPT} WHERE person_id = NEW.id AND {CLOSES}; END"
)
POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {CLOSES} THEN DELETE FROM {KEPT} WHERE person_id = OLD.id; END IF;"
    f" NEW.closings := greatest(OLD.closings, NEW.closings) + ({CLOSES})::int;"
    " RETURN NEW; END $$;"
    f" CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()"
)
