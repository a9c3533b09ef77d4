"""Target waktu → periods. The text is read whole or not at all: never a guess.

teks   = ["paling lambat"] ["per bulan"] daftar ["per bulan"]
daftar = butir {"," | ";" | "dan" butir}
butir  = titik ["-" | "s.d." titik] | "s.d." titik
titik  = bulan [minggu] | minggu bulan | triwulan | semester; each may be followed by its year
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from accounts.waktu import BULAN

ANGKA_ROMAWI = ("I", "II", "III", "IV", "V")

_EJAAN_BULAN = {nama.lower(): n for n, nama in enumerate(BULAN, 1)} | {"pebruari": 2, "nopember": 11}
_SINGKATAN_BULAN = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "mrt": 3, "apr": 4, "jun": 6, "jul": 7,
    "agu": 8, "ags": 8, "agt": 8, "agust": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "nop": 11, "des": 12,
}  # fmt: skip
_BULAN = _EJAAN_BULAN | _SINGKATAN_BULAN
_URUTAN = {romawi.lower(): n for n, romawi in enumerate(ANGKA_ROMAWI, 1)} | {
    "pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5,
}  # fmt: skip
_BAGIAN_TAHUN = {"triwulan": "Triwulan", "tw": "Triwulan", "semester": "Semester"}
_PANJANG_BAGIAN = {"Triwulan": 3, "Semester": 6}

_PALING_LAMBAT = (("paling", "lambat"), ("selambat", "-", "lambatnya"))
_PER_BULAN = (("per", "-", "bulan"), ("per", "bulan"), ("perbulan",))
_PEMISAH = ((",", "dan"), (";", "dan"), (",",), (";",), ("dan",), ("&",))
_BERTITIK = _SINGKATAN_BULAN.keys() | {"tw"}

_TANDA_HUBUNG = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_LEKSEM = re.compile(
    r"(?P<sampai>\b(?:s\s?[./]\s?d|sd)\b\.?|\b(?:sampai\s+dengan|sampai|hingga)\b)"
    r"|(?P<kata>[^\W\d_]+)|(?P<angka>[0-9]+)|(?P<tanda>\S)",
    re.IGNORECASE,
)
_BUKTI_PER_BULAN = re.compile(r"\bper[\s-]*bulan\b", re.IGNORECASE)
_TAHUN = re.compile(r"20[0-9]{2}")

_PETUNJUK = (
    "Tulis waktunya dengan bentuk yang dikenal, misalnya “Maret 2025”, “Maret, Juni 2025”, “April-Mei 2025”, "
    "“Februari minggu ke-2 tahun 2025”, “Triwulan II 2025”, atau “Per-bulan (Januari-Desember)”."
)


class TargetWaktuError(ValueError):
    """Says in Indonesian what cannot be read and what to do; the caller adds which row it is."""


@dataclass(frozen=True)
class Periode:
    label: str
    mulai: dt.date
    jatuh_tempo: dt.date


@dataclass(frozen=True)
class Pembacaan:
    periode: tuple[Periode, ...]
    catatan: tuple[str, ...]


def read_target_waktu(teks: str, *, tahun: int, bukti_fisik: str = "", tahun_lain: bool = False) -> Pembacaan:
    """The periods in order of jatuh_tempo, no two due on one day, and a note on whatever was doubtful.

    A year after the plan's is taken for a slip until a person confirms it (`tahun_lain`).
    """
    if not teks.strip():
        raise TargetWaktuError(f"Target waktu kosong. {_PETUNJUK}")
    bukti_per_bulan = bool(_BUKTI_PER_BULAN.search(bukti_fisik))
    return _Pembaca(teks, tahun=tahun, bukti_per_bulan=bukti_per_bulan, tahun_lain=tahun_lain).read()


# Words


class _Jenis(Enum):
    BULAN = auto()
    KATA = auto()
    ANGKA = auto()
    LAIN = auto()


@dataclass(frozen=True)
class _Token:
    jenis: _Jenis
    kunci: str
    asli: str


def _tahun_tertulis(tokens: list[_Token]) -> list[int]:
    return [int(t.kunci) for t in tokens if t.jenis is _Jenis.ANGKA and _TAHUN.fullmatch(t.kunci)]


def _tokens(teks: str) -> list[_Token]:
    tokens = [_token(leksem) for leksem in _LEKSEM.finditer(teks.translate(_TANDA_HUBUNG))]
    return list(_without_titik(list(_with_bulan_joined(tokens))))


def _token(leksem: re.Match[str]) -> _Token:
    asli = leksem.group()
    match leksem.lastgroup:
        case "kata":
            kunci = asli.lower()
            return _Token(_Jenis.BULAN if kunci in _BULAN else _Jenis.KATA, kunci, asli)
        case "angka":
            return _Token(_Jenis.ANGKA, asli, asli)
        case "sampai":
            return _Token(_Jenis.LAIN, "s.d.", asli)
        case _:
            return _Token(_Jenis.LAIN, asli, asli)


_TERPANJANG = max(map(len, _EJAAN_BULAN))


def _with_bulan_joined(tokens: list[_Token]) -> Iterator[_Token]:
    """A month that a narrow column has cut in two ("Okt ober") becomes one token again."""
    i = 0
    while i < len(tokens):
        n = _pieces_of_bulan(tokens[i : i + _TERPANJANG])
        yield _join(tokens[i : i + n]) if n > 1 else tokens[i]
        i += max(n, 1)


def _pieces_of_bulan(tokens: list[_Token]) -> int:
    """How many of the first words, written together, name a month in full; 0 if none do."""
    kata = ""
    for n, token in enumerate(tokens, 1):
        if token.jenis not in (_Jenis.KATA, _Jenis.BULAN):
            break
        kata += token.kunci
        if kata in _EJAAN_BULAN:
            return n
    return 0


def _join(pieces: list[_Token]) -> _Token:
    return _Token(_Jenis.BULAN, "".join(p.kunci for p in pieces), " ".join(p.asli for p in pieces))


def _without_titik(tokens: list[_Token]) -> Iterator[_Token]:
    """Drops the stop of an abbreviation and one at the very end; any other stays, and is not understood."""
    for i, token in enumerate(tokens):
        after_singkatan = i > 0 and tokens[i - 1].kunci in _BERTITIK
        if token.kunci != "." or not (after_singkatan or i == len(tokens) - 1):
            yield token


# Stretches of the year


def _periode_bulan(tahun: int, bulan: int) -> Periode:
    akhir = calendar.monthrange(tahun, bulan)[1]
    return Periode(BULAN[bulan - 1], dt.date(tahun, bulan, 1), dt.date(tahun, bulan, akhir))


def _periode_bagian(tahun: int, nama: str, n: int) -> Periode:
    akhir = n * _PANJANG_BAGIAN[nama]
    mulai = akhir - _PANJANG_BAGIAN[nama] + 1
    return Periode(
        f"{nama} {ANGKA_ROMAWI[n - 1]}",
        _periode_bulan(tahun, mulai).mulai,
        _periode_bulan(tahun, akhir).jatuh_tempo,
    )


def _periode_minggu(bulan: Periode, n: int) -> Periode:
    """Week n is days 7n-6 to 7n; the fifth ends with the month. The caller knows that the month has it."""
    mulai = bulan.mulai + dt.timedelta(weeks=n - 1)
    akhir = min(mulai + dt.timedelta(days=6), bulan.jatuh_tempo)
    return Periode(f"{bulan.label} minggu ke-{n}", mulai, akhir)


def _is_bulan_utuh(periode: Periode) -> bool:
    """From the first day of a month to the last day of a month."""
    akhir = periode.jatuh_tempo
    return periode.mulai.day == 1 and akhir.day == calendar.monthrange(akhir.year, akhir.month)[1]


def _split_per_bulan(periode: Periode) -> list[Periode]:
    bulan = range(periode.mulai.month, periode.jatuh_tempo.month + 1)
    return [_periode_bulan(periode.mulai.year, n) for n in bulan]


def _label_rentang(awal: str, akhir: str) -> str:
    if awal == akhir:
        return awal
    hubung = "–" if awal in BULAN and akhir in BULAN else " s.d. "
    return f"{awal}{hubung}{akhir}"


@dataclass(frozen=True)
class _Butir:
    periode: Periode
    rentang: bool  # written as "from … to …": what *per bulan* in the bukti fisik may split


class _Pembaca:
    """Recursive descent over the tokens: each method reads one rule of the grammar above."""

    def __init__(self, teks: str, *, tahun: int, bukti_per_bulan: bool, tahun_lain: bool) -> None:
        self.teks = " ".join(teks.split())
        self.tokens = _tokens(teks)
        self.tahun_rencana = tahun
        self.tahun = max([tahun, *_tahun_tertulis(self.tokens)]) if tahun_lain else tahun
        self.tahun_lain = tahun_lain
        self.bukti_per_bulan = bukti_per_bulan
        self.i = 0
        self.tahun_tertulis: int | None = None
        self.bagian_terakhir: str | None = None  # in "Triwulan I, II" the II is a triwulan too
        self.tanda_hubung_hilang = False
        self.catatan: list[str] = []

    def read(self) -> Pembacaan:
        self._note_kata_terputus()
        self._accept_any(_PALING_LAMBAT)
        per_bulan = self._accept_any(_PER_BULAN)
        butir = self._daftar_in_kurung() if self._accept("(") else self._daftar()
        per_bulan = self._accept_per_bulan_penutup() or per_bulan
        if self.i < len(self.tokens):
            raise self._unreadable()
        self._note_tahun()
        periode = self._in_order([p for b in butir for p in self._periode_of(b, per_bulan=per_bulan)])
        return Pembacaan(tuple(self._with_tahun(p) for p in periode), tuple(self.catatan))

    def _daftar_in_kurung(self) -> list[_Butir]:
        butir = self._daftar()
        if not self._accept(")"):
            raise self._unreadable()
        self._accept_tahun()
        return butir

    def _daftar(self) -> list[_Butir]:
        butir = [self._butir()]
        while self._accept_any(_PEMISAH):
            butir.append(self._butir())
        if self.tanda_hubung_hilang and len(butir) > 1:
            raise self._error("memuat dua bulan berurutan tanpa tanda baca, sehingga tidak jelas maksudnya")
        return butir

    def _butir(self) -> _Butir:
        if self._accept("s.d."):
            akhir = self._titik()
            sejak_awal_tahun = Periode(f"s.d. {akhir.label}", dt.date(self.tahun, 1, 1), akhir.jatuh_tempo)
            return _Butir(sejak_awal_tahun, rentang=True)
        awal = self._titik()
        if self._accept("-") or self._accept("s.d."):
            return _Butir(self._rentang(awal, self._titik()), rentang=True)
        if self._at_bulan() and self.tokens[self.i - 1].jenis is _Jenis.BULAN:
            return _Butir(self._rentang_without_tanda_hubung(awal), rentang=True)
        return _Butir(awal, rentang=False)

    def _rentang(self, awal: Periode, akhir: Periode) -> Periode:
        if awal.mulai > akhir.mulai or awal.jatuh_tempo > akhir.jatuh_tempo:
            raise self._error(f"memuat rentang yang berjalan mundur, dari {awal.label} ke {akhir.label}")
        return Periode(_label_rentang(awal.label, akhir.label), awal.mulai, akhir.jatuh_tempo)

    def _rentang_without_tanda_hubung(self, awal: Periode) -> Periode:
        akhir = self._titik()
        if awal.label not in BULAN or akhir.label not in BULAN:
            raise self._error("memuat dua waktu berurutan tanpa tanda baca, sehingga tidak jelas maksudnya")
        self.tanda_hubung_hilang = True
        self._note(
            f"Tanda hubung antara {awal.label} dan {akhir.label} tidak tertulis; dibaca sebagai satu rentang."
        )
        return self._rentang(awal, akhir)

    def _titik(self) -> Periode:
        titik = self._bagian_tahun() or self._minggu_bulan() or self._bulan_minggu()
        self._accept_tahun()
        return titik

    def _bagian_tahun(self) -> Periode | None:
        nama = self._accept_nama_bagian()
        if nama is None:
            return None
        n = self._urutan()
        if not 1 <= n <= 12 // _PANJANG_BAGIAN[nama]:
            raise self._error(f"menyebut {nama} ke-{n}, yang tidak ada")
        self.bagian_terakhir = nama
        return _periode_bagian(self.tahun, nama, n)

    def _accept_nama_bagian(self) -> str | None:
        for kata, nama in _BAGIAN_TAHUN.items():
            if self._accept(kata):
                return nama
        return self.bagian_terakhir if self._at_urutan() else None

    def _minggu_bulan(self) -> Periode | None:
        if not self._accept("minggu"):
            return None
        n = self._urutan()
        return self._minggu(self._bulan(), n)

    def _bulan_minggu(self) -> Periode:
        bulan = self._bulan()
        return self._minggu(bulan, self._urutan()) if self._accept("minggu") else bulan

    def _minggu(self, bulan: Periode, n: int) -> Periode:
        if not 1 <= n <= 5 or bulan.jatuh_tempo.day <= 7 * (n - 1):
            raise self._error(f"menyebut minggu ke-{n}, yang tidak ada pada {bulan.label} {self.tahun}")
        return _periode_minggu(bulan, n)

    def _bulan(self) -> Periode:
        self._accept("bulan")
        if not self._at_bulan():
            raise self._unreadable()
        self.bagian_terakhir = None
        return _periode_bulan(self.tahun, _BULAN[self._next().kunci])

    def _urutan(self) -> int:
        if self._accept("ke"):
            self._accept("-")
        if not self._at_urutan():
            raise self._unreadable()
        kunci = self._next().kunci
        return _URUTAN.get(kunci) or int(kunci)

    def _accept_tahun(self) -> None:
        ada_kata_tahun = self._accept("tahun")
        token = self._peek()
        if token and token.jenis is _Jenis.ANGKA and _TAHUN.fullmatch(token.kunci):
            self.i += 1
            self._take_tahun(int(token.kunci))
        elif ada_kata_tahun:
            raise self._unreadable()

    def _take_tahun(self, tahun: int) -> None:
        if self.tahun_tertulis not in (None, tahun):
            raise self._error(f"menyebut dua tahun yang berbeda, {self.tahun_tertulis} dan {tahun}")
        if tahun > self.tahun:
            raise self._error(
                f"menyebut tahun {tahun}, sesudah tahun rencana {self.tahun}; pastikan tahunnya, dan bila memang "
                "demikian tambahkan “tahun_lain: true” pada barisnya"
            )
        self.tahun_tertulis = tahun

    def _accept_per_bulan_penutup(self) -> bool:
        return self._accept_any(_PER_BULAN) or self._accept_any(tuple(("(", *p, ")") for p in _PER_BULAN))

    # From what is written to deadlines

    def _periode_of(self, butir: _Butir, *, per_bulan: bool) -> list[Periode]:
        periode = butir.periode
        if per_bulan and not _is_bulan_utuh(periode):
            raise self._error(f"meminta per bulan, tetapi {periode.label} bukan bulan yang utuh")
        if per_bulan:
            return _split_per_bulan(periode)
        if self.bukti_per_bulan and butir.rentang and _is_bulan_utuh(periode):
            return self._split_for_bukti(periode)
        return [periode]

    def _split_for_bukti(self, periode: Periode) -> list[Periode]:
        bulan = _split_per_bulan(periode)
        self._note(
            f"Bukti fisik diminta per bulan, sehingga {periode.label} dibaca sebagai {len(bulan)} tenggat, "
            "satu setiap bulan."
        )
        return bulan

    def _in_order(self, periode: list[Periode]) -> tuple[Periode, ...]:
        menurut_tanggal: dict[dt.date, Periode] = {}
        for p in periode:
            lain = menurut_tanggal.setdefault(p.jatuh_tempo, p)
            if lain.mulai != p.mulai:
                raise self._error(f"memuat {lain.label} dan {p.label}, yang berakhir pada hari yang sama")
            if lain is not p:
                self._note(f"{p.label} disebut lebih dari sekali; dibaca sebagai satu tenggat.")
        return tuple(menurut_tanggal[tanggal] for tanggal in sorted(menurut_tanggal))

    # Notes and errors

    def _note(self, catatan: str) -> None:
        if catatan not in self.catatan:
            self.catatan.append(catatan)

    def _note_kata_terputus(self) -> None:
        for token in self.tokens:
            if token.jenis is _Jenis.BULAN and " " in token.asli:
                self._note(f"Kata “{token.asli}” dibaca {BULAN[_BULAN[token.kunci] - 1]}.")

    def _with_tahun(self, periode: Periode) -> Periode:
        """In another year than the plan's the month alone would mislead."""
        if self.tahun == self.tahun_rencana:
            return periode
        return replace(periode, label=f"{periode.label} {self.tahun}")

    def _note_tahun(self) -> None:
        if self.tahun > self.tahun_rencana:
            self._note(
                f"Tertulis tahun {self.tahun}, sesudah tahun rencana aksi {self.tahun_rencana}; dipastikan memang "
                "demikian ketika rencana dimuat."
            )
        elif self.tahun_lain:
            raise self._error(
                f"tidak menyebut tahun sesudah {self.tahun_rencana}, padahal barisnya memuat “tahun_lain: true”; "
                "hapus salah satunya"
            )
        elif self.tahun_tertulis is None:
            self._note(f"Tahun tidak tertulis; dibaca {self.tahun} sesuai dengan tahun rencana aksi.")
        elif self.tahun_tertulis < self.tahun:
            self._note(
                f"Tertulis tahun {self.tahun_tertulis}, mendahului tahun rencana aksi; kemungkinan salah "
                f"tulis dalam keputusan dan dibaca {self.tahun}."
            )

    def _error(self, masalah: str) -> TargetWaktuError:
        return TargetWaktuError(f"Target waktu “{self.teks}” {masalah}. {_PETUNJUK}")

    def _unreadable(self) -> TargetWaktuError:
        sisa = " ".join(token.asli for token in self.tokens[self.i :])
        return self._error(f"tidak dapat dibaca pada bagian “{sisa}”" if sisa else "tidak lengkap")

    # The cursor

    def _peek(self) -> _Token | None:
        return self.tokens[self.i] if self.i < len(self.tokens) else None

    def _next(self) -> _Token:
        self.i += 1
        return self.tokens[self.i - 1]

    def _at_bulan(self) -> bool:
        token = self._peek()
        return token is not None and token.jenis is _Jenis.BULAN

    def _at_urutan(self) -> bool:
        token = self._peek()
        if token is None:
            return False
        return token.kunci in _URUTAN or (token.jenis is _Jenis.ANGKA and len(token.kunci) <= 2)

    def _accept(self, *kunci: str) -> bool:
        """Passes over these words if they all come next, else over none."""
        akhir = self.i + len(kunci)
        if tuple(token.kunci for token in self.tokens[self.i : akhir]) != kunci:
            return False
        self.i = akhir
        return True

    def _accept_any(self, pilihan: tuple[tuple[str, ...], ...]) -> bool:
        return any(self._accept(*kunci) for kunci in pilihan)
