"""The stored plan: writing one that is read from a file, reading it back, and what differs between two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch

from accounts.models import Satker
from accounts.waktu import tanggal_panjang
from actionplan.models import (
    Area,
    BuktiFisik,
    Indikator,
    Kebutuhan,
    Komponen,
    LangkahAksi,
    RencanaAksi,
    Tenggat,
)
from actionplan.plan_file import (
    IsiArea,
    IsiBukti,
    IsiIndikator,
    IsiKantor,
    IsiKomponen,
    IsiRencana,
    PlanFileError,
)
from actionplan.target_waktu import Periode

NAMA_KOLOM = {
    "uraian": "indikator",
    "langkah_aksi_teks": "langkah aksi",
    "langkah_aksi": "rincian langkah aksi",
    "bukti_fisik_teks": "bukti fisik",
    "bukti_fisik": "rincian bukti fisik",
    "target_waktu": "target waktu",
    "catatan_tafsir": "catatan tafsir",
    "tenggat": "tenggat",
}
Fakta = dict[str, object]


class PlanDiffersError(Exception):
    """The stored plan is another; it is never overwritten."""

    def __init__(self, rencana: RencanaAksi, perbedaan: list[str]) -> None:
        self.rencana, self.perbedaan = rencana, perbedaan
        super().__init__("\n".join(perbedaan))


@transaction.atomic
def load_plan(isi: IsiRencana, kantor: IsiKantor | None = None) -> tuple[RencanaAksi, bool]:
    """The stored plan, and whether it is new. PlanDiffersError where another one is stored."""
    satker = _office(isi.satker, kantor)
    rencana = RencanaAksi.objects.filter(satker=satker, tahun=isi.tahun).first()
    if rencana is None:
        return _store(isi, satker), True
    perbedaan = differences(stored_plan(rencana), isi)
    if perbedaan:
        raise PlanDiffersError(rencana, perbedaan)
    return rencana, False


def _office(kode: str, kantor: IsiKantor | None) -> Satker:
    if not Satker.objects.filter(kode=kode).exists():
        _make_office(kode, kantor)
    # Locked: two loads at once must not both find the office without a plan.
    return Satker.objects.select_for_update().get(kode=kode)


def _make_office(kode: str, kantor: IsiKantor | None) -> None:
    if kantor is None:
        raise PlanFileError(
            [
                f"Satker {kode} belum ada. Buat dahulu di halaman admin (Satker), atau tambahkan ke berkas "
                "bagian “kantor” (nama, tingkat, zona_waktu, ibu_kota, kop_baris_1, kop_baris_2)."
            ]
        )
    try:
        Satker(kode=kode, **asdict(kantor)).full_clean(validate_unique=False)
    except ValidationError as error:
        raise PlanFileError(
            f"Kantor, {kunci}: {' '.join(pesan)}" for kunci, pesan in error.message_dict.items()
        )
    Satker.objects.get_or_create(kode=kode, defaults=asdict(kantor))


# Writing: each level in one statement


def _store(isi: IsiRencana, satker: Satker) -> RencanaAksi:
    rencana = RencanaAksi.objects.create(
        satker=satker, tahun=isi.tahun, nomor=isi.nomor, tanggal=isi.tanggal, judul=isi.judul
    )
    areas = Area.objects.bulk_create(Area(rencana=rencana, nomor=a.nomor, nama=a.nama) for a in isi.areas)
    komponen = Komponen.objects.bulk_create(
        Komponen(area=area, nomor=k.nomor, nama=k.nama)
        for area, a in zip(areas, isi.areas, strict=True)
        for k in a.komponen
    )
    indikator = Indikator.objects.bulk_create(
        _indikator(induk, row) for induk, k in zip(komponen, isi.komponen, strict=True) for row in k.indikator
    )
    _store_rows(list(zip(indikator, isi.indikator, strict=True)))
    return rencana


def _indikator(komponen: Komponen, row: IsiIndikator) -> Indikator:
    return Indikator(
        komponen=komponen,
        nomor=row.nomor,
        uraian=row.uraian,
        langkah_aksi_teks=row.langkah_aksi_teks,
        bukti_fisik_teks=row.bukti_fisik_teks,
        target_waktu=row.target_waktu,
        catatan_tafsir=row.catatan_tafsir,
    )


def _store_rows(rows: list[tuple[Indikator, IsiIndikator]]) -> None:
    LangkahAksi.objects.bulk_create(
        LangkahAksi(indikator=indikator, nomor=n, uraian=uraian)
        for indikator, row in rows
        for n, uraian in enumerate(row.langkah_aksi, 1)
    )
    bukti = BuktiFisik.objects.bulk_create(
        BuktiFisik(indikator=indikator, nomor=n, uraian=b.uraian, sekali=b.sekali)
        for indikator, row in rows
        for n, b in enumerate(row.bukti_fisik, 1)
    )
    tenggat = Tenggat.objects.bulk_create(
        Tenggat(indikator=indikator, label=p.label, mulai=p.mulai, jatuh_tempo=p.jatuh_tempo)
        for indikator, row in rows
        for p in row.tenggat
    )
    Kebutuhan.objects.bulk_create(_kebutuhan(bukti, tenggat))


def _kebutuhan(bukti: list[BuktiFisik], tenggat: list[Tenggat]) -> Iterator[Kebutuhan]:
    """Every document at every tenggat of its row; one that is asked for once, at the first."""
    bukti_of: dict[int, list[BuktiFisik]] = {}
    for b in bukti:
        bukti_of.setdefault(b.indikator_id, []).append(b)
    sudah_ada_tenggat = set()
    for t in tenggat:
        pertama = t.indikator_id not in sudah_ada_tenggat
        sudah_ada_tenggat.add(t.indikator_id)
        for b in bukti_of[t.indikator_id]:
            if pertama or not b.sekali:
                yield Kebutuhan(tenggat=t, bukti_fisik=b)


# Reading


def stored_plan(rencana: RencanaAksi) -> IsiRencana:
    """One query for each level, however many rows."""
    komponen = Prefetch("komponen", Komponen.objects.order_by("nomor"))
    baris = Prefetch("komponen__indikator", Indikator.objects.order_by("nomor"))
    bagian = [f"komponen__indikator__{nama}" for nama in ("langkah_aksi", "bukti_fisik", "tenggat")]
    areas = Area.objects.filter(rencana=rencana).order_by("nomor").prefetch_related(komponen, baris, *bagian)
    return IsiRencana(
        satker=rencana.satker.kode,
        tahun=rencana.tahun,
        nomor=rencana.nomor,
        tanggal=rencana.tanggal,
        judul=rencana.judul,
        areas=tuple(_stored_area(area) for area in areas),
    )


def _stored_area(area: Area) -> IsiArea:
    komponen = [
        IsiKomponen(
            k.nomor, k.nama, tuple(_stored_row(f"{area.romawi}.{k.nomor}", row) for row in k.indikator.all())
        )
        for k in area.komponen.all()
    ]
    return IsiArea(area.nomor, area.nama, tuple(komponen))


def _stored_row(awalan: str, row: Indikator) -> IsiIndikator:
    return IsiIndikator(
        kode=f"{awalan}.{row.nomor}",
        nomor=row.nomor,
        uraian=row.uraian,
        langkah_aksi_teks=row.langkah_aksi_teks,
        langkah_aksi=tuple(langkah.uraian for langkah in row.langkah_aksi.all()),
        bukti_fisik_teks=row.bukti_fisik_teks,
        bukti_fisik=tuple(IsiBukti(b.uraian, b.sekali) for b in row.bukti_fisik.all()),
        target_waktu=row.target_waktu,
        catatan_tafsir=row.catatan_tafsir,
        tenggat=tuple(Periode(t.label, t.mulai, t.jatuh_tempo) for t in row.tenggat.all()),
    )


# Comparing


def differences(stored: IsiRencana, other: IsiRencana) -> list[str]:
    """Row by row: what is stored, what the file says. Empty only where the two are equal."""
    if stored == other:
        return []
    tersimpan, berkas = _facts(stored), _facts(other)
    tempat = [*tersimpan, *(t for t in berkas if t not in tersimpan)]
    baris = [line for t in tempat for line in _compare(t, tersimpan.get(t), berkas.get(t))]
    return baris or [
        "Berkas ini berbeda dari rencana yang tersimpan. Sandingkan keduanya dengan naskah keputusan."
    ]


def _compare(tempat: str, tersimpan: Fakta | None, berkas: Fakta | None) -> list[str]:
    if tersimpan is None:
        return [f"{tempat}: ada dalam berkas, tidak ada dalam rencana yang tersimpan"]
    if berkas is None:
        return [f"{tempat}: tersimpan, tidak ada dalam berkas"]
    return [
        f"{tempat}, {kolom}: tersimpan {_sebut(nilai)}, dalam berkas {_sebut(berkas[kolom])}"
        for kolom, nilai in tersimpan.items()
        if nilai != berkas[kolom]
    ]


def _facts(isi: IsiRencana) -> dict[str, Fakta]:
    """Place → column → what it holds; the head, areas and komponen are places too."""
    facts: dict[str, Fakta] = {"Keputusan": {"nomor": isi.nomor, "tanggal": isi.tanggal, "judul": isi.judul}}
    for area in isi.areas:
        facts[f"Area {area.romawi}"] = {"nama": area.nama}
        for k in area.komponen:
            facts[f"Area {area.romawi} komponen {k.nomor}"] = {"nama": k.nama}
            facts |= {row.kode: _row_facts(row) for row in k.indikator}
    return facts


def _row_facts(row: IsiIndikator) -> Fakta:
    return {nama: getattr(row, kolom) for kolom, nama in NAMA_KOLOM.items()}


def _sebut(nilai: object) -> str:
    """To read, not to compare: each item in its own quotes, what is said of it outside them."""
    match nilai:
        case tuple():
            return " | ".join(_sebut(butir) for butir in nilai)
        case IsiBukti():
            return _sebut(nilai.uraian) + (" (sekali)" if nilai.sekali else "")
        case Periode():
            rentang = f"{tanggal_panjang(nilai.mulai)} – {tanggal_panjang(nilai.jatuh_tempo)}"
            return f"{_sebut(nilai.label)} ({rentang})"
        case dt.date():
            return _sebut(tanggal_panjang(nilai))
        case _:
            return f"“{nilai}”"
