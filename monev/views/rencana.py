from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.access import Tindakan, hak
from accounts.permintaan import Permintaan
from accounts.waktu import tanggal_panjang
from actionplan.access import get_rencana_for
from actionplan.posisi import posisi_per
from monev.rencana import Butir, Daftar, susun_daftar
from monev.rencana_xlsx import rencana_xlsx as tulis_xlsx
from monev.status import Ketepatan
from monev.views.unduhan import XLSX, unduhan

SARINGAN = ("area", "status", "ketepatan", "triwulan")
MENDESAK = (Ketepatan.TERLAMBAT, Ketepatan.SEGERA)


@require_safe
@login_required
def rencana(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    rencana = get_rencana_for(request.user, kode, tahun)
    request.rencana = rencana  # type: ignore[attr-defined]
    posisi = posisi_per(request, rencana)
    daftar = susun_daftar(rencana, posisi.on, request.GET)
    isian = {
        "rencana": rencana,
        "posisi": posisi,
        "posisi_per": posisi.on,
        "boleh_tulis": hak(request.user).boleh(Tindakan.TULIS, rencana.satker),
    }
    return _halaman(request, daftar, isian)


def _halaman(request: Permintaan, daftar: Daftar, isian: dict[str, object]) -> HttpResponse:
    """The page, or what htmx exchanges of it when a filter changes."""
    isian |= {
        "daftar": daftar,
        "pilihan": {nama: daftar.butir(nama, semua=True) for nama in SARINGAN},
        "cip": cip(daftar),
        "cip_area": daftar.butir("area"),
    }
    sebagian = request.htmx and not request.htmx.history_restore_request
    response = render(request, "monev/_rencana_tukar.html" if sebagian else "monev/rencana.html", isian)
    if sebagian:
        # Without what is empty: an address to be passed on.
        response.headers["HX-Push-Url"] = request.path + daftar.saringan.query()
    # The same address gives htmx a part of the page: a cache must not give it to a browser that goes back.
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def cip(daftar: Daftar) -> list[Butir]:
    """Counts of each status, and of what presses; the other ketepatan stand in the list of choices."""
    pilih = daftar.saringan.ketepatan
    return daftar.butir("status") + [
        butir for butir in daftar.butir("ketepatan") if butir.nilai in MENDESAK or butir.nilai == pilih
    ]


@require_safe
@login_required
def rencana_xlsx(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    rencana = get_rencana_for(request.user, kode, tahun)
    on = posisi_per(request, rencana).on
    nama = f"Rencana aksi {rencana.satker.nama} {rencana.tahun} per {tanggal_panjang(on)}.xlsx"
    return unduhan(tulis_xlsx(susun_daftar(rencana, on, request.GET)), nama, XLSX)
