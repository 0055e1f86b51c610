"""Why the front answers in the site's stead."""

PROBLEMS = (400, 408, 411, 413, 429, 503, 507)  # statuses for which it has a page


class Stopped(Exception):
    """A request goes no further; `status` is that of the page which says why.

    `text` is what stands before the first file of a form that wasn't taken in, as a whole form.
    """

    def __init__(self, status: int, text: bytes = b""):
        super().__init__(status)
        self.status, self.text = status, text


class Cut(Exception):
    """Django's process ended, or took too long, before its answer was whole."""
