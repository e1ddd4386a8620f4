"""Settings of the site: what differs between offices comes from the environment, secrets from `DUKAO_HOME`.

`DUKAO_HOME` (default `./var`) holds the embedded database, the documents and the keys; `DUKAO_DATABASE_URL`
names an office's PostgreSQL; `DUKAO_HOSTS` the names the site answers to, `DUKAO_HTTPS=1` says that it stands
behind TLS.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from dukao.home_folder import KEY_FILE, embedded_database, home_folder
from dukao.site.keys import read_secret

SITE = Path(__file__).resolve().parent
HOME = home_folder()
FILES = HOME / "files"
EMBEDDED = f"sqlite:///{embedded_database()}"
HTTPS = os.environ.get("DUKAO_HTTPS") == "1"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")

# What the site writes, the database and its WAL among it, is its owner's alone.
os.umask(0o077)

SECRET_KEY = read_secret(HOME / KEY_FILE)
DEBUG = False
# This machine always reaches its own site: the first request is the program's own.
_NAMED = [name.strip() for name in (os.environ.get("DUKAO_HOSTS") or "").split(",")]
ALLOWED_HOSTS = [*LOCAL_HOSTS, *(name for name in _NAMED if name and name not in LOCAL_HOSTS)]
ROOT_URLCONF = "dukao.site.urls"
WSGI_APPLICATION = "dukao.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

INSTALLED_APPS = [
    "dukao.site.history",
    "dukao.site.people",
    "dukao.site.archive",
    "dukao.site.ledger",
    "dukao.site.supervision",
    "dukao.site.home",
    "dukao.site.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dukao.site.people.middleware.WhoAsks",
    "dukao.site.api.problems.SayNotAllowed",
    "dukao.site.refusals.SayRefusals",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dukao.site.home.context.frame",
            ],
            "builtins": ["dukao.site.templatetags_builtin"],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(os.environ.get("DUKAO_DATABASE_URL") or EMBEDDED)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [SITE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dukao.site.people.passwords.NotOneselfValidator"},
    {"NAME": "dukao.site.people.passwords.LongEnoughValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "dukao.site.people.passwords.ThreeClassesValidator"},
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "home:home"
LOGOUT_REDIRECT_URL = "people:login"

# GB/T 22239-2019, level 3: five failures lock for ten minutes; a session nobody uses ends.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 10 / 60
AXES_LOCKOUT_PARAMETERS = ["username"]
# A right password is half of a log-in where a second factor is due: `locking` forgets failures after both.
AXES_RESET_ON_SUCCESS = False
AXES_LOCKOUT_CALLABLE = "dukao.site.people.views.locking.say_locked"
# Ten minutes from the fifth failure: whoever goes on guessing does not keep the owner out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
OTP_TOTP_ISSUER = "督考"
SECRET_HOURS = int(os.environ.get("DUKAO_SECRET_HOURS") or 72)  # a one-time secret is good for so long
SESSION_IDLE_SECONDS = int(os.environ.get("DUKAO_IDLE_MINUTES") or 30) * 60
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "dukao.site.refusals.say_stale_form"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Reminders leave the site only where an office has set this up; without it no network is used at all.
# DUKAO_MAIL=smtp://user:password@mail.example.gov.cn:25?tls=1 (tls: STARTTLS, ssl: TLS from the start).
_MAIL = urlsplit(os.environ.get("DUKAO_MAIL") or "")
_MAIL_SAYS = parse_qs(_MAIL.query)
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_PORT = _MAIL.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_MAIL.username or ""), unquote(_MAIL.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = "tls" in _MAIL_SAYS, "ssl" in _MAIL_SAYS
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DUKAO_MAIL_FROM") or "dukao@localhost"
# The https address of a group robot (浙政钉, 钉钉, 企业微信, 飞书), and its signing secret where it has one.
ROBOT_URL = os.environ.get("DUKAO_ROBOT") or ""
ROBOT_SECRET = os.environ.get("DUKAO_ROBOT_SECRET") or ""
ROBOT_TIMEOUT = 10
# The office's own language model, OpenAI-compatible: http://model.example:8000/v1. It may propose beside a
# draft, where a person asks it to; without an address nothing is sent, and nothing is missing.
MODEL_ADDRESS = (os.environ.get("DUKAO_MODEL_ADDRESS") or "").rstrip("/")
MODEL_NAME = os.environ.get("DUKAO_MODEL_NAME") or "default"
MODEL_KEY = os.environ.get("DUKAO_MODEL_KEY") or ""
MODEL_SECONDS = float(os.environ.get("DUKAO_MODEL_SECONDS") or 60)
# Every so many minutes `dukao serve` does what is due by itself; 0: a scheduled `dukao jobs` does it.
JOBS_MINUTES = int(os.environ.get("DUKAO_JOBS_MINUTES") or 5)
# How this site is reached, for links in mails: https://dukao.example.gov.cn
SITE_ADDRESS = (os.environ.get("DUKAO_ADDRESS") or "").rstrip("/")

# A file larger than this is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that is refused or not there is an answer, not a fault of the program.
    # Nor is a request under a foreign name, or a wrong password: its page says so, and the history.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
