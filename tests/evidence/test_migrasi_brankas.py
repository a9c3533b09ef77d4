"""What an office had handed in before the vault came is in the vault after it, and no promise is lost on the way."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import make_satker, make_user, wib
from tests.test_pemicu import triggers_in_database

pytestmark = pytest.mark.django_db(transaction=True)
SEBELUM, SESUDAH = ("evidence", "0002_pemicu"), ("evidence", "0004_isi_brankas")


def migrate(tujuan: tuple[str, str]) -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate([tujuan])
    return MigrationExecutor(connection).loader.project_state([tujuan]).apps


@pytest.fixture
def dahulu() -> Iterator[Apps]:
    yield migrate(SEBELUM)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_files_and_links_get_their_stored_file_and_number(dahulu: Apps) -> None:
    satker, by = make_satker(), make_user()
    evidence = dahulu.get_model("evidence", "Evidence")
    umum = {
        "satker_id": satker.pk,
        "judul": "Laporan",
        "tanggal_dokumen": dt.date(2025, 6, 2),
        "diunggah_oleh_id": by.pk,
        "diunggah_pada": wib(2025, 6, 3),
    }
    berkas = {
        "jenis": "berkas",
        "berkas": "bukti/1503/ab/abc",
        "nama_berkas": "laporan.pdf",
        "tipe": "application/pdf",
        "ukuran": 12,
        "sha256": "ab" * 32,
    }
    pertama = evidence.objects.create(**umum, **berkas)
    tautan = evidence.objects.create(**umum, jenis="tautan", tautan="https://contoh.go.id")
    kembar = evidence.objects.create(**umum, **berkas)
    kini = migrate(SESUDAH).get_model("evidence", "Evidence")
    rows = {e.pk: e for e in kini.objects.select_related("simpanan")}
    assert [rows[e.pk].nomor for e in (pertama, tautan, kembar)] == [1, 2, 3]
    assert rows[tautan.pk].simpanan is None
    assert rows[pertama.pk].simpanan == rows[kembar.pk].simpanan
    assert rows[pertama.pk].simpanan.nama == "bukti/1503/ab/abc"


def test_going_back_keeps_the_triggers_that_were_there(dahulu: Apps) -> None:
    assert "evidence_evidence_tak_diubah" in triggers_in_database()
    assert "evidence_review_bukan_milik_sendiri" in triggers_in_database()
    assert "evidence_penarikan_tak_diubah" not in triggers_in_database()
