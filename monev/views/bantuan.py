from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monev.bantuan import ARTI_KEADAAN, ARTI_KETEPATAN, ARTI_STATUS, Bantuan, bantuan_diminta


@login_required
@require_safe
def bantuan(request: HttpRequest) -> HttpResponse:
    dipilih = bantuan_diminta(request.GET.get("peran", ""), request.user)
    isi = {
        "dipilih": dipilih,
        "semua": list(Bantuan),
        "langkah": f"monev/bantuan/_{dipilih.value}.html",
        "arti_status": ARTI_STATUS,
        "arti_ketepatan": ARTI_KETEPATAN,
        "arti_keadaan": ARTI_KEADAAN,
    }
    return render(request, "monev/bantuan/bantuan.html", isi)
