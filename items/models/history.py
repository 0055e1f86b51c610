"""Audit trail of drafts and reference data; what is published has the ledger instead."""

from simple_history.models import HistoricalRecords

DRAFT = "draft"


class DraftRecords(HistoricalRecords):
    """History of a row for as long as it is a draft."""

    # Once published, each change is an entry already; writing it twice would say it twice.
    def create_historical_record(self, instance, *args, **kwargs):
        if instance.status == DRAFT:
            super().create_historical_record(instance, *args, **kwargs)
