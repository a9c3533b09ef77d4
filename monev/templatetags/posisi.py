import datetime as dt
from functools import cache, lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from evidence.kelompok import Kelompok
from evidence.templatetags.bukti import MENDESAK, SIMPAN, lencana_batas, sebut_hari
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
    Ketepatan.TERLAMBAT: MENDESAK[Kelompok.TERLAMBAT][0],
    Ketepatan.SEGERA: MENDESAK[Kelompok.SEGERA][0],
    Ketepatan.BERJALAN: "play",
    Ketepatan.AKAN_DATANG: "calendar",
    Ketepatan.TEPAT_WAKTU: "calendar-check",
    Ketepatan.LEWAT_WAKTU: "calendar-x",
}


@register.simple_tag
def lencana_status(status: str) -> SafeString:
    """The only place where a status becomes a look."""
    return _status(Status(status))


@cache
def _status(nilai: Status) -> SafeString:
    isian = {"gaya": nilai.value, "ikon": IKON_STATUS[nilai], "label": str(nilai.label)}
    return render_to_string("monev/_lencana_status.html", isian)


@register.simple_tag
def lencana_ketepatan(ketepatan: str, batas: dt.date | None = None, on: dt.date | None = None) -> SafeString:
    """With `batas` and `on`, Terlambat and Segera say how many days."""
    nilai = Ketepatan(ketepatan)
    hari = ketepatan_hari(nilai, batas, on) if batas and on else ""
    return lencana_batas(nilai.value, IKON_KETEPATAN[nilai], str(nilai.label), hari)


@register.simple_tag
@lru_cache(SIMPAN)
def titik_jejak(label: str, status: str, ketepatan: str) -> SafeString:
    """One step of a row's trail: an icon for the eye, words for the ear, a red edge where late."""
    isian = {
        "gaya": status,
        "ikon": IKON_STATUS[Status(status)],
        "terlambat": ketepatan == Ketepatan.TERLAMBAT,
        "kata": f"{label}: {Status(status).label}, {Ketepatan(ketepatan).label}",
    }
    return render_to_string("monev/_titik_jejak.html", isian)


def ketepatan_hari(ketepatan: Ketepatan, batas: dt.date, on: dt.date) -> str:
    """How many days, of what presses; empty of all else."""
    return sebut_hari(batas, on) if ketepatan in (Ketepatan.TERLAMBAT, Ketepatan.SEGERA) else ""
