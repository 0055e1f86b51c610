"""The one door to what is published, and the proof that the ledger is as it was written."""
