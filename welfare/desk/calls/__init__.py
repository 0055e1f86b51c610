"""Calls for suggestions at the desk: drawn up, issued, ended."""
