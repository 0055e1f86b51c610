"""A committee's synonyms at the desk: which words its search takes for one another."""
