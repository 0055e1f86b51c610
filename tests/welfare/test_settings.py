"""The settings as a site has them: each test starts a Python of its own, with its environment."""

import json
import os
import subprocess
import sys
from functools import cache

import pytest
from django.conf import settings as site
from django.core.exceptions import ImproperlyConfigured

pytestmark = pytest.mark.slow

PRODUCTION = {
    "SECRET_KEY": "7Hq-long-and-random-" + "wX3kd9Zp" * 6,
    "ALLOWED_HOSTS": "welfare.example",
    "DATABASE_URL": "sqlite://:memory:",
}
PRINT = """
import json, django
django.setup()
from django.conf import settings
from django.db import connection
"""


def python(*args, **environment):
    """Run Python with this environment and no other settings of ours."""
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "welfare.settings"}
    return subprocess.run(
        [sys.executable, *args],
        cwd=site.BASE_DIR,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """Return the environment of a site whose static files are collected."""
    environment = {**PRODUCTION, "VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    done = python("manage.py", "collectstatic", "--no-input", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return environment


def read(expression, **environment):
    """Return what `expression` is on a site with this environment."""
    done = python("-c", f"{PRINT}print(json.dumps({expression}))", **{**PRODUCTION, **environment})
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_site_without_a_key_refuses_to_start(tmp_path):
    done = python("-c", "import welfare.wsgi", VAR_DIR=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        f"{ImproperlyConfigured.__module__}.ImproperlyConfigured: SECRET_KEY is not set."
    )


def test_production_passes_the_check_for_deployment(production, tmp_path):
    whole = production | {
        "LEDGER_DIR": str(tmp_path / "ledger"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/data/db.sqlite3",
        "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
        "DEFAULT_FROM_EMAIL": "list@welfare.example",
    }
    (tmp_path / "data").mkdir()

    done = python("manage.py", "check", "--deploy", "--fail-level", "DEBUG", **whole)

    assert done.stderr == ""
    assert done.stdout == "System check identified no issues (3 silenced).\n"
    assert done.returncode == 0


def test_http_only_does_not_pass_it():
    # The negative control: the check does look at our settings.
    done = python(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, HTTP_ONLY="1"
    )

    assert done.returncode == 1
    assert "welfare.W001" in done.stderr


COOKIES = """{cookie: [getattr(settings, f"{cookie}_COOKIE_{part}") for part in
    ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")] for cookie in ("SESSION", "CSRF")
}"""

HTTPS = "[settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS, settings.DEBUG]"


# A site with everything of its own
FULL = {
    "SITE_URL": "https://welfare.example:8443/",
    "SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto",
    "DATABASE_URL": "postgres://w:s3cret@db.example:5433/welfare",
}


@cache  # a Python for each environment, not for each test
def habits(**environment):
    """Return what a site with this environment does about HTTPS, its address and its database."""
    others = (
        '"browser": settings.BROWSER_COOKIE_NAME, "address": settings.SITE_URL, '
        '"proxy": getattr(settings, "SECURE_PROXY_SSL_HEADER", None), '
        '"database": settings.DATABASES["default"]'
    )
    asked = f'{{"cookies": {COOKIES}, "https": {HTTPS}, {others}}}'
    return read(asked, **environment)


def test_cookies_belong_to_https_and_this_host_alone():
    usual = [True, True, "Lax", "/", None]

    assert habits()["cookies"] == {
        "SESSION": ["__Host-sessionid", *usual],
        "CSRF": ["__Host-csrftoken", *usual],
    }


def test_cookies_are_plain_where_there_is_no_https():
    usual = [False, True, "Lax", "/", None]

    assert habits(HTTP_ONLY="1")["cookies"] == {
        "SESSION": ["sessionid", *usual],
        "CSRF": ["csrftoken", *usual],
    }


def test_browsers_cookie_belongs_to_this_host_alone():
    assert habits()["browser"] == "__Host-browser"
    assert habits(HTTP_ONLY="1")["browser"] == "browser"


def test_https_is_the_default():
    assert habits()["https"] == [True, 31_536_000, False]


def test_http_only_has_no_redirect_and_no_hsts():
    assert habits(HTTP_ONLY="1")["https"] == [False, 0, False]


def test_http_only_is_said_loudly(production):
    done = python("-c", "import welfare.wsgi", **production, HTTP_ONLY="1")

    assert done.stderr.startswith("WARNING welfare.wsgi: HTTP_ONLY=1: NO HTTPS.")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "https://welfare.example"),
        ({"HTTP_ONLY": "1"}, "http://welfare.example"),
        (FULL, "https://welfare.example:8443"),
    ],
)
def test_absolute_addresses_come_from_a_setting(environment, address):
    assert habits(**environment)["address"] == address


def test_proxy_is_trusted_only_where_it_is_named():
    assert habits()["proxy"] is None
    assert habits(**FULL)["proxy"] == ["HTTP_X_FORWARDED_PROTO", "https"]


PRAGMAS = """{name: connection.cursor().execute(f"PRAGMA {name}").fetchone()[0] for name in
    ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")}"""
MODE = 'connection.settings_dict["OPTIONS"]["transaction_mode"]'


def test_key_and_sqlite_may_lie_in_the_folder_of_the_machine(tmp_path):
    """SQLite is set for many readers and no loss."""
    full = 2
    (tmp_path / "secret-key").write_text("kept by make run\n")
    own = {"SECRET_KEY": "", "DATABASE_URL": "", "VAR_DIR": str(tmp_path)}

    key, pragmas, mode = read(f"[settings.SECRET_KEY, {PRAGMAS}, {MODE}]", **own)

    assert key == "kept by make run"
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
        "secure_delete": 1,
    }
    assert mode == "IMMEDIATE"
    assert (tmp_path / "db.sqlite3").exists()


def test_postgresql_is_kept_open_and_looked_after():
    database = habits(**FULL)["database"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "w",
        "s3cret",
        "db.example",
        5433,
        "welfare",
    ]
    assert database["CONN_MAX_AGE"] == 60
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"]["connect_timeout"] == 3
    assert database["OPTIONS"]["tcp_user_timeout"] == 10_000
    assert database["ATOMIC_REQUESTS"] is False


def test_https_site_starts_without_a_word_and_logs_a_wrong_host_in_a_line(production):
    code = """import welfare.wsgi
from django.test import Client
Client().get("/admin/", headers={"host": "evil.example"})"""

    done = python("-c", code, **production)

    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("ERROR django.security.DisallowedHost [")
    assert "Invalid HTTP_HOST header GET" in done.stderr
    assert "evil" not in done.stderr


def test_log_is_json_on_a_switch(production):
    code = """import welfare.wsgi
from django.test import Client
Client().get("/admin/", headers={"host": "evil.example"})"""

    done = python("-c", code, **production, LOG_JSON="1")

    assert json.loads(done.stderr)["message"] == "Invalid HTTP_HOST header"
