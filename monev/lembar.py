"""How the report lies on paper: in parts, by area and komponen, the last rows with the signatures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from accounts.templatetags.zi import tanpa_miring
from accounts.waktu import tanggal_panjang
from monev.chart import BULAN_PENDEK, TUMPUKAN
from monev.chart_laporan import GrafikArea, grafik_area
from monev.report import Baris, Laporan
from monev.status import Ketepatan, Status

PANJANG_LANJUTAN = 100
LINES_TERBAGI = 22  # about half a page
# About how many letters stand on a line, by the widths of kertas.css.
HURUF = {"rencana": 19, "realisasi": 33, "kendala": 17, "catatan": 21}
BERSAMA_TANDA_TANGAN = 2  # rows that go to the last page with the signatures


@dataclass(frozen=True)
class BarisLembar:
    """A row and the headings over it. A later tenggat of the row above is `lanjutan`, with `indikator_singkat`."""

    baris: Baris
    area_baru: bool
    komponen_baru: bool
    lanjutan: bool

    @property
    def indikator_singkat(self) -> str:
        return shorten(tanpa_miring(self.baris.indikator), PANJANG_LANJUTAN, placeholder=" …")

    @property
    def panjang(self) -> bool:
        """May be divided between two pages. A shorter one moves to the next whole: a rest cannot say whose it is."""
        return max(_lines(teks, HURUF[kolom]) for kolom, teks in self._isi()) >= LINES_TERBAGI

    def _isi(self) -> Iterator[tuple[str, str]]:
        b = self.baris
        if not self.lanjutan:
            yield from (("rencana", teks) for teks in (b.indikator, b.langkah_aksi, b.bukti_fisik))
        yield "realisasi", "\n".join([b.realisasi, b.sebut_bukti, *map(str, b.bukti)])
        yield "kendala", f"{b.kendala}\n{b.rencana_tindak_lanjut}"
        yield "catatan", "\n".join(b.sebut_catatan_tpi)

    @property
    def catatan(self) -> tuple[str, ...]:
        """What is noted of the row; not again at its later tenggat."""
        if self.lanjutan:
            return ()
        tafsir = (f"Catatan tafsir: {self.baris.catatan_tafsir}",) if self.baris.catatan_tafsir else ()
        return (*tafsir, *self.baris.koreksi)


@dataclass(frozen=True)
class Blok:
    isi: tuple[BarisLembar, ...]
    tanda_tangan: bool = False


@dataclass(frozen=True)
class Bagian:
    huruf: str
    judul: str
    pengantar: str
    blok: tuple[Blok, ...]


@dataclass(frozen=True)
class BarisBulan:
    """One status through the year; the last line is of all."""

    nama: str
    jumlah: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Lembar:
    laporan: Laporan
    nomor: str
    grafik: GrafikArea
    bulan: tuple[str, ...]
    per_bulan: tuple[BarisBulan, ...]
    bagian: tuple[Bagian, ...]

    @property
    def status(self) -> list[Status]:
        return list(TUMPUKAN)

    @property
    def ketepatan(self) -> list[Ketepatan]:
        return list(Ketepatan)

    @property
    def kaki(self) -> str:
        """Below every page."""
        lap = self.laporan
        return f"Laporan Monev ZI {lap.rencana.satker.nama} {lap.triwulan} · posisi per {tanggal_panjang(lap.on)}"

    @property
    def tanda_tangan_lepas(self) -> bool:
        """Without a single row there is no table to hold the signatures."""
        return not any(bagian.blok for bagian in self.bagian)


def _lines(teks: str, huruf: int) -> int:
    return sum(max(1, math.ceil(len(alinea) / huruf)) for alinea in teks.split("\n"))


def susun_lembar(laporan: Laporan, nomor: str = "") -> Lembar:
    return Lembar(
        laporan=laporan,
        nomor=nomor.strip(),
        grafik=grafik_area(laporan.area, f"Tenggat laporan per area menurut status, {laporan.triwulan}"),
        bulan=BULAN_PENDEK,
        per_bulan=_per_bulan(laporan),
        bagian=_bagian(laporan),
    )


def _per_bulan(laporan: Laporan) -> tuple[BarisBulan, ...]:
    baris = [
        BarisBulan(
            status.label, tuple(n[status] for _, n in laporan.bulan), sum(n[status] for _, n in laporan.bulan)
        )
        for status in TUMPUKAN
    ]
    semua = tuple(sum(n.values()) for _, n in laporan.bulan)
    return (*baris, BarisBulan("Jumlah", semua, sum(semua)))


def _bagian(laporan: Laporan) -> tuple[Bagian, ...]:
    """The signatures go with the last row there is: without tunggakan one sentence says so before them."""
    ini, lama = laporan.tenggat_triwulan, laporan.tunggakan
    judul = f"Tenggat Triwulan {laporan.triwulan.romawi}"
    if not lama:
        return (
            Bagian("D", judul, f"{_pengantar_ini(laporan)} Tidak ada tunggakan.", _blok(ini, akhir=True)),
        )
    return (
        Bagian("D", judul, _pengantar_ini(laporan), _blok(ini, akhir=False)),
        Bagian("E", "Tunggakan triwulan sebelumnya", _pengantar_lama(laporan), _blok(lama, akhir=True)),
    )


def _pengantar_ini(laporan: Laporan) -> str:
    tw = laporan.triwulan
    jangka = f"{tanggal_panjang(tw.mulai)} sampai dengan {tanggal_panjang(tw.akhir)}"
    return f"{len(laporan.tenggat_triwulan) or 'Tidak ada'} tenggat yang jatuh tempo {jangka}."


def _pengantar_lama(laporan: Laporan) -> str:
    tanggal = tanggal_panjang(laporan.triwulan.mulai)
    return f"{len(laporan.tunggakan)} tenggat yang belum Selesai ketika triwulan ini mulai, {tanggal}."


def _blok(baris: Sequence[Baris], *, akhir: bool) -> tuple[Blok, ...]:
    isi = _dengan_kepala(baris)
    lepas = len(isi) - BERSAMA_TANDA_TANGAN if akhir else len(isi)
    blok = tuple(Blok((satu,)) for satu in isi[: max(lepas, 0)])
    sisa = isi[max(lepas, 0) :]
    return (*blok, Blok(sisa, tanda_tangan=True)) if sisa else blok


def _dengan_kepala(baris: Sequence[Baris]) -> tuple[BarisLembar, ...]:
    sebelum = (None, *baris)
    return tuple(_satu(b, lalu) for b, lalu in zip(baris, sebelum, strict=False))


def _satu(b: Baris, lalu: Baris | None) -> BarisLembar:
    area_sama = lalu is not None and lalu.area == b.area
    komponen_sama = area_sama and lalu is not None and lalu.komponen == b.komponen
    sama = lalu is not None and lalu.indikator_id == b.indikator_id
    return BarisLembar(b, area_baru=not area_sama, komponen_baru=not komponen_sama, lanjutan=sama)
