"""What the path of a file says of itself: code, area, komponen, row, period, date of the document. Pure reading.

Offices keep `AREA I/i. Penyusunan Tim Kerja/1.i.a SK Tim Kerja 31-01-2025.pdf`, or what the package writes:
`AREA I/1. Tim Kerja/I.1.1_SK Tim Kerja_TW I 2025.pdf`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from accounts.area import ROMAWI
from accounts.waktu import BULAN

AREA = {romawi.lower(): nomor for nomor, romawi in ROMAWI.items()} | {str(nomor): nomor for nomor in ROMAWI}
KOMPONEN = dict(zip("i ii iii iv v vi vii viii ix x".split(), range(1, 11), strict=True))  # noqa: SIM905

# `V.4.3`, `5.4.3`, `1.i.a`, `V-4-3`; the sign between the parts is the same, so that `3.4-2025` is none.
KODE = re.compile(
    r"(?<![\w.])(?P<area>VI|IV|V|I{1,3}|[1-6])(?P<tanda>[.\-])(?P<komponen>\d{1,2}|[ivx]{1,4})"
    r"(?:(?P=tanda)(?P<baris>\d{1,2}|[a-z]))?(?![A-Za-z0-9]|(?P=tanda)\d)",
    re.IGNORECASE,
)
# What may stand before a code that opens a name. Elsewhere `v.2` is a version and `1-3` days of a month.
AWAL_KODE = re.compile(
    r"[\W_]*(?:(?:area|bukti|dukung|fisik|data|eviden|evidence|folder|indikator|kode|komponen|lke|poin|point)[\W_]+)*",
    re.IGNORECASE,
)
SEBUT_AREA = re.compile(
    r"(?<![A-Za-z])(?:area|pokja)(?:\s+perubahan)?[\s_\-.:(]*(?:ke[\s\-]+)?0?(?P<area>VI|IV|V|I{1,3}|[1-6])"
    r"(?![A-Za-z0-9]|\s*(?:[-–]|s\.?d\.?)\s*(?:VI|IV|V|I{1,3}|[1-6])(?![\w.]))",  # `Area 1-6` is all of them
    re.IGNORECASE,
)
ROMAWI_DEPAN = re.compile(r"(?P<area>VI|IV|V|I{1,3})[.)\-_ ]+\s*(?=\D)")  # capitals only
# How the assessors' sheet is divided above its areas: `A. PENGUNGKIT`, `I. PEMENUHAN`, `II. REFORM (30%)`.
BAGIAN_LKE = re.compile(
    r"[\W_]*(?:\w{1,4}[.)\-_ ]+)?(?:komponen |aspek )?(?P<bagian>pengungkit|pemenuhan|reform|hasil)[^A-Za-z]*",
    re.IGNORECASE,
)
NOMOR_DEPAN = re.compile(r"\s*(?P<nomor>[ivx]{1,4}|\d{1,2}|[a-z])(?:[.)\-_]\s*|\s+-\s+)(?=\D)", re.IGNORECASE)

_EJAAN = {nama.lower(): n for n, nama in enumerate(BULAN, 1)} | {
    "pebruari": 2, "nopember": 11, "jan": 1, "feb": 2, "peb": 2, "mar": 3, "mrt": 3, "apr": 4, "jun": 6, "jul": 7,
    "agu": 8, "ags": 8, "agt": 8, "agust": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "nop": 11, "des": 12,
}  # fmt: skip
_BULAN = "|".join(sorted(_EJAAN, key=len, reverse=True))
_KE = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

TANGGAL = (
    re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<s>[-_. ]?)(?P<m>\d{2})(?P=s)(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})(?P<s>[-_. ])(?P<m>\d{1,2})(?P=s)(?P<y>20\d{2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})[-_. ]*(?P<b>{_BULAN})\.?[-_. ]*(?P<y>20\d{{2}})(?!\d)", re.IGNORECASE
    ),
)
TRIWULAN = re.compile(
    r"(?<![a-z])(?:triwulan|tri wulan|trw|tw)[\s._\-]*(?:ke[\s\-]*)?(iv|i{1,3}|[1-4])(?![a-z0-9])"
)
SEMESTER = re.compile(r"(?<![a-z])(?:semester|smt|sem)[\s._\-]*(?:ke[\s\-]*)?(ii?|[12])(?![a-z0-9])")
BULAN_KODE = re.compile(r"(?<![a-z0-9])b(0[1-9]|1[0-2])(?![a-z0-9])")
SEBUT_BULAN = re.compile(rf"(?<![a-z])({_BULAN})(?![a-z])")
TAHUN = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
KATA_MASA = re.compile(r"(?<![a-z])(?:bulan|tahun|minggu|ta|ke|s\.?d\.?)(?![a-z])")
NAMA_BULAN = frozenset(_EJAAN)
# Said of the file, not of the document: `(2)`, `(perbaikan)`, `- Copy`.
CATATAN_KOMPUTER = re.compile(
    r"\((?:\d+|perbaikan|revisi|rev|final|scan|ttd)\)|\b(?:copy of|salinan dari)\b|-\s*(?:copy|salinan)\s*$",
    re.IGNORECASE,
)
PANJANG = {"Triwulan": 3, "Semester": 6}


@dataclass(frozen=True)
class Kode:
    area: int
    komponen: int
    baris: int | None
    huruf: str  # the letter that stood for the row, as in the assessors' sheet
    asli: str
    teks: str  # the folder or name that it stands in
    folder: bool

    @property
    def indeks(self) -> tuple[int, int, int]:
        return self.area, self.komponen, self.baris or 0


@dataclass(frozen=True)
class Masa:
    """A stretch of the plan's year that a name speaks of."""

    sebutan: str
    mulai: dt.date
    akhir: dt.date


@dataclass(frozen=True)
class Jalur:
    """The path in its parts; folders from the top."""

    folder: tuple[str, ...]
    nama: str  # without its suffix

    @property
    def terdalam(self) -> Iterator[tuple[str, bool]]:
        """Each part with whether it is a folder: the name first, then the folders, the deepest first."""
        yield self.nama, False
        for folder in reversed(self.folder):
            yield folder, True


def split(jalur: str) -> Jalur:
    bagian = PurePosixPath(unicodedata.normalize("NFC", jalur))
    return Jalur(bagian.parts[:-1], bagian.stem)


# --- Codes and headings ---


def codes_of(jalur: Jalur) -> list[Kode]:
    """All codes that stand in the path, the file's own first."""
    return [
        kode
        for teks, folder in jalur.terdalam
        for cocok in KODE.finditer(without_dates(teks))
        if _stands_as_code(cocok) and (kode := _kode(cocok, folder))
    ]


def _stands_as_code(cocok: re.Match[str]) -> bool:
    """Whole and in capitals it may stand anywhere; all else only where a name begins."""
    romawi = cocok["area"].isupper()
    if cocok["baris"] and romawi:
        return True
    di_awal = AWAL_KODE.fullmatch(cocok.string[: cocok.start()])
    return bool(di_awal) and (bool(cocok["baris"]) or romawi or cocok["tanda"] == ".")


def _kode(cocok: re.Match[str], folder: bool) -> Kode | None:
    komponen, baris = cocok["komponen"].lower(), (cocok["baris"] or "").lower()
    nomor = int(komponen) if komponen.isdecimal() else KOMPONEN.get(komponen)
    if nomor is None:
        return None
    huruf = baris if baris.isalpha() else ""
    ke = ord(huruf) - ord("a") + 1 if huruf else int(baris) if baris else None
    return Kode(AREA[cocok["area"].lower()], nomor, ke, huruf, cocok.group(), cocok.string, folder)


def area_number(teks: str) -> int | None:
    """`AREA I`, `Area_1 ...`, `AREA 05`, `Pokja V`, `Penguatan Pengawasan (Area 5)`."""
    cocok = SEBUT_AREA.search(teks)
    return AREA[cocok["area"].lower()] if cocok else None


def leading_roman(teks: str) -> int | None:
    """`V. PENGAWASAN`: an area, or a komponen of one."""
    cocok = ROMAWI_DEPAN.match(teks)
    return AREA[cocok["area"].lower()] if cocok else None


def part_of_lke(folder: str) -> str:
    """Empty for a folder that is none."""
    cocok = BAGIAN_LKE.fullmatch(folder)
    return cocok["bagian"].lower() if cocok else ""


def heading_of(folder: str) -> str:
    """What a folder is called: without its number, code or area."""
    teks = KODE.sub(" ", SEBUT_AREA.sub(" ", without_dates(folder))).replace("_", " ").strip(" -.,():")
    for depan in (ROMAWI_DEPAN, NOMOR_DEPAN):
        teks = depan.sub("", teks, count=1) if depan.match(teks) else teks
    return teks.strip()


def leading_number(teks: str) -> int | None:
    """`i. Penyusunan Tim Kerja`, `3) Pemantauan`."""
    cocok = NOMOR_DEPAN.match(teks)
    if cocok is None:
        return None
    nomor = cocok["nomor"].lower()
    return int(nomor) if nomor.isdecimal() else KOMPONEN.get(nomor)


def leading_letter(teks: str) -> int | None:
    """`a. SK Tim Kerja`: the row, inside of a komponen."""
    cocok = NOMOR_DEPAN.match(teks)
    if cocok is None or len(cocok["nomor"]) != 1 or cocok["nomor"].isdecimal():
        return None
    return ord(cocok["nomor"].lower()) - ord("a") + 1


# --- When ---


def dates_in(teks: str) -> list[dt.date]:
    """Every whole date that a name holds, each once. The day stands before the month; two digits are no year."""
    tanggal = (_date(cocok) for pola in TANGGAL for cocok in pola.finditer(teks))
    return list(dict.fromkeys(t for t in tanggal if t))


def _date(cocok: re.Match[str]) -> dt.date | None:
    isi = cocok.groupdict()
    bulan = _EJAAN[isi["b"].lower()] if isi.get("b") else int(isi["m"])
    try:
        return dt.date(int(isi["y"]), bulan, int(isi["d"]))
    except ValueError:
        return None


def without_dates(teks: str) -> str:
    for pola in TANGGAL:
        teks = pola.sub(" ", teks)
    return teks


def periods_of(jalur: Jalur, tahun: int) -> list[Masa]:
    """What the file's name says of its time; where it says nothing, the deepest folder that does."""
    return next((masa for teks, _ in jalur.terdalam if (masa := periods_in(teks, tahun))), [])


def periods_in(teks: str, tahun: int) -> list[Masa]:
    teks = without_dates(teks).replace("_", " ").lower()
    masa = [_part("Triwulan", _KE[m], tahun) for m in TRIWULAN.findall(teks)]
    masa += [_part("Semester", _KE[m], tahun) for m in SEMESTER.findall(teks)]
    masa += [month(int(m), tahun) for m in BULAN_KODE.findall(teks)]
    masa += [month(_EJAAN[m], tahun) for m in SEBUT_BULAN.findall(teks)]
    return list(dict.fromkeys(masa))


def only_period(folder: str) -> bool:
    """`03. Maret`, `TW III`, `2025`, `Semester 1 Tahun 2025`: no heading of the plan."""
    teks = heading_of(folder).lower()
    for pola in (TRIWULAN, SEMESTER, BULAN_KODE, SEBUT_BULAN, TAHUN, KATA_MASA):
        teks = pola.sub(" ", teks)
    return not re.search(r"[^\W\d_]", teks)


def month(bulan: int, tahun: int) -> Masa:
    akhir = calendar.monthrange(tahun, bulan)[1]
    return Masa(BULAN[bulan - 1], dt.date(tahun, bulan, 1), dt.date(tahun, bulan, akhir))


def _part(nama: str, ke: int, tahun: int) -> Masa:
    akhir = ke * PANJANG[nama]
    return Masa(
        f"{nama} {ROMAWI[ke]}", month(akhir - PANJANG[nama] + 1, tahun).mulai, month(akhir, tahun).akhir
    )


def years_in(teks: str) -> list[int]:
    return [int(t) for t in dict.fromkeys(TAHUN.findall(teks))]


def readable(nama: str) -> str:
    """The name as a title: whole, but for the code in front and the underscores."""
    teks = " ".join(nama.replace("_", " ").split())
    for depan in (KODE, NOMOR_DEPAN):
        cocok = depan.match(teks)
        if cocok and not any(pola.match(teks) for pola in TANGGAL):
            teks = teks[cocok.end() :].lstrip(" -.,")
    return teks


def title_of(nama: str) -> str:
    """What a name says of its subject: without code, date, period and the signs that computers put there."""
    teks = KODE.sub(" ", without_dates(nama)).replace("_", " ")
    teks = re.sub(TRIWULAN.pattern + r"(?:\s+20\d{2})?", " ", teks, flags=re.IGNORECASE)
    teks = CATATAN_KOMPUTER.sub(" ", teks)
    teks = NOMOR_DEPAN.sub("", " ".join(teks.split()), count=1) if NOMOR_DEPAN.match(teks.strip()) else teks
    return " ".join(teks.split()).strip(" -.,")
