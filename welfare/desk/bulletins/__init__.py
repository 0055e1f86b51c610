"""Bulletins at the desk: prepared, asked for, read, and issued by a second person."""
