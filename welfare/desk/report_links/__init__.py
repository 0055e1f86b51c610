"""Reporting links at the desk: made on an urging or a task, shown once, taken back."""
