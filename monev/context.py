"""What the frame around every page shows: the office, the way to its pages, and what waits there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.access import BOLEH, Hak, Tindakan, hak, meliputi, terjangkau_q
from accounts.models import Membership, Peran, Satker
from accounts.tersusun import Pk, fetch
from accounts.waktu import hari_ini, zoneinfo
from actionplan.models import RencanaAksi
from actionplan.posisi import HARI_INI, KUNCI, kept_day
from evidence.models import Submission
from monev.tugas import area_anggota, jumlah_tugas

# Where one was last, so that pages without an office (account, help) keep its frame.
KUNCI_RENCANA = "rencana"

POSISI_DEMO = (
    ("2025-03-31", "31 Maret 2025", "31 Mar"),
    ("2025-06-30", "30 Juni 2025", "30 Jun"),
    ("2025-10-20", "20 Oktober 2025", "20 Okt"),
    (HARI_INI, "Hari ini", "Hari ini"),
)


@dataclass(frozen=True)
class Butir:
    """One entry of the main menu; `milik` are the other pages that belong under it."""

    nama: str
    label: str
    ikon: str
    milik: tuple[str, ...] = ()


DASBOR = Butir("dasbor", "Dasbor", "house", ("beranda",))
RENCANA = Butir(
    "rencana", "Rencana Aksi", "table", ("indikator", "riwayat", "perpanjangan", "koreksi", "pustaka")
)
UNGGAH = Butir(
    "unggah_pilih",
    "Unggah Bukti",
    "cloud-arrow-up",
    ("unggah", "slot", "pustaka_slot", "tarik", "impor", "impor_batch"),
)
ANTREAN = Butir("antrean", "Antrean Reviu", "inboxes", ("reviu",))
TENGGAT = Butir("kalender", "Tenggat", "calendar3")
SATKER = Butir("satker_binaan", "Satker", "building")
LAPORAN = Butir("laporan", "Laporan", "file-earmark-text", ("laporan_triwulan",))
LAPORAN_MONEV = Butir("laporan", "Laporan Monev", "file-earmark-text", ("laporan_triwulan",))
HALAMAN_PENGATURAN = (
    *("anggota_tambah", "anggota_ubah", "anggota_serahkan", "anggota_akhiri", "anggota_sandi"),
    *("pengaturan_rencana", "penandatangan_akhiri", "penandatangan_batalkan"),
)
PENGATURAN = Butir("pengaturan", "Pengaturan", "gear", HALAMAN_PENGATURAN)


def menu(peran: set[str]) -> tuple[Butir, ...]:
    """Five at most. Who both manages and uploads finds the calendar on the dashboard."""
    if peran & BOLEH[Tindakan.KELOLA]:
        tengah = UNGGAH if Peran.ANGGOTA in peran else TENGGAT
        return (DASBOR, RENCANA, tengah, LAPORAN_MONEV, PENGATURAN)
    if Peran.TPI in peran:
        return (DASBOR, ANTREAN, RENCANA, TENGGAT, LAPORAN)
    if Peran.ANGGOTA in peran:
        return (DASBOR, RENCANA, UNGGAH, TENGGAT, LAPORAN)
    if peran == {Peran.PEMBINA}:
        return (SATKER, DASBOR, RENCANA, TENGGAT, LAPORAN)
    return (DASBOR, RENCANA, TENGGAT, LAPORAN)


class Rangka:
    """Asked only where the frame is drawn: one query for roles, one for plans, one for what waits."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def hak(self) -> Hak:
        return hak(self.request.user)

    @cached_property
    def terlihat(self) -> QuerySet[RencanaAksi]:
        if not self.hak.keanggotaan:
            return RencanaAksi.objects.none()
        return RencanaAksi.objects.filter(self.hak.satker_q(path="satker__"))

    @cached_property
    def dua_rencana(self) -> list[RencanaAksi]:
        """The plan one would be sent to, and a second if there is a choice."""
        urut = self.terlihat.annotate(urutan=_urutan(self.hak, self.request.session.get(KUNCI_RENCANA)))
        return list(urut.select_related("satker__induk").order_by("urutan", "-tahun", "satker__kode")[:2])

    @cached_property
    def rencana(self) -> RencanaAksi | None:
        return self._dari_halaman or next(iter(self.dua_rencana), None)

    @property
    def _dari_halaman(self) -> RencanaAksi | None:
        return getattr(self.request, "rencana", None)

    @cached_property
    def satker(self) -> Satker | None:
        if self.rencana:
            return self.rencana.satker
        return next((m.satker for m in self.hak.keanggotaan), None)

    @cached_property
    def keanggotaan(self) -> list[Membership]:
        """Those that count in this office."""
        satker = self.satker
        return [m for m in self.hak.keanggotaan if meliputi(m, satker)] if satker else []

    @cached_property
    def peran_label(self) -> str:
        return ", ".join(dict.fromkeys(m.get_peran_display() for m in self.keanggotaan))

    @cached_property
    def nav(self) -> list[dict[str, object]]:
        if self.rencana is None:
            return self._menu_tanpa_rencana()
        return [self._butir(b) for b in self.menu]

    def _menu_tanpa_rencana(self) -> list[dict[str, object]]:
        di_sini = _nama_halaman(self.request)
        beranda = {
            "url": reverse("beranda"),
            "label": "Beranda",
            "ikon": "house",
            "aktif": di_sini == "beranda",
        }
        butir: list[dict[str, object]] = []
        if self.satker and self.hak.boleh(Tindakan.KELOLA, self.satker):
            aktif = di_sini in self._halaman(PENGATURAN)
            url = reverse(PENGATURAN.nama, args=[self.satker.kode])
            butir.append({"url": url, "label": PENGATURAN.label, "ikon": PENGATURAN.ikon, "aktif": aktif})
        if self.request.user.is_staff:
            url = reverse("admin:index")
            butir.append({"url": url, "label": "Administrasi", "ikon": "gear", "aktif": False})
        return [beranda, *butir] if butir else []

    @cached_property
    def menu(self) -> tuple[Butir, ...]:
        return menu({m.peran for m in self.keanggotaan})

    @cached_property
    def ganti_rencana(self) -> bool:
        """There is a choice of plans, and no entry of the menu that leads to it."""
        if SATKER in self.menu:
            return False
        return len(fetch(_dua, *self.hak.jangkauan()) if self._dari_halaman else self.dua_rencana) > 1

    def _butir(self, butir: Butir) -> dict[str, object]:
        assert self.rencana
        kode, tahun = self.rencana.satker.kode, self.rencana.tahun
        args = {PENGATURAN: [kode], SATKER: []}.get(butir, [kode, tahun])
        di_sini = _nama_halaman(self.request)
        return {
            "url": reverse(butir.nama, args=args),
            "label": butir.label,
            "ikon": butir.ikon,
            "aktif": di_sini in self._halaman(butir),
            "jumlah": self._jumlah(butir),
        }

    def _halaman(self, butir: Butir) -> tuple[str, ...]:
        """Who has no entry for handing in does it from the plan."""
        unggah = (UNGGAH.nama, *UNGGAH.milik) if butir is RENCANA and UNGGAH not in self.menu else ()
        return (butir.nama, *butir.milik, *unggah)

    def _jumlah(self, butir: Butir) -> int:
        """What waits for this person there."""
        assert self.rencana
        if butir is ANTREAN:
            # Now, as the queue itself is: only what still waits can be reviewed.
            antrean: int | None = getattr(self.request, "jumlah_antrean", None)
            return len(fetch(_menunggu, Pk(self.rencana.pk))) if antrean is None else antrean
        areas = area_anggota(self.keanggotaan)
        if butir is not DASBOR or not areas:
            return 0
        sudah: int | None = getattr(self.request, "jumlah_tugas", None)
        return jumlah_tugas(self.rencana, areas, self.on) if sudah is None else sudah

    @cached_property
    def on(self) -> dt.date:
        assert self.satker
        return kept_day(self.request, hari_ini(self.satker.zona_waktu))

    @cached_property
    def pukul(self) -> str:
        """`09.30 WIB`, by the office's clock"""
        if self.satker is None:
            return ""
        zona = self.satker.zona_waktu
        return f"{timezone.localtime(timezone=zoneinfo(zona)):%H.%M} {zona}"

    @cached_property
    def demo_posisi(self) -> list[dict[str, object]]:
        if not settings.ZI_DEMO or self.rencana is None:
            return []
        kini = self.request.session.get(KUNCI, HARI_INI)
        alamat = self._alamat_posisi()
        return [
            {"url": f"{alamat}{per}", "label": label, "pendek": pendek, "aktif": per == kini}
            for per, label, pendek in POSISI_DEMO
        ]

    @property
    def _menjawab_posisi(self) -> bool:
        return getattr(self.request, "menjawab_posisi", False)

    def _alamat_posisi(self) -> str:
        """This page if it answers for a day, else the dashboard; up to and with `per=`."""
        assert self.rencana
        if self.request.method != "GET" or not self._menjawab_posisi:
            return reverse("dasbor", args=[self.rencana.satker.kode, self.rencana.tahun]) + "?per="
        query = self.request.GET.copy()
        query.pop("per", None)
        lain = f"{query.urlencode()}&" if query else ""
        return f"{self.request.path}?{lain}per="


def rangka_of(request: HttpRequest) -> Rangka:
    """One for the view and the frame, so that neither asks again."""
    if not hasattr(request, "rangka"):
        request.rangka = Rangka(request)  # type: ignore[attr-defined]
    return request.rangka  # type: ignore[attr-defined]


def rangka(request: HttpRequest) -> dict[str, object]:
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return {}
    r = rangka_of(request)
    return {
        "nav": SimpleLazyObject(lambda: r.nav),
        "satker_kini": SimpleLazyObject(lambda: r.satker),
        "rencana_kini": SimpleLazyObject(lambda: r.rencana),
        "ganti_rencana": SimpleLazyObject(lambda: r.ganti_rencana),
        "peran_label": SimpleLazyObject(lambda: r.peran_label),
        "pukul": SimpleLazyObject(lambda: r.pukul),
        "demo_posisi": SimpleLazyObject(lambda: r.demo_posisi),
    }


def _dua(sendiri: frozenset[int], binaan: frozenset[int]) -> QuerySet:
    return RencanaAksi.objects.filter(terjangkau_q(sendiri, binaan, "satker__")).values_list("pk")[:2]


def _menunggu(rencana: int) -> QuerySet:
    return Submission.objects.of_rencana(rencana).waiting().values_list("pk").order_by()


def _urutan(hak: Hak, terakhir: int | None) -> Case:
    """The plan last opened; then the own office's of this year or before; then any."""
    sendiri = {m.satker_id for m in hak.keanggotaan if m.peran != Peran.PEMBINA}
    return Case(
        When(pk=terakhir or 0, then=Value(0)),
        When(Q(satker__in=sendiri, tahun__lte=hari_ini().year), then=Value(1)),
        When(Q(satker__in=sendiri), then=Value(2)),
        default=Value(3),
    )


def _nama_halaman(request: HttpRequest) -> str:
    return request.resolver_match.url_name or "" if request.resolver_match else ""
