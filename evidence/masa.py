"""The period a tenggat is for. A document dated outside it is handed in with one sentence that says why.

The period ends with the batas (extension and mulai dipantau included): nobody has to explain a date that the calendar
calls on time. In one round the sentence is of the date, so that ten photos of one day are explained once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.waktu import tanggal_panjang, zoneinfo
from actionplan.models import Kebutuhan
from evidence.models import Evidence, Slot, Submission, SubmissionEvidence
from evidence.nama_berkas import titles_apart

ALASAN_TERPANJANG = 500
TULIS_ALASAN = "Tulis satu kalimat: mengapa dokumen ini tetap dipakai?"
ALASAN_PANJANG = f"Alasan paling panjang {ALASAN_TERPANJANG} huruf. Pendekkan."


@dataclass(frozen=True)
class Masa:
    mulai: dt.date
    sampai: dt.date

    def __contains__(self, tanggal: dt.date) -> bool:
        return self.mulai <= tanggal <= self.sampai

    def __str__(self) -> str:
        return f"{tanggal_panjang(self.mulai)} sampai {tanggal_panjang(self.sampai)}"

    def warning(self, tanggal: dt.date) -> str:
        return f"Dokumen bertanggal {tanggal_panjang(tanggal)}, tenggat ini untuk {self}."


@dataclass(frozen=True)
class Luar:
    """The pieces of a round that bear one date outside the period."""

    tanggal: dt.date
    peringatan: str
    bukti: list[Evidence]
    alasan: str
    terlambat: bool

    @property
    def judul(self) -> str:
        return "; ".join(titles_apart(self.bukti))


def masa_of(slot: Slot) -> Masa:
    """Of a slot fetched with its batas."""
    return Masa(slot.tenggat.mulai, slot.batas)


def masa_at(slot: Kebutuhan, at: dt.datetime) -> Masa:
    """As it stands at that moment, by the office's calendar."""
    zona = slot.tenggat.indikator.komponen.area.rencana.satker.zona_waktu
    hari = at.astimezone(zoneinfo(zona)).date()
    return masa_of(Slot.objects.filter(pk=slot.pk).with_batas(hari).select_related("tenggat").get())


def dates_outside(isi: Iterable[SubmissionEvidence], masa: Masa) -> list[Luar]:
    menurut: dict[dt.date, list[SubmissionEvidence]] = {}
    for satu in isi:
        if satu.evidence.tanggal_dokumen not in masa:
            menurut.setdefault(satu.evidence.tanggal_dokumen, []).append(satu)
    return [
        Luar(
            tanggal=tanggal,
            peringatan=masa.warning(tanggal),
            bukti=[satu.evidence for satu in semua],
            alasan=next((satu.alasan_tanggal for satu in semua if satu.alasan_tanggal), ""),
            terlambat=tanggal > masa.sampai,
        )
        for tanggal, semua in sorted(menurut.items())
    ]


def reasons_in(submission: Submission) -> dict[dt.date, str]:
    """What was said of each date: a piece that comes to it later, or in its place, needs no other sentence."""
    isi = submission.isi.exclude(alasan_tanggal="")
    return dict(isi.values_list("evidence__tanggal_dokumen", "alasan_tanggal"))


def say_why(submission: Submission, alasan: Mapping[dt.date, str], at: dt.datetime) -> None:
    """Under the slot's lock: the sentence of each date outside the period, for all pieces that bear it."""
    masa = masa_at(submission.kebutuhan, at)
    bersih = {tanggal: check_alasan(kata) for tanggal, kata in alasan.items() if tanggal not in masa}
    for tanggal, kata in bersih.items():
        submission.isi.filter(evidence__tanggal_dokumen=tanggal).update(alasan_tanggal=kata)


def require_reasons(submission: Submission, at: dt.datetime) -> None:
    """Under the slot's lock: no date outside the period without its sentence; what was said of a date is said of
    every piece that bears it."""
    luar = dates_outside(submission.isi.select_related("evidence"), masa_at(submission.kebutuhan, at))
    tanpa = [satu.peringatan for satu in luar if not satu.alasan]
    if tanpa:
        raise ValidationError([*tanpa, TULIS_ALASAN])
    say_why(submission, {satu.tanggal: satu.alasan for satu in luar}, at)


def check_alasan(alasan: str) -> str:
    alasan = " ".join(alasan.split())
    if len(alasan) > ALASAN_TERPANJANG:
        raise ValidationError(ALASAN_PANJANG, code="alasan_tanggal")
    return alasan
