"""What happened on one row, and was known on a day, as one list; each line a dated fact kept elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from accounts.waktu import akhir_hari, tanggal_panjang, zoneinfo
from actionplan.models import Indikator, Kebutuhan, Koreksi, MulaiDipantau, Perpanjangan
from evidence.models import Evidence, Review, Submission, SubmissionEvidence
from evidence.nama_berkas import titles_apart
from evidence.rahasia import CATATAN_RAHASIA, closed_rounds
from monev.models import Realisasi

TAMPIL = 5
SEKALI_DUDUK = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Peristiwa:
    pada: dt.datetime
    zona: str
    ikon: str
    judul: str
    tentang: str
    oleh: User
    catatan: str = ""
    isi: str = ""

    @property
    def setempat(self) -> dt.datetime:
        return timezone.localtime(self.pada, zoneinfo(self.zona))

    @property
    def tanggal(self) -> dt.date:
        return self.setempat.date()

    @property
    def pukul(self) -> str:
        """`14.05 WIB`"""
        return f"{self.setempat:%H.%M} {self.zona}"


Fakta = tuple[dt.datetime, str, str, str, User, str, str]


def riwayat(indikator: Indikator, user: User, on: dt.date) -> list[Peristiwa]:
    """Newest first; only rounds that `user` may see, and nothing recorded after the day `on`."""
    rencana = indikator.komponen.area.rencana
    zona = rencana.satker.zona_waktu
    akhir = akhir_hari(on, zona)
    rounds = list(_rounds(indikator, user))
    tertutup = closed_rounds(rounds, user, indikator.komponen.area)
    fakta = [
        *_kiriman(rounds, _isi(rounds, user), tertutup, akhir),
        *_reviu(rounds, tertutup),
        *_realisasi(indikator),
        *_perpanjangan(indikator),
        *_koreksi(indikator),
        *_mulai_dipantau(indikator),
    ]
    peristiwa = [
        Peristiwa(pada, zona, ikon, judul, tentang, oleh, catatan, isi)
        for pada, ikon, judul, tentang, oleh, catatan, isi in fakta
        if pada < akhir
    ]
    # Of one moment, what follows in the list came later.
    return sorted(peristiwa, key=lambda p: p.pada)[::-1]


def _rounds(indikator: Indikator, user: User) -> Iterable[Submission]:
    return (
        Submission.objects.filter(kebutuhan__tenggat__indikator=indikator)
        .visible_to(user)
        .select_related(
            "kebutuhan__bukti_fisik", "kebutuhan__tenggat", "dibuat_oleh", "dikirim_oleh", "ditarik_oleh"
        )
        .prefetch_related(
            Prefetch("isi", SubmissionEvidence.objects.select_related("evidence").order_by("pk"))
        )
        .order_by("kebutuhan_id", "putaran")
    )


def _isi(rounds: Collection[Submission], user: User) -> dict[int, str]:
    """The titles in each round; what is rahasia to this person is only counted."""
    terlihat = Evidence.objects.visible_to(user).filter(submissions__in=[r.pk for r in rounds])
    boleh = set(terlihat.values_list("pk", flat=True))
    return {r.pk: _sebut_isi([isi.evidence for isi in r.isi.all()], boleh) for r in rounds}


def _sebut_isi(bukti: Collection[Evidence], boleh: Collection[int]) -> str:
    judul = titles_apart(e for e in bukti if e.pk in boleh)
    tertutup = len(bukti) - len(judul)
    return "; ".join([*judul, *([f"{tertutup} bukti rahasia"] if tertutup else [])])


def _sebut(slot: Kebutuhan) -> str:
    return f"{slot.bukti_fisik.uraian}, {slot.tenggat.label}"


def _kiriman(
    rounds: Iterable[Submission], isi: dict[int, str], tertutup: set[int], akhir: dt.datetime
) -> Iterator[Fakta]:
    ditarik: dict[int, dt.datetime | None] = {}
    for r in rounds:
        pesan, alasan = (_terbaca(kata, r.pk in tertutup) for kata in (r.pesan, r.alasan_buka_kembali))
        tentang = f"{_sebut(r.kebutuhan)}, putaran {r.putaran}"
        if not _ikut_saja(r, ditarik.get(r.kebutuhan_id), akhir):
            judul = "Dibuka kembali" if r.alasan_buka_kembali else "Draf dimulai"
            yield r.dibuat_pada, "pencil", judul, tentang, r.dibuat_oleh, alasan, ""
        if r.dikirim_pada and r.dikirim_oleh:
            yield r.dikirim_pada, "send", "Dikirim untuk Reviu", tentang, r.dikirim_oleh, pesan, isi[r.pk]
        if r.ditarik_pada and r.ditarik_oleh:
            judul = "Ditarik Kembali" if r.dikirim_pada else "Draf dibuang"
            yield r.ditarik_pada, "arrow-counterclockwise", judul, tentang, r.ditarik_oleh, "", ""
        ditarik[r.kebutuhan_id] = r.ditarik_pada


def _ikut_saja(r: Submission, ditarik_sebelumnya: dt.datetime | None, akhir: dt.datetime) -> bool:
    """Beginning it was part of another step, known by `akhir`: sent at once, or what a withdrawal leaves."""
    terkirim = r.dikirim_pada if r.dikirim_pada and r.dikirim_pada < akhir else None
    langsung = terkirim is not None and terkirim - r.dibuat_pada < SEKALI_DUDUK
    return (langsung and not r.alasan_buka_kembali) or r.dibuat_pada == ditarik_sebelumnya


def _terbaca(kata: str, tertutup: bool) -> str:
    return CATATAN_RAHASIA if kata and tertutup else kata


def _reviu(rounds: Iterable[Submission], tertutup: set[int]) -> Iterator[Fakta]:
    menurut_pk = {r.pk: r for r in rounds}
    reviews = Review.objects.filter(submission__in=menurut_pk).select_related("diputus_oleh")
    for review in reviews.order_by("diputus_pada", "pk"):
        r = menurut_pk[review.submission_id]
        sesuai = review.keputusan == Review.Keputusan.SESUAI
        judul = review.get_keputusan_display() + ("" if review.final else " (belum final)")
        tentang = f"{_sebut(r.kebutuhan)}, putaran {r.putaran}"
        tanggal = review.tanggal_dokumen
        isi = f"Tanggal dokumen {tanggal_panjang(tanggal)}" if tanggal else ""
        ikon = "check-lg" if sesuai else "arrow-return-left"
        catatan = _terbaca(review.catatan, r.pk in tertutup)
        yield review.diputus_pada, ikon, judul, tentang, review.diputus_oleh, catatan, isi


def _realisasi(indikator: Indikator) -> Iterator[Fakta]:
    rows = Realisasi.objects.filter(tenggat__indikator=indikator).select_related("tenggat", "dicatat_oleh")
    for r in rows.order_by("dicatat_pada", "pk"):
        bagian = {
            "": r.uraian,
            "Kendala: ": r.kendala,
            "Rencana tindak lanjut: ": r.rencana_tindak_lanjut,
        }
        teks = "\n".join(f"{kepala}{isi}" for kepala, isi in bagian.items() if isi)
        tentang = f"{r.tenggat.label}, versi {r.versi}"
        yield r.dicatat_pada, "journal-text", "Realisasi disimpan", tentang, r.dicatat_oleh, teks, ""


def _perpanjangan(indikator: Indikator) -> Iterator[Fakta]:
    rows = Perpanjangan.objects.filter(tenggat__indikator=indikator)
    for p in rows.select_related("tenggat", "diberikan_oleh").order_by("diberikan_pada", "pk"):
        tentang = f"{p.tenggat.label}, sampai {tanggal_panjang(p.batas_baru)}"
        yield p.diberikan_pada, "clock-history", "Perpanjangan", tentang, p.diberikan_oleh, p.alasan, ""


def _koreksi(indikator: Indikator) -> Iterator[Fakta]:
    rows = Koreksi.objects.filter(indikator=indikator).select_related("dikoreksi_oleh")
    for k in rows.order_by("dikoreksi_pada", "pk"):
        tentang = f"{k.get_kolom_display()}, seharusnya dibaca “{k.teks}”"
        yield k.dikoreksi_pada, "pencil", "Koreksi", tentang, k.dikoreksi_oleh, k.alasan, ""


def _mulai_dipantau(indikator: Indikator) -> Iterator[Fakta]:
    rows = MulaiDipantau.objects.filter(rencana=indikator.komponen.area.rencana)
    for m in rows.select_related("ditetapkan_oleh").order_by("ditetapkan_pada", "pk"):
        tentang = f"seluruh rencana, sejak {tanggal_panjang(m.tanggal)}"
        yield m.ditetapkan_pada, "eye", "Mulai dipantau", tentang, m.ditetapkan_oleh, m.alasan, ""
