"""A quarter of a plan's year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

ROMAWI = ("I", "II", "III", "IV")


class TriwulanError(ValueError):
    """What was asked for is no quarter; the text is for the person."""


@dataclass(frozen=True)
class Triwulan:
    tahun: int
    nomor: int

    def __str__(self) -> str:
        return f"Triwulan {self.romawi} Tahun {self.tahun}"

    @property
    def romawi(self) -> str:
        return ROMAWI[self.nomor - 1]

    @property
    def mulai(self) -> dt.date:
        return dt.date(self.tahun, self.nomor * 3 - 2, 1)

    @property
    def akhir(self) -> dt.date:
        berikut = dt.date(self.tahun + self.nomor // 4, self.nomor * 3 % 12 + 1, 1)
        return berikut - dt.timedelta(days=1)

    def holds(self, tanggal: dt.date) -> bool:
        return self.mulai <= tanggal <= self.akhir


def semua_triwulan(tahun: int) -> list[Triwulan]:
    return [Triwulan(tahun, nomor) for nomor in range(1, 5)]


def read_triwulan(teks: str, tahun: int) -> Triwulan:
    """`III`, `iii` or `3`"""
    kata = teks.strip().upper()
    if kata in ROMAWI:
        return Triwulan(tahun, ROMAWI.index(kata) + 1)
    if kata in ("1", "2", "3", "4"):
        return Triwulan(tahun, int(kata))
    raise TriwulanError(f"Triwulan “{teks}” tidak dikenal. Tulis I, II, III, atau IV.")
