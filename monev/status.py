"""Where a tenggat stands (DESIGN section 5): the words, and the rule of each as one QuerySet annotation.

Nothing here is stored. Every question takes the day `on` and answers from what was recorded by its end, in the
zone of each row's office.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from actionplan.querysets import TenggatQuerySet
from evidence.keadaan import PERINGKAT, Keadaan
from evidence.models import Slot

HARI_SEGERA = 14


class Status(models.TextChoices):
    BELUM = "belum", "Belum"
    PROSES = "proses", "Proses"
    MENUNGGU = "menunggu", "Menunggu Reviu"
    PERBAIKAN = "perbaikan", "Perlu Perbaikan"
    SELESAI = "selesai", "Selesai"


class Ketepatan(models.TextChoices):
    TERLAMBAT = "terlambat", "Terlambat"
    SEGERA = "segera", "Segera"
    BERJALAN = "berjalan", "Berjalan"
    AKAN_DATANG = "akan_datang", "Akan Datang"
    TEPAT_WAKTU = "tepat_waktu", "Tepat Waktu"
    LEWAT_WAKTU = "lewat_waktu", "Lewat Waktu"


# The team has done its part; how long TPI looks is not the team's lateness.
BAGIAN_TIM_SELESAI = (Status.MENUNGGU, Status.SELESAI)


@dataclass(frozen=True)
class Capaian:
    """Selesai ÷ tenggat, and never anything else."""

    selesai: int
    jumlah: int

    @property
    def persen(self) -> float | None:
        """None where there is nothing to divide by; shown as –."""
        return 100 * self.selesai / self.jumlah if self.jumlah else None


class PosisiQuerySet(TenggatQuerySet):
    """Tenggat with their status. Chains, filters, groups and exports like any other QuerySet."""

    def _slots(self) -> QuerySet:
        slots = Slot.objects.filter(tenggat=OuterRef("pk")).order_by().alias(akhir=OuterRef("akhir"))
        return slots.with_keadaan_at_akhir().values("tenggat")

    def with_status(self, on: dt.date) -> Self:
        """Annotate `status`: the lowest slot decides; below that, anything begun makes it Proses."""
        slots = self._slots().annotate(terendah=Min("peringkat"), tertinggi=Max("peringkat"))
        by_slots = Case(
            When(terendah=PERINGKAT[Keadaan.SESUAI], then=Value(Status.SELESAI)),
            When(terendah=PERINGKAT[Keadaan.PERBAIKAN], then=Value(Status.PERBAIKAN)),
            When(terendah=PERINGKAT[Keadaan.MENUNGGU], then=Value(Status.MENUNGGU)),
            When(tertinggi__gte=PERINGKAT[Keadaan.DRAF], then=Value(Status.PROSES)),
            output_field=models.CharField(),
        )
        noted = apps.get_model("monev", "Realisasi").objects.filter(
            tenggat=OuterRef("pk"), dicatat_pada__lt=OuterRef("akhir")
        )
        return self.known_on(on).annotate(
            status=Coalesce(
                Subquery(slots.values(s=by_slots)),
                Case(When(Exists(noted), then=Value(Status.PROSES)), default=Value(Status.BELUM)),
            )
        )

    def with_ketepatan(self, on: dt.date) -> Self:
        """Annotate `status`, `batas`, `tanggal_dokumen` and `ketepatan`, each as of `on`."""
        newest = Subquery(self._slots().values(t=Max("tanggal_dokumen")), output_field=models.DateField())
        team_done = Case(
            When(tanggal_dokumen__lte=F("batas"), then=Value(Ketepatan.TEPAT_WAKTU)),
            default=Value(Ketepatan.LEWAT_WAKTU),
        )
        team_has_to_act = Case(
            When(batas__lt=on, then=Value(Ketepatan.TERLAMBAT)),
            When(batas__lte=on + dt.timedelta(days=HARI_SEGERA), then=Value(Ketepatan.SEGERA)),
            When(mulai__gt=on, then=Value(Ketepatan.AKAN_DATANG)),
            default=Value(Ketepatan.BERJALAN),
        )
        return (
            self.with_status(on)
            .with_batas(on)
            .annotate(tanggal_dokumen=newest)
            .annotate(
                ketepatan=Case(
                    When(status__in=BAGIAN_TIM_SELESAI, then=team_done),
                    default=team_has_to_act,
                    output_field=models.CharField(),
                )
            )
        )

    def with_capaian(self, on: dt.date, *per: str) -> QuerySet:
        """Grouped by the fields `per` (none: one row): Selesai and all, `setahun` and `s.d. tanggal ini`."""
        rows = self.with_status(on).with_batas(on).order_by()
        selesai, due = Q(status=Status.SELESAI), Q(batas__lte=on)
        rows = rows.values(*per) if per else rows.annotate(semua=Value(1)).values("semua")
        return rows.annotate(
            selesai_setahun=Count("pk", filter=selesai),
            jumlah_setahun=Count("pk"),
            selesai_sd=Count("pk", filter=selesai & due),
            jumlah_sd=Count("pk", filter=due),
        )
