"""Guards of calls for suggestions: what was issued to everyone stays as it is."""

from items.guards.conditions import ISSUED, changed

CALL_FROZEN = (
    "id committee_id title title_en purpose purpose_en issuer issuer_en opens_on closes_on"
)
CALL_FROZEN += " answer_by issued_on issued_by_id"

GUARDS = [
    (
        "call_insert",
        "items_call",
        "INSERT",
        "NEW.status <> 'draft' OR NEW.issued_on IS NOT NULL",
        ISSUED,
    ),
    ("call_delete", "items_call", "DELETE", "OLD.status <> 'draft'", ISSUED),
    (
        "call_update",
        "items_call",
        "UPDATE",
        f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed(CALL_FROZEN)})"
        f" OR OLD.status = 'ended' AND {changed('status ended_on ended_by_id ended_why')}",
        ISSUED,
    ),
]
