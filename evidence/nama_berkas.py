"""Names of files for people: `V.4.3_Laporan evaluasi WBS_TW II 2025.pdf`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from accounts.area import ROMAWI
from evidence.models import Evidence, Slot

TERPANJANG = 120
# Letters outside the Latin take up to four bytes each, and a disk's name has 255.
BITA_TERBANYAK = 230
NAMA_DI_JUDUL = 80
NAMA_PENDEK = 30
MILIK_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
# What Windows and shells refuse in a name.
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


def title_with_name(judul: str, nama_berkas: str, panjang: int) -> str:
    """Of several handed in under one title; the title gives way, it is the same for all of them."""
    nama = shortened(PurePath(nama_berkas).stem, NAMA_DI_JUDUL)
    if nama.casefold() == judul.casefold():
        return judul
    return f"{shortened(judul, panjang - len(nama) - 2)}: {nama}"


def titled_alike(pieces: Iterable[Evidence]) -> frozenset[str]:
    judul = Counter(e.judul for e in pieces)
    return frozenset(j for j in judul if judul[j] > 1)


def title_apart(piece: Evidence, berjudul_sama: frozenset[str]) -> str:
    nama = f" ({piece.nama_berkas or piece.tautan})" if piece.judul in berjudul_sama else ""
    return f"{piece.judul}{nama}"


def titles_apart(pieces: Iterable[Evidence]) -> list[str]:
    """The titles; where some are alike, each with the name of its file."""
    pieces = list(pieces)
    sama = titled_alike(pieces)
    return [title_apart(e, sama) for e in pieces]


def shown_short(piece: Evidence) -> str:
    """The file's name, or where the link leads: beginning and end, where names of one series differ."""
    nama = piece.nama_berkas or piece.tautan.partition("://")[2]
    return nama if len(nama) <= NAMA_PENDEK else f"{nama[:14]}…{nama[15 - NAMA_PENDEK :]}"
