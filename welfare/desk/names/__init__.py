"""Names at the desk: what published lists show, and renaming it openly."""
