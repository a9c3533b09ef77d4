"""Read the report back: the page's tables, the PDF's by its tags (as a screen reader does), the workbook's."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import lxml.html
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Tabel = list[list[str]]


def rapat(teks: str) -> str:
    """Without any space: a line break in a PDF is one or none."""
    return re.sub(r"[\s\u00a0\u00ad•]+", "", teks)


def tabel_html(html: str) -> list[Tabel]:
    return [
        [[rapat(sel.text_content()) for sel in baris.xpath("./th|./td")] for baris in tabel.xpath(".//tr")]
        for tabel in lxml.html.fromstring(html).xpath("//article//table")
    ]


def tabel_pdf(isi: bytes, folder: Path) -> list[Tabel]:
    """By the structure tree. A table that goes on to the next page is one; its head is counted once."""
    berkas = folder / "laporan.pdf"
    berkas.write_bytes(isi)
    perintah = ["pdfinfo", "-struct-text", str(berkas)]
    baris = subprocess.run(perintah, capture_output=True, text=True, check=True).stdout.splitlines()
    tabel: list[Tabel] = []
    batas_tabel = batas_sel = 0
    for satu in baris:
        dalam, kata = len(satu) - len(satu.lstrip()), satu.strip()
        if kata.startswith("Table"):
            batas_tabel = dalam
            tabel.append([])
        elif not tabel or dalam <= batas_tabel:
            batas_tabel = 1_000  # what follows is in no table
        elif re.match(r"TR\b", kata):
            tabel[-1].append([])
        elif re.match(r"T[HD]\b", kata):
            batas_sel = dalam
            tabel[-1][-1].append("")
        elif kata.startswith('"') and dalam > batas_sel:
            tabel[-1][-1][-1] += rapat(kata[1:-1])
    return tabel


def teks_pdf(isi: bytes, folder: Path) -> str:
    berkas = folder / "teks.pdf"
    berkas.write_bytes(isi)
    perintah = ["pdftotext", "-layout", str(berkas), "-"]
    return subprocess.run(perintah, capture_output=True, text=True, check=True).stdout


def lembar_xlsx(isi: bytes, nama: str) -> Worksheet:
    return load_workbook(BytesIO(isi))[nama]


def tabel_xlsx(ws: Worksheet, kepala: str) -> list[dict[str, object]]:
    """The rows under the head that begins with `kepala`, to the first empty row."""
    rows = list(ws.iter_rows(values_only=True))
    awal = next(nomor for nomor, row in enumerate(rows) if row[0] == kepala)
    judul = [sel for sel in rows[awal] if sel is not None]
    isi = []
    for row in rows[awal + 1 :]:
        if not any(sel is not None for sel in row):
            break
        isi.append(dict(zip(judul, row, strict=False)))
    return isi
