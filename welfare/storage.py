"""Static files storage: hashed names, and compressed where workers load them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class OwnFilesCompressed(CompressedManifestStaticFilesStorage):
    """Name each file by its content, and compress those that workers load.

    The admin's are for a few people at a desk: compressing them takes 16 s of CPU.
    """

    def compress_files(self, paths):
        return super().compress_files(path for path in paths if not path.startswith("admin/"))
