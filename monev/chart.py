"""Tenggat per month by status as bars: shapes in numbers, drawn by templates/monev/_grafik_bulan.html.

Coordinates are text: a template would write a float with the Indonesian comma.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.waktu import BULAN, tanggal_panjang
from monev.status import Status

BULAN_PENDEK = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")

# From the axis up: what is done is the ground the rest stands on.
TUMPUKAN = (Status.SELESAI, Status.MENUNGGU, Status.PERBAIKAN, Status.PROSES, Status.BELUM)
# Without the stylesheet (paper) the same colours; each also has a motif that a photocopier keeps.
WARNA = {
    Status.SELESAI: "#2b8550",
    Status.MENUNGGU: "#7651b8",
    Status.PERBAIKAN: "#cf6012",
    Status.PROSES: "#2e6cb3",
    Status.BELUM: "#eeeae5",
}
BERMOTIF = (Status.MENUNGGU, Status.PERBAIKAN, Status.PROSES)

PUNCAK = 28  # room above the highest bar for its number
KAKI = 24  # and below the axis for the months


@dataclass(frozen=True)
class Sel:
    """One status in one month, or in all of them."""

    status: Status
    jumlah: int
    warna: str
    bermotif: bool


@dataclass(frozen=True)
class Baris:
    bulan: int
    nama: str
    sel: list[Sel]
    jumlah: int


@dataclass(frozen=True)
class Balok:
    sel: Sel
    x: str
    y: str
    lebar: str
    tinggi: str


@dataclass(frozen=True)
class Batang:
    nama: str
    tengah: str
    y_jumlah: str
    jumlah: int
    balok: list[Balok]
    garis_kini: str  # path under the month of `on`; empty for the others


@dataclass(frozen=True)
class Gambar:
    id: str
    lebar: int
    tinggi: int
    sumbu: int
    y_nama: int
    batang: list[Batang]


@dataclass(frozen=True)
class Grafik:
    judul: str
    uraian: str
    legenda: list[Sel]
    tabel: list[Baris]
    luas: Gambar
    sempit: Gambar


def hitung_per_bulan(tenggat: Iterable[tuple[dt.date, str]]) -> dict[tuple[int, str], int]:
    """From (jatuh tempo, status) pairs: how many in each month (as decreed) and status."""
    hitungan: dict[tuple[int, str], int] = {}
    for jatuh_tempo, status in tenggat:
        kunci = (jatuh_tempo.month, status)
        hitungan[kunci] = hitungan.get(kunci, 0) + 1
    return hitungan


def grafik_bulan(hitungan: Mapping[tuple[int, str], int], tahun: int, on: dt.date) -> Grafik:
    tabel = [_baris(hitungan, bulan) for bulan in range(1, 13)]
    legenda = [_sel(status, sum(baris.sel[i].jumlah for baris in tabel)) for i, status in enumerate(TUMPUKAN)]
    kini = on.month if on.year == tahun else 0
    return Grafik(
        judul=f"Tenggat {tahun} per bulan menurut status, posisi {tanggal_panjang(on)}",
        uraian=_uraian(legenda, tahun),
        legenda=legenda,
        tabel=tabel,
        luas=_gambar("g", tabel, kini, lebar=960, tinggi=250, isi=0.55),
        sempit=_gambar("h", tabel, kini, lebar=358, tinggi=230, isi=0.62),
    )


def _sel(status: Status, jumlah: int) -> Sel:
    return Sel(status, jumlah, WARNA[status], status in BERMOTIF)


def _baris(hitungan: Mapping[tuple[int, str], int], bulan: int) -> Baris:
    sel = [_sel(status, hitungan.get((bulan, status), 0)) for status in TUMPUKAN]
    return Baris(bulan, BULAN[bulan - 1], sel, sum(s.jumlah for s in sel))


def _uraian(legenda: list[Sel], tahun: int) -> str:
    rincian = ", ".join(f"{sel.status.label} {sel.jumlah}" for sel in legenda)
    jumlah = sum(sel.jumlah for sel in legenda)
    return (
        f"Batang bertumpuk Januari sampai Desember {tahun}, {jumlah} tenggat: {rincian}. "
        "Angka lengkap ada pada tabel."
    )


def _gambar(id_: str, tabel: list[Baris], kini: int, *, lebar: int, tinggi: int, isi: float) -> Gambar:
    """`isi` is the part of a month's width that its bar takes."""
    sumbu = tinggi - KAKI
    skala = (sumbu - PUNCAK) / max(1, *(baris.jumlah for baris in tabel))
    langkah = lebar / len(tabel)
    batang = [
        _batang(baris, langkah * (i + 0.5), langkah * isi, sumbu, skala, kini)
        for i, baris in enumerate(tabel)
    ]
    return Gambar(id_, lebar, tinggi, sumbu, sumbu + 17, batang)


def _batang(baris: Baris, tengah: float, lebar: float, sumbu: int, skala: float, kini: int) -> Batang:
    balok, y = [], float(sumbu)
    for sel in baris.sel:
        if sel.jumlah:
            tinggi = sel.jumlah * skala
            y -= tinggi
            balok.append(Balok(sel, _n(tengah - lebar / 2), _n(y), _n(lebar), _n(tinggi)))
    garis = f"M{_n(tengah - 14)} {sumbu + 22.5}h28" if baris.bulan == kini else ""
    return Batang(BULAN_PENDEK[baris.bulan - 1], _n(tengah), _n(y - 6), baris.jumlah, balok, garis)


def _n(nilai: float) -> str:
    return f"{nilai:.1f}"
