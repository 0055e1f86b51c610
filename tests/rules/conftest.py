"""People in every role, as the other tests of the domain have them."""

from tests.items.conftest import world, world_of_the_file

__all__ = ["world", "world_of_the_file"]
