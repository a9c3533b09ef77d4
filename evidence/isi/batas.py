"""How much a file may come to when it is unpacked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Batas:
    """One budget for the file and all that lies inside it, used up as it is opened."""

    isi: int  # bytes of all parts together, unpacked
    bagian: int
    tingkat: int = 3  # documents inside documents

    def take(self, isi: int, bagian: int = 0) -> bool:
        self.isi -= isi
        self.bagian -= bagian
        return self.isi >= 0 and self.bagian >= 0
