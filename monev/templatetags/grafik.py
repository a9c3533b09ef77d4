from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from monev.chart import Balok
from monev.status import Status

register = template.Library()

BALOK = '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" class="{}"/>'


@register.filter
def tumpukan(balok: Iterable[Balok], gambar: str) -> SafeString:
    """The bar of one month; `gambar` is the drawing whose motifs it is filled with."""
    # Nothing in it was typed by anybody: numbers and names of ours.
    semua = (BALOK.format(b.x, b.y, b.lebar, b.tinggi, *_isi(b, gambar)) for b in balok)
    return mark_safe("".join(semua))  # noqa: S308


def _isi(balok: Balok, gambar: str) -> tuple[str, str, str]:
    """Fill, stroke and class."""
    nilai = balok.sel.status.value
    if balok.sel.bermotif:
        return f"url(#{gambar}-{nilai})", "#fff", "pisah"
    if balok.sel.status == Status.BELUM:
        return balok.sel.warna, "#8b8178", "i-belum"
    return balok.sel.warna, "#fff", f"i-{nilai} pisah"
