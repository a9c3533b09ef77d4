"""Names of files for people: `V.4.3_Laporan evaluasi WBS_TW II 2025.pdf`."""

from __future__ import annotations

import re
from pathlib import PurePath

from accounts.area import ROMAWI
from evidence.models import Evidence, Slot

TERPANJANG = 120
# What Windows and shells refuse in a name.
# Letters outside the Latin take up to four bytes each, and a disk's name has 255.
BITA_TERBANYAK = 230
MILIK_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
TERLARANG = re.compile(r'[\x00-\x1f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


def human_name(evidence: Evidence, slot: Slot | None, panjang: int = TERPANJANG) -> str:
    """At most so many letters, and the suffix."""
    akhiran, judul = PurePath(evidence.nama_berkas).suffix.lower(), " ".join(evidence.judul.split())
    return bersih(judul if slot is None else describe(judul, slot, panjang)) + akhiran


def describe(judul: str, slot: Slot, panjang: int) -> str:
    tenggat = slot.tenggat
    triwulan = ROMAWI[(tenggat.jatuh_tempo.month + 2) // 3]
    depan, belakang = f"{tenggat.indikator.kode}_", f"_TW {triwulan} {tenggat.jatuh_tempo.year}"
    return depan + shortened(judul, panjang - len(depan) - len(belakang)) + belakang


def shortened(teks: str, panjang: int) -> str:
    """Whole words, if the first is not too long itself."""
    if len(teks) <= panjang:
        return teks
    potong = teks[: panjang + 1].rpartition(" ")[0] or teks[:panjang]
    return potong.rstrip(" ,;:(-")


def bersih(nama: str) -> str:
    polos = TERLARANG.sub("-", nama.replace("*", ""))[:TERPANJANG].encode()[:BITA_TERBANYAK]
    baik = polos.decode(errors="ignore").strip(" .") or "bukti"
    return f"_{baik}" if MILIK_WINDOWS.match(baik) else baik
