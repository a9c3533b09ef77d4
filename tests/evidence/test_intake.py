"""What is taken in, and what is refused with which words."""

import datetime as dt
import hashlib
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import ImageFile

from accounts.models import Satker, User
from evidence.intake import receive_file, receive_link
from evidence.models import Evidence
from tests.evidence import berkas
from tests.factories import make_member, make_satker, wib

pytestmark = pytest.mark.django_db

HARI = dt.date(2025, 6, 20)
KAPAN = wib(2025, 6, 20)


@pytest.fixture
def satker() -> Satker:
    return make_satker("1503")


@pytest.fixture
def anggota(satker: Satker) -> User:
    return make_member(satker)


def terima(
    satker: Satker, anggota: User, isi: bytes, nama: str = "Laporan WBS.pdf", **isian: object
) -> Evidence:
    lengkap = {"judul": "Laporan WBS", "tanggal_dokumen": HARI, "at": KAPAN, **isian}
    return receive_file(satker=satker, upload=berkas.unggahan(isi, nama), by=anggota, **lengkap)


def tautkan(satker: Satker, anggota: User, tautan: str, **isian: object) -> Evidence:
    lengkap = {"judul": "Laman WBS", "tanggal_dokumen": HARI, "at": KAPAN, **isian}
    return receive_link(satker=satker, tautan=tautan, by=anggota, **lengkap)


def tersimpan() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("isi", "nama", "tipe"),
    [
        (berkas.pdf(), "a.pdf", "application/pdf"),
        (berkas.gambar("JPEG"), "a.jpeg", "image/jpeg"),
        (berkas.gambar("PNG"), "a.png", "image/png"),
        (berkas.gambar("WEBP"), "a.webp", "image/webp"),
        (berkas.gambar("HEIF"), "a.heic", "image/heic"),
        (berkas.ooxml(), "a.docx", f"{berkas.TIPE_OOXML}wordprocessingml.document"),
        (berkas.ooxml("spreadsheetml.sheet"), "a.xlsx", f"{berkas.TIPE_OOXML}spreadsheetml.sheet"),
        (
            berkas.ooxml("presentationml.presentation"),
            "a.pptx",
            f"{berkas.TIPE_OOXML}presentationml.presentation",
        ),
        (berkas.odf(), "a.odt", "application/vnd.oasis.opendocument.text"),
        (berkas.odf("spreadsheet"), "a.ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ],
    ids=lambda nilai: nilai if isinstance(nilai, str) and len(nilai) < 10 else "",
)
def test_a_sound_file_of_an_allowed_kind_is_kept(
    satker: Satker, anggota: User, isi: bytes, nama: str, tipe: str
) -> None:
    bukti = terima(satker, anggota, isi, nama)
    assert (bukti.tipe, bukti.nama_berkas, bukti.ukuran) == (tipe, nama, len(isi))
    with bukti.berkas.open() as kembali:
        assert kembali.read() == isi


def test_hash_and_name_on_disk_are_ours(satker: Satker, anggota: User) -> None:
    isi = berkas.pdf()
    bukti = terima(satker, anggota, isi, "../../etc/Laporan.pdf")
    sha256 = hashlib.sha256(isi).hexdigest()
    assert (bukti.sha256, bukti.nama_berkas) == (sha256, "Laporan.pdf")
    assert bukti.berkas.name == f"bukti/1503/{sha256[:2]}/{sha256}"


def test_a_kept_file_is_readable_by_its_owner_and_group_only(satker: Satker, anggota: User) -> None:
    path = Path(terima(satker, anggota, berkas.pdf()).berkas.path)
    assert path.stat().st_mode & 0o777 == 0o440


def test_the_same_file_in_two_offices_is_two_files(satker: Satker, anggota: User) -> None:
    lain = make_satker()
    terima(satker, anggota, berkas.pdf())
    terima(lain, make_member(lain), berkas.pdf())
    assert len(tersimpan()) == 2


def test_an_aborted_transaction_leaves_no_row(satker: Satker, anggota: User) -> None:
    with transaction.atomic():
        terima(satker, anggota, berkas.pdf())
        transaction.set_rollback(True)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("nama", "tampil"),
    [
        ("foto kegiatan.JPG", "foto kegiatan.JPG"),
        ("foto.pdf", "foto.jpg"),
        ("SK No. 12.2025", "SK No. 12.2025.jpg"),
        ("berbahaya.exe", "berbahaya.jpg"),
        ("tanpa akhiran", "tanpa akhiran.jpg"),
    ],
)
def test_the_name_shown_has_the_suffix_of_the_content(
    satker: Satker, anggota: User, nama: str, tampil: str
) -> None:
    assert terima(satker, anggota, berkas.gambar(), nama).nama_berkas == tampil


BESAR_BILA_DIBUKA = berkas.ooxml(**{f"word/{n}.xml": " " * 1024 * 1024 for n in range(3)})

BURUK = {
    "kosong": (b"", "Berkas ini kosong"),
    "program windows": (b"MZ\x90\x00" + b"\0" * 200, "program tidak diterima"),
    "program linux": (b"\x7fELF" + b"\0" * 200, "program tidak diterima"),
    "skrip": (b"#!/bin/sh\nrm -rf /\n", "program tidak diterima"),
    "halaman web": (b"\n<!DOCTYPE html><script>alert(1)</script>", "Halaman web, skrip, dan gambar SVG"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "Halaman web, skrip, dan gambar SVG"),
    "php": (b"<?php echo 1;", "Halaman web, skrip, dan gambar SVG"),
    "zip": (berkas.kemas(catatan="isi"), "Keluarkan isinya"),
    "rar": (b"Rar!\x1a\x07\x00" + b"\0" * 50, "Keluarkan isinya"),
    "gif": (b"GIF89a" + b"\0" * 50, "Simpan sebagai JPG atau PNG"),
    "rtf": (b"{\\rtf1 isi}", "Berkas RTF tidak diterima"),
    "office lama": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Office lama (DOC, XLS, PPT)"),
    "video": (b"\0\0\0\x18ftypmp42" + b"\0" * 60, "MP4 ini rusak atau terpotong"),
    "teks": (b"sekadar teks biasa", "Isi berkas ini bukan PDF yang utuh"),
    "pdf hanya kepala": (b"%PDF-", "PDF ini rusak atau terpotong"),
    "pdf terpotong": (berkas.pdf(halaman=3)[:-200], "PDF ini rusak atau terpotong"),
    "pdf karangan": (b"%PDF-1.7\nbukan apa-apa\n%%EOF", "PDF ini rusak atau terpotong"),
    "pdf tanpa halaman": (berkas.pdf(halaman=0), "PDF ini rusak atau terpotong"),
    "pdf terkunci": (
        berkas.pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
        "dikunci kata sandi atau dibatasi",
    ),
    "pdf dibatasi": (
        berkas.pdf(encryption=pikepdf.Encryption(owner="a", user="")),
        "dikunci kata sandi atau dibatasi",
    ),
    "pdf dan zip": (berkas.pdf() + berkas.kemas(catatan="isi"), "menyembunyikan berkas lain"),
    "jpg terpotong": (berkas.gambar("JPEG", (400, 300))[:-900], "JPG ini rusak atau terpotong"),
    "jpg kepala saja": (b"\xff\xd8\xff\xe0", "JPG ini rusak atau terpotong"),
    "png terpotong": (berkas.gambar("PNG", (400, 300))[:-900], "PNG ini rusak atau terpotong"),
    "webp terpotong": (berkas.gambar("WEBP", (400, 300))[:-900], "WEBP ini rusak atau terpotong"),
    "heic terpotong": (berkas.gambar("HEIF", (400, 300))[:-900], "HEIC ini rusak atau terpotong"),
    "jpg dan zip": (berkas.gambar() + berkas.kemas(catatan="isi"), "menyembunyikan berkas lain"),
    "docx terpotong": (berkas.ooxml()[:-40], "Office ini rusak atau terpotong"),
    "docm": (
        berkas.ooxml(tipe="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "makro tidak diterima",
    ),
    "docx bermakro": (berkas.ooxml(**{"word/vbaProject.bin": "x"}), "makro tidak diterima"),
    "odt bermakro": (berkas.odf(**{"Basic/Standard/Modul.xml": "x"}), "makro tidak diterima"),
    "odt terkunci": (
        berkas.odf(manifest="<manifest:encryption-data/>"),
        "dikunci kata sandi atau dibatasi",
    ),
    "bom zip": (BESAR_BILA_DIBUKA, "terlalu besar bila dibuka"),
}


@pytest.mark.parametrize(("isi", "pesan"), BURUK.values(), ids=BURUK.keys())
def test_a_bad_file_is_refused_in_words_and_nothing_is_left(
    satker: Satker, anggota: User, settings: object, isi: bytes, pesan: str
) -> None:
    settings.BUKTI_MAKS_ISI_ZIP_MB = 2
    with pytest.raises(ValidationError) as galat:
        terima(satker, anggota, isi)
    assert pesan in galat.value.message_dict["berkas"][0]
    assert (tersimpan(), Evidence.objects.exists()) == ([], False)


def test_a_truncated_picture_is_refused_beside_weasyprint_too(
    satker: Satker, anggota: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError, match="rusak atau terpotong"):
        terima(satker, anggota, berkas.gambar("JPEG", (400, 300))[:-900])


def test_a_zip_of_too_many_parts_is_refused(satker: Satker, anggota: User, settings: object) -> None:
    settings.BUKTI_MAKS_BAGIAN_ZIP = 2
    with pytest.raises(ValidationError, match="terlalu besar bila dibuka"):
        terima(satker, anggota, berkas.ooxml())


def test_a_picture_of_too_many_pixels_is_refused(satker: Satker, anggota: User, settings: object) -> None:
    settings.BUKTI_MAKS_PIKSEL = 1000
    with pytest.raises(ValidationError, match="juta piksel"):
        terima(satker, anggota, berkas.gambar())


@pytest.mark.parametrize("lebih", [0, 1])
def test_the_size_limit_is_the_last_byte_allowed(
    satker: Satker, anggota: User, settings: object, lebih: int
) -> None:
    settings.BUKTI_MAKS_MB = 1
    batas = 1024 * 1024
    isi = berkas.gambar().ljust(batas + lebih, b"\0")
    if lebih:
        with pytest.raises(ValidationError, match="lebih besar dari 1 MB"):
            terima(satker, anggota, isi)
    else:
        assert terima(satker, anggota, isi).ukuran == batas


@pytest.mark.parametrize(
    ("nama", "pesan"),
    [
        ("Laporan\u202efdp.exe", "tanda yang tidak terlihat"),
        ("Laporan\x07.pdf", "tanda yang tidak terlihat"),
        ("Lap\u200boran.pdf", "tanda yang tidak terlihat"),
        ("x" * 197 + ".pdf", "terlalu panjang: 201 huruf"),
        ("  ", "tidak bernama"),
    ],
)
def test_a_name_that_deceives_is_refused(satker: Satker, anggota: User, nama: str, pesan: str) -> None:
    upload = berkas.unggahan(berkas.pdf())
    upload._name = nama  # past Django's own cleaning, as an import would come
    with pytest.raises(ValidationError, match=pesan):
        receive_file(satker=satker, upload=upload, judul="x", tanggal_dokumen=HARI, by=anggota, at=KAPAN)


@pytest.mark.parametrize(
    ("judul", "pesan"), [("  ", "Tulis isi dokumen"), ("x" * 201, "paling panjang 200 huruf")]
)
def test_judul_is_compulsory_and_short(satker: Satker, anggota: User, judul: str, pesan: str) -> None:
    with pytest.raises(ValidationError, match=pesan):
        terima(satker, anggota, berkas.pdf(), judul=judul)


@pytest.mark.parametrize(
    ("tanggal", "pesan"),
    [
        (HARI + dt.timedelta(days=1), "21 Juni 2025 belum tiba; hari ini 20 Juni 2025"),
        (dt.date(1999, 12, 31), "Tahun dokumen 1999 mungkin salah ketik"),
        (dt.date(25, 6, 20), "Tahun dokumen 25 mungkin salah ketik"),
    ],
)
def test_a_date_that_cannot_be_is_refused(
    satker: Satker, anggota: User, tanggal: dt.date, pesan: str
) -> None:
    with pytest.raises(ValidationError, match=pesan):
        terima(satker, anggota, berkas.pdf(), tanggal_dokumen=tanggal)


@pytest.mark.parametrize("tanggal", [HARI, dt.date(2000, 1, 1)])
def test_the_edges_of_the_allowed_dates(satker: Satker, anggota: User, tanggal: dt.date) -> None:
    assert terima(satker, anggota, berkas.pdf(), tanggal_dokumen=tanggal).tanggal_dokumen == tanggal


def test_today_is_the_office_s_today() -> None:
    timur = make_satker(zona_waktu="WIT")
    besok_di_timur = wib(2025, 6, 20, 23)
    bukti = terima(
        timur, make_member(timur), berkas.pdf(), tanggal_dokumen=dt.date(2025, 6, 21), at=besok_di_timur
    )
    assert bukti.tanggal_dokumen == dt.date(2025, 6, 21)


@pytest.mark.parametrize("tautan", ["https://kpu.go.id/a?b=1#c", " http://drive.google.com/file/d/x/view "])
def test_a_link_is_kept(satker: Satker, anggota: User, tautan: str) -> None:
    bukti = tautkan(satker, anggota, tautan)
    assert (bukti.jenis, bukti.tautan, bukti.nama_berkas) == ("tautan", tautan.strip(), "")


@pytest.mark.parametrize(
    ("tautan", "pesan"),
    [
        ("", "Isi tautannya"),
        ("javascript:alert(1)", "harus dimulai dengan https"),
        ("ftp://kpu.go.id/a", "harus dimulai dengan https"),
        ("kpu.go.id/a", "harus dimulai dengan https"),
        ("https://kpu.go.id/a b", "tidak boleh memuat spasi"),
        ("https://kpu.go.id/\u202ea", "tidak boleh memuat spasi"),
        ("https://orang:sandi@kpu.go.id/", "nama pengguna atau kata sandi"),
        ("https://", "tidak lengkap"),
        ("https://[kpu/", "tidak lengkap"),
        ("https://kpu.go.id/" + "x" * 1000, "paling panjang 1000 huruf"),
    ],
)
def test_a_bad_link_is_refused(satker: Satker, anggota: User, tautan: str, pesan: str) -> None:
    with pytest.raises(ValidationError, match=pesan):
        tautkan(satker, anggota, tautan)
    assert not Evidence.objects.exists()
