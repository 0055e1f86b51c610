"""Smaller limits for a test: those of a compiled query stand in its SQL, which is kept."""

from django.db import connections

from items.compiled_queries import CACHE


def limit(monkeypatch, module, **limits):
    """Set a module's limits, and let every query be compiled anew, here and afterwards."""
    for name, value in limits.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setitem(vars(connections["default"]), CACHE, {})
