"""Suggestions at the desk: what waits, and how the office answers."""
