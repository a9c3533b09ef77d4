"""DOCX, XLSX, PPTX, ODT, ODS, by the parts that they must have and those that they must not."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from itertools import chain
from os import SEEK_CUR
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from evidence.isi.bagian import (
    check_commands,
    check_name,
    check_start,
    is_document,
    is_text,
    may_command,
    with_start,
)
from evidence.isi.batas import Batas
from evidence.isi.gabungan import check_zip_tail, ends_as_zip
from evidence.isi.jenis import DOCX, KANTOR_LAIN, ODF, ODS, ODT, OOXML, PPTX, XLSX, Jenis, Tolak

RUSAK = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    ParseError,
    ExpatError,
    DefusedXmlException,
    zlib.error,
    struct.error,
)
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled."
UTAMA = {
    f"{OOXML}wordprocessingml.document.main+xml": DOCX,
    f"{OOXML}spreadsheetml.sheet.main+xml": XLSX,
    f"{OOXML}presentationml.presentation.main+xml": PPTX,
    ODT.tipe: ODT,
    ODS.tipe: ODS,
}
# Not taken in by themselves: a slide, a drawing or a binary workbook that was pasted, under the kind nearest to it.
UTAMA_TERTANAM = {
    **UTAMA,
    f"{OOXML}presentationml.slide.main+xml": PPTX,
    f"{XLSB}main": XLSX,
    "application/vnd.ms-visio.drawing.main+xml": DOCX,
    f"{ODF}presentation": ODT,
    f"{ODF}graphics": ODT,
    f"{ODF}formula": ODT,
}
BUKAN_TERTANAM = ("arsip", "kantor_lain")
TERTANAM_XLSB = f"{XLSB}12"  # says "macro" of every binary workbook; its parts tell whether it has one
TIPE_MAKRO = ("macroenabled", "vbaproject", "macrosheet", "activex")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAKET_OLE = "\x01Ole10Native".encode("utf-16-le")  # any file at all, as an object to click on
MAKRO_OLE = "_VBA_PROJECT".encode("utf-16-le")
TERBUKA_SENDIRI = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/mailMergeSource")
ALAMAT_JAUH = re.compile(
    r"\s*(https?|ftps?|smb|mhtml|ms-[a-z-]+):|\s*(file:)?[\\/]{2,}(?![\\/]*[a-z]:)", re.IGNORECASE
)
POTONGAN = 256 * 1024
KEPALA_SENDIRI = 30
CELAH_TERBESAR = 64
# Beside a part stand its dates, its owner, its name in other letters; Word pads that with zeros.
TAMBAHAN_TERBESAR = 256
# XML comes to 20 or 60 of its packed size, a form of empty rows or a white bitmap to far more, but never to so much.
NISBAH_TERBESAR, NISBAH_SEJAK = 200, 32 * 1024 * 1024
TERTANAM_TERBESAR = 64 * 1024 * 1024


def check_office(path: Path, batas: Batas) -> Jenis:
    with path.open("rb") as file:
        return check_document(file, batas, UTAMA)


def check_document(file: BinaryIO, batas: Batas, utama: Mapping[str, Jenis]) -> Jenis:
    try:
        with zipfile.ZipFile(file) as arsip:
            check_table(arsip, batas)
            jenis = kind_of(arsip, utama)
            check_names(arsip, jenis)
            check_lock(arsip, jenis)
            check_parts(file, arsip, batas, jenis)
            check_zip_tail(file, jenis)
            check_references(arsip, jenis)
    except RUSAK:
        raise Tolak("rusak", nama="Office") from None
    return jenis


# --- The archive ---


def check_table(arsip: zipfile.ZipFile, batas: Batas) -> None:
    isi = arsip.infolist()
    if not batas.take(sum(bagian.file_size for bagian in isi), len(isi)):
        raise Tolak("isi_besar")
    if any(swells(b.file_size, b.compress_size) for b in isi) or swells(
        sum(b.file_size for b in isi), sum(b.compress_size for b in isi)
    ):
        raise Tolak("isi_besar")
    if len({bagian.filename for bagian in isi}) < len(isi):
        raise Tolak("ganda", nama="Office")


def swells(isi: int, padat: int) -> bool:
    return isi > NISBAH_SEJAK and isi > NISBAH_TERBESAR * padat


def kind_of(arsip: zipfile.ZipFile, utama: Mapping[str, Jenis]) -> Jenis:
    tipe = main_types(arsip, {*utama, TERTANAM_XLSB})
    for main, jenis in utama.items():
        if main in tipe:
            return jenis
    for main, (nama, jadi) in KANTOR_LAIN.items():
        if main in tipe:
            raise Tolak("kantor_lain", nama=nama, jadi=jadi)
    raise Tolak("arsip")


def main_types(arsip: zipfile.ZipFile, dikenal: set[str]) -> set[str]:
    """Each family names its kind in its own place, and only its own kinds."""
    names = set(arsip.namelist())
    if {"[Content_Types].xml", "_rels/.rels"} <= names:
        tipe = {e.get("ContentType", "") for e in xml_part(arsip, "[Content_Types].xml")}
        if any(makro in t.lower() for t in tipe - dikenal for makro in TIPE_MAKRO):
            raise Tolak("makro", nama="DOCX, XLSX, atau PPTX")
        return {t for t in tipe if not t.startswith(ODF)}
    if {"mimetype", "content.xml", "META-INF/manifest.xml"} <= names:
        tipe_odf = read_part(arsip, "mimetype").decode("ascii", "replace").strip()
        return {tipe_odf} if tipe_odf.startswith(ODF) else set()
    return set()


def read_part(arsip: zipfile.ZipFile, nama: str, batas: int = 4 * 1024 * 1024) -> bytes:
    """At most so much: the size that a zip declares may be a lie."""
    with arsip.open(nama) as bagian:
        return bagian.read(batas)


def xml_part(arsip: zipfile.ZipFile, nama: str) -> Element:
    return fromstring(read_part(arsip, nama), forbid_dtd=True)


# --- Its parts ---


def check_names(arsip: zipfile.ZipFile, jenis: Jenis) -> None:
    for bagian in arsip.infolist():
        check_name(bagian.filename, jenis)
        if bagian.flag_bits & 0x1:
            raise Tolak("terkunci", nama=jenis.nama)


def check_lock(arsip: zipfile.ZipFile, jenis: Jenis) -> None:
    if jenis in (ODT, ODS) and b"encryption-data" in read_part(arsip, "META-INF/manifest.xml"):
        raise Tolak("terkunci", nama=jenis.nama)


def check_parts(file: BinaryIO, arsip: zipfile.ZipFile, batas: Batas, jenis: Jenis) -> None:
    """Every part is as long as the table says, is what its checksum says, and begins where the last one ended."""
    akhir = 0
    for bagian in sorted(arsip.infolist(), key=lambda b: b.header_offset):
        check_gap(akhir, bagian.header_offset, jenis)
        check_beside(bagian.extra + bagian.comment, jenis)
        awal = data_offset(file, bagian, jenis)
        akhir = awal + bagian.compress_size
        check_part(partial(unpacked, file, bagian, awal), bagian.filename, batas, jenis)
    check_gap(akhir, arsip.start_dir, jenis)


def check_gap(akhir: int, awal: int, jenis: Jenis) -> None:
    if not 0 <= awal - akhir <= CELAH_TERBESAR:  # something between two parts, or two parts in one
        raise Tolak("ganda", nama=jenis.nama)


def check_beside(tambahan: bytes, jenis: Jenis) -> None:
    if len(tambahan.strip(b"\0")) > TAMBAHAN_TERBESAR:
        raise Tolak("ganda", nama=jenis.nama)


def data_offset(file: BinaryIO, bagian: zipfile.ZipInfo, jenis: Jenis) -> int:
    """Behind a header whose name is no longer than in the table."""
    file.seek(bagian.header_offset)
    kepala = file.read(KEPALA_SENDIRI)
    if kepala[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    nama, tambahan = struct.unpack_from("<HH", kepala, 26)
    if nama > len(bagian.orig_filename.encode()):
        raise zipfile.BadZipFile
    file.seek(nama, SEEK_CUR)
    check_beside(file.read(tambahan), jenis)
    return bagian.header_offset + KEPALA_SENDIRI + nama + tambahan


def unpacked(file: BinaryIO, bagian: zipfile.ZipInfo, awal: int) -> Iterator[bytes]:
    """What an unpacker gets that believes the data and not the table; a lie about size or checksum ends it."""
    if bagian.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError
    buka = zlib.decompressobj(-15) if bagian.compress_type == zipfile.ZIP_DEFLATED else None
    sisa, jumlah, crc = bagian.compress_size, 0, 0
    file.seek(awal)
    while sisa and (mentah := file.read(min(POTONGAN, sisa))):
        sisa -= len(mentah)
        for isi in inflated(buka, mentah) if buka else [mentah]:
            jumlah, crc = jumlah + len(isi), zlib.crc32(isi, crc)
            if jumlah > bagian.file_size:
                raise zipfile.BadZipFile
            yield isi
    lengkap = buka is None or (buka.eof and not buka.unused_data)
    if sisa or not lengkap or jumlah != bagian.file_size or crc != bagian.CRC:
        raise zipfile.BadZipFile


def inflated(buka: zlib._Decompress, mentah: bytes) -> Iterator[bytes]:
    """A piece at a time, however much the few bytes swell to; behind the end of the data there is nothing more."""
    if buka.eof:
        raise zipfile.BadZipFile
    while isi := buka.decompress(mentah, POTONGAN):
        yield isi
        if buka.eof:
            return
        mentah = buka.unconsumed_tail


def check_part(buka: Callable[[], Iterator[bytes]], nama: str, batas: Batas, jenis: Jenis) -> None:
    potongan = with_start(buka())
    awal = next(potongan)
    check_start(awal, nama, jenis)
    utuh = chain([awal], potongan)
    if is_document(nama):
        check_embedded(collected(utuh), batas, jenis)
    elif is_text(awal, nama):
        if may_command(utuh):
            check_commands(buka(), jenis)
    else:
        deque(utuh, maxlen=0)  # to its end, for the checksum


def collected(potongan: Iterable[bytes]) -> bytes:
    isi = bytearray()
    for satu in potongan:
        isi += satu
        if len(isi) > TERTANAM_TERBESAR:
            raise Tolak("isi_besar")
    return bytes(isi)


# --- A document inside the document: a workbook behind a chart is ordinary, a parcel is not ---


def check_embedded(isi: bytes, batas: Batas, jenis: Jenis) -> None:
    if PAKET_OLE in isi:
        raise Tolak("lampiran", nama=jenis.nama)
    if isi.startswith(OLE):
        check_ole(isi, jenis)
    elif isi.startswith(b"PK"):
        check_inside(isi, batas, jenis)
    elif ends_as_zip(BytesIO(isi)):
        raise Tolak("lampiran", nama=jenis.nama)


def check_inside(isi: bytes, batas: Batas, jenis: Jenis) -> None:
    """By the same rules, and told of the document that carries it."""
    if not batas.tingkat:
        raise Tolak("lampiran", nama=jenis.nama)
    batas.tingkat -= 1
    try:
        check_document(BytesIO(isi), batas, UTAMA_TERTANAM)
    except Tolak as tolak:
        code = "lampiran" if tolak.code in BUKAN_TERTANAM else tolak.code
        raise Tolak(code, **{**tolak.isian, "nama": jenis.nama}) from None
    batas.tingkat += 1


def check_ole(isi: bytes, jenis: Jenis) -> None:
    """An old document; or a new one in an old wrapping, whose parts need not lie one behind the other."""
    if MAKRO_OLE in isi:
        raise Tolak("makro", nama=jenis.nama)
    if not ends_as_zip(BytesIO(isi)):
        return
    with zipfile.ZipFile(BytesIO(isi)) as dalam:
        check_names(dalam, jenis)
        if not {"[Content_Types].xml", "mimetype"} & set(dalam.namelist()):
            raise Tolak("lampiran", nama=jenis.nama)


def check_references(arsip: zipfile.ZipFile, jenis: Jenis) -> None:
    """A link waits for a click; a template or an object is fetched as soon as the document opens."""
    for nama in arsip.namelist():
        if not nama.lower().endswith(".rels"):
            continue
        for rujukan in xml_part(arsip, nama):
            sendiri = rujukan.get("Type", "").endswith(TERBUKA_SENDIRI)
            if (
                sendiri
                and rujukan.get("TargetMode") == "External"
                and ALAMAT_JAUH.match(rujukan.get("Target", ""))
            ):
                raise Tolak("luar", nama=jenis.nama)
