from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Tindakan
from accounts.permintaan import Permintaan
from actionplan.access import get_indikator_for, get_tenggat_for
from actionplan.models import Indikator, Tenggat
from actionplan.posisi import posisi_per, say_done
from monev.forms import KoreksiForm, PerpanjanganForm, RealisasiForm
from monev.indikator import BarisPetak, Halaman, susun_halaman
from monev.riwayat import TAMPIL
from monev.riwayat import riwayat as susun_riwayat

Formulir = RealisasiForm | PerpanjanganForm | KoreksiForm


@require_safe
@login_required
def indikator(request: Permintaan, pk: int) -> HttpResponse:
    return halaman(request, get_indikator_for(request.user, pk))


@require_safe
@login_required
def riwayat(request: Permintaan, pk: int) -> HttpResponse:
    indikator = get_indikator_for(request.user, pk)
    rencana = request.rencana = indikator.komponen.area.rencana  # type: ignore[attr-defined]
    posisi = posisi_per(request, rencana)
    peristiwa = susun_riwayat(indikator, request.user, posisi.on)
    isian = {"indikator": indikator, "rencana": rencana, "posisi": posisi, "peristiwa": peristiwa}
    return render(request, "monev/indikator_riwayat.html", isian)


@require_POST
@login_required
def simpan_realisasi(request: Permintaan, pk: int) -> HttpResponse:
    tenggat = get_tenggat_for(request.user, pk, Tindakan.TULIS)
    form = RealisasiForm(request.POST, tenggat=tenggat)
    return simpan(request, form, tenggat.indikator, tenggat, f"Realisasi {tenggat.label} disimpan.")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def perpanjangan(request: Permintaan, pk: int) -> HttpResponse:
    tenggat = get_tenggat_for(request.user, pk, Tindakan.KELOLA)
    if request.method != "POST":
        return halaman(request, tenggat.indikator, tenggat, buka="perpanjangan")
    form = PerpanjanganForm(request.POST, tenggat=tenggat, rencana=tenggat.indikator.komponen.area.rencana)
    return simpan(request, form, tenggat.indikator, tenggat, f"Batas {tenggat.label} diperpanjang.")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def koreksi(request: Permintaan, pk: int) -> HttpResponse:
    indikator = get_indikator_for(request.user, pk, Tindakan.KELOLA)
    if request.method != "POST":
        return halaman(request, indikator, buka="koreksi")
    form = KoreksiForm(request.POST, indikator=indikator)
    return simpan(request, form, indikator, None, "Koreksi dicatat di samping bunyi keputusan.")


def simpan(
    request: Permintaan, form: Formulir, indikator: Indikator, tenggat: Tenggat | None, kata: str
) -> HttpResponse:
    """Save and go back to the row; or the row again, with what was typed and what is wrong with it."""
    tersimpan = form.simpan(request.user)
    if not tersimpan:
        return halaman(request, indikator, tenggat, buka=form.nama, terikat=form)
    say_done(request, kata)
    query = f"?tenggat={tenggat.pk}" if tenggat else ""
    return redirect(reverse("indikator", args=[indikator.pk]) + query)


def halaman(
    request: Permintaan,
    indikator: Indikator,
    tenggat: Tenggat | None = None,
    *,
    buka: str = "",
    terikat: Formulir | None = None,
) -> HttpResponse:
    rencana = request.rencana = indikator.komponen.area.rencana  # type: ignore[attr-defined]
    posisi = posisi_per(request, rencana)
    isi = susun_halaman(indikator, request.user, posisi.on)
    baris = isi.pilih(str(tenggat.pk) if tenggat else request.GET.get("tenggat", ""))
    isian: dict[str, Any] = {
        "h": isi,
        "indikator": indikator,
        "rencana": rencana,
        "posisi": posisi,
        "baris": baris,
        "peristiwa": isi.riwayat[:TAMPIL],
        "buka": buka,
        "belum_tersimpan": terikat is not None,
        "form": formulir(isi, baris) | ({terikat.nama: terikat} if terikat else {}),
    }
    return render(request, "monev/indikator.html", isian)


def formulir(isi: Halaman, baris: BarisPetak) -> dict[str, Formulir]:
    """Those this person may use."""
    form: dict[str, Formulir] = {}
    if isi.boleh_tulis:
        form["realisasi"] = RealisasiForm(tenggat=baris.tenggat, terkini=baris.realisasi)
    if isi.boleh_kelola:
        form["perpanjangan"] = PerpanjanganForm(
            tenggat=baris.tenggat, rencana=isi.indikator.komponen.area.rencana
        )
        form["koreksi"] = KoreksiForm(indikator=isi.indikator)
    return form
