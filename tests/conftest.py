"""What every test gets. Warnings are errors (pyproject.toml)."""

import json
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from evidence import kotak
from evidence.isi.__main__ import DITOLAK, TERSANDUNG, TUGAS
from evidence.isi.jenis import Tolak

# The same examples each time: a red build can be repeated. No deadline: the machine may be busy.
hypothesis_settings.register_profile("zi", derandomize=True, deadline=None, print_blob=True)
hypothesis_settings.load_profile("zi")


LAMBAT = (
    "tests/akses/test_akses.py::TestAdmin",
    "tests/akses/test_akses.py::test_a_method_that_has_no_line_is_refused",
    "tests/akses/test_akses.py::test_an_object_that_never_was_is_not_found",
    "tests/akses/test_akses.py::test_answer",
    "tests/akses/test_akses.py::test_head_is_asked_wherever_get_is",
    "tests/akses/test_akses.py::test_no_address_breaks_a_page",
    "tests/akses/test_akses.py::test_no_query_breaks_a_page",
    "tests/akses/test_tanpa_rahasia_bocor.py",
    "tests/evidence/test_berkas.py",
    "tests/evidence/test_cari.py::test_letters_that_swell_in_the_index_fit_into_it",
    "tests/evidence/test_content.py",
    "tests/evidence/test_foto.py",
    "tests/evidence/test_gambar.py",
    "tests/evidence/test_jadikan_pdf.py",
    "tests/evidence/test_impor",
    "tests/evidence/test_jaringan.py",
    "tests/evidence/test_korpus.py",
    "tests/evidence/test_penyajian.py",
    "tests/evidence/test_penghapusan.py",
    "tests/evidence/test_periksa.py",
    "tests/evidence/test_pindai_bukti.py",
    "tests/evidence/test_pratinjau.py",
    "tests/evidence/test_pustaka.py",
    "tests/evidence/test_salinan.py",
    "tests/evidence/test_simpan.py",
    "tests/evidence/test_teks.py",
    "tests/evidence/test_tus.py",
    "tests/evidence/test_usulan_drive.py",
    "tests/evidence/test_vault.py",
    "tests/evidence/test_migrasi_",
    "tests/monev/test_catatan_rahasia.py",
    "tests/monev/test_demo.py",
    "tests/monev/test_migrasi_",
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


@pytest.fixture(scope="session", autouse=True)
def _locks_are_held() -> Iterator[None]:
    """A row locked outside the code's own transaction is held for nobody. PostgreSQL refuses it, but not inside the
    transaction that a test case opens around everything; SQLite never does."""
    as_sql = SQLCompiler.as_sql

    def watched(compiler: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        if compiler.query.select_for_update:
            blocks = compiler.connection.atomic_blocks
            assert any(not block._from_testcase for block in blocks), "select_for_update di luar transaksi"
        return as_sql(compiler, *args, **kwargs)

    SQLCompiler.as_sql = watched  # type: ignore[method-assign]
    yield
    SQLCompiler.as_sql = as_sql  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def _media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all: to make and remove a folder for each test took longer than many a test."""
    return tmp_path_factory.mktemp("media", numbered=False)


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings: Settings, _media: Path) -> Iterator[None]:
    """One test's files and failed logins are never seen by the next."""
    settings.MEDIA_ROOT = _media
    settings.FILE_UPLOAD_TEMP_DIR = _media / ".unggahan"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
    cache.clear()
    yield
    for satu in _media.iterdir():
        if satu != settings.FILE_UPLOAD_TEMP_DIR or any(satu.iterdir()):
            shutil.rmtree(satu)


@pytest.fixture(autouse=True)
def _without_the_box(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick tests look into files here; those marked `lambat` and `browser` in a process of its own, as the product."""
    if not any(request.node.get_closest_marker(nama) for nama in ("lambat", "browser")):
        monkeypatch.setattr(kotak, "_run", look_here)


def look_here(
    tugas: str, fds: list[int], isian: dict, detik: int, keluar: IO[bytes], galat: IO[bytes]
) -> int:
    """As kotak._run, without its limits."""
    try:
        hasil = import_module(TUGAS[tugas]).run([Path(f"/dev/fd/{fd}") for fd in fds], **isian)
    except Tolak as tolak:
        keluar.write(json.dumps([tolak.code, tolak.isian]).encode())
        return DITOLAK
    except Exception as salah:
        galat.write(repr(salah).encode())
        return TERSANDUNG
    keluar.write(hasil)
    return 0


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
