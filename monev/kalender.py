"""The year's deadlines by month: each tenggat under the month it was decreed for, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.db.models import QuerySet

from accounts.area import ROMAWI
from accounts.tersusun import Pk, fetch
from accounts.waktu import BULAN
from actionplan.models import RencanaAksi
from monev.chart import BULAN_PENDEK
from monev.models import TenggatPosisi
from monev.status import Ketepatan, Status
from monev.titik import KOLOM_BARIS, TitikBaris

SAYA = "saya"
DAFTAR = "daftar"
DIKENAL: dict[str, dict[str, str]] = {
    "bulan": {str(n): nama for n, nama in enumerate(BULAN, 1)},
    "area": {str(n): f"Area {romawi}" for n, romawi in ROMAWI.items()},
    "status": {s.value: str(s.label) for s in Status},
    "ketepatan": {k.value: str(k.label) for k in Ketepatan},
    "milik": {SAYA: "Area saya saja"},
    "tampil": {DAFTAR: "Daftar"},
}


@dataclass(frozen=True)
class Saringan:
    """What is asked for; an empty value asks nothing."""

    bulan: str = ""
    area: str = ""
    status: str = ""
    ketepatan: str = ""
    milik: str = ""
    tampil: str = ""

    @property
    def aktif(self) -> bool:
        return bool(self.bulan or self.area or self.status or self.ketepatan or self.milik)

    def query(self, **changes: str) -> str:
        isian = {nama: nilai for nama, nilai in asdict(replace(self, **changes)).items() if nilai}
        return f"?{urlencode(isian)}"

    def cocok(self, t: TitikBaris, area_saya: Collection[int]) -> bool:
        """All but the month, which the overview counts for each."""
        return (
            self.area in ("", str(t.area))
            and self.status in ("", t.status)
            and self.ketepatan in ("", t.ketepatan)
            and (not self.milik or t.area in area_saya)
        )


def baca_saringan(data: Mapping[str, str]) -> tuple[Saringan, list[str]]:
    """The filter, and the names of those whose value nobody knows; these are left out."""
    isian = {nama: data.get(nama, "") for nama in DIKENAL}
    asing = [nama for nama, nilai in isian.items() if nilai and nilai not in DIKENAL[nama]]
    return Saringan(**{nama: nilai for nama, nilai in isian.items() if nama not in asing}), asing


@dataclass(frozen=True)
class Acara:
    """One deadline in the list. `garis_kini`: the line of the day stands before it."""

    tenggat: TitikBaris
    garis_kini: bool

    @property
    def tanggal(self) -> str:
        return str(self.tenggat.jatuh_tempo.day)


@dataclass(frozen=True)
class Bulan:
    nomor: int
    nama: str
    pendek: str
    kini: bool
    acara: list[Acara]
    kini_di_akhir: bool  # the day falls in this month, after its last deadline
    url: str
    dipilih: bool
    terbuka: bool  # unfolded: what was asked for, else where something is still to be done soon

    @property
    def jumlah(self) -> int:
        return len(self.acara)

    @property
    def terlambat(self) -> int:
        return sum(a.tenggat.ketepatan == Ketepatan.TERLAMBAT for a in self.acara)

    @property
    def selesai(self) -> int:
        return sum(a.tenggat.status == Status.SELESAI for a in self.acara)


@dataclass(frozen=True)
class Kalender:
    saringan: Saringan
    asing: list[str]
    ikhtisar: list[Bulan]
    jumlah: int

    @property
    def bulan(self) -> list[Bulan]:
        """Those whose deadlines are listed."""
        if self.saringan.bulan:
            return [b for b in self.ikhtisar if b.dipilih]
        return [b for b in self.ikhtisar if b.acara or b.kini]


def susun_kalender(
    rencana: RencanaAksi, on: dt.date, data: Mapping[str, str], area_saya: Collection[int]
) -> Kalender:
    """One query."""
    saringan, asing = baca_saringan(data)
    rows = [TitikBaris(*row) for row in fetch(_rows, Pk(rencana.pk), rencana.satker.zona_waktu, on)]
    cocok = [t for t in rows if saringan.cocok(t, area_saya)]
    ikhtisar = [
        _bulan(nomor, [t for t in cocok if t.jatuh_tempo.month == nomor], rencana.tahun, on, saringan)
        for nomor in range(1, 13)
    ]
    kalender = Kalender(saringan, asing, ikhtisar, 0)
    return replace(kalender, jumlah=sum(b.jumlah for b in kalender.bulan))


def _rows(rencana: int, zona: str, on: dt.date) -> QuerySet:
    rows = TenggatPosisi.objects.of_plan(rencana, zona).with_ketepatan(on).values_list(*KOLOM_BARIS)
    return rows.order_by(
        "jatuh_tempo", "indikator__komponen__area__nomor", "indikator__komponen__nomor", "indikator__nomor"
    )


def _bulan(nomor: int, tenggat: list[TitikBaris], tahun: int, on: dt.date, s: Saringan) -> Bulan:
    kini = (on.year, on.month) == (tahun, nomor)
    dipilih = s.bulan == str(nomor)
    return Bulan(
        nomor=nomor,
        nama=BULAN[nomor - 1],
        pendek=BULAN_PENDEK[nomor - 1],
        kini=kini,
        acara=list(_acara(tenggat, on if kini else None)),
        kini_di_akhir=kini and all(t.jatuh_tempo < on for t in tenggat),
        url=s.query(bulan="" if dipilih else str(nomor)),
        dipilih=dipilih,
        terbuka=s.aktif or _dekat(nomor, tenggat, tahun, on),
    )


def _dekat(nomor: int, tenggat: Iterable[TitikBaris], tahun: int, on: dt.date) -> bool:
    """This month and the next; once the year is over, the months that are not done."""
    if on.year > tahun:
        return any(t.status != Status.SELESAI for t in tenggat)
    return on.year == tahun and nomor - on.month in (0, 1)


def _acara(tenggat: Iterable[TitikBaris], kini: dt.date | None) -> Iterable[Acara]:
    sudah = kini is None
    for t in tenggat:
        di_sini = not sudah and kini is not None and t.jatuh_tempo >= kini
        sudah = sudah or di_sini
        yield Acara(t, di_sini)
