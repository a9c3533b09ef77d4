"""What an office sets for its plan and its reports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from accounts.forms import PerintahForm, hari_field, plain_helper
from accounts.models import Satker, User
from accounts.tanggal import TanggalField
from accounts.waktu import hari_ini, tanggal_panjang
from actionplan.models import MulaiDipantau, RencanaAksi
from actionplan.services import set_mulai_dipantau
from monev.models import Penandatangan
from monev.penandatangan import cancel_penandatangan, end_penandatangan, save_penandatangan

MASA_JABATAN = 5  # years: a commissioner's term


class MulaiDipantauForm(PerintahForm):
    def __init__(self, *args: Any, rencana: RencanaAksi, **kwargs: Any) -> None:
        kwargs["prefix"] = "dipantau"
        super().__init__(*args, **kwargs)
        self.rencana = rencana
        self.fields["tanggal"] = TanggalField(
            label="Mulai dipantau",
            sejak=rencana.tanggal,
            sampai=dt.date(rencana.tahun, 12, 31),
            help_text=f"Tidak mendahului tanggal keputusan, {tanggal_panjang(rencana.tanggal)}.",
        )
        self.fields["alasan"] = forms.CharField(
            label="Alasan",
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": "Tulis alasannya."},
        )
        self.helper = plain_helper(Layout(*self.fields))

    def perintah(self, by: User) -> MulaiDipantau:
        isi = self.cleaned_data
        return set_mulai_dipantau(rencana=self.rencana, tanggal=isi["tanggal"], alasan=isi["alasan"], by=by)


class PenandatanganForm(PerintahForm):
    fungsi = forms.ChoiceField(
        label="Fungsi",
        choices=[("", "Pilih fungsi"), *Penandatangan.Fungsi.choices],
        error_messages={"required": "Pilih fungsinya.", "invalid_choice": "Pilih fungsi dari daftar."},
    )
    sebutan = forms.ChoiceField(
        label="Sebutan",
        choices=Penandatangan.Sebutan.choices,
        required=False,
        help_text="Plt. atau Plh. bila pejabat tetapnya tidak ada.",
        error_messages={"invalid_choice": "Sebutan hanya Plt. atau Plh."},
    )
    jabatan = forms.CharField(
        label="Jabatan",
        max_length=200,
        error_messages={"required": "Tulis jabatannya."},
    )
    nama = forms.CharField(
        label="Nama",
        max_length=150,
        help_text="Dengan gelar, seperti tercetak.",
        error_messages={"required": "Tulis namanya."},
    )
    nip = forms.CharField(
        label="NIP (boleh kosong)",
        max_length=18,
        required=False,
        help_text="18 angka; kosong bagi komisioner.",
    )

    def __init__(self, *args: Any, satker: Satker, **kwargs: Any) -> None:
        kwargs["prefix"] = "tanda"
        super().__init__(*args, **kwargs)
        self.satker = satker
        self.fields["jabatan"].help_text = f"Seperti tercetak, mis. Sekretaris {satker.nama}."
        self.fields["mulai"] = hari_field("Mulai", satker)
        self.fields["selesai"] = TanggalField(
            label="Sampai (boleh kosong)",
            sampai=dt.date(hari_ini(satker.zona_waktu).year + MASA_JABATAN, 12, 31),
            required=False,
            help_text="Kosong: masih berlaku.",
        )
        self.helper = plain_helper(Layout(*self.fields))

    def perintah(self, by: User) -> Penandatangan:
        return save_penandatangan(Penandatangan(satker=self.satker, **self.cleaned_data), by=by)


class AkhiriPenandatanganForm(PerintahForm):
    def __init__(self, *args: Any, penandatangan: Penandatangan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.penandatangan = penandatangan
        hari = hari_ini(penandatangan.satker.zona_waktu)
        self.fields["selesai"] = TanggalField(
            label="Hari terakhir",
            awal=hari,
            sejak=hari,
            sampai=hari + dt.timedelta(days=366),
            help_text="Laporan per hari itu masih ditandatanganinya; laporan yang lalu tidak berubah.",
        )
        self.helper = plain_helper(Layout("selesai"))

    def perintah(self, by: User) -> Penandatangan:
        return end_penandatangan(self.penandatangan, selesai=self.cleaned_data["selesai"], by=by)


class BatalkanPenandatanganForm(PerintahForm):
    alasan = forms.CharField(
        label="Alasan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Tulis alasan pembatalan."},
    )

    def __init__(self, *args: Any, penandatangan: Penandatangan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.penandatangan = penandatangan
        self.helper = plain_helper(Layout("alasan"))

    def perintah(self, by: User) -> Penandatangan:
        return cancel_penandatangan(self.penandatangan, alasan=self.cleaned_data["alasan"], by=by)
