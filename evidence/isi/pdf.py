"""PDF: opened by qpdf; what its objects would do is read off them, not guessed from the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

import pikepdf

from evidence.isi.gabungan import AKHIR_ZIP, ARSIP, BANTALAN, EKOR, PROGRAM, ends_as_zip
from evidence.isi.jenis import PDF, Jenis, Tolak

GALAT = (pikepdf.PdfError, ValueError, RuntimeError, RecursionError, TypeError)
HALAMAN_DIPERIKSA = 20
# Only an object that names one of these is looked into; qpdf writes names without escapes.
TANDA = re.compile(rb"/(JavaScript|JS|Launch|OpenAction|AA|EF|EmbeddedFile|XFA|RichMedia|Collection)\b")
# GoToR and Thread may name another file, on a server that is then told who opens this one.
SAAT_DIBUKA = frozenset({"/GoTo", "/Named", "/Hide", "/SetOCGState", "/Trans"})
AKSI_TERBANYAK = 200
AKHIRAN_PROGRAM = re.compile(
    r"\.(exe|com|scr|msi|bat|cmd|ps1|vbs?|vbe|jse?|wsf|wsh|hta|lnk|jar|apk|dll|cpl|reg|sh|py|php|html?|svg|iso|img"
    r"|zip|rar|7z|gz|tar|cab|docm|xlsm|pptm|dotm|xltm)$",
    re.IGNORECASE,
)


def check_pdf(path: Path, jenis: Jenis, *, maks_piksel: int) -> None:
    with path.open("rb") as file:
        check_end(file)
        if ends_as_zip(file):
            raise Tolak("ganda", nama=jenis.nama)
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise Tolak("terkunci", nama=jenis.nama)
            check_pages(pdf)
            for objek in pdf.objects:
                check_object(objek, maks_piksel)
            check_root(pdf.Root)
    except pikepdf.PasswordError:
        raise Tolak("terkunci", nama=jenis.nama) from None
    except GALAT as galat:
        # qpdf reports the end of memory as one more broken stream.
        raise Tolak("berat" if "bad_alloc" in str(galat) else "rusak", nama=jenis.nama) from None


def check_end(file: BinaryIO) -> None:
    """A cut-off PDF can often be opened, without its last pages; one with a zip behind it opens as both."""
    file.seek(max(0, file.seek(0, SEEK_END) - EKOR))
    ekor = file.read()
    akhir = ekor.rfind(b"%%EOF")
    if akhir < 0:
        raise Tolak("rusak", nama=PDF.nama)
    sisa = ekor[akhir + 5 :].strip(BANTALAN + b"\x1a")
    if sisa or AKHIR_ZIP in ekor[akhir:]:
        raise Tolak("ganda", nama=PDF.nama)


def check_pages(pdf: pikepdf.Pdf) -> None:
    """There are as many pages as announced, and the first ones can be unpacked: a viewer will show them."""
    if not len(pdf.pages) or pdf.Root.Pages.get("/Count") != len(pdf.pages):
        raise Tolak("rusak", nama=PDF.nama)
    for halaman in pdf.pages[:HALAMAN_DIPERIKSA]:
        isi = halaman.obj.get("/Contents")
        for aliran in isi if isinstance(isi, pikepdf.Array) else [isi]:
            if isinstance(aliran, pikepdf.Stream):
                aliran.read_bytes()


def check_object(objek: pikepdf.Object, maks_piksel: int) -> None:
    kamus = objek.stream_dict if isinstance(objek, pikepdf.Stream) else objek
    if isinstance(objek, pikepdf.Stream):
        check_pixels(objek, maks_piksel)
    if isinstance(kamus, pikepdf.Dictionary | pikepdf.Array) and TANDA.search(kamus.unparse(resolved=True)):
        for bagian in dictionaries(kamus):
            check_dictionary(bagian)


def check_pixels(aliran: pikepdf.Stream, maks_piksel: int) -> None:
    """A plan scanned in black and white is large, and harmless; what is larger still was made to be."""
    if aliran.get("/Subtype") == "/Image":
        piksel = _number(aliran.get("/Width")) * _number(aliran.get("/Height"))
        if piksel > 4 * maks_piksel:
            raise Tolak("piksel", juta=4 * maks_piksel // 1_000_000)


def _number(nilai: object) -> int:
    return int(nilai) if isinstance(nilai, int) else 0


def dictionaries(objek: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """An object's own dictionaries, however deep; what it only points to comes as an object of its own."""
    antre = [objek]
    while antre:
        kini = antre.pop()
        if isinstance(kini, pikepdf.Dictionary):
            yield kini
            anak = list(kini.values())
        else:
            anak = list(kini)
        antre += [a for a in anak if isinstance(a, pikepdf.Dictionary | pikepdf.Array) and not a.is_indirect]


def check_dictionary(kamus: pikepdf.Dictionary) -> None:
    cara = str(kamus.get("/S", ""))
    if cara == "/JavaScript" or "/JS" in kamus or "/JavaScript" in kamus:
        raise Tolak("skrip", nama=PDF.nama)
    if kamus.get("/Subtype") == "/RichMedia":
        raise Tolak("skrip", nama=PDF.nama)
    if cara == "/Launch":
        raise Tolak("berjalan")
    if "/XFA" in kamus:
        raise Tolak("xfa")
    if "/EF" in kamus:
        check_attachment(kamus)
    if isinstance(kamus.get("/AA"), pikepdf.Dictionary):
        for aksi in kamus.AA.values():
            check_by_itself(aksi)


def check_attachment(kamus: pikepdf.Dictionary) -> None:
    for kunci in ("/F", "/UF", "/DOS", "/Unix", "/Mac"):
        if AKHIRAN_PROGRAM.search(str(kamus.get(kunci, "")).rstrip(" .\0")):
            raise Tolak("lampiran", nama=PDF.nama)
    for aliran in kamus.EF.values():
        # Office files are archives as well: of those the name decides.
        awal = aliran.read_bytes()[:16] if isinstance(aliran, pikepdf.Stream) else b""
        if awal.startswith((*PROGRAM, *ARSIP)) and not awal.startswith(b"PK"):
            raise Tolak("lampiran", nama=PDF.nama)


def check_root(akar: pikepdf.Object) -> None:
    if "/Collection" in akar:
        raise Tolak("portofolio")
    check_by_itself(akar.get("/OpenAction"))


def check_by_itself(aksi: pikepdf.Object | None) -> None:
    """What runs without a click may move within this document, and nothing else."""
    antre = [aksi]
    for _ in range(AKSI_TERBANYAK):
        if not antre:
            return
        kini = antre.pop()
        if isinstance(kini, pikepdf.Dictionary):  # else a place in the document, or nothing
            check_action(kini)
            lanjut = kini.get("/Next")
            antre += list(lanjut) if isinstance(lanjut, pikepdf.Array) else [lanjut]
    raise Tolak("berjalan")


def check_action(aksi: pikepdf.Dictionary) -> None:
    cara = str(aksi.get("/S", "/GoTo"))
    if cara in ("/JavaScript", "/Rendition"):
        raise Tolak("skrip", nama=PDF.nama)
    if cara not in SAAT_DIBUKA:
        raise Tolak("berjalan")
