import datetime as dt

from django import template

from monev.status import Ketepatan, Status

register = template.Library()

IKON_STATUS = {
    Status.BELUM: "circle",
    Status.PROSES: "circle-half",
    Status.MENUNGGU: "hourglass-split",
    Status.PERBAIKAN: "arrow-return-left",
    Status.SELESAI: "check-circle-fill",
}
IKON_KETEPATAN = {
    Ketepatan.TERLAMBAT: "exclamation-triangle-fill",
    Ketepatan.SEGERA: "alarm-fill",
    Ketepatan.BERJALAN: "play",
    Ketepatan.AKAN_DATANG: "calendar",
    Ketepatan.TEPAT_WAKTU: "calendar-check",
    Ketepatan.LEWAT_WAKTU: "calendar-x",
}


@register.inclusion_tag("monev/_lencana_status.html")
def lencana_status(status: str) -> dict[str, str]:
    """The only place where a status becomes a look."""
    nilai = Status(status)
    return {"gaya": nilai.value, "ikon": IKON_STATUS[nilai], "label": str(nilai.label)}


@register.inclusion_tag("monev/_lencana_ketepatan.html")
def lencana_ketepatan(ketepatan: str, batas: dt.date | None = None, on: dt.date | None = None) -> dict[str, str]:
    """With `batas` and `on`, Terlambat and Segera say how many days."""
    nilai = Ketepatan(ketepatan)
    return {
        "gaya": nilai.value,
        "ikon": IKON_KETEPATAN[nilai],
        "label": str(nilai.label),
        "hari": sebut_hari(nilai, batas, on) if batas and on else "",
    }


def sebut_hari(ketepatan: Ketepatan, batas: dt.date, on: dt.date) -> str:
    """`20 hari`, `11 hari lagi`, `hari ini`"""
    selisih = (batas - on).days
    if ketepatan == Ketepatan.TERLAMBAT:
        return f"{-selisih} hari"
    if ketepatan == Ketepatan.SEGERA:
        return f"{selisih} hari lagi" if selisih else "hari ini"
    return ""
