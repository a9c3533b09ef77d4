"""Pustaka bukti: an office's evidence to be found again, and to be handed in again for a slot."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Tindakan, get_satker_for, hak
from accounts.models import Satker
from accounts.permintaan import Permintaan, bilangan
from actionplan.models import RencanaAksi
from actionplan.posisi import say_done, told_today
from evidence.access import area_of, get_slot_for, get_submission_for
from evidence.forms import SaringPustakaForm
from evidence.models import Evidence, Slot
from evidence.pustaka import PER_HALAMAN, Pustaka, own_pieces
from evidence.rounds import rounds_of
from evidence.services import use_again, use_instead
from evidence.views.unggah import draft_part, slot_context


@require_safe
@login_required
def pustaka(request: Permintaan, kode: str) -> HttpResponse:
    satker = get_satker_for(request.user, kode)
    rencana = RencanaAksi.objects.filter(satker=satker).select_related("satker__induk").order_by("-tahun")
    if kini := rencana.first():
        request.rencana = kini  # type: ignore[attr-defined]
    boleh_tulis = kini is not None and hak(request.user).boleh(Tindakan.TULIS, satker)
    konteks = {**list_of(request, satker), "satker": satker, "boleh_tulis": boleh_tulis, "rencana": kini}
    return render(request, "evidence/pustaka.html", konteks)


def list_of(request: Permintaan, satker: Satker, *, dapat_dipakai: bool = False) -> dict[str, object]:
    form = SaringPustakaForm(request.GET, satker=satker)
    saringan = form.saringan()
    isi = Pustaka(satker, request.user, saringan, dapat_dipakai=dapat_dipakai)
    halaman = isi.halaman(
        sesudah=bilangan(request.GET.get("sesudah", "")), sebelum=bilangan(request.GET.get("sebelum", ""))
    )
    return {"form": form, "saringan": saringan, "halaman": halaman, **told_today(request, satker)}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pustaka_slot(request: Permintaan, pk: int) -> HttpResponse:
    """What lies in the office already, to be put into the slot's draft."""
    slot = get_slot_for(request.user, pk, Tindakan.TULIS)
    rounds = rounds_of(slot, request.user)
    if rounds.menunggu or rounds.sesuai:
        return redirect("unggah", slot.pk)
    if request.method == "POST" and take(request, slot):
        return redirect("unggah", slot.pk)
    satker = area_of(slot).rencana.satker
    konteks = list_of(request, satker, dapat_dipakai=True)
    sudah = {piece.pk for piece in rounds.isi_draf}
    return render(
        request, "evidence/pustaka_slot.html", {**konteks, **slot_context(request, slot), "sudah": sudah}
    )


def take(request: Permintaan, slot: Slot) -> bool:
    """Another office's, or what one does not see, is as if it were not there."""
    satker = area_of(slot).rencana.satker_id
    pks = list(filter(None, map(bilangan, request.POST.getlist("bukti")[:PER_HALAMAN])))
    terlihat = own_pieces(Evidence.objects.visible_to(request.user))
    pieces = list(terlihat.filter(satker=satker, pk__in=pks).order_by("pk"))
    if not pieces:
        messages.error(request, "Pilih bukti yang akan dipakai dahulu.")
        return False
    try:
        use_again(slot=slot, evidence=pieces, by=request.user)
    except ValidationError as galat:
        messages.error(request, " ".join(galat.messages))
        return False
    say_done(request, f"{len(pieces)} bukti dari pustaka masuk ke draf; belum dikirim.")
    return True


@require_POST
@login_required
def pakai_yang_lama(request: Permintaan, pk: int, evidence_pk: int) -> HttpResponse:
    """In place of a piece of the draft the one that the office has of the same file."""
    submission = get_submission_for(request.user, pk, Tindakan.TULIS)
    baru = get_object_or_404(submission.evidence, pk=evidence_pk)
    terlihat = own_pieces(Evidence.objects.visible_to(request.user)).filter(satker=baru.satker_id)
    lama = terlihat.filter(pk=bilangan(request.POST.get("lama", "")) or 0).first()
    try:
        if lama is None:
            raise ValidationError("Bukti itu tidak ditemukan. Muat ulang halaman.")
        use_instead(submission=submission, baru=baru, lama=lama, by=request.user)
    except ValidationError as galat:
        messages.error(request, " ".join(galat.messages))
    else:
        say_done(request, f"{lama.judul} dipakai; unggahan yang sama ditarik sebagai rangkap.")
    if request.htmx:
        return draft_part(request, submission.kebutuhan_id)
    return redirect(reverse("unggah", args=[submission.kebutuhan_id]) + "#draf")
