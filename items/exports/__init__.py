"""The ledger in files: an office's sheet, one for each leader or unit, comma-separated values."""
