"""Static files storage: hashed names, and compressed where workers load them."""

from pathlib import Path

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OwnFilesCompressed(CompressedManifestStaticFilesStorage):
    """Name each file by its content, and compress our own, which workers load.

    Those of our libraries, the admin's and the API page's, are for a few people at a desk:
    compressing them takes the first start a minute of CPU.
    """

    def compress_files(self, paths):
        return super().compress_files(path for path in paths if is_ours(path))


def is_ours(path: str) -> bool:
    """Tell whether a file, by its path without the hash of its content, stands in `static/`."""
    folder, _slash, _name = path.partition("/")
    return any((Path(own) / folder).exists() for own in settings.STATICFILES_DIRS)
