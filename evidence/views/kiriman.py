"""What happens to a round: looked at, taken back, thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Tindakan, hak
from accounts.permintaan import Permintaan
from accounts.waktu import akhir_hari
from actionplan.posisi import Posisi, posisi_per, say_done
from evidence.access import area_of, get_slot_for, get_submission_for
from evidence.models import Evidence, Slot
from evidence.rahasia import CATATAN_RAHASIA, closed_rounds
from evidence.rounds import rounds_of
from evidence.services import discard_draft, take_out_of_draft, withdraw
from evidence.views.unggah import draft_part, slot_context


@require_safe
@login_required
def slot(request: Permintaan, pk: int) -> HttpResponse:
    slot = get_slot_for(request.user, pk)
    posisi = posisi_per(request, area_of(slot).rencana)
    return render(request, "evidence/slot.html", {"posisi": posisi, **told(request, slot, posisi)})


def told(request: Permintaan, slot: Slot, posisi: Posisi) -> dict[str, object]:
    """The rounds as known on the day, and how much of them this person may read."""
    area = area_of(slot)
    satker = area.rencana.satker
    rounds = rounds_of(
        slot, request.user, None if posisi.is_today else akhir_hari(posisi.on, satker.zona_waktu)
    )
    return {
        **slot_context(request, slot, posisi.on),
        "rounds": rounds,
        "terlihat": visible_pieces(request, slot),
        "tertutup": closed_rounds(rounds.semua, request.user, area),
        "catatan_rahasia": CATATAN_RAHASIA,
        "boleh_tulis": hak(request.user).boleh(Tindakan.TULIS, satker, area.nomor),
    }


def visible_pieces(request: Permintaan, slot: Slot) -> set[int]:
    """Of all that was handed in for the slot, what this person may open."""
    terlihat = Evidence.objects.visible_to(request.user).filter(submissions__kebutuhan=slot)
    return set(terlihat.values_list("pk", flat=True))


@require_POST
@login_required
def tarik(request: Permintaan, pk: int) -> HttpResponse:
    submission = get_submission_for(request.user, pk, Tindakan.TULIS)
    try:
        withdraw(submission=submission, by=request.user)
    except ValidationError as galat:
        messages.error(request, " ".join(galat.messages))
        return redirect("slot", submission.kebutuhan_id)
    say_done(request, "Kiriman ditarik kembali. Isinya kini menjadi draf; ubah, lalu kirim lagi.")
    return redirect("unggah", submission.kebutuhan_id)


@require_POST
@login_required
def buang(request: Permintaan, pk: int) -> HttpResponse:
    submission = get_submission_for(request.user, pk, Tindakan.TULIS)
    try:
        discard_draft(submission=submission, by=request.user)
    except ValidationError as galat:
        messages.error(request, " ".join(galat.messages))
    else:
        say_done(request, "Draf dibuang. Berkasnya tetap tersimpan pada riwayat.")
    return redirect("slot", submission.kebutuhan_id)


@require_POST
@login_required
def keluarkan_bukti(request: Permintaan, pk: int, evidence_pk: int) -> HttpResponse:
    submission = get_submission_for(request.user, pk, Tindakan.TULIS)
    evidence = get_object_or_404(submission.evidence, pk=evidence_pk)
    try:
        take_out_of_draft(submission=submission, evidence=evidence, by=request.user)
    except ValidationError as galat:
        messages.error(request, " ".join(galat.messages))
    else:
        say_done(request, f"{evidence.judul} dikeluarkan dari draf.")
    if request.htmx:
        return draft_part(request, submission.kebutuhan_id)
    return redirect("unggah", submission.kebutuhan_id)
