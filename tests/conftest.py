"""What every test gets. Warnings are errors (pyproject.toml)."""

from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

# The same examples each time: a red build can be repeated. No deadline: the machine may be busy.
hypothesis_settings.register_profile("zi", derandomize=True, deadline=None, print_blob=True)
hypothesis_settings.load_profile("zi")


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings: Settings, tmp_path: Path) -> None:
    """One test's files and failed logins are never seen by the next."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = settings.MEDIA_ROOT / ".unggahan"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
    cache.clear()
