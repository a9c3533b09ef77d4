"""The preview of a batch: which lines, in what order, what may be chosen. A page costs the same at any size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet, TextChoices
from django.http import QueryDict

from accounts.access import Tindakan, hak
from accounts.area import ROMAWI
from accounts.models import User
from accounts.templatetags.zi import tanpa_miring
from accounts.waktu import hari_ini
from evidence.access import SLOT_RELATIONS
from evidence.forms_impor import AREA, BarisForm, forms_of
from evidence.impor_simpan import Galat, Ringkasan, summary
from evidence.keadaan import Keadaan
from evidence.models import BarisImpor, Evidence, Impor, Slot
from evidence.rencana_impor import slots_of
from evidence.usulan_impor import TERTUTUP

PER_HALAMAN = 25
BUKTI_TERPANJANG = 70
KE_AREA = "slot__tenggat__indikator__komponen__area__nomor"


class Lihat(TextChoices):
    PERLU = "perlu", "Perlu dilihat"
    AMBIL = "ambil", "Akan diambil"
    LEWATI = "lewati", "Dilewati"
    MASALAH = "masalah", "Tidak dapat diambil"
    SEMUA = "semua", "Semua"


@dataclass(frozen=True)
class Opsi:
    pk: int
    label: str


@dataclass
class BarisTampil:
    form: BarisForm
    opsi: list[Opsi]
    lama: Evidence | None  # the same file in the office, where the one who looks may see it
    galat: list[str]
    tertutup: Slot | None = None  # what is chosen takes nothing now; its own page says why

    @property
    def baris(self) -> BarisImpor:
        return self.form.baris

    @property
    def kelompok(self) -> str:
        slot = self.baris.slot
        if slot is None:
            return "Belum dikenali"
        komponen = slot.tenggat.indikator.komponen
        return f"Area {ROMAWI[komponen.area.nomor]}, {komponen.nomor}. {tanpa_miring(komponen.nama)}"

    @property
    def keraguan(self) -> list[str]:
        return self.baris.keraguan.splitlines()

    @property
    def area_lain(self) -> list[tuple[str, str]]:
        return [(nilai, nama) for nilai, nama in AREA if not nilai.endswith(str(self.form.nomor_area))]


def lines(impor: Impor, lihat: str) -> QuerySet[BarisImpor]:
    rows = impor.baris.all()
    if lihat == Lihat.MASALAH:
        rows = rows.exclude(masalah="")
    elif lihat != Lihat.SEMUA:
        putusan = {Lihat.PERLU: "belum", Lihat.AMBIL: "ambil", Lihat.LEWATI: "lewati"}
        rows = rows.filter(masalah="", putusan=putusan[Lihat(lihat)])
    komponen = "slot__tenggat__indikator__komponen__nomor"
    return rows.order_by(
        F(KE_AREA).asc(nulls_last=True),
        F(komponen).asc(nulls_last=True),
        F("slot__tenggat__indikator__nomor").asc(nulls_last=True),
        "urutan",
    )


class Pratinjau:
    """One page of lines for one person."""

    def __init__(self, impor: Impor, user: User, query: QueryDict) -> None:
        self.impor, self.user = impor, user
        self.ringkasan: Ringkasan = summary(impor)
        lihat = query.get("lihat", "")
        self.lihat = lihat if lihat in Lihat.values else self.first_view()
        self.nomor = query.get("halaman")
        self.terikat: dict[int, BarisForm] = {}
        self.galat: Galat = {}
        self.belum_semua = False  # was to be confirmed with lines that nobody decided
        self.tetap: list[int] = []  # these lines and no others, in whatever state they are now

    def first_view(self) -> str:
        return Lihat.PERLU if self.ringkasan.belum else Lihat.AMBIL if self.ringkasan.diambil else Lihat.SEMUA

    @cached_property
    def halaman(self) -> Page:
        relasi = (f"slot__{r}" for r in SLOT_RELATIONS)
        rows = lines(self.impor, Lihat.SEMUA if self.tetap else self.lihat)
        rows = rows.filter(pk__in=self.tetap) if self.tetap else rows
        rows = rows.select_related(*relasi, "sama_dalam_impor")
        return Paginator(rows, PER_HALAMAN).get_page(self.nomor)

    @property
    def saringan(self) -> list[tuple[str, str, int]]:
        r = self.ringkasan
        jumlah = dict(zip(Lihat, (r.belum, r.diambil, r.dilewati, r.bermasalah, r.semua), strict=True))
        return [(lihat.value, str(lihat.label), jumlah[lihat]) for lihat in Lihat]

    @cached_property
    def baris(self) -> list[BarisTampil]:
        rows = list(self.halaman)
        lama = self.seen([b.sama_dengan_id for b in rows if b.sama_dengan_id])
        hasil = []
        for satu in forms_of(rows):
            form = self.terikat.get(satu.baris.pk, satu)
            form.baris = satu.baris
            hasil.append(
                BarisTampil(
                    form,
                    self.options(form),
                    lama.get(satu.baris.sama_dengan_id or 0),
                    self.galat.get(satu.baris.pk, []),
                    self.tertutup.get(form.nomor_slot or 0),
                )
            )
        return hasil

    def seen(self, pks: list[int]) -> dict[int, Evidence]:
        return {e.pk: e for e in Evidence.objects.visible_to(self.user).filter(pk__in=pks)}

    @property
    def salah(self) -> list[BarisTampil]:
        return [b for b in self.baris if b.galat]

    @property
    def terkendala(self) -> list[BarisTampil]:
        return [b for b in self.baris if b.baris.kendala and not b.baris.masalah]

    @cached_property
    def pasti(self) -> int:
        return self.impor.baris.certain().count() if self.ringkasan.belum else 0

    # --- What may be chosen ---

    @cached_property
    def slots(self) -> list[Slot]:
        return slots_of(self.impor.rencana, hari_ini(self.impor.rencana.satker.zona_waktu))

    @cached_property
    def tertutup(self) -> dict[int, Slot]:
        return {slot.pk: slot for slot in self.slots if is_closed(slot)}

    @cached_property
    def per_area(self) -> dict[int, list[Opsi]]:
        """Of the areas in which this person hands in."""
        boleh = hak(self.user).areas(Tindakan.TULIS, self.impor.rencana.satker)
        daftar: dict[int, list[Opsi]] = defaultdict(list)
        for slot in self.slots:
            nomor = slot.tenggat.indikator.komponen.area.nomor
            if nomor in boleh:
                daftar[nomor].append(Opsi(slot.pk, label_of(slot)))
        return daftar

    @cached_property
    def semua_opsi(self) -> dict[int, Opsi]:
        return {slot.pk: Opsi(slot.pk, label_of(slot)) for slot in self.slots}

    def options(self, form: BarisForm) -> list[Opsi]:
        """The list of the line's area, and what is chosen even where it is another's."""
        daftar = self.per_area.get(form.nomor_area or 0, [])
        dipilih = self.semua_opsi.get(form.nomor_slot or 0)
        return [dipilih, *daftar] if dipilih and dipilih not in daftar else daftar


def is_closed(slot: Slot) -> bool:
    return slot.keadaan in TERTUTUP and not slot.ada_draf


def label_of(slot: Slot) -> str:
    """What takes nothing now says so in front: a narrow list shows no more."""
    bukti = tanpa_miring(slot.bukti_fisik.uraian)
    pendek = f"{bukti[:BUKTI_TERPANJANG].rstrip()}…" if len(bukti) > BUKTI_TERPANJANG else bukti
    sudah = "sudah " if slot.keadaan == Keadaan.SESUAI else ""
    keadaan = f" ({sudah}{Keadaan(slot.keadaan).label})" if is_closed(slot) else ""
    return f"{slot.tenggat.indikator.kode}{keadaan} · {slot.tenggat.label} · {pendek}"
