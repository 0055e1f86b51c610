"""What stands before the pages: the page cache, compression, ETags, and who is public."""
