"""Accounts: login and its rate limit, invitations, passwords, the session backend."""
