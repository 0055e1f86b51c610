"""The yardstick: one Django view without middleware, which answers with the bytes of a file."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

settings.configure(
    ALLOWED_HOSTS=["*"], DATABASES={}, MIDDLEWARE=[], ROOT_URLCONF=__name__, SECRET_KEY="x"
)
BYTES = Path(os.environ["BARE_BYTES"]).read_bytes()


HEADERS = {"Content-Encoding": "br", "Content-Length": str(len(BYTES))}


def view(request):
    return HttpResponse(BYTES, headers=HEADERS)


urlpatterns = [re_path("", view)]
application = get_wsgi_application()
