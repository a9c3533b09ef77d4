"""The quarterly report: which there are, the sheet on a page, and its two files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.permintaan import Permintaan
from accounts.waktu import hari_ini, tanggal_panjang
from actionplan.access import get_rencana_for
from actionplan.models import RencanaAksi, Tenggat
from actionplan.posisi import HARI_INI, Posisi, PosisiError, kept_day, posisi_per, read_per
from actionplan.querysets import KE_RENCANA
from monev.laporan_xlsx import laporan_xlsx as tulis_xlsx
from monev.lembar import susun_lembar
from monev.pdf import Ukuran, report_pdf
from monev.report import Laporan, LaporanError, build_report, check_posisi
from monev.ringkasan import triwulan_terakhir
from monev.triwulan import Triwulan, TriwulanError, read_triwulan, semua_triwulan
from monev.views.unduhan import PDF, XLSX, unduhan

PANJANG_NOMOR = 100


@dataclass(frozen=True)
class Pilihan:
    """A quarter in the list, as it stands on the day."""

    triwulan: Triwulan
    keadaan: str
    terbuka: bool
    berakhir: bool
    utama: bool
    jumlah: int
    query: str
    query_akhir: str


@dataclass(frozen=True)
class Pesanan:
    rencana: RencanaAksi
    triwulan: Triwulan
    posisi: Posisi
    nomor: str
    ukuran: Ukuran

    def laporan(self) -> Laporan:
        return build_report(self.rencana, self.triwulan, self.posisi.on)


@require_safe
@login_required
def laporan(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    rencana = get_rencana_for(request.user, kode, tahun)
    return _daftar(request, rencana, posisi_per(request, rencana))


def _daftar(
    request: Permintaan, rencana: RencanaAksi, posisi: Posisi, *, galat: str = "", status: int = 200
) -> HttpResponse:
    request.rencana = rencana  # type: ignore[attr-defined]
    isi = {"rencana": rencana, "posisi": posisi, "pilihan": _pilihan(rencana, posisi), "galat": galat}
    return render(request, "monev/laporan.html", isi, status=status)


def _pilihan(rencana: RencanaAksi, posisi: Posisi) -> list[Pilihan]:
    jatuh_tempo = Tenggat.objects.filter(**{KE_RENCANA: rencana}).values_list("jatuh_tempo", flat=True)
    jumlah = Counter((hari.month + 2) // 3 for hari in jatuh_tempo)
    utama = triwulan_terakhir(rencana.tahun, posisi.on)
    return [_satu(tw, posisi, jumlah[tw.nomor], utama) for tw in semua_triwulan(rencana.tahun)]


def _satu(tw: Triwulan, posisi: Posisi, jumlah: int, utama: Triwulan | None) -> Pilihan:
    on = posisi.on
    keadaan = "Belum mulai" if on < tw.mulai else "Berjalan" if on <= tw.akhir else "Berakhir"
    return Pilihan(
        triwulan=tw,
        keadaan=keadaan,
        terbuka=on >= tw.mulai,
        berakhir=on > tw.akhir,
        utama=tw == utama,
        jumlah=jumlah,
        query=urlencode({"per": on.isoformat()}),
        query_akhir=urlencode({"per": tw.akhir.isoformat()}),
    )


def _laporan_view(view: Callable[[Permintaan, Pesanan], HttpResponse]) -> Callable[..., HttpResponse]:
    """Reads what is asked for. What cannot be is said over the list of quarters: never another report instead."""

    @require_safe
    @login_required
    @wraps(view)
    def answer(request: Permintaan, kode: str, tahun: int, triwulan: str) -> HttpResponse:
        rencana = get_rencana_for(request.user, kode, tahun)
        request.rencana = rencana  # type: ignore[attr-defined]
        try:
            return view(request, _baca(request, rencana, triwulan))
        except TriwulanError as error:
            raise Http404(str(error)) from None
        except LaporanError as error:
            lain = request.GET.copy()
            lain.pop("per", None)
            request.GET = lain  # type: ignore[assignment]
            return _daftar(request, rencana, posisi_per(request, rencana), galat=str(error), status=400)

    return answer


def _baca(request: Permintaan, rencana: RencanaAksi, triwulan: str) -> Pesanan:
    tw = read_triwulan(triwulan, rencana.tahun)
    nomor, ukuran = _nomor(request), _ukuran(request)
    _periksa_per(request, rencana, tw)
    return Pesanan(rencana, tw, posisi_per(request, rencana), nomor, ukuran)


def _periksa_per(request: Permintaan, rencana: RencanaAksi, triwulan: Triwulan) -> None:
    """Before the day is kept: one that this report cannot have leaves posisi per as it was.

    Other pages answer for the last day instead; a file must not be of another day than asked for.
    """
    per, today = request.GET.get("per", ""), hari_ini(rencana.satker.zona_waktu)
    if per in ("", HARI_INI):
        return
    try:
        check_posisi(triwulan, read_per(per, today), today)
    except (PosisiError, LaporanError) as error:
        tetap = tanggal_panjang(kept_day(request, today))
        raise LaporanError(f"{error} Posisi per tetap {tetap}.") from None


def _nomor(request: Permintaan) -> str:
    nomor = "".join(huruf for huruf in request.GET.get("nomor", "") if huruf.isprintable()).strip()
    if len(nomor) > PANJANG_NOMOR:
        raise LaporanError(f"Nomor laporan terlalu panjang: paling banyak {PANJANG_NOMOR} huruf.")
    return nomor


def _ukuran(request: Permintaan) -> Ukuran:
    try:
        return Ukuran(request.GET.get("kertas") or Ukuran.A4)
    except ValueError:
        raise LaporanError("Ukuran kertas tidak dikenal. Pilih A4 atau F4.") from None


@_laporan_view
def laporan_triwulan(request: Permintaan, minta: Pesanan) -> HttpResponse:
    laporan = minta.laporan()
    isi = {
        "rencana": minta.rencana,
        "posisi": minta.posisi,
        "laporan": laporan,
        "lembar": susun_lembar(laporan, minta.nomor),
        "minta": minta,
        "ukuran": Ukuran,
        "query": urlencode({"per": laporan.on.isoformat(), "nomor": minta.nomor, "kertas": minta.ukuran}),
        "url_indikator": reverse("indikator", args=[0]).removesuffix("0/"),
        "panjang_nomor": PANJANG_NOMOR,
    }
    return render(request, "monev/laporan_triwulan.html", isi)


@_laporan_view
def laporan_pdf(request: Permintaan, minta: Pesanan) -> HttpResponse:
    laporan = minta.laporan()
    berkas = report_pdf(laporan, nomor=minta.nomor, ukuran=minta.ukuran)
    return unduhan(berkas, f"{laporan.nama_berkas}.pdf", PDF)


@_laporan_view
def laporan_xlsx(request: Permintaan, minta: Pesanan) -> HttpResponse:
    laporan = minta.laporan()
    return unduhan(tulis_xlsx(laporan, nomor=minta.nomor), f"{laporan.nama_berkas}.xlsx", XLSX)
