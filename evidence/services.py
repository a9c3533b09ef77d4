"""Writes on rounds. Each checks who may, locks the slot, adds dated facts; `at` lets a demo or an import date them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.access import Tindakan
from accounts.models import User
from actionplan.models import Kebutuhan
from evidence import batas, masa
from evidence.access import SLOT_RELATIONS, area_of, require_for_slot, require_reviewer
from evidence.intake import check_date, record
from evidence.models import Evidence, Review, Slot, Submission, SubmissionEvidence
from evidence.penarikan import require_acceptable, require_usable, withdraw_piece

PESAN_TERPANJANG = 2000


def _lock(slot_pk: int) -> None:
    # One at a time per slot: two rounds at once must not both find it free.
    Kebutuhan.objects.select_for_update().get(pk=slot_pk)


def newest_round(slot: Kebutuhan) -> Submission | None:
    """The newest that was not withdrawn."""
    return slot.submissions.filter(ditarik_pada__isnull=True).order_by("-putaran").first()


def newest_decision(submission: Submission) -> Review | None:
    return submission.reviews.filter(final=True).order_by("-diputus_pada", "-pk").first()


@transaction.atomic
def open_draft(*, slot: Slot, by: User, alasan: str = "", at: dt.datetime | None = None) -> Submission:
    """The slot's draft, begun if there is none. ValidationError where one waits for TPI, or Sesuai has no reason."""
    require_for_slot(by, slot, Tindakan.TULIS)
    _lock(slot.pk)
    newest = newest_round(slot)
    if newest and newest.ditutup_pada is None:
        if newest.dikirim_pada is None:
            return newest
        raise ValidationError(
            "Kiriman sebelumnya masih menunggu reviu. Tarik kembali dahulu bila ingin mengubah."
        )
    decision = newest_decision(newest) if newest else None
    if decision and decision.keputusan == Review.Keputusan.SESUAI and not alasan.strip():
        raise ValidationError("Bukti ini sudah dinilai Sesuai. Tulis alasan membukanya kembali.")
    last = slot.submissions.aggregate(n=Max("putaran"))["n"] or 0
    return Submission.objects.create(
        kebutuhan_id=slot.pk,
        putaran=last + 1,
        alasan_buka_kembali=alasan.strip(),
        dibuat_oleh=by,
        dibuat_pada=at or timezone.now(),
    )


@transaction.atomic
def put_in_draft(*, submission: Submission, evidence: Iterable[Evidence], by: User) -> None:
    """Add pieces, in order; one that is already in stays where it is. Why a date outside the period is right may still
    be missing: that is asked for when the draft is sent."""
    _lock(submission.kebutuhan_id)
    submission = _still_draft(submission, by)
    satker_id = submission.kebutuhan.tenggat.indikator.komponen.area.rencana.satker_id
    evidence = list(evidence)
    require_usable(evidence)
    sebab = masa.reasons_in(submission)
    for piece in evidence:
        if piece.satker_id != satker_id:
            raise ValidationError("Bukti milik satker lain tidak dapat dipakai.")
        SubmissionEvidence.objects.get_or_create(
            submission=submission,
            evidence=piece,
            defaults={"alasan_tanggal": sebab.get(piece.tanggal_dokumen, "")},
        )
    batas.check_round(submission.kebutuhan, 0, timezone.now(), berjalan=False)


@transaction.atomic
def add_to_draft(*, slot: Slot, evidence: Evidence, by: User) -> Evidence:
    """Record a piece just received and put it in the slot's draft. The same file or link is not added twice: said
    with another date or title, it takes the place of the one that lay there."""
    draft = open_draft(slot=slot, by=by)
    kembar = draft.evidence.filter(sha256=evidence.sha256, tautan=evidence.tautan).first()
    if kembar and _described_alike(kembar, evidence):
        return kembar
    evidence.menggantikan = evidence.menggantikan or kembar
    record(evidence)
    if kembar:
        draft.isi.filter(evidence=kembar).delete()
    put_in_draft(submission=draft, evidence=[evidence], by=by)
    return evidence


def _described_alike(lama: Evidence, baru: Evidence) -> bool:
    sama = all(getattr(lama, k) == getattr(baru, k) for k in ("judul", "tanggal_dokumen", "rahasia"))
    return sama and baru.menggantikan_id in (None, lama.menggantikan_id)


@transaction.atomic
def use_again(*, slot: Slot, evidence: Iterable[Evidence], by: User) -> None:
    """What lies in the office already, into the slot's draft; all of it or nothing."""
    put_in_draft(submission=open_draft(slot=slot, by=by), evidence=evidence, by=by)


@transaction.atomic
def use_instead(*, submission: Submission, baru: Evidence, lama: Evidence, by: User) -> None:
    """Of the same file the piece that was there before, in place of the one just received. Used nowhere else, that one
    is withdrawn: nobody finds the same file twice, and the record says why."""
    if not baru.sha256 or baru.sha256 != lama.sha256:
        raise ValidationError("Berkasnya tidak sama. Muat ulang halaman.")
    put_in_draft(submission=submission, evidence=[lama], by=by)
    if baru.dipakai.exclude(submission=submission).exists():
        submission.isi.filter(evidence=baru).delete()
    else:
        withdraw_piece(
            evidence=baru, by=by, alasan=f"Rangkap: berkas yang sama dipakai dari bukti nomor {lama.nomor}."
        )


@transaction.atomic
def save_message(*, submission: Submission, by: User, pesan: str) -> None:
    _lock(submission.kebutuhan_id)
    submission = _still_draft(submission, by)
    submission.pesan = pesan.strip()
    submission.save(update_fields=["pesan"])


@transaction.atomic
def explain_dates(
    *, submission: Submission, by: User, alasan: Mapping[dt.date, str], at: dt.datetime | None = None
) -> None:
    """Why documents of these dates, outside the tenggat's period, are handed in all the same."""
    _lock(submission.kebutuhan_id)
    masa.say_why(_still_draft(submission, by), alasan, at or timezone.now())


@transaction.atomic
def take_out_of_draft(
    *, submission: Submission, evidence: Evidence, by: User, at: dt.datetime | None = None
) -> None:
    """The piece stays on record; only this draft no longer offers it. A draft of nothing is none: it is closed, unless
    it holds what somebody wrote."""
    _lock(submission.kebutuhan_id)
    draf = _still_draft(submission, by)
    draf.isi.filter(evidence=evidence).delete()
    if not (draf.isi.exists() or draf.pesan or draf.alasan_buka_kembali):
        _close(draf, by, at or timezone.now())


@transaction.atomic
def send(*, submission: Submission, by: User, pesan: str = "", at: dt.datetime | None = None) -> Submission:
    """Freeze the draft and put it in TPI's queue."""
    _lock(submission.kebutuhan_id)
    submission = _still_draft(submission, by)
    if not submission.isi.exists():
        raise ValidationError("Belum ada bukti yang dapat dikirim. Pilih berkas atau isi tautan dahulu.")
    require_usable(list(submission.evidence.all()))
    if len(pesan.strip()) > PESAN_TERPANJANG:  # a model's max_length binds forms only
        raise ValidationError("Pesan paling panjang 2.000 huruf. Pendekkan.")
    if not pesan.strip() and answers_a_note(submission):
        raise ValidationError("Jawab catatan TPI dahulu: tulis apa yang sudah diperbaiki.", code="jawab")
    at = at or timezone.now()
    masa.require_reasons(submission, at)
    submission.pesan = pesan.strip()
    submission.dikirim_oleh = by
    submission.dikirim_pada = at
    submission.save(update_fields=["pesan", "dikirim_oleh", "dikirim_pada"])
    return submission


@transaction.atomic
def withdraw(*, submission: Submission, by: User, at: dt.datetime | None = None) -> Submission:
    """Take a sent, undecided round back. Returns a new draft with the same evidence, so nothing is lost."""
    at = at or timezone.now()
    _lock(submission.kebutuhan_id)
    submission = Submission.objects.get(pk=submission.pk)
    require_for_slot(by, _slot_of(submission), Tindakan.TULIS)
    if submission.dikirim_pada is None or submission.ditutup_pada is not None:
        raise ValidationError("Hanya kiriman yang menunggu reviu yang dapat ditarik kembali.")
    _close(submission, by, at)
    draft = open_draft(slot=_slot_of(submission), by=by, alasan=submission.alasan_buka_kembali, at=at)
    for item in submission.isi.all():
        SubmissionEvidence.objects.create(
            submission=draft, evidence_id=item.evidence_id, alasan_tanggal=item.alasan_tanggal
        )
    Submission.objects.filter(pk=draft.pk).update(pesan=submission.pesan)
    return draft


@transaction.atomic
def discard_draft(*, submission: Submission, by: User, at: dt.datetime | None = None) -> None:
    _lock(submission.kebutuhan_id)
    _close(_still_draft(submission, by), by, at or timezone.now())


@transaction.atomic
def review(
    *,
    submission: Submission,
    by: User,
    keputusan: str,
    catatan: str = "",
    tanggal_dokumen: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Review:
    """TPI's decision. PermissionDenied on one's own; ValidationError where the round no longer waits."""
    at = at or timezone.now()
    _lock(submission.kebutuhan_id)
    submission = Submission.objects.get(pk=submission.pk)
    require_reviewer(by, submission)
    if submission.dikirim_pada is None or submission.ditarik_pada is not None:
        raise ValidationError("Kiriman ini sudah ditarik kembali oleh tim.")
    if submission.ditutup_pada is not None:
        raise ValidationError("Kiriman ini sudah diputus.")
    if keputusan == Review.Keputusan.SESUAI:
        require_acceptable(submission)
    if tanggal_dokumen:
        check_date(tanggal_dokumen, area_of(submission.kebutuhan).rencana.satker, at)
    decision = Review(
        submission=submission,
        keputusan=keputusan,
        catatan=catatan.strip(),
        tanggal_dokumen=tanggal_dokumen,
        diputus_oleh=by,
        diputus_pada=at,
    )
    decision.full_clean()
    decision.save()
    submission.ditutup_pada = at
    submission.save(update_fields=["ditutup_pada"])
    return decision


def answers_a_note(submission: Submission) -> Review | None:
    """The Perlu Perbaikan that this draft comes after, if it does."""
    earlier = submission.kebutuhan.submissions.filter(
        putaran__lt=submission.putaran, ditarik_pada__isnull=True, dikirim_pada__isnull=False
    )
    last = earlier.order_by("-putaran").first()
    decision = newest_decision(last) if last else None
    return decision if decision and decision.keputusan == Review.Keputusan.PERBAIKAN else None


def _slot_of(submission: Submission) -> Slot:
    return Slot.objects.select_related(*SLOT_RELATIONS).get(pk=submission.kebutuhan_id)


def _still_draft(submission: Submission, by: User) -> Submission:
    submission = Submission.objects.get(pk=submission.pk)
    require_for_slot(by, _slot_of(submission), Tindakan.TULIS)
    if submission.dikirim_pada is not None or submission.ditutup_pada is not None:
        raise ValidationError("Kiriman ini sudah dikirim atau ditutup. Muat ulang halaman.")
    return submission


def _close(submission: Submission, by: User, at: dt.datetime) -> None:
    submission.ditarik_oleh, submission.ditarik_pada, submission.ditutup_pada = by, at, at
    submission.save(update_fields=["ditarik_oleh", "ditarik_pada", "ditutup_pada"])
