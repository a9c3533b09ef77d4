from django import template

from evidence.keadaan import Keadaan

register = template.Library()

# Looks of look.css; a slot's Sesuai is drawn as a tenggat's Selesai.
GAYA = {
    Keadaan.BELUM: ("belum", "circle"),
    Keadaan.DRAF: ("belum", "pencil"),
    Keadaan.MENUNGGU: ("menunggu", "hourglass-split"),
    Keadaan.PERBAIKAN: ("perbaikan", "arrow-return-left"),
    Keadaan.SESUAI: ("selesai", "check-circle-fill"),
}


@register.inclusion_tag("evidence/_lencana_keadaan.html")
def lencana_keadaan(keadaan: str) -> dict[str, str]:
    """The only place where a slot's state becomes a look."""
    nilai = Keadaan(keadaan)
    gaya, ikon = GAYA[nilai]
    return {"gaya": gaya, "ikon": ikon, "label": str(nilai.label)}
