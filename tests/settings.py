"""The settings of the product, with what would only make tests slow or depend on one another replaced."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "hanya-untuk-uji")
os.environ.setdefault("MEDIA_ROOT", tempfile.mkdtemp(prefix="zi-uji-"))

from zi_tracker.settings import *  # noqa: F403
from zi_tracker.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The live server knows no hashed names.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Each reading starts a child process; tests of the search ask for it themselves.
BUKTI_BACA_LANGSUNG_MB = 0
