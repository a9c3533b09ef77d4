from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from accounts.area import ROMAWI
from accounts.models import Satker, User
from accounts.tanggal import TanggalField
from accounts.waktu import tanggal_panjang
from evidence import cari, masa, pustaka
from evidence.batas import tell_room
from evidence.content import SEBUT_DITERIMA
from evidence.intake import JUDUL_TERPANJANG, PESAN, TAUTAN_TERPANJANG, check_date
from evidence.models import Evidence, Review
from evidence.nama_berkas import title_apart, titled_alike
from evidence.penarikan import ALASAN_TERPANJANG
from evidence.penghapusan import DASAR_TERPANJANG


class VersiField(forms.ModelChoiceField):
    berjudul_sama: frozenset[str] = frozenset()

    def label_from_instance(self, obj: models.Model) -> str:
        """Title and date; where titles are alike, the file's name too."""
        assert isinstance(obj, Evidence)
        return label_of(obj, self.berjudul_sama)


def label_of(piece: Evidence, berjudul_sama: frozenset[str]) -> str:
    return f"{title_apart(piece, berjudul_sama)}, {tanggal_panjang(piece.tanggal_dokumen)}"


class UnggahForm(forms.Form):
    """What is said of the pieces handed in; the files themselves are looked at one by one in intake."""

    judul = forms.CharField(
        label="Isi dokumen",
        max_length=JUDUL_TERPANJANG,
        required=False,
        strip=True,
        help_text="Apa isi berkasnya, mis. Laporan evaluasi WBS triwulan II.",
        error_messages={"max_length": PESAN["judul_panjang"][1].format(batas=JUDUL_TERPANJANG)},
    )
    tanggal_dokumen = TanggalField(
        label="Tanggal dokumen",
        required=False,
        sejak=None,  # intake.check_date says it in its own words
        help_text="Tanggal pada dokumen, bukan tanggal unggah. Untuk tautan: hari Anda melihatnya. Tanggal terbaru "
        "dalam satu kiriman menentukan Tepat Waktu.",
    )
    tautan = forms.CharField(
        label="Tautan",
        required=False,
        help_text="Tautan bertanggal hari Anda melihatnya, dan tanggal terbaru menentukan Tepat Waktu seluruh kiriman. "
        "Untuk tenggat yang sudah lewat, cetak halamannya sebagai PDF lalu unggah PDF itu sebagai berkas: tanggal "
        "dokumennya sendiri yang dipakai.",
        max_length=TAUTAN_TERPANJANG,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"max_length": PESAN["tautan_panjang"][1].format(batas=TAUTAN_TERPANJANG)},
    )
    rahasia = forms.BooleanField(
        label="Rahasia: memuat nama pelapor atau terlapor",
        required=False,
        help_text="Untuk yang diunggah bersama centang ini: hanya tim di areanya, Ketua Tim, Sekretaris, dan TPI "
        "yang dapat membukanya.",
    )
    pesan = forms.CharField(
        label="Pesan untuk TPI",
        help_text="Boleh kosong.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Pesan paling panjang 2.000 huruf. Pendekkan."},
    )
    menggantikan = VersiField(
        Evidence.objects.none(),
        label="Versi baru dari",
        required=False,
        empty_label="Tidak ada, ini bukti tambahan",
        help_text="Yang digantikan tetap tersimpan bersama putusannya.",
        error_messages={"invalid_choice": "Bukti ini tidak ada pada putaran sebelumnya. Muat ulang halaman."},
    )
    pakai_lagi = forms.ModelMultipleChoiceField(
        Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Bukti ini tidak ada pada putaran sebelumnya. Muat ulang halaman."},
    )

    def __init__(
        self,
        *args: Any,
        satker: Satker,
        lama: list[Evidence],
        lagi: list[Evidence],
        menjawab: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.satker = satker
        for nama, pilihan in (("menggantikan", lama), ("pakai_lagi", lagi)):
            rows = Evidence.objects.filter(pk__in=[e.pk for e in pilihan])
            self.fields[nama].queryset = rows  # type: ignore[attr-defined]
        self.fields["menggantikan"].berjudul_sama = titled_alike(lama)  # type: ignore[attr-defined]
        if menjawab:
            self.fields["pesan"].label = "Jawaban atas catatan TPI"
            self.fields["pesan"].help_text = "Wajib sebelum dikirim: tulis apa yang sudah diperbaiki."

    def clean_tanggal_dokumen(self) -> dt.date | None:
        return sound_date(self.cleaned_data["tanggal_dokumen"], self.satker)


def sound_date(tanggal: dt.date | None, satker: Satker) -> dt.date | None:
    """The rule of intake and of the decision, said at the field."""
    if tanggal:
        try:
            check_date(tanggal, satker, timezone.now())
        except ValidationError as galat:
            raise ValidationError(galat.messages)
    return tanggal


class AlasanForm(forms.Form):
    alasan = forms.CharField(
        label="Alasan dibuka kembali",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Tulis alasan membukanya kembali.",
            "max_length": "Alasan paling panjang 1.000 huruf. Pendekkan.",
        },
    )


class AlasanTarikForm(forms.Form):
    alasan = forms.CharField(
        label="Alasan ditarik",
        max_length=ALASAN_TERPANJANG,
        help_text="Mis. salah berkas, bukan dokumen akhir. Alasan ini tersimpan dan terbaca siapa pun yang melihat "
        "buktinya.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Tulis alasan menarik bukti ini, mis. salah berkas.",
            "max_length": f"Alasan paling panjang {ALASAN_TERPANJANG} huruf. Pendekkan.",
        },
    )


class DasarForm(forms.Form):
    dasar = forms.CharField(
        label="Dasar hukum dan alasan",
        max_length=DASAR_TERPANJANG,
        help_text="Mis. permintaan penghapusan dari pemilik data pribadi, surat tanggal 3 Maret 2025. Jangan tulis "
        "data pribadinya di sini: catatan ini tetap ada.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tulis dasar hukum dan alasannya.",
            "max_length": f"Dasar dan alasan paling panjang {DASAR_TERPANJANG} huruf. Pendekkan.",
        },
    )
    judul_juga = forms.BooleanField(
        label="Judul dan nama berkasnya juga memuat data pribadi: hapus juga",
        required=False,
        help_text="Di semua halaman tertulis [judul dihapus], juga pada catatan Bawa Drive Anda. Tanpa centang ini "
        "judulnya tetap terbaca.",
    )


class SetujuHapusForm(forms.Form):
    """What is gone is gone: one press alone erases nothing."""

    mengerti = forms.BooleanField(
        label="Saya mengerti berkas ini hilang selamanya",
        error_messages={
            "required": "Belum ada yang dihapus. Centang Saya mengerti berkas ini hilang selamanya, lalu setujui lagi."
        },
    )


class AlasanTanggalForm(forms.Form):
    """One sentence for each document date of a draft that lies outside the tenggat's period."""

    def __init__(self, data: QueryDict | None, *, luar: list[masa.Luar], wajib: bool) -> None:
        nama = {f"alasan-{satu.tanggal:%Y-%m-%d}": satu for satu in luar}
        # What was just received was not asked about on the page that sent it.
        isian = {n: data.get(n, satu.alasan) for n, satu in nama.items()} if data is not None else None
        super().__init__(isian, initial={n: satu.alasan for n, satu in nama.items()})
        self.luar = luar
        for n in nama:
            self.fields[n] = forms.CharField(
                label="Mengapa dokumen ini tetap dipakai?",
                required=wajib,
                max_length=masa.ALASAN_TERPANJANG,
                error_messages={"required": masa.TULIS_ALASAN, "max_length": masa.ALASAN_PANJANG},
            )

    @property
    def baris(self) -> list[tuple[masa.Luar, forms.BoundField]]:
        return list(zip(self.luar, self, strict=True))

    def alasan(self) -> dict[dt.date, str]:
        """What was said well, whatever else was not."""
        self.is_valid()
        return {
            satu.tanggal: self.cleaned_data[isian.name]
            for satu, isian in self.baris
            if isian.name in self.cleaned_data
        }


class ReviuForm(forms.Form):
    keputusan = forms.ChoiceField(
        choices=Review.Keputusan.choices, error_messages={"required": "Pilih Sesuai atau Perlu Perbaikan."}
    )
    catatan = forms.CharField(
        label="Catatan",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Catatan paling panjang 4.000 huruf. Pendekkan."},
    )
    tanggal_dokumen = TanggalField(label="Tanggal dokumen yang benar", required=False, sejak=None)

    def __init__(self, *args: Any, satker: Satker, isi: Iterable[Evidence], **kwargs: Any) -> None:
        """The date that TPI confirms starts as the latest that the team claims for one of the pieces."""
        terbaru_dulu = sorted(isi, key=lambda e: (-e.tanggal_dokumen.toordinal(), e.pk))
        menurut_tim = terbaru_dulu[0].tanggal_dokumen
        super().__init__(*args, **{"initial": {"tanggal_dokumen": menurut_tim}, **kwargs})
        self.satker = satker
        sama = titled_alike(terbaru_dulu)
        self.bukti = [label_of(e, sama) for e in terbaru_dulu]
        self.fields["tanggal_dokumen"].help_text = self._help(menurut_tim)

    def _help(self, menurut_tim: dt.date) -> str:
        ubah = "Ubah bila dokumennya lain; menentukan Tepat Waktu."
        if len(self.bukti) == 1:
            return f"Menurut tim {tanggal_panjang(menurut_tim)}. {ubah}"
        return f"Menurut tim, terbaru dari {len(self.bukti)} bukti. {ubah}"

    def clean_tanggal_dokumen(self) -> dt.date | None:
        return sound_date(self.cleaned_data["tanggal_dokumen"], self.satker)

    def clean(self) -> None:
        keputusan = self.cleaned_data.get("keputusan")
        if keputusan == Review.Keputusan.PERBAIKAN and not self.cleaned_data.get("catatan", "x"):
            self.add_error("catatan", "Tulis apa yang harus diubah.")
        if keputusan == Review.Keputusan.SESUAI and not self.cleaned_data.get("tanggal_dokumen", True):
            self.add_error("tanggal_dokumen", "Pastikan tanggal dokumen sebelum memutus Sesuai.")


def sebut_batas(satker: Satker) -> str:
    umum = (
        f"{SEBUT_DITERIMA}; paling besar {settings.BUKTI_MAKS_MB} MB tiap berkas dan "
        f"{settings.BUKTI_MAKS_PUTARAN_MB} MB tiap kiriman. Boleh beberapa sekaligus, "
        f"paling banyak {settings.BUKTI_MAKS_BERKAS_KIRIM}."
    )
    return f"{umum} {tell_room(satker, timezone.now())}".strip()


class SaringPustakaForm(forms.Form):
    """What the library is narrowed by. A field that is wrong says so and narrows nothing."""

    cari = forms.CharField(
        label="Cari",
        required=False,
        help_text="Judul, isi dokumen, nama berkas, pengunggah, atau nomor seperti V.4.3.",
        widget=forms.TextInput(attrs={"type": "search", "maxlength": cari.PERTANYAAN_TERPANJANG}),
    )
    area = forms.TypedChoiceField(
        label="Dipakai di area",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Semua area"), *((nomor, f"Area {romawi}") for nomor, romawi in ROMAWI.items())],
    )
    urut = forms.ChoiceField(label="Urutkan", required=False, choices=pustaka.Urut.choices)
    jenis = forms.ChoiceField(
        label="Jenis", required=False, choices=[("", "Semua jenis"), *pustaka.Jenis.choices]
    )
    nasib = forms.ChoiceField(
        label="Keadaan bukti", required=False, choices=[("", "Semua"), *pustaka.Nasib.choices]
    )
    putusan = forms.ChoiceField(
        label="Putusan TPI", required=False, choices=[("", "Semua putusan"), *pustaka.PUTUSAN]
    )
    pengunggah = forms.ModelChoiceField(
        User.objects.none(), label="Pengunggah", required=False, empty_label="Semua orang"
    )
    dari = TanggalField(label="Tanggal dokumen dari", required=False, sejak=None)
    sampai = TanggalField(label="Tanggal dokumen sampai", required=False, sejak=None)

    LAIN = ("jenis", "nasib", "putusan", "pengunggah", "dari", "sampai")

    def __init__(self, data: QueryDict, *, satker: Satker) -> None:
        super().__init__(data)
        orang = User.objects.filter(memberships__satker=satker).distinct().order_by("nama", "pk")
        self.fields["pengunggah"].queryset = orang  # type: ignore[attr-defined]

    def clean_cari(self) -> str:
        return self.cleaned_data["cari"].strip()[: cari.PERTANYAAN_TERPANJANG]

    def saringan(self) -> pustaka.Saringan:
        self.is_valid()
        isian = {**self.cleaned_data, "urut": self.cleaned_data.get("urut") or pustaka.Urut.TERBARU}
        return pustaka.Saringan(**isian)

    @property
    def lain(self) -> list[forms.BoundField]:
        return [self[nama] for nama in self.LAIN]

    @property
    def lain_dipakai(self) -> bool:
        return any(self[nama].value() or self[nama].errors for nama in self.LAIN)
