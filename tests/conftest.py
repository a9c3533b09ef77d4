"""What every test gets. Warnings are errors (pyproject.toml)."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

# The same examples each time: a red build can be repeated. No deadline: the machine may be busy.
hypothesis_settings.register_profile("zi", derandomize=True, deadline=None, print_blob=True)
hypothesis_settings.load_profile("zi")


LAMBAT = (
    "tests/akses/test_akses.py::TestAdmin",
    "tests/akses/test_akses.py::test_a_method_that_has_no_line_is_refused",
    "tests/akses/test_akses.py::test_an_object_that_never_was_is_not_found",
    "tests/akses/test_akses.py::test_answer",
    "tests/akses/test_tanpa_rahasia_bocor.py",
    "tests/evidence/test_berkas.py",
    "tests/evidence/test_content.py",
    "tests/evidence/test_foto.py",
    "tests/evidence/test_gambar.py",
    "tests/evidence/test_jadikan_pdf.py",
    "tests/evidence/test_impor",
    "tests/evidence/test_korpus.py",
    "tests/evidence/test_penyajian.py",
    "tests/evidence/test_penghapusan.py",
    "tests/evidence/test_periksa.py",
    "tests/evidence/test_pindai_bukti.py",
    "tests/evidence/test_pratinjau.py",
    "tests/evidence/test_pustaka.py::test_every_role_finds_what_it_may_see_and_nothing_else",
    "tests/evidence/test_salinan.py",
    "tests/evidence/test_simpan.py",
    "tests/evidence/test_teks.py",
    "tests/evidence/test_vault.py",
    "tests/evidence/test_migrasi_",
    "tests/monev/test_catatan_rahasia.py",
    "tests/monev/test_demo.py",
    "tests/monev/test_monev_command.py",
    "tests/monev/test_paket.py",
    "tests/monev/test_paket_impor.py",
    "tests/monev/test_report_files.py",
    "tests/monev/test_status_oracle.py",
    "tests/paralel/",
    "tests/zi_tracker/test_settings.py",
    "tests/zi_tracker/test_static.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(LAMBAT):
            item.add_marker(pytest.mark.lambat)


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings: Settings, tmp_path: Path) -> None:
    """One test's files and failed logins are never seen by the next."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = settings.MEDIA_ROOT / ".unggahan"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
    cache.clear()


_flush = TransactionTestCase._fixture_teardown


def _flush_past_the_triggers(case: TransactionTestCase) -> None:
    """A transactional test empties tables afterwards: on SQLite by DELETE, which our triggers refuse."""
    if connection.vendor != "sqlite":
        _flush(case)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        _flush(case)
        for _, sql in triggers:
            cursor.execute(sql)


TransactionTestCase._fixture_teardown = _flush_past_the_triggers  # type: ignore[method-assign]
