"""Lists at the desk: their pages and acts, a new one, and the meeting pack."""
