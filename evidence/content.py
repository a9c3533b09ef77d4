"""What a file is, by its content. An allow-list: what is not opened and found sound is refused in words."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pikepdf
import pillow_heif
import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageFile, UnidentifiedImageError

pillow_heif.register_heif_opener()


@dataclass(frozen=True)
class Jenis:
    """A kind that is taken in; the first of `akhiran` is given to a file that comes with another's."""

    nama: str
    tipe: str
    akhiran: tuple[str, ...]


PDF = Jenis("PDF", "application/pdf", (".pdf",))
JPG = Jenis("JPG", "image/jpeg", (".jpg", ".jpeg", ".jfif"))
PNG = Jenis("PNG", "image/png", (".png",))
WEBP = Jenis("WEBP", "image/webp", (".webp",))
HEIC = Jenis("HEIC", "image/heic", (".heic", ".heif"))
OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = Jenis("DOCX", f"{OOXML}wordprocessingml.document", (".docx",))
XLSX = Jenis("XLSX", f"{OOXML}spreadsheetml.sheet", (".xlsx",))
PPTX = Jenis("PPTX", f"{OOXML}presentationml.presentation", (".pptx",))
ODT = Jenis("ODT", "application/vnd.oasis.opendocument.text", (".odt",))
ODS = Jenis("ODS", "application/vnd.oasis.opendocument.spreadsheet", (".ods",))

DITERIMA = (PDF, DOCX, XLSX, PPTX, ODT, ODS, JPG, PNG, WEBP, HEIC)
GAMBAR_PERAMBAN = frozenset({JPG.tipe, PNG.tipe})
GAMBAR_DIUBAH = frozenset({WEBP.tipe, HEIC.tipe})  # shown as JPG
SEBUT_DITERIMA = "PDF, DOCX, XLSX, PPTX, ODT, ODS, JPG, PNG, WEBP, atau HEIC"

# What opens with other bytes and deserves a word of its own. First match wins.
DITOLAK: tuple[tuple[tuple[bytes, ...], str], ...] = (
    (
        (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!"),
        "Berkas ini program, dan program tidak diterima. Unggah dokumennya dalam bentuk PDF.",
    ),
    (
        (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
        "Arsip tidak diterima. Keluarkan isinya, lalu unggah berkasnya satu per satu.",
    ),
    (
        (b"GIF8", b"BM", b"II*\x00", b"MM\x00*"),
        "Gambar jenis ini tidak diterima. Simpan sebagai JPG atau PNG, lalu unggah lagi.",
    ),
    ((b"{\\rtf",), "Berkas RTF tidak diterima. Simpan sebagai DOCX atau PDF, lalu unggah lagi."),
    (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),  # OLE: Office until 2003, and what Office encrypts today
        "Berkas Office lama (DOC, XLS, PPT) atau yang dikunci kata sandi tidak diterima. Simpan "
        "sebagai DOCX, XLSX, PPTX, atau PDF tanpa kata sandi, lalu unggah lagi.",
    ),
)
HALAMAN_WEB = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<?php")
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
PESAN = {
    "rusak": "Berkas {nama} ini rusak atau terpotong. Buka dan simpan ulang di komputer, lalu unggah lagi.",
    "terkunci": "Berkas {nama} ini dikunci kata sandi atau dibatasi. Simpan tanpa kunci, lalu unggah lagi.",
    "makro": "Berkas ini memuat makro, dan makro tidak diterima. Simpan sebagai {nama} tanpa makro atau "
    "sebagai PDF, lalu unggah lagi.",
    "ganda": "Berkas {nama} ini menyembunyikan berkas lain di dalamnya. Simpan ulang sebagai {nama} biasa, "
    "lalu unggah lagi.",
    "arsip": "Arsip tidak diterima. Keluarkan isinya, lalu unggah berkasnya satu per satu.",
    "isi_besar": "Isi berkas ini terlalu besar bila dibuka. Perkecil gambar di dalamnya atau simpan "
    "sebagai PDF, lalu unggah lagi.",
    "piksel": "Gambar ini lebih dari {juta} juta piksel, terlalu besar. Perkecil, lalu unggah lagi.",
}


def refused(code: str, **isian: object) -> ValidationError:
    return ValidationError(PESAN[code].format(**isian), code=code)


def recognise(path: Path) -> Jenis:
    """The kind of the file at `path`, opened and found sound; ValidationError says what else it is."""
    with path.open("rb") as file:
        head = file.read(4096)
    for jenis, starts, check in CHECKS:
        if starts(head):
            return check(path, jenis)
    raise ValidationError(why_refused(head), code="jenis")


def why_refused(head: bytes) -> str:
    for awalan, pesan in DITOLAK:
        if head.startswith(awalan):
            return pesan
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(HALAMAN_WEB):
        return "Halaman web, skrip, dan gambar SVG tidak diterima. Cetak sebagai PDF, lalu unggah lagi."
    if head[4:8] == b"ftyp":
        return f"Video dan gambar jenis ini tidak diterima. Yang diterima: {SEBUT_DITERIMA}."
    return f"{name_of_other(head)} tidak diterima. Yang diterima: {SEBUT_DITERIMA}."


def name_of_other(head: bytes) -> str:
    try:
        akhiran = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        return "Jenis berkas ini"
    return f"Berkas jenis {akhiran.lstrip('.').upper()}" if akhiran else "Jenis berkas ini"


def check_pdf(path: Path, jenis: Jenis) -> Jenis:
    check_pdf_end(path)
    try:
        with pikepdf.open(path) as pdf:
            terkunci, halaman = pdf.is_encrypted, len(pdf.pages)
    except pikepdf.PasswordError:
        raise refused("terkunci", nama=jenis.nama)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise refused("rusak", nama=jenis.nama)
    if terkunci:
        raise refused("terkunci", nama=jenis.nama)
    if not halaman:
        raise refused("rusak", nama=jenis.nama)
    return jenis


def check_pdf_end(path: Path) -> None:
    """A cut-off PDF can often be opened, without its last pages; one with a zip behind it opens as both."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 70_000))
        tail = file.read()
    akhir = tail.rfind(b"%%EOF")
    if akhir < 0:
        raise refused("rusak", nama=PDF.nama)
    if b"PK\x05\x06" in tail[akhir:]:
        raise refused("ganda", nama=PDF.nama)


def check_picture(path: Path, jenis: Jenis) -> Jenis:
    if zipfile.is_zipfile(path):
        raise refused("ganda", nama=jenis.nama)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
    try:
        with Image.open(path, formats=[PIL_FORMAT[jenis]]) as gambar:
            check_pixels(gambar)
            # A JPEG decodes itself at an eighth: enough to find that its end is missing.
            gambar.draft("RGB", (gambar.width // 8, gambar.height // 8))
            gambar.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError):
        raise refused("rusak", nama=jenis.nama)
    return jenis


def check_pixels(gambar: Image.Image) -> None:
    if gambar.width * gambar.height > settings.BUKTI_MAKS_PIKSEL:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    return refused("piksel", juta=settings.BUKTI_MAKS_PIKSEL // 1_000_000)


def check_zip(path: Path, _jenis: Jenis) -> Jenis:
    """DOCX, XLSX, PPTX, ODT, ODS, by the parts that they must have."""
    try:
        with zipfile.ZipFile(path) as arsip:
            check_zip_size(arsip)
            jenis = kind_of_zip(arsip)
            check_zip_parts(arsip, jenis)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise refused("rusak", nama="Office")
    return jenis


def check_zip_size(arsip: zipfile.ZipFile) -> None:
    isi = arsip.infolist()
    besar = sum(bagian.file_size for bagian in isi) > settings.BUKTI_MAKS_ISI_ZIP_MB * 1024 * 1024
    if besar or len(isi) > settings.BUKTI_MAKS_BAGIAN_ZIP:
        raise refused("isi_besar")


OOXML_MAIN = {
    f"{OOXML}wordprocessingml.document.main+xml": DOCX,
    f"{OOXML}spreadsheetml.sheet.main+xml": XLSX,
    f"{OOXML}presentationml.presentation.main+xml": PPTX,
}


def kind_of_zip(arsip: zipfile.ZipFile) -> Jenis:
    names = set(arsip.namelist())
    if "[Content_Types].xml" in names and "_rels/.rels" in names:
        types = read_part(arsip, "[Content_Types].xml").decode("utf-8", "replace")
        if "macroEnabled" in types:
            raise refused("makro", nama="DOCX, XLSX, atau PPTX")
        for main, jenis in OOXML_MAIN.items():
            if f'"{main}"' in types:
                return jenis
    if {"mimetype", "content.xml", "META-INF/manifest.xml"} <= names:
        tipe = read_part(arsip, "mimetype").decode("ascii", "replace").strip()
        for jenis in (ODT, ODS):
            if tipe == jenis.tipe:
                return jenis
    raise refused("arsip")


def check_zip_parts(arsip: zipfile.ZipFile, jenis: Jenis) -> None:
    for bagian in arsip.infolist():
        nama = bagian.filename.lower()
        if "vbaproject" in nama or "/activex/" in nama or nama.startswith(("basic/", "scripts/")):
            raise refused("makro", nama=jenis.nama)
        if bagian.flag_bits & 0x1:
            raise refused("terkunci", nama=jenis.nama)
    if jenis in (ODT, ODS) and b"encryption-data" in read_part(arsip, "META-INF/manifest.xml"):
        raise refused("terkunci", nama=jenis.nama)


def read_part(arsip: zipfile.ZipFile, nama: str) -> bytes:
    """At most a megabyte: the size that a zip declares may be a lie."""
    with arsip.open(nama) as bagian:
        return bagian.read(1024 * 1024)


def _starts(*awalan: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(awalan)


PIL_FORMAT = {JPG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
CHECKS: tuple[tuple[Jenis, Callable[[bytes], bool], Callable[[Path, Jenis], Jenis]], ...] = (
    (PDF, _starts(b"%PDF-"), check_pdf),
    (JPG, _starts(b"\xff\xd8\xff"), check_picture),
    (PNG, _starts(b"\x89PNG\r\n\x1a\n"), check_picture),
    (WEBP, lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", check_picture),
    (HEIC, lambda head: head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS, check_picture),
    (DOCX, _starts(b"PK\x03\x04"), check_zip),
)


def as_jpg(file: BinaryIO, out: BinaryIO) -> None:
    """A picture that browsers cannot show, as JPG, upright and no larger than a screen asks for."""
    with Image.open(file, formats=["HEIF", "WEBP"]) as gambar:
        check_pixels(gambar)
        kecil = gambar.convert("RGB")
    kecil.thumbnail((settings.BUKTI_PRATINJAU_PIKSEL, settings.BUKTI_PRATINJAU_PIKSEL))
    kecil.save(out, "JPEG", quality=85)
