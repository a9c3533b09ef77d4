from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permintaan import Permintaan
from actionplan.access import get_rencana_for
from actionplan.posisi import posisi_per
from monev.context import rangka_of
from monev.kalender import DIKENAL, susun_kalender
from monev.tugas import area_anggota


@require_safe
@login_required
def kalender(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    rencana = get_rencana_for(request.user, kode, tahun)
    request.rencana = rencana  # type: ignore[attr-defined]
    posisi = posisi_per(request, rencana)
    area_saya = area_anggota(rangka_of(request).keanggotaan)
    isi = {
        "rencana": rencana,
        "posisi": posisi,
        "area_saya": area_saya,
        "dikenal": DIKENAL,
        "kalender": susun_kalender(rencana, posisi.on, request.GET, area_saya),
    }
    return render(request, "monev/kalender.html", isi)
