"""The WSGI entry point: `granian --interface wsgi welfare.wsgi:application`."""

import gc
import logging
import os
import signal
from multiprocessing import current_process

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welfare.settings")


def leave_ctrl_c_to_the_parent():
    """Keep Ctrl-C from granian's workers: one that hears it besides its parent never ends."""
    if current_process().name == "granian-worker" and hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def freeze_garbage_collector():
    """Keep the garbage collector from looking at the program again and again, amid a page."""
    get_resolver().url_patterns  # noqa: B018  loads the views, which stay as well
    gc.collect()
    gc.freeze()


def warn_of_plain_http():
    """Say loudly in the log that nothing is encrypted."""
    if settings.HTTP_ONLY:
        logging.getLogger(__name__).warning(
            "HTTP_ONLY=1: NO HTTPS. Passwords and names cross the network in the clear; "
            "this is for trying out on one machine."
        )


def warn_of_unguarded_database():
    """Say loudly in the log where the database lacks what guards the ledger; serve all the same."""
    from items.guards.checks import warn_of_unguarded  # only now are there models

    try:
        warn_of_unguarded(logging.getLogger(__name__))
    finally:
        connections.close_all()  # whoever serves opens their own


def cached(django):
    """Put the page cache before Django; whoever writes templates wants none."""
    from welfare.front.page_cache import PageCache  # only now is there a Django that it can import

    return django if settings.DEBUG else PageCache(django)


application = cached(get_wsgi_application())
leave_ctrl_c_to_the_parent()
freeze_garbage_collector()
warn_of_plain_http()
warn_of_unguarded_database()
