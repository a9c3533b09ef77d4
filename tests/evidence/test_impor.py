"""Bawa Drive Anda from the upload of a ZIP to the drafts, and what each bad ZIP is told."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Peran, User
from actionplan.models import RencanaAksi
from evidence import impor as alur
from evidence import impor_simpan
from evidence.models import BarisImpor, Evidence, Impor, Submission
from tests.evidence.berkas import gambar, pdf
from tests.factories import (
    make_indikator,
    make_member,
    make_rencana,
    make_satker,
    make_tenggat,
)

pytestmark = pytest.mark.django_db

SK = "AREA I/1. Komponen 1/I.1.1_SK Tim Kerja 03-02-2025.pdf"
NOTULEN = "AREA V/1. Komponen 5/V.1.1_Notulen rapat WBS 10 Juni 2025.pdf"
TANPA_TANGGAL = "AREA V/1. Komponen 5/V.1.2_Banner pengaduan.jpg"


def kemas(isi: dict[str, bytes], **cara: object) -> bytes:
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", **cara) as arsip:
        for nama, bita in isi.items():
            arsip.writestr(nama, bita)
    return keluar.getvalue()


def unggahan(isi: bytes, nama: str = "Drive ZI.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(nama, isi, "application/zip")


@pytest.fixture
def rencana() -> RencanaAksi:
    rencana = make_rencana(make_satker("1503"))
    bukti = {1: ["SK Tim Kerja"], 5: ["Notulen rapat WBS", "Banner pengaduan"]}
    for area, semua in bukti.items():
        for satu in semua:
            jatuh = dt.date(2025, 2, 28) if area == 1 else dt.date(2025, 6, 30)
            make_tenggat(
                make_indikator(rencana, area=area, bukti=(satu,)),
                mulai=dt.date(2025, 1, 1),
                jatuh_tempo=jatuh,
            )
    return rencana


@pytest.fixture
def ketua(rencana: RencanaAksi) -> User:
    return make_member(rencana.satker, Peran.KETUA_TIM)


@pytest.fixture
def isi() -> dict[str, bytes]:
    return {SK: pdf(tanda="sk"), NOTULEN: pdf(tanda="notulen"), TANPA_TANGGAL: gambar()}


def bawa(rencana: RencanaAksi, by: User, isi: dict[str, bytes]) -> Impor:
    """Read to its end."""
    batch = alur.begin_zip(rencana=rencana, by=by, upload=unggahan(kemas(isi)))
    while not alur.read_some(batch, detik=60).penuh:
        pass
    return Impor.objects.get(pk=batch.pk)


def baris(batch: Impor, jalur: str) -> BarisImpor:
    return batch.baris.get(jalur=jalur)


def pilih(batch: Impor, by: User, **ganti: object) -> impor_simpan.Galat:
    """As proposed, all of it; `ganti` speaks of the line without a date."""
    semua = {
        b.pk: impor_simpan.Pilihan("ambil", b.slot_id, b.tanggal_dokumen, b.judul)
        for b in batch.baris.filter(masalah="")
    }
    lain = baris(batch, TANPA_TANGGAL)
    isian = {
        "putusan": "ambil",
        "slot": lain.slot_id,
        "tanggal": dt.date(2025, 6, 2),
        "judul": lain.judul,
        **ganti,
    }
    semua[lain.pk] = impor_simpan.Pilihan(**isian)  # type: ignore[arg-type]
    return impor_simpan.save_choices(batch, by, semua)


def masukkan(batch: Impor, by: User) -> None:
    impor_simpan.begin_keeping(batch, by)
    while not impor_simpan.keep_some(batch, detik=60).penuh:
        pass


# --- The main way ---


def test_each_file_is_proposed_for_its_slot(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    usul = {b.jalur: (b.usul.bukti_fisik.uraian, b.keyakinan) for b in batch.baris.all()}
    assert usul == {
        SK: ("SK Tim Kerja", "pasti"),
        NOTULEN: ("Notulen rapat WBS", "pasti"),
        TANPA_TANGGAL: ("Banner pengaduan", "pasti"),
    }
    assert baris(batch, SK).putusan == "ambil"
    assert baris(batch, TANPA_TANGGAL).putusan == "belum"  # its date is missing


def test_what_is_confirmed_lies_in_drafts(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    assert pilih(batch, ketua) == {}
    masukkan(batch, ketua)
    batch.refresh_from_db()
    assert batch.dikonfirmasi_oleh == ketua
    assert Evidence.objects.count() == 3
    assert Submission.objects.drafts().count() == 3
    assert {b.evidence.judul for b in batch.baris.all()} == {
        "SK Tim Kerja",
        "Notulen rapat WBS",
        "Banner pengaduan",
    }
    assert baris(batch, SK).evidence.tanggal_dokumen == dt.date(2025, 2, 3)
