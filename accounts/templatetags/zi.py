"""What every page writes the same way: icons, dates, figures, and the decree's italics and capitals."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django import template
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.waktu import tanggal_panjang, zoneinfo

register = template.Library()

MIRING = re.compile(r"\*([^*\s]|[^*\s][^*]*[^*\s])\*")
SINGKATAN = frozenset(["KPU", "LKE", "PPID", "RI", "SDM", "SOP", "SPIP", "TPI", "WBBM", "WBK", "WBS", "ZI"])
KATA_SAMBUNG = frozenset(["atau", "dalam", "dan", "dari", "di", "ke", "menuju", "pada", "untuk", "yang"])
NOMOR = 1234567890  # of no page's own
SATUAN = ["B", "KB", "MB", "GB", "TB"]


@register.simple_tag
@cache
def ikon(nama: str) -> SafeString:
    """One icon of the sprite, for the eye only: a word always stands beside it."""
    return format_html(
        '<svg class="ikon" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("ikon.svg"), nama
    )


@register.simple_tag
def alamat(nama: str, pk: int) -> SafeString:
    """As `url`, of a page that only a number tells apart: a fifth of its cost, for what stands in every row."""
    awal, akhir = _pola(nama, get_script_prefix())
    return mark_safe(f"{awal}{pk:d}{akhir}")  # noqa: S308


@cache
def _pola(nama: str, di_bawah: str) -> tuple[str, str]:
    """What stands before and behind the number; `di_bawah` is where the site begins."""
    awal, _, akhir = reverse(nama, args=[NOMOR]).rpartition(str(NOMOR))
    return conditional_escape(awal), conditional_escape(akhir)


@register.filter
def miring(teks: str | None) -> SafeString:
    """The decree's italics are its foreign words: `*role model*` is shown, and read aloud, as English."""
    aman = conditional_escape(teks or "")
    return mark_safe(MIRING.sub(r'<i lang="en">\1</i>', aman)) if "*" in aman else aman  # noqa: S308


@register.filter
def tanpa_miring(teks: str | None) -> str:
    """The same text where no markup can stand: titles, attributes, file names."""
    return MIRING.sub(r"\1", teks or "")


@register.filter
def judul_area(teks: str) -> str:
    """`PENATAAN SISTEM MANAJEMEN SDM` as pages and reports write it; the plan keeps the decree's capitals."""
    if teks != teks.upper():
        return teks
    return " ".join(kata_judul(kata) for kata in teks.split())


def kata_judul(kata: str) -> str:
    if "/" in kata:
        return "/".join(kata_judul(bagian) for bagian in kata.split("/"))
    if kata.strip(".,;:()") in SINGKATAN:
        return kata
    kecil = kata.lower()
    return kecil if kecil in KATA_SAMBUNG else kecil.capitalize()


@register.filter
def tanggal(hari: dt.date | None) -> str:
    """`3 Maret 2025`"""
    return tanggal_panjang(hari) if hari else ""


@register.filter
def tanggal_di(waktu: dt.datetime | None, zona: str) -> str:
    """The day on which a moment fell by the office's clock; by any other it may be the day before."""
    return tanggal_panjang(timezone.localdate(waktu, zoneinfo(zona))) if waktu else ""


@register.filter
def persen(nilai: float | Decimal | None) -> str:
    """0-100 as `75,5%`; `–` where there is nothing to count."""
    if nilai is None:
        return "–"
    return f"{satu_desimal(nilai)}%"


@register.filter
def ukuran_berkas(bita: int) -> str:
    """`1,4 MB` (Django's own Indonesian says *bita* for some sizes and KB for others)."""
    ukuran = Decimal(bita)
    for satuan in SATUAN:
        if ukuran < 1000 or satuan == SATUAN[-1]:
            break
        ukuran /= 1024
    return f"{bita if satuan == 'B' else satu_desimal(ukuran)} {satuan}"


def satu_desimal(nilai: float | Decimal) -> str:
    bulat = Decimal(str(nilai)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return str(bulat).replace(".", ",")


@register.filter
def huruf_awal(nama: str) -> str:
    """`Anggota Demo 1` → `A1`, for the circle beside a name."""
    kata = nama.split()
    return "".join(k[0] for k in [kata[0], *kata[1:][-1:]]).upper() if kata else ""
