"""Guards of assessments: issued by somebody else than who prepared it, and then as it is."""

from items.guards.conditions import ASSESSED, ISSUED, changed
from items.models.assessment import ROW_SAYS, SAID

SAYS = f"id list_id held_on prepared_by_id {' '.join(SAID)}"
ROW = f"id assessment_id item_id {' '.join(ROW_SAYS)}"
# The act writes its entry into the list's ledger before it issues the assessment.
ENTRY = (
    "EXISTS (SELECT 1 FROM items_entry e WHERE e.id = NEW.entry_id AND e.list_id = NEW.list_id"
    " AND e.item_id IS NULL AND e.verb = 'issue_assessment' AND e.by_id <> NEW.prepared_by_id)"
)
ISSUED_ONE = (
    "EXISTS (SELECT 1 FROM items_assessment a WHERE a.id IN ({ids}) AND a.issued_on IS NOT NULL)"
)
# Of another list, not published, or about a family: nobody judges that in public.
NOT_JUDGED = (
    "NOT EXISTS (SELECT 1 FROM items_assessment a JOIN items_item i ON i.list_id = a.list_id"
    " WHERE a.id = NEW.assessment_id AND i.id = NEW.item_id AND i.status <> 'draft'"
    " AND NOT i.hardship)"
)

GUARDS = [
    ("assessment_insert", "items_assessment", "INSERT", "NEW.issued_on IS NOT NULL", ASSESSED),
    ("assessment_delete", "items_assessment", "DELETE", "OLD.issued_on IS NOT NULL", ISSUED),
    (
        "assessment_update",
        "items_assessment",
        "UPDATE",
        f"OLD.issued_on IS NOT NULL AND {changed(f'{SAYS} issued_on entry_id')}",
        ISSUED,
    ),
    (
        "assessment_issue",
        "items_assessment",
        "UPDATE",
        f"OLD.issued_on IS NULL AND NEW.issued_on IS NOT NULL AND ({changed(SAYS)} OR NOT {ENTRY})",
        ASSESSED,
    ),
    (
        "assessment_row_insert",
        "items_assessmentrow",
        "INSERT",
        f"{ISSUED_ONE.format(ids='NEW.assessment_id')} OR {NOT_JUDGED}",
        ISSUED,
    ),
    (
        "assessment_row_update",
        "items_assessmentrow",
        "UPDATE",
        f"{changed(ROW)} AND ({NOT_JUDGED}"
        f" OR {ISSUED_ONE.format(ids='OLD.assessment_id, NEW.assessment_id')})",
        ISSUED,
    ),
    (
        "assessment_row_delete",
        "items_assessmentrow",
        "DELETE",
        ISSUED_ONE.format(ids="OLD.assessment_id"),
        ISSUED,
    ),
]
