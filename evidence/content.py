"""What a file is, by its content. An allow-list: what is not opened and found sound is refused in words.

The first bytes say what it may be, here; the rest is looked at in the box (evidence/isi/).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError

from evidence import kotak
from evidence.isi.jenis import (
    DITERIMA,
    DOCX,
    GAMBAR,
    HEIC,
    JPG,
    KANTOR,
    KANTOR_LAIN,
    MENURUT_NAMA,
    MENURUT_TIPE,
    MP4,
    ODS,
    ODT,
    PDF,
    PESAN,
    PNG,
    PPTX,
    WEBP,
    XLSX,
    Jenis,
    Tolak,
)

__all__ = [
    "DITERIMA", "DOCX", "GAMBAR", "GAMBAR_DIUBAH", "GAMBAR_PERAMBAN", "HEIC", "JPG", "KANTOR", "MENURUT_TIPE",
    "MP4", "ODS", "ODT", "PDF", "PNG", "PPTX", "SEBUT_DITERIMA", "VIDEO_PERAMBAN", "WEBP", "XLSX", "Jenis",
    "claimed", "recognise",
]  # fmt: skip

GAMBAR_PERAMBAN = frozenset({JPG.tipe, PNG.tipe})
GAMBAR_DIUBAH = frozenset({WEBP.tipe, HEIC.tipe})  # shown as JPG
VIDEO_PERAMBAN = frozenset({MP4.tipe})
SEBUT_DITERIMA = "PDF, DOCX, XLSX, PPTX, ODT, ODS, JPG, PNG, WEBP, HEIC, atau MP4"

# What opens with other bytes, or is named so, and deserves a word of its own. First match wins.
PINTASAN = "Ini pintasan, bukan dokumennya. Unduh dokumennya sebagai PDF, lalu masukkan itu."
_PINTASAN = "gdoc gsheet gslides gform gdraw gmap gsite gscript gjam gtable glink url lnk webloc desktop"
AKHIRAN_PINTASAN = frozenset(f".{akhiran}" for akhiran in _PINTASAN.split())
PROGRAM = "Berkas ini program, dan program tidak diterima. Unggah dokumennya dalam bentuk PDF."
ARSIP = "Arsip tidak diterima. Keluarkan isinya, lalu unggah berkasnya satu per satu."
GAMBAR_LAIN = "Gambar jenis ini tidak diterima. Simpan sebagai JPG atau PNG, lalu unggah lagi."
BUKAN_MP4 = "Video jenis ini tidak diterima. Simpan sebagai MP4, lalu unggah lagi."
RTF = "Berkas RTF tidak diterima. Simpan sebagai DOCX atau PDF, lalu unggah lagi."
OFFICE_LAMA = (
    "Berkas Office lama (DOC, XLS, PPT) atau yang dikunci kata sandi tidak diterima. Simpan "
    "sebagai DOCX, XLSX, PPTX, atau PDF tanpa kata sandi, lalu unggah lagi."
)
WEB = "Halaman web, skrip, dan gambar SVG tidak diterima. Cetak sebagai PDF, lalu unggah lagi."
JENIS_LAIN = "Jenis berkas ini"
LAIN = f"{{}} tidak diterima. Yang diterima: {SEBUT_DITERIMA}."
DITOLAK: tuple[tuple[tuple[bytes, ...], str], ...] = (
    (
        (
            b"MZ",
            b"\x7fELF",
            b"\xca\xfe\xba\xbe",
            b"\xcf\xfa\xed\xfe",
            b"#!",
            b"L\0\0\0\x01\x14\x02",
            b"\0asm",
        ),
        PROGRAM,
    ),
    (
        (
            b"Rar!",
            b"7z\xbc\xaf\x27\x1c",
            b"\x1f\x8b",
            b"BZh",
            b"\xfd7zXZ",
            b"MSCF",
            b"\x28\xb5\x2f\xfd",
            b"PK\x05\x06",
        ),
        ARSIP,
    ),
    ((b"GIF8", b"BM", b"II*\x00", b"MM\x00*"), GAMBAR_LAIN),
    ((b"\x1aE\xdf\xa3", b"FLV\x01", b"\x30\x26\xb2\x75", b"\0\0\x01\xba"), BUKAN_MP4),
    ((b"{\\rtf",), RTF),
    (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
        OFFICE_LAMA,
    ),  # OLE: Office until 2003, and what Office encrypts today
)
# What the page's script says of a name before a byte travels; of all others, LAIN.
DITOLAK_MENURUT_AKHIRAN = {
    f".{akhiran}": kata
    for kata, semua in (
        (PROGRAM, "exe dll scr sh"),
        (ARSIP, "zip rar 7z gz tgz bz2 xz cab zst jar apk"),
        (GAMBAR_LAIN, "gif bmp tif tiff avif jp2 jxl"),
        (BUKAN_MP4, "mov 3gp mkv webm avi flv wmv mpg"),
        (RTF, "rtf"),
        (OFFICE_LAMA, "doc xls ppt"),
        (WEB, "html htm svg xml php"),
        (PESAN["makro"].format(nama="DOCX, XLSX, atau PPTX"), "docm dotm xlsm xltm xlsb pptm potm ppsm"),
        *((PESAN["kantor_lain"].format(nama=n, jadi=jadi), n.lower()) for n, jadi in KANTOR_LAIN.values()),
    )
    for akhiran in semua.split()
} | dict.fromkeys(AKHIRAN_PINTASAN, PINTASAN)
LAIN_MENURUT_AKHIRAN = LAIN.format(JENIS_LAIN)
SEMUA_NOL = (
    "Isi berkas ini hilang (semuanya nol), biasanya karena gagal disalin. Salin ulang dari sumbernya, lalu "
    "unggah lagi."
)
BUKAN_ISINYA = (
    "Isi berkas ini bukan {nama} yang utuh (mungkin rusak atau salah nama). Buka di komputer Anda, simpan ulang "
    "sebagai {nama}, lalu unggah lagi."
)
MENURUT_AKHIRAN = {akhiran: jenis for jenis in DITERIMA for akhiran in jenis.akhiran}
DIDAHULUI = "Berkas PDF ini didahului isi lain. Cetak ulang sebagai PDF, lalu unggah lagi."
HALAMAN_WEB = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<?php", b"<!--")
BOM = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
GAMBAR_FTYP = (b"avif", b"avis", b"crx ", b"jp2 ", b"jxl ")
KEPALA = 4096
TAK_DIKENAL = ("", ".xxx")  # puremagic guesses at a run of zeros


def recognise(path: Path, nama: str = "") -> Jenis:
    """The kind of the file at `path`, opened and found sound; ValidationError says what else it is. `nama` says only
    what it was meant to be."""
    with path.open("rb") as file:
        if jenis := claimed(file):
            return look_inside(file, jenis)
        raise ValidationError(why_refused(file.read(KEPALA), nama), code="jenis")


def claimed(file: IO[bytes]) -> Jenis | None:
    """What the first bytes say that it is; DOCX stands for all office kinds. The file is at its start again."""
    head = file.read(KEPALA)
    file.seek(0)
    return next((jenis for jenis, starts in AWALAN if starts(head)), None)


def look_inside(file: IO[bytes], jenis: Jenis) -> Jenis:
    batas = {
        "maks_piksel": settings.BUKTI_MAKS_PIKSEL,
        "maks_isi": settings.BUKTI_MAKS_ISI_ZIP_MB * 1024 * 1024,
        "maks_bagian": settings.BUKTI_MAKS_BAGIAN_ZIP,
    }
    try:
        with kotak.inside("periksa", [file], nama=jenis.nama, jenis=jenis.nama, **batas) as hasil:
            return MENURUT_NAMA[hasil.read(20).decode()]
    except Tolak as tolak:
        raise ValidationError(str(tolak), code=tolak.code)


def is_shortcut(nama: str) -> bool:
    """What a drive keeps in place of a document made in it, and links of a desk."""
    return Path(nama).suffix.lower() in AKHIRAN_PINTASAN


def why_refused(head: bytes, nama: str = "") -> str:
    if is_shortcut(nama):
        return PINTASAN
    for awalan, pesan in DITOLAK:
        if head.startswith(awalan):
            return pesan
    if head.replace(b"\0", b"").lstrip(BOM).lower().startswith(HALAMAN_WEB):
        return WEB
    if not any(head):
        return SEMUA_NOL
    if b"%PDF-" in head[:1100]:
        return DIDAHULUI
    if b"PK\x03\x04" in head:
        return ARSIP
    if head[4:8] == b"ftyp":
        return GAMBAR_LAIN if head[8:12] in GAMBAR_FTYP else BUKAN_MP4
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return BUKAN_MP4
    if jenis := MENURUT_AKHIRAN.get(Path(nama).suffix.lower()):
        return BUKAN_ISINYA.format(nama=jenis.nama)
    return LAIN.format(name_of_other(head))


def name_of_other(head: bytes) -> str:
    try:
        akhiran = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        return JENIS_LAIN
    return f"Berkas jenis {akhiran.lstrip('.').upper()}" if akhiran not in TAK_DIKENAL else JENIS_LAIN


def _starts(*awalan: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(awalan)


def _is_mp4(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] not in GAMBAR_FTYP


AWALAN: tuple[tuple[Jenis, Callable[[bytes], bool]], ...] = (
    (PDF, _starts(b"%PDF-")),
    (JPG, _starts(b"\xff\xd8\xff")),
    (PNG, _starts(b"\x89PNG\r\n\x1a\n")),
    (WEBP, lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    (HEIC, lambda head: head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS),
    (MP4, _is_mp4),
    (DOCX, _starts(b"PK\x03\x04")),  # any of the office kinds; its parts say which
)
