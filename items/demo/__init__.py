"""The demonstration: the story of one list under an invented name."""
