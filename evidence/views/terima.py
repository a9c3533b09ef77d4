"""Resumable uploads: what a tus client asks of us (the protocol itself: evidence/tus.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Tindakan
from accounts.permintaan import Permintaan
from evidence import tus
from evidence.access import get_slot_for, get_unggahan_for
from evidence.middleware import receives_files
from evidence.models import Slot, Unggahan
from evidence.rounds import rounds_of

CARA_LAIN = {"PATCH", "DELETE", "HEAD"}
TERLALU_BESAR = {"besar", "batas_putaran", "batas_satker"}

View = Callable[..., HttpResponse]


def other_method(view: View) -> View:
    """For networks that let only GET and POST through; the protocol wants it understood."""

    @wraps(view)
    def by_header(request: Permintaan, *args: object, **kwargs: object) -> HttpResponse:
        cara = request.headers.get("X-HTTP-Method-Override", "")
        if request.method == "POST" and cara in CARA_LAIN:
            request.method = cara
        return view(request, *args, **kwargs)

    return by_header


def speaks_tus(view: View) -> View:
    """The version on both sides; refusals in words, as JSON for the page's script."""

    @wraps(view)
    def versioned(request: Permintaan, *args: object, **kwargs: object) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response["Tus-Resumable"] = tus.VERSI
        return response

    return versioned


def _answer(view: View, request: Permintaan, *args: object, **kwargs: object) -> HttpResponse:
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != tus.VERSI:
        kata = "Halaman ini memakai cara unggah lain. Muat ulang halaman."
        return JsonResponse({"galat": [kata]}, status=412, headers={"Tus-Version": tus.VERSI})
    try:
        return view(request, *args, **kwargs)
    except tus.Ditolak as ditolak:
        return JsonResponse({"galat": [ditolak.pesan]}, status=ditolak.status)
    except ValidationError as galat:
        return JsonResponse({"galat": galat.messages}, status=413 if _codes(galat) & TERLALU_BESAR else 422)


def _codes(galat: ValidationError) -> set[str | None]:
    return {satu.code for daftar in getattr(galat, "error_dict", {}).values() for satu in daftar}


@require_http_methods(["OPTIONS", "POST"])
@login_required
@speaks_tus
def terima(request: Permintaan, pk: int) -> HttpResponse:
    """A new upload for a slot."""
    slot = get_slot_for(request.user, pk, Tindakan.TULIS)
    if request.method == "OPTIONS":
        return capabilities()
    _check_open(slot, request)
    ukuran = tus.announced_length(request.headers)
    unggahan = tus.begin(slot=slot, by=request.user, tentang=tus.about(request.headers), ukuran=ukuran)
    kepala = {"Location": reverse("unggahan", args=[unggahan.pk]), **expires(unggahan)}
    return HttpResponse(status=201, headers=kepala)


def _check_open(slot: Slot, request: Permintaan) -> None:
    rounds = rounds_of(slot, request.user)
    if rounds.menunggu:
        raise tus.Ditolak(409, "Bukti ini sudah dikirim dan menunggu reviu TPI. Tarik kembali dahulu.")
    if rounds.sesuai:
        raise tus.Ditolak(409, "Bukti ini sudah dinilai Sesuai. Tulis alasan membukanya kembali.")


@receives_files
@other_method
@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
@login_required
@speaks_tus
def unggahan(request: Permintaan, pk: UUID) -> HttpResponse:
    """One upload of one's own."""
    milik = get_unggahan_for(request.user, pk)
    match request.method:
        case "HEAD":
            return tell(milik)
        case "PATCH":
            return append(request, milik)
        case "DELETE":
            tus.cancel(milik)
            return HttpResponse(status=204)
    return capabilities()


@require_POST
@login_required
def batalkan_unggahan(request: Permintaan, pk: UUID) -> HttpResponse:
    """The same without a script."""
    milik = get_unggahan_for(request.user, pk)
    try:
        tus.cancel(milik)
    except tus.Ditolak as ditolak:
        messages.warning(request, ditolak.pesan)
    else:
        messages.success(request, f"Unggahan {milik.nama_berkas} dibatalkan.")
    return redirect("unggah", milik.slot_id)


def capabilities() -> HttpResponse:
    kepala = {
        "Tus-Version": tus.VERSI,
        "Tus-Extension": tus.EKSTENSI,
        "Tus-Max-Size": str(settings.BUKTI_MAKS_MB * 1024 * 1024),
        "Tus-Checksum-Algorithm": ",".join(tus.ALGORITMA),
    }
    return HttpResponse(status=204, headers=kepala)


def tell(milik: Unggahan) -> HttpResponse:
    kepala = {
        "Upload-Offset": str(tus.offset_of(milik)),
        "Upload-Length": str(milik.ukuran),
        "Upload-Metadata": tus.metadata_header(milik),
        "Cache-Control": "no-store",
        **expires(milik),
    }
    return HttpResponse(headers=kepala)


def append(request: Permintaan, milik: Unggahan) -> HttpResponse:
    tus.check_type(request.headers)
    offset = tus.number(request.headers, "Upload-Offset")
    panjang, cocok = tus.body_length(request.headers), tus.checksum(request.headers)
    wait_no_longer_than(settings.BUKTI_DIAM_DETIK, request)
    sampai = tus.append(milik, request, offset=offset, panjang=panjang, cocok=cocok)
    return HttpResponse(status=204, headers={"Upload-Offset": str(sampai), **expires(milik)})


def wait_no_longer_than(detik: float, request: Permintaan) -> None:
    """gunicorn waits for a silent client for ever, and the upload would stay locked as long."""
    if sock := request.META.get("gunicorn.socket"):
        sock.settimeout(detik)


def expires(milik: Unggahan) -> dict[str, str]:
    return {"Upload-Expires": http_date(milik.kedaluwarsa_pada.timestamp())}
