from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import Tindakan
from accounts.permintaan import Permintaan
from accounts.waktu import hari_ini
from actionplan.access import get_rencana_for
from actionplan.models import RencanaAksi
from actionplan.posisi import say_done
from monev.forms_pengaturan import (
    AkhiriPenandatanganForm,
    BatalkanPenandatanganForm,
    MulaiDipantauForm,
    PenandatanganForm,
)
from monev.models import Penandatangan
from monev.penandatangan import get_penandatangan_for

KATA = {"dipantau": "Tanggal mulai dipantau sudah ditetapkan.", "tanda": "Penandatangan sudah dicatat."}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pengaturan_rencana(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    """Two forms, one page; `form` in what is sent says which."""
    rencana = request.rencana = get_rencana_for(request.user, kode, tahun, Tindakan.KELOLA)  # type: ignore[attr-defined]
    diisi = request.POST.get("form")
    forms = {
        "dipantau": MulaiDipantauForm(request.POST if diisi == "dipantau" else None, rencana=rencana),
        "tanda": PenandatanganForm(request.POST if diisi == "tanda" else None, satker=rencana.satker),
    }
    if diisi in forms and forms[diisi].lakukan(request.user):
        say_done(request, KATA[diisi])
        return redirect("pengaturan_rencana", kode, tahun)
    return render(request, "monev/pengaturan_rencana.html", {**_isi(rencana), **forms})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def penandatangan_akhiri(request: Permintaan, pk: int) -> HttpResponse:
    penandatangan = get_penandatangan_for(request.user, pk)
    kata = "Masa penandatangan sudah diakhiri."
    return _perintah(request, penandatangan, AkhiriPenandatanganForm, "akhiri", kata)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def penandatangan_batalkan(request: Permintaan, pk: int) -> HttpResponse:
    penandatangan = get_penandatangan_for(request.user, pk)
    kata = "Penandatangan sudah dibatalkan; laporan sejak hari ini tidak menyebutnya."
    return _perintah(request, penandatangan, BatalkanPenandatanganForm, "batalkan", kata)


def _perintah(
    request: Permintaan,
    penandatangan: Penandatangan,
    jenis: type[AkhiriPenandatanganForm | BatalkanPenandatanganForm],
    nama: str,
    selesai: str,
) -> HttpResponse:
    form = jenis(request.POST or None, penandatangan=penandatangan)
    if request.method == "POST" and form.lakukan(request.user):
        messages.success(request, selesai)
        return redirect("pengaturan", penandatangan.satker.kode)
    isi = {"satker": penandatangan.satker, "penandatangan": penandatangan, "form": form}
    return render(request, f"monev/penandatangan_{nama}.html", isi)


def _isi(rencana: RencanaAksi) -> dict[str, object]:
    penetapan = rencana.mulai_dipantau.select_related("ditetapkan_oleh").order_by("-ditetapkan_pada", "-pk")
    return {
        "rencana": rencana,
        "satker": rencana.satker,
        "penetapan": penetapan,
        "penandatangan": Penandatangan.objects.filter(satker=rencana.satker)
        .select_related("dibatalkan_oleh")
        .order_by("fungsi", "-mulai", "-pk"),
        "today": hari_ini(rencana.satker.zona_waktu),
    }
