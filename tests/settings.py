"""The site's own settings, as `make run` has them, with what makes tests quick and strict."""

import atexit
import os
import shutil
import tempfile

os.environ["SECRET_KEY"] = "a key for tests only, no site ever runs with it, since it is public"
os.environ["HTTP_ONLY"] = "1"
os.environ["DEBUG"] = "0"
if "welfare-tests-" not in os.environ.get("VAR_DIR", ""):  # else a parent process made it
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="welfare-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if not os.environ["VAR_DIR"].endswith(worker):  # else a test of its own began this process
    os.environ["VAR_DIR"] = os.path.join(os.environ["VAR_DIR"], worker)
    os.makedirs(os.environ["VAR_DIR"], exist_ok=True)  # files of its own: some tests list them
os.environ["DEMO_PASSWORD_FILE"] = os.path.join(os.environ["VAR_DIR"], "demo-password")

from welfare.settings import *
from welfare.settings import DATABASES, INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES, VAR_DIR

# Zeal fails a request that asks the database the same question once per row.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each fault is its test's own: none is counted instead of being logged.
LOGGING["handlers"]["stderr"]["filters"].remove("once_per_minute")

# Static files come straight from their folders, nothing needs to be collected first.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: only there do WAL and the locks act as on the real site.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    # Rows that nobody put in an order come backwards, so that nothing can count on their order:
    # PostgreSQL promises none, and keeps to one until it doesn't.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA reverse_unordered_selects=ON"
    )
