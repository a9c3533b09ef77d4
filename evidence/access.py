"""One access function per object: 404 outside what one may see, 403 in words where seen but not allowed."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.access import Tindakan, require
from accounts.models import User
from actionplan.models import Area, Kebutuhan
from evidence.models import Evidence, Impor, Slot, Submission, Unggahan

EVIDENCE_RELATIONS = ("satker__induk", "simpanan", "penarikan__oleh", "diunggah_oleh")
SLOT_RELATIONS = ("bukti_fisik", "tenggat__indikator__komponen__area__rencana__satker__induk")


def area_of(slot: Kebutuhan) -> Area:
    return slot.tenggat.indikator.komponen.area


def require_for_slot(user: User, slot: Kebutuhan, tindakan: Tindakan) -> None:
    area = area_of(slot)
    require(user, tindakan, area.rencana.satker, area.nomor)


def get_slot_for(user: User, pk: int, tindakan: Tindakan = Tindakan.LIHAT) -> Slot:
    slot = get_object_or_404(Slot.objects.visible_to(user).select_related(*SLOT_RELATIONS), pk=pk)
    require_for_slot(user, slot, tindakan)
    return slot


def get_submission_for(user: User, pk: int, tindakan: Tindakan = Tindakan.LIHAT) -> Submission:
    relations = (f"kebutuhan__{r}" for r in SLOT_RELATIONS)
    submission = get_object_or_404(
        Submission.objects.visible_to(user).select_related(*relations, "dikirim_oleh", "dibuat_oleh"), pk=pk
    )
    require_for_slot(user, submission.kebutuhan, tindakan)
    return submission


def get_evidence_for(user: User, pk: int) -> Evidence:
    return get_object_or_404(Evidence.objects.visible_to(user).select_related(*EVIDENCE_RELATIONS), pk=pk)


def get_unggahan_for(user: User, pk: UUID) -> Unggahan:
    """One's own, for a slot that one may still write to."""
    unggahan = get_object_or_404(Unggahan.objects.filter(oleh=user), pk=pk)
    get_slot_for(user, unggahan.slot_id, Tindakan.TULIS)
    return unggahan


def get_impor_for(user: User, pk: int) -> Impor:
    """A batch that this person may go on with: one's own, or as ketua_tim."""
    relations = ("rencana__satker__induk", "oleh", "menyimpan_oleh", "dikonfirmasi_oleh", "dibatalkan_oleh")
    impor = get_object_or_404(Impor.objects.visible_to(user).select_related(*relations), pk=pk)
    require(user, Tindakan.TULIS, impor.rencana.satker)
    return impor


def require_reviewer(user: User, submission: Submission) -> None:
    """The one gate of review, for the page, the service, the admin and the command line."""
    require_for_slot(user, submission.kebutuhan, Tindakan.REVIU)
    if is_own(user, submission):
        raise PermissionDenied("Tidak seorang pun mereviu bukti yang ia unggah atau kirim sendiri.")


def is_own(user: User, submission: Submission) -> bool:
    return Submission.objects.filter(pk=submission.pk).own(user).exists()


def get_round_for_review(user: User, pk: int) -> Submission:
    """As get_submission_for; its reviewers find a round that was withdrawn too, so that the page can say so."""
    relations = (f"kebutuhan__{r}" for r in SLOT_RELATIONS)
    terkirim = Submission.objects.reviewable_by(user).filter(pk=pk, dikirim_pada__isnull=False)
    submission = terkirim.select_related(*relations, "dikirim_oleh", "dibuat_oleh").first()
    return submission or get_submission_for(user, pk, Tindakan.REVIU)
