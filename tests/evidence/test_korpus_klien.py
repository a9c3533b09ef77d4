"""The corpus, the clients' part: forms that break off, lie or are put together wrongly; each with what it is told.

Resumable uploads have theirs in test_tus.py. At the end all parts of the corpus are counted.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evidence.models import Evidence, Submission
from tests.evidence import berkas, test_korpus, test_tus
from tests.evidence.conftest import Kantor

BATAS = "batas-uji"
TIDAK_TERBACA = "Yang dikirim peramban Anda tidak dapat dibaca, jadi tidak ada yang disimpan."
TIDAK_SAMPAI = "Berkas tidak sampai. Pilih lagi, lalu unggah."
PILIH = "Pilih berkas atau isi tautan dahulu."
ISI_TANGGAL = "Isi tanggal dokumen, lalu pilih lagi berkasnya."
TERLALU_BESAR = "Kiriman ini lebih besar dari {} MB. Kirim berkasnya satu per satu."


@pytest.fixture
def klien(kantor: Kantor, client: Client) -> Client:
    client.force_login(kantor.anggota)
    return client


def isian(**ganti: str) -> bytes:
    lengkap = {"aksi": "terima", "judul": "Laporan", "tanggal_dokumen": "2025-06-20", **ganti}
    return b"".join(bagian(f'name="{nama}"', nilai.encode()) for nama, nilai in lengkap.items())


def bagian(tentang: str, isi: bytes, *lain: str) -> bytes:
    kepala = "".join(f"{baris}\r\n" for baris in (f"Content-Disposition: form-data; {tentang}", *lain))
    return f"--{BATAS}\r\n{kepala}\r\n".encode() + isi + b"\r\n"


def satu_berkas(nama: str = "Laporan.pdf", isi: bytes | None = None, *lain: str) -> bytes:
    return bagian(f'name="berkas"; filename="{nama}"', berkas.pdf() if isi is None else isi, *lain)


AKHIR = f"--{BATAS}--\r\n".encode()


@dataclass(frozen=True)
class Salah:
    nama: str
    badan: Callable[[], bytes]
    pesan: str
    status: int = 422
    tipe: str = f"multipart/form-data; boundary={BATAS}"
    panjang: str | None = None  # announced; what came, without


def putus(berkas_: bytes, sisa: int) -> bytes:
    """All but the end of the file: the line broke."""
    return (isian() + satu_berkas(isi=berkas_))[:-sisa]


SALAH = [
    # Broken off on the way; more was announced
    Salah(
        "pdf putus",
        lambda: putus(berkas.pdf(halaman=3), 200),
        TIDAK_SAMPAI,
        panjang="9000",
    ),
    Salah(
        "foto putus",
        lambda: putus(berkas.gambar("JPEG", (400, 300)), 900),
        TIDAK_SAMPAI,
        panjang="90000",
    ),
    Salah("docx putus", lambda: putus(berkas.ooxml(), 60), TIDAK_SAMPAI, panjang="9000"),
    Salah("putus sebelum berkas", lambda: isian(), TIDAK_SAMPAI, panjang="9000"),
    Salah("putus sebelum tanggal", lambda: bagian('name="aksi"', b"terima"), PILIH, panjang="9000"),
    Salah("putus pada bita pertama berkas", lambda: putus(b"", 2), TIDAK_SAMPAI, panjang="9000"),
    # Lies about itself
    Salah("panjang terlalu kecil", lambda: isian() + satu_berkas() + AKHIR, TIDAK_SAMPAI, panjang="400"),
    Salah("panjang bukan angka", lambda: isian() + satu_berkas() + AKHIR, PILIH, panjang="banyak"),
    Salah("panjang berlebihan", lambda: b"", TERLALU_BESAR.format(250), status=413, panjang=str(10**12)),
    Salah(
        "tanpa batas bagian", lambda: isian() + AKHIR, TIDAK_TERBACA, status=400, tipe="multipart/form-data"
    ),
    Salah(
        "batas bagian lain",
        lambda: isian() + satu_berkas() + AKHIR,
        PILIH,
        tipe="multipart/form-data; boundary=lain",
    ),
    Salah("bukan formulir", lambda: b'{"aksi": "terima"}', PILIH, tipe="application/json"),
    Salah(
        "base64 rusak",
        lambda: (
            isian()
            + satu_berkas("a.pdf", b"\xff\xfe bukan base64", "Content-Transfer-Encoding: base64")
            + AKHIR
        ),
        TIDAK_TERBACA,
        status=400,
    ),
    Salah(
        "seribu berkas",
        lambda: isian() + satu_berkas("a.pdf", b"x") * 1000 + AKHIR,
        TIDAK_TERBACA,
        status=400,
    ),
    Salah(
        "sepuluh ribu isian",
        lambda: isian() + bagian('name="pesan"', b"x") * 10_000 + AKHIR,
        TIDAK_TERBACA,
        status=400,
    ),
    Salah(
        "berkas tanpa nama",
        lambda: isian() + satu_berkas("") + AKHIR,
        TIDAK_SAMPAI,
    ),
    Salah(
        "tipe berbohong",
        lambda: (
            isian() + satu_berkas("Laporan.pdf", b"MZ" + bytes(300), "Content-Type: application/pdf") + AKHIR
        ),
        test_korpus.PROGRAM,
    ),
    # Dates as text, which a browser without a date field sends
    *(
        Salah(f"tanggal {teks}", lambda t=teks: isian(tanggal_dokumen=t) + satu_berkas() + AKHIR, pesan)
        for teks, pesan in {
            "31/02/2026": "Tanggal ini tidak terbaca.",
            "2025-13-01": "Tanggal ini tidak terbaca.",
            "2025-06-31": "Tanggal ini tidak terbaca.",
            "kemarin": "Tanggal ini tidak terbaca.",
            "": ISI_TANGGAL,
        }.items()
    ),
]


def kirim(klien: Client, kantor: Kantor, salah: Salah, **kepala: str) -> HttpResponse:
    isi = salah.badan()
    lain = {"wsgi.input": io.BytesIO(isi), "CONTENT_LENGTH": salah.panjang or str(len(isi))}
    alamat = reverse("unggah", args=[kantor.slot.pk])
    return klien.generic("POST", alamat, b"x", salah.tipe, headers=kepala, **lain)


@pytest.mark.parametrize("salah", SALAH, ids=lambda s: s.nama)
def test_a_form_that_breaks_off_or_lies_is_answered_and_leaves_nothing(
    klien: Client, kantor: Kantor, salah: Salah
) -> None:
    jawaban = kirim(klien, kantor, salah, Accept="application/json")
    assert (jawaban.status_code, salah.pesan in kata(jawaban)) == (salah.status, True), kata(jawaban)
    assert not Evidence.objects.exists()
    assert not Submission.objects.exists()
    assert [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()] == []


NAMA_FORMULIR = {
    "berbalik arah": ("filename*=UTF-8''Lap%E2%80%AEfdp.exe", test_korpus.TERSEMBUNYI),
    "berbalik arah, apa adanya": ('filename="Lap\u202efdp.exe"', test_korpus.TERSEMBUNYI),
    "berbalik arah, sebagai HTML": ('filename="Lap&#x202e;fdp.exe"', test_korpus.TERSEMBUNYI),
    "tanda kendali": ('filename="Lap\x07oran.pdf"', test_korpus.TERSEMBUNYI),
    "nol": ("filename*=UTF-8''Laporan.pdf%00.exe", test_korpus.TERSEMBUNYI),
    "hanya tanda tersembunyi": ('filename="\u200b"', test_korpus.TERSEMBUNYI),
    "hanya titik": ('filename=".."', "Berkas ini tidak bernama. Beri nama, lalu unggah lagi."),
    "hanya folder": ('filename="C:\\Bukti\\"', "Berkas ini tidak bernama. Beri nama, lalu unggah lagi."),
    "akhiran panjang": ('filename="a.' + "x" * 250 + '"', "Nama berkas terlalu panjang: 252 huruf."),
}


@pytest.mark.parametrize("besar", [False, True], ids=["di memori", "di disk"])
@pytest.mark.parametrize(("nama", "pesan"), NAMA_FORMULIR.values(), ids=NAMA_FORMULIR.keys())
def test_a_bad_name_in_a_form_is_refused_in_words(
    klien: Client, kantor: Kantor, nama: str, pesan: str, besar: bool
) -> None:
    isi = berkas.pdf() + bytes(settings.FILE_UPLOAD_MAX_MEMORY_SIZE if besar else 0)
    badan = isian() + bagian(f'name="berkas"; {nama}', isi) + AKHIR
    jawaban = kirim(klien, kantor, Salah("", lambda: badan, ""), Accept="application/json")
    assert (jawaban.status_code, pesan in kata(jawaban)) == (422, True), kata(jawaban)
    assert [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()] == []


def test_a_refused_name_is_shown_with_its_hidden_letters_told(klien: Client, kantor: Kantor) -> None:
    badan = isian(aksi="simpan") + bagian('name="berkas"; filename="Lap\u202efdp.exe"', berkas.pdf()) + AKHIR
    jawaban = kirim(klien, kantor, Salah("", lambda: badan, ""))
    isi = jawaban.content.decode()
    assert ("<b>Lap�fdp.exe</b>: Nama berkas memuat tanda" in isi, "\u202e" in isi) == (True, False)


def test_only_the_last_part_of_a_forms_file_name_is_kept(klien: Client, kantor: Kantor) -> None:
    badan = isian() + bagian('name="berkas"; filename="C:\\Bukti\\Laporan WBS.pdf"', berkas.pdf()) + AKHIR
    kirim(klien, kantor, Salah("", lambda: badan, ""), Accept="application/json")
    assert Evidence.objects.get().nama_berkas == "Laporan WBS.pdf"


def kata(jawaban: HttpResponse) -> str:
    """What the person reads: of the script's answer, or of a whole page."""
    if jawaban.headers["Content-Type"].startswith("application/json"):
        return " ".join(jawaban.json()["galat"])
    return " ".join(lxml.html.fromstring(jawaban.content.decode()).text_content().split())


def test_the_corpus_is_large_and_of_every_kind() -> None:
    """The issue asks for sixty: files, names, dates, headers, interrupted and lying clients."""
    macam = {
        "berkas": len(test_korpus.BURUK),
        "nama": len(test_korpus.NAMA_BURUK),
        "nama di formulir": len(NAMA_FORMULIR),
        "tanggal": len(test_korpus.TANGGAL_BURUK),
        "tautan": len(test_korpus.TAUTAN_BURUK),
        "unggahan bertahap": len(test_tus.SALAH_SAAT_JALAN) + len(test_tus.SALAH_SAAT_MULAI),
        "formulir": len(SALAH),
    }
    assert {k: n for k, n in macam.items() if n < 4} == {}
    assert sum(macam.values()) >= 60, macam
