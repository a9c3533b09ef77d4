"""What is measured, and against what."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import lxml.html
from django.db import connection
from django.utils.html import escape
from openpyxl import Workbook, load_workbook
from weasyprint import CSS, HTML

from actionplan.models import RencanaAksi
from monev.laporan_xlsx import laporan_xlsx
from monev.lembar import susun_lembar
from monev.pdf import OwnFiles, report_html, report_pdf
from monev.report import Laporan, build_report
from monev.triwulan import Triwulan
from tests.bench.catat import ULANGAN, cetak, median_ms, nisbah
from tests.bench.halaman import ukur_daftar

GAYA_TELANJANG = (
    "@page{size:A4 landscape} table{table-layout:fixed;width:100%;font:8pt serif} td{border:1px solid}"
)


def laporan(per: dt.date) -> None:
    ukur_berkas(build_report(rencana_demo(per), Triwulan(2025, 3), per))


def halaman(tetangga: int, per: dt.date) -> None:
    ukur_daftar(rencana_demo(per), tetangga, per)


def rencana_demo(per: dt.date) -> RencanaAksi:
    cetak(f"\nBasis data: {connection.vendor}; kantor demo, posisi per {per}; median dari {ULANGAN} ulangan.")
    return RencanaAksi.objects.select_related("satker__induk").get(satker__kode="1503", tahun=2025)


# --- the report's files ---


def ukur_berkas(laporan: Laporan) -> None:
    html = report_html(susun_lembar(laporan, ""))
    polos, buku = tabel_telanjang(html), load_workbook(BytesIO(laporan_xlsx(laporan)))
    cetak(f"\nLaporan TW III, {len(laporan.baris)} tenggat: kita, pustaka telanjang dengan isi sel yang sama")
    kita, tanpa_gaya, teks = median_ms(
        lambda: report_pdf(laporan), lambda: pdf_polos(html), lambda: pdf_polos(polos), ulangan=7
    )
    nisbah("PDF, HTML yang sama tanpa gaya", kita, tanpa_gaya, 1.5)
    nisbah("PDF, tabel teks saja", kita, teks, 1.5)
    nisbah("Excel", *median_ms(lambda: laporan_xlsx(laporan), lambda: xlsx_telanjang(buku)), 1.5)


def pdf_polos(html: str) -> bytes:
    """WeasyPrint's own fonts, no tags, no look of ours."""
    return HTML(string=html, url_fetcher=OwnFiles()).write_pdf(stylesheets=[CSS(string=GAYA_TELANJANG)])


def tabel_telanjang(html: str) -> str:
    """The page's tables with their cells and spans, and nothing of their look."""
    pohon = lxml.html.document_fromstring(html)
    baris = []
    for tabel in pohon.xpath("//table"):
        baris += ["<table>", *(baris_telanjang(tr) for tr in tabel.xpath(".//tr")), "</table>"]
    return "".join(baris)


def baris_telanjang(tr: lxml.html.HtmlElement) -> str:
    sel = "".join(
        f'<td colspan="{s.get("colspan", "1")}">{escape(" ".join(s.text_content().split()))}</td>'
        for s in tr.xpath("./td|./th")
    )
    return f"<tr>{sel}</tr>"


def xlsx_telanjang(asal: Workbook) -> bytes:
    buku = Workbook()
    for lembar in asal.worksheets:
        baru = buku.create_sheet(lembar.title)
        for baris in lembar.iter_rows(values_only=True):
            baru.append(baris)
    keluar = BytesIO()
    buku.save(keluar)
    return keluar.getvalue()
