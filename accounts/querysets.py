from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.waktu import Zona, hari_ini

if TYPE_CHECKING:
    from accounts.models import User


class MembershipQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Roles in force today, by the calendar of each office."""
        berlaku = Q()
        for zona in Zona:
            hari = hari_ini(zona)
            berlaku |= Q(satker__zona_waktu=zona, mulai__lte=hari) & (
                Q(selesai__isnull=True) | Q(selesai__gte=hari)
            )
        return self.filter(berlaku)

    def overlapping(self, mulai: object, selesai: object) -> Self:
        """Those in force on at least one day of the period; no end means for ever."""
        masih = self.filter(Q(selesai__isnull=True) | Q(selesai__gte=mulai))
        return masih if selesai is None else masih.filter(mulai__lte=selesai)


class SatkerQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        from accounts.access import hak

        return self.filter(hak(user).satker_q())
