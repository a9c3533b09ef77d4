"""The rounds of one slot, as its pages tell them: what is open, what was decided, what lies ready to be sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from accounts.access import Tindakan, hak
from accounts.models import User
from accounts.tersusun import Pk, attach, fetch
from actionplan.models import Kebutuhan
from evidence import content
from evidence.access import area_of
from evidence.models import Evidence, Review, Slot, Submission, SubmissionEvidence
from evidence.penarikan import is_offered
from evidence.querysets import TERKIRIM
from evidence.services import newest_decision

TIPE_GAMBAR = frozenset(jenis.tipe for jenis in content.GAMBAR)
PIECE_RELATIONS = ("diunggah_oleh", "menggantikan", "simpanan", "satker", "penarikan")


@dataclass(frozen=True)
class Rounds:
    """Newest first; those withdrawn are among them."""

    semua: list[Submission]

    @cached_property
    def berlaku(self) -> Submission | None:
        return next((r for r in self.semua if r.ditarik_pada is None), None)

    @property
    def draf(self) -> Submission | None:
        r = self.berlaku
        return r if r and r.dikirim_pada is None else None

    @property
    def menunggu(self) -> Submission | None:
        r = self.berlaku
        return r if r and r.dikirim_pada and r.ditutup_pada is None else None

    @cached_property
    def diputus(self) -> Submission | None:
        """The newest with a decision."""
        return next((r for r in self.semua if r.ditarik_pada is None and decision_of(r)), None)

    @property
    def catatan(self) -> Review | None:
        """The Perlu Perbaikan that still has to be answered."""
        putusan = decision_of(self.diputus) if self.diputus and not self.menunggu else None
        return putusan if putusan and putusan.keputusan == Review.Keputusan.PERBAIKAN else None

    @property
    def sesuai(self) -> bool:
        """Accepted, and not reopened."""
        return self.berlaku is not None and self.berlaku is self.diputus and not self.catatan

    @property
    def isi_draf(self) -> list[Evidence]:
        return pieces_of(self.draf) if self.draf else []

    @property
    def foto_draf(self) -> list[Evidence]:
        """The pictures among them, which can become one PDF."""
        return [e for e in self.isi_draf if e.tipe in TIPE_GAMBAR]

    @property
    def yang_lama(self) -> list[Evidence]:
        """What was decided on, sent back or reopened, and does not lie in the draft: a newer version may name it."""
        if not self.diputus or self.menunggu or self.sesuai:
            return []
        return [e for e in pieces_of(self.diputus) if e not in self.isi_draf]

    @property
    def dapat_dipakai_lagi(self) -> list[Evidence]:
        return [e for e in self.yang_lama if is_offered(e)]

    @property
    def satu_satunya(self) -> Evidence | None:
        """The one piece that was decided on, while nothing new lies in the draft: what comes is its newer version."""
        lama = pieces_of(self.diputus) if self.diputus else []
        return lama[0] if len(lama) == 1 and not self.isi_draf and self.yang_lama else None


def decision_of(submission: Submission) -> Review | None:
    """As services.newest_decision, from what rounds_of has fetched."""
    final = [r for r in submission.reviews.all() if r.final]
    return max(final, key=lambda r: (r.diputus_pada, r.pk), default=None)


def pieces_of(submission: Submission) -> list[Evidence]:
    return [isi.evidence for isi in submission.isi.all()]


def rounds_of(slot: Kebutuhan, user: User, akhir: dt.datetime | None = None) -> Rounds:
    """Those the user may see, each with its pieces and decisions, in a constant number of queries; if a moment is
    given, as they were known then. The slot comes with its office."""
    area, orang = area_of(slot), hak(user)
    satker, pk = area.rencana.satker, Pk(slot.pk)
    if not orang.boleh(Tindakan.LIHAT, satker):
        return Rounds([])
    rounds: list[Submission] = fetch(_rounds, pk, orang.boleh(Tindakan.LIHAT_DRAF, satker, area.nomor))
    if akhir is not None:
        rounds = [_as_known(r, akhir) for r in rounds if r.dibuat_pada < akhir]
    if rounds:
        attach(rounds, "isi", _isi_with_pieces(pk, akhir))
        attach(rounds, "reviews", fetch(_reviews, pk, akhir))
    return Rounds(rounds)


def _rounds(slot: int, draf: bool) -> QuerySet[Submission]:
    rounds = Submission.objects.filter(kebutuhan=slot)
    if not draf:
        rounds = rounds.filter(TERKIRIM)
    return rounds.select_related("dibuat_oleh", "dikirim_oleh", "ditarik_oleh").order_by("-putaran")


def _isi_with_pieces(slot: Pk, akhir: dt.datetime | None) -> list[SubmissionEvidence]:
    pieces = {piece.pk: piece for piece in fetch(_pieces, slot)}
    semua = fetch(_isi, slot, akhir)
    for isi in semua:
        isi.evidence = pieces[isi.evidence_id]
    return semua


def _pieces(slot: int) -> QuerySet[Evidence]:
    isi = SubmissionEvidence.objects.filter(submission__kebutuhan=slot).order_by()
    pieces = Evidence.objects.filter(pk__in=isi.values("evidence"))
    return pieces.select_related(*PIECE_RELATIONS).with_pemeriksaan()


def _isi(slot: int, akhir: dt.datetime | None) -> QuerySet[SubmissionEvidence]:
    """When a piece was put in is not on record; it was not before it came, unless the round was sent by then."""
    isi = SubmissionEvidence.objects.filter(submission__kebutuhan=slot).order_by("pk")
    if akhir is None:
        return isi
    return isi.filter(Q(submission__dikirim_pada__lt=akhir) | Q(evidence__diunggah_pada__lt=akhir))


def _reviews(slot: int, akhir: dt.datetime | None) -> QuerySet[Review]:
    reviews = Review.objects.filter(submission__kebutuhan=slot).select_related("diputus_oleh")
    return (reviews.filter(diputus_pada__lt=akhir) if akhir else reviews).order_by("diputus_pada", "pk")


def _as_known(r: Submission, akhir: dt.datetime) -> Submission:
    """What came later is taken off. For looking only: nothing of it is saved."""
    if r.dikirim_pada and r.dikirim_pada >= akhir:
        r.dikirim_pada, r.dikirim_oleh, r.pesan = None, None, ""
    if r.ditarik_pada and r.ditarik_pada >= akhir:
        r.ditarik_pada, r.ditarik_oleh = None, None
    if r.ditutup_pada and r.ditutup_pada >= akhir:
        r.ditutup_pada = None
    return r


def accepted_before(slot: Slot) -> tuple[Submission, Review] | None:
    """What was handed in for the tenggat before this one, and accepted."""
    lalu = (
        Submission.objects.filter(
            kebutuhan__bukti_fisik=slot.bukti_fisik_id,
            kebutuhan__tenggat__jatuh_tempo__lt=slot.tenggat.jatuh_tempo,
            ditarik_pada__isnull=True,
            dikirim_pada__isnull=False,
        )
        .select_related("kebutuhan__tenggat", "kebutuhan__bukti_fisik")
        .order_by("-kebutuhan__tenggat__jatuh_tempo", "-putaran")
        .first()
    )
    putusan = newest_decision(lalu) if lalu else None
    if lalu is None or putusan is None or putusan.keputusan != Review.Keputusan.SESUAI:
        return None
    return lalu, putusan
