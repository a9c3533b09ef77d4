"""What becomes of a file that was taken in: its row, its number, the room that it takes."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from django.conf import settings as setelan
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import SkipFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence import intake, vault
from evidence.intake import describe, keep_file, point_to
from evidence.models import BerkasTersimpan, Evidence
from evidence.pindai import Hasil, Pindai
from evidence.services import add_to_draft, open_draft, put_in_draft
from evidence.upload_handlers import DiskHandler, UnggahanDiDisk, not_kept
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.gudang import di_s3, gudang, server_s3
from tests.evidence.test_intake import HARI, KAPAN, terima, tersimpan
from tests.factories import make_member, make_satker

__all__ = ["di_s3", "gudang", "server_s3"]
MB = 1024 * 1024
ISI = berkas.pdf()


def serahkan(kantor: Kantor, isi: bytes, judul: str = "Laporan") -> Evidence:
    kosong = describe(kantor.satker, judul, HARI, kantor.anggota, False, KAPAN)
    piece = keep_file(kosong, berkas.unggahan(isi))
    return add_to_draft(slot=kantor.slot, evidence=piece, by=kantor.anggota)


def sebesar(n: int, warna: bytes = b"\0") -> bytes:
    return berkas.gambar().ljust(n, warna)


def test_on_either_store_the_evidence_is_complete(kantor: Kantor, gudang: str) -> None:
    bukti = Evidence.objects.get(pk=terima(kantor.satker, kantor.anggota, ISI).pk)
    assert b"".join(vault.chunks(bukti.simpanan.nama)) == ISI
    assert (bukti.simpanan.sha256, bukti.simpanan.ukuran) == (hashlib.sha256(ISI).hexdigest(), len(ISI))
    assert list(Path(setelan.FILE_UPLOAD_TEMP_DIR).iterdir()) == []


def test_several_pieces_of_one_office_share_a_stored_file(kantor: Kantor) -> None:
    satu, dua = (terima(kantor.satker, kantor.anggota, ISI, judul=j) for j in ("A", "B"))
    assert (satu.simpanan, len(tersimpan())) == (dua.simpanan, 1)


def test_offices_share_none(kantor: Kantor) -> None:
    lain = make_satker()
    satu = terima(kantor.satker, kantor.anggota, ISI)
    dua = terima(lain, make_member(lain), ISI)
    assert satu.simpanan != dua.simpanan


def test_what_lies_in_the_store_changed_is_said_and_nothing_recorded(kantor: Kantor) -> None:
    path = Path(vault.vault().path(terima(kantor.satker, kantor.anggota, ISI).simpanan.nama))
    path.chmod(0o640)
    path.write_bytes(b"lain")
    with pytest.raises(ValidationError, match="isinya di penyimpanan sudah berubah"):
        terima(kantor.satker, kantor.anggota, ISI)
    assert Evidence.objects.count() == 1


def test_what_was_erased_by_law_is_not_taken_in_again(kantor: Kantor) -> None:
    bukti = terima(kantor.satker, kantor.anggota, ISI)
    vault.remove(bukti.simpanan.nama)
    BerkasTersimpan.objects.update(dihapus_pada=KAPAN)
    with pytest.raises(ValidationError, match="dihapus karena hukum"):
        terima(kantor.satker, kantor.anggota, ISI)
    assert tersimpan() == []


def test_a_file_swept_away_between_keeping_and_recording_is_not_recorded(kantor: Kantor) -> None:
    piece = keep_file(describe(kantor.satker, "x", HARI, kantor.anggota, False, KAPAN), berkas.unggahan(ISI))
    vault.remove(piece.simpanan.nama)
    with pytest.raises(ValidationError, match="Coba lagi"):
        intake.record(piece)
    assert not BerkasTersimpan.objects.exists()


def test_what_the_scanner_says_stands_at_the_file(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.pindai.periksa", lambda *_: Hasil(Pindai.BERSIH, KAPAN))
    bukti = terima(kantor.satker, kantor.anggota, ISI)
    assert (bukti.simpanan.pindai, bukti.simpanan.dipindai_pada) == ("bersih", KAPAN)


def test_a_newer_answer_of_the_scanner_counts_for_the_file_of_old(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    terima(kantor.satker, kantor.anggota, ISI)
    monkeypatch.setattr("evidence.pindai.periksa", lambda *_: Hasil(Pindai.BERSIH, KAPAN))
    terima(kantor.satker, kantor.anggota, ISI, judul="Lagi")
    assert BerkasTersimpan.objects.get().pindai == "bersih"


def test_a_file_that_the_scanner_refuses_is_not_kept(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    def virus(*_: object) -> Hasil:
        raise ValidationError({"berkas": "virus"})

    monkeypatch.setattr("evidence.pindai.periksa", virus)
    with pytest.raises(ValidationError):
        terima(kantor.satker, kantor.anggota, ISI)
    assert tersimpan() == []


# --- Receipt numbers ---


def test_numbers_run_by_office_over_files_and_links(kantor: Kantor) -> None:
    lain = make_satker()
    nomor = [
        terima(kantor.satker, kantor.anggota, berkas.pdf(tanda="a")).nomor,
        terima(lain, make_member(lain), ISI).nomor,
        serahkan(kantor, berkas.pdf(tanda="b")).nomor,
        add_to_draft(
            slot=kantor.slot,
            evidence=point_to(
                describe(kantor.satker, "Laman", HARI, kantor.anggota, False, KAPAN), "https://kpu.go.id"
            ),
            by=kantor.anggota,
        ).nomor,
    ]
    assert nomor == [1, 1, 2, 3]


def test_a_second_click_takes_no_number(kantor: Kantor) -> None:
    assert [serahkan(kantor, ISI).nomor for _ in range(3)] == [1, 1, 1]
    assert serahkan(kantor, berkas.pdf(tanda="lain")).nomor == 2


def test_a_refused_file_takes_no_number(kantor: Kantor, settings: object) -> None:
    settings.BUKTI_MAKS_PUTARAN_MB = 1
    with pytest.raises(ValidationError):
        serahkan(kantor, sebesar(MB + 1))
    assert serahkan(kantor, ISI).nomor == 1


def test_the_office_is_locked_before_its_last_number_is_asked(kantor: Kantor) -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite locks the whole database")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        terima(kantor.satker, kantor.anggota, ISI)
    sql = [q["sql"] for q in queries]
    kunci = next(n for n, q in enumerate(sql) if "FOR UPDATE" in q and "accounts_satker" in q)
    assert kunci < next(n for n, q in enumerate(sql) if "MAX(" in q)


# --- Room ---


@pytest.mark.parametrize("lebih", [0, 1])
def test_a_round_holds_so_much(kantor: Kantor, settings: object, lebih: int) -> None:
    settings.BUKTI_MAKS_PUTARAN_MB = 1
    serahkan(kantor, sebesar(MB - 100_000), "A")
    if lebih:
        with pytest.raises(ValidationError, match="satu kiriman paling banyak 1 MB"):
            serahkan(kantor, sebesar(100_001), "B")
    else:
        serahkan(kantor, sebesar(100_000), "B")
    assert Evidence.objects.count() == 2 - lebih


def test_a_piece_used_again_takes_room_in_the_round(kantor: Kantor, settings: object) -> None:
    settings.BUKTI_MAKS_PUTARAN_MB = 1
    lama = [terima(kantor.satker, kantor.anggota, sebesar(600_000, w), judul=str(w)) for w in (b"1", b"2")]
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    with pytest.raises(ValidationError, match="satu kiriman"):
        put_in_draft(submission=draf, evidence=lama, by=kantor.anggota)
    assert not draf.isi.exists()


@pytest.mark.parametrize("lebih", [0, 1])
def test_an_office_holds_so_much(kantor: Kantor, settings: object, lebih: int) -> None:
    settings.BUKTI_MAKS_SATKER_MB = 1
    terima(kantor.satker, kantor.anggota, sebesar(MB - 100_000))
    if lebih:
        with pytest.raises(ValidationError, match="Ruang bukti satker ini 1 MB"):
            terima(kantor.satker, kantor.anggota, sebesar(100_001))
        assert len(tersimpan()) == 1
    else:
        terima(kantor.satker, kantor.anggota, sebesar(100_000))


def test_the_same_file_again_takes_no_room(kantor: Kantor, settings: object) -> None:
    settings.BUKTI_MAKS_SATKER_MB = 1
    isi = sebesar(MB)
    terima(kantor.satker, kantor.anggota, isi)
    assert terima(kantor.satker, kantor.anggota, isi, judul="Lagi").nomor == 2


def test_what_was_erased_gives_its_room_back(kantor: Kantor, settings: object) -> None:
    settings.BUKTI_MAKS_SATKER_MB = 1
    terima(kantor.satker, kantor.anggota, sebesar(MB))
    BerkasTersimpan.objects.update(dihapus_pada=dt.datetime.now(dt.UTC))
    terima(kantor.satker, kantor.anggota, ISI)


def test_the_room_of_an_office_is_its_own(kantor: Kantor, settings: object) -> None:
    settings.BUKTI_MAKS_SATKER_MB = 1
    terima(kantor.satker, kantor.anggota, sebesar(MB))
    lain = make_satker()
    terima(lain, make_member(lain), sebesar(MB))


def test_two_that_both_found_room_do_not_both_get_it(kantor: Kantor, settings: object) -> None:
    """Both files are kept before either is recorded."""
    settings.BUKTI_MAKS_SATKER_MB = 1
    kept = [
        keep_file(
            describe(kantor.satker, "x", HARI, kantor.anggota, False, KAPAN),
            berkas.unggahan(sebesar(600_000, w)),
        )
        for w in (b"1", b"2")
    ]
    intake.record(kept[0])
    with pytest.raises(ValidationError, match="Ruang bukti satker ini"):
        intake.record(kept[1])


# --- Arriving ---


def tiba(*potongan: bytes, nama: str = "besar.pdf") -> UnggahanDiDisk:
    penerima = DiskHandler()
    penerima.new_file("berkas", nama, "application/pdf", None)
    for satu in potongan:
        penerima.receive_data_chunk(satu, 0)
    return penerima.file_complete(sum(map(len, potongan)))


def test_a_large_file_is_hashed_on_the_way_and_not_copied(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    isi = berkas.pdf(halaman=300)
    monkeypatch.setattr(intake, "copy_hashed", None)
    monkeypatch.setattr(intake, "hash_of", None)
    with tiba(isi[:1000], isi[1000:]) as upload:
        piece = keep_file(describe(kantor.satker, "x", HARI, kantor.anggota, False, KAPAN), upload)
    assert piece.sha256 == hashlib.sha256(isi).hexdigest() == vault.hash_of(piece.simpanan.nama)
    assert [p.name for p in tersimpan()] == [piece.sha256]


def test_a_full_disk_costs_the_file_and_not_the_page(monkeypatch: pytest.MonkeyPatch, rf: object) -> None:
    def penuh(*_: object) -> int:
        raise OSError(28, "No space left on device")

    penerima = DiskHandler(rf.post("/"))
    penerima.new_file("berkas", "besar.pdf", "application/pdf", None)
    monkeypatch.setattr(UnggahanDiDisk, "write", penuh, raising=False)
    with pytest.raises(SkipFile):
        penerima.receive_data_chunk(b"isi", 0)
    ((nama, pesan),) = not_kept(penerima.request)
    assert (nama, "Penyimpanan kantor penuh" in pesan[0]) == ("besar.pdf", True)
    assert tersimpan() == []


def test_the_room_left_is_told_before_anything_is_chosen(
    kantor: Kantor, client: Client, settings: object
) -> None:
    client.force_login(kantor.anggota)
    alamat = reverse("unggah", args=[kantor.slot.pk])
    assert "Ruang bukti satker" not in client.get(alamat).content.decode()
    settings.BUKTI_MAKS_SATKER_MB = 10
    terima(kantor.satker, kantor.anggota, sebesar(3 * MB))
    assert "Ruang bukti satker masih 7 MB." in client.get(alamat).content.decode()
