"""verify_evidence finds what is missing, changed or not ours; sweep_evidence removes what was never completed."""

import datetime as dt
import errno
import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from evidence import impor, periksa, pratinjau, vault
from evidence.intake import describe, keep_file
from evidence.models import BerkasTersimpan, Evidence
from evidence.periksa import Catatan, Posisi
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.gudang import di_s3, gudang, server_s3
from tests.evidence.test_intake import HARI, KAPAN, terima, tersimpan
from tests.evidence.test_vault import simpan, taruh
from tests.factories import make_member, make_satker

__all__ = ["di_s3", "gudang", "server_s3"]
DUA_HARI = dt.timedelta(days=2)


def periksalah(*args: str) -> tuple[int, str]:
    """Exit code, and all that was said."""
    keluar = StringIO()
    try:
        call_command("verify_evidence", *args, stdout=keluar)
    except CommandError as galat:
        return galat.returncode, keluar.getvalue() + str(galat)
    return 0, keluar.getvalue()


def sapu(*args: str) -> str:
    keluar = StringIO()
    call_command("sweep_evidence", *args, stdout=keluar)
    return keluar.getvalue()


def terimalah(kantor: Kantor, tanda: str = "") -> Evidence:
    return terima(kantor.satker, kantor.anggota, berkas.pdf(tanda=tanda))


@pytest.fixture
def lusa(monkeypatch: pytest.MonkeyPatch) -> None:
    """For us it is two days later; for the disk and the S3 server, on this same machine, it is not."""
    asli = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: asli() + DUA_HARI)


def test_all_is_well(kantor: Kantor, gudang: str) -> None:
    for tanda in "abc":
        terimalah(kantor, tanda)
    kode, kata = periksalah()
    assert (kode, "3 berkas diperiksa" in kata, "semuanya utuh" in kata) == (0, True, True)


def test_an_empty_store_is_well(db: None) -> None:
    assert periksalah()[0] == 0


def test_what_is_missing_is_told(kantor: Kantor, gudang: str) -> None:
    bukti = terimalah(kantor)
    vault.remove(bukti.simpanan.nama)
    kode, kata = periksalah()
    assert kode == 1
    assert f"HILANG: {bukti.simpanan.nama} ({kantor.satker.kode} nomor {bukti.nomor})" in kata


@pytest.mark.parametrize("isi", [b"lain sekali", None], ids=["ukuran lain", "satu bita lain"])
def test_what_was_changed_is_told(kantor: Kantor, gudang: str, isi: bytes | None) -> None:
    bukti = terimalah(kantor)
    asli = b"".join(vault.chunks(bukti.simpanan.nama))
    taruh(bukti.simpanan.nama, isi or asli[:-1] + b"X")
    kode, kata = periksalah()
    assert (kode, f"BERUBAH: {bukti.simpanan.nama}" in kata) == (1, True)


def test_what_was_erased_by_law_is_not_missed(kantor: Kantor, gudang: str) -> None:
    bukti = terimalah(kantor)
    BerkasTersimpan.objects.update(dihapus_pada=KAPAN)
    assert "MASIH ADA SESUDAH DIHAPUS" in periksalah()[1]
    vault.remove(bukti.simpanan.nama)
    assert periksalah()[0] == 0


def test_a_piece_that_says_otherwise_than_its_stored_file_is_told(kantor: Kantor) -> None:
    Evidence.objects.create(
        simpanan=terimalah(kantor).simpanan,
        nomor=99,
        satker=kantor.satker,
        jenis="berkas",
        judul="x",
        tanggal_dokumen=HARI,
        berkas="bukti/x",
        nama_berkas="x.pdf",
        tipe="application/pdf",
        ukuran=1,
        sha256="ab" * 32,
        diunggah_oleh=kantor.anggota,
        diunggah_pada=KAPAN,
    )
    kode, kata = periksalah()
    assert (kode, kata.count("CATATANNYA TIDAK COCOK")) == (1, 1)


def test_what_no_row_names_is_told_after_a_day(kantor: Kantor, gudang: str, time_machine: object) -> None:
    terimalah(kantor)
    nama = simpan(b"yatim", kantor.satker.kode)
    assert periksalah()[0] == 0
    time_machine.move_to(timezone.now() + DUA_HARI, tick=False)
    kode, kata = periksalah()
    assert (kode, f"TANPA CATATAN: {nama}" in kata, kata.count("TANPA CATATAN")) == (1, True, 1)


def test_a_stranger_s_file_is_told_apart(kantor: Kantor, gudang: str, lusa: None) -> None:
    taruh("bukti/catatan.txt", b"x")
    assert "BUKAN DARI ZI TRACKER: bukti/catatan.txt" in periksalah()[1]


def test_one_office_alone(kantor: Kantor, gudang: str, lusa: None) -> None:
    lain = make_satker()
    rusak = terima(lain, make_member(lain), berkas.pdf())
    vault.remove(rusak.simpanan.nama)
    simpan(b"yatim", lain.kode)
    terimalah(kantor)
    assert periksalah("--satker", kantor.satker.kode)[0] == 0
    assert periksalah("--satker", lain.kode)[0] == 1
    assert periksalah("--satker", "tidak ada") == (2, "Satker tidak ada tidak dikenal.")


# --- Interrupted ---


def test_an_interrupted_walk_goes_on(
    kantor: Kantor, gudang: str, lusa: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted at every file in turn; at the end all was looked at once and every fault is counted."""
    bukti = [terimalah(kantor, tanda) for tanda in "abcd"]
    vault.remove(bukti[1].simpanan.nama)
    yatim = [simpan(isi, kantor.satker.kode) for isi in (b"x", b"y")]
    dilihat: list[str] = []
    asli, walk = periksa.check, periksa.unrecorded

    def sekali(nama: str) -> None:
        if len(dilihat) < 6 and nama not in dilihat:
            dilihat.append(nama)
            raise KeyboardInterrupt

    def check(simpanan: BerkasTersimpan) -> object:
        sekali(simpanan.nama)
        return asli(simpanan)

    def unrecorded(*args: object, **kwargs: object) -> object:
        for satu, temuan in walk(*args, **kwargs):
            if satu.nama in yatim:
                sekali(satu.nama)
            yield satu, temuan

    monkeypatch.setattr(periksa, "check", check)
    monkeypatch.setattr(periksa, "unrecorded", unrecorded)
    kode = [periksalah()[0]]
    while kode[-1] == 130:
        akhir = periksalah("--lanjut")
        kode.append(akhir[0])
    assert kode == [130] * 6 + [1]
    assert "4 berkas diperiksa" in akhir[1]
    assert ("1 hilang" in akhir[1], "2 tanpa catatan" in akhir[1]) == (True, True)
    assert not Catatan(None).path.exists()


def test_a_killed_walk_has_left_its_position(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periksa, "JEDA_CATAT", 0)
    for tanda in "abc":
        terimalah(kantor, tanda)
    asli = periksa.check

    def check(simpanan: BerkasTersimpan) -> object:
        if simpanan.pk == BerkasTersimpan.objects.order_by("pk").last().pk:
            raise SystemExit  # nobody catches it
        return asli(simpanan)

    monkeypatch.setattr(periksa, "check", check)
    with pytest.raises(SystemExit):
        periksalah()
    assert json.loads(Catatan(None).path.read_text())["diperiksa"] == 2
    monkeypatch.setattr(periksa, "check", asli)
    assert "3 berkas diperiksa" in periksalah("--lanjut")[1]


def test_nothing_to_go_on_with_begins_anew(kantor: Kantor) -> None:
    terimalah(kantor)
    Catatan(None).path.write_text("rusak")
    assert "1 berkas diperiksa" in periksalah("--lanjut")[1]


def test_a_position_of_another_kind_begins_anew(kantor: Kantor) -> None:
    terimalah(kantor)
    Catatan(None).path.write_text('{"berkas": "x"}')
    assert "dimulai dari awal" in periksalah("--lanjut")[1]


def test_a_store_that_cannot_be_listed_is_told_and_goes_on_later(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    terimalah(kantor)

    def tertutup(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as m:
        m.setattr(vault.LokalStorage, "walk", tertutup)
        kode, kata = periksalah()
    assert (kode, "Isi penyimpanan tidak dapat didaftar" in kata) == (3, True)
    assert "Diteruskan: 1 berkas sudah diperiksa." in periksalah("--lanjut")[1]


@pytest.fixture
def hanya_baca(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is mounted to be read; position is tried to be kept at every file."""

    def ditolak(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(periksa, "JEDA_CATAT", 0)
    for cara in ("write_text", "unlink", "replace"):
        monkeypatch.setattr(Path, cara, ditolak)


@pytest.mark.parametrize(("hilang", "kode"), [(False, 0), (True, 1)])
def test_a_store_that_can_only_be_read_is_verified_all_the_same(
    kantor: Kantor, capsys: pytest.CaptureFixture, request: pytest.FixtureRequest, hilang: bool, kode: int
) -> None:
    bukti = [terimalah(kantor, tanda) for tanda in "abc"]
    if hilang:
        vault.remove(bukti[0].simpanan.nama)
    request.getfixturevalue("hanya_baca")
    hasil, kata = periksalah()
    assert (hasil, "3 berkas diperiksa" in kata) == (kode, True)
    pesan = "Posisi pemeriksaan tidak dapat disimpan: tempatnya hanya dapat dibaca."
    assert capsys.readouterr().err.count(pesan) == 1


def test_where_no_position_is_kept_an_interrupted_walk_begins_anew(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    def check(_: BerkasTersimpan) -> None:
        raise KeyboardInterrupt

    terimalah(kantor)
    request.getfixturevalue("hanya_baca")
    monkeypatch.setattr(periksa, "check", check)
    assert periksalah() == (130, "Diputus. Ulangi dari awal.")


def test_the_walk_begins_anew_unless_told(kantor: Kantor) -> None:
    bukti = terimalah(kantor)
    Catatan(None).write(Posisi(berkas=bukti.simpanan.pk, diperiksa=1), segera=True)
    vault.remove(bukti.simpanan.nama)
    assert periksalah()[0] == 1


def test_the_number_of_queries_grows_with_hundreds_only(
    kantor: Kantor, django_assert_num_queries: object
) -> None:
    for tanda in "abcdef":
        terimalah(kantor, tanda)
    # sum; two pages of rows; mismatches; files and pieces of a page of names
    with django_assert_num_queries(6):
        periksalah()


# --- Sweeping ---


def tua(path: Path) -> Path:
    lama = (timezone.now() - DUA_HARI).timestamp()
    os.utime(path, (lama, lama))
    return path


def test_what_was_never_completed_is_removed_after_a_day(
    kantor: Kantor, gudang: str, settings: object, time_machine: object
) -> None:
    bukti = terimalah(kantor)
    yatim = simpan(b"yatim", kantor.satker.kode)
    path = Path(settings.FILE_UPLOAD_TEMP_DIR) / "terima-x"
    path.write_bytes(b"x")
    assert "Dibuang: tidak ada" in sapu()
    time_machine.move_to(timezone.now() + DUA_HARI, tick=False)
    kata = sapu()
    assert "1 berkas sementara, 1 berkas tanpa catatan" in kata
    assert (vault.exists(yatim), path.exists(), vault.exists(bukti.simpanan.nama)) == (False, False, True)
    assert periksalah()[0] == 0


def test_a_stray_file_among_the_imports_stops_no_sweep(kantor: Kantor, lusa: None) -> None:
    asing = impor.root() / "catatan.txt"
    asing.parent.mkdir(parents=True)
    asing.write_text("?")
    simpan(b"yatim", kantor.satker.kode)
    assert "1 berkas tanpa catatan" in sapu()


def test_a_trial_removes_nothing(kantor: Kantor, gudang: str, lusa: None) -> None:
    yatim = simpan(b"yatim", kantor.satker.kode)
    kata = sapu("--coba")
    assert (f"berkas tanpa catatan: {yatim}" in kata, "Akan dibuang: 1" in kata) == (True, True)
    assert vault.exists(yatim)


def test_what_is_left_of_an_erasure_by_law_is_told_and_swept(kantor: Kantor, gudang: str) -> None:
    """A kill came between the row and the bytes."""
    hapus, tetap = terimalah(kantor, "a"), terimalah(kantor, "b")
    pratinjau.keep_thumbnail(hapus.simpanan, b"jpg")
    gambar = BerkasTersimpan.objects.get(pk=hapus.simpanan_id).gambar_kecil
    BerkasTersimpan.objects.filter(pk=hapus.simpanan_id).update(dihapus_pada=KAPAN, gambar_kecil="")
    assert "MASIH ADA SESUDAH DIHAPUS" in periksalah()[1]
    assert "2 berkas yang dihapus karena hukum" in sapu()
    assert [vault.exists(n) for n in (hapus.simpanan.nama, gambar, tetap.simpanan.nama)] == [
        False,
        False,
        True,
    ]
    assert periksalah()[0] == 0


def test_more_orphans_than_killed_workers_leave_are_asked_about(
    kantor: Kantor, lusa: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database of last month beside the files of today."""
    monkeypatch.setattr(periksa, "YATIM_WAJAR", 2)
    names = [simpan(isi, kantor.satker.kode) for isi in (b"1", b"2", b"3")]
    with pytest.raises(CommandError, match="mungkin basis datanya cadangan lama"):
        sapu()
    assert all(vault.exists(nama) for nama in names)
    assert "Akan dibuang: 3" in sapu("--coba")
    assert "Dibuang: 3" in sapu("--banyak")


def test_a_stranger_s_file_is_never_swept(kantor: Kantor, gudang: str, lusa: None) -> None:
    nama = ["bukti/catatan.txt", f"bukti/{kantor.satker.kode}/x", vault.name_of("tidak-ada", "ab" * 32)]
    for satu in nama:
        taruh(satu, b"x")
    sapu()
    assert all(vault.exists(satu) for satu in nama)


def test_a_file_recorded_while_the_sweep_walks_stays(kantor: Kantor, lusa: None) -> None:
    piece = keep_file(
        describe(kantor.satker, "x", HARI, kantor.anggota, False, KAPAN), berkas.unggahan(berkas.pdf())
    )
    tua(Path(vault.vault().path(piece.simpanan.nama)))
    piece.simpanan.save()
    assert periksa.remove_orphan(piece.simpanan.nama) is False
    assert len(tersimpan()) == 1


def test_a_file_that_only_a_piece_names_stays(kantor: Kantor, lusa: None) -> None:
    nama = simpan(b"isi", kantor.satker.kode)
    Evidence.objects.create(
        simpanan=terimalah(kantor).simpanan,
        nomor=99,
        satker=kantor.satker,
        jenis="berkas",
        judul="x",
        tanggal_dokumen=HARI,
        berkas=nama,
        nama_berkas="x.pdf",
        tipe="application/pdf",
        ukuran=3,
        sha256="ab" * 32,
        diunggah_oleh=kantor.anggota,
        diunggah_pada=KAPAN,
    )
    sapu()
    assert vault.exists(nama)
