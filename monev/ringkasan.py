"""Where an office's plan stands on a day: the figures of the dashboard, what slips and whose it is, the areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from accounts.access import penanggung_jawab
from accounts.models import User
from accounts.tersusun import Pk, fetch
from accounts.waktu import akhir_hari, hari_ke
from actionplan.models import Area, Indikator, RencanaAksi, kode_baris
from actionplan.querysets import KE_RENCANA
from evidence.models import Submission
from monev.chart import Grafik, grafik_bulan, hitung_per_bulan
from monev.models import Realisasi, TenggatPosisi
from monev.status import Capaian, Ketepatan, Status
from monev.titik import Titik, semua_titik
from monev.triwulan import Triwulan, semua_triwulan
from monev.tugas import KE_NOMOR_AREA

MELESET_TAMPIL = 5
KE_RENCANA_KIRIMAN = f"kebutuhan__tenggat__{KE_RENCANA}"


@dataclass(frozen=True)
class DuaCapaian:
    """Both bases, always together."""

    sd: Capaian
    setahun: Capaian


@dataclass(frozen=True)
class CapaianArea:
    area: Area
    capaian: DuaCapaian
    terlambat: int

    @property
    def query(self) -> str:
        return f"?area={self.area.nomor}"


@dataclass(frozen=True)
class Meleset:
    titik: Titik
    kode: str
    bukti_fisik: str
    lewat: int
    penanggung_jawab: list[User]


@dataclass(frozen=True)
class Menunggu:
    """A round that waits for TPI, for which slot, and which day it waits."""

    on: dt.date
    zona: str
    pk: int
    slot: int
    putaran: int
    dikirim_pada: dt.datetime
    ditutup_pada: dt.datetime | None
    pengirim: str
    uraian: str
    label: str
    area: int
    komponen: int
    nomor: int

    @property
    def kode(self) -> str:
        return kode_baris(self.area, self.komponen, self.nomor)

    @property
    def hari_ke(self) -> int:
        return hari_ke(self.dikirim_pada, self.on, self.zona)

    @property
    def masih(self) -> bool:
        """It still waits now, whatever day the page answers for."""
        return self.ditutup_pada is None


@dataclass(frozen=True)
class Ringkasan:
    capaian: DuaCapaian
    terlambat: int
    lewat_terlama: int
    segera: int
    menunggu: int
    area: list[CapaianArea]
    meleset: list[Meleset]
    grafik: Grafik


def ringkasan(rencana: RencanaAksi, on: dt.date) -> Ringkasan:
    """Six queries, whatever the size of the plan."""
    rows = semua_titik(rencana, on)
    telat = [t for t in rows if t.ketepatan == Ketepatan.TERLAMBAT]
    terlambat = sorted(telat, key=lambda t: (t.batas, t.pk))
    area = capaian_per_area(rencana, on, terlambat)
    return Ringkasan(
        capaian=jumlah_capaian(a.capaian for a in area),
        terlambat=len(terlambat),
        lewat_terlama=(on - terlambat[0].batas).days if terlambat else 0,
        segera=sum(t.ketepatan == Ketepatan.SEGERA for t in rows),
        menunggu=sum(t.status == Status.MENUNGGU for t in rows),
        area=area,
        meleset=_meleset(rencana, terlambat[:MELESET_TAMPIL], on),
        grafik=grafik_bulan(hitung_per_bulan((t.jatuh_tempo, t.status) for t in rows), rencana.tahun, on),
    )


def capaian_area(rencana: RencanaAksi, areas: Collection[int], on: dt.date) -> DuaCapaian:
    """Of these areas together."""
    rows = fetch(_capaian_rows, Pk(rencana.pk), rencana.satker.zona_waktu, on, frozenset(areas))
    return dua_capaian(rows[0]) if rows else dua_capaian({})


def capaian_per_area(rencana: RencanaAksi, on: dt.date, terlambat: Iterable[Titik]) -> list[CapaianArea]:
    per_area = capaian_rows(rencana, on)
    nomor_terlambat = [t.area for t in terlambat]
    return [
        CapaianArea(area, dua_capaian(per_area.get(area.nomor, {})), nomor_terlambat.count(area.nomor))
        for area in areas(rencana)
    ]


def capaian_rows(rencana: RencanaAksi, on: dt.date) -> dict[int, dict[str, int]]:
    """The row of with_capaian of each area that has tenggat, by its number."""
    rows = fetch(_capaian_per_area_rows, Pk(rencana.pk), rencana.satker.zona_waktu, on)
    return {row[KE_NOMOR_AREA]: row for row in rows}


def dua_capaian(row: dict[str, int]) -> DuaCapaian:
    """Of one row of with_capaian; an empty one where there is no tenggat at all."""
    return DuaCapaian(
        Capaian(row.get("selesai_sd", 0), row.get("jumlah_sd", 0)),
        Capaian(row.get("selesai_setahun", 0), row.get("jumlah_setahun", 0)),
    )


def menunggu(rencana: RencanaAksi, on: dt.date, areas: Collection[int] | None = None) -> list[Menunggu]:
    """The queue on that day, oldest first; with `areas`, only theirs."""
    zona = rencana.satker.zona_waktu
    di_area = () if areas is None else (frozenset(areas),)
    waiting = fetch(_menunggu_rows, Pk(rencana.pk), on, *di_area)
    return [Menunggu(on, zona, *row) for row in waiting]


def _menunggu_rows(rencana: int, on: dt.date, areas: frozenset[int] | None = None) -> QuerySet:
    rounds = Submission.objects.filter(**{KE_RENCANA_KIRIMAN: rencana})
    if areas is not None:
        rounds = rounds.filter(**{f"kebutuhan__tenggat__{KE_NOMOR_AREA}__in": areas})
    return rounds.waiting_on(on).values_list(
        "pk",
        "kebutuhan_id",
        "putaran",
        "dikirim_pada",
        "ditutup_pada",
        "dikirim_oleh__nama",
        "kebutuhan__bukti_fisik__uraian",
        "kebutuhan__tenggat__label",
        f"kebutuhan__tenggat__{KE_NOMOR_AREA}",
        "kebutuhan__tenggat__indikator__komponen__nomor",
        "kebutuhan__tenggat__indikator__nomor",
    )


def terlambat_per_rencana(rencana: Collection[RencanaAksi], on: dt.date) -> dict[int, int]:
    late = TenggatPosisi.objects.filter(**{f"{KE_RENCANA}__in": rencana}).with_ketepatan(on).order_by()
    late = late.filter(ketepatan=Ketepatan.TERLAMBAT)  # type: ignore[misc]
    late = late.values(KE_RENCANA).annotate(n=Count("pk"))
    return {row[KE_RENCANA]: row["n"] for row in late}


def capaian_per_rencana(rencana: Collection[RencanaAksi], on: dt.date) -> dict[int, DuaCapaian]:
    rows = TenggatPosisi.objects.filter(**{f"{KE_RENCANA}__in": rencana}).with_capaian(on, KE_RENCANA)
    return {row[KE_RENCANA]: dua_capaian(row) for row in rows}


def triwulan_terakhir(tahun: int, on: dt.date) -> Triwulan | None:
    """The quarter whose report is due: the last that has ended by `on`, in the first quarter that one itself."""
    berjalan = [t for t in semua_triwulan(tahun) if t.mulai <= on]
    selesai = [t for t in berjalan if t.akhir <= on]
    return next(iter([*reversed(selesai), *berjalan]), None)


def tunggakan(rencana: RencanaAksi, triwulan: Triwulan) -> set[int]:
    """Of earlier quarters, and not Selesai on the day before this one began."""
    return set(fetch(tunggakan_rows, Pk(rencana.pk), rencana.satker.zona_waktu, triwulan.mulai))


def tunggakan_rows(rencana: int, zona: str, mulai: dt.date) -> QuerySet:
    lama = TenggatPosisi.objects.of_plan(rencana, zona).filter(jatuh_tempo__lt=mulai).order_by()
    lama = lama.with_status(mulai - dt.timedelta(days=1)).exclude(status=Status.SELESAI)  # type: ignore[misc]
    return lama.values_list("pk", flat=True)


def tanpa_realisasi(rencana: RencanaAksi, triwulan: Triwulan, on: dt.date) -> int:
    """How many deadlines of the quarter's report of which nothing was said to be done by the end of `on`."""
    zona = rencana.satker.zona_waktu
    asked = (Pk(rencana.pk), zona, triwulan.mulai, triwulan.akhir, akhir_hari(on, zona))
    return len(fetch(_tanpa_realisasi_rows, *asked))


def _tanpa_realisasi_rows(
    rencana: int, zona: str, mulai: dt.date, akhir_triwulan: dt.date, akhir: dt.datetime
) -> QuerySet:
    kata = Realisasi.objects.filter(tenggat=OuterRef("pk"), dicatat_pada__lt=akhir).order_by("-versi")
    rows = TenggatPosisi.objects.of_plan(rencana, zona)
    rows = rows.filter(
        Q(jatuh_tempo__range=(mulai, akhir_triwulan)) | Q(pk__in=tunggakan_rows(rencana, zona, mulai))
    )
    said = Coalesce(Subquery(kata.values("uraian")[:1]), Value(""), output_field=TextField())
    return rows.annotate(kata=said).filter(kata="").values_list("pk")


def _capaian_rows(rencana: int, zona: str, on: dt.date, areas: frozenset[int]) -> QuerySet:
    rows = TenggatPosisi.objects.of_plan(rencana, zona)
    return rows.filter(**{f"{KE_NOMOR_AREA}__in": areas}).with_capaian(on)


def _capaian_per_area_rows(rencana: int, zona: str, on: dt.date) -> QuerySet:
    return TenggatPosisi.objects.of_plan(rencana, zona).with_capaian(on, KE_NOMOR_AREA)


def areas(rencana: RencanaAksi) -> list[Area]:
    return fetch(_area_rows, Pk(rencana.pk))


def _area_rows(rencana: int) -> QuerySet[Area]:
    return Area.objects.filter(rencana=rencana).order_by("nomor")


def jumlah_capaian(bagian: Iterable[DuaCapaian]) -> DuaCapaian:
    semua = list(bagian)
    return DuaCapaian(_jumlah([c.sd for c in semua]), _jumlah([c.setahun for c in semua]))


def _jumlah(bagian: list[Capaian]) -> Capaian:
    return Capaian(sum(c.selesai for c in bagian), sum(c.jumlah for c in bagian))


def _meleset(rencana: RencanaAksi, terlambat: list[Titik], on: dt.date) -> list[Meleset]:
    orang = penanggung_jawab(rencana.satker, [t.area for t in terlambat])
    baris = {pk: isi for pk, *isi in fetch(_baris, frozenset(Pk(t.indikator_id) for t in terlambat))}
    return [
        Meleset(t, kode_baris(t.area, komponen, nomor), bukti_fisik, (on - t.batas).days, orang[t.area])
        for t, (komponen, nomor, bukti_fisik) in ((t, baris[t.indikator_id]) for t in terlambat)
    ]


def _baris(indikator: frozenset[int]) -> QuerySet:
    rows = Indikator.objects.filter(pk__in=indikator)
    return rows.values_list("pk", "komponen__nomor", "nomor", "bukti_fisik_teks")
