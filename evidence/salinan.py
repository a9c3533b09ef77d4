"""A copy as PDF of what a link showed, attached by hand: it stays when the link's page is gone.

Each copy is a piece with a receipt of its own; who may see the link may see its copies, and nobody else.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evidence import content, intake
from evidence.models import Evidence, Penarikan
from evidence.penarikan import may_withdraw

PESAN = {
    "bukan_pdf": "Salinan tautan harus berupa PDF. Buka tautannya, cetak sebagai PDF, lalu unggah PDF itu.",
    "bukan_tautan": "Hanya tautan yang diberi salinan PDF.",
    "ditarik": "Tautan ini sudah ditarik; salinannya tidak diperlukan lagi.",
}


def may_copy(user: User, evidence: Evidence) -> bool:
    """Whoever hands in where the link is used, as long as it is offered."""
    if not evidence.tautan or Penarikan.objects.filter(evidence=evidence).exists():
        return False
    return may_withdraw(user, evidence)


def require_may_copy(user: User, evidence: Evidence) -> None:
    if not may_withdraw(user, evidence):
        raise PermissionDenied("Hanya anggota di areanya dan Ketua Tim yang dapat menambahkan salinan PDF.")


def attach_copy(*, tautan: Evidence, upload: File, by: User, at: dt.datetime | None = None) -> Evidence:
    """Of the link's own document date; when it came is on its receipt. The same file a second time is the copy of
    the first."""
    require_may_copy(by, tautan)
    if not tautan.tautan:
        raise ValidationError(PESAN["bukan_tautan"])
    at = at or timezone.now()
    judul = f"Salinan PDF: {tautan.judul}"[: intake.JUDUL_TERPANJANG].strip()
    salinan = intake.describe(tautan.satker, judul, tautan.tanggal_dokumen, by, tautan.rahasia, at)
    check_pdf(upload)
    intake.keep_file(salinan, upload)
    salinan.salinan_dari = tautan
    return record_copy(salinan, tautan)


def check_pdf(upload: File) -> None:
    """Asked of the first bytes before anything is kept; what is a PDF inside, intake finds out."""
    if upload.size and content.claimed(upload) is not content.PDF:  # an empty one has words of its own
        raise ValidationError(PESAN["bukan_pdf"], code="bukan_pdf")


@transaction.atomic
def record_copy(salinan: Evidence, tautan: Evidence) -> Evidence:
    Evidence.objects.select_for_update().get(pk=tautan.pk)
    if Penarikan.objects.filter(evidence=tautan).exists():
        raise ValidationError(PESAN["ditarik"], code="ditarik")
    lama = Evidence.objects.usable().filter(salinan_dari=tautan, sha256=salinan.sha256).first()
    return lama or intake.record(salinan)
