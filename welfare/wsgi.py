"""The door for the web server: `granian --interface wsgi welfare.wsgi:application`."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welfare.settings")

application = get_wsgi_application()

if settings.HTTP_ONLY:
    logging.getLogger(__name__).warning(
        "HTTP_ONLY=1: NO HTTPS. Passwords and names cross the network in the clear; "
        "this is for trying out on one machine."
    )
