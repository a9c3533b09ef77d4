"""The slots of a plan in which its team still has something to do, most pressing first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.tersusun import Nilai, Pk, fetch
from actionplan.models import Indikator, RencanaAksi, kode_baris
from evidence.kelompok import Kelompok, kelompok, menurut_batas
from evidence.models import Slot


@dataclass(frozen=True, slots=True)
class Terbuka:
    """One such slot, as a line of the list says it."""

    hari: dt.date
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
    def ketepatan(self) -> Kelompok | None:
        """Late or due soon; whatever else it is."""
        return menurut_batas([self.keadaan], self.batas, self.hari)

    @property
    def desakan(self) -> int:
        """The order of Tugas saya; what presses under none of its headings stands last."""
        golongan = kelompok([self.keadaan], self.ada_draf, self.batas, self.hari)
        return URUTAN.index(golongan) if golongan else len(URUTAN)

    @property
    def kode(self) -> str:
        return kode_baris(self.area, self.komponen, self.nomor)


URUTAN = list(Kelompok)
KE_NOMOR_AREA = "tenggat__indikator__komponen__area__nomor"
KOLOM = (
    "pk",
    "keadaan",
    "ada_draf",
    "batas",
    "tenggat__label",
    "bukti_fisik__uraian",
    "tenggat__indikator__uraian",
    KE_NOMOR_AREA,
    "tenggat__indikator__komponen__nomor",
    "tenggat__indikator__nomor",
)


def slot_terbuka(rencana: RencanaAksi, areas: frozenset[int], hari: dt.date, kata: str = "") -> list[Terbuka]:
    """Those of `areas`, found by `kata` if there is one."""
    asked: tuple[Nilai, ...] = (Pk(rencana.pk), rencana.satker.zona_waktu, areas, hari)
    if kata:
        rows = Indikator.objects.filter(komponen__area__rencana=rencana).search(kata)
        asked += (frozenset(map(Pk, rows.values_list("pk", flat=True))),)
    slots = [Terbuka(hari, *row) for row in fetch(_slots, *asked)]
    return sorted(slots, key=lambda slot: slot.desakan)  # of equals, the earliest batas stays first


def _slots(
    rencana: int, zona: str, areas: frozenset[int], hari: dt.date, indikator: frozenset[int] | None = None
) -> QuerySet:
    slots = Slot.objects.filter(
        tenggat__indikator__komponen__area__rencana=rencana, **{f"{KE_NOMOR_AREA}__in": areas}
    )
    if indikator is not None:
        slots = slots.filter(tenggat__indikator__in=indikator)
    slots = slots.in_zona(zona).with_keadaan(hari).for_the_team()
    rows = slots.with_batas(hari).order_by("batas", KE_NOMOR_AREA, "pk")  # type: ignore[misc]
    return rows.values_list(*KOLOM)
