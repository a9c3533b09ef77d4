"""Files as pictures: thumbnails, and the pages of a PDF for browsers that cannot show one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permintaan import Permintaan, bilangan
from evidence import content, pratinjau, vault
from evidence.access import SLOT_RELATIONS, area_of
from evidence.isi.jenis import Tolak
from evidence.models import BerkasTersimpan, Evidence, Submission
from evidence.penyajian import Cara, TidakKeluarError, require_servable, said, serve_made
from evidence.views.berkas import get_file_for

TAK_TERGAMBAR = "Berkas ini tidak dapat digambar di sini. Unduh berkasnya."


@require_safe
@login_required
def gambar_kecil(request: Permintaan, pk: int) -> HttpResponseBase:
    evidence = get_file_for(request, pk)
    if not pratinjau.can_be_drawn(content.MENURUT_TIPE[evidence.tipe]):
        raise Http404
    return serve_made(request, evidence, Cara.GAMBAR_KECIL, small_picture)


def small_picture(simpanan: BerkasTersimpan) -> HttpResponse:
    try:
        return HttpResponse(pratinjau.kept_thumbnail(simpanan), content_type=content.JPG.tipe)
    except Tolak:
        raise TidakKeluarError(TAK_TERGAMBAR, 422)


@require_safe
@login_required
def halaman_bukti(request: Permintaan, pk: int) -> HttpResponseBase:
    """One page of a PDF on a page of ours, with the way to the next."""
    evidence, halaman = get_pdf_for(request, pk), asked_page(request)
    try:
        jumlah = count_pages(require_servable(evidence))
    except TidakKeluarError as galat:
        return said(request, galat, Cara.UNDUH)
    if not 1 <= halaman <= jumlah:
        raise Http404
    konteks = {"bukti": evidence, "satker": evidence.satker, "halaman": halaman, "jumlah": jumlah}
    return render(request, "evidence/halaman.html", {**konteks, **review_of(request, evidence)})


def review_of(request: Permintaan, evidence: Evidence) -> dict[str, object]:
    """The way back of who reviews: the round that holds the piece, one that still waits before one decided."""
    rounds = Submission.objects.reviewable_by(request.user).filter(isi__evidence=evidence)
    terkirim = rounds.filter(dikirim_pada__isnull=False, ditarik_pada__isnull=True)
    urut = terkirim.order_by(F("ditutup_pada").desc(nulls_first=True), "-pk")
    kiriman = urut.select_related(*(f"kebutuhan__{r}" for r in SLOT_RELATIONS)).first()
    return {"reviu": kiriman, "rencana": area_of(kiriman.kebutuhan).rencana} if kiriman else {}


@require_safe
@login_required
def gambar_halaman(request: Permintaan, pk: int) -> HttpResponseBase:
    evidence, halaman = get_pdf_for(request, pk), asked_page(request)
    return serve_made(request, evidence, Cara.LIHAT, lambda simpanan: page_picture(simpanan, halaman))


def asked_page(request: Permintaan) -> int:
    """`?hal=3`; what is no number of a page is page 0, which no PDF has."""
    return bilangan(request.GET.get("hal", "1")) or 0


def get_pdf_for(request: Permintaan, pk: int) -> Evidence:
    evidence = get_file_for(request, pk)
    if evidence.tipe != content.PDF.tipe:
        raise Http404
    return evidence


def count_pages(simpanan: BerkasTersimpan) -> int:
    try:
        with vault.open_file(simpanan.nama) as file:
            return pratinjau.page_count(file)
    except Tolak:
        raise TidakKeluarError(TAK_TERGAMBAR, 422)


def page_picture(simpanan: BerkasTersimpan, halaman: int) -> HttpResponse:
    try:
        with vault.open_file(simpanan.nama) as file, pratinjau.page(file, halaman) as jpg:
            return HttpResponse(jpg.read(), content_type=content.JPG.tipe)
    except Tolak:
        raise TidakKeluarError(TAK_TERGAMBAR, 422)
