"""Upload handler that limits each file's size: nobody fills the disk, whatever they send."""

from django.core.files.uploadhandler import FileUploadHandler

from items.photos.picture import MAX_FILE


class BoundedUploads(FileUploadHandler):
    """Let through as much of each file as shows that it is too large, and drop the rest."""

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start <= MAX_FILE else None

    def file_complete(self, file_size):
        """Leave the file to the handlers after this one."""
