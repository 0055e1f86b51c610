"""Suggestions: workers write them and read the answers, without an account."""
