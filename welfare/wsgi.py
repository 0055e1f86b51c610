"""The WSGI entry point: `welfare.wsgi:application`; `manage.py serve` is what starts it."""

import gc
import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welfare.settings")


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


def limit_waits():
    """Let no page wait for a lock or an answer of the database without end, as a command may."""
    database = connections["default"]
    options = database.settings_dict["OPTIONS"]
    for name, limit in settings.PAGE_LIMITS[database.vendor].items():
        both = name == "options" and name in options
        options[name] = f"{options[name]} {limit}" if both else limit


limit_waits()
application = get_wsgi_application()
freeze_garbage_collector()
warn_of_plain_http()
warn_of_unguarded_database()
