"""How the report lies on paper: in parts, by area and komponen, the last rows with the signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from accounts.waktu import tanggal_panjang
from monev.chart import BULAN_PENDEK, TUMPUKAN
from monev.chart_laporan import GrafikArea, grafik_area
from monev.potongan import SEPARUH, Potongan, count_lines, cut_lines, cut_row
from monev.report import Baris, Laporan
from monev.status import Ketepatan, Status

PANJANG_LANJUTAN = 100
BERSAMA_TANDA_TANGAN = 2  # rows that go to the last page with the signatures
HURUF_CATATAN = 150  # on a line across all columns


@dataclass(frozen=True)
class BarisLembar:
    """A row, or a part of one, and the headings over it.

    `lanjutan`: a later tenggat of the row above, with `indikator_singkat`. `sambungan`: the rest of the row above.
    """

    baris: Baris
    potongan: Potongan
    area_baru: bool
    komponen_baru: bool
    lanjutan: bool
    sambungan: bool
    catatan: tuple[str, ...]

    @property
    def indikator_singkat(self) -> str:
        teks = " ".join(self.baris.indikator.split())
        awal, sisa = cut_lines(teks, 1, PANJANG_LANJUTAN, miring=True)
        return f"{awal} …" if sisa else awal

    @property
    def tinggi(self) -> int:
        return self.potongan.tinggi + sum(count_lines(c, HURUF_CATATAN) for c in self.catatan)


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

    @property
    def utuh(self) -> bool:
        """Of nothing but the rows that stand with the signatures: they take the headings along, all on one page."""
        return len(self.blok) == 1 and self.blok[0].tanda_tangan


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
    isi = tuple(chain.from_iterable(_potong_akhir(baris) if akhir else _potong_semua(baris)))
    lepas = max(len(isi) - BERSAMA_TANDA_TANGAN, 0) if akhir else len(isi)
    blok = tuple(Blok((satu,)) for satu in isi[:lepas])
    return (*blok, Blok(isi[lepas:], tanda_tangan=True)) if isi[lepas:] else blok


def _potong_semua(baris: Sequence[Baris]) -> list[tuple[BarisLembar, ...]]:
    return [_potong(b, lalu) for b, lalu in zip(baris, (None, *baris), strict=False)]


def _potong_akhir(baris: Sequence[Baris]) -> list[tuple[BarisLembar, ...]]:
    """The last rows are cut shorter where they would leave the signatures no room on their page."""
    isi = _potong_semua(baris)
    bersama = tuple(chain.from_iterable(isi))[-BERSAMA_TANDA_TANGAN:]
    if sum(satu.tinggi for satu in bersama) > SEPARUH:
        yang, ekor = (-1, 2) if sum(satu.tinggi for satu in isi[-1]) > SEPARUH // 2 else (-2, 1)
        isi[yang] = _potong(baris[yang], baris[yang - 1] if len(baris) >= 1 - yang else None, ekor)
    return isi


def _potong(b: Baris, lalu: Baris | None, ekor: int = 0) -> tuple[BarisLembar, ...]:
    area_sama = lalu is not None and lalu.area == b.area
    komponen_sama = area_sama and lalu is not None and lalu.komponen == b.komponen
    sama = lalu is not None and lalu.indikator_id == b.indikator_id
    potongan = cut_row(b, lanjutan=sama, ekor=ekor)
    return tuple(
        BarisLembar(
            b,
            satu,
            area_baru=not area_sama and nomor == 0,
            komponen_baru=not komponen_sama and nomor == 0,
            lanjutan=sama,
            sambungan=nomor > 0,
            catatan=() if sama or nomor < len(potongan) - 1 else _catatan(b),
        )
        for nomor, satu in enumerate(potongan)
    )


def _catatan(b: Baris) -> tuple[str, ...]:
    """What is noted of the row, below all of it; not again at its later tenggat."""
    tafsir = (f"Catatan tafsir: {b.catatan_tafsir}",) if b.catatan_tafsir else ()
    return (*tafsir, *b.koreksi)
