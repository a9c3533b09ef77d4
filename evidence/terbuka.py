"""The slots of a plan in which its team still has something to do, most pressing first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from django.db.models import QuerySet

from accounts.tersusun import Nilai, Pk, fetch
from actionplan.models import Indikator, RencanaAksi, kode_baris
from evidence.models import Slot
from evidence.querysets import SlotQuerySet


@dataclass(frozen=True, slots=True)
class Terbuka:
    """One such slot, as a line of the list says it."""

    pk: int
    keadaan: str
    ada_draf: bool
    batas: dt.date
    label: str
    bukti_fisik: str
    indikator: str
    area: int
    komponen: int
    nomor: int

    @property
    def kode(self) -> str:
        return kode_baris(self.area, self.komponen, self.nomor)


KOLOM = (
    "pk",
    "keadaan",
    "ada_draf",
    "batas",
    "tenggat__label",
    "bukti_fisik__uraian",
    "tenggat__indikator__uraian",
    "tenggat__indikator__komponen__area__nomor",
    "tenggat__indikator__komponen__nomor",
    "tenggat__indikator__nomor",
)


class SlotTerbuka(Sequence[Terbuka]):
    """Those of `areas`, found by `kata` if there is one. A list for the Paginator: it fetches the page it shows."""

    def __init__(self, rencana: RencanaAksi, areas: frozenset[int], hari: dt.date, kata: str = "") -> None:
        self.asked: tuple[Nilai, ...] = (Pk(rencana.pk), rencana.satker.zona_waktu, areas, hari)
        if kata:
            rows = Indikator.objects.filter(komponen__area__rencana=rencana).search(kata)
            self.asked += (frozenset(map(Pk, rows.values_list("pk", flat=True))),)

    def __len__(self) -> int:
        return self._jumlah

    @cached_property
    def _jumlah(self) -> int:
        return len(fetch(_pk, *self.asked))

    def __iter__(self) -> Iterator[Terbuka]:
        return iter(self[0 : len(self)])

    @overload
    def __getitem__(self, yang: int) -> Terbuka: ...
    @overload
    def __getitem__(self, yang: slice) -> list[Terbuka]: ...
    def __getitem__(self, yang: int | slice) -> Terbuka | list[Terbuka]:
        if isinstance(yang, int):
            return self[yang : yang + 1][0]
        return [Terbuka(*row) for row in fetch(_halaman, yang.start, yang.stop, *self.asked)]


def _slots(
    rencana: int, zona: str, areas: frozenset[int], hari: dt.date, indikator: frozenset[int] | None = None
) -> SlotQuerySet:
    slots = Slot.objects.filter(
        tenggat__indikator__komponen__area__rencana=rencana,
        tenggat__indikator__komponen__area__nomor__in=areas,
    )
    if indikator is not None:
        slots = slots.filter(tenggat__indikator__in=indikator)
    return slots.in_zona(zona).with_keadaan(hari).for_the_team()


def _pk(*asked: Nilai) -> QuerySet:
    return _slots(*asked).values_list("pk", flat=True).order_by()  # type: ignore[arg-type]


def _halaman(
    mulai: int,
    sampai: int,
    rencana: int,
    zona: str,
    areas: frozenset[int],
    hari: dt.date,
    *lain: frozenset[int],
) -> QuerySet:
    slots = _slots(rencana, zona, areas, hari, *lain).with_batas(hari)
    slots = slots.order_by("batas", "tenggat__indikator__komponen__area__nomor", "pk")
    return slots.values_list(*KOLOM)[mulai:sampai]
