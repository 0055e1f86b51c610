"""The domain: what a committee, a list, an item and a sign-off are. No HTTP, HTML or e-mail."""
