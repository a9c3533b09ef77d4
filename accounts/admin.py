from __future__ import annotations

import datetime as dt
from typing import Any

import allauth.account.admin  # noqa: F401 - registers what is taken out below
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.administrasi import OperatorAdmin, ya_tidak
from accounts.area import read_cakupan
from accounts.forms import syarat_sandi
from accounts.models import Membership, Peran, Satker, User
from accounts.permintaan import Permintaan
from accounts.services import check_membership, end_membership, save_membership
from accounts.waktu import hari_ini

# Roles come from memberships, and nobody logs in by mail.
admin.site.unregister([Group, EmailAddress])


class KodeField(forms.ModelChoiceField):
    """One row named by what people know it by: of some 16 000 users no list is of use."""

    widget = forms.TextInput

    def __init__(self, queryset: QuerySet, kolom: str, *, label: str, tidak_ada: str) -> None:
        pesan = {"required": "Wajib diisi.", "invalid_choice": tidak_ada}
        super().__init__(queryset, to_field_name=kolom, label=label, error_messages=pesan)


def satker_field() -> KodeField:
    return KodeField(
        Satker.objects.all(), "kode", label="Kode satker", tidak_ada="Tidak ada satker dengan kode itu."
    )


@admin.register(Satker)
class SatkerAdmin(OperatorAdmin):
    list_display = ("kode", "nama", "tingkat", "induk", "zona_waktu")
    list_filter = ("tingkat", "zona_waktu")
    list_select_related = ("induk",)
    search_fields = ("kode", "nama")
    fieldsets = (
        (None, {"fields": ("kode", "nama", "tingkat", "induk", "zona_waktu", "ibu_kota")}),
        ("Kop surat", {"fields": ("kop_baris_1", "kop_baris_2", "kop_alamat")}),
    )

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "induk":
            kwargs["queryset"] = Satker.objects.exclude(tingkat=Satker.Tingkat.KABKOTA)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SandiAwalMixin:
    """What the operator types, the operator knows: its owner changes it first."""

    def set_password_and_save(self, user: User, *args: Any, **kwargs: Any) -> User:
        user.sandi_awal_sejak = timezone.now()
        return super().set_password_and_save(user, *args, **kwargs)  # type: ignore[misc]


class PenggunaBaruForm(SandiAwalMixin, UserCreationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label_passwords(self)

    def clean_username(self) -> str | None:  # type: ignore[override]
        """None where it is taken."""
        username: str | None = super().clean_username()
        return username and username.lower()


class SandiForm(SandiAwalMixin, AdminPasswordChangeForm):
    """Without the choice of an account that cannot log in: for that there is *Aktif*."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        _label_passwords(self)


def _label_passwords(form: forms.BaseForm) -> None:
    form.fields["password1"].label = "Kata sandi awal"
    form.fields["password1"].help_text = syarat_sandi()
    form.fields["password2"].label = "Kata sandi awal, sekali lagi"
    form.fields["password2"].help_text = ""
    for nama in ("password1", "password2"):
        form.fields[nama].required = True


LABEL_PENGGUNA = {
    "username": ("Nama pengguna", "Untuk masuk; huruf kecil, angka, titik."),
    "email": ("Alamat surel", ""),
    "is_active": ("Aktif", "Kosongkan bila tidak bertugas lagi; akunnya tidak dihapus."),
}


@admin.register(User)
class PenggunaAdmin(OperatorAdmin, UserAdmin):  # type: ignore[misc]
    add_form = PenggunaBaruForm
    change_password_form = SandiForm
    change_user_password_template = "admin/auth/user/sandi.html"  # noqa: S105 - a template
    list_display = ("username", "nama", "nip", "jabatan", "aktif", "operator")
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "nama", "nip")
    ordering = ("nama", "pk")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined", "sandi_awal_sejak", "kata_sandi")
    fieldsets = (
        (None, {"fields": ("username", "kata_sandi")}),
        ("Orangnya", {"fields": ("nama", "nip", "jabatan", "email")}),
        ("Akses", {"fields": ("is_active", "is_staff", "last_login", "date_joined", "sandi_awal_sejak")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "nama", "nip", "jabatan", "password1", "password2", "is_staff")}),
    )

    @admin.display(description="aktif", ordering="is_active")
    def aktif(self, obj: User) -> str:
        return ya_tidak(obj.is_active)

    @admin.display(description="operator", ordering="is_staff")
    def operator(self, obj: User) -> str:
        return ya_tidak(obj.is_staff)

    @admin.display(description="kata sandi")
    def kata_sandi(self, obj: User) -> SafeString:
        """Not what is kept of it: nobody can use that."""
        alamat = reverse("admin:auth_user_password_change", args=[obj.pk])
        return format_html('<a class="button" href="{}">Beri kata sandi awal baru</a>', alamat)

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in LABEL_PENGGUNA:
            kwargs["label"], kwargs["help_text"] = LABEL_PENGGUNA[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's name
        form_url: str = "",
    ) -> HttpResponse:
        """One's own is changed on the page for it, where the present one is asked."""
        if id == str(request.user.pk):
            return redirect("account_change_password")
        return super().user_change_password(request, id, form_url)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever sets a password can act as its owner: an operator not as a superuser."""
        beyond = isinstance(obj, User) and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not beyond


class MembershipForm(forms.ModelForm):
    by: User

    class Meta:
        model = Membership
        fields = ("user", "satker", "peran", "area", "mulai", "selesai")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            self.fields["user"] = KodeField(
                User.objects.all(), "username", label="Nama pengguna", tidak_ada="Tidak ada pengguna itu."
            )
            self.fields["satker"] = satker_field()
        self.fields["area"].label = "Area yang diampu"

    def clean_area(self) -> frozenset[int]:
        peran = self.cleaned_data.get("peran", self.instance.peran)
        return read_cakupan(self.cleaned_data["area"]) if peran == Peran.ANGGOTA else frozenset()

    def _post_clean(self) -> None:
        """The gate of the service, asked while the form can still say what is wrong (the view is atomic)."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            check_membership(self.instance, by=self.by)
        except ValidationError as error:
            self.add_error(None, error.messages)


@admin.register(Membership)
class MembershipAdmin(OperatorAdmin):
    form = MembershipForm
    list_display = ("user", "satker", "peran", "nama_area", "mulai", "selesai")
    list_filter = ("peran", "satker__tingkat")
    list_select_related = ("user", "satker")
    search_fields = ("user__nama", "user__username", "satker__nama", "satker__kode")
    actions = ("akhiri",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("user", "satker", "peran") if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request: Permintaan, obj: Membership, form: object, change: bool) -> None:
        save_membership(obj, by=request.user)

    @admin.display(description="area")
    def nama_area(self, obj: Membership) -> str:
        return obj.nama_area if obj.peran == Peran.ANGGOTA else "–"

    @admin.action(description="Akhiri keanggotaan hari ini")
    def akhiri(self, request: Permintaan, queryset: QuerySet[Membership]) -> None:
        for membership in queryset.select_related("user", "satker__induk"):
            hari = hari_ini(membership.satker.zona_waktu)
            try:
                _end(membership, hari, request.user)
            except ValidationError as error:
                self.message_user(request, f"{membership}: {' '.join(error.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"{membership}: berakhir hari ini.", messages.SUCCESS)


def _end(membership: Membership, hari: dt.date, by: User) -> None:
    if membership.selesai and membership.selesai <= hari:
        raise ValidationError("Sudah berakhir.")
    end_membership(membership, selesai=hari, by=by)
