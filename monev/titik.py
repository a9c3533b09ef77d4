"""A plan's tenggat as of a day, each as few values: what lists count, filter and draw by the hundred."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.tersusun import Pk, fetch
from actionplan.models import RencanaAksi, kode_baris
from monev.models import TenggatPosisi


@dataclass(frozen=True, slots=True)
class Titik:
    pk: int
    indikator_id: int
    area: int
    label: str
    mulai: dt.date
    jatuh_tempo: dt.date
    status: str
    ketepatan: str
    batas: dt.date

    @property
    def triwulan(self) -> str:
        return str((self.jatuh_tempo.month - 1) // 3 + 1)


@dataclass(frozen=True, slots=True)
class TitikBaris(Titik):
    """With what a list says of the row it belongs to."""

    perpanjangan_sampai: dt.date | None
    komponen: int
    nomor: int
    uraian: str

    @property
    def kode(self) -> str:
        return kode_baris(self.area, self.komponen, self.nomor)


KOLOM = (
    "pk",
    "indikator_id",
    "indikator__komponen__area__nomor",
    "label",
    "mulai",
    "jatuh_tempo",
    "status",
    "ketepatan",
    "batas",
)
KOLOM_BARIS = (
    *KOLOM,
    "perpanjangan_sampai",
    "indikator__komponen__nomor",
    "indikator__nomor",
    "indikator__uraian",
)


def semua_titik(rencana: RencanaAksi, on: dt.date) -> list[Titik]:
    """By date."""
    return [Titik(*row) for row in fetch(_rows, Pk(rencana.pk), rencana.satker.zona_waktu, on)]


def _rows(rencana: int, zona: str, on: dt.date) -> QuerySet:
    rows = TenggatPosisi.objects.of_plan(rencana, zona).with_ketepatan(on)
    return rows.order_by("jatuh_tempo", "pk").values_list(*KOLOM)
