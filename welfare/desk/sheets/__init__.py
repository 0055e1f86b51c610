"""Sheets at the desk: a list from Excel or WPS, shown and corrected before it is saved."""
