from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from accounts.access import hak
from accounts.waktu import akhir_hari_menurut

if TYPE_CHECKING:
    from accounts.models import User

KE_RENCANA = "indikator__komponen__area__rencana"


class RencanaAksiQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(hak(user).satker_q(path="satker__"))


class IndikatorQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(hak(user).satker_q(path="komponen__area__rencana__satker__"))

    def in_order(self) -> Self:
        """As the lampiran has them, with what a row's code is made of."""
        return self.select_related("komponen__area").order_by("komponen__area__nomor", "komponen__nomor", "nomor")

    def search(self, kata: str) -> Self:
        """Rows in which every word of `kata`, or a word that means the same, stands."""
        from actionplan.search import kata_sepadan

        rows = self
        for sepadan in kata_sepadan(kata):
            q = Q()
            for istilah in sepadan:
                for kolom in ("uraian", "langkah_aksi_teks", "bukti_fisik_teks", "komponen__nama"):
                    q |= Q(**{f"{kolom}__icontains": istilah})
            rows = rows.filter(q)
        return rows


class TenggatQuerySet(models.QuerySet):
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

    def known_on(self, on: dt.date) -> Self:
        """Alias `akhir`: the end of the day `on` in each row's office. All as-of questions compare with it."""
        return self.alias(akhir=akhir_hari_menurut(f"{KE_RENCANA}__satker__zona_waktu", on))

    def with_batas(self, on: dt.date) -> Self:
        """Annotate `perpanjangan_sampai` and `batas`: the later of the deadline (or its extension) and mulai dipantau."""
        perpanjangan = (
            apps.get_model("actionplan", "Perpanjangan")
            .objects.filter(tenggat=OuterRef("pk"), diberikan_pada__lt=OuterRef("akhir"))
            .order_by("-diberikan_pada", "-pk")
        )
        dipantau = (
            apps.get_model("actionplan", "MulaiDipantau")
            .objects.filter(rencana=OuterRef(f"{KE_RENCANA}_id"), ditetapkan_pada__lt=OuterRef("akhir"))
            .order_by("-ditetapkan_pada", "-pk")
        )
        return (
            self.known_on(on)
            .annotate(perpanjangan_sampai=Subquery(perpanjangan.values("batas_baru")[:1]))
            .annotate(
                batas=Greatest(
                    Coalesce(F("perpanjangan_sampai"), F("jatuh_tempo")),
                    Coalesce(Subquery(dipantau.values("tanggal")[:1]), F(f"{KE_RENCANA}__tanggal")),
                )
            )
        )
