"""Bawa Drive Anda: read, proposed, chosen, and into the drafts all at once or not at all."""

import datetime as dt
import io
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from unittest import mock

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from PIL import Image

from accounts.models import Peran, User
from actionplan.models import RencanaAksi
from evidence import impor as alur
from evidence import impor_simpan, intake, vault
from evidence.impor_simpan import BarisError, Pilihan
from evidence.models import BarisImpor, BerkasTersimpan, Evidence, Impor, Slot, Submission
from evidence.penghapusan import agree_to_erasure, ask_erasure
from tests.evidence.berkas import gambar, pdf
from tests.evidence.drive import kemas, unggahan
from tests.factories import (
    make_indikator,
    make_member,
    make_rencana,
    make_satker,
    make_sent,
    make_slot,
    make_tenggat,
    wib,
)

pytestmark = pytest.mark.django_db

SK = "AREA I/1. Komponen 1/I.1.1_SK Tim Kerja 03-02-2025.pdf"
NOTULEN = "AREA V/1. Komponen 5/V.1.1_Notulen rapat WBS 10 Juni 2025.pdf"
TANPA_TANGGAL = "AREA V/1. Komponen 5/V.1.2_Banner pengaduan.jpg"


@pytest.fixture
def rencana() -> RencanaAksi:
    rencana = make_rencana(make_satker("1503"))
    awal, februari, juni = dt.date(2025, 1, 1), dt.date(2025, 2, 28), dt.date(2025, 6, 30)
    for area, bukti, jatuh in (
        (1, "SK Tim Kerja", februari),
        (5, "Notulen rapat WBS", juni),
        (5, "Banner pengaduan", juni),
    ):
        make_tenggat(make_indikator(rencana, area=area, bukti=(bukti,)), mulai=awal, jatuh_tempo=jatuh)
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


def pilih(batch: Impor, by: User, jalur: str = "", **ganti: object) -> impor_simpan.Galat:
    """All as proposed, on one day where none is said; `ganti` speaks of the line `jalur`."""
    semua = {}
    for b in batch.baris.filter(masalah=""):
        isian = {
            "putusan": "ambil",
            "slot": b.slot_id,
            "tanggal": b.tanggal_dokumen or dt.date(2025, 6, 2),
            "judul": b.judul,
        }
        semua[b.pk] = Pilihan(**{**isian, **(ganti if b.jalur == jalur else {})})  # type: ignore[arg-type]
    return impor_simpan.save_choices(batch, by, semua)


def masukkan(batch: Impor, by: User) -> Impor:
    impor_simpan.begin_keeping(batch, by)
    while not impor_simpan.keep_some(batch, detik=60).penuh:
        pass
    return Impor.objects.get(pk=batch.pk)


def nothing_was_recorded() -> bool:
    return not (Evidence.objects.exists() or Submission.objects.exists() or BerkasTersimpan.objects.exists())


# --- The main way ---


def test_each_file_is_proposed_for_its_slot(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    assert {b.jalur: (b.usul.bukti_fisik.uraian, b.keyakinan, b.putusan) for b in batch.baris.all()} == {
        SK: ("SK Tim Kerja", "pasti", "ambil"),
        NOTULEN: ("Notulen rapat WBS", "pasti", "ambil"),
        TANPA_TANGGAL: ("Banner pengaduan", "pasti", "belum"),
    }


def test_what_is_confirmed_lies_in_drafts(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    assert pilih(batch, ketua) == {}
    assert masukkan(batch, ketua).dikonfirmasi_oleh == ketua
    assert {(b.evidence.judul, b.evidence.tanggal_dokumen) for b in batch.baris.all()} == {
        ("SK Tim Kerja 03-02-2025", dt.date(2025, 2, 3)),
        ("Notulen rapat WBS 10 Juni 2025", dt.date(2025, 6, 10)),
        ("Banner pengaduan", dt.date(2025, 6, 2)),
    }
    assert Submission.objects.drafts().count() == 3
    assert all(vault.hash_of(e.simpanan.nama) == e.sha256 for e in Evidence.objects.all())


def test_nothing_is_sent_for_review(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    masukkan(batch, ketua)
    assert not Submission.objects.filter(dikirim_pada__isnull=False).exists()


def test_before_it_is_confirmed_nothing_is_evidence(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    assert nothing_was_recorded()


def test_the_bytes_go_when_it_is_over(rencana, ketua, isi, django_capture_on_commit_callbacks) -> None:
    batch = bawa(rencana, ketua, isi)
    folder = alur.folder_of(batch.kunci)
    assert sorted(p.name for p in folder.iterdir()) == ["1", "2", "3", "kunci"]
    with django_capture_on_commit_callbacks(execute=True):
        impor_simpan.cancel(batch, ketua)
    assert not folder.exists()


def test_a_line_left_out_stays_out(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua, SK, putusan="lewati")
    masukkan(batch, ketua)
    assert baris(batch, SK).evidence is None
    assert Evidence.objects.count() == 2


# --- Read in steps ---


def test_a_step_reads_a_part_and_the_next_goes_on(rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    kemajuan = [alur.read_some(batch, detik=0) for _ in range(3)]
    assert [(k.selesai, k.semua) for k in kemajuan] == [(1, 3), (2, 3), (3, 3)]


def test_who_reads_it_elsewhere_is_not_disturbed(rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    with alur.locked(batch), pytest.raises(alur.SibukError):
        alur.read_some(batch)
    assert alur.progress(batch).selesai == 0


def test_a_killed_reader_leaves_a_line_that_is_read_again(rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    with mock.patch.object(alur.Pembaca, "put_down", side_effect=SystemExit), pytest.raises(SystemExit):
        alur.read_some(batch)
    assert alur.progress(batch).selesai == 0
    assert alur.read_some(batch, detik=60).penuh


def test_a_full_disk_is_said_and_the_line_waits(rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    penuh = ValidationError({"berkas": ValidationError("Penyimpanan kantor penuh.", code="simpanan_penuh")})
    with (
        mock.patch.object(alur, "copy_entry", side_effect=penuh),
        pytest.raises(ValidationError, match="penuh"),
    ):
        alur.read_some(batch)
    assert alur.progress(batch).selesai == 0


# --- Files that cannot be taken ---

BERMASALAH = {
    "program": ("a.pdf", b"MZ" + b"x" * 50, "program tidak diterima"),
    "kosong": ("a.pdf", b"", "kosong (0 bita)"),
    "arsip di dalam arsip": ("a.zip", kemas({"b.pdf": b"x"}), "Arsip tidak diterima"),
    "PDF terkunci": ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "kata sandi"),
    "PDF rusak": ("a.pdf", b"%PDF-1.4 terputus", "rusak"),
    "halaman web": ("a.pdf", b"<html><script>1</script>", "tidak diterima"),
    "nama berbalik arah": ("a\u202efdp.pdf", b"%PDF-", "tanda yang tidak terlihat"),
    "nama panjang": (f"{'a' * 210}.pdf", b"%PDF-", "terlalu panjang"),
    "pintasan Google": ("Laporan.gdoc", b"{}", "Ini pintasan"),
    "pintasan gambar Google": ("Bagan.gdraw", b'{"url": "https://docs.google.com"}', "Ini pintasan"),
    "pintasan kosong": ("Peta.gmap", b"", "Ini pintasan"),
    "terlalu besar": ("a.pdf", b"%PDF-" + b"x" * 1_100_000, "lebih besar dari 1 MB"),
}


@pytest.mark.parametrize("nama", BERMASALAH)
def test_a_file_that_cannot_be_taken_says_why_and_costs_no_other(rencana, ketua, isi, nama, settings) -> None:
    settings.BUKTI_MAKS_MB = 1
    berkas, bita, kata = BERMASALAH[nama]
    batch = bawa(rencana, ketua, {SK: isi[SK], f"AREA V/{berkas}": bita})
    salah = batch.baris.exclude(jalur=SK).get()
    assert kata in salah.masalah
    assert (salah.usul, salah.putusan) == (None, "belum")
    assert baris(batch, SK).putusan == "ambil"
    assert not (alur.folder_of(batch.kunci) / str(salah.urutan)).exists()


# --- Duplicates ---


@pytest.mark.parametrize("jenis", ["BMP", "TIFF"])
def test_a_scan_that_swells_costs_no_other(rencana, ketua, isi, jenis: str) -> None:
    """Nearly empty it comes to hundreds of times its size in the ZIP, and is no bomb."""
    keluar = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(keluar, jenis)
    mampat = kemas({SK: isi[SK], "AREA V/Scan.bmp": keluar.getvalue()}, zipfile.ZIP_DEFLATED)
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(mampat))
    alur.read_some(batch, detik=60)
    assert baris(batch, SK).masalah == ""
    assert "Simpan sebagai JPG atau PNG" in baris(batch, "AREA V/Scan.bmp").masalah


def test_a_bomb_is_stopped_unopened(rencana, ketua, isi, settings) -> None:
    settings.BUKTI_MAKS_MB = 1
    mampat = kemas({SK: isi[SK], "AREA V/bom.pdf": b"\0" * 5_000_000}, zipfile.ZIP_DEFLATED)
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(mampat))
    with mock.patch.object(alur, "copy_entry", side_effect=alur.copy_entry) as disalin:
        alur.read_some(batch, detik=60)
    assert [panggilan.args[0].jalur for panggilan in disalin.call_args_list] == [SK]
    assert "lebih besar dari 1 MB" in baris(batch, "AREA V/bom.pdf").masalah


def test_the_same_file_twice_is_named_and_the_second_left_out(rencana, ketua, isi) -> None:
    kembar = SK.replace(".pdf", " - Copy.pdf")
    batch = bawa(rencana, ketua, {**isi, kembar: isi[SK]})
    kedua = batch.baris.get(sama_dalam_impor__isnull=False)
    assert kedua.putusan == "lewati"
    assert "Sama dengan berkas lain dalam impor ini" in kedua.keraguan


def test_the_same_file_for_two_slots_is_one_piece(rencana, ketua, isi) -> None:
    lain = "AREA V/1. Komponen 5/V.1.2_Banner pengaduan 03-02-2025.pdf"
    batch = bawa(rencana, ketua, {SK: isi[SK], lain: isi[SK]})
    pilih(batch, ketua)
    masukkan(batch, ketua)
    assert Evidence.objects.get().submissions.count() == 2


def test_what_the_office_has_is_used_again(rencana, ketua, isi) -> None:
    lama = intake.receive_file(
        satker=rencana.satker,
        upload=unggahan(isi[SK], "SK.pdf"),
        judul="SK lama",
        tanggal_dokumen=dt.date(2025, 2, 3),
        by=ketua,
    )
    batch = bawa(rencana, ketua, isi)
    assert baris(batch, SK).sama_dengan == lama
    assert "sudah ada di kantor" in baris(batch, SK).keraguan
    pilih(batch, ketua)
    masukkan(batch, ketua)
    assert baris(batch, SK).evidence == lama


def test_another_offices_file_is_no_duplicate(rencana, ketua, isi) -> None:
    tetangga = make_rencana(make_satker("1504"))
    orang = make_member(tetangga.satker, Peran.KETUA_TIM)
    intake.receive_file(
        satker=tetangga.satker,
        upload=unggahan(isi[SK], "SK.pdf"),
        judul="SK",
        tanggal_dokumen=dt.date(2025, 2, 3),
        by=orang,
    )
    assert baris(bawa(rencana, ketua, isi), SK).sama_dengan is None


# --- Choices that cannot be ---


def test_without_a_date_a_line_is_not_taken(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    galat = pilih(batch, ketua, SK, tanggal=None)
    assert galat == {baris(batch, SK).pk: ["Isi tanggal dokumen, atau pilih Lewati."]}
    assert baris(batch, SK).putusan == "belum"
    assert baris(batch, NOTULEN).putusan == "ambil"


@pytest.mark.parametrize(
    ("ganti", "kata"),
    [
        ({"slot": None}, "Pilih bukti fisik dan tenggatnya"),
        ({"slot": 987654}, "tidak ada dalam rencana ini"),
        ({"tanggal": dt.date(2999, 1, 1)}, "belum tiba"),
        ({"tanggal": dt.date(1999, 1, 1)}, "mungkin salah ketik"),
        ({"judul": "x" * 201}, "paling panjang 200"),
    ],
)
def test_each_wrong_choice_is_told(rencana, ketua, isi, ganti, kata) -> None:
    batch = bawa(rencana, ketua, isi)
    (pesan,) = pilih(batch, ketua, SK, **ganti).values()
    assert kata in " ".join(pesan)
    assert baris(batch, SK).putusan == "belum"


def test_another_offices_slot_is_as_if_it_were_not_there(rencana, ketua, isi) -> None:
    asing = make_slot(make_rencana(make_satker("1504")))
    batch = bawa(rencana, ketua, isi)
    (pesan,) = pilih(batch, ketua, SK, slot=asing.pk).values()
    assert "tidak ada dalam rencana ini" in pesan[0]


def test_a_member_takes_only_in_own_areas(rencana, isi) -> None:
    anggota = make_member(rencana.satker, area=(1,))
    batch = bawa(rencana, anggota, isi)
    assert "bukan area pengunggah" in baris(batch, NOTULEN).keraguan
    galat = pilih(batch, anggota)
    assert set(galat) == {baris(batch, NOTULEN).pk, baris(batch, TANPA_TANGGAL).pk}
    assert all("Hanya" in pesan[0] for pesan in galat.values())


def test_a_slot_that_waits_for_tpi_takes_nothing(rencana, ketua, isi) -> None:
    make_sent(Slot.objects.get(bukti_fisik__uraian="SK Tim Kerja"), ketua, at=wib(2025, 2, 3))
    batch = bawa(rencana, ketua, isi)
    assert baris(batch, SK).putusan == "belum"
    (pesan,) = pilih(batch, ketua).values()
    assert "menunggu reviu" in pesan[0]


def test_a_file_with_a_fault_is_not_taken(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, {**isi, "AREA I/I.1.1 jahat.pdf": b"MZ program"})
    jahat = baris(batch, "AREA I/I.1.1 jahat.pdf")
    assert "program tidak diterima" in jahat.masalah
    galat = impor_simpan.save_choices(
        batch, ketua, {jahat.pk: Pilihan("ambil", baris(batch, SK).slot_id, dt.date(2025, 2, 3), "x")}
    )
    assert "tidak dapat diambil" in galat[jahat.pk][0]


def test_nothing_chosen_is_told(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, {TANPA_TANGGAL: isi[TANPA_TANGGAL]})
    with pytest.raises(ValidationError, match="Belum ada berkas yang dipilih"):
        impor_simpan.begin_keeping(batch, ketua)


def test_what_is_not_read_yet_is_not_confirmed(rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    with pytest.raises(ValidationError, match="belum selesai dibaca"):
        impor_simpan.begin_keeping(batch, ketua)


# --- All or nothing ---


def test_one_that_fails_takes_all_with_it(rencana, ketua, isi) -> None:
    """The last line's slot is sent by a colleague between the choice and the confirmation."""
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    terakhir = baris(batch, TANPA_TANGGAL)
    make_sent(Slot.objects.get(pk=terakhir.slot_id), ketua, at=timezone.now())
    sebelum = Evidence.objects.count()
    impor_simpan.begin_keeping(batch, ketua)
    with pytest.raises(BarisError, match=r"Banner pengaduan.jpg: .*masih menunggu reviu"):
        impor_simpan.keep_some(batch, detik=60)
    assert Evidence.objects.count() == sebelum
    assert Submission.objects.drafts().count() == 0
    assert "masih menunggu reviu" in baris(batch, TANPA_TANGGAL).kendala
    assert Impor.objects.get().menyimpan_pada is None


def test_a_file_that_the_scanner_finds_names_its_line(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    virus = ValidationError({"berkas": "Berkas ini memuat virus."})
    with mock.patch.object(intake, "keep_file", side_effect=virus), pytest.raises(BarisError, match="virus"):
        impor_simpan.keep_some(batch, detik=60)
    assert nothing_was_recorded()


def test_a_role_that_ended_meanwhile_stops_it(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    ketua.memberships.update(selesai=dt.date(2020, 1, 2))
    with pytest.raises(BarisError, match="Hanya"):
        impor_simpan.keep_some(batch, detik=60)
    assert nothing_was_recorded()


def test_confirming_goes_on_in_steps(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    langkah = [(impor_simpan.keep_some(batch, detik=0).selesai, Evidence.objects.count()) for _ in range(3)]
    assert langkah == [(1, 0), (2, 0), (3, 3)]


def test_files_that_wait_too_long_are_put_away_again(rencana, ketua, isi) -> None:
    """A sweep takes after a day what nobody recorded."""
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    impor_simpan.keep_some(batch, detik=0)
    lama = batch.baris.get(disimpan_pada__isnull=False)
    vault.remove(vault.name_of("1503", lama.sha256))
    BarisImpor.objects.filter(pk=lama.pk).update(disimpan_pada=timezone.now() - dt.timedelta(days=2))
    while not impor_simpan.keep_some(batch, detik=60).penuh:
        pass
    assert Evidence.objects.count() == 3


def test_what_was_kept_for_a_batch_that_is_given_up_goes(
    rencana, ketua, isi, django_capture_on_commit_callbacks
) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    impor_simpan.keep_some(batch, detik=0)
    assert len(list(vault.walk())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        impor_simpan.cancel(batch, ketua)
    assert list(vault.walk()) == []


def test_a_store_that_does_not_answer_leaves_the_rest_to_the_sweep(
    rencana, ketua, isi, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    impor_simpan.keep_some(batch, detik=0)
    monkeypatch.setattr(vault, "remove", mock.Mock(side_effect=vault.VaultError("terputus")))
    with django_capture_on_commit_callbacks(execute=True):
        impor_simpan.cancel(batch, ketua)
    batch.refresh_from_db()
    assert batch.dibatalkan_pada
    assert not alur.folder_of(batch.kunci).exists()


def test_what_another_piece_needs_stays(rencana, ketua, isi, django_capture_on_commit_callbacks) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    impor_simpan.keep_some(batch, detik=0)
    intake.receive_file(
        satker=rencana.satker,
        upload=unggahan(isi[SK], "SK.pdf"),
        judul="SK",
        tanggal_dokumen=dt.date(2025, 2, 3),
        by=ketua,
    )
    with django_capture_on_commit_callbacks(execute=True):
        impor_simpan.cancel(batch, ketua)
    assert vault.exists(Evidence.objects.get().simpanan.nama)


# --- Two at once, and afterwards ---


def test_two_people_at_once_one_wins(rencana, ketua, isi) -> None:
    rekan = make_member(rencana.satker, Peran.KETUA_TIM)
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    with pytest.raises(ValidationError, match=f"oleh {ketua.nama}"):
        impor_simpan.begin_keeping(batch, rekan)
    with pytest.raises(ValidationError, match=f"oleh {ketua.nama}"):
        pilih(batch, rekan)


def test_pressed_twice_it_is_one(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    for _ in range(2):
        assert impor_simpan.keep_some(batch, detik=60).penuh
    assert Evidence.objects.count() == 3


def test_what_is_confirmed_is_never_changed_again(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    masukkan(batch, ketua)
    for act in (lambda: pilih(batch, ketua), lambda: impor_simpan.cancel(batch, ketua)):
        with pytest.raises(ValidationError, match="sudah dikonfirmasi"):
            act()
    with pytest.raises(IntegrityError, match="tidak dapat diubah"), transaction.atomic():
        batch.baris.update(putusan="lewati")


# --- The law ---


def hapus(bukti: Evidence, ketua: User, *, judul_juga: bool = False) -> None:
    ask_erasure(evidence=bukti, by=ketua, dasar="Permintaan pemilik data", judul_juga=judul_juga)
    agree_to_erasure(evidence=bukti, by=make_member(bukti.satker, Peran.SEKRETARIS))


def test_an_erasure_with_the_title_reaches_the_record_of_the_import(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    masukkan(batch, ketua)
    satu = baris(batch, SK)
    hapus(satu.evidence, ketua, judul_juga=True)
    kini = BarisImpor.objects.get(pk=satu.pk)
    assert (kini.jalur, kini.nama_berkas, kini.judul, kini.usul_alasan, kini.keraguan) == (
        f"[nama dihapus] {satu.urutan}",
        "[nama dihapus].pdf",
        "[judul dihapus]",
        "[nama dihapus]",
        "",
    )
    assert (kini.evidence_id, kini.sha256, kini.putusan) == (satu.evidence_id, satu.sha256, "ambil")


def test_an_erasure_that_keeps_the_title_leaves_a_finished_import_as_it_was(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    masukkan(batch, ketua)
    hapus(baris(batch, SK).evidence, ketua)
    assert baris(batch, SK).nama_berkas == "I.1.1_SK Tim Kerja 03-02-2025.pdf"


def test_a_finished_import_forgets_no_name_of_a_file_that_is_there(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    masukkan(batch, ketua)
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.baris.filter(jalur=SK).update(jalur="[nama dihapus] 1", nama_berkas="[nama dihapus].pdf")


def test_erased_bytes_that_wait_in_an_open_import_go_and_are_not_taken(
    rencana, ketua, isi, django_capture_on_commit_callbacks
) -> None:
    lama = bawa(rencana, ketua, {SK: isi[SK]})
    pilih(lama, ketua)
    masukkan(lama, ketua)
    batch = bawa(rencana, ketua, isi)
    satu = baris(batch, SK)
    with django_capture_on_commit_callbacks(execute=True):
        hapus(baris(lama, SK).evidence, ketua)
    assert not alur.path_of(satu).exists()
    satu.refresh_from_db()
    assert (satu.putusan, satu.masalah) == ("lewati", "Berkas ini sudah dihapus atas dasar hukum.")


def test_the_same_file_with_another_date_takes_the_place_of_the_one_in_the_draft(rencana, ketua, isi) -> None:
    satu = {SK: isi[SK]}
    for hari in (dt.date(2025, 2, 3), dt.date(2025, 2, 4)):
        batch = bawa(rencana, ketua, satu)
        pilih(batch, ketua, SK, tanggal=hari)
        masukkan(batch, ketua)
    baru = baris(batch, SK).evidence
    assert list(Submission.objects.drafts().get().evidence.all()) == [baru]
    assert (baru.tanggal_dokumen, baru.menggantikan.tanggal_dokumen) == (hari, dt.date(2025, 2, 3))


def test_what_is_cancelled_is_over(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    impor_simpan.cancel(batch, ketua)
    for act in (
        lambda: pilih(batch, ketua),
        lambda: impor_simpan.begin_keeping(batch, ketua),
        lambda: impor_simpan.cancel(batch, ketua),
    ):
        with pytest.raises(ValidationError, match="sudah dibatalkan"):
            act()


@pytest.mark.parametrize("gagal", [False, True])
def test_what_is_cancelled_while_a_file_is_put_away_is_said_in_words(
    rencana, ketua, isi, gagal: bool
) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    simpan = intake.keep_file

    def cancelled_by_a_colleague(*args: object) -> Evidence:
        batal = {"dibatalkan_oleh": ketua, "dibatalkan_pada": timezone.now()}
        Impor.objects.filter(pk=batch.pk).update(**batal, menyimpan_oleh=None, menyimpan_pada=None)
        if gagal:
            raise FileNotFoundError
        return simpan(*args)  # type: ignore[arg-type]

    diam_diam = mock.patch.object(intake, "keep_file", side_effect=cancelled_by_a_colleague)
    with diam_diam, pytest.raises(ValidationError, match="sudah dibatalkan"):
        impor_simpan.keep_some(batch, detik=60)
    assert not Evidence.objects.exists()


def test_what_is_cancelled_while_it_is_read_is_said_in_words(rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    tanpa_folder = mock.patch.object(alur, "copy_entry", side_effect=FileNotFoundError)
    with tanpa_folder, pytest.raises(ValidationError, match="tidak ada lagi di server"):
        alur.read_some(batch, detik=60)


def test_a_stored_file_that_went_missing_is_put_away_anew(rencana, ketua, isi) -> None:
    """Another batch held the same bytes, was given up, and took them along."""
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    impor_simpan.keep_some(batch, detik=0)
    pertama = batch.baris.exclude(disimpan_pada=None).get()
    vault.remove(vault.name_of(rencana.satker.kode, pertama.sha256))
    with pytest.raises(BarisError):
        impor_simpan.keep_some(batch, detik=60)
    impor_simpan.begin_keeping(batch, ketua)
    while not impor_simpan.keep_some(batch, detik=60).penuh:
        pass
    assert Evidence.objects.count() == 3


def test_after_seven_days_it_is_over(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    Impor.objects.update(kedaluwarsa_pada=timezone.now())
    with pytest.raises(ValidationError, match="lewat tujuh hari"):
        pilih(batch, ketua)


def test_who_hands_in_nowhere_begins_nothing(rencana, isi) -> None:
    with pytest.raises(PermissionDenied):
        alur.begin_zip(
            rencana=rencana, by=make_member(rencana.satker, Peran.PIMPINAN), upload=unggahan(kemas(isi))
        )
    assert not list(alur.root().iterdir())


def test_five_unfinished_are_enough(rencana, ketua, isi) -> None:
    satu = {SK: isi[SK]}
    for _ in range(5):
        alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(satu)))
    with pytest.raises(ValidationError, match="5 impor yang belum selesai"):
        alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(satu)))
    assert len(list(alur.root().iterdir())) == 5


def at_once(act: Callable[[], None]) -> None:
    """In two threads, each with a connection of its own."""

    def satu() -> None:
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=satu) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def wait_for_the_other(act: Callable[[], object]) -> None:
    """SQLite in memory, as the tests have it, refuses the second writer at once; in a file it lets him wait."""
    for _ in range(500):
        try:
            act()
        except OperationalError as galat:
            if "table is locked" not in str(galat):
                raise
            time.sleep(0.01)
        else:
            return
    raise AssertionError("still locked")


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_one_wins(rencana, ketua, isi) -> None:
    orang = [ketua, make_member(rencana.satker, Peran.KETUA_TIM)]
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    giliran, hasil = iter(orang), []

    def tekan() -> None:
        by = next(giliran)
        try:
            wait_for_the_other(lambda: impor_simpan.begin_keeping(batch, by))
        except ValidationError as galat:
            hasil.append(galat.messages[0])
        else:
            hasil.append(by)

    at_once(tekan)
    (menang,) = [h for h in hasil if isinstance(h, User)]
    assert f"sedang dimasukkan ke draf oleh {menang.nama}" in " ".join(h for h in hasil if isinstance(h, str))
    assert Impor.objects.get().menyimpan_oleh == menang


@pytest.mark.django_db(transaction=True)
def test_two_tabs_record_everything_once(rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)

    def lanjutkan() -> None:
        while not Impor.objects.get().dikonfirmasi_pada:
            with suppress(alur.SibukError):
                impor_simpan.keep_some(batch, detik=0)

    at_once(lambda: wait_for_the_other(lanjutkan))
    assert (Evidence.objects.count(), Submission.objects.drafts().count()) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_read_no_line_twice(rencana, ketua, isi) -> None:
    """Real threads; whoever does not get the lock is told so, and every line is put down once."""
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    dibaca: list[str] = []
    asli = alur.copy_entry

    def hitung(entri, tujuan):
        dibaca.append(entri.jalur)
        return asli(entri, tujuan)

    def tab() -> None:
        with suppress(alur.SibukError):
            alur.read_some(Impor.objects.get(pk=batch.pk), detik=60)

    with mock.patch.object(alur, "copy_entry", hitung):
        at_once(tab)
    assert sorted(dibaca) == sorted(isi)
