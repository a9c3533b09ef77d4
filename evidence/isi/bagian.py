"""One part of an office file: its name, its first bytes, and what its XML would set going."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.parsers.expat import ParserCreate

from evidence.isi.gabungan import ARSIP, PROGRAM
from evidence.isi.jenis import Jenis, Tolak

MAKRO = re.compile(
    r"vbaproject|(^|/)activex/|^basic/|^scripts/|(^|/)(intl)?macrosheets/|\.vbs$", re.IGNORECASE
)
TERTANAM = re.compile(r"(^|/)(embeddings/|Object |Versions/)")
DOKUMEN = r"docx?|xlsx?|xlsb|pptx?|sldx|od[tspgf]|vsdx?"
BERDOKUMEN = re.compile(rf"\.({DOKUMEN})$", re.IGNORECASE)
BERTEKS = re.compile(r"\.(xml|rels|vml|rdf|psmdcp)$", re.IGNORECASE)
# What Word, Excel, PowerPoint, LibreOffice, Google Docs, WPS and Pages write. A picture from the web keeps a piece
# of its address behind the suffix, one pasted from a program of Microsoft's may be called .tmp.
BOLEH = re.compile(
    r"(^|/)([^./]+|\.DS_Store|\[trash\]/[0-9a-f]+\.dat|[^/]*\.("
    r"xml|rels|vml|rdf|psmdcp|sigs|bin|data|odttf|fntdata|ttf|otf|glb"
    r"|png|jpe|jpe?g|jfif|gif|[ew]m[fz]|bmp|dib|tiff?|webp|svgz?|wdp|hei[cf]|avif|ico|pict|pct|pcx|eps|svm|tmp|pdf"
    r"|wav|mp3|mp4|m4[av]|mov|avi|wm[av]|mpe?g|vid|mid|aiff?|au|ogg|webm|3g[p2]|mkv|flac|asf"
    rf"|{DOKUMEN})([&?][^./]*)?)$",
    re.IGNORECASE,
)
GZIP = b"\x1f\x8b\x08"
BERGZIP = (".emz", ".wmz", ".svgz")
TERACAK = (".odttf", ".fntdata")  # fonts that begin with any bytes: two or three of them say nothing
# A look at the bytes, fifty times as fast as reading the XML, which has the last word.
# Each begins with letters of its own, which makes the search fast.
MUNGKIN_PERINTAH = (
    re.compile(rb"dde(?<=\Wdde)"),
    re.compile(rb"instr(?:text|\s*=)"),
    re.compile(rb"vnd\.sun\.star\.script:"),
    re.compile(rb"ppaction://(?:program|macro)"),
    re.compile(rb"<!(?:\[cdata\[|--)"),
)
HURUF_BERNOMOR = re.compile(rb"&#(x[0-9a-f]{1,6}|[0-9]{1,7});")
UTF_32 = (b"\0\0\xfe\xff", b"\xff\xfe\0\0", b"<\0\0\0", b"\0\0\0<")
UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
AWAL_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<[?!\w]|(\xff\xfe)?<\0[?!\w]\0|(\xfe\xff)?\0<\0[?!\w]")
SANDI_ASING = re.compile(
    rb"^[^>]*encoding\s*=\s*[\"'](utf-?7|utf-?32|ucs|ebcdic|ibm|cp(037|500|1026|114)|iso-2022|hz)"
)
UNSUR_DDE = frozenset({"ddelink", "dde-link", "dde-source", "dde-connection-decl"})
UNSUR_KODE = frozenset({"instrtext", "delinstrtext"})
UNSUR_RUMUS = frozenset({"f", "definedname", "formula", "formula1", "formula2"})
UNSUR_BERISI = UNSUR_KODE | UNSUR_RUMUS
BATAS_KODE = frozenset({"begin", "separate", "end"})
KODE_DDE = re.compile(r"\s*dde", re.IGNORECASE)
RUMUS_DDE = re.compile(r"\bdde\s*\(", re.IGNORECASE)
TINDAKAN = re.compile(r"\s*ppaction://(program|macro)", re.IGNORECASE)  # to another slide is ordinary
RUMUS = re.compile(r"\s*([\w.-]+:)?=")
AWAL = 64


def check_name(nama: str, jenis: Jenis) -> None:
    if nama.startswith(("/", "\\")) or ".." in nama.split("/") or "\\" in nama:
        raise Tolak("rusak", nama="Office")
    if MAKRO.search(nama):
        raise Tolak("makro", nama=jenis.nama)
    if not nama.endswith("/") and not BOLEH.search(nama):
        raise Tolak("lampiran" if TERTANAM.search(nama) else "ganda", nama=jenis.nama)


def is_document(nama: str) -> bool:
    """A document inside the document, or what else can be clicked on in it."""
    return bool(BERDOKUMEN.search(nama) or (TERTANAM.search(nama) and not BERTEKS.search(nama)))


def with_start(potongan: Iterator[bytes]) -> Iterator[bytes]:
    """The first piece is long enough to know a kind by, however the packer cut it."""
    awal = b""
    for isi in potongan:
        awal += isi
        if len(awal) >= AWAL:
            break
    yield awal
    yield from potongan


def check_start(awal: bytes, nama: str, jenis: Jenis) -> None:
    """No program, and no archive but where a document may be, which is opened in its turn."""
    kecil, terlarang = nama.lower(), {*PROGRAM, *ARSIP}
    if is_document(nama):
        terlarang -= {b"PK\x03\x04"}
    if kecil.endswith(BERGZIP):
        terlarang -= {GZIP}
    if kecil.endswith(TERACAK):
        terlarang = {tanda for tanda in terlarang if len(tanda) > 3}
    if awal.startswith(tuple(terlarang)):
        raise Tolak("lampiran", nama=jenis.nama)


# --- XML ---


def is_text(awal: bytes, nama: str) -> bool:
    """By its name, or because it is XML under another one; a drawing in SVG is a picture."""
    return bool(BERTEKS.search(nama) or (AWAL_XML.match(awal) and not nama.lower().endswith(".svg")))


def may_command(potongan: Iterable[bytes]) -> bool:
    """To be read as XML; entities, and an encoding in which nothing is what it looks like, are refused here."""
    ujung, mungkin = b"", False
    for isi in as_utf8(iter(potongan)):
        kecil = (ujung + isi).lower()
        if b"<!entity" in kecil or (not ujung and SANDI_ASING.match(kecil)):
            raise zipfile.BadZipFile
        mungkin = mungkin or _looks_like_command(kecil)
        ujung = isi[-AWAL:]
    return mungkin


def as_utf8(potongan: Iterator[bytes]) -> Iterator[bytes]:
    awal = next(potongan, b"")
    if awal.startswith(UTF_32):
        raise zipfile.BadZipFile
    sandi = UTF_16.get(awal[:2])
    baca = codecs.getincrementaldecoder(sandi)("replace") if sandi else None
    for isi in chain([awal], potongan):
        yield baca.decode(isi).encode("utf-8", "replace") if baca else isi


def _looks_like_command(kecil: bytes) -> bool:
    if b"&#" in kecil:
        kecil = HURUF_BERNOMOR.sub(_letter, kecil)
    return any(pola.search(kecil) for pola in MUNGKIN_PERINTAH)


def _letter(nomor: re.Match[bytes]) -> bytes:
    kode = nomor[1]
    nilai = int(kode[1:], 16) if kode.startswith(b"x") else int(kode)
    return bytes([nilai]).lower() if nilai < 128 else b"?"


def check_commands(potongan: Iterable[bytes], jenis: Jenis) -> None:
    """By expat itself, three times as fast as through ElementTree; may_command() has let no entity through."""
    penyimak, pembaca = Penyimak(jenis), ParserCreate()
    pembaca.buffer_text = True
    pembaca.StartElementHandler = penyimak.start
    pembaca.CharacterDataHandler = penyimak.data
    pembaca.EndElementHandler = penyimak.end
    for isi in potongan:
        pembaca.Parse(isi, False)
    pembaca.Parse(b"", True)


class Penyimak:
    """Hears fields, links and formulas that start another program, however their words were cut up."""

    def __init__(self, jenis: Jenis) -> None:
        self.jenis, self.di, self.kode, self.rumus = jenis, "", "", ""

    def start(self, unsur: str, sifat: dict[str, str]) -> None:
        self.di, self.rumus = _local(unsur), ""
        if self.di == "fldchar" and BATAS_KODE & set(sifat.values()):
            self.kode = ""
        if self.di in UNSUR_DDE or any(is_command(_local(kunci), nilai) for kunci, nilai in sifat.items()):
            raise Tolak("makro", nama=self.jenis.nama)
        if any(_local(kunci) == "action" and TINDAKAN.match(nilai) for kunci, nilai in sifat.items()):
            raise Tolak("tindakan", nama=self.jenis.nama)

    def data(self, isi: str) -> None:
        if self.di in UNSUR_KODE:
            self.kode = (self.kode + isi)[:AWAL]
        elif self.di in UNSUR_RUMUS:
            self.rumus += isi

    def end(self, _unsur: str) -> None:
        if self.di in UNSUR_BERISI and (KODE_DDE.match(self.kode) or RUMUS_DDE.search(self.rumus)):
            raise Tolak("makro", nama=self.jenis.nama)
        self.di = ""


def is_command(kunci: str, nilai: str) -> bool:
    if kunci == "instr":
        return bool(KODE_DDE.match(nilai))
    if len(nilai) < 5:
        return False
    kecil = nilai.lower()
    return "vnd.sun.star.script:" in kecil or (
        "dde" in kecil and bool(RUMUS.match(nilai) and RUMUS_DDE.search(nilai))
    )


def _local(nama: str) -> str:
    return nama.rpartition(":")[2].lower()
