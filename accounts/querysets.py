from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Case, Q, Value, When

from accounts.waktu import Zona, akhir_hari, akhir_hari_menurut, hari_ini, hari_ini_semua

if TYPE_CHECKING:
    from accounts.models import User


class MembershipQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Roles in force today, by the calendar of each office."""
        return self.active_on(hari_ini_semua())

    def active_on(self, hari_per_zona: tuple[dt.date, ...]) -> Self:
        """As active, on a day given for each of Zona."""
        berlaku = Q()
        for zona, hari in zip(Zona, hari_per_zona, strict=True):
            berlaku |= Q(satker__zona_waktu=zona, mulai__lte=hari) & (
                Q(selesai__isnull=True) | Q(selesai__gte=hari)
            )
        return self.filter(berlaku)

    def not_ended(self) -> Self:
        """Roles in force today or later, by the calendar of each office."""
        belum = Q(selesai__isnull=True)
        for zona in Zona:
            belum |= Q(satker__zona_waktu=zona, selesai__gte=hari_ini(zona))
        return self.filter(belum)

    def by_role(self) -> Self:
        """Those who manage first, then by name."""
        urutan = ["ketua_tim", "sekretaris", "anggota", "pimpinan", "tpi", "pembina"]
        nomor = Case(*(When(peran=peran, then=Value(n)) for n, peran in enumerate(urutan)), default=Value(99))
        return self.order_by(nomor, "user__nama", "mulai", "pk")

    def overlapping(self, mulai: object, selesai: object) -> Self:
        """Those in force on at least one day of the period; no end means for ever."""
        masih = self.filter(Q(selesai__isnull=True) | Q(selesai__gte=mulai))
        return masih if selesai is None else masih.filter(mulai__lte=selesai)


class SatkerQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        from accounts.access import hak

        return self.filter(hak(user).satker_q())


class PadaTanggalQuerySet(models.QuerySet):
    """Rows asked how they stood on a day, which ends in their office's zone (`KE_ZONA` leads to it).

    Where all rows are of one office, `in_zona` says so: one literal moment is quicker than one for each row.
    """

    KE_ZONA: ClassVar[str]
    zona: str | None = None

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone.zona = self.zona
        return clone

    def in_zona(self, zona: str) -> Self:
        rows = self.all()
        rows.zona = zona
        return rows

    def known_on(self, on: dt.date) -> Self:
        """Alias `akhir`: the end of the day `on`. All as-of questions compare with it."""
        return self.alias(akhir=self._akhir(on))

    def _akhir(self, on: dt.date) -> Value | Case:
        if self.zona:
            return Value(akhir_hari(on, self.zona), output_field=models.DateTimeField())
        return akhir_hari_menurut(self.KE_ZONA, on)
