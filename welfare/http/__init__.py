"""What every face shares of HTTP: middleware, error pages, form recovery, the client address."""
