"""*Tugas saya*: what a member still has to do, read from slots and the batas of their tenggat. Nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.area import SEMUA_AREA
from accounts.models import Membership, Peran, User
from accounts.tersusun import Pk, fetch
from accounts.waktu import akhir_hari, hari_ini
from actionplan.models import RencanaAksi
from actionplan.querysets import KE_RENCANA
from evidence.keadaan import DI_TIM, Keadaan
from evidence.kelompok import Kelompok, kelompok
from evidence.models import Review, Slot
from evidence.pindai import ada_pemindai
from evidence.querysets import SlotQuerySet
from monev.models import TenggatPosisi
from monev.status import Ketepatan, Status
from monev.titik import KOLOM_BARIS, TitikBaris

KE_NOMOR_AREA = "indikator__komponen__area__nomor"
BERIKUTNYA = 3
Asked = tuple[int, str, frozenset[int], dt.date]


@dataclass(frozen=True, slots=True)
class Catatan:
    """Why a bukti fisik was sent back."""

    slot: int
    kiriman: int
    catatan: str
    pemutus: str
    diputus_pada: dt.datetime


@dataclass
class Bukti:
    """One bukti fisik that still has to come, with TPI's note if it was sent back. `pk` is the slot's."""

    pk: int
    tenggat_id: int
    uraian: str
    keadaan: str
    ada_draf: bool
    catatan: Catatan | None = None
    # Seen from a day past: is there still something to do today?
    masih: bool = True
    # A file of it was found to hold a virus after it was taken in: to be replaced, whatever TPI has said.
    diblokir: bool = False

    @property
    def kembali(self) -> bool:
        return self.keadaan == Keadaan.PERBAIKAN


@dataclass(frozen=True)
class Tugas:
    """One tenggat, with what it still lacks."""

    tenggat: TitikBaris
    bukti: list[Bukti]
    kelompok: Kelompok | None

    @property
    def banyak(self) -> bool:
        return len(self.bukti) > 1

    @property
    def tinggal_kirim(self) -> bool:
        """The status counts what TPI has seen; to be done is a draft, begun on what was Sesuai."""
        return not any(b.diblokir or b.keadaan in DI_TIM for b in self.bukti)


@dataclass(frozen=True)
class Golongan:
    kelompok: Kelompok
    tugas: list[Tugas]


@dataclass(frozen=True)
class DaftarTugas:
    golongan: list[Golongan]
    berikutnya: list[TitikBaris]

    @property
    def jumlah(self) -> int:
        return sum(len(g.tugas) for g in self.golongan)


def area_anggota(keanggotaan: Iterable[Membership]) -> frozenset[int]:
    """The areas that these roles make one answer for; none where one is no anggota."""
    areas = [frozenset(m.area) or SEMUA_AREA for m in keanggotaan if m.peran == Peran.ANGGOTA]
    return frozenset().union(*areas)


def jumlah_tugas(rencana: RencanaAksi, areas: Collection[int], on: dt.date) -> int:
    """As many as daftar_tugas shows, in one query light enough for every page; two where there is a scanner."""
    asked = _asked(rencana, areas, on)
    diblokir = {b.tenggat_id for b in _blocked_on(rencana, asked, on)}
    per_tenggat: dict[tuple[int, dt.date], list[tuple[str, bool]]] = {}
    for pk, batas, keadaan, ada_draf in fetch(_slot_ringkas, *asked):
        per_tenggat.setdefault((pk, batas), []).append((keadaan, ada_draf))
    return len(diblokir) + sum(
        kelompok([k for k, _ in isi], any(draf for _, draf in isi), batas, on) is not None
        for (pk, batas), isi in per_tenggat.items()
        if pk not in diblokir
    )


def daftar_tugas(rencana: RencanaAksi, areas: Collection[int], on: dt.date) -> DaftarTugas:
    """Three queries, whatever there is to do; for a day past, or where there is a scanner, one more."""
    asked = _asked(rencana, areas, on)
    bukti: dict[int, list[Bukti]] = {}
    diblokir = _blocked_on(rencana, asked, on)
    sudah = {b.pk for b in diblokir}
    for b in [*diblokir, *(b for b in _open_on(rencana, asked, on) if b.pk not in sudah)]:
        bukti.setdefault(b.tenggat_id, []).append(b)
    tenggat = (TitikBaris(*row) for row in fetch(_tenggat, *asked))
    semua = [_tugas(t, bukti[t.pk], on) for t in tenggat if t.pk in bukti]
    tugas = [t for t in semua if t.kelompok]
    kembali = [b for t in tugas for b in t.bukti if b.kembali]
    _beri_catatan(kembali, on, rencana.satker.zona_waktu)
    golongan = [Golongan(k, [t for t in tugas if t.kelompok == k]) for k in Kelompok]
    nanti = [t.tenggat for t in semua if not t.kelompok]
    return DaftarTugas([g for g in golongan if g.tugas], nanti[:BERIKUTNYA])


def pressing_elsewhere(keanggotaan: Iterable[Membership], rencana: RencanaAksi) -> dict[RencanaAksi, int]:
    """Tenggat of this anggota's areas in other plans that are late or sent back today, the newest plan first; two
    queries, however many there are."""
    milik = Q(pk__in=())
    for m in keanggotaan:
        if m.peran == Peran.ANGGOTA:
            milik |= Q(**{f"{KE_RENCANA}__satker": m.satker_id, f"{KE_NOMOR_AREA}__in": m.area or SEMUA_AREA})
    rows = TenggatPosisi.objects.filter(milik).exclude(**{KE_RENCANA: rencana})
    rows = rows.with_ketepatan(hari_ini(rencana.satker.zona_waktu)).order_by()
    menekan = Q(ketepatan=Ketepatan.TERLAMBAT) | Q(status=Status.PERBAIKAN)
    jumlah = dict(rows.filter(menekan).values_list(KE_RENCANA).annotate(n=Count("pk")))
    lain = RencanaAksi.objects.select_related("satker").filter(pk__in=jumlah)
    return {r: jumlah[r.pk] for r in lain.order_by("-tahun", "satker__kode")}


def blocked_slots(rencana: RencanaAksi, user: User) -> list[Slot]:
    """Where a file of the team was found to hold a virus after it was taken in, as of now. One query, where there is
    a scanner; without one nothing is blocked.
    """
    if not ada_pemindai():
        return []
    slots = Slot.objects.of_rencana(rencana).of_team(user).diblokir()
    return list(
        slots.select_related("bukti_fisik", "tenggat__indikator").order_by("tenggat__jatuh_tempo", "pk")
    )


def _blocked_on(rencana: RencanaAksi, asked: Asked, on: dt.date) -> list[Bukti]:
    """What the scanner found is known of today only."""
    if not ada_pemindai() or on != hari_ini(rencana.satker.zona_waktu):
        return []
    semua = [Bukti(*row) for row in fetch(_slot_diblokir, *asked)]
    for b in semua:
        b.diblokir = True
    return semua


def _open_on(rencana: RencanaAksi, asked: Asked, on: dt.date) -> list[Bukti]:
    """As they were on the day `on`, and whether the team has something to do in them today."""
    semua = [Bukti(*row) for row in fetch(_slot, *asked)]
    masih = still_open([b.pk for b in semua], on, hari_ini(rencana.satker.zona_waktu))
    for b in semua:
        b.masih = b.pk in masih
    return semua


def still_open(slots: Collection[int], on: dt.date, today: dt.date) -> set[int]:
    """Of slots in which the team had something to do on the day `on`: those in which it has today."""
    return set(slots if on == today else fetch(_for_the_team, frozenset(map(Pk, slots)), today))


def _for_the_team(slot: frozenset[int], on: dt.date) -> QuerySet:
    return Slot.objects.filter(pk__in=slot).with_keadaan(on).for_the_team().values_list("pk", flat=True)


def _asked(rencana: RencanaAksi, areas: Collection[int], on: dt.date) -> Asked:
    return Pk(rencana.pk), rencana.satker.zona_waktu, frozenset(areas), on


def _terbuka(rencana: int, zona: str, areas: frozenset[int], on: dt.date) -> SlotQuerySet:
    """Slots of these areas in which the team has something to do."""
    slots = Slot.objects.filter(**{f"tenggat__{KE_RENCANA}": rencana, f"tenggat__{KE_NOMOR_AREA}__in": areas})
    return slots.in_zona(zona).with_keadaan(on).for_the_team()


def _slot(rencana: int, zona: str, areas: frozenset[int], on: dt.date) -> QuerySet:
    """What was sent back first."""
    slots = _terbuka(rencana, zona, areas, on).order_by("peringkat", "bukti_fisik__nomor")
    return slots.values_list("pk", "tenggat_id", "bukti_fisik__uraian", "keadaan", "ada_draf")


def _diblokir(rencana: int, zona: str, areas: frozenset[int], on: dt.date) -> SlotQuerySet:
    slots = Slot.objects.filter(**{f"tenggat__{KE_RENCANA}": rencana, f"tenggat__{KE_NOMOR_AREA}__in": areas})
    return slots.diblokir().in_zona(zona).with_keadaan(on)


def _slot_diblokir(rencana: int, zona: str, areas: frozenset[int], on: dt.date) -> QuerySet:
    slots = _diblokir(rencana, zona, areas, on).order_by("peringkat", "bukti_fisik__nomor")
    return slots.values_list("pk", "tenggat_id", "bukti_fisik__uraian", "keadaan", "ada_draf")


def _slot_ringkas(rencana: int, zona: str, areas: frozenset[int], on: dt.date) -> QuerySet:
    slots = _terbuka(rencana, zona, areas, on).with_batas(on).order_by()
    return slots.values_list("tenggat_id", "batas", "keadaan", "ada_draf")


def _tenggat(rencana: int, zona: str, areas: frozenset[int], on: dt.date) -> QuerySet:
    rows = TenggatPosisi.objects.of_plan(rencana, zona).filter(**{f"{KE_NOMOR_AREA}__in": areas})
    return rows.with_ketepatan(on).order_by("batas", "pk").values_list(*KOLOM_BARIS)  # type: ignore[misc]


def _tugas(tenggat: TitikBaris, bukti: list[Bukti], on: dt.date) -> Tugas:
    if any(b.diblokir for b in bukti):
        return Tugas(tenggat, bukti, Kelompok.DIBLOKIR)
    keadaan, ada_draf = [b.keadaan for b in bukti], any(b.ada_draf for b in bukti)
    return Tugas(tenggat, bukti, kelompok(keadaan, ada_draf, tenggat.batas, on))


def _beri_catatan(bukti: list[Bukti], on: dt.date, zona: str) -> None:
    """TPI's newest decision on each of those sent back."""
    slots = frozenset(Pk(b.pk) for b in bukti)
    newest = {row[0]: Catatan(*row) for row in fetch(_putusan, slots, akhir_hari(on, zona))}
    for b in bukti:
        b.catatan = newest.get(b.pk)


def _putusan(slots: frozenset[int], akhir: dt.datetime) -> QuerySet:
    """What was sent back of these, oldest first."""
    reviews = Review.objects.filter(
        submission__kebutuhan__in=slots,
        keputusan=Review.Keputusan.PERBAIKAN,
        final=True,
        diputus_pada__lt=akhir,
    )
    reviews = reviews.order_by("submission__putaran", "diputus_pada", "pk")
    return reviews.values_list(
        "submission__kebutuhan_id", "submission_id", "catatan", "diputus_oleh__nama", "diputus_pada"
    )
