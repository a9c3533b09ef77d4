"""All settings. Values come from the environment; zi_tracker/setelan.contoh.env lists every name.

ZI_MODE=development (the default) needs nothing: what is missing gets a value of its own under var/.
ZI_MODE=production has no default for anything that matters and stops with the names of what is missing.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import constants as level
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # everything a development install writes; git ignores it

env = environ.Env()

MODE = env.str("ZI_MODE", "development")
if MODE not in ("development", "production"):
    raise ImproperlyConfigured(f"ZI_MODE harus development atau production, bukan {MODE!r}.")
PRODUCTION = MODE == "production"

REQUIRED_IN_PRODUCTION = ["SECRET_KEY", "DATABASE_URL", "MEDIA_ROOT", "ALLOWED_HOSTS"]


def require(names: list[str], apa: str = "Mode produksi (ZI_MODE=production)") -> None:
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(f"{apa} belum lengkap. Isi variabel lingkungan: {', '.join(missing)}")


def read_development_secrets(path: Path) -> None:
    """Fill the environment from a file only its owner can read; the first start writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\n")
    environ.Env.read_env(path)


if PRODUCTION:
    require(REQUIRED_IN_PRODUCTION)
else:
    read_development_secrets(VAR_DIR / "rahasia.env")

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", False) and not PRODUCTION
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# A demo office on an invented day-to-day: never where real work is kept.
ZI_DEMO = env.bool("ZI_DEMO", False)
if ZI_DEMO and PRODUCTION:
    raise ImproperlyConfigured("ZI_DEMO tidak boleh menyala dalam mode produksi.")

# --- Application ---

INSTALLED_APPS = [
    "monev.apps.MonevConfig",
    "evidence.apps.EvidenceConfig",
    "actionplan.apps.ActionplanConfig",
    "accounts.apps.AccountsConfig",
    "accounts.apps.AdministrasiConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "zi_tracker.middleware.RoomyStack",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zi_tracker.middleware.AddressWithoutNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "zi_tracker.middleware.MethodNotAllowedPage",
    "evidence.middleware.RequestSizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SekaliTanya",
    "accounts.middleware.WajibGantiSandi",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SesiBerakhir",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "zi_tracker.urls"
WSGI_APPLICATION = "zi_tracker.wsgi.application"

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
                "monev.context.rangka",
            ],
        },
    },
]
# Form widgets are looked up in templates/ too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# The look of each kind of message: `.kabar--galat` and so on.
MESSAGE_TAGS = {level.INFO: "info", level.SUCCESS: "baik", level.WARNING: "ingat", level.ERROR: "galat"}

# --- Database and cache ---


def with_options(database: dict[str, Any]) -> dict[str, Any]:
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Writers wait for their turn at BEGIN; the default fails them at once with "database is locked".
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {**database, "OPTIONS": options}
    return {**database, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {
    "default": with_options(env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'zi.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Login rate limits count across processes. Several machines need one that they share (CACHE_URL).
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}")}

# --- Login ---

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.sesi.Pengenal"]
SESSION_ENGINE = "accounts.sesi"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"accounts.sandi.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "nama", "nip", "email")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.MasukForm", "change_password": "accounts.forms.GantiSandiForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# How many proxies stand before gunicorn: rate limits count the visitor, not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if PRODUCTION else 0)

# --- Words, dates ---

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia")]
FORMAT_MODULE_PATH = ["zi_tracker.formats"]
LOCALE_PATHS = [BASE_DIR / "zi_tracker/locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# --- Files ---

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Where evidence is kept: below MEDIA_ROOT, or on S3 (the extra `s3`). Below MEDIA_ROOT it arrives first, either way.
BUKTI_PENYIMPANAN = env.str("BUKTI_PENYIMPANAN", "lokal")
REQUIRED_FOR_S3 = ["BUKTI_S3_BUCKET", "BUKTI_S3_KEY_ID", "BUKTI_S3_SECRET"]


def evidence_store(jenis: str) -> dict[str, Any]:
    if jenis == "lokal":
        return {"BACKEND": "evidence.vault.LokalStorage"}
    if jenis != "s3":
        raise ImproperlyConfigured(f"BUKTI_PENYIMPANAN harus lokal atau s3, bukan {jenis!r}.")
    require(REQUIRED_FOR_S3, "Penyimpanan S3 (BUKTI_PENYIMPANAN=s3)")
    return {
        "BACKEND": "evidence.vault_s3.BuktiS3Storage",
        "OPTIONS": {
            "bucket_name": env.str("BUKTI_S3_BUCKET"),
            "access_key": env.str("BUKTI_S3_KEY_ID"),
            "secret_key": env.str("BUKTI_S3_SECRET"),
            "endpoint_url": env.str("BUKTI_S3_ENDPOINT", "") or None,  # empty: AWS itself
            "region_name": env.str("BUKTI_S3_REGION", "us-east-1"),
            "max_memory_size": 1024 * 1024,  # the rest of an opened file lies on disk, not in memory
            "file_overwrite": False,
        },
    }


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "bukti": evidence_store(BUKTI_PENYIMPANAN),
}

WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the files, half the time of the first start

# Uploads have no URL: a view asks who may see them. What is still arriving lies on the same file system,
# so that keeping it is a rename.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
FILE_UPLOAD_TEMP_DIR = MEDIA_ROOT / ".unggahan"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # typed text; files have limits of their own
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # more are no form of ours: refused unread
BUKTI_MAKS_BERKAS_KIRIM = 30  # those after it are dropped, each with a word
FILE_UPLOAD_HANDLERS = [
    "evidence.upload_handlers.NamesAsSentHandler",
    "evidence.upload_handlers.SizeLimitHandler",
    "evidence.upload_handlers.MemoryHandler",
    "evidence.upload_handlers.DiskHandler",
]
# How stored files go out: by Django, by nginx before it (X-Accel-Redirect), or downloads straight from S3.
BUKTI_PENYAJIAN = env.str("BUKTI_PENYAJIAN", "django")
if (BUKTI_PENYIMPANAN, BUKTI_PENYAJIAN) not in {
    ("lokal", "django"),
    ("lokal", "nginx"),
    ("s3", "django"),
    ("s3", "s3"),
}:
    raise ImproperlyConfigured(
        "BUKTI_PENYAJIAN harus django, nginx (hanya dengan BUKTI_PENYIMPANAN=lokal), atau s3 (hanya dengan "
        f"BUKTI_PENYIMPANAN=s3), bukan {BUKTI_PENYAJIAN!r}."
    )
BUKTI_S3_DETIK = 60  # how long an address on S3 opens a download
BUKTI_MAKS_MB = env.int("BUKTI_MAKS_MB", 50)  # one file
if BUKTI_PENYIMPANAN == "s3" and BUKTI_MAKS_MB > 5000:  # what S3 takes in one PUT
    raise ImproperlyConfigured("Dengan BUKTI_PENYIMPANAN=s3, BUKTI_MAKS_MB paling besar 5000.")
BUKTI_MAKS_KIRIM_MB = env.int("BUKTI_MAKS_KIRIM_MB", 5 * BUKTI_MAKS_MB)  # one request, all its files
BUKTI_MAKS_PUTARAN_MB = env.int("BUKTI_MAKS_PUTARAN_MB", 500)  # one round, all its files
BUKTI_MAKS_SATKER_MB = env.int("BUKTI_MAKS_SATKER_MB", 0)  # one office; 0: no limit but the disk
BUKTI_MAKS_UNGGAHAN = env.int("BUKTI_MAKS_UNGGAHAN", 20)  # begun and not finished, of one person
# Bawa Drive Anda: how many files one batch may hold, and how much they may come to, unpacked.
BUKTI_MAKS_IMPOR_BERKAS = env.int("BUKTI_MAKS_IMPOR_BERKAS", 1000)
BUKTI_MAKS_IMPOR_MB = env.int("BUKTI_MAKS_IMPOR_MB", 2000)
BUKTI_DIAM_DETIK = env.int("BUKTI_DIAM_DETIK", 20)  # an upload whose line is silent so long is let go
BUKTI_MAKS_PIKSEL = 80_000_000  # Pillow itself warns from 89 million on
BUKTI_PRATINJAU_PIKSEL = 2000
BUKTI_MAKS_ISI_ZIP_MB = 500
BUKTI_MAKS_BAGIAN_ZIP = 5000
BUKTI_MAKS_FOTO = 20  # photos in one PDF
# Bytes of a file's text that can be searched; PostgreSQL's index of one text ends at 1 MB.
BUKTI_MAKS_TEKS = 500_000
BUKTI_BACA_LANGSUNG_MB = env.int("BUKTI_BACA_LANGSUNG_MB", 5)  # larger files are read by baca_teks
# A stranger's file is opened in a process of its own: its memory, its processor seconds, what it may write.
BUKTI_KOTAK_MB = env.int("BUKTI_KOTAK_MB", 1024)
BUKTI_KOTAK_DETIK = 20
BUKTI_KOTAK_KELUARAN_MB = 100

# clamd: unix:/run/clamav/clamd.ctl or tcp:host:3310; empty: no scanner. While it does not answer, a new file is
# refused (tolak) or kept and not served until a rescan finds it clean (tandai).
PINDAI_ALAMAT = env.str("PINDAI_ALAMAT", "")
if PINDAI_ALAMAT and not re.fullmatch(r"unix:/.+|tcp:[^:/]+:\d+", PINDAI_ALAMAT):
    raise ImproperlyConfigured(
        f"PINDAI_ALAMAT harus berbentuk unix:/jalan/soket atau tcp:host:porta, bukan {PINDAI_ALAMAT!r}."
    )
PINDAI_KEBIJAKAN = env.str("PINDAI_KEBIJAKAN", "tolak")
if PINDAI_KEBIJAKAN not in ("tolak", "tandai"):
    raise ImproperlyConfigured(f"PINDAI_KEBIJAKAN harus tolak atau tandai, bukan {PINDAI_KEBIJAKAN!r}.")
PINDAI_BATAS_DETIK = env.int("PINDAI_BATAS_DETIK", 60)  # for one file, sending it included

# --- Browser ---

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the check marks of Bootstrap are data: pictures
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-src": [SELF],  # evidence is shown in a frame of our own page
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zi_tracker.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# gunicorn itself believes X-Forwarded-Proto, and only from FORWARDED_ALLOW_IPS (this machine by default).
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION

# --- Mail, log ---

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing is mailed yet

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"baris": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "baris"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    # Django's own set-up mails errors and prints some only under DEBUG.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Each step of each PDF, at INFO.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
