"""One line of a batch, as the page asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.area import ROMAWI
from accounts.permintaan import bilangan
from accounts.tanggal import TanggalField
from evidence.impor_simpan import Pilihan
from evidence.intake import JUDUL_TERPANJANG, PESAN
from evidence.models import BarisImpor

PINDAH = "area-"  # `area-5`: show the list of area V at this line
Putusan, Keyakinan = BarisImpor.Putusan, BarisImpor.Keyakinan


class BarisForm(forms.Form):
    putusan = forms.ChoiceField(
        label="Putusan", choices=Putusan.choices, error_messages={"required": "Pilih putusannya."}
    )
    slot = forms.RegexField(
        r"^(\d{1,18}|area-[1-6])$",
        label="Bukti fisik dan tenggat",
        required=False,
        error_messages={"invalid": "Pilih bukti fisik dari daftar."},
    )
    tanggal = TanggalField(label="Tanggal dokumen", required=False, sejak=None)
    judul = forms.CharField(
        label="Isi dokumen",
        required=False,
        max_length=JUDUL_TERPANJANG,
        error_messages={"max_length": PESAN["judul_panjang"][1].format(batas=JUDUL_TERPANJANG)},
    )
    rahasia = forms.BooleanField(label="Rahasia", required=False)

    def __init__(self, baris: BarisImpor, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, prefix=f"b{baris.pk}", initial=initial_of(baris), **kwargs)
        self.baris = baris

    @property
    def tinggal_tanggal(self) -> bool:
        return lacks_its_date(self.baris)

    @property
    def nomor_slot(self) -> int | None:
        """What the list shows as chosen."""
        nilai = str(self["slot"].value() or "")
        return bilangan(nilai)

    @property
    def nomor_area(self) -> int | None:
        nilai = str(self["slot"].value() or "")
        return bilangan(nilai.removeprefix(PINDAH)) if nilai.startswith(PINDAH) else self.baris.area

    def pilihan(self) -> Pilihan:
        isi = self.cleaned_data
        pindah = isi["slot"].startswith(PINDAH)
        return Pilihan(
            putusan=isi["putusan"],
            slot=int(isi["slot"]) if isi["slot"] and not pindah else None,
            tanggal=isi["tanggal"],
            judul=isi["judul"],
            rahasia=isi["rahasia"],
            area=int(isi["slot"].removeprefix(PINDAH)) if pindah else None,
        )


def lacks_its_date(baris: BarisImpor) -> bool:
    """A certain proposal without a doubt, and nothing else to ask; the person says so by leaving it at Ambil."""
    belum = baris.putusan == Putusan.BELUM and baris.tanggal_dokumen is None
    return belum and baris.keyakinan == Keyakinan.PASTI and not baris.keraguan


def initial_of(baris: BarisImpor) -> dict[str, object]:
    return {
        "putusan": Putusan.AMBIL if lacks_its_date(baris) else baris.putusan,
        "slot": baris.slot_id or "",
        "tanggal": baris.tanggal_dokumen,
        "judul": baris.judul,
        "rahasia": baris.rahasia,
    }


def forms_of(baris: Iterable[BarisImpor], data: QueryDict | None = None) -> list[BarisForm]:
    return [BarisForm(satu, data) for satu in baris]


AREA = [(f"{PINDAH}{nomor}", f"Area {romawi}") for nomor, romawi in ROMAWI.items()]
