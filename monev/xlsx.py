"""Excel workbooks, ready to print. Whatever comes from people is text and never a formula."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from enum import Enum
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

BATAS_TEKS = 32_767  # Excel's own; it would cut in silence
TERPOTONG = " … [terpotong: sel Excel memuat paling banyak 32.767 huruf]"
AWAL_RUMUS = ("=", "+", "-", "@", "\t")

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
    teks = ILLEGAL_CHARACTERS_RE.sub("", teks).replace("\r\n", "\n")
    teks = teks.encode("utf-8", "ignore").decode().replace("\ufffe", "").replace("\uffff", "")
    if len(teks) > BATAS_TEKS:
        return teks[: BATAS_TEKS - len(TERPOTONG)] + TERPOTONG
    return teks


def _cell(ws: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, ws.cell(row, column))  # nothing here merges cells


def put_text(cell: Cell, teks: str) -> Cell:
    """Text stays text: neither `=1+1` nor `#N/A` becomes anything else, in Excel or after an edit there."""
    cell.value = clean_text(teks)
    cell.data_type = "s"
    cell.quotePrefix = teks.startswith(AWAL_RUMUS)
    return cell


def put(cell: Cell, nilai: Nilai) -> Cell:
    """Numbers and dates as such, text as text; None leaves the cell empty."""
    if isinstance(nilai, str):
        return put_text(cell, nilai)
    cell.value = nilai
    return cell


def write_lines(ws: Worksheet, lines: Iterable[str], *, row: int = 1) -> int:
    """Lines over the table, the first as its title. Returns the row after them."""
    for line in lines:
        put_text(_cell(ws, row, 1), line).font = BIASA if row > 1 else JUDUL
        row += 1
    return row


Contoh = dict[tuple[Jenis, bool], StyleArray]


def write_table(
    ws: Worksheet,
    kolom: Sequence[Kolom],
    rows: Iterable[Sequence[Nilai]],
    *,
    row: int = 1,
    tebal_akhir: bool = False,
) -> int:
    """Head in `row`, the rows below, the last in bold where it is a sum. Returns the last row."""
    for nomor, k in enumerate(kolom, 1):
        _head(put_text(_cell(ws, row, nomor), k.judul))
    _fit_height(ws, row, kolom, [k.judul for k in kolom])
    contoh: Contoh = {}
    for isi in rows:
        row += 1
        for nomor, (k, nilai) in enumerate(zip(kolom, isi, strict=True), 1):
            sel = _cell(ws, row, nomor)
            _look(sel, k.jenis, isinstance(nilai, str), contoh)
            put(sel, nilai)
        _fit_height(ws, row, kolom, isi)
    if tebal_akhir:
        for cell in ws[row]:
            cell.font = TEBAL
    return row


def _fit_height(ws: Worksheet, row: int, kolom: Sequence[Kolom], isi: Sequence[Nilai]) -> None:
    """Not every program fits rows to wrapped text by itself when it opens a file."""
    lines = max(_lines(nilai, k.lebar) for k, nilai in zip(kolom, isi, strict=True))
    ws.row_dimensions[row].height = min(lines * TINGGI_BARIS + 3, TINGGI_MAKS)


def _lines(nilai: Nilai, lebar: float) -> int:
    if not isinstance(nilai, str):
        return 1
    return sum(max(1, math.ceil(len(alinea) * 1.1 / lebar)) for alinea in nilai.split("\n"))


def _head(cell: Cell) -> None:
    cell.font, cell.fill, cell.border = TEBAL, ABU, GARIS
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _look(cell: Cell, jenis: Jenis, teks: bool, contoh: Contoh) -> None:
    """Making a style costs more than writing the cell: the first of a kind is the pattern of the others."""
    if (jenis, teks) not in contoh:
        number_format, side = jenis.value
        cell.font, cell.border = BIASA, GARIS
        if not teks:
            cell.number_format = number_format
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
        contoh[jenis, teks] = cell._style  # type: ignore[attr-defined]
    cell._style = copy(contoh[jenis, teks])  # type: ignore[attr-defined]


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
