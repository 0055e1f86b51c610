"""What `manage.py serve` runs: the front, Django's processes, and who watches over both."""
