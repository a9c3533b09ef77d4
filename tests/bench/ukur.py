"""What is measured, and against what."""

from __future__ import annotations

import datetime as dt
import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import lxml.html
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from openpyxl import Workbook, load_workbook
from weasyprint import CSS, HTML

from accounts.models import User
from actionplan.models import RencanaAksi
from monev.laporan_xlsx import laporan_xlsx
from monev.lembar import susun_lembar
from monev.pdf import OwnFiles, report_html, report_pdf
from monev.report import Laporan, build_report
from monev.triwulan import Triwulan
from tests.bench.tetangga import tambah_tetangga

ULANGAN = 15
Teks = list[list[str]]

GAYA_TELANJANG = (
    "@page{size:A4 landscape} table{table-layout:fixed;width:100%;font:8pt serif} td{border:1px solid}"
)
TELANJANG = engines["django"].from_string(
    "<!doctype html><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>"
    "{% endfor %}</table>"
)


@dataclass
class Halaman:
    nama: str
    siapa: str
    alamat: str


HALAMAN = [
    Halaman("Dasbor anggota", "anggota.demo1", "/1503/2025/"),
    Halaman("Dasbor Sekretaris", "sekretaris.demo", "/1503/2025/"),
    Halaman("Rencana aksi", "anggota.demo1", "/1503/2025/rencana/"),
    Halaman("Kalender tenggat", "anggota.demo1", "/1503/2025/kalender/"),
    Halaman("Unggah: pilih", "anggota.demo1", "/1503/2025/unggah/"),
    Halaman("Antrean reviu", "tpi.demo1", "/1503/2025/antrean/"),
    Halaman("Laporan TW III", "sekretaris.demo", "/1503/2025/laporan/III/"),
]


def jalankan(tetangga: int, per: dt.date) -> None:
    rencana = RencanaAksi.objects.select_related("satker__induk").get(satker__kode="1503", tahun=2025)
    cetak(f"Basis data: {connection.vendor}; kantor demo, posisi per {per}; median dari {ULANGAN} ulangan.")
    ukur_berkas(build_report(rencana, Triwulan(2025, 3), per))
    sendiri = ukur_halaman(per)
    tambah_tetangga(rencana, tetangga)
    analisis()
    ukur_ramai(sendiri, tetangga, per)


def cetak(teks: str) -> None:
    print(teks, flush=True)  # noqa: T201


def median_ms(kerja: Callable[[], object], ulangan: int = ULANGAN) -> float:
    kerja()
    waktu = []
    for _ in range(ulangan):
        gc.collect()
        mulai = time.perf_counter()
        kerja()
        waktu.append((time.perf_counter() - mulai) * 1000)
    return statistics.median(waktu)


def nisbah(nama: str, kita: float, dasar: float, sasaran: float, catatan: str = "") -> None:
    hasil = kita / dasar
    tanda = "ok" if hasil <= sasaran else "DI ATAS SASARAN"
    cetak(f"{nama:<34}{kita:>9.1f} ms {dasar:>9.1f} ms {hasil:>6.2f}×  ≤ {sasaran}×  {tanda}  {catatan}")


# --- the report's files ---


def ukur_berkas(laporan: Laporan) -> None:
    html = report_html(susun_lembar(laporan, ""))
    polos, buku = tabel_telanjang(html), load_workbook(BytesIO(laporan_xlsx(laporan)))
    cetak(f"\nLaporan TW III, {len(laporan.baris)} tenggat: kita, pustaka telanjang dengan isi sel yang sama")
    kita = median_ms(lambda: report_pdf(laporan), 7)
    nisbah("PDF, HTML yang sama tanpa gaya", kita, median_ms(lambda: pdf_polos(html), 7), 1.5)
    nisbah("PDF, tabel teks saja", kita, median_ms(lambda: pdf_polos(polos), 7), 1.5)
    nisbah("Excel", median_ms(lambda: laporan_xlsx(laporan)), median_ms(lambda: xlsx_telanjang(buku)), 1.5)


def sel_teks(html: str) -> Teks:
    """Every table row and list item with its cells' text."""
    pohon = lxml.html.document_fromstring(html)
    return [
        [" ".join(sel.text_content().split()) for sel in (baris.xpath("./td|./th") or [baris])]
        for baris in pohon.xpath("//tr|//li|//article")
    ]


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


# --- pages ---


@dataclass
class Terukur:
    halaman: Halaman
    client: Client
    kueri: int
    ms: float


def buka(halaman: Halaman, per: dt.date) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=halaman.siapa))
    client.get(f"/1503/2025/?per={per}")
    assert client.get(halaman.alamat).status_code == 200, halaman.alamat
    return client


def ukur_halaman(per: dt.date) -> list[Terukur]:
    cetak("\nHalaman daftar: kita, SQL-nya sendiri dan templat telanjang dengan baris yang sama")
    return [ukur_satu(halaman, buka(halaman, per)) for halaman in HALAMAN]


def ukur_satu(halaman: Halaman, client: Client) -> Terukur:
    with CaptureQueriesContext(connection) as catatan:
        isi = client.get(halaman.alamat).content.decode()
    sql = [q["sql"] for q in catatan.captured_queries if q["sql"].startswith("SELECT")]
    rows = sel_teks(isi)
    ms = median_ms(lambda: client.get(halaman.alamat))
    dasar = median_ms(lambda: (jalankan_sql(sql), TELANJANG.render({"rows": rows})))
    nisbah(halaman.nama, ms, dasar, 2, f"{len(sql)} kueri, {len(rows)} baris")
    return Terukur(halaman, client, len(catatan), ms)


def jalankan_sql(sql: list[str]) -> None:
    with connection.cursor() as cursor:
        for satu in sql:
            cursor.execute(satu)
            cursor.fetchall()


def analisis() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def ukur_ramai(sendiri: list[Terukur], tetangga: int, per: dt.date) -> None:
    cetak(f"\nHalaman yang sama: di antara {tetangga} satker lain, dan sendirian")
    for ukuran in sendiri:
        client = ukuran.client
        ms = median_ms(lambda c=client, a=ukuran.halaman.alamat: c.get(a))
        nisbah(ukuran.halaman.nama, ms, ukuran.ms, 1.2, f"{ukuran.kueri} kueri")
