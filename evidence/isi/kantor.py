"""DOCX, XLSX, PPTX, ODT, ODS, by the parts that they must have and those that they must not."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from evidence.isi.gabungan import PROGRAM
from evidence.isi.jenis import DOCX, ODS, ODT, OOXML, PPTX, XLSX, Jenis, Tolak

RUSAK = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    ParseError,
    DefusedXmlException,
    zlib.error,
    struct.error,
)
JENIS_UTAMA = {
    f"{OOXML}wordprocessingml.document.main+xml": DOCX,
    f"{OOXML}spreadsheetml.sheet.main+xml": XLSX,
    f"{OOXML}presentationml.presentation.main+xml": PPTX,
}
MAKRO = re.compile(
    r"vbaproject|(^|/)activex/|^basic/|^scripts/|(^|/)(intl)?macrosheets/|\.vbs$", re.IGNORECASE
)
# Fields and links that start another program, and macros of the application itself.
PERINTAH = re.compile(rb"<(x:)?ddelink|<w:instrtext[^>]*>\s*dde|w:instr=\"\s*dde|vnd\.sun\.star\.script:")
TANDA_PERINTAH = (b"dde", b"vnd.sun.star.script:")  # found ten times as fast
PAKET_OLE = "\x01Ole10Native".encode("utf-16-le")  # any file at all, as an object to click on
TERTANAM = re.compile(r"(^|/)(embeddings/|Object )")
BOLEH_TERTANAM = re.compile(
    r"\.(docx?|xlsx?|xlsb|pptx?|odt|ods|vsdx?|pdf|bin|rels|xml|emf|wmf|png|jpe?g)$", re.IGNORECASE
)
TERBUKA_SENDIRI = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/mailMergeSource")
ALAMAT_JAUH = re.compile(
    r"\s*(https?|ftps?|smb|mhtml|ms-[a-z-]+):|\s*(file:)?[\\/]{2,}(?![\\/]*[a-z]:)", re.IGNORECASE
)
POTONGAN = 256 * 1024
KEPALA_SENDIRI = 30
CELAH_TERBESAR = 64
KOMENTAR_TERPANJANG = 256
TERTANAM_TERBESAR = 64 * 1024 * 1024


@dataclass(frozen=True)
class Batas:
    isi: int  # bytes of all parts together, unpacked
    bagian: int


def check_office(path: Path, batas: Batas) -> Jenis:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as arsip:
            check_table(arsip, batas)
            jenis = kind_of(arsip)
            check_names(arsip, jenis)
            check_parts(file, arsip, jenis)
            check_references(arsip, jenis)
    except RUSAK:
        raise Tolak("rusak", nama="Office") from None
    return jenis


# --- The archive ---


def check_table(arsip: zipfile.ZipFile, batas: Batas) -> None:
    isi = arsip.infolist()
    if sum(bagian.file_size for bagian in isi) > batas.isi or len(isi) > batas.bagian:
        raise Tolak("isi_besar")
    if len({bagian.filename for bagian in isi}) < len(isi) or len(arsip.comment) > KOMENTAR_TERPANJANG:
        raise Tolak("ganda", nama="Office")


def kind_of(arsip: zipfile.ZipFile) -> Jenis:
    names = set(arsip.namelist())
    if {"[Content_Types].xml", "_rels/.rels"} <= names:
        tipe = {e.get("ContentType", "") for e in xml_part(arsip, "[Content_Types].xml")}
        if any("macroenabled" in t.lower() or "vbaproject" in t.lower() for t in tipe):
            raise Tolak("makro", nama="DOCX, XLSX, atau PPTX")
        for main, jenis in JENIS_UTAMA.items():
            if main in tipe:
                return jenis
    if {"mimetype", "content.xml", "META-INF/manifest.xml"} <= names:
        tipe_odf = read_part(arsip, "mimetype").decode("ascii", "replace").strip()
        for jenis in (ODT, ODS):
            if tipe_odf == jenis.tipe:
                return jenis
    raise Tolak("arsip")


def read_part(arsip: zipfile.ZipFile, nama: str, batas: int = 4 * 1024 * 1024) -> bytes:
    """At most so much: the size that a zip declares may be a lie."""
    with arsip.open(nama) as bagian:
        return bagian.read(batas)


def xml_part(arsip: zipfile.ZipFile, nama: str) -> Element:
    return fromstring(read_part(arsip, nama), forbid_dtd=True)


# --- Its parts ---


def check_names(arsip: zipfile.ZipFile, jenis: Jenis) -> None:
    for bagian in arsip.infolist():
        nama = bagian.filename
        if nama.startswith(("/", "\\")) or ".." in nama.split("/") or "\\" in nama:
            raise Tolak("rusak", nama="Office")
        if MAKRO.search(nama):
            raise Tolak("makro", nama=jenis.nama)
        if bagian.flag_bits & 0x1:
            raise Tolak("terkunci", nama=jenis.nama)
        if (
            TERTANAM.search(nama)
            and not nama.endswith("/")
            and "." in nama
            and not BOLEH_TERTANAM.search(nama)
        ):
            raise Tolak("lampiran", nama=jenis.nama)
    if jenis in (ODT, ODS) and b"encryption-data" in read_part(arsip, "META-INF/manifest.xml"):
        raise Tolak("terkunci", nama=jenis.nama)


def check_parts(file: BinaryIO, arsip: zipfile.ZipFile, jenis: Jenis) -> None:
    """Every part is as long as the table says, is what its checksum says, and begins where the last one ended."""
    akhir = 0
    for bagian in sorted(arsip.infolist(), key=lambda b: b.header_offset):
        check_gap(akhir, bagian.header_offset, jenis)
        awal = data_offset(file, bagian)
        akhir = awal + bagian.compress_size
        check_content(unpacked(file, bagian, awal), bagian, jenis)
    check_gap(akhir, arsip.start_dir, jenis)


def check_gap(akhir: int, awal: int, jenis: Jenis) -> None:
    if not 0 <= awal - akhir <= CELAH_TERBESAR:  # something between two parts, or two parts in one
        raise Tolak("ganda", nama=jenis.nama)


def data_offset(file: BinaryIO, bagian: zipfile.ZipInfo) -> int:
    file.seek(bagian.header_offset)
    kepala = file.read(KEPALA_SENDIRI)
    if kepala[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    nama, tambahan = struct.unpack_from("<HH", kepala, 26)
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


def check_content(potongan: Iterator[bytes], bagian: zipfile.ZipInfo, jenis: Jenis) -> None:
    nama, ujung, pertama = bagian.filename.lower(), b"", True
    tertanam = BytesIO() if TERTANAM.search(bagian.filename) else None
    for isi in potongan:
        if pertama and isi.startswith(PROGRAM):
            raise Tolak("lampiran", nama=jenis.nama)
        check_text(ujung + isi, nama, jenis)
        ujung, pertama = isi[-64:], pertama and not isi
        if tertanam is not None:
            if tertanam.tell() + len(isi) > TERTANAM_TERBESAR:
                raise Tolak("isi_besar")
            tertanam.write(isi)
    if tertanam is not None:
        check_embedded(tertanam, jenis)


def check_text(isi: bytes, nama: str, jenis: Jenis) -> None:
    if not nama.endswith((".xml", ".rels")):
        return
    kecil = isi.lower()
    if b"<!entity" in kecil:
        raise zipfile.BadZipFile
    if any(tanda in kecil for tanda in TANDA_PERINTAH) and PERINTAH.search(kecil):
        raise Tolak("makro", nama=jenis.nama)


def check_embedded(tertanam: BytesIO, jenis: Jenis) -> None:
    """A document inside the document, one level deep: a workbook behind a chart is ordinary, a parcel is not."""
    if PAKET_OLE in tertanam.getvalue():
        raise Tolak("lampiran", nama=jenis.nama)
    if not zipfile.is_zipfile(tertanam):
        return
    with zipfile.ZipFile(tertanam) as dalam:
        names = set(dalam.namelist())
        if any(MAKRO.search(nama) for nama in names):
            raise Tolak("makro", nama=jenis.nama)
        if not names & {"[Content_Types].xml", "mimetype", "content.xml"}:
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
