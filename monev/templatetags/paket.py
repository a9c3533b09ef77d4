from django import template

from accounts.area import ROMAWI
from accounts.templatetags.zi import judul_area, tanpa_miring
from actionplan.models import Komponen
from evidence.keadaan import Keadaan
from evidence.models import Slot
from monev.paket import Isi
from monev.paket_indeks import link_of

register = template.Library()


@register.filter
def alamat_paket(isi: Isi) -> str:
    return link_of(isi)


@register.filter
def sebut_komponen(komponen: Komponen) -> str:
    """As the folders say it, unshortened: `Area I · 1. Tim Kerja`"""
    return f"Area {ROMAWI[komponen.area.nomor]} · {komponen.nomor}. {judul_area(tanpa_miring(komponen.nama))}"


@register.filter
def sebut_keadaan(slot: Slot) -> str:
    return str(Keadaan(slot.keadaan).label)
