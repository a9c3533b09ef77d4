from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.area import ROMAWI, SEMUA_AREA, CakupanAreaField
from accounts.querysets import MembershipQuerySet, SatkerQuerySet
from accounts.waktu import Zona

NIP_18_ANGKA = RegexValidator(r"^[0-9]{18}$", "NIP terdiri atas 18 angka, tanpa spasi.")


class Satker(models.Model):
    """An office (satuan kerja)."""

    class Tingkat(models.TextChoices):
        RI = "ri", "KPU RI"
        PROVINSI = "provinsi", "Provinsi"
        KABKOTA = "kabkota", "Kabupaten/Kota"

    kode = models.CharField(
        "kode",
        max_length=10,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{1,10}$", "Kode satker terdiri atas angka saja.")],
        error_messages={"unique": "Kode satker ini sudah dipakai."},
    )
    nama = models.CharField(
        "nama", max_length=150, help_text="KPU, lalu Provinsi, Kabupaten, atau Kota dengan namanya."
    )
    tingkat = models.CharField("tingkat", max_length=10, choices=Tingkat)
    induk = models.ForeignKey(
        "self",
        verbose_name="satker induk",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bawahan",
    )
    zona_waktu = models.CharField("zona waktu", max_length=4, choices=Zona, default=Zona.WIB)
    ibu_kota = models.CharField("ibu kota", max_length=100, help_text="Tempat pada tanda tangan surat.")
    kop_baris_1 = models.CharField("kop surat, baris 1", max_length=150, default="KOMISI PEMILIHAN UMUM")
    kop_baris_2 = models.CharField("kop surat, baris 2", max_length=150, blank=True)
    kop_alamat = models.CharField("kop surat, alamat", max_length=250, blank=True)

    history = HistoricalRecords(verbose_name="riwayat satker")
    objects = SatkerQuerySet.as_manager()

    class Meta:
        verbose_name = "satker"
        verbose_name_plural = "satker"
        ordering: ClassVar = ["kode"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tingkat__in=["ri", "provinsi", "kabkota"]),
                name="satker_tingkat_dikenal",
                violation_error_message="Tingkat satker harus KPU RI, Provinsi, atau Kabupaten/Kota.",
            ),
            models.CheckConstraint(
                condition=Q(zona_waktu__in=["WIB", "WITA", "WIT"]),
                name="satker_zona_waktu_dikenal",
                violation_error_message="Zona waktu harus WIB, WITA, atau WIT.",
            ),
            models.CheckConstraint(
                condition=Q(tingkat="ri", induk__isnull=True) | ~Q(tingkat="ri"),
                name="satker_ri_tanpa_induk",
                violation_error_message="KPU RI tidak punya satker induk.",
            ),
            models.CheckConstraint(
                condition=Q(induk__isnull=True) | ~Q(induk=F("id")),
                name="satker_bukan_induk_sendiri",
                violation_error_message="Satker tidak dapat menjadi induk dirinya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        return self.nama

    def clean(self) -> None:
        urutan = list(self.Tingkat.values)
        if self.induk and urutan.index(self.induk.tingkat) >= urutan.index(self.tingkat):
            raise ValidationError({"induk": "Satker induk harus setingkat lebih tinggi."})


class User(AbstractUser):
    """A person. What the person may do comes from memberships; is_staff marks an operator (Django admin)."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    nama = models.CharField("nama", max_length=150)
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[NIP_18_ANGKA],
        help_text="18 angka; kosongkan bagi yang tidak ber-NIP.",
    )
    jabatan = models.CharField("jabatan", max_length=150, blank=True)
    is_staff = models.BooleanField(
        "operator", default=False, help_text="Boleh membuka Administrasi. Operator tidak melihat bukti."
    )
    # Set with a password that somebody else knows; empty once its owner has changed it.
    sandi_awal_sejak = models.DateTimeField(
        "memakai kata sandi awal sejak", null=True, blank=True, editable=False
    )
    REQUIRED_FIELDS: ClassVar = ["nama"]

    history = HistoricalRecords(verbose_name="riwayat pengguna", excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering: ClassVar = ["nama", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["nip"],
                condition=~Q(nip=""),
                name="user_nip_unik",
                violation_error_message="NIP ini sudah dipakai pengguna lain.",
            ),
        ]

    def __str__(self) -> str:
        return self.nama

    def clean(self) -> None:
        """Either is what one types to name a person: none may be both."""
        super().clean()
        lain = User.objects.exclude(pk=self.pk)
        if lain.exclude(nip="").filter(nip=self.username).exists():
            raise ValidationError({"username": "Nama pengguna ini NIP orang lain. Pilih nama pengguna lain."})
        if self.nip and lain.filter(username=self.nip).exists():
            raise ValidationError(
                {"nip": "NIP ini dipakai orang lain sebagai nama pengguna, yang perlu diganti dahulu."}
            )
        if self.pk and self.is_staff and self._has_become_operator():
            raise ValidationError(
                {
                    "is_staff": "Orang ini punya peran di satker, dan operator tidak melihat bukti. Akhiri perannya "
                    "dahulu, atau buat akun lain untuk operator."
                }
            )

    def _has_become_operator(self) -> bool:
        """Beside a role that counts today or later."""
        dulu = User.objects.filter(pk=self.pk, is_staff=False)
        return dulu.exists() and self.memberships.not_ended().exists()

    def get_full_name(self) -> str:
        return self.nama

    def get_short_name(self) -> str:
        return self.nama


class Peran(models.TextChoices):
    ANGGOTA = "anggota", "Anggota Tim Kerja ZI"
    KETUA_TIM = "ketua_tim", "Ketua Tim Kerja ZI"
    SEKRETARIS = "sekretaris", "Sekretaris"
    PIMPINAN = "pimpinan", "Pimpinan"
    TPI = "tpi", "Tim Penilai Internal"
    PEMBINA = "pembina", "Pembina"


class Membership(models.Model):
    """A person's role in a satker, first day to last day (both included); ended, never deleted."""

    user = models.ForeignKey(
        User, verbose_name="pengguna", on_delete=models.PROTECT, related_name="memberships"
    )
    satker = models.ForeignKey(
        Satker, verbose_name="satker", on_delete=models.PROTECT, related_name="memberships"
    )
    peran = models.CharField("peran", max_length=10, choices=Peran)
    mulai = models.DateField("mulai")
    selesai = models.DateField("selesai", null=True, blank=True, help_text="Kosong: masih berlaku.")
    area = CakupanAreaField(
        "area yang diampu", default=frozenset, blank=True, help_text="Tidak ada yang dicentang: semua area."
    )

    history = HistoricalRecords(verbose_name="riwayat keanggotaan")
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        ordering: ClassVar = ["satker", "peran", "mulai", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(peran__in=["anggota", "ketua_tim", "sekretaris", "pimpinan", "tpi", "pembina"]),
                name="membership_peran_dikenal",
                violation_error_message="Pilih peran dari daftar.",
            ),
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gte=F("mulai")),
                name="membership_mulai_sebelum_selesai",
                violation_error_message="Tanggal selesai tidak boleh mendahului tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=Q(area__gte=frozenset(), area__lte=SEMUA_AREA),
                name="membership_area_i_sampai_vi",
                violation_error_message="Pilih nomor area I sampai VI.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_peran_display()} {self.satker}"

    @property
    def nama_area(self) -> str:
        """`Area I dan V`, or `Semua area`"""
        romawi = [ROMAWI[nomor] for nomor in sorted(self.area)]
        if not romawi:
            return "Semua area"
        return "Area " + (" dan ".join([", ".join(romawi[:-1]), romawi[-1]]) if romawi[1:] else romawi[0])
