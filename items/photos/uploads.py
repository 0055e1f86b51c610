"""Uploads that came back: a picture that is clean already and kept, and one that is gone."""

import base64
from functools import cached_property
from io import BytesIO

from django.core.files import File
from django.utils.translation import ngettext

from items.photos.picture import Picture


class CleanUpload(File):
    """An upload that was made clean when its form came back; `key` is that of its row."""

    def __init__(self, key: int, picture: Picture):
        super().__init__(BytesIO(picture.large), name="photo.jpg")
        self.key, self.picture = key, picture

    @cached_property
    def thumbnail(self) -> str:
        """Return the small picture as a data URI: it needs no address that could be shared."""
        return "data:image/jpeg;base64," + base64.b64encode(self.picture.small).decode()


class LostUpload(File):
    """An upload that was kept and isn't there any more: it has to be chosen again."""

    def __init__(self, key: int):
        super().__init__(BytesIO(b""), name="photo.jpg")
        self.key = key


def choose_again(count: int) -> str:
    """Return the sentence that so many photos could not be kept."""
    sentence = ngettext(
        "Choose the photo again (%(n)d).", "Choose the photos again (%(n)d).", count
    )
    return sentence % {"n": count}
