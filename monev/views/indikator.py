from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Tindakan
from accounts.waktu import zoneinfo
from actionplan.access import get_indikator_for, get_tenggat_for
from actionplan.models import Indikator, Tenggat
from monev.forms import KoreksiForm, PerpanjanganForm, RealisasiForm
from monev.indikator import susun_halaman
from monev.posisi import back_to_today, posisi_per
from monev.riwayat import TAMPIL
from monev.riwayat import riwayat as susun_riwayat

Formulir = RealisasiForm | PerpanjanganForm | KoreksiForm


@require_safe
@login_required
def indikator(request: HttpRequest, pk: int) -> HttpResponse:
    return halaman(request, get_indikator_for(request.user, pk))


@require_safe
@login_required
def riwayat(request: HttpRequest, pk: int) -> HttpResponse:
    indikator = get_indikator_for(request.user, pk)
    rencana = request.rencana = indikator.komponen.area.rencana  # type: ignore[attr-defined]
    posisi = posisi_per(request, rencana)
    peristiwa = susun_riwayat(indikator, request.user, posisi.on)
    isian = {"indikator": indikator, "rencana": rencana, "posisi": posisi, "peristiwa": peristiwa}
    return render(request, "monev/indikator_riwayat.html", isian)


@require_POST
@login_required
def simpan_realisasi(request: HttpRequest, pk: int) -> HttpResponse:
    tenggat = get_tenggat_for(request.user, pk, Tindakan.TULIS)
    form = RealisasiForm(request.POST, tenggat=tenggat)
    kata = f"Realisasi {tenggat.label} disimpan."
    return simpan(request, form, tenggat.indikator, tenggat, {"realisasi": form}, kata)


@require_POST
@login_required
def perpanjangan(request: HttpRequest, pk: int) -> HttpResponse:
    tenggat = get_tenggat_for(request.user, pk, Tindakan.KELOLA)
    form = PerpanjanganForm(request.POST, tenggat=tenggat)
    kata = f"Batas {tenggat.label} diperpanjang."
    return simpan(request, form, tenggat.indikator, tenggat, {"perpanjangan": form}, kata)


@require_POST
@login_required
def koreksi(request: HttpRequest, pk: int) -> HttpResponse:
    indikator = get_indikator_for(request.user, pk, Tindakan.KELOLA)
    form = KoreksiForm(request.POST, indikator=indikator)
    return simpan(
        request, form, indikator, None, {"koreksi": form}, "Koreksi dicatat di samping bunyi keputusan."
    )


def simpan(
    request: HttpRequest,
    form: Formulir,
    indikator: Indikator,
    tenggat: Tenggat | None,
    terikat: dict[str, Formulir],
    kata: str,
) -> HttpResponse:
    """Save and go back to the row; or the row again, with what was typed and what is wrong with it."""
    tersimpan = form.simpan(request.user)
    if back_to_today(request, indikator.komponen.area.rencana.satker):
        kata += " Posisi per kembali ke hari ini."
    if not tersimpan:
        return halaman(request, indikator, str(tenggat.pk) if tenggat else "", terikat)
    messages.success(request, kata)
    query = f"?tenggat={tenggat.pk}" if tenggat else ""
    return redirect(reverse("indikator", args=[indikator.pk]) + query)


def halaman(
    request: HttpRequest,
    indikator: Indikator,
    dipilih: str = "",
    terikat: dict[str, Formulir] | None = None,
) -> HttpResponse:
    rencana = request.rencana = indikator.komponen.area.rencana  # type: ignore[attr-defined]
    posisi = posisi_per(request, rencana)
    isi = susun_halaman(indikator, request.user, posisi.on)
    baris = isi.pilih(dipilih or request.GET.get("tenggat", ""))
    isian: dict[str, Any] = {
        "h": isi,
        "indikator": indikator,
        "rencana": rencana,
        "posisi": posisi,
        "baris": baris,
        "peristiwa": isi.riwayat[:TAMPIL],
        "form": formulir(isi.indikator, baris.tenggat, baris.realisasi) | (terikat or {}),
    }
    # Moments are shown by the office's clock.
    with timezone.override(zoneinfo(rencana.satker.zona_waktu)):
        return render(request, "monev/indikator.html", isian)


def formulir(indikator: Indikator, tenggat: Tenggat, terkini: Any) -> dict[str, Formulir]:
    return {
        "realisasi": RealisasiForm(tenggat=tenggat, terkini=terkini),
        "perpanjangan": PerpanjanganForm(tenggat=tenggat),
        "koreksi": KoreksiForm(indikator=indikator),
    }
