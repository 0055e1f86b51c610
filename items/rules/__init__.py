"""Permissions: who may do what, and when, and what a list still lacks. Nothing here saves."""

from items.rules.permission import (
    acts_for_owner,
    barred,
    is_supervisor,
    on_owner_side,
    role_of,
    why_barred,
    why_never,
    why_not,
    why_not_standing,
)
from items.rules.releasing import releases_in
from items.rules.standing import is_site_administrator

__all__ = [
    "acts_for_owner",
    "barred",
    "is_site_administrator",
    "is_supervisor",
    "on_owner_side",
    "releases_in",
    "role_of",
    "why_barred",
    "why_never",
    "why_not",
    "why_not_standing",
]
