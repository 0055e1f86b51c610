"""Open data: what other programs read of what is published, and what search engines are told."""
