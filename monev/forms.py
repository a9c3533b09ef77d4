"""What is written on a row's page. Each form hands over to its service and says what the service refuses."""

from __future__ import annotations

import datetime as dt

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from accounts.tanggal import TanggalField
from accounts.waktu import tanggal_panjang
from actionplan.models import Indikator, Koreksi, RencanaAksi, Tenggat
from actionplan.services import correct, grant_extension
from monev.models import Realisasi
from monev.services import RealisasiBentrokError, save_realisasi


class Paragraf(forms.CharField):
    """Text of several lines; a line's end counts as one character, as the browser counts it."""

    def __init__(self, *, label: str, max_length: int, kosong: str = "", baris: int = 3) -> None:
        """`kosong`: what to do about an empty one; without it the field may be empty."""
        super().__init__(
            label=label,
            max_length=max_length,
            required=bool(kosong),
            widget=forms.Textarea(attrs={"rows": baris}),
            error_messages={"required": kosong},
        )

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").strip()


def pembantu(alamat: str, *isi: object, tombol: str) -> FormHelper:
    helper = FormHelper()
    helper.form_action = alamat
    # Errors come from us, in Indonesian; the browser's own may be in any language.
    helper.attrs = {"novalidate": ""}
    helper.layout = Layout(
        *isi, Div(StrictButton(tombol, type="submit", css_class="btn-outline-primary"), css_class="aksi")
    )
    return helper


class RealisasiForm(forms.Form):
    nama = "realisasi"
    uraian = Paragraf(label="Apa yang sudah dilaksanakan", max_length=4000)
    kendala = Paragraf(label="Kendala (boleh kosong)", max_length=4000, baris=2)
    rencana_tindak_lanjut = Paragraf(label="Rencana tindak lanjut (boleh kosong)", max_length=4000, baris=2)
    versi_dasar = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, data: QueryDict | None = None, *, tenggat: Tenggat, terkini: Realisasi | None = None
    ) -> None:
        super().__init__(data, auto_id="realisasi-%s", initial=_dari(terkini))
        self.tenggat = tenggat
        self.bentrok: Realisasi | None = None
        alamat = reverse("simpan_realisasi", args=[tenggat.pk])
        self.helper = pembantu(alamat, *self.fields, tombol="Simpan realisasi")

    def simpan(self, by: User) -> bool:
        if not self.is_valid():
            return False
        try:
            save_realisasi(tenggat=self.tenggat, by=by, **self.cleaned_data)
        except RealisasiBentrokError as error:
            self._tunjukkan(error)
        except ValidationError as error:
            self.add_error(None, error)
        return not self.errors and self.bentrok is None

    def _tunjukkan(self, error: RealisasiBentrokError) -> None:
        """Both texts side by side: theirs above, one's own in the fields. Saving again is then on purpose."""
        assert isinstance(self.data, QueryDict)
        self.bentrok = error.terkini
        self.data = self.data.copy()
        self.data["versi_dasar"] = str(error.terkini.versi)


def _dari(terkini: Realisasi | None) -> dict[str, object]:
    if terkini is None:
        return {"versi_dasar": 0}
    isi = {nama: getattr(terkini, nama) for nama in ("uraian", "kendala", "rencana_tindak_lanjut")}
    return {**isi, "versi_dasar": terkini.versi}


class PerpanjanganForm(forms.Form):
    nama = "perpanjangan"
    alasan = Paragraf(label="Alasan perpanjangan", max_length=1000, kosong="Tulis alasan perpanjangan.")

    def __init__(self, data: QueryDict | None = None, *, tenggat: Tenggat, rencana: RencanaAksi) -> None:
        super().__init__(data, auto_id="perpanjangan-%s")
        self.tenggat = tenggat
        akhir_tahun = dt.date(rencana.tahun, 12, 31)
        self.fields["batas_baru"] = TanggalField(
            label="Batas baru",
            # To a day before the decree's it would change nothing: nobody is late before that.
            sejak=max(tenggat.jatuh_tempo, rencana.tanggal) + dt.timedelta(days=1),
            sampai=dt.date(rencana.tahun + 1, 12, 31),
            help_text=_sesudah_apa(tenggat, rencana),
        )
        self.fields["tahun_lain"] = forms.BooleanField(
            label=f"Ya, batas baru memang sesudah {tanggal_panjang(akhir_tahun)}", required=False
        )
        self.order_fields(["batas_baru", "tahun_lain", "alasan"])
        alamat = reverse("perpanjangan", args=[tenggat.pk])
        self.helper = pembantu(alamat, "batas_baru", "alasan", tombol="Beri perpanjangan")

    def simpan(self, by: User) -> bool:
        if not self.is_valid():
            return False
        try:
            grant_extension(tenggat=self.tenggat, by=by, **self.cleaned_data)
        except ValidationError as error:
            self._tunjukkan(error)
        return not self.errors

    def _tunjukkan(self, error: ValidationError) -> None:
        """The box to tick comes only where there is something to confirm, under what it confirms."""
        for nama, pesan in error.message_dict.items():
            self.add_error("batas_baru" if nama == "tahun_lain" else nama, pesan)
            if nama == "tahun_lain":
                self.helper.layout.insert(1, nama)


def _sesudah_apa(tenggat: Tenggat, rencana: RencanaAksi) -> str:
    if tenggat.jatuh_tempo < rencana.tanggal:
        return f"Sesudah tanggal keputusan, {tanggal_panjang(rencana.tanggal)}; sebelum itu tidak ada yang terlambat."
    return f"Sesudah jatuh tempo menurut keputusan, {tanggal_panjang(tenggat.jatuh_tempo)}."


class KoreksiForm(forms.Form):
    nama = "koreksi"
    kolom = forms.ChoiceField(
        label="Kolom yang dikoreksi",
        choices=Koreksi.Kolom.choices,
        help_text="Koreksi target waktu tidak mengubah tenggat; untuk mengubah batasnya beri perpanjangan.",
        error_messages={
            "required": "Pilih kolom yang dikoreksi.",
            "invalid_choice": "Pilih kolom dari daftar.",
        },
    )
    teks = Paragraf(label="Seharusnya dibaca", max_length=2000, kosong="Tulis bunyi yang seharusnya dibaca.")
    alasan = Paragraf(label="Alasan koreksi", max_length=1000, kosong="Tulis alasan koreksi.", baris=2)

    def __init__(self, data: QueryDict | None = None, *, indikator: Indikator) -> None:
        super().__init__(data, auto_id="koreksi-%s")
        self.indikator = indikator
        alamat = reverse("koreksi", args=[indikator.pk])
        self.helper = pembantu(alamat, *self.fields, tombol="Catat koreksi")

    def simpan(self, by: User) -> bool:
        if not self.is_valid():
            return False
        try:
            correct(indikator=self.indikator, by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
        return not self.errors
