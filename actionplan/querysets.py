from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Greatest

from accounts.access import hak
from accounts.querysets import PadaTanggalQuerySet
from accounts.tersusun import Tersusun

if TYPE_CHECKING:
    from accounts.models import User
    from actionplan.models import RencanaAksi

KE_RENCANA = "indikator__komponen__area__rencana"


class RencanaAksiQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(hak(user).satker_q(path="satker__"))


class IndikatorQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(hak(user).satker_q(path="komponen__area__rencana__satker__"))

    def in_order(self) -> Self:
        """As the lampiran has them, with what a row's code is made of."""
        return self.select_related("komponen__area").order_by(
            "komponen__area__nomor", "komponen__nomor", "nomor"
        )

    def search(self, kata: str) -> Self:
        """Rows in which every word of `kata`, or a word that means the same, stands; a code finds its row."""
        from actionplan.search import kata_sepadan, pisah_kode

        rows = self
        kode, sisa = pisah_kode(kata)
        if kode:
            rows = rows.filter(reduce(or_, (_kode_q(*satu) for satu in kode)))
        for sepadan in kata_sepadan(sisa):
            q = Q()
            for istilah in sepadan:
                for kolom in ("uraian", "langkah_aksi_teks", "bukti_fisik_teks", "komponen__nama"):
                    q |= Q(**{f"{kolom}__icontains": istilah})
            rows = rows.filter(q)
        return rows


def _kode_q(area: int, komponen: int, baris: int | None) -> Q:
    q = Q(komponen__area__nomor=area, komponen__nomor=komponen)
    return q if baris is None else q & Q(nomor=baris)


class TenggatQuerySet(PadaTanggalQuerySet):
    KE_ZONA = f"{KE_RENCANA}__satker__zona_waktu"

    def of_rencana(self, rencana: RencanaAksi) -> Self:
        return self.of_plan(rencana.pk, rencana.satker.zona_waktu)

    def of_plan(self, rencana: int, zona: str) -> Self:
        """As of_rencana, by what a query that is kept may be asked with."""
        return self.filter(**{KE_RENCANA: rencana}).in_zona(zona)

    def visible_to(self, user: User) -> Self:
        return self.filter(hak(user).satker_q(path=f"{KE_RENCANA}__satker__"))

    def in_order(self) -> Self:
        """As the lampiran has them, each row's by date."""
        return self.select_related("indikator__komponen__area").order_by(
            "indikator__komponen__area__nomor",
            "indikator__komponen__nomor",
            "indikator__nomor",
            "jatuh_tempo",
            "pk",
        )

    def with_batas(self, on: dt.date) -> Self:
        """Annotate `perpanjangan_sampai` and `batas`: the later of deadline (or extension) and mulai dipantau."""
        tanggal = models.DateField()
        rows = self.known_on(on)
        rows = rows.annotate(perpanjangan_sampai=Tersusun(_perpanjangan, F("akhir"), tanggal))
        dipantau = Tersusun(_dipantau, F("akhir"), tanggal, pk=f"{KE_RENCANA}_id")
        return rows.annotate(
            batas=Greatest(
                Coalesce(F("perpanjangan_sampai"), F("jatuh_tempo")),
                Coalesce(dipantau, F(f"{KE_RENCANA}__tanggal")),
            )
        )


def _perpanjangan(tenggat: RawSQL, akhir: RawSQL) -> Subquery:
    granted = apps.get_model("actionplan", "Perpanjangan").objects.filter(
        tenggat=tenggat, diberikan_pada__lt=akhir
    )
    return Subquery(granted.order_by("-diberikan_pada", "-pk").values("batas_baru")[:1])


def _dipantau(rencana: RawSQL, akhir: RawSQL) -> Subquery:
    moved = apps.get_model("actionplan", "MulaiDipantau").objects.filter(
        rencana=rencana, ditetapkan_pada__lt=akhir
    )
    return Subquery(moved.order_by("-ditetapkan_pada", "-pk").values("tanggal")[:1])
