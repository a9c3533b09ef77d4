"""The only way to a file. Never run, never believed: its kind is what intake found, its name is ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.permintaan import Permintaan
from evidence import content, pratinjau
from evidence.access import get_evidence_for
from evidence.models import Evidence, Slot, Submission
from evidence.nama_berkas import human_name

TERTUTUP = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Chromium 156 shows a PDF in its own viewer although its address is sandboxed.
DALAM_HALAMAN = "default-src 'none'; sandbox; frame-ancestors 'self'"
SATU_RENTANG = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")


@require_safe
@login_required
def unduh_bukti(request: Permintaan, pk: int) -> HttpResponseBase:
    evidence = get_file_for(request, pk)
    nama = human_name(evidence, slot_for(request, evidence))
    response = FileResponse(
        evidence.berkas.open(), as_attachment=True, filename=nama, content_type=evidence.tipe
    )
    return guarded(response, TERTUTUP)


@require_safe
@login_required
@xframe_options_sameorigin
def lihat_bukti(request: Permintaan, pk: int) -> HttpResponseBase:
    """Inline: PDF and pictures only; anything else is downloaded."""
    evidence = get_file_for(request, pk)
    if evidence.tipe == content.PDF.tipe:
        return guarded(ranged(request, inline(request, evidence)), DALAM_HALAMAN)
    if evidence.tipe in content.GAMBAR_PERAMBAN:
        return guarded(inline(request, evidence), DALAM_HALAMAN)
    if evidence.tipe in content.GAMBAR_DIUBAH:
        return guarded(converted(evidence), DALAM_HALAMAN)
    return redirect("unduh_bukti", pk)


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


def inline(request: Permintaan, evidence: Evidence) -> FileResponse:
    nama = human_name(evidence, slot_for(request, evidence))
    return FileResponse(evidence.berkas.open(), filename=nama, content_type=evidence.tipe)


def converted(evidence: Evidence) -> HttpResponse:
    with evidence.berkas.open() as file, pratinjau.picture(file, content.MENURUT_TIPE[evidence.tipe]) as jpg:
        return HttpResponse(jpg.read(), content_type=content.JPG.tipe)


def guarded(response: HttpResponseBase, csp: str) -> HttpResponseBase:
    response["Content-Security-Policy"] = csp
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def ranged(request: Permintaan, response: FileResponse) -> HttpResponseBase:
    """One range, as PDF viewers ask for it; anything else gets the whole file."""
    response["Accept-Ranges"] = "bytes"
    ukuran = int(response["Content-Length"])
    bagian = SATU_RENTANG.match(request.headers.get("Range", ""))
    if not bagian or not any(bagian.groups()):
        return response
    awal, akhir = span(bagian[1], bagian[2], ukuran)
    if awal > akhir:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{ukuran}"})
    file = response.file_to_stream
    assert file is not None
    file.seek(awal)
    response.status_code = 206
    response.streaming_content = read_span(file, akhir - awal + 1)
    response["Content-Range"], response["Content-Length"] = (
        f"bytes {awal}-{akhir}/{ukuran}",
        str(akhir - awal + 1),
    )
    return response


def span(awal: str, akhir: str, ukuran: int) -> tuple[int, int]:
    if not awal:  # the last n bytes
        return max(0, ukuran - int(akhir)), ukuran - 1
    return int(awal), min(int(akhir) if akhir else ukuran - 1, ukuran - 1)


def read_span(file: BinaryIO, sisa: int) -> Iterator[bytes]:
    while sisa > 0 and (potongan := file.read(min(sisa, 65536))):
        sisa -= len(potongan)
        yield potongan
