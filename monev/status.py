"""Where a tenggat stands (DESIGN section 5): the words, and the rule of each as one QuerySet annotation.

Nothing here is stored. Every question takes the day `on` and answers from what was recorded by its end, in the
zone of each row's office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Case,
    Count,
    Exists,
    Expression,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

from accounts.tersusun import Tersusun
from actionplan.querysets import TenggatQuerySet
from evidence.keadaan import PERINGKAT, Keadaan
from evidence.kelompok import HARI_SEGERA
from evidence.models import Slot
from evidence.querysets import peringkat_slot, tanggal_slot


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


class Pilih(Func):
    """`CASE expression WHEN key THEN word …`: the expression, here a deep subquery, stands once and not at each key."""

    output_field = models.CharField()

    def __init__(self, expression: Expression, words: Mapping[int, str]) -> None:
        super().__init__(expression)
        self.words = {key: str(word) for key, word in words.items()}

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: object
    ) -> tuple[str, tuple]:
        sql, params = compiler.compile(self.source_expressions[0])
        whens = " ".join(["WHEN %s THEN %s"] * len(self.words))
        return f"CASE {sql} {whens} END", (*params, *(part for pair in self.words.items() for part in pair))


def _status(tenggat: RawSQL, akhir: RawSQL) -> Coalesce:
    """The lowest slot decides; below that, anything begun makes it Proses."""
    slots = _slots(tenggat).annotate(terendah=peringkat_slot(OuterRef("pk"), akhir)).values("tenggat")
    decided = {
        PERINGKAT[Keadaan.SESUAI]: Status.SELESAI,
        PERINGKAT[Keadaan.PERBAIKAN]: Status.PERBAIKAN,
        PERINGKAT[Keadaan.MENUNGGU]: Status.MENUNGGU,
    }
    rounds = apps.get_model("evidence", "Submission").objects.filter(kebutuhan__tenggat=tenggat)
    notes = apps.get_model("monev", "Realisasi").objects.filter(tenggat=tenggat, dicatat_pada__lt=akhir)
    begun = Exists(rounds.alias(akhir=akhir).begun()) | Exists(notes)
    return Coalesce(
        Subquery(slots.values(s=Pilih(Min("terendah"), decided))),
        Case(When(begun, then=Value(Status.PROSES)), default=Value(Status.BELUM)),
    )


def _tanggal_dokumen(tenggat: RawSQL, akhir: RawSQL) -> Subquery:
    slots = _slots(tenggat).annotate(tanggal=tanggal_slot(OuterRef("pk"), akhir)).values("tenggat")
    return Subquery(slots.values(t=Max("tanggal")), output_field=models.DateField())


def _slots(tenggat: RawSQL) -> QuerySet:
    return Slot.objects.filter(tenggat=tenggat).order_by()


class PosisiQuerySet(TenggatQuerySet):
    """Tenggat with their status. Chains, filters, groups and exports like any other QuerySet."""

    def with_status(self, on: dt.date) -> Self:
        """Annotate `status`."""
        return self.known_on(on).annotate(status=Tersusun(_status, F("akhir"), models.CharField()))

    def with_ketepatan(self, on: dt.date) -> Self:
        """Annotate `status`, `batas`, `tanggal_dokumen` and `ketepatan`, each as of `on`."""
        newest = Tersusun(_tanggal_dokumen, F("akhir"), models.DateField())
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
        groups = rows.values(*per) if per else rows.annotate(semua=Value(1)).values("semua")
        return groups.annotate(
            selesai_setahun=Count("pk", filter=selesai),
            jumlah_setahun=Count("pk"),
            selesai_sd=Count("pk", filter=selesai & due),
            jumlah_sd=Count("pk", filter=due),
        )
