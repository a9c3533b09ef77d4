from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionplan.access import get_rencana_for
from monev.posisi import posisi_per


@require_safe
@login_required
def kalender(request: HttpRequest, kode: str, tahun: int) -> HttpResponse:
    rencana = get_rencana_for(request.user, kode, tahun)
    request.rencana = rencana  # type: ignore[attr-defined]
    return render(request, "monev/kalender.html", {"rencana": rencana, "posisi": posisi_per(request, rencana)})
