"""The office's calendar: its days begin and end in its own time zone, never in UTC."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Case, Value, When
from django.utils import timezone


class Zona(models.TextChoices):
    """Indonesia's time zones; none of them has daylight saving."""

    WIB = "WIB", "WIB (UTC+7)"
    WITA = "WITA", "WITA (UTC+8)"
    WIT = "WIT", "WIT (UTC+9)"


ZONA_IANA = {Zona.WIB: "Asia/Jakarta", Zona.WITA: "Asia/Makassar", Zona.WIT: "Asia/Jayapura"}

BULAN = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
)


def zoneinfo(zona: str) -> ZoneInfo:
    return ZoneInfo(ZONA_IANA[Zona(zona)])


def hari_ini(zona: str = Zona.WIB) -> dt.date:
    return timezone.localdate(timezone=zoneinfo(zona))


def hari_ini_semua() -> tuple[dt.date, ...]:
    """Today in each of Zona."""
    return tuple(hari_ini(zona) for zona in Zona)


def akhir_hari(tanggal: dt.date, zona: str) -> dt.datetime:
    """The first moment after `tanggal`: what was recorded before it was known on that day."""
    return dt.datetime.combine(tanggal + dt.timedelta(days=1), dt.time(), zoneinfo(zona))


def akhir_hari_menurut(kolom_zona: str, tanggal: dt.date) -> Case:
    """`akhir_hari` in the database, for rows of offices in several zones; `kolom_zona` is the path to the zone."""
    return Case(
        *(
            When(**{kolom_zona: zona}, then=Value(akhir_hari(tanggal, zona)))
            for zona in (Zona.WITA, Zona.WIT)
        ),
        default=Value(akhir_hari(tanggal, Zona.WIB)),
        output_field=models.DateTimeField(),
    )


def tanggal_panjang(tanggal: dt.date) -> str:
    """`3 Maret 2025`"""
    return f"{tanggal.day} {BULAN[tanggal.month - 1]} {tanggal.year}"


def hari_ke(sejak: dt.datetime, pada: dt.date, zona: str) -> int:
    """Which day of waiting `pada` is, by the office's calendar: the day it began is the first."""
    return (pada - timezone.localdate(sejak, zoneinfo(zona))).days + 1
