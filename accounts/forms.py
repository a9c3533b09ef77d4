from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.access import PERAN_DARI_OPERATOR, PERAN_TIM
from accounts.area import ROMAWI, SEMUA_AREA, CakupanField, read_cakupan
from accounts.models import Membership, Peran, Satker, User
from accounts.sandi import kunci_baru
from accounts.services import (
    add_membership,
    add_person,
    change_area,
    end_membership,
    hand_over,
    reset_password,
)
from accounts.tanggal import TanggalField
from accounts.waktu import hari_ini

SANDI = "accounts/_sandi.html"


def plain_helper(layout: Layout) -> FormHelper:
    """The fields only: the page writes <form>, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = layout
    return helper


class MasukForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "login", "Nama pengguna", "Tulis nama pengguna Anda.")
        _describe(self, "password", "Kata sandi", "Tulis kata sandi Anda.")
        self.fields["login"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})
        self.fields["remember"].label = "Tetap masuk di perangkat ini"
        self.helper = plain_helper(Layout("login", Field("password", template=SANDI), "remember"))


class GantiSandiForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "oldpassword", "Kata sandi sekarang", "Tulis kata sandi Anda yang sekarang.")
        _describe(self, "password1", "Kata sandi baru", "Tulis kata sandi baru.")
        _describe(self, "password2", "Kata sandi baru, sekali lagi", "Tulis sekali lagi kata sandi baru.")
        if self.user.sandi_awal_sejak:
            self.fields["oldpassword"].label = "Kata sandi awal"
        self.fields["password1"].help_text = syarat_sandi()
        self.helper = plain_helper(Layout(*(Field(name, template=SANDI) for name in self.fields)))

    def clean(self) -> dict[str, object]:
        isi = forms.Form.clean(self) or {}
        if isi.get("password1") and isi.get("password2") and isi["password1"] != isi["password2"]:
            self.add_error("password2", "Kedua kata sandi baru tidak sama.")
        if isi.get("password1") and isi.get("password1") == isi.get("oldpassword"):
            self.add_error("password1", "Kata sandi baru harus berbeda dari yang sekarang.")
        return isi


def syarat_sandi() -> SafeString:
    butir = format_html_join("", "<li>{}</li>", ((teks,) for teks in password_validators_help_texts()))
    return format_html("<ul>{}</ul>", butir)


def _describe(form: forms.Form, name: str, label: str, kosong: str) -> None:
    field = form.fields[name]
    field.label, field.error_messages["required"] = label, kosong
    field.widget.attrs.pop("placeholder", None)


def hari_field(label: str, satker: Satker, help_text: str = "") -> TanggalField:
    """The first or the last day of something: further ahead than a year it is a slip of the pen."""
    hari = hari_ini(satker.zona_waktu)
    return TanggalField(label=label, awal=hari, sampai=hari + dt.timedelta(days=366), help_text=help_text)


class AreaField(forms.TypedMultipleChoiceField):
    def __init__(self, *, label: str, area: frozenset[int]) -> None:
        super().__init__(
            label=label,
            required=False,
            coerce=int,
            choices=[(nomor, f"Area {ROMAWI[nomor]}") for nomor in sorted(area)],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Pilih area dari daftar."},
        )


class PerintahForm(forms.Form):
    """A form that is one act: what the service refuses is shown above the fields."""

    hasil: Any = None

    def lakukan(self, by: User) -> bool:
        """True when done. PermissionDenied goes on to the 403 page."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.hasil = self.perintah(by)
        except ValidationError as error:
            self._tampilkan(error)
        return not self.errors

    def perintah(self, by: User) -> object:
        raise NotImplementedError

    def _tampilkan(self, error: ValidationError) -> None:
        per_isian = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for nama, pesan in per_isian.items():
            self.add_error(nama if nama in self.fields else None, pesan)


class SandiAwalForm(PerintahForm):
    """An act that ends in an initial password: `sandi`, shown on the page that follows and kept nowhere."""

    kunci = forms.CharField(widget=forms.HiddenInput, required=False)
    sandi = ""

    def perbarui_kunci(self, keadaan: str = "") -> None:
        """What was refused may be sent again, as a new act."""
        self.initial["kunci"] = kunci_baru(keadaan)
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["kunci"] = self.initial["kunci"]


class SandiBaruForm(SandiAwalForm):
    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        if not self.is_bound:
            self.perbarui_kunci(membership.user.get_session_auth_hash())
        self.helper = plain_helper(Layout("kunci"))

    def perintah(self, by: User) -> None:
        self.sandi = reset_password(self.membership, by=by, kunci=self.cleaned_data["kunci"])

    def _tampilkan(self, error: ValidationError) -> None:
        super()._tampilkan(error)
        self.membership.user.refresh_from_db()
        self.perbarui_kunci(self.membership.user.get_session_auth_hash())


class PeranForm(PerintahForm):
    """Role, areas, first day: the part that a new person and a known one share."""

    def __init__(self, *args: Any, satker: Satker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.satker = satker
        # The service refuses what only the operator sets, in words; the page does not offer it.
        peran = forms.ChoiceField(label="Peran", choices=Peran.choices)
        peran.widget.choices = [(p.value, p.label) for p in Peran if p not in PERAN_DARI_OPERATOR]
        peran.error_messages |= {"required": "Pilih perannya.", "invalid_choice": "Pilih peran dari daftar."}
        self.fields["peran"] = peran
        self.fields["area"] = CakupanField(label="Area yang diampu")
        self.fields["mulai"] = hari_field("Mulai", satker)
        self.helper = plain_helper(Layout(*self.fields))

    def clean_area(self) -> frozenset[int]:
        """The other roles have none."""
        anggota = self.cleaned_data.get("peran") == Peran.ANGGOTA
        return read_cakupan(self.cleaned_data["area"]) if anggota else frozenset()

    def keanggotaan(self, user: User) -> Membership:
        isi = {nama: self.cleaned_data[nama] for nama in ("peran", "area", "mulai")}
        return Membership(user=user, satker=self.satker, **isi)


class OrangLamaForm(PeranForm):
    orang = forms.CharField(
        label="Nama pengguna atau NIP",
        help_text="Tulis lengkap, seperti yang dipakai orang itu untuk masuk.",
        error_messages={"required": "Tulis nama pengguna atau NIP."},
    )
    field_order = ("orang",)

    def clean_orang(self) -> User:
        isi = self.cleaned_data["orang"].strip()
        orang = list(User.objects.filter(Q(username__iexact=isi) | Q(nip=isi), is_active=True)[:2])
        if not orang:
            raise ValidationError("Tidak ada akun aktif dengan nama pengguna atau NIP itu.")
        if len(orang) > 1:
            raise ValidationError(
                f"{isi} menunjuk dua orang: {sebut_orang(orang[0])}, dan {sebut_orang(orang[1])}. "
                "Tulis nama pengguna atau NIP yang hanya dimiliki orang yang dimaksud, atau minta operator "
                "mengganti nama pengguna yang menyerupai NIP itu."
            )
        return orang[0]

    def perintah(self, by: User) -> Membership:
        return add_membership(self.keanggotaan(self.cleaned_data["orang"]), by=by)


def sebut_orang(user: User) -> str:
    """`Budi (nama pengguna budi, NIP 198001012005011001)`"""
    return f"{user} (nama pengguna {user.username}, {f'NIP {user.nip}' if user.nip else 'tanpa NIP'})"


class OrangBaruForm(SandiAwalForm, PeranForm):
    nama = forms.CharField(
        label="Nama",
        max_length=150,
        help_text="Dengan gelar, seperti tertulis pada surat.",
        error_messages={"required": "Tulis namanya."},
    )
    username = forms.CharField(
        label="Nama pengguna",
        max_length=150,
        help_text="Untuk masuk; huruf kecil, angka, titik.",
        error_messages={"required": "Tulis nama pengguna."},
        validators=[
            RegexValidator(
                r"^[\w.@+-]+\Z",
                "Nama pengguna hanya terdiri atas huruf, angka, dan tanda . @ + - _ tanpa spasi.",
            )
        ],
    )
    nip = forms.CharField(label="NIP (boleh kosong)", max_length=18, required=False, help_text="18 angka.")
    jabatan = forms.CharField(label="Jabatan (boleh kosong)", max_length=150, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.perbarui_kunci()

    def perintah(self, by: User) -> Membership:
        isi = self.cleaned_data
        user = User(nama=isi["nama"], username=isi["username"], nip=isi["nip"], jabatan=isi["jabatan"])
        membership = self.keanggotaan(user)
        self.sandi = add_person(user, membership, by=by, kunci=isi["kunci"])
        return membership

    def _tampilkan(self, error: ValidationError) -> None:
        super()._tampilkan(error)
        self.perbarui_kunci()


class UbahAreaForm(PerintahForm):
    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        kwargs["initial"] = {"area": membership.area}
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.fields["area"] = CakupanField(label="Area yang diampu")
        self.fields["mulai"] = hari_field(
            "Berlaku mulai", membership.satker, "Sampai sehari sebelumnya berlaku area yang lama."
        )
        self.helper = plain_helper(Layout(*self.fields))

    def clean_area(self) -> frozenset[int]:
        return read_cakupan(self.cleaned_data["area"])

    def perintah(self, by: User) -> Membership:
        isi = self.cleaned_data
        return change_area(self.membership, area=isi["area"], mulai=isi["mulai"], by=by)


class SerahkanForm(PerintahForm):
    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        diampu = membership.area or SEMUA_AREA
        kwargs["initial"] = {"area": sorted(diampu)}
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.fields["area"] = AreaField(label="Area yang diserahkan", area=diampu)
        self.fields["kepada"] = forms.ModelChoiceField(
            rekan(membership),
            label="Kepada",
            empty_label="Pilih orang",
            help_text="Orang lain di satker ini. Belum ada di daftar? Tambahkan dahulu sebagai anggota.",
            error_messages={"required": "Pilih penerimanya.", "invalid_choice": "Pilih orang dari daftar."},
        )
        self.fields["mulai"] = hari_field(
            "Berlaku mulai", membership.satker, "Yang lama berakhir sehari sebelumnya."
        )
        self.helper = plain_helper(Layout(*self.fields))

    def perintah(self, by: User) -> None:
        isi = self.cleaned_data
        hand_over(self.membership, area=isi["area"], kepada=isi["kepada"], mulai=isi["mulai"], by=by)


class AkhiriForm(PerintahForm):
    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.fields["selesai"] = hari_field(
            "Hari terakhir", membership.satker, "Pada hari itu peran masih berlaku."
        )
        self.fields["semula"] = forms.DateField(
            required=False, widget=forms.HiddenInput, initial=membership.selesai
        )
        self.helper = plain_helper(Layout("selesai", "semula"))

    def perintah(self, by: User) -> Membership:
        isi = self.cleaned_data
        return end_membership(self.membership, selesai=isi["selesai"], semula=isi["semula"], by=by)

    def _tampilkan(self, error: ValidationError) -> None:
        """Sent again, it is on purpose."""
        super()._tampilkan(error)
        self.membership.refresh_from_db(fields=["selesai"])
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["semula"] = str(self.membership.selesai or "")


def rekan(membership: Membership) -> QuerySet[User]:
    """The office's own people who could take over: not its TPI, not its pembina."""
    tim = Membership.objects.not_ended().filter(satker=membership.satker, peran__in=PERAN_TIM)
    return User.objects.filter(pk__in=tim.values("user"), is_active=True).exclude(pk=membership.user_id)
