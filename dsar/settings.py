"""Django settings, derived from ``dsar.env`` and from nothing else."""

from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from dsar import env
from notifications.accounts import WrongAccount, accounts

ROOT = env.ROOT
DATA_DIR = env.data_dir()

SECRET_KEY = env.text(env.SECRET_KEY)
if not SECRET_KEY:
    raise env.WrongSetting("SECRET_KEY is not set: run `python -m dsar.env`, which generates it into .env.")
SECRET_KEY_FALLBACKS = env.words(env.SECRET_KEY_FALLBACKS)
MASTER_KEYS = [
    env.key(env.text(env.MASTER_KEY)),
    *(env.key(old, env.OLD_MASTER_KEYS) for old in env.words(env.OLD_MASTER_KEYS)),
]
DEBUG = env.yes(env.DEBUG)
PUBLIC_URL = env.url(env.PUBLIC_URL, "http", "https").rstrip("/")
ALLOWED_HOSTS = env.words(env.ALLOWED_HOSTS)
SECURE = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "workflow",
    "notifications",
    "dsar",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dsar.web.languages.InterfaceLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "dsar.urls"
WSGI_APPLICATION = "dsar.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "dsar.web.tags"],
        },
    }
]

# -- databases: the data, and the key store apart (left out of data backups) -------------


def _database(variable: str, filename: str) -> dict:
    address = env.url(variable, "postgresql", "postgres")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / filename,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # IMMEDIATE: a writer waits at BEGIN instead of failing at its first write.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                    "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;PRAGMA cache_size=-64000;"
                ),
            },
        }
    parts = urlsplit(address)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


DATABASES = {
    "default": _database(env.DATABASE_URL, "dsar.sqlite3"),
    "keys": _database(env.KEYS_DATABASE_URL, "keys.sqlite3"),
}
DATABASE_ROUTERS = ["workflow.models.routing.KeyStoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "dsar_cache"}}

# -- sealed files ---------------------------------------------------------------------


def _sealed_storage() -> dict:
    address = env.url(env.STORAGE_URL, "s3")
    if not address:
        return {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": DATA_DIR / "sealed"}}
    parts = urlsplit(address)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "BACKEND": "dsar.vault.storage.DurableBucket",
        "OPTIONS": {
            "bucket_name": parts.hostname,
            "location": parts.path.strip("/"),
            "endpoint_url": query.get("endpoint"),
            "region_name": query.get("region"),
        },
    }


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "media"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "sealed": _sealed_storage(),
}
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "dsar" / "static"]

# -- mail ------------------------------------------------------------------------------

MAILBOX = env.address(env.MAILBOX)
MAILBOX_ALIASES = [alias.lower() for alias in env.words(env.MAILBOX_ALIASES)]
CONTROLLER_NAME = env.text(env.CONTROLLER_NAME)
TRUSTED_RECEIVERS = [host.lower() for host in env.words(env.TRUSTED_RECEIVERS)]
AUTHSERV_ID = env.text(env.AUTHSERV_ID)
CHECK_DKIM = env.yes(env.CHECK_DKIM)
SIGNATURE_ROOTS = env.certificates(env.SIGNATURE_ROOTS)
CLAMD_URL = env.url(env.CLAMD_URL, "unix", "tcp")
MAX_MAIL_BYTES = env.integer(env.MAX_MAIL_MB, 1, 2000) * 1024 * 1024
OUTBOX_DIR = DATA_DIR / "outbox"
try:
    OUTGOING = accounts(env.text(env.OUTGOING_URL))
except WrongAccount as wrong:
    raise env.WrongSetting(str(wrong)) from None
OUTGOING_IS_FOLDER = not OUTGOING
OUTGOING_PER_MINUTE = env.integer(env.OUTGOING_PER_MINUTE, 1, 100_000)
OUTGOING_PER_RECIPIENT = env.integer(env.OUTGOING_PER_RECIPIENT, 1, 10_000)
DKIM = env.signing_key(env.DKIM_KEY), env.text(env.DKIM_SELECTOR)
EMAIL_TIMEOUT = 60
IMAP_URLS = env.text(env.IMAP_URLS).split()

# -- the doorbell ------------------------------------------------------------------------

BROKER_URL = env.url(env.BROKER_URL, "redis", "rediss", "redis+socket")

# -- people ------------------------------------------------------------------------------

AUTH_USER_MODEL = "workflow.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_ADAPTER = "dsar.web.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/10m/ip,5/5m/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# -- headers -------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "dsar-session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "dsar-csrf"
LANGUAGE_COOKIE_NAME = "dsar-language"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "no-referrer" if SECURE else "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["dsar.web.uploads.EncryptedUpload"]  # no readable copy of an upload on any disk
CSRF_FAILURE_VIEW = "dsar.web.errors.forged"

# -- language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [ROOT / "dsar" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# -- logs -----------------------------------------------------------------------------------------

LOGGING_CONFIG = "dsar.operations.logs.configure"
LOGGING = {"style": env.choice(env.LOG_FORMAT, "console", "json")}
