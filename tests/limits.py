"""Smaller limits for a test: those of a question stand in its SQL, which is written once."""

from django.db import connections

from items.questions import WRITTEN


def limit(monkeypatch, module, **limits):
    """Set a module's limits, and let every question be written anew, here and afterwards."""
    for name, value in limits.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setitem(vars(connections["default"]), WRITTEN, {})
