"""What a page reads across models: one function per page, a fixed number of queries."""

from items.queries.board import board
from items.queries.desk import desk, queue
from items.queries.desk_lists import desk_lists, figures, list_page
from items.queries.find import find
from items.queries.home import home
from items.queries.item import item_page
from items.queries.item_desk import item_desk
from items.queries.lines import latest
from items.queries.pack import decisions, pack
from items.queries.places import place_page
from items.queries.posts import held_post, posts, reads_posts
from items.queries.queues import QUEUES
from items.queries.rows import arithmetic
from items.queries.theme import theme_page
from items.queries.voices import addressee, addressees, call_page, told, voices_page

__all__ = [
    "QUEUES",
    "addressee",
    "addressees",
    "arithmetic",
    "board",
    "call_page",
    "decisions",
    "desk",
    "desk_lists",
    "figures",
    "find",
    "held_post",
    "home",
    "item_desk",
    "item_page",
    "latest",
    "list_page",
    "pack",
    "place_page",
    "posts",
    "queue",
    "reads_posts",
    "theme_page",
    "told",
    "voices_page",
]
