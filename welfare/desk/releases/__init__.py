"""Releasing what the office entered for owners: the second yes, on one page."""
