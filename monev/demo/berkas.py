"""Small real files for the demo: letters as PDF, photographs as JPG, tables as XLSX. Each says that it is a sample."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from monev.demo.biasa import seeded

HURUF = Path(settings.BASE_DIR) / "static" / "vendor" / "tex-gyre-bonum"
CONTOH = "Contoh untuk kantor demo, bukan dokumen kedinasan"


@dataclass(frozen=True)
class Dokumen:
    """What a file is to look like."""

    judul: str
    indikator: str
    langkah: tuple[str, ...]
    uraian: str
    tanggal: dt.date
    tempat: str
    kop: tuple[str, str]
    kunci: str  # the seed of whatever is invented in it
    daftar_hadir: bool = False


# PDF: all of them set in one run and then cut apart; one run each would take a minute


def make_pdfs(dokumen: Sequence[Dokumen]) -> list[bytes]:
    if not dokumen:
        return []
    html = render_to_string(
        "monev/demo/surat.html", {"dokumen": [_surat(d) for d in dokumen], "contoh": CONTOH}
    )
    fonts = FontConfiguration()
    fetch = URLFetcher(allowed_protocols=["file"])
    satu = HTML(string=html, base_url=HURUF.as_uri() + "/", url_fetcher=fetch).render(font_config=fonts)
    awal = [n for n, page in enumerate(satu.pages) if any(a.startswith("surat-") for a in page.anchors)]
    with pikepdf.open(io.BytesIO(satu.write_pdf())) as pdf:
        return [
            _cut(pdf, mulai, akhir) for mulai, akhir in zip(awal, [*awal[1:], len(pdf.pages)], strict=True)
        ]


def _cut(pdf: pikepdf.Pdf, mulai: int, akhir: int) -> bytes:
    sepotong, keluar = pikepdf.Pdf.new(), io.BytesIO()
    for n in range(mulai, akhir):
        sepotong.pages.append(pdf.pages[n])
    sepotong.save(keluar, deterministic_id=True)
    return keluar.getvalue()


def _surat(d: Dokumen) -> dict:
    hadir = [f"Pegawai Demo {n}" for n in range(1, 17)] if d.daftar_hadir else []
    return {
        "isi": d,
        "hadir": [(n, nama, seeded(f"{d.kunci}{n}").random() > 0.08) for n, nama in enumerate(hadir, 1)],
    }


# JPG


def make_jpg(d: Dokumen) -> bytes:
    """A drawn room with a banner: enough to be told from another photograph."""
    acak = seeded(d.kunci)
    gambar = Image.new("RGB", (1280, 960), _warna(acak, 200, 235))
    kuas = ImageDraw.Draw(gambar)
    kuas.rectangle((0, 690, 1280, 960), fill=_warna(acak, 140, 180))
    for _ in range(acak.randint(2, 4)):
        _draw_person(kuas, acak)
    kuas.rectangle((150, 110, 1130, 470), fill=_warna(acak, 60, 120), outline="white", width=8)
    _write(kuas, d.judul, 190, 150)
    _write_small(kuas, f"{d.tempat}, {d.tanggal:%d/%m/%Y}", 190, 400, 30)
    _write_small(kuas, CONTOH, 24, 914, 26)
    keluar = io.BytesIO()
    gambar.save(keluar, "JPEG", quality=80)
    return keluar.getvalue()


def _warna(acak: random.Random, dari: int, sampai: int) -> tuple[int, int, int]:
    return acak.randint(dari, sampai), acak.randint(dari, sampai), acak.randint(dari, sampai)


def _draw_person(kuas: ImageDraw.ImageDraw, acak: random.Random) -> None:
    x, kulit, baju = acak.randint(80, 1200), (150, 110, 85), _warna(acak, 40, 140)
    kuas.ellipse((x - 45, 500, x + 45, 590), fill=kulit)
    kuas.rounded_rectangle((x - 95, 595, x + 95, 900), 40, fill=baju)


@cache
def _font(ukuran: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(HURUF / "texgyrebonum-bold.otf"), ukuran)


def _write(kuas: ImageDraw.ImageDraw, teks: str, x: int, y: int) -> None:
    baris, panjang = [""], 34
    for kata in teks.split():
        if len(baris[-1]) + len(kata) > panjang:
            baris.append("")
        baris[-1] = f"{baris[-1]} {kata}".strip()
    kuas.multiline_text((x, y), "\n".join(baris[:4]), fill="white", font=_font(46), spacing=14)


def _write_small(kuas: ImageDraw.ImageDraw, teks: str, x: int, y: int, ukuran: int) -> None:
    kuas.text((x, y), teks, fill="white", font=_font(ukuran), stroke_width=2, stroke_fill="black")


# XLSX


def make_xlsx(d: Dokumen) -> bytes:
    acak = seeded(d.kunci)
    buku = Workbook(write_only=True)
    lembar = buku.create_sheet("Rekapitulasi")
    lembar.column_dimensions["B"].width, lembar.column_dimensions["C"].width = 28, 44
    lembar.append([d.judul])
    lembar.append([f"{d.tempat}, {d.tanggal:%d/%m/%Y}. {CONTOH}."])
    lembar.append([])
    lembar.append(["No", "Nama", "Uraian", "Jumlah", "Keterangan"])
    for n in range(1, 25):
        lembar.append(
            [
                n,
                f"Pegawai Demo {n}",
                d.indikator[:60],
                acak.randint(0, 22),
                acak.choice(("Lengkap", "Sesuai", "–")),
            ]
        )
    buku.properties.title, buku.properties.creator = d.judul, "Kantor demo"
    buku.properties.created = buku.properties.modified = dt.datetime.combine(d.tanggal, dt.time(8))
    keluar = io.BytesIO()
    buku.save(keluar)
    return keluar.getvalue()
