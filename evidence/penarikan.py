"""A piece that was handed in wrongly: withdrawn with a reason, taken out of drafts, offered no more, never deleted.

Decisions that were made on it stay as they were: who wants them changed reopens the slot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import Tindakan, hak
from accounts.models import User
from actionplan.models import Kebutuhan
from evidence.models import BerkasTersimpan, Evidence, Penarikan, Submission, SubmissionEvidence

ALASAN_TERPANJANG = 500
KEMBALIKAN = (
    "Kiriman ini tidak dapat dinilai Sesuai. Pilih Perlu Perbaikan dan tulis pada catatan bukti mana yang harus "
    "diunggah lagi."
)


def may_withdraw(user: User, evidence: Evidence) -> bool:
    """Whoever hands in where it is used; of a piece in no round its uploader and ketua_tim."""
    if evidence.dipakai.exists():
        return Submission.objects.writable_by(user).filter(isi__evidence=evidence).exists()
    orang = hak(user)
    milik = evidence.diunggah_oleh_id == user.pk and orang.boleh(Tindakan.TULIS, evidence.satker)
    return milik or orang.boleh(Tindakan.LIHAT_LEPAS, evidence.satker)


def require_may_withdraw(user: User, evidence: Evidence) -> None:
    if not may_withdraw(user, evidence):
        raise PermissionDenied("Hanya anggota di areanya dan Ketua Tim yang dapat menarik bukti ini.")


@transaction.atomic
def withdraw_piece(*, evidence: Evidence, by: User, alasan: str, at: dt.datetime | None = None) -> Penarikan:
    """A second press finds what the first did. ValidationError where TPI is looking at it now."""
    require_may_withdraw(by, evidence)
    lock_piece(evidence)
    if lama := Penarikan.objects.filter(evidence=evidence).first():
        return lama
    if Submission.objects.waiting().filter(isi__evidence=evidence).exists():
        raise ValidationError(
            "Bukti ini sedang menunggu reviu TPI. Tarik kembali kirimannya dahulu, lalu tarik buktinya."
        )
    drafts = SubmissionEvidence.objects.filter(evidence=evidence, submission__in=Submission.objects.drafts())
    drafts.delete()
    return Penarikan.objects.create(
        evidence=evidence, alasan=check_alasan(alasan), oleh=by, pada=at or timezone.now()
    )


def lock_piece(evidence: Evidence) -> None:
    """Nobody sends it, and nobody puts it into a draft, until we are done: slots first, as every other service."""
    slots = Kebutuhan.objects.filter(submissions__isi__evidence=evidence).values("pk")
    list(Kebutuhan.objects.select_for_update().filter(pk__in=slots).order_by("pk"))
    Evidence.objects.select_for_update().get(pk=evidence.pk)


def check_alasan(alasan: str) -> str:
    alasan = " ".join(alasan.split())
    if not alasan:
        raise ValidationError({"alasan": "Tulis alasan menarik bukti ini, mis. salah berkas."})
    if len(alasan) > ALASAN_TERPANJANG:
        raise ValidationError({"alasan": f"Alasan paling panjang {ALASAN_TERPANJANG} huruf. Pendekkan."})
    return alasan


def require_usable(pieces: Iterable[Evidence]) -> None:
    """Under the lock of put_in_draft: what was withdrawn, erased or blocked is not handed in."""
    # In the order of require_acceptable: two who hold what the other waits for would both fail.
    rows = (
        Evidence.objects.select_for_update(of=("self",)).filter(pk__in=[p.pk for p in pieces]).order_by("pk")
    )
    for piece in rows.select_related("simpanan", "penarikan"):
        if sebab := why_unusable(piece):
            raise ValidationError(f"{piece.judul}: {sebab}")


def require_acceptable(submission: Submission) -> None:
    """Under the slot's lock: TPI does not accept what can no longer be opened."""
    pieces = Evidence.objects.filter(submissions=submission).select_for_update(of=("self",)).order_by("pk")
    if sebab := why_not_accepted(pieces.select_related("simpanan", "penarikan")):
        raise ValidationError(" ".join([*sebab, KEMBALIKAN]), code="tidak_utuh")


def why_not_accepted(pieces: Iterable[Evidence]) -> list[str]:
    """One sentence for each piece that was withdrawn, erased or blocked after it was sent; of what is fetched."""
    semua = ((piece.judul, _lost(piece)) for piece in pieces)
    return [f"{judul}: {sebab}" for judul, sebab in semua if sebab]


def _lost(piece: Evidence) -> str:
    if hasattr(piece, "penarikan"):
        return "bukti ini sudah ditarik."
    if piece.simpanan and piece.simpanan.dihapus_pada:
        return "berkasnya sudah dihapus atas dasar hukum."
    if piece.simpanan and piece.simpanan.pindai == BerkasTersimpan.Pindai.DIBLOKIR:
        return f"berkasnya diblokir karena memuat virus ({piece.simpanan.ancaman})."
    return ""


def is_offered(piece: Evidence) -> bool:
    """As EvidenceQuerySet.usable, of what is fetched."""
    simpanan = piece.simpanan
    return not hasattr(piece, "penarikan") and not (simpanan and (simpanan.dihapus_pada or simpanan.ancaman))


def why_unusable(piece: Evidence) -> str:
    if hasattr(piece, "penarikan"):
        return "bukti ini sudah ditarik dan tidak dapat dipakai. Pilih yang lain."
    if piece.simpanan and piece.simpanan.dihapus_pada:
        return "berkasnya sudah dihapus atas dasar hukum. Pilih yang lain."
    if piece.simpanan and piece.simpanan.ancaman:
        return "berkasnya diblokir karena memuat virus. Unggah versi yang bersih."
    return ""
