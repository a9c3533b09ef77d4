"""The plan as decreed. What the decree says is never changed; what was decided later stands beside it, dated."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.area import nomor_romawi
from accounts.models import Satker
from actionplan.querysets import IndikatorQuerySet, RencanaAksiQuerySet, TenggatQuerySet


class RencanaAksi(models.Model):
    """A satker's action plan of one year."""

    satker = models.ForeignKey(
        Satker, verbose_name="satker", on_delete=models.PROTECT, related_name="rencana"
    )
    tahun = models.PositiveSmallIntegerField("tahun")
    nomor = models.CharField("nomor keputusan", max_length=100)
    tanggal = models.DateField("tanggal keputusan")
    judul = models.TextField("judul")
    dimuat_pada = models.DateTimeField("dimuat pada", auto_now_add=True)

    objects = RencanaAksiQuerySet.as_manager()

    class Meta:
        verbose_name = "rencana aksi"
        verbose_name_plural = "rencana aksi"
        ordering: ClassVar = ["satker", "-tahun"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["satker", "tahun"],
                name="rencana_satu_per_satker_dan_tahun",
                violation_error_message="Satker ini sudah punya rencana aksi untuk tahun itu.",
            ),
            models.CheckConstraint(
                condition=Q(tahun__gte=2010, tahun__lte=2100),
                name="rencana_tahun_wajar",
                violation_error_message="Tahun rencana harus antara 2010 dan 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"Rencana Aksi {self.satker} {self.tahun}"


class MulaiDipantau(models.Model):
    """From which day on the office answers for deadlines; before any, the decree's own date. The newest holds."""

    rencana = models.ForeignKey(RencanaAksi, on_delete=models.PROTECT, related_name="mulai_dipantau")
    tanggal = models.DateField("mulai dipantau")
    alasan = models.TextField("alasan", max_length=1000)
    ditetapkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ditetapkan_pada = models.DateTimeField("ditetapkan pada")

    class Meta:
        verbose_name = "mulai dipantau"
        verbose_name_plural = "mulai dipantau"
        ordering: ClassVar = ["rencana", "ditetapkan_pada", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(alasan=""),
                name="mulai_dipantau_beralasan",
                violation_error_message="Tulis alasan penetapan tanggal mulai dipantau.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rencana}: dipantau sejak {self.tanggal}"


class Area(models.Model):
    rencana = models.ForeignKey(RencanaAksi, on_delete=models.PROTECT, related_name="area")
    nomor = models.PositiveSmallIntegerField("nomor")
    nama = models.TextField("nama")

    class Meta:
        verbose_name = "area"
        verbose_name_plural = "area"
        ordering: ClassVar = ["rencana", "nomor"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rencana", "nomor"],
                name="area_nomor_unik_per_rencana",
                violation_error_message="Nomor area ini sudah ada dalam rencana.",
            ),
            models.CheckConstraint(
                condition=Q(nomor__gte=1, nomor__lte=6),
                name="area_nomor_i_sampai_vi",
                violation_error_message="Nomor area harus I sampai VI.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.romawi}. {self.nama}"

    @property
    def romawi(self) -> str:
        return nomor_romawi(self.nomor)


class Komponen(models.Model):
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="komponen")
    nomor = models.PositiveSmallIntegerField("nomor")
    nama = models.TextField("nama")

    class Meta:
        verbose_name = "komponen"
        verbose_name_plural = "komponen"
        ordering: ClassVar = ["area", "nomor"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "nomor"],
                name="komponen_nomor_unik_per_area",
                violation_error_message="Nomor komponen ini sudah ada dalam area.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area.romawi}.{self.nomor} {self.nama}"


class Indikator(models.Model):
    """One row of the lampiran; its cells to the letter, foreign words between asterisks."""

    komponen = models.ForeignKey(Komponen, on_delete=models.PROTECT, related_name="indikator")
    nomor = models.PositiveSmallIntegerField("nomor baris")
    uraian = models.TextField("indikator")
    langkah_aksi_teks = models.TextField("langkah aksi")
    bukti_fisik_teks = models.TextField("bukti fisik")
    target_waktu = models.TextField("target waktu")
    catatan_tafsir = models.TextField("catatan tafsir", blank=True)

    objects = IndikatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikator"
        ordering: ClassVar = ["komponen", "nomor"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["komponen", "nomor"],
                name="indikator_nomor_unik_per_komponen",
                violation_error_message="Nomor baris ini sudah ada dalam komponen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.uraian}"

    @property
    def kode(self) -> str:
        return kode_baris(self.komponen.area.nomor, self.komponen.nomor, self.nomor)


def kode_baris(area: int, komponen: int, nomor: int) -> str:
    """`V.4.3`"""
    return f"{nomor_romawi(area)}.{komponen}.{nomor}"


class LangkahAksi(models.Model):
    indikator = models.ForeignKey(Indikator, on_delete=models.PROTECT, related_name="langkah_aksi")
    nomor = models.PositiveSmallIntegerField("nomor")
    uraian = models.TextField("langkah aksi")

    class Meta:
        verbose_name = "langkah aksi"
        verbose_name_plural = "langkah aksi"
        ordering: ClassVar = ["indikator", "nomor"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indikator", "nomor"],
                name="langkah_aksi_nomor_unik_per_indikator",
                violation_error_message="Nomor langkah aksi ini sudah ada pada indikator.",
            ),
        ]

    def __str__(self) -> str:
        return self.uraian


class BuktiFisik(models.Model):
    """One document that the row asks for: at every tenggat, or `sekali`, then at the row's first."""

    indikator = models.ForeignKey(Indikator, on_delete=models.PROTECT, related_name="bukti_fisik")
    nomor = models.PositiveSmallIntegerField("nomor")
    uraian = models.TextField("bukti fisik")
    sekali = models.BooleanField("diminta sekali saja", default=False)

    class Meta:
        verbose_name = "bukti fisik"
        verbose_name_plural = "bukti fisik"
        ordering: ClassVar = ["indikator", "nomor"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indikator", "nomor"],
                name="bukti_fisik_nomor_unik_per_indikator",
                violation_error_message="Nomor bukti fisik ini sudah ada pada indikator.",
            ),
        ]

    def __str__(self) -> str:
        return self.uraian


class Tenggat(models.Model):
    """One deadline of a row, read out of its target waktu. Its status is never stored: see monev."""

    indikator = models.ForeignKey(Indikator, on_delete=models.PROTECT, related_name="tenggat")
    label = models.CharField("label", max_length=60)
    mulai = models.DateField("mulai")
    jatuh_tempo = models.DateField("jatuh tempo", db_index=True)

    objects = TenggatQuerySet.as_manager()

    class Meta:
        verbose_name = "tenggat"
        verbose_name_plural = "tenggat"
        ordering: ClassVar = ["jatuh_tempo", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indikator", "jatuh_tempo"],
                name="tenggat_unik_per_indikator",
                violation_error_message="Indikator ini sudah punya tenggat pada tanggal itu.",
            ),
            models.CheckConstraint(
                condition=Q(mulai__lte=F("jatuh_tempo")),
                name="tenggat_mulai_sebelum_jatuh_tempo",
                violation_error_message="Tanggal mulai tidak boleh melewati jatuh tempo.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indikator.kode} {self.label}"


class Kebutuhan(models.Model):
    """A slot: one bukti fisik required at one tenggat. Rounds of evidence hang on it."""

    tenggat = models.ForeignKey(Tenggat, on_delete=models.PROTECT, related_name="kebutuhan")
    bukti_fisik = models.ForeignKey(BuktiFisik, on_delete=models.PROTECT, related_name="kebutuhan")

    class Meta:
        verbose_name = "kebutuhan bukti"
        verbose_name_plural = "kebutuhan bukti"
        ordering: ClassVar = ["tenggat", "bukti_fisik__nomor"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenggat", "bukti_fisik"],
                name="kebutuhan_satu_per_tenggat_dan_bukti",
                violation_error_message="Bukti fisik ini sudah diminta pada tenggat itu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenggat}: {self.bukti_fisik}"


class Perpanjangan(models.Model):
    """A granted extension of one tenggat; the newest holds. What was decreed stays."""

    tenggat = models.ForeignKey(Tenggat, on_delete=models.PROTECT, related_name="perpanjangan")
    batas_baru = models.DateField("batas baru")
    alasan = models.TextField("alasan", max_length=1000)
    diberikan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    diberikan_pada = models.DateTimeField("diberikan pada")

    class Meta:
        verbose_name = "perpanjangan"
        verbose_name_plural = "perpanjangan"
        ordering: ClassVar = ["tenggat", "diberikan_pada", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(alasan=""),
                name="perpanjangan_beralasan",
                violation_error_message="Tulis alasan perpanjangan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenggat} diperpanjang sampai {self.batas_baru}"


class Koreksi(models.Model):
    """A dated correction that stands beside a decreed text; the newest of each column holds."""

    class Kolom(models.TextChoices):
        URAIAN = "uraian", "Indikator"
        LANGKAH_AKSI = "langkah_aksi_teks", "Langkah aksi"
        BUKTI_FISIK = "bukti_fisik_teks", "Bukti fisik"
        TARGET_WAKTU = "target_waktu", "Target waktu"

    indikator = models.ForeignKey(Indikator, on_delete=models.PROTECT, related_name="koreksi")
    kolom = models.CharField("kolom", max_length=20, choices=Kolom)
    teks = models.TextField("seharusnya dibaca", max_length=2000)
    alasan = models.TextField("alasan", max_length=1000)
    dikoreksi_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dikoreksi_pada = models.DateTimeField("dikoreksi pada")

    class Meta:
        verbose_name = "koreksi"
        verbose_name_plural = "koreksi"
        ordering: ClassVar = ["indikator", "dikoreksi_pada", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kolom__in=["uraian", "langkah_aksi_teks", "bukti_fisik_teks", "target_waktu"]),
                name="koreksi_kolom_dikenal",
                violation_error_message="Pilih kolom dari daftar.",
            ),
            models.CheckConstraint(
                condition=~Q(teks="") & ~Q(alasan=""),
                name="koreksi_berisi_dan_beralasan",
                violation_error_message="Tulis bunyi koreksi dan alasannya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indikator.kode} {self.get_kolom_display()}"

    @property
    def tenggat_tetap(self) -> bool:
        """Where one would think that it moves the deadline: that is what an extension is for."""
        return self.kolom == self.Kolom.TARGET_WAKTU
