from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from monev.chart import Balok
from monev.status import Status

register = template.Library()

BALOK = '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" class="{}"/>'


@register.filter
def tumpukan(balok: Iterable[Balok], gambar: str) -> SafeString:
    """The bar of one month; `gambar` is the drawing whose motifs it is filled with."""
    return format_html_join("", BALOK, ((b.x, b.y, b.lebar, b.tinggi, *_isi(b, gambar)) for b in balok))


def _isi(balok: Balok, gambar: str) -> tuple[str, str, str]:
    """Fill, stroke and class."""
    nilai = balok.sel.status.value
    if balok.sel.bermotif:
        return f"url(#{gambar}-{nilai})", "#fff", "pisah"
    if balok.sel.status == Status.BELUM:
        return balok.sel.warna, "#8b8178", "i-belum"
    return balok.sel.warna, "#fff", f"i-{nilai} pisah"
