"""Names of files for people: `V.4.3_Laporan evaluasi WBS_TW II 2025.pdf`."""

from __future__ import annotations

import re
from pathlib import PurePath

from accounts.area import ROMAWI
from evidence.models import Evidence, Slot

TERPANJANG = 120
# What Windows and shells refuse in a name.
TERLARANG = re.compile(r'[\x00-\x1f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


def human_name(evidence: Evidence, slot: Slot | None) -> str:
    akhiran = PurePath(evidence.nama_berkas).suffix.lower()
    return bersih(" ".join(evidence.judul.split()) if slot is None else describe(evidence, slot)) + akhiran


def describe(evidence: Evidence, slot: Slot) -> str:
    tenggat = slot.tenggat
    triwulan = ROMAWI[(tenggat.jatuh_tempo.month + 2) // 3]
    judul = evidence.judul[: TERPANJANG - 30].strip()
    return f"{tenggat.indikator.kode}_{judul}_TW {triwulan} {tenggat.jatuh_tempo.year}"


def bersih(nama: str) -> str:
    return TERLARANG.sub("-", nama.replace("*", ""))[:TERPANJANG].strip(" .") or "bukti"
