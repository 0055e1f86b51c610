"""Undoing what is done inside a block, acts included."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone():
    """Begin a transaction that is rolled back at its end, and in which acts may be done.

    An act is durable: it may stand in no transaction but a test's, which Django marks like this.
    """
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)
