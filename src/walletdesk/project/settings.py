"""Settings, from the environment with safe defaults. What a setting means stands in docs/operating/settings.md.

Two database roles: the application's (``DATABASE_URL``) owns nothing and cannot change a journal row; the owner's
(``DATABASE_OWNER_URL``) is used by ``walletdesk db migrate`` alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

DEMO = os.environ.get("WALLETDESK_DEMO") == "1"
HTTPS = os.environ.get("WALLETDESK_HTTPS", "0" if DEMO else "1") == "1"
DATA_FOLDER = Path(os.environ.get("WALLETDESK_DATA", ".walletdesk")).absolute()
DEBUG = False
SECRET_KEY = os.environ.get("WALLETDESK_SECRET_KEY", "only-for-tests-and-tools-that-serve-nobody")
ALLOWED_HOSTS = os.environ.get("WALLETDESK_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("WALLETDESK_ORIGINS", "").split(",") if o]
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("WALLETDESK_SECRET_KEY_BEFORE", "").split(",") if key]
AS_OWNER = os.environ.get("WALLETDESK_DB_ROLE") == "owner"


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or unquote(parts.hostname or "")
    pool = {"min_size": 1, "max_size": int(os.environ.get("WALLETDESK_DB_POOL", "28")), "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # after a restart of PostgreSQL the pool must not hand out its dead
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"options": "-c jit=off -c plan_cache_mode=force_generic_plan", **query}
        | ({} if AS_OWNER else {"pool": pool}),
        "TEST": {"NAME": unquote(parts.path.lstrip("/"))},
    }


_APP_URL = os.environ.get("DATABASE_URL", "postgresql://walletdesk_app@127.0.0.1:5432/walletdesk")
DATABASES = {"default": _database(os.environ.get("DATABASE_OWNER_URL", _APP_URL) if AS_OWNER else _APP_URL)}

ROOMS = [
    "walletdesk.foundation.i18n",
    "walletdesk.foundation.clock",
    "walletdesk.foundation.identity",
    "walletdesk.foundation.profiles",
    "walletdesk.foundation.idempotency",
    "walletdesk.foundation.outbox",
    "walletdesk.foundation.jobs",
    "walletdesk.foundation.audit",
    "walletdesk.foundation.files",
    "walletdesk.trust.api_keys",
    "walletdesk.trust.customers",
    "walletdesk.trust.staff",
    "walletdesk.trust.risk",
    "walletdesk.trust.official_contacts",
    "walletdesk.trust.verification",
    "walletdesk.trust.approvals",
    "walletdesk.money.ledger",
    "walletdesk.money.wallets",
    "walletdesk.money.merchants",
    "walletdesk.money.agreements",
    "walletdesk.money.payments",
    "walletdesk.money.refunds",
    "walletdesk.service.notifications",
    "walletdesk.service.cases",
    "walletdesk.service.freezes",
    "walletdesk.service.conversations",
    "walletdesk.service.oversight",
    "walletdesk.service.agent_actions",
    "walletdesk.service.hotline",
    "walletdesk.service.hotline.prompts",
    "walletdesk.service.workforce",
    "walletdesk.service.webhooks",
]
DOORS = [
    "walletdesk.doors._shared",
    "walletdesk.doors.public_web",
    "walletdesk.doors.customer_web",
    "walletdesk.doors.merchant_web",
    "walletdesk.doors.agent_console",
    "walletdesk.doors.supervisor_wall",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_cotton",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    *ROOMS,
    # Whoever migrates serves nobody: no door is open, nothing is heard and no task is looked for, which is most of a start.
    *([] if AS_OWNER else [*DOORS, "walletdesk.project.project_app"]),
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "" if AS_OWNER else "tasks"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "walletdesk.doors._shared.language.ReaderLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "walletdesk.doors._shared.refusal_pages.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "walletdesk.project.urls"
WSGI_APPLICATION = "walletdesk.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "walletdesk.doors._shared.page_context.page_context",
            ],
            "builtins": ["walletdesk.foundation.i18n.templatetags.say", "django.templatetags.static"],
        },
    }
]

# Signing in: docs/internals/sign-in.md.
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["walletdesk.foundation.identity.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "phone")},
    },
    {"NAME": "walletdesk.foundation.identity.password_words.GuessableValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/after-sign-in/"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # a name for allauth; signing up is ours (doors/public_web/sign_up.py)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
# Per address of the network only: what is counted per person is axes’ and ours, so that nobody can lock somebody else out.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "signup": "20/m/ip", "login_failed": "20/m/ip", "check": "30/m/ip"}
ACCOUNT_ADAPTER = "walletdesk.doors.public_web.sign_in.SignInAdapter"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_CALLABLE = "walletdesk.doors.public_web.sign_in.locked_out"
AXES_USERNAME_CALLABLE = "walletdesk.doors.public_web.sign_in.counted_name"
AXES_CLIENT_IP_CALLABLE = "walletdesk.doors._shared.place.counted_place_of"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("WALLETDESK_BEHIND_PROXY") or 0)

SESSION_ENGINE = "walletdesk.foundation.identity.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "walletdesk.doors._shared.refusal_pages.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_FOLDER / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

DEFAULT_FROM_EMAIL = os.environ.get("WALLETDESK_MAIL_FROM", "Walletdesk <service@walletdesk.example>")
if os.environ.get("WALLETDESK_SMTP"):
    _smtp = urlsplit(os.environ["WALLETDESK_SMTP"])
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "127.0.0.1", _smtp.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
    EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_FOLDER / "mail"

BANK_URL = os.environ.get("WALLETDESK_BANK_URL", "http://127.0.0.1:8021")
BANK_PATIENCE = float(
    os.environ.get("WALLETDESK_BANK_PATIENCE", "8")
)  # seconds over a whole exchange; then it is unknown
PUBLIC_URL = os.environ.get("WALLETDESK_PUBLIC_URL", "http://localhost:8000")
API_RATE = os.environ.get("WALLETDESK_API_RATE", "1000/10")  # requests of one key, in so many seconds, of all processes
API_URL = os.environ.get("WALLETDESK_API_INSIDE", PUBLIC_URL)  # where our own pages reach /v1

# Text messages: sandbox, twilio or aliyun, with what the provider needs (adapters/sms/choice.py). Web Push: whom to ask when
# something is wrong with our pushes, and push services beyond the known ones.
SMS_PROVIDER = os.environ.get("WALLETDESK_SMS", "sandbox")
SMS = {"url": "http://127.0.0.1:8022"} | {
    name.removeprefix("WALLETDESK_SMS_").lower(): given
    for name, given in os.environ.items()
    if name.startswith("WALLETDESK_SMS_")
}
PUSH_CONTACT = os.environ.get("WALLETDESK_PUSH_CONTACT", "mailto:service@walletdesk.example")
PUSH_SERVICES = tuple(one for one in os.environ.get("WALLETDESK_PUSH_SERVICES", "").split(",") if one)
PATIENCE_OUTSIDE = float(os.environ.get("WALLETDESK_PATIENCE", "8"))  # seconds over one exchange with them
# Webhooks go to public machines over https; this lets them go to this machine as well, and over http (the demo, tests).
WEBHOOK_LOOPBACK = os.environ.get("WALLETDESK_WEBHOOK_LOOPBACK", "1" if DEMO else "0") == "1"
WEBHOOK_PATIENCE = 15.0  # seconds over one whole exchange with a receiver
DEMO_POST_URL = os.environ.get("WALLETDESK_DEMO_POST", "")  # where the demo shows what it would have sent


def _listed(name: str, default: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in os.environ.get(name, default).split(",") if part.strip())


# The hotline's line to the telephone network. Loopback only, until it is told otherwise.
HOTLINE_SIP_HOST = os.environ.get("HOTLINE_SIP_HOST", "127.0.0.1")
HOTLINE_SIP_PORT = int(os.environ.get("HOTLINE_SIP_PORT", "5060"))
HOTLINE_SIP_LISTED = _listed("HOTLINE_SIP_LISTED", "127.0.0.1")
HOTLINE_PUBLIC_HOST = os.environ.get("HOTLINE_PUBLIC_HOST", "")
HOTLINE_NUMBERS = _listed("HOTLINE_NUMBERS", "hotline")
HOTLINE_TRUNK = os.environ.get("HOTLINE_TRUNK", "")
HOTLINE_CALLS_A_SECOND = float(os.environ.get("HOTLINE_CALLS_A_SECOND", "40"))
HOTLINE_MOST_CALLS = int(os.environ.get("HOTLINE_MOST_CALLS", "400"))
HOTLINE_DIAL_PREFIXES = _listed("HOTLINE_DIAL_PREFIXES", "")
HOTLINE_DIAL_REFUSED = _listed("HOTLINE_DIAL_REFUSED", "")
HOTLINE_TRANSFER_NUMBERS = _listed("HOTLINE_TRANSFER_NUMBERS", "")
HOTLINE_MEDIA_HOST = os.environ.get("HOTLINE_MEDIA_HOST", HOTLINE_SIP_HOST)
HOTLINE_MEDIA_PORTS = tuple(int(port) for port in os.environ.get("HOTLINE_MEDIA_PORTS", "20000-21999").split("-"))
HOTLINE_SHOWN_NUMBER = os.environ.get("HOTLINE_SHOWN_NUMBER", "95500")
HOTLINE_BROWSER_ADDRESSES = _listed("HOTLINE_BROWSER_ADDRESSES", "")
HOTLINE_JANUS = os.environ.get("HOTLINE_JANUS", "janus")
HOTLINE_MEDIA_LATCH = os.environ.get("HOTLINE_MEDIA_LATCH", "auto")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING_CONFIG = None
