"""manage.py import_evidence, as an operator uses it at the machine."""

import datetime as dt
import errno
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Peran, User
from evidence import impor as alur
from evidence.models import Evidence, Impor, Submission
from evidence.periksa import sweep
from tests.evidence.berkas import gambar, pdf
from tests.evidence.drive import kemas, unggahan
from tests.evidence.test_impor import NOTULEN, SK, TANPA_TANGGAL, ketua, rencana
from tests.factories import make_member, make_user

__all__ = ["ketua", "rencana"]  # fixtures
pytestmark = pytest.mark.django_db

ISI = {SK: pdf(tanda="sk"), NOTULEN: pdf(tanda="notulen")}


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    akar = tmp_path / "Drive ZI"
    for jalur, isi in ISI.items():
        (akar / jalur).parent.mkdir(parents=True, exist_ok=True)
        (akar / jalur).write_bytes(isi)
    return akar


def jalankan(
    sumber: Path, oleh: User, *cara: str, satker: str = "1503", tahun: str = "2025"
) -> tuple[str, int]:
    """What it prints, and how it ends."""
    keluar = StringIO()
    perintah = [
        "import_evidence",
        "--satker",
        satker,
        "--tahun",
        tahun,
        "--oleh",
        oleh.username,
        *cara,
        str(sumber),
    ]
    try:
        call_command(*perintah, stdout=keluar)
    except CommandError as galat:
        return keluar.getvalue() + str(galat), galat.returncode
    return keluar.getvalue(), 0


def test_a_folder_waits_on_its_page_for_a_person(drive, rencana, ketua) -> None:
    teks, kode = jalankan(drive, ketua)
    batch = Impor.objects.get()
    assert f"/impor/{batch.pk}/" in teks
    assert (batch.nama_sumber, batch.oleh, kode) == ("Drive ZI", ketua, 0)
    assert not Evidence.objects.exists()


def test_the_proposal_is_printed(drive, rencana, ketua) -> None:
    teks, _ = jalankan(drive, ketua)
    assert f"pasti      {SK} → I.1.1 SK Tim Kerja, Juni (2025-02-03)" in teks


def test_konfirmasi_takes_what_is_certain_and_tells_the_rest(drive, rencana, ketua) -> None:
    (drive / TANPA_TANGGAL).write_bytes(gambar())
    teks, kode = jalankan(drive, ketua, "--konfirmasi")
    assert "2 berkas masuk ke draf" in teks
    assert "3 berkas: 2 pasti, 1 perlu dilihat, 0 dilewati, 0 tidak dapat diambil." in teks
    assert (kode, Evidence.objects.count(), Submission.objects.drafts().count()) == (1, 2, 2)


def test_konfirmasi_of_nothing_certain(tmp_path, rencana, ketua) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "IMG.jpg").write_bytes(gambar())
    teks, kode = jalankan(tmp_path / "d", ketua, "--konfirmasi")
    assert "Tidak ada yang pasti" in teks
    assert kode == 1


def test_periksa_keeps_nothing(drive, rencana, ketua) -> None:
    teks, kode = jalankan(drive, ketua, "--periksa")
    assert "berkasnya tidak disimpan" in teks
    assert Impor.objects.get().dibatalkan_pada
    assert kode == 0


def test_a_zip_is_read_as_well(tmp_path, rencana, ketua) -> None:
    (tmp_path / "drive.zip").write_bytes(kemas(ISI))
    teks, kode = jalankan(tmp_path / "drive.zip", ketua, "--konfirmasi")
    assert (kode, Evidence.objects.count()) == (0, 2), teks


def test_what_was_interrupted_goes_on(drive, rencana, ketua) -> None:
    asli, dibaca = alur.Pembaca.read, []

    def putus(pembaca: alur.Pembaca, baris: object) -> None:
        if dibaca:
            raise KeyboardInterrupt
        dibaca.append(baris)
        asli(pembaca, baris)  # type: ignore[arg-type]

    with mock.patch.object(alur.Pembaca, "read", putus):
        teks, kode = jalankan(drive, ketua)
    batch = Impor.objects.get()
    assert (kode, alur.progress(batch).selesai) == (130, 1)
    assert f"--lanjut {batch.pk}" in teks
    _, kode = jalankan(drive, ketua, "--lanjut", str(batch.pk))
    assert (kode, alur.progress(batch).penuh, Impor.objects.count()) == (0, True, 1)


@pytest.mark.parametrize(
    ("ganti", "kata"),
    [
        ({"satker": "9999"}, "Satker 9999 tidak dikenal"),
        ({"tahun": "2031"}, "tidak punya rencana aksi tahun 2031"),
    ],
)
def test_a_plan_that_is_not_there(drive, rencana, ketua, ganti, kata) -> None:
    teks, kode = jalankan(drive, ketua, **ganti)
    assert (kata in teks, kode) == (True, 2)


def test_a_person_who_is_not_there(drive, rencana) -> None:
    teks, kode = jalankan(drive, User(username="siapa"))
    assert ("Pengguna siapa tidak ada" in teks, kode) == (True, 2)


@pytest.mark.parametrize("peran", [Peran.TPI, Peran.SEKRETARIS, None])
def test_a_person_who_may_not(drive, rencana, peran) -> None:
    orang = make_member(rencana.satker, peran) if peran else make_user(is_staff=True, is_superuser=True)
    teks, kode = jalankan(drive, orang)
    assert ("Hanya" in teks, kode) == (True, 2)
    assert not Impor.objects.exists()


def test_a_source_that_is_not_there(tmp_path, rencana, ketua) -> None:
    teks, kode = jalankan(tmp_path / "tidak ada", ketua)
    assert ("bukan folder dan bukan ZIP" in teks, kode) == (True, 2)


def test_a_source_that_is_no_zip(tmp_path, rencana, ketua) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())
    teks, kode = jalankan(tmp_path / "a.pdf", ketua)
    assert ("bukan ZIP" in teks, kode) == (True, 2)


def test_a_folder_that_cannot_be_opened(drive, rencana, ketua) -> None:
    tertutup = PermissionError(13, "Permission denied", "AREA IV")
    with mock.patch("os.scandir", side_effect=tertutup):
        teks, kode = jalankan(drive, ketua)
    assert ("tidak dapat dibaca seluruhnya" in teks, "AREA IV" in teks, kode) == (True, True, 2)


def test_a_zip_that_cannot_be_read_to_its_end(tmp_path, rencana, ketua) -> None:
    (tmp_path / "drive.zip").write_bytes(kemas(ISI))
    with mock.patch("django.core.files.base.File.chunks", side_effect=OSError(errno.EIO, "I/O error")):
        teks, kode = jalankan(tmp_path / "drive.zip", ketua)
    assert ("Sumbernya tidak dapat dibaca seluruhnya, perangkatnya gagal" in teks, kode) == (True, 2)


@pytest.mark.parametrize("nama", ["drive.zip", "Drive ZI"])
def test_a_working_folder_that_is_read_only_is_not_the_sources_fault(drive, rencana, ketua, nama) -> None:
    (drive.parent / "drive.zip").write_bytes(kemas(ISI))
    hanya_baca = OSError(errno.EROFS, "Read-only file system", str(alur.root() / "00"))
    with mock.patch.object(Path, "mkdir", side_effect=hanya_baca):
        teks, kode = jalankan(drive.parent / nama, ketua)
    assert "Sumbernya tidak dapat dibaca" not in teks
    assert f"aplikasi ini tidak dapat dipakai, tempatnya hanya dapat dibaca: {alur.root() / '00'}." in teks
    assert (kode, Impor.objects.exists()) == (2, False)


# --- The sweep ---


def sapu(hari: int, *, coba: bool = False) -> list[str]:
    kelak = timezone.now() + dt.timedelta(days=hari)
    return [s.nama for s in sweep(kelak, coba=coba) if s.apa == "folder impor"]


def test_files_of_an_expired_batch_are_swept(rencana, ketua) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(ISI)))
    folder = alur.folder_of(batch.kunci)
    assert sapu(6) == []
    assert sapu(8, coba=True) == [folder.name]
    assert folder.exists()
    assert sapu(8) == [folder.name]
    assert not folder.exists()


def test_a_folder_that_no_row_names_is_swept_after_a_day(rencana) -> None:
    yatim = alur.root() / "00ff"
    yatim.mkdir(parents=True)
    (yatim / "sumber.zip").write_bytes(b"x")
    assert sapu(0) == []
    assert sapu(2) == ["00ff"]
