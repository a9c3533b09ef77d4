import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from zi_tracker.settings import read_development_secrets, with_options

COMPLETE = {
    "ZI_MODE": "production",
    "SECRET_KEY": "x" * 25 + "abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "sqlite:///:memory:",
    "ALLOWED_HOSTS": "zi.contoh.go.id",
    "PINDAI_ALAMAT": "unix:/run/clamav/clamd.ctl",
}


def run_check(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_example_lists_every_name() -> None:
    ruang = settings.BASE_DIR / "zi_tracker"
    dibaca = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z0-9_]+)"', (ruang / "settings.py").read_text()))
    disebut = set(re.findall(r"^#?([A-Z0-9_]+)=", (ruang / "setelan.contoh.env").read_text(), re.MULTILINE))
    assert len(dibaca) > 30
    assert dibaca - disebut == set()


def test_production_stops_and_names_each_missing_variable() -> None:
    result = run_check({"ZI_MODE": "production", "ALLOWED_HOSTS": "zi.contoh.go.id"})

    assert result.returncode != 0
    assert result.stderr.strip().endswith("Isi variabel lingkungan: SECRET_KEY, DATABASE_URL, MEDIA_ROOT")


def test_production_takes_no_secret_of_a_development_install(tmp_path: Path) -> None:
    read_development_secrets(settings.VAR_DIR / "rahasia.env")
    without_key = {name: value for name, value in COMPLETE.items() if name != "SECRET_KEY"}

    result = run_check({**without_key, "MEDIA_ROOT": str(tmp_path)})

    assert result.stderr.strip().endswith("Isi variabel lingkungan: SECRET_KEY")


def test_production_with_everything_passes_djangos_own_deployment_check(tmp_path: Path) -> None:
    result = run_check({**COMPLETE, "MEDIA_ROOT": str(tmp_path)}, "--deploy", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr


def test_demo_is_refused_in_production(tmp_path: Path) -> None:
    result = run_check({**COMPLETE, "MEDIA_ROOT": str(tmp_path), "ZI_DEMO": "1"})

    assert "ZI_DEMO tidak boleh menyala dalam mode produksi." in result.stderr


S3 = {
    "BUKTI_PENYIMPANAN": "s3",
    "BUKTI_S3_BUCKET": "bukti-zi",
    "BUKTI_S3_KEY_ID": "kunci",
    "BUKTI_S3_SECRET": "rahasia",
}


def test_s3_asks_for_what_it_needs_by_name(tmp_path: Path) -> None:
    tanpa = {nama: nilai for nama, nilai in S3.items() if nama in ("BUKTI_PENYIMPANAN", "BUKTI_S3_KEY_ID")}
    result = run_check({**COMPLETE, **tanpa, "MEDIA_ROOT": str(tmp_path)})

    assert result.stderr.strip().endswith("Isi variabel lingkungan: BUKTI_S3_BUCKET, BUKTI_S3_SECRET")


@pytest.mark.parametrize(
    ("isian", "kata"),
    [
        ({"BUKTI_PENYIMPANAN": "ftp"}, "BUKTI_PENYIMPANAN harus lokal atau s3"),
        ({"BUKTI_PENYAJIAN": "s3"}, "BUKTI_PENYAJIAN harus django, nginx"),
        ({**S3, "BUKTI_PENYAJIAN": "nginx"}, "BUKTI_PENYAJIAN harus django, nginx"),
        ({**S3, "BUKTI_MAKS_MB": "5001"}, "BUKTI_MAKS_MB paling besar 5000"),
    ],
)
def test_a_store_that_cannot_work_is_refused(tmp_path: Path, isian: dict[str, str], kata: str) -> None:
    assert kata in run_check({**COMPLETE, **isian, "MEDIA_ROOT": str(tmp_path)}).stderr


def test_s3_that_serves_its_own_downloads_is_accepted(tmp_path: Path) -> None:
    result = run_check({**COMPLETE, **S3, "BUKTI_PENYAJIAN": "s3", "MEDIA_ROOT": str(tmp_path)})

    assert result.returncode == 0, result.stderr


def test_an_unknown_mode_is_refused() -> None:
    assert "ZI_MODE harus development atau production" in run_check({"ZI_MODE": "prod"}).stderr


def test_development_secrets_are_made_once_and_for_the_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "var" / "rahasia.env"

    read_development_secrets(path)
    first = path.read_text()
    read_development_secrets(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == first
    assert os.environ.pop("SECRET_KEY") in first


def test_sqlite_waits_for_its_turn_and_writes_ahead() -> None:
    database = with_options({"ENGINE": "django.db.backends.sqlite3", "NAME": "zi.sqlite3"})

    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_postgresql_keeps_its_connections() -> None:
    assert with_options({"ENGINE": "django.db.backends.postgresql"})["CONN_MAX_AGE"] == 60


@pytest.mark.django_db
def test_sqlite_options_reach_the_connection() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a rule of SQLite")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (1,)  # NORMAL


def test_uploads_arrive_on_the_file_system_they_stay_on() -> None:
    assert Path(settings.FILE_UPLOAD_TEMP_DIR).is_relative_to(settings.MEDIA_ROOT)
