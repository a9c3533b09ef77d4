"""The offices one looks after, each with where its plan stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from actionplan.models import RencanaAksi
from monev.ringkasan import DuaCapaian, capaian_per_rencana, dua_capaian, terlambat_per_rencana


@dataclass(frozen=True)
class Binaan:
    rencana: RencanaAksi
    capaian: DuaCapaian
    terlambat: int
    belum_berlaku: bool

    @property
    def urutan(self) -> tuple[int, int, float]:
        """Sorts the newest year first, in it whoever is most behind."""
        return (-self.rencana.tahun, -self.terlambat, self.capaian.sd.persen or 0.0)


def binaan(rencana: list[RencanaAksi], on: dt.date) -> list[Binaan]:
    """Two queries for any number of plans."""
    capaian, terlambat = capaian_per_rencana(rencana, on), terlambat_per_rencana(rencana, on)
    return [
        Binaan(r, capaian.get(r.pk) or dua_capaian({}), terlambat.get(r.pk, 0), on < r.tanggal)
        for r in rencana
    ]
