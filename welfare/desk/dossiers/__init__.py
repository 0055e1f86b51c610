"""The files of matters at the desk, printed: of an item, of a list, and the sheet of a sign-off."""
