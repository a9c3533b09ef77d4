"""The plan as a list: the lampiran's rows and their tenggat as of a day, and what a filter leaves of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Protocol
from urllib.parse import urlencode

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from accounts.access import penanggung_jawab
from accounts.area import NOMOR_ROMAWI, ROMAWI
from accounts.models import User
from accounts.tersusun import Pk, fetch
from accounts.waktu import akhir_hari
from actionplan.models import Indikator, Koreksi, RencanaAksi, kode_baris
from monev import triwulan
from monev.ringkasan import capaian_rows
from monev.status import Capaian, Ketepatan, Status
from monev.titik import Titik, semua_titik

PANJANG_CARI = 100
TRIWULAN = {str(nomor): romawi for nomor, romawi in enumerate(triwulan.ROMAWI, 1)}


class Basis(models.TextChoices):
    SD = "sd", "s.d. tanggal ini"
    SETAHUN = "setahun", "setahun"


@dataclass(frozen=True)
class Saringan:
    """What is asked for; an empty value asks nothing."""

    q: str = ""
    area: str = ""
    status: str = ""
    ketepatan: str = ""
    triwulan: str = ""
    pj: str = ""
    basis: str = ""

    @property
    def aktif(self) -> list[str]:
        return [field.name for field in fields(self) if getattr(self, field.name)]

    @property
    def per_tenggat(self) -> bool:
        """Asks for some tenggat of a row, so that a row has to say which."""
        return bool(self.status or self.ketepatan or self.triwulan or self.basis == Basis.SD)

    @property
    def lain(self) -> bool:
        return bool(self.triwulan or self.pj or self.basis)

    def query(self, **changes: str) -> str:
        """`?area=5&status=selesai`, what is empty left out"""
        isian = {nama: nilai for nama, nilai in asdict(replace(self, **changes)).items() if nilai}
        return f"?{urlencode(isian)}"


NAMA_SARINGAN = {
    "area": "area",
    "status": "status",
    "ketepatan": "ketepatan",
    "triwulan": "triwulan",
    "pj": "penanggung jawab",
    "basis": "tenggat yang dihitung",
}
# Asked for by number, Roman too; their words say what they are.
BERNOMOR = ("area", "triwulan")


def nilai_dikenal(pj: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """What each filter may be asked for, and its words."""
    return {
        "area": {str(nomor): f"Area {romawi}" for nomor, romawi in ROMAWI.items()},
        "status": dict(Status.choices),
        "ketepatan": dict(Ketepatan.choices),
        "triwulan": {nomor: f"Triwulan {romawi}" for nomor, romawi in TRIWULAN.items()},
        "pj": pj,
        "basis": dict(Basis.choices),
    }


def baca_saringan(
    data: Mapping[str, str], dikenal: Mapping[str, Mapping[str, str]]
) -> tuple[Saringan, list[str]]:
    """The filter, and the names of those whose value nobody knows; these are left out."""
    isian, asing = {"q": data.get("q", "").strip()[:PANJANG_CARI]}, []
    for nama, nilai_sah in dikenal.items():
        nilai = data.get(nama, "").strip()
        if nama in BERNOMOR:
            nilai = str(NOMOR_ROMAWI.get(nilai.upper(), nilai))
        if nilai in nilai_sah:
            isian[nama] = nilai
        elif nilai:
            asing.append(NAMA_SARINGAN[nama])
    return Saringan(**isian), asing


MENDESAK = (Ketepatan.TERLAMBAT, Ketepatan.SEGERA, Ketepatan.BERJALAN, Ketepatan.AKAN_DATANG)


class BerKetepatan(Protocol):
    """A tenggat of which status and ketepatan are known, whatever it was read into."""

    @property
    def status(self) -> str: ...
    @property
    def ketepatan(self) -> str: ...
    @property
    def batas(self) -> dt.date: ...


def kedesakan(t: BerKetepatan) -> tuple[int, int]:
    """Sorts the most pressing tenggat of a row first; of those the team is done with, the latest."""
    if Ketepatan(t.ketepatan) in MENDESAK:
        return (MENDESAK.index(Ketepatan(t.ketepatan)), t.batas.toordinal())
    return (len(MENDESAK) + (t.status == Status.SELESAI), -t.batas.toordinal())


@dataclass(frozen=True, slots=True)
class BarisLampiran:
    """One row of the lampiran as decreed."""

    pk: int
    area: int
    nama_area: str
    komponen: int
    nama_komponen: str
    nomor: int
    uraian: str
    langkah_aksi_teks: str
    bukti_fisik_teks: str
    target_waktu: str


@dataclass(frozen=True)
class Baris:
    """One row; `cocok` are those of its tenggat that the filter asks for."""

    indikator: BarisLampiran
    tenggat: list[Titik]
    cocok: list[Titik]
    dikoreksi: bool
    url: str

    @property
    def kode(self) -> str:
        i = self.indikator
        return kode_baris(i.area, i.komponen, i.nomor)

    @cached_property
    def utama(self) -> Titik:
        return min(self.cocok, key=kedesakan)

    @property
    def jumlah(self) -> int:
        return len(self.tenggat)

    @property
    def selesai(self) -> int:
        return sum(t.status == Status.SELESAI for t in self.tenggat)

    @property
    def sebut_cocok(self) -> str:
        return ", ".join(t.label for t in self.cocok)


@dataclass(frozen=True)
class Kelompok:
    """A komponen and those of its rows that are shown."""

    nomor: int
    nama: str
    baris: list[Baris]


@dataclass(frozen=True)
class Bab:
    """An area. Its capaian is the whole area's, whatever the filter; each figure opens the rows it counts."""

    nomor: int
    romawi: str
    nama: str
    kelompok: list[Kelompok]
    capaian: list[tuple[Basis, Capaian, str]]


@dataclass(frozen=True)
class Butir:
    """A count that opens what it counts, or, when chosen, closes it again."""

    nama: str
    nilai: str
    label: str
    jumlah: int
    url: str
    dipilih: bool


@dataclass(frozen=True)
class Daftar:
    rencana: RencanaAksi
    on: dt.date
    saringan: Saringan
    asing: list[str]
    dikenal: Mapping[str, Mapping[str, str]]
    bab: list[Bab]
    jumlah_baris: int
    jumlah_tenggat: int
    hitungan: Mapping[str, Counter[str]]
    pengampu: Mapping[int, list[User]]

    def butir(self, nama: str, *, semua: bool = False) -> list[Butir]:
        """One for each value that something is counted for; `semua`: for each value at all."""
        dipilih = getattr(self.saringan, nama)
        return [
            Butir(
                nama,
                nilai,
                label,
                self.hitungan[nama][nilai],
                self.saringan.query(**{nama: "" if nilai == dipilih else nilai}),
                nilai == dipilih,
            )
            for nilai, label in self.dikenal[nama].items()
            if semua or self.hitungan[nama][nilai] or nilai == dipilih
        ]

    @property
    def aktif(self) -> list[tuple[str, str]]:
        """Each filter set, in words, and the address without it."""
        return [(self._sebut(nama), self.saringan.query(**{nama: ""})) for nama in self.saringan.aktif]

    def _sebut(self, nama: str) -> str:
        """`status Selesai`, `Area III`, `kata “WBS”`"""
        nilai = getattr(self.saringan, nama)
        if nama == "q":
            return f"kata “{nilai}”"
        isi = self.dikenal[nama][nilai]
        return isi if nama in BERNOMOR else f"{NAMA_SARINGAN[nama]} {isi}"

    @property
    def baris(self) -> list[Baris]:
        return [baris for bab in self.bab for kelompok in bab.kelompok for baris in kelompok.baris]


def susun_daftar(rencana: RencanaAksi, on: dt.date, data: Mapping[str, str]) -> Daftar:
    pengampu = penanggung_jawab(rencana.satker, ROMAWI)
    dikenal = nilai_dikenal(_pilihan_pj(pengampu))
    saringan, asing = baca_saringan(data, dikenal)
    titik = semua_titik(rencana, on)
    gagal = _yang_gagal(titik, saringan, on, _uji(rencana, saringan, on, pengampu))
    cocok = {t.pk for t, nama in gagal if not nama}
    bab = _bab(rencana, on, titik, cocok)
    return Daftar(
        rencana=rencana,
        on=on,
        saringan=saringan,
        asing=asing,
        dikenal=dikenal,
        bab=bab,
        jumlah_baris=len({t.indikator_id for t in titik if t.pk in cocok}),
        jumlah_tenggat=len(cocok),
        hitungan=_hitungan(gagal),
        pengampu=pengampu,
    )


def _pilihan_pj(pengampu: Mapping[int, list[User]]) -> dict[str, str]:
    orang = {user.pk: user.nama for users in pengampu.values() for user in users}
    return {str(pk): nama for pk, nama in sorted(orang.items(), key=lambda pk_nama: pk_nama[1])}


Uji = Callable[[Titik], bool]


def _uji(
    rencana: RencanaAksi, s: Saringan, on: dt.date, pengampu: Mapping[int, list[User]]
) -> dict[str, Uji]:
    """The question each filter puts to a tenggat."""
    baris = (
        set(
            Indikator.objects.filter(komponen__area__rencana=rencana).search(s.q).values_list("pk", flat=True)
        )
        if s.q
        else set()
    )
    area_pj = {nomor for nomor, users in pengampu.items() if s.pj in {str(user.pk) for user in users}}
    return {
        "q": lambda t: t.indikator_id in baris,
        "area": lambda t: str(t.area) == s.area,
        "status": lambda t: t.status == s.status,
        "ketepatan": lambda t: t.ketepatan == s.ketepatan,
        "triwulan": lambda t: t.triwulan == s.triwulan,
        "pj": lambda t: t.area in area_pj,
        "basis": lambda t: s.basis != Basis.SD or t.batas <= on,
    }


def _yang_gagal(
    titik: Iterable[Titik], s: Saringan, on: dt.date, uji: Mapping[str, Uji]
) -> list[tuple[Titik, set[str]]]:
    """Each tenggat with the filters it does not pass."""
    return [(t, {nama for nama in s.aktif if not uji[nama](t)}) for t in titik]


def _hitungan(gagal: Iterable[tuple[Titik, set[str]]]) -> dict[str, Counter[str]]:
    """How many tenggat (for areas: rows) each value would show, the other filters as they are."""
    hitungan: dict[str, Counter[str]] = defaultdict(Counter)
    baris: dict[str, set[int]] = defaultdict(set)
    for t, nama in gagal:
        for yang in ("status", "ketepatan", "triwulan"):
            if nama <= {yang}:
                hitungan[yang][getattr(t, yang)] += 1
        if nama <= {"area"}:
            baris[str(t.area)].add(t.indikator_id)
    hitungan["area"] = Counter({area: len(pk) for area, pk in baris.items()})
    return hitungan


def _bab(rencana: RencanaAksi, on: dt.date, titik: Iterable[Titik], cocok: set[int]) -> list[Bab]:
    per_baris: dict[int, list[Titik]] = defaultdict(list)
    for t in titik:
        per_baris[t.indikator_id].append(t)
    tampil = {pk for pk, milik in per_baris.items() if any(t.pk in cocok for t in milik)}
    dikoreksi = _dikoreksi(rencana, on)
    capaian = _capaian(rencana, on)
    alamat = reverse("indikator", args=[0])
    bab: dict[int, Bab] = {}
    for row in fetch(_indikator_rows, Pk(rencana.pk)):
        indikator = BarisLampiran(*row)
        if indikator.pk not in tampil:
            continue
        area = indikator.area
        isi = bab.setdefault(area, Bab(area, ROMAWI[area], indikator.nama_area, [], capaian.get(area, [])))
        if not isi.kelompok or isi.kelompok[-1].nomor != indikator.komponen:
            isi.kelompok.append(Kelompok(indikator.komponen, indikator.nama_komponen, []))
        milik = per_baris[indikator.pk]
        isi.kelompok[-1].baris.append(
            Baris(
                indikator,
                milik,
                [t for t in milik if t.pk in cocok],
                indikator.pk in dikoreksi,
                alamat.replace("/0/", f"/{indikator.pk}/"),
            )
        )
    return list(bab.values())


def _indikator_rows(rencana: int) -> QuerySet:
    return (
        Indikator.objects.filter(komponen__area__rencana=rencana)
        .in_order()
        .values_list(
            "pk",
            "komponen__area__nomor",
            "komponen__area__nama",
            "komponen__nomor",
            "komponen__nama",
            "nomor",
            "uraian",
            "langkah_aksi_teks",
            "bukti_fisik_teks",
            "target_waktu",
        )
    )


def _dikoreksi(rencana: RencanaAksi, on: dt.date) -> set[int]:
    return set(fetch(_dikoreksi_rows, Pk(rencana.pk), akhir_hari(on, rencana.satker.zona_waktu)))


def _dikoreksi_rows(rencana: int, akhir: dt.datetime) -> QuerySet:
    koreksi = Koreksi.objects.filter(indikator__komponen__area__rencana=rencana, dikoreksi_pada__lt=akhir)
    return koreksi.values_list("indikator_id", flat=True)


def _capaian(rencana: RencanaAksi, on: dt.date) -> dict[int, list[tuple[Basis, Capaian, str]]]:
    return {
        nomor: [
            (
                basis,
                Capaian(row[f"selesai_{basis}"], row[f"jumlah_{basis}"]),
                Saringan(area=str(nomor), basis=basis).query(),
            )
            for basis in Basis
        ]
        for nomor, row in capaian_rows(rencana, on).items()
    }
