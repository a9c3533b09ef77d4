"""A plan's tenggat as of a day, each as few values: what lists count, filter and draw by the hundred."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.tersusun import Pk, fetch
from actionplan.models import RencanaAksi
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


def semua_titik(rencana: RencanaAksi, on: dt.date) -> list[Titik]:
    """By date."""
    return [Titik(*row) for row in fetch(_rows, Pk(rencana.pk), rencana.satker.zona_waktu, on)]


def _rows(rencana: int, zona: str, on: dt.date) -> QuerySet:
    rows = TenggatPosisi.objects.of_plan(rencana, zona).with_ketepatan(on)
    return rows.order_by("jatuh_tempo", "pk").values_list(*KOLOM)
