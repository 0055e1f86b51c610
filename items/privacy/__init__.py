"""Privacy: which columns a visitor may see, personal data in texts, receipt codes."""
