"""What the database promises from 0007 on is given to the rows that were there, both ways, or said in words."""

import datetime as dt
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.evidence.test_migrasi_brankas import migrate
from tests.factories import make_satker, make_user, wib
from tests.test_pemicu import triggers_in_database

pytestmark = pytest.mark.django_db(transaction=True)
SEBELUM, SESUDAH = ("evidence", "0006_impor"), ("evidence", "0007_wajib")
BERKAS = {
    "jenis": "berkas",
    "berkas": "bukti/1503/ab/abc",
    "nama_berkas": "laporan.pdf",
    "tipe": "application/pdf",
    "ukuran": 12,
    "sha256": "ab" * 32,
}
TAUTAN = {"jenis": "tautan", "tautan": "https://contoh.go.id"}


@pytest.fixture
def dahulu() -> Iterator[Apps]:
    yield migrate(SEBELUM)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def throw_away() -> None:
    """Past the trigger, which 0007 brings back: a row in doubt must not keep the next test from beginning."""
    nama = "evidence_evidence_tak_dihapus"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {nama}")
        else:
            cursor.execute(f"DROP FUNCTION {nama} CASCADE")
        cursor.execute("DELETE FROM evidence_evidence")


class Lama:
    def __init__(self, apps: Apps) -> None:
        self.apps, self.satker, self.by = apps, make_satker(), make_user()

    def bukti(self, **fields: object):
        return self.apps.get_model("evidence", "Evidence").objects.create(
            satker_id=self.satker.pk,
            judul="Laporan",
            tanggal_dokumen=dt.date(2025, 6, 2),
            diunggah_oleh_id=self.by.pk,
            diunggah_pada=wib(2025, 6, 3),
            **fields,
        )

    def simpanan(self, sha256: str = BERKAS["sha256"]):
        return self.apps.get_model("evidence", "BerkasTersimpan").objects.create(
            satker_id=self.satker.pk,
            sha256=sha256,
            nama="bukti/1503/ab/lain",
            ukuran=12,
            tipe="application/pdf",
            disimpan_pada=wib(2025, 6, 3),
        )


def test_numbers_go_on_from_the_last_and_files_find_what_is_stored(dahulu: Apps) -> None:
    lama = Lama(dahulu)
    tersimpan = lama.simpanan()
    tanpa_nomor = lama.bukti(**TAUTAN)
    bernomor = lama.bukti(**TAUTAN, nomor=7)
    berkas = lama.bukti(**BERKAS)
    sendiri = lama.bukti(**{**BERKAS, "sha256": "cd" * 32, "berkas": "bukti/1503/cd/cd"}, nomor=3)
    rows = {e.pk: e for e in migrate(SESUDAH).get_model("evidence", "Evidence").objects.all()}
    assert [rows[e.pk].nomor for e in (tanpa_nomor, bernomor, berkas, sendiri)] == [8, 7, 9, 3]
    assert rows[berkas.pk].simpanan_id == tersimpan.pk
    assert rows[sendiri.pk].simpanan.nama == "bukti/1503/cd/cd"
    assert rows[tanpa_nomor.pk].simpanan_id is None


@pytest.mark.parametrize(
    ("fields", "kata"),
    [("simpanan", "berupa tautan tetapi menunjuk berkas tersimpan"), ("salinan_dari", "tetapi bukan PDF")],
)
def test_what_a_person_has_to_decide_stops_it_with_words(dahulu: Apps, fields: str, kata: str) -> None:
    lama = Lama(dahulu)
    nilai = lama.simpanan() if fields == "simpanan" else lama.bukti(**TAUTAN, nomor=1)
    rusak = lama.bukti(**TAUTAN, nomor=2, **{fields: nilai})
    with pytest.raises(CommandError, match=kata) as galat:
        migrate(SESUDAH)
    assert f"[{rusak.pk}]" in str(galat.value)
    assert "jalankan migrate lagi" in str(galat.value)
    throw_away()


def lost(migration: str) -> set[str]:
    """Of the triggers that the evidence room had at that migration."""
    ada = import_module(f"evidence.migrations.{migration}").PEMICU
    return {p.name for p in ada} - triggers_in_database()


def test_every_trigger_is_there_again_both_ways(dahulu: Apps) -> None:
    assert lost("0004_isi_brankas") == set()
    migrate(SESUDAH)
    assert lost("0007_wajib") == set()
