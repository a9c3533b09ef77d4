"""A plan as a proposal sees it: its rows, its headings, and what their words weigh."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from accounts.area import ROMAWI
from evidence.kata_impor import words
from evidence.keadaan import Keadaan


@dataclass(frozen=True)
class SlotRencana:
    pk: int
    area: int
    komponen: int
    baris: int
    nomor_bukti: int
    bukti: str
    indikator: str  # what the row and its steps say
    tenggat: str
    mulai: dt.date
    jatuh_tempo: dt.date
    batas: dt.date | None = None  # where it was extended, or the plan signed after it
    keadaan: str = Keadaan.BELUM

    @property
    def sampai(self) -> dt.date:
        return self.batas or self.jatuh_tempo

    @property
    def kode(self) -> str:
        return f"{ROMAWI[self.area]}.{self.komponen}.{self.baris}"

    @property
    def indeks(self) -> tuple[int, int, int]:
        return self.area, self.komponen, self.baris

    @cached_property
    def kata_bukti(self) -> frozenset[str]:
        return words(self.bukti)

    @cached_property
    def kata_baris(self) -> frozenset[str]:
        return words(f"{self.bukti} {self.indikator}")


@dataclass(frozen=True)
class RencanaDikenal:
    tahun: int
    slots: tuple[SlotRencana, ...]
    komponen: dict[tuple[int, int], str] = field(default_factory=dict)
    area: dict[int, str] = field(default_factory=dict)
    kata_kantor: frozenset[str] = frozenset()

    @cached_property
    def bobot(self) -> dict[str, float]:
        """A word that stands in few rows says more than one that stands in many."""
        baris = {s.indeks: s.kata_baris for s in self.slots}
        jumlah = Counter(kata for isi in baris.values() for kata in isi)
        return {kata: 1 + math.log(len(baris) / n) for kata, n in jumlah.items()}

    @cached_property
    def kata_komponen(self) -> dict[tuple[int, int], frozenset[str]]:
        """What its heading and all its rows say."""
        kata = {k: words(nama) for k, nama in self.komponen.items()}
        for s in self.slots:
            kata[s.indeks[:2]] = kata.get(s.indeks[:2], frozenset()) | s.kata_baris
        return kata

    @cached_property
    def langka(self) -> float:
        """The weight of a word that the plan does not have."""
        return 1 + math.log(max(1, len({s.indeks for s in self.slots})))

    @cached_property
    def berat_bukti(self) -> dict[int, float]:
        return {s.pk: self.weight(s.kata_bukti) for s in self.slots}

    def weight(self, kata: Iterable[str]) -> float:
        return sum(self.bobot.get(k, self.langka) for k in kata)
