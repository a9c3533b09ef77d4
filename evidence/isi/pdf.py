"""PDF: opened by qpdf; what its objects would do is read off them, not guessed from the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from os import SEEK_END
from typing import BinaryIO

import pikepdf

from evidence.isi.batas import Batas
from evidence.isi.gabungan import AKHIR_ZIP, ARSIP, BANTALAN, EKOR, PROGRAM, ends_as_zip
from evidence.isi.jenis import PDF, Jenis, Tolak

GALAT = (pikepdf.PdfError, ValueError, RuntimeError, RecursionError, TypeError)
HALAMAN_DIPERIKSA = 20
KEPALA_PDF = 1024
# Only an object that names one of these is looked into; qpdf writes names without escapes.
TANDA = re.compile(rb"/(JavaScript|JS|Launch|OpenAction|AA|EF|EmbeddedFile|XFA|RichMedia|Collection)\b")
# GoToR and Thread may name another file, on a server that is then told who opens this one.
SAAT_DIBUKA = frozenset({"/GoTo", "/Named", "/Hide", "/SetOCGState", "/Trans"})
AKSI_TERBANYAK = 200
# What follows an end where more of the same document was to come, be it cut off within its first word.
LANJUTAN = re.compile(rb"(\d+\s+\d+\s+obj\b|xref\b|(\d{1,10}(\s+(\d{1,5}(\s+(ob?)?)?)?)?|xr?e?)\Z)")
NAMA_LAMPIRAN = ("/F", "/UF", "/DOS", "/Unix", "/Mac")
BOLEH_TERLAMPIR = re.compile(
    r"[^\0]+\.(pdf|docx|xlsx|pptx|od[tspg]|xml|csv|tsv|txt|json|jpe?g|png|gif|tiff?|bmp|webp|heic|mp4)[ \0]*",
    re.IGNORECASE,
)
# Not opened any further: what is in them can be clicked on and has no business in a PDF.
TAK_TERLAMPIR = (
    *(awal for awal in (*PROGRAM, *ARSIP) if awal != b"PK\x03\x04"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)


@dataclass
class Pemeriksaan:
    """One PDF: what it may come to, and the attachments that were looked into as they lie in it."""

    maks_piksel: int
    batas: Batas
    terlampir: list[bytes] = field(default_factory=list)


def check_pdf(file: BinaryIO, jenis: Jenis, *, maks_piksel: int, batas: Batas) -> None:
    check_end(file)
    per = Pemeriksaan(maks_piksel, batas)
    try:
        check_objects(file, jenis, per)
    except pikepdf.PasswordError:
        raise Tolak("terkunci", nama=jenis.nama) from None
    except GALAT as galat:
        # qpdf reports the end of memory as one more broken stream.
        raise Tolak("berat" if _is_too_much(galat) else "rusak", nama=jenis.nama) from None
    if ends_as_zip(file, per.terlampir):
        raise Tolak("ganda", nama=jenis.nama)


def check_objects(file: BinaryIO, jenis: Jenis, per: Pemeriksaan) -> None:
    file.seek(0)
    with pikepdf.open(file) as pdf:
        if pdf.is_encrypted:
            raise Tolak("terkunci", nama=jenis.nama)
        check_pages(pdf)
        for objek in pdf.objects:
            check_object(objek, per)
        check_root(pdf.Root)


def _is_too_much(galat: Exception) -> bool:
    return "bad_alloc" in str(galat)


def check_end(file: BinaryIO) -> None:
    """A cut-off PDF can often be opened, without its last pages; one with a zip behind it opens as both. An end stands
    near the start of a PDF made for the web, and before each later change."""
    file.seek(max(0, file.seek(0, SEEK_END) - EKOR))
    ekor = file.read()
    akhir = ekor.rfind(b"%%EOF")
    if akhir < 0:
        raise Tolak("rusak", nama=PDF.nama)
    sisa = ekor[akhir + 5 :].strip(BANTALAN + b"\x1a")
    if AKHIR_ZIP in sisa:
        raise Tolak("ganda", nama=PDF.nama)
    if sisa:
        raise Tolak("rusak" if LANJUTAN.match(sisa) else "ganda", nama=PDF.nama)


def check_pages(pdf: pikepdf.Pdf) -> None:
    """There are as many pages as announced, and the first ones can be unpacked: a viewer will show them."""
    if not len(pdf.pages) or pdf.Root.Pages.get("/Count") != len(pdf.pages):
        raise Tolak("rusak", nama=PDF.nama)
    for halaman in pdf.pages[:HALAMAN_DIPERIKSA]:
        isi = halaman.obj.get("/Contents")
        for aliran in isi if isinstance(isi, pikepdf.Array) else [isi]:
            if isinstance(aliran, pikepdf.Stream):
                aliran.read_bytes()


def check_object(objek: pikepdf.Object, per: Pemeriksaan) -> None:
    kamus = objek.stream_dict if isinstance(objek, pikepdf.Stream) else objek
    if isinstance(objek, pikepdf.Stream):
        check_stream(objek, per)
    if isinstance(kamus, pikepdf.Dictionary | pikepdf.Array) and TANDA.search(kamus.unparse(resolved=True)):
        for bagian in dictionaries(kamus):
            check_dictionary(bagian, per)


def check_stream(aliran: pikepdf.Stream, per: Pemeriksaan) -> None:
    """Drawings on any page and in each other, fonts, attachments: together no more than the budget."""
    if aliran.get("/Subtype") == "/Image":
        check_pixels(aliran, per.maks_piksel)
    elif not per.batas.take(unpacked_size(aliran)):
        raise Tolak("berat", nama=PDF.nama)


def unpacked_size(aliran: pikepdf.Stream) -> int:
    """0 where it cannot be unpacked: a viewer leaves out a broken font, and shows the page."""
    try:
        return memoryview(aliran.get_stream_buffer(pikepdf.StreamDecodeLevel.specialized)).nbytes
    except GALAT as galat:
        if _is_too_much(galat):
            raise
        return 0


def check_pixels(aliran: pikepdf.Stream, maks_piksel: int) -> None:
    """A plan scanned in black and white is large, and harmless; what is larger still was made to be."""
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


def check_dictionary(kamus: pikepdf.Dictionary, per: Pemeriksaan) -> None:
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
        check_attachment(kamus, per)
    if isinstance(kamus.get("/AA"), pikepdf.Dictionary):
        for aksi in kamus.AA.values():
            check_by_itself(aksi)


# --- Attachments ---


def check_attachment(kamus: pikepdf.Dictionary, per: Pemeriksaan) -> None:
    nama = [str(kamus[kunci]) for kunci in NAMA_LAMPIRAN if kunci in kamus]
    if not nama or not all(BOLEH_TERLAMPIR.fullmatch(satu) for satu in nama):
        raise Tolak("lampiran", nama=PDF.nama)
    satu_per_satu = {a.objgen: a for a in kamus.EF.values() if isinstance(a, pikepdf.Stream)}
    for aliran in satu_per_satu.values():
        isi = aliran.read_bytes()
        check_attached(isi, per)
        if "/Filter" not in aliran:
            per.terlampir.append(isi)


def check_attached(isi: bytes, per: Pemeriksaan) -> None:
    """An office file or a PDF goes by the rules for its kind; whatever is wrong with it, it can be taken out."""
    berarsip = not isi.startswith(b"PK") and ends_as_zip(BytesIO(isi))
    if isi.startswith(TAK_TERLAMPIR) or berarsip or not per.batas.tingkat:
        raise Tolak("lampiran", nama=PDF.nama)
    per.batas.tingkat -= 1
    try:
        open_attached(isi, per)
    except Tolak:
        raise Tolak("lampiran", nama=PDF.nama) from None
    per.batas.tingkat += 1


def open_attached(isi: bytes, per: Pemeriksaan) -> None:
    if isi.startswith(b"PK"):
        from evidence.isi.kantor import UTAMA_TERTANAM, check_document

        check_document(BytesIO(isi), per.batas, UTAMA_TERTANAM)
    elif b"%PDF-" in isi[:KEPALA_PDF]:
        check_pdf(BytesIO(isi), PDF, maks_piksel=per.maks_piksel, batas=per.batas)


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
