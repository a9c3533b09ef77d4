"""Paket bukti: what there is to take along, and the file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.area import ROMAWI
from accounts.permintaan import Permintaan, bilangan
from accounts.waktu import hari_ini
from actionplan.access import get_rencana_for
from evidence.models import PembukaanRahasia
from evidence.penyajian import note_opening
from monev.paket import TANPA_TENGGAT, Paket, Periksa, Saringan, build_paket, why_held_back
from monev.paket_zip import package_stream
from monev.triwulan import Triwulan, TriwulanError, read_triwulan, semua_triwulan


@require_safe
@login_required
def paket(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    return _halaman(request, asked_for(request, kode, tahun, why_held_back))


@require_safe
@login_required
def paket_unduh(request: Permintaan, kode: str, tahun: int) -> HttpResponseBase:
    """Streamed, with its length: the browser shows how far it is, and a broken one is seen to be broken."""
    isi = asked_for(request, kode, tahun)
    if isi.kosong:
        return _halaman(request, isi, status=404)
    stream = package_stream(isi)
    if request.method == "GET":
        for satu in isi.berkas:
            note_opening(satu.dikemas, request.user, PembukaanRahasia.Cara.PAKET)
    response = StreamingHttpResponse(
        stream if request.method == "GET" else [], content_type="application/zip"
    )
    response["Content-Length"] = len(stream)
    response["Content-Disposition"] = content_disposition_header(True, isi.nama) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _halaman(request: Permintaan, isi: Paket, *, status: int = 200) -> HttpResponse:
    request.rencana = isi.rencana  # type: ignore[attr-defined]
    context = {
        "rencana": isi.rencana,
        "paket": isi,
        "tanpa_tenggat": TANPA_TENGGAT,
        "semua_area": [(nomor, f"Area {romawi}") for nomor, romawi in ROMAWI.items()],
        "semua_triwulan": semua_triwulan(isi.rencana.tahun),
    }
    return render(request, "monev/paket.html", context, status=status)


def asked_for(request: Permintaan, kode: str, tahun: int, periksa: Periksa | None = None) -> Paket:
    rencana = get_rencana_for(request.user, kode, tahun)
    area = bilangan(request.GET.get("area", ""))
    saringan = Saringan(
        area if area in ROMAWI else None,
        quarter_of(request.GET.get("triwulan", ""), tahun),
        rahasia=request.GET.get("rahasia") == "ya",
    )
    hari = hari_ini(rencana.satker.zona_waktu)
    return build_paket(rencana, saringan, hari, user=request.user, periksa=periksa)


def quarter_of(teks: str, tahun: int) -> Triwulan | None:
    try:
        return read_triwulan(teks, tahun) if teks else None
    except TriwulanError:
        return None
