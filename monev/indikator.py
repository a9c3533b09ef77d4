"""One row of the plan as of a day: its grid of slots, what was sent back, what was put beside the decree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, Q, Value
from django.urls import reverse

from accounts.access import Tindakan, hak, penanggung_jawab
from accounts.models import User
from accounts.waktu import akhir_hari, hari_ini, hari_ke
from actionplan.models import BuktiFisik, Indikator, Koreksi, LangkahAksi
from evidence.keadaan import Keadaan
from evidence.models import Review, Slot, Submission
from evidence.rahasia import CATATAN_RAHASIA, may_see_rahasia
from monev.models import Realisasi, TenggatPosisi
from monev.rencana import kedesakan
from monev.riwayat import Peristiwa, riwayat
from monev.status import Status
from monev.tugas import still_open


@dataclass(frozen=True)
class Langkah:
    """The one thing to do at a slot."""

    label: str
    url: str


@dataclass(frozen=True)
class Sel:
    """One slot of the grid; `kiriman` and `draf` only where this person may see them."""

    slot: Slot
    kiriman: Submission | None
    draf: Submission | None
    hari_ke: int | None
    langkah: Langkah | None

    @property
    def menurut_tim(self) -> bool:
        """TPI has not confirmed the document date."""
        return self.slot.tanggal_dokumen is not None and not (self.kiriman and self.kiriman.tanggal_tpi)

    @property
    def belum(self) -> bool:
        return self.slot.keadaan == Keadaan.BELUM


@dataclass(frozen=True)
class BarisPetak:
    """A tenggat and its slots, one for each bukti fisik of the row; None where it is not asked for again."""

    tenggat: TenggatPosisi
    sel: list[tuple[BuktiFisik, Sel | None]]
    realisasi: Realisasi | None
    belum_mulai: bool

    @property
    def isi(self) -> list[Sel]:
        return [sel for _, sel in self.sel if sel]


@dataclass(frozen=True)
class Peringatan:
    """Something sent back, in TPI's words where this person may read them."""

    sel: Sel
    tenggat: TenggatPosisi
    review: Review
    catatan: str


@dataclass(frozen=True)
class Bunyi:
    """A text as decreed, and how it is to be read where somebody has put that down."""

    label: str
    teks: str
    koreksi: Koreksi | None


@dataclass(frozen=True)
class Halaman:
    indikator: Indikator
    on: dt.date
    petak: list[BarisPetak]
    bukti: list[BuktiFisik]
    bunyi: list[Bunyi]
    langkah_aksi: list[LangkahAksi]
    penanggung_jawab: list[User]
    peringatan: list[Peringatan]
    riwayat: list[Peristiwa]
    boleh_tulis: bool
    boleh_kelola: bool

    @property
    def selesai(self) -> int:
        return sum(baris.tenggat.status == Status.SELESAI for baris in self.petak)

    @cached_property
    def mendesak(self) -> BarisPetak:
        return min(self.petak, key=lambda baris: kedesakan(baris.tenggat))

    def pilih(self, pk: str) -> BarisPetak:
        """The tenggat asked for; else the most pressing."""
        return next((baris for baris in self.petak if str(baris.tenggat.pk) == pk), self.mendesak)

    @property
    def unggah(self) -> str:
        """Where the page's button leads: the most pressing slot that waits for the team."""
        urut = sorted(self.petak, key=lambda baris: kedesakan(baris.tenggat))
        perlu = (sel.langkah for baris in urut for sel in baris.isi if sel.langkah)
        return next((langkah.url for langkah in perlu if langkah.label in KE_UNGGAH), "")


KE_UNGGAH = ("Unggah", "Lanjutkan", "Perbaiki")


def susun_halaman(indikator: Indikator, user: User, on: dt.date) -> Halaman:
    area = indikator.komponen.area
    satker = area.rencana.satker
    orang = hak(user)
    boleh_tulis = orang.boleh(Tindakan.TULIS, satker, area.nomor)
    bukti = list(indikator.bukti_fisik.all())
    petak = _petak(indikator, user, on, bukti, _Boleh(boleh_tulis, orang.boleh(Tindakan.REVIU, satker)))
    akhir = akhir_hari(on, satker.zona_waktu)
    return Halaman(
        indikator=indikator,
        on=on,
        petak=petak,
        bukti=bukti,
        bunyi=_bunyi(indikator, akhir),
        langkah_aksi=list(indikator.langkah_aksi.all()),
        penanggung_jawab=penanggung_jawab(satker, [area.nomor])[area.nomor],
        peringatan=_peringatan(petak, akhir, rahasia=may_see_rahasia(user, area)),
        riwayat=riwayat(indikator, user, on),
        boleh_tulis=boleh_tulis,
        boleh_kelola=orang.boleh(Tindakan.KELOLA, satker),
    )


@dataclass(frozen=True)
class _Boleh:
    tulis: bool
    reviu: bool


def _petak(
    indikator: Indikator, user: User, on: dt.date, bukti: list[BuktiFisik], boleh: _Boleh
) -> list[BarisPetak]:
    zona = indikator.komponen.area.rencana.satker.zona_waktu
    akhir = akhir_hari(on, zona)
    terlihat = Submission.objects.filter(kebutuhan__tenggat__indikator=indikator).visible_to(user)
    jumlah = {"jumlah": Count("isi"), "jumlah_rahasia": Count("isi", Q(isi__evidence__rahasia=True))}
    terlihat = terlihat.alias(akhir=Value(akhir)).annotate(**jumlah)
    kiriman = {r.kebutuhan_id: r for r in reversed(terlihat.newest_sent())}
    draf = {r.kebutuhan_id: r for r in terlihat.unsent_draft()}
    sel: dict[int, dict[int, Sel]] = {}
    rows = Slot.objects.filter(tenggat__indikator=indikator).select_related("bukti_fisik")
    slots = list(rows.with_keadaan(on))
    masih = still_open([slot.pk for slot in slots], on, hari_ini(zona))
    for slot in slots:
        isi = sel.setdefault(slot.tenggat_id, {})
        sekarang = replace(boleh, tulis=boleh.tulis and slot.pk in masih)
        isi[slot.bukti_fisik_id] = _sel(slot, kiriman.get(slot.pk), draf.get(slot.pk), on, zona, sekarang)
    realisasi = _realisasi(indikator, akhir)
    tenggat = TenggatPosisi.objects.filter(indikator=indikator).with_ketepatan(on)
    return [
        BarisPetak(t, [(b, sel.get(t.pk, {}).get(b.pk)) for b in bukti], realisasi.get(t.pk), t.mulai > on)
        for t in tenggat
    ]


def _sel(
    slot: Slot, kiriman: Submission | None, draf: Submission | None, on: dt.date, zona: str, boleh: _Boleh
) -> Sel:
    menunggu = slot.keadaan == Keadaan.MENUNGGU and kiriman and kiriman.dikirim_pada
    hari = hari_ke(menunggu, on, zona) if menunggu else None
    return Sel(slot, kiriman, draf, hari, langkah(slot, kiriman, boleh))


def langkah(slot: Slot, kiriman: Submission | None, boleh: _Boleh) -> Langkah | None:
    """What this person can do there next."""
    if boleh.tulis and slot.ada_draf:
        return Langkah("Lanjutkan", reverse("unggah", args=[slot.pk]))
    if boleh.tulis and slot.keadaan in PERLU_UNGGAH:
        return Langkah(PERLU_UNGGAH[Keadaan(slot.keadaan)], reverse("unggah", args=[slot.pk]))
    if boleh.reviu and slot.keadaan == Keadaan.MENUNGGU and kiriman and kiriman.ditutup_pada is None:
        return Langkah("Reviu", reverse("reviu", args=[kiriman.pk]))
    if slot.keadaan in (Keadaan.BELUM, Keadaan.DRAF):
        return None
    return Langkah("Lihat", reverse("slot", args=[slot.pk]))


PERLU_UNGGAH = {Keadaan.BELUM: "Unggah", Keadaan.PERBAIKAN: "Perbaiki"}


def _realisasi(indikator: Indikator, akhir: dt.datetime) -> dict[int, Realisasi]:
    """The newest of each tenggat by then."""
    rows = Realisasi.objects.filter(tenggat__indikator=indikator, dicatat_pada__lt=akhir)
    return {r.tenggat_id: r for r in rows.select_related("dicatat_oleh").order_by("versi")}


def _bunyi(indikator: Indikator, akhir: dt.datetime) -> list[Bunyi]:
    rows = Koreksi.objects.filter(indikator=indikator, dikoreksi_pada__lt=akhir)
    koreksi = {k.kolom: k for k in rows.select_related("dikoreksi_oleh").order_by("dikoreksi_pada", "pk")}
    return [
        Bunyi(str(kolom.label), getattr(indikator, kolom.value), koreksi.get(kolom.value))
        for kolom in Koreksi.Kolom
    ]


def _peringatan(petak: list[BarisPetak], akhir: dt.datetime, *, rahasia: bool) -> list[Peringatan]:
    kembali = {
        sel.kiriman.pk: (sel, baris.tenggat)
        for baris in petak
        for sel in baris.isi
        if sel.slot.keadaan == Keadaan.PERBAIKAN and sel.kiriman
    }
    review = _review(kembali, akhir)
    return [_satu_peringatan(*isi, review[pk], rahasia) for pk, isi in kembali.items()]


def _satu_peringatan(sel: Sel, tenggat: TenggatPosisi, review: Review, rahasia: bool) -> Peringatan:
    tertutup = sel.kiriman and sel.kiriman.jumlah_rahasia and not rahasia  # type: ignore[attr-defined]
    return Peringatan(sel, tenggat, review, CATATAN_RAHASIA if tertutup else review.catatan)


def _review(kiriman: Mapping[int, object], akhir: dt.datetime) -> dict[int, Review]:
    rows = Review.objects.filter(submission__in=list(kiriman), final=True, diputus_pada__lt=akhir)
    return {r.submission_id: r for r in rows.select_related("diputus_oleh").order_by("diputus_pada", "pk")}
