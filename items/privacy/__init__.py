"""What a visitor may see and what not: shades of columns, personal data in texts, receipt codes."""
