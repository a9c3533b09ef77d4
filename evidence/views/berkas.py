"""The only way to a file. Never run, never believed: its kind is what intake found, its name is ours."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.permintaan import Permintaan
from evidence import content, pratinjau, vault
from evidence.access import get_evidence_for
from evidence.isi.jenis import Tolak
from evidence.models import BerkasTersimpan, Evidence, Slot, Submission
from evidence.nama_berkas import human_name
from evidence.penyajian import Cara, Keluaran, TidakKeluarError, serve, serve_made

DITAMPILKAN = {content.PDF.tipe} | content.GAMBAR_PERAMBAN | content.VIDEO_PERAMBAN


@require_safe
@login_required
def unduh_bukti(request: Permintaan, pk: int) -> HttpResponseBase:
    return serve(request, going_out(request, get_file_for(request, pk), Cara.UNDUH))


@require_safe
@login_required
@xframe_options_sameorigin
def lihat_bukti(request: Permintaan, pk: int) -> HttpResponseBase:
    """Inline: PDF, pictures and films only; anything else is downloaded."""
    evidence = get_file_for(request, pk)
    if evidence.tipe in DITAMPILKAN:
        return serve(request, going_out(request, evidence, Cara.LIHAT))
    if evidence.tipe in content.GAMBAR_DIUBAH:
        return serve_made(request, evidence, Cara.LIHAT, as_jpg)
    return redirect("unduh_bukti", pk)


def going_out(request: Permintaan, evidence: Evidence, cara: str) -> Keluaran:
    return Keluaran(evidence, human_name(evidence, slot_for(request, evidence)), cara)


def as_jpg(simpanan: BerkasTersimpan) -> HttpResponse:
    jenis = content.MENURUT_TIPE[simpanan.tipe]
    try:
        with vault.open_file(simpanan.nama) as file, pratinjau.picture(file, jenis) as jpg:
            return HttpResponse(jpg.read(), content_type=content.JPG.tipe)
    except Tolak:
        raise TidakKeluarError("Gambar ini tidak dapat ditampilkan di sini. Unduh berkasnya.", 422)


def get_file_for(request: Permintaan, pk: int) -> Evidence:
    evidence = get_evidence_for(request.user, pk)
    if evidence.jenis != Evidence.Jenis.BERKAS:
        raise Http404
    return evidence


def slot_for(request: Permintaan, evidence: Evidence) -> Slot | None:
    """The newest slot in which this person sees the piece; it gives the file its name."""
    submission = (
        Submission.objects.visible_to(request.user).filter(isi__evidence=evidence).order_by("-pk").first()
    )
    if submission is None:
        return None
    return Slot.objects.select_related("tenggat__indikator__komponen__area").get(pk=submission.kebutuhan_id)
