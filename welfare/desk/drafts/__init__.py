"""Drafts at the desk: many in one table, one on a page of its own."""
