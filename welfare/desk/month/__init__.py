"""A month of progress, reported or entered on one page."""
