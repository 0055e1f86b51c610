"""Photos that were chosen in a form which came back, as the site keeps them."""

from items.actions import kept_upload
from items.photos import picture
from tests import factories

COLOURS = ["red", "blue", "green", "black", "white", "yellow", "orange", "purple"]


def keep_photos(count, keeper, now=factories.NOW):
    """Keep so many different pictures; return what was kept."""
    files = [factories.picture(colour) for colour in COLOURS[:count]]
    clean = [(keeper.key_of(file), picture.read(file)) for file in files]
    return kept_upload.keep(clean, keeper, now=now)
