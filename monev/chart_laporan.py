"""The report's tenggat by area and status as bars that lie: wide enough for their numbers, told apart by motif.

Coordinates are text: a template would write a float with the Indonesian comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monev.chart import BERMOTIF, TUMPUKAN, WARNA
from monev.report import RingkasanArea
from monev.status import Status

KANAN = 34  # room for the number of all
TINGGI = 21


@dataclass(frozen=True)
class Bentuk:
    """One way to draw it; `awalan` begins its ids."""

    awalan: str
    lebar: int
    kiri: int  # room for the name, if it stands beside the bar
    langkah: int
    atas: int  # above the bar
    y_nama: float


LUAS = Bentuk("ga", lebar=560, kiri=64, langkah=27, atas=4, y_nama=19)
# For phones: at its own size, so that its letters keep theirs; names above the bars.
SEMPIT = Bentuk("gb", lebar=320, kiri=0, langkah=46, atas=19, y_nama=13)


@dataclass(frozen=True)
class Ruas:
    """One status within a bar."""

    status: Status
    jumlah: int
    warna: str
    bermotif: bool
    x: str
    lebar: str
    tengah: str
    x_angka: str
    lebar_angka: str


@dataclass(frozen=True)
class Lajur:
    nama: str
    jumlah: int
    y_nama: str
    y: str
    y_teks: str
    y_angka: str
    x_jumlah: str
    ruas: tuple[Ruas, ...]


@dataclass(frozen=True)
class GambarArea:
    awalan: str
    lebar: int
    tinggi: int
    tinggi_lajur: int
    lajur: tuple[Lajur, ...]


@dataclass(frozen=True)
class GrafikArea:
    judul: str
    uraian: str
    luas: GambarArea
    sempit: GambarArea


def grafik_area(area: Sequence[RingkasanArea], judul: str) -> GrafikArea:
    uraian = "; ".join(_uraian(a) for a in area) + "."
    return GrafikArea(judul, uraian, luas=_gambar(area, LUAS), sempit=_gambar(area, SEMPIT))


def _gambar(area: Sequence[RingkasanArea], bentuk: Bentuk) -> GambarArea:
    skala = (bentuk.lebar - bentuk.kiri - KANAN) / max(1, *(a.jumlah for a in area))
    return GambarArea(
        awalan=bentuk.awalan,
        lebar=bentuk.lebar,
        tinggi=bentuk.langkah * len(area),
        tinggi_lajur=TINGGI,
        lajur=tuple(_lajur(a, nomor * bentuk.langkah, skala, bentuk) for nomor, a in enumerate(area)),
    )


def _uraian(a: RingkasanArea) -> str:
    rincian = ", ".join(f"{s.label} {a.status[s]}" for s in TUMPUKAN if a.status[s])
    return f"Area {a.romawi}: {rincian or 'tidak ada tenggat'}"


def _lajur(a: RingkasanArea, awal: float, skala: float, bentuk: Bentuk) -> Lajur:
    y = awal + bentuk.atas
    return Lajur(
        nama=f"Area {a.romawi}",
        jumlah=a.jumlah,
        y_nama=_n(awal + bentuk.y_nama),
        y=_n(y),
        y_teks=_n(y + TINGGI / 2 + 4.5),
        y_angka=_n(y + TINGGI / 2 - 7.5),
        x_jumlah=_n(bentuk.kiri + a.jumlah * skala + 7),
        ruas=tuple(_ruas(a, skala, float(bentuk.kiri))),
    )


def _ruas(a: RingkasanArea, skala: float, x: float) -> list[Ruas]:
    ruas = []
    for status in TUMPUKAN:
        jumlah = a.status[status]
        if jumlah:
            ruas.append(_satu_ruas(status, jumlah, x, jumlah * skala))
            x += jumlah * skala
    return ruas


def _satu_ruas(status: Status, jumlah: int, x: float, lebar: float) -> Ruas:
    angka = 9 + 7 * len(str(jumlah))  # its white ground
    tengah = x + lebar / 2
    return Ruas(
        status=status,
        jumlah=jumlah,
        warna=WARNA[status],
        bermotif=status in BERMOTIF,
        x=_n(x),
        lebar=_n(lebar),
        tengah=_n(tengah),
        # Too narrow for its number: the table beside has it.
        x_angka=_n(tengah - angka / 2) if lebar >= angka else "",
        lebar_angka=_n(angka),
    )


def _n(nilai: float) -> str:
    return f"{nilai:.1f}"
