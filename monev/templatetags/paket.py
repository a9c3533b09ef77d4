from django import template

from evidence.keadaan import Keadaan
from evidence.models import Slot
from monev.paket import Isi
from monev.paket_indeks import link_of

register = template.Library()


@register.filter
def alamat_paket(isi: Isi) -> str:
    return link_of(isi)


@register.filter
def sebut_keadaan(slot: Slot) -> str:
    return str(Keadaan(slot.keadaan).label)
