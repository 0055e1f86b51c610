"""What differs by place comes from the environment; the rest stands here.

Every setting has a safe default, but for SECRET_KEY, which nobody may guess.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", "") or BASE_DIR / "var")  # what this machine makes


def secret_key():
    """Return SECRET_KEY, or else the key that `make run` keeps in VAR_DIR."""
    kept = VAR_DIR / "secret-key"
    key = env.str("SECRET_KEY", "") or (kept.read_text().strip() if kept.exists() else "")
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give the site a long random one in the environment: "
            "SECRET_KEY=$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')"
        )
    return key


def database():
    """Return the database that DATABASE_URL names, or else SQLite in VAR_DIR."""
    if env.str("DATABASE_URL", ""):
        chosen = env.db_url("DATABASE_URL")
    else:
        chosen = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "db.sqlite3"}
    kind = "sqlite" if "sqlite" in chosen["ENGINE"] else "postgresql"
    options = {**DATABASE_OPTIONS[kind], **chosen.get("OPTIONS", {})}
    return {**DATABASE_HABITS[kind], **chosen, "OPTIONS": options}


DATABASE_OPTIONS = {
    "sqlite": {
        "timeout": 20,  # waiting for the one writer is unfair: some wait long
        "transaction_mode": "IMMEDIATE",  # no row locks: a transaction queues as it begins
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON",
    },
    "postgresql": {
        "connect_timeout": 3,
        # A server that is gone without a word is noticed
        "keepalives_idle": 5,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
    },
}
# A page waits no longer than this for a lock or an answer (welfare/wsgi.py); commands may.
PAGE_LIMITS = {
    "sqlite": {"timeout": 4},
    "postgresql": {"options": "-c lock_timeout=3s -c statement_timeout=10s"},
}
DATABASE_HABITS = {
    "sqlite": {"CONN_MAX_AGE": 60},  # connecting reads the schema with each trigger: 2 ms of CPU
    "postgresql": {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True},
}

# Who we are, and by which names we are called
SECRET_KEY = secret_key()
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTP_ONLY = env.bool("HTTP_ONLY", False)  # the loud exception: see "HTTPS" below
SITE_URL = env.str(  # absolute addresses come from here, never from the Host header
    "SITE_URL", f"{'http' if HTTP_ONLY else 'https'}://{ALLOWED_HOSTS[0].lstrip('.')}"
).rstrip("/")
# Where readers of the static edition find the site itself (manage.py publish_site); "" where they
# can't reach it, as on a plant's own network
PUBLIC_URL = env.str("PUBLIC_URL", "").rstrip("/")
ROOT_URLCONF = "welfare.urls"
WSGI_APPLICATION = "welfare.wsgi.application"

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "welfare",
    "items.apps.ItemsConfig",
    "simple_history",
    "ninja",  # the page of the API, with its style sheet and script
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# The first of them sees every answer last, also those that a later one cut short.
MIDDLEWARE = [
    "welfare.http.request_id.RequestId",
    "welfare.http.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "welfare.http.unavailable.Unavailable",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "welfare.front.middleware.PublicResponses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "welfare.http.middleware.LanguageFromPath",
    "django.middleware.common.CommonMiddleware",
    "welfare.http.middleware.HiddenOrigin",
    "django.middleware.csrf.CsrfViewMiddleware",
    "welfare.account.middleware.Authentication",
    "allauth.account.middleware.AccountMiddleware",
    "welfare.account.middleware.LoginRequired",
    "simple_history.middleware.HistoryRequestMiddleware",  # whose change it is
    "django.contrib.messages.middleware.MessageMiddleware",
    "welfare.http.middleware.RefusedPage",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data. ATOMIC_REQUESTS stays off: with IMMEDIATE each reading page would queue behind a save.
DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People. Every page needs a login, unless its view is marked `@public` (welfare/front/public.py).
AUTH_USER_MODEL = "items.Person"
AUTHENTICATION_BACKENDS = ["welfare.account.adapter.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS += [{"NAME": "welfare.account.password_validation.VisibleSigns"}]
ACCOUNT_ADAPTER = "welfare.account.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "welfare.account.forms.LoginForm",
    "reset_password": "welfare.account.forms.ResetForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # computers are shared: a login ends with the browser
# Logins are rate limited in welfare/account/login_limit.py: many phones share one address.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "reset_password": "200/h/ip,5/h/key",
}
SESSION_ENGINE = "welfare.account.sessions"
SESSION_COOKIE_AGE = (
    2 * 60 * 60
)  # without a sign of life; welfare/account/sessions.py ends it after 12 h
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
HEALTH_TOKEN = env.str("HEALTH_TOKEN", "")  # who sends it learns what /healthz found wrong
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)  # how many of ours stand before the site

# What all processes share: the counts of failed logins
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",  # made by a migration
        "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 10},
    }
}

# The table of drafts is sent as one form: 150 rows of 27 fields at most
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_200

# Letters out: EMAIL_URL=smtp+tls://user:password@host:587; without it no page promises one
MAIL_IS_SENT = bool(env.str("EMAIL_URL", ""))
if MAIL_IS_SENT:
    globals().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 10  # seconds; a page waits for the mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# Words and days
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files that never change: `make run` collects them, WhiteNoise serves them
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "welfare.storage.OwnFilesCompressed"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Photos lie outside every folder that is served; welfare/http/photos.py asks who may see each
MEDIA_ROOT = VAR_DIR / "media"

FILE_UPLOAD_HANDLERS = [
    "welfare.http.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Each day's heads of the ledgers and the key that signs them: outside the database, which they
# bear witness against (items/ledger/heads.py). Keep a copy of the folder elsewhere
LEDGER_DIR = Path(env.str("LEDGER_DIR", "") or VAR_DIR / "ledger")

# Where `manage.py tick` makes a backup each day; without it none is made (welfare/backup/). With a
# key, which `manage.py backup --new-key` makes, they are encrypted: keep it elsewhere as well
BACKUP_DIR = Path(env.str("BACKUP_DIR")) if env.str("BACKUP_DIR", "") else None
BACKUP_KEY = env.str("BACKUP_KEY", "")

# HTTPS, unless HTTP_ONLY=1 says loudly that there is none
SECURE_SSL_REDIRECT = not HTTP_ONLY
SECURE_HSTS_SECONDS = 0 if HTTP_ONLY else 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not HTTP_ONLY
SESSION_COOKIE_NAME = "sessionid" if HTTP_ONLY else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if HTTP_ONLY else "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # a worker's phone keeps it until the browser ends, not for a year
DEVICE_COOKIE_NAME = "device" if HTTP_ONLY else "__Host-device"  # welfare/account/known_browser.py
BROWSER_COOKIE_NAME = "browser" if HTTP_ONLY else "__Host-browser"  # welfare/suggestions/tokens.py
if env.str("SECURE_PROXY_SSL_HEADER", ""):  # such as X-Forwarded-Proto: only behind a proxy
    _header = env.str("SECURE_PROXY_SSL_HEADER").upper().replace("-", "_")
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{_header}", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: docs/decisions/0101-hsts.md
    "security.W021",  # HSTS preload: the same
    "urls.W005",  # large type is one namespace of two apps: docs/decisions/0805
]
if HTTP_ONLY:  # welfare/checks.py says all of it in one sentence
    SILENCED_SYSTEM_CHECKS += [f"security.{which}" for which in ("W004", "W008", "W012", "W016")]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'none'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
CSRF_FAILURE_VIEW = "welfare.http.errors.csrf_failure"

# The log goes to standard error; whoever runs the site keeps it (welfare/logs.py)
LOG_JSON = env.bool("LOG_JSON", False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "anonymous_stays": {"()": "welfare.logs.AnonymousStays"},
        "once_per_minute": {"()": "welfare.logs.OncePerMinute"},
    },
    "formatters": {"line": {"()": f"welfare.logs.{'JsonLine' if LOG_JSON else 'ShortLine'}"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["anonymous_stays", "once_per_minute"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},  # a page that isn't there is no event
    },
}

# When the warning light changes: points behind a straight line, and days before the deadline
LIGHT_RED_POINTS = env.int("LIGHT_RED_POINTS", 30)
LIGHT_YELLOW_POINTS = env.int("LIGHT_YELLOW_POINTS", 10)
LIGHT_YELLOW_DAYS = env.int("LIGHT_YELLOW_DAYS", 7)

# So many suggestions an hour from one address are usual; more are taken, into moderation
SUGGESTIONS_PER_ADDRESS = env.int("SUGGESTIONS_PER_ADDRESS", 400)
# So many mentions of suggestions an hour from one address are usual; more aren't counted
MENTIONS_PER_ADDRESS = env.int("MENTIONS_PER_ADDRESS", 400)

# For so many days after the answer a worker's contact is kept (manage.py tick)
CONTACT_DAYS = env.int("CONTACT_DAYS", 30)

# For so many days after the sign-off workers say whether it is done
VERDICT_DAYS = env.int("VERDICT_DAYS", 30)

# So many answers an hour from one address are usual; more are counted apart
VERDICTS_PER_ADDRESS = env.int("VERDICTS_PER_ADDRESS", 1000)

# For so many days after a hardship item's end its file is kept (manage.py tick)
CASE_DAYS = env.int("CASE_DAYS", 365)

# For so many days a ledger that was exported can be edited and brought back (manage.py tick)
EXPORT_DAYS = env.int("EXPORT_DAYS", 90)

# The numbers under which a site in China is filed, as its footer has to show them: with the
# Ministry of Industry (京ICP备…号), and with the police (京公网安备…号)
ICP_NUMBER = env.str("ICP_NUMBER", "")
PUBLIC_SECURITY_NUMBER = env.str("PUBLIC_SECURITY_NUMBER", "")
# Files by which WeChat and WeCom see whose site it is: MP_verify_x1.txt=x1,WW_verify_y2.txt=y2
VERIFICATION_FILES = env.dict("VERIFICATION_FILES", default={})

# The demonstration's accounts share a password that `manage.py demo` makes
DEMO_PASSWORD_FILE = env.str("DEMO_PASSWORD_FILE", str(BASE_DIR / ".demo-password"))
