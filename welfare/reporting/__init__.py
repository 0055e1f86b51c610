"""The page of a reporting link: a named handler reports without an account."""
