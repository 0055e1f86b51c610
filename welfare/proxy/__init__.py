"""The front: a caching reverse proxy in an event loop; nginx can take its place one for one."""
