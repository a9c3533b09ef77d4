from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import Tindakan
from accounts.models import Membership, Peran, Satker
from accounts.permintaan import Permintaan
from actionplan.access import get_rencana_for
from actionplan.models import RencanaAksi
from actionplan.posisi import posisi_per, posisi_satker
from evidence.antrean import waiting_elsewhere
from evidence.penghapusan import waiting_in
from monev.binaan import Binaan, binaan
from monev.context import KUNCI_RENCANA, rangka_of
from monev.ringkasan import capaian_area, menunggu, ringkasan, tanpa_realisasi, triwulan_terakhir
from monev.tugas import area_anggota, blocked_slots, daftar_tugas, pressing_elsewhere

SATKER_PER_HALAMAN = 50
PELAPOR = {Peran.KETUA_TIM, Peran.SEKRETARIS, Peran.PIMPINAN, Peran.PEMBINA}


@require_safe
@login_required
def beranda(request: Permintaan) -> HttpResponse:
    """Send each to where the work is, with the day that was asked for; who has none is told what to do next."""
    rangka = rangka_of(request)
    if not rangka.rencana:
        satker = rangka.satker
        boleh = satker is not None and rangka.hak.boleh(Tindakan.KELOLA, satker)
        return render(request, "monev/beranda.html", {"satker": satker, "boleh_kelola": boleh})
    if {m.peran for m in rangka.hak.keanggotaan} == {Peran.PEMBINA}:
        return redirect(reverse("satker_binaan", query=request.GET))
    rencana = rangka.rencana
    return redirect(reverse("dasbor", args=[rencana.satker.kode, rencana.tahun], query=request.GET))


@require_safe
@login_required
def satker_binaan(request: Permintaan) -> HttpResponse:
    """Every plan one may open, with where it stands."""
    rangka = rangka_of(request)
    posisi = posisi_satker(request, rangka.satker or Satker(), dt.date.min)
    terlihat = RencanaAksi.objects.visible_to(request.user).select_related("satker")
    halaman = Paginator(terlihat.order_by("-tahun", "satker__kode"), SATKER_PER_HALAMAN).get_page(
        request.GET.get("hal")
    )
    isi = {
        "posisi": posisi,
        "halaman": halaman,
        "daftar": _terburuk_dulu(binaan(list(halaman), posisi.on), halaman),
        "pembina": Peran.PEMBINA in {m.peran for m in rangka.hak.keanggotaan},
    }
    return render(request, "monev/satker_binaan.html", isi)


def _terburuk_dulu(daftar: list[Binaan], halaman: Page) -> list[Binaan]:
    """Who is most behind comes first, where all stand on one page; over several, each is found by its number."""
    return daftar if halaman.has_other_pages() else sorted(daftar, key=lambda b: b.urutan)


@require_safe
@login_required
def dasbor(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    rencana = get_rencana_for(request.user, kode, tahun)
    request.rencana = rencana  # type: ignore[attr-defined]
    if request.session.get(KUNCI_RENCANA) != rencana.pk:
        request.session[KUNCI_RENCANA] = rencana.pk
    posisi = posisi_per(request, rencana)
    isi = bagian(rencana, rangka_of(request).keanggotaan, posisi.on)
    if posisi.is_today and not isi["hanya_tugas"]:  # there it stands among the tasks
        isi["diblokir"] = blocked_slots(rencana, request.user)
    isi |= erasures(rencana, request) | elsewhere(rencana, request)
    if "tugas" in isi:
        request.jumlah_tugas = isi["tugas"].jumlah  # type: ignore[attr-defined]
    isi["boleh_tulis"] = rangka_of(request).hak.boleh(Tindakan.TULIS, rencana.satker)
    return render(request, "monev/dasbor.html", {"rencana": rencana, "posisi": posisi, **isi})


def elsewhere(rencana: RencanaAksi, request: Permintaan) -> dict:
    """As of now, whatever the day shown. Where there is no other plan nothing is asked."""
    rangka = rangka_of(request)
    if not rangka.ganti_rencana:
        return {}
    peran = {m.peran for m in rangka.hak.keanggotaan}
    isi: dict = {}
    if Peran.ANGGOTA in peran:
        isi["tugas_lain"] = pressing_elsewhere(rangka.hak.keanggotaan, rencana)
    if Peran.TPI in peran:
        isi["antrean_lain"] = waiting_elsewhere(request.user, rencana)
    return isi


def erasures(rencana: RencanaAksi, request: Permintaan) -> dict:
    """As of now, whatever the day shown: a request waits until somebody answers."""
    menunggu = waiting_in(rencana.satker, request.user)
    giliran = sum(satu.giliran for satu in menunggu)
    return {"penghapusan": menunggu, "giliran": giliran, "lainnya": len(menunggu) - giliran}


def bagian(rencana: RencanaAksi, keanggotaan: list[Membership], on: dt.date) -> dict:
    """What each of these roles comes for; who holds several gets the sections of each."""
    peran = {m.peran for m in keanggotaan}
    isi: dict = {}
    if Peran.ANGGOTA in peran:
        areas = area_anggota(keanggotaan)
        isi |= {
            "anggota": [m.nama_area for m in keanggotaan if m.peran == Peran.ANGGOTA],
            "tugas": daftar_tugas(rencana, areas, on),
            "capaian": capaian_area(rencana, areas, on),
            "kiriman": menunggu(rencana, on, areas),
        }
    if peran & (PELAPOR | {Peran.TPI}):
        isi |= {"ringkasan": ringkasan(rencana, on), "antrean": menunggu(rencana, on)}
    triwulan = triwulan_terakhir(rencana.tahun, on)
    if peran & PELAPOR and triwulan:
        isi |= {"triwulan": triwulan, "tanpa_realisasi": tanpa_realisasi(rencana, triwulan, on)}
    return isi | {
        "tpi": Peran.TPI in peran,
        "pelapor": bool(peran & PELAPOR),
        "hanya_tugas": peran == {Peran.ANGGOTA},
    }
