"""The words in a document, for searching: its own text layer, never a guess from its pictures."""

from __future__ import annotations

import re
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from evidence.isi.jenis import DOCX, KANTOR, MENURUT_NAMA, ODS, ODT, PDF, PPTX, XLSX, Jenis, Tolak

POTONGAN = 256 * 1024
BAGIAN = {
    DOCX: re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    XLSX: re.compile(r"xl/(sharedStrings|worksheets/sheet\d+|comments\d*)\.xml"),
    PPTX: re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml"),
    ODT: re.compile(r"(content|styles)\.xml"),
    ODS: re.compile(r"(content|styles)\.xml"),
}
# Where words stand, and what ends a line or a cell, by the last part of the element's name.
BERTEKS = {"ooxml": frozenset({"t"}), "odf": frozenset({"p", "h"})}
PEMISAH = frozenset({"p", "h", "si", "is", "br", "tab", "cr", "tc", "s", "line-break", "table-cell"})
TERSEMBUNYI = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
SPASI, BARIS = re.compile(r"[^\S\n]+"), re.compile(r"\s*\n\s*")


class Cukup(Exception):
    """As much as is kept, or as long as we look."""


class Penampung:
    """Collects until there is enough text, or the time for it is over; what is there by then is kept."""

    def __init__(self, maks: int, detik: float) -> None:
        self.bagian: list[str] = []
        self.sisa, self.sampai = maks, time.process_time() + detik

    def add(self, teks: str) -> None:
        self.bagian.append(teks[: self.sisa])
        self.sisa -= len(teks)
        if self.sisa <= 0 or time.process_time() > self.sampai:
            raise Cukup


def run(files: list[Path], *, jenis: str, maks: int, detik: int) -> bytes:
    kind, tampung = MENURUT_NAMA[jenis], Penampung(maks, detik)
    try:
        if kind is PDF:
            collect(tampung, pages_of(files[0]))
        elif kind in KANTOR:
            collect_office(tampung, files[0], kind)
    except Cukup:
        pass
    return cut(clean("".join(tampung.bagian)), maks)


def collect(tampung: Penampung, potongan: Iterable[str]) -> None:
    for teks in potongan:
        tampung.add(teks + "\n")


def pages_of(path: Path) -> Iterator[str]:
    from evidence.isi import pdfium

    with pdfium.opened(path) as pdf:
        for n in range(len(pdf)):
            halaman = pdf[n]
            teks = halaman.get_textpage()
            yield teks.get_text_bounded()
            teks.close()
            halaman.close()


def collect_office(tampung: Penampung, path: Path, jenis: Jenis) -> None:
    try:
        with zipfile.ZipFile(path) as arsip:
            for nama in sorted(filter(BAGIAN[jenis].fullmatch, arsip.namelist()), key=_natural):
                with suppress(ParseError, DefusedXmlException):  # the other parts may be read all the same
                    collect_part(tampung, arsip, nama, BERTEKS["odf" if jenis in (ODT, ODS) else "ooxml"])
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
        raise Tolak("rusak", nama=jenis.nama) from None


def _natural(nama: str) -> list[tuple[int, str]]:
    """slide2 before slide10."""
    return [(int(angka or 0), kata) for kata, angka in re.findall(r"(\D+)(\d*)", nama)]


def collect_part(tampung: Penampung, arsip: zipfile.ZipFile, nama: str, berteks: frozenset[str]) -> None:
    """Read as a stream, no tree is built; a document type and its entities are refused."""
    pembaca = XMLParser(target=Pendengar(tampung, berteks), forbid_dtd=True)
    with arsip.open(nama) as bagian:
        while potongan := bagian.read(POTONGAN):
            pembaca.feed(potongan)
    pembaca.close()
    tampung.add("\n")


class Pendengar:
    def __init__(self, tampung: Penampung, berteks: frozenset[str]) -> None:
        self.tampung, self.berteks, self.dalam = tampung, berteks, 0

    def start(self, tag: str, _attrib: dict[str, str]) -> None:
        if _local(tag) in self.berteks:
            self.dalam += 1

    def data(self, isi: str) -> None:
        if self.dalam:
            self.tampung.add(isi)

    def end(self, tag: str) -> None:
        nama = _local(tag)
        if nama in self.berteks:
            self.dalam -= 1
        if nama in PEMISAH:
            self.tampung.add("\n" if nama in ("p", "h", "si", "is") else " ")

    def close(self) -> None:
        pass


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def clean(teks: str) -> str:
    """Letters as they are typed when searching: no ligatures, no control or direction characters, single spaces."""
    teks = TERSEMBUNYI.sub("", unicodedata.normalize("NFKC", teks.replace("\r", "\n")))
    return BARIS.sub("\n", SPASI.sub(" ", teks)).strip()


def cut(teks: str, maks: int) -> bytes:
    """At most `maks` bytes, and whole letters."""
    return teks.encode("utf-8", "replace")[:maks].decode("utf-8", "ignore").encode()
