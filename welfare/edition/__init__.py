"""The static edition: the public site as plain files, for a web server outside the network."""
