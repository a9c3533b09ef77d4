"""The plan as the operator sees it. Read only: the decreed text is never changed, and what stands beside it (an
extension, a correction, a later start) is decided by the office on its own pages, through services.py."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.area import ROMAWI
from accounts.permintaan import bilangan
from accounts.templatetags.zi import miring
from actionplan.models import (
    Area,
    BuktiFisik,
    Indikator,
    Koreksi,
    LangkahAksi,
    MulaiDipantau,
    Perpanjangan,
    RencanaAksi,
    Tenggat,
)


class LihatSaja:
    """Nothing is added, changed or deleted here; who may look is asked at the door of Administrasi."""

    show_facets = admin.ShowFacets.NEVER

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class LihatSajaInline(LihatSaja, admin.TabularInline):
    extra = 0
    template = "admin/edit_inline/lihat_saja.html"


class AreaInline(LihatSajaInline):
    model = Area
    fields = ("romawi", "nama")
    readonly_fields = ("romawi",)

    @admin.display(description="nomor")
    def romawi(self, obj: Area) -> str:
        return obj.romawi


class MulaiDipantauInline(LihatSajaInline):
    model = MulaiDipantau
    fields = ("tanggal", "alasan", "ditetapkan_oleh", "ditetapkan_pada")


class LangkahAksiInline(LihatSajaInline):
    model = LangkahAksi
    fields = ("nomor", "uraian")


class BuktiFisikInline(LihatSajaInline):
    model = BuktiFisik
    fields = readonly_fields = ("nomor", "uraian", "diminta")

    @admin.display(description="diminta")
    def diminta(self, obj: BuktiFisik) -> str:
        return "Sekali" if obj.sekali else "Setiap tenggat"


class TenggatInline(LihatSajaInline):
    model = Tenggat
    fields = ("label", "mulai", "jatuh_tempo")


class KoreksiInline(LihatSajaInline):
    model = Koreksi
    fields = ("kolom", "teks", "alasan", "dikoreksi_oleh", "dikoreksi_pada")


@admin.register(RencanaAksi)
class RencanaAksiAdmin(LihatSaja, admin.ModelAdmin):
    list_display = ("satker", "tahun", "nomor", "tanggal", "dimuat_pada")
    list_display_links = ("satker", "tahun")
    list_filter = ("tahun",)
    list_select_related = ("satker",)
    search_fields = ("satker__kode", "satker__nama", "nomor")
    fields = ("satker", "tahun", "nomor", "tanggal", "judul", "dimuat_pada", "baris")
    readonly_fields = ("baris",)
    inlines = (AreaInline, MulaiDipantauInline)

    @admin.display(description="baris lampiran")
    def baris(self, obj: RencanaAksi) -> SafeString:
        jumlah = Indikator.objects.filter(komponen__area__rencana=obj).count()
        alamat = reverse("admin:actionplan_indikator_changelist")
        return format_html('<a href="{}?rencana={}">{} baris</a>', alamat, obj.pk, jumlah)


NOMOR_AREA = frozenset(str(nomor) for nomor in ROMAWI)


class RencanaFilter(admin.SimpleListFilter):
    """The plan that one came from; of 550 offices no list is of use."""

    title = "rencana aksi"
    parameter_name = "rencana"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        pk = bilangan(request.GET.get(self.parameter_name, ""))
        rencana = RencanaAksi.objects.filter(pk=pk).select_related("satker") if pk else ()
        return [(str(r.pk), str(r)) for r in rencana]

    def has_output(self) -> bool:
        return bool(self.lookup_choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        dipilih = self.value()
        return (
            queryset.filter(komponen__area__rencana=dipilih) if self.lookup_choices and dipilih else queryset
        )


class AreaFilter(admin.SimpleListFilter):
    title = "area"
    parameter_name = "area"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(nomor), f"Area {romawi}") for nomor, romawi in ROMAWI.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        dipilih = self.value()
        return queryset.filter(komponen__area__nomor=dipilih) if dipilih in NOMOR_AREA else queryset


@admin.register(Indikator)
class IndikatorAdmin(LihatSaja, admin.ModelAdmin):
    list_display = ("kode", "teks_uraian", "target_waktu", "rencana")
    list_display_links = ("kode", "teks_uraian")
    list_filter = (RencanaFilter, AreaFilter, "komponen__area__rencana__tahun")
    list_select_related = ("komponen__area__rencana__satker",)
    search_fields = ("uraian", "bukti_fisik_teks", "komponen__area__rencana__satker__kode")
    search_help_text = "Kata dalam indikator atau bukti fisik, atau kode satker."
    ordering = (
        "komponen__area__rencana__satker",
        "-komponen__area__rencana__tahun",
        "komponen__area__nomor",
        "komponen__nomor",
        "nomor",
    )
    fields = (
        "rencana",
        "kode",
        "nama_komponen",
        "teks_uraian",
        "teks_langkah_aksi",
        "teks_bukti_fisik",
        "target_waktu",
        "catatan_tafsir",
    )
    readonly_fields = fields
    inlines = (LangkahAksiInline, BuktiFisikInline, TenggatInline, KoreksiInline)

    @admin.display(description="kode")
    def kode(self, obj: Indikator) -> str:
        return obj.kode

    @admin.display(description="rencana aksi")
    def rencana(self, obj: Indikator) -> str:
        return str(obj.komponen.area.rencana)

    @admin.display(description="komponen")
    def nama_komponen(self, obj: Indikator) -> SafeString:
        return miring(obj.komponen.nama)

    @admin.display(description="indikator")
    def teks_uraian(self, obj: Indikator) -> SafeString:
        return miring(obj.uraian)

    @admin.display(description="langkah aksi")
    def teks_langkah_aksi(self, obj: Indikator) -> SafeString:
        return miring(obj.langkah_aksi_teks)

    @admin.display(description="bukti fisik")
    def teks_bukti_fisik(self, obj: Indikator) -> SafeString:
        return miring(obj.bukti_fisik_teks)


@admin.register(Perpanjangan)
class PerpanjanganAdmin(LihatSaja, admin.ModelAdmin):
    list_display = ("tenggat", "batas_baru", "alasan", "diberikan_oleh", "diberikan_pada")
    list_select_related = ("tenggat__indikator__komponen__area__rencana__satker", "diberikan_oleh")
    search_fields = ("alasan", "tenggat__indikator__komponen__area__rencana__satker__kode")
    fields = list_display


@admin.register(Koreksi)
class KoreksiAdmin(LihatSaja, admin.ModelAdmin):
    list_display = ("indikator", "kolom", "teks", "alasan", "dikoreksi_oleh", "dikoreksi_pada")
    list_select_related = ("indikator__komponen__area__rencana__satker", "dikoreksi_oleh")
    search_fields = ("teks", "alasan", "indikator__komponen__area__rencana__satker__kode")
    fields = list_display


@admin.register(MulaiDipantau)
class MulaiDipantauAdmin(LihatSaja, admin.ModelAdmin):
    list_display = ("rencana", "tanggal", "alasan", "ditetapkan_oleh", "ditetapkan_pada")
    list_select_related = ("rencana__satker", "ditetapkan_oleh")
    search_fields = ("alasan", "rencana__satker__kode")
    fields = list_display
