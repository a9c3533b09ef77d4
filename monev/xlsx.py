"""Excel workbooks, ready to print. Whatever comes from people is text and never a formula."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, cast
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

BATAS_TEKS = 32_767  # Excel's own; it would cut in silence
TERPOTONG = " … [terpotong: sel Excel memuat paling banyak 32.767 huruf]"
AWAL_RUMUS = ("=", "+", "-", "@", "\t")

# Control characters (not tab and line break), surrogates, and two that are none.
MERUSAK = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

TINGGI_BARIS = 13.5  # points, of one line of Arial 10
TINGGI_MAKS = 409  # Excel's own

TEBAL = Font(name="Arial", size=10, bold=True)
BIASA = Font(name="Arial", size=10)
JUDUL = Font(name="Arial", size=13, bold=True)
ABU = PatternFill("solid", fgColor="ECE8E3")
SISI = Side(style="thin", color="808080")
GARIS = Border(left=SISI, right=SISI, top=SISI, bottom=SISI)

Nilai = str | int | float | dt.date | None


class Jenis(Enum):
    """What a column holds: its number format and its side."""

    TEKS = ("General", "left")
    PENDEK = ("General", "center")
    ANGKA = ("#,##0", "right")
    TANGGAL = ("dd/mm/yyyy", "center")
    PERSEN = ("0.0%", "right")


@dataclass(frozen=True)
class Kolom:
    judul: str
    lebar: float
    jenis: Jenis = Jenis.TEKS


def new_workbook(judul: str, *, satker: str, on: dt.date, keterangan: str = "") -> Workbook:
    """Without sheets, with its document properties."""
    wb = Workbook()
    wb.remove(wb.worksheets[0])
    wb.properties.title = clean_text(judul)
    wb.properties.creator = clean_text(satker)
    wb.properties.lastModifiedBy = clean_text(satker)
    wb.properties.language = "id-ID"
    wb.properties.subject = "Rencana aksi zona integritas"
    wb.properties.description = clean_text(keterangan)
    wb.properties.created = dt.datetime.combine(on, dt.time())
    return wb


def clean_text(teks: str) -> str:
    """Without what breaks the file: control characters, lone surrogates, U+FFFE and U+FFFF."""
    if MERUSAK.search(teks):
        teks = MERUSAK.sub("", teks.replace("\r\n", "\n").replace("\r", "\n"))
    if len(teks) > BATAS_TEKS:
        return teks[: BATAS_TEKS - len(TERPOTONG)] + TERPOTONG
    return teks


def _cell(ws: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, ws.cell(row, column))  # nothing here merges cells


def put_text(cell: Cell, teks: str) -> Cell:
    """Text stays text: neither `=1+1` nor `#N/A` becomes anything else, in Excel or after an edit there."""
    # Past the setter, which would read a formula out of it.
    cell._value = clean_text(teks)  # type: ignore[attr-defined]
    cell.data_type = "s"
    if teks.startswith(AWAL_RUMUS):
        cell.quotePrefix = True
    return cell


def put(cell: Cell, nilai: Nilai) -> Cell:
    """Numbers and dates as such, text as text; None leaves the cell empty."""
    if isinstance(nilai, str):
        return put_text(cell, nilai)
    if nilai is not None:
        cell.value = nilai
    return cell


def write_lines(ws: Worksheet, lines: Iterable[str], *, row: int = 1) -> int:
    """Lines over a table, the first as its title: the sheet's own is larger. Returns the row after them."""
    huruf = TEBAL if row > 1 else JUDUL
    for line in lines:
        put_text(_cell(ws, row, 1), line).font = huruf
        row, huruf = row + 1, BIASA
    return row


class Gaya(NamedTuple):
    """What a cell of a table looks like; `jenis` None is the head."""

    jenis: Jenis | None
    teks: bool = True
    tebal: bool = False


# Making a style costs more than writing the cell: each is made once in a workbook.
_BUATAN: WeakKeyDictionary[Workbook, dict[Gaya, StyleArray]] = WeakKeyDictionary()


def _style(ws: Worksheet, gaya: Gaya) -> StyleArray:
    buatan = _BUATAN.setdefault(cast(Workbook, ws.parent), {})
    if gaya not in buatan:
        contoh = Cell(ws, 1, 1)  # never written: it only asks the workbook for its style
        _dress(contoh, gaya)
        buatan[gaya] = contoh._style  # type: ignore[attr-defined]
    return buatan[gaya]


def _dress(cell: Cell, gaya: Gaya) -> None:
    cell.border = GARIS
    if gaya.jenis is None:
        cell.font, cell.fill = TEBAL, ABU
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        return
    number_format, side = gaya.jenis.value
    cell.font = TEBAL if gaya.tebal else BIASA
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    if not gaya.teks:
        cell.number_format = number_format


def write_table(
    ws: Worksheet,
    kolom: Sequence[Kolom],
    rows: Iterable[Sequence[Nilai]],
    *,
    row: int = 1,
    tebal_akhir: bool = False,
) -> int:
    """Head in `row`, the rows below, the last in bold where it is a sum. Returns the last row."""
    isi = list(rows)
    _write_row(ws, row, kolom, [k.judul for k in kolom], kepala=True)
    for nomor, satu in enumerate(isi, row + 1):
        _write_row(ws, nomor, kolom, satu, tebal=tebal_akhir and nomor == row + len(isi))
    return row + len(isi)


def _write_row(
    ws: Worksheet,
    row: int,
    kolom: Sequence[Kolom],
    isi: Sequence[Nilai],
    *,
    kepala: bool = False,
    tebal: bool = False,
) -> None:
    for nomor, (k, nilai) in enumerate(zip(kolom, isi, strict=True), 1):
        gaya = Gaya(None if kepala else k.jenis, isinstance(nilai, str), tebal)
        # Not ws.cell(): it asks for each whether it is there already.
        ws._cells[row, nomor] = put(Cell(ws, row, nomor, style_array=_style(ws, gaya)), nilai)
    _fit_height(ws, row, kolom, isi)


def _fit_height(ws: Worksheet, row: int, kolom: Sequence[Kolom], isi: Sequence[Nilai]) -> None:
    """Not every program fits rows to wrapped text by itself when it opens a file."""
    lines = max(_lines(nilai, k.lebar) for k, nilai in zip(kolom, isi, strict=True))
    ws.row_dimensions[row].height = min(lines * TINGGI_BARIS + 3, TINGGI_MAKS)


def _lines(nilai: Nilai, lebar: float) -> int:
    if not isinstance(nilai, str):
        return 1
    return sum(max(1, math.ceil(len(alinea) * 1.1 / lebar)) for alinea in nilai.split("\n"))


def set_widths(ws: Worksheet, kolom: Sequence[Kolom]) -> None:
    for nomor, k in enumerate(kolom, 1):
        ws.column_dimensions[get_column_letter(nomor)].width = k.lebar


def set_filter(ws: Worksheet, *, head: int, last: int, columns: int, frozen_columns: int = 0) -> None:
    """The head stays in sight (and so many columns), and every column can be filtered."""
    ws.freeze_panes = _cell(ws, head + 1, frozen_columns + 1)
    ws.auto_filter.ref = f"A{head}:{get_column_letter(columns)}{last}"


def set_print(
    ws: Worksheet, *, kaki: str, head: int | None = None, pages_wide: int = 1, first_column: bool = False
) -> None:
    """A4 landscape, so many pages wide, the head (and the first column) on each, `Halaman x dari y` below."""
    ws.page_setup.orientation = "landscape"
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = pages_wide, 0
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_margins.left = ws.page_margins.right = 0.4
    ws.page_margins.top, ws.page_margins.bottom = 0.5, 0.7
    if head:
        ws.print_title_rows = f"{head}:{head}"
    if first_column:
        ws.print_title_cols = "A:A"
    footer = ws.oddFooter
    # `is not None`: a part that is still empty counts as false.
    assert footer is not None
    assert footer.left is not None
    assert footer.right is not None
    # In a footer & begins a code.
    footer.left.text = clean_text(kaki).replace("&", "&&")
    footer.right.text = "Halaman &P dari &N"


def to_bytes(wb: Workbook) -> bytes:
    out = io.BytesIO()
    wb.save(out)
    return out.getvalue()
