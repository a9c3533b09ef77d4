"""The slots of a plan in which its team still has something to do, most pressing first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

from django.db.models import QuerySet

from accounts.tersusun import Nilai, Pk, fetch
from actionplan.models import Indikator, RencanaAksi
from evidence.access import SLOT_RELATIONS
from evidence.models import Slot
from evidence.querysets import SlotQuerySet


class SlotTerbuka(Sequence[Slot]):
    """Those of `areas`, found by `kata` if there is one. A list for the Paginator: it fetches the page it shows."""

    def __init__(self, rencana: RencanaAksi, areas: frozenset[int], hari: dt.date, kata: str = "") -> None:
        self.asked: tuple[Nilai, ...] = (Pk(rencana.pk), rencana.satker.zona_waktu, areas, hari)
        if kata:
            rows = Indikator.objects.filter(komponen__area__rencana=rencana).search(kata)
            self.asked += (frozenset(rows.values_list("pk", flat=True)),)

    def __len__(self) -> int:
        return self._jumlah

    @cached_property
    def _jumlah(self) -> int:
        return len(fetch(_pk, *self.asked))

    def __iter__(self) -> Iterator[Slot]:
        return iter(self[0 : len(self)])

    @overload
    def __getitem__(self, yang: int) -> Slot: ...
    @overload
    def __getitem__(self, yang: slice) -> list[Slot]: ...
    def __getitem__(self, yang: int | slice) -> Slot | list[Slot]:
        if isinstance(yang, int):
            return self[yang : yang + 1][0]
        return fetch(_halaman, yang.start, yang.stop, *self.asked)


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
) -> QuerySet[Slot]:
    slots = _slots(rencana, zona, areas, hari, *lain).with_batas(hari).select_related(*SLOT_RELATIONS)
    return slots.order_by("batas", "tenggat__indikator__komponen__area__nomor", "pk")[mulai:sampai]
