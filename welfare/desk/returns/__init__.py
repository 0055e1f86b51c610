"""Exported ledgers that come back to the desk: compared with what is there, then saved."""
