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
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from accounts.permintaan import Permintaan
from accounts.waktu import hari_ini
from actionplan.access import get_rencana_for
from actionplan.models import RencanaAksi, Tenggat
from actionplan.querysets import KE_RENCANA
from monev.laporan_xlsx import laporan_xlsx as tulis_xlsx
from monev.lembar import susun_lembar
from monev.pdf import Ukuran, report_pdf
from monev.posisi import HARI_INI, Posisi, PosisiError, posisi_per, read_per
from monev.report import Laporan, LaporanError, build_report
from monev.ringkasan import triwulan_terakhir
from monev.triwulan import Triwulan, TriwulanError, read_triwulan, semua_triwulan

PANJANG_NOMOR = 100
TIPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        except (PosisiError, LaporanError) as error:
            lain = request.GET.copy()
            lain.pop("per", None)
            request.GET = lain  # type: ignore[assignment]
            return _daftar(request, rencana, posisi_per(request, rencana), galat=str(error), status=400)

    return answer


def _baca(request: Permintaan, rencana: RencanaAksi, triwulan: str) -> Pesanan:
    tw = read_triwulan(triwulan, rencana.tahun)
    per = request.GET.get("per", "")
    if per not in ("", HARI_INI):
        # Pages keep the last day when this one cannot be; a file must not be of another day than asked for.
        read_per(per, hari_ini(rencana.satker.zona_waktu))
    return Pesanan(rencana, tw, posisi_per(request, rencana), _nomor(request), _ukuran(request))


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
    return _unduh(berkas, f"{laporan.nama_berkas}.pdf", "application/pdf")


@_laporan_view
def laporan_xlsx(request: Permintaan, minta: Pesanan) -> HttpResponse:
    laporan = minta.laporan()
    return _unduh(tulis_xlsx(laporan, nomor=minta.nomor), f"{laporan.nama_berkas}.xlsx", TIPE_XLSX)


def _unduh(berkas: bytes, nama: str, tipe: str) -> HttpResponse:
    response = HttpResponse(berkas, content_type=tipe)
    # The office's name is typed by people: no slash may make it a path.
    response["Content-Disposition"] = content_disposition_header(True, nama.replace("/", "-"))
    return response
