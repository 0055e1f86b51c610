"""Where a committee's activity office is found, set at the desk."""
