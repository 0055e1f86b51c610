"""The desk: what the people behind the items do. The rules are in the domain."""
