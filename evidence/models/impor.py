"""Bawa Drive Anda: a batch of files read in from an office's own drive, and what is proposed for each until a person
confirms. A batch that was confirmed or cancelled is never changed again; a trigger sees to it too."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from actionplan.models import Kebutuhan, RencanaAksi
from evidence.models.bukti import BerkasTersimpan, Evidence
from evidence.querysets import BarisImporQuerySet, ImporQuerySet


def both_or_neither(oleh: str, pada: str) -> Q:
    return Q(**{f"{oleh}__isnull": True, f"{pada}__isnull": True}) | Q(
        **{f"{oleh}__isnull": False, f"{pada}__isnull": False}
    )


class Impor(models.Model):
    """One batch. Its bytes wait in a private folder, named by `kunci`, until it is confirmed."""

    rencana = models.ForeignKey(RencanaAksi, on_delete=models.PROTECT, related_name="impor")
    kunci = models.UUIDField("kunci folder", default=uuid.uuid4, unique=True, editable=False)
    nama_sumber = models.CharField("nama sumber", max_length=255)
    dilewati = models.TextField("berkas sistem yang dilewati", blank=True)  # one path a line
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dibuat pada")
    kedaluwarsa_pada = models.DateTimeField("kedaluwarsa pada", db_index=True)
    dibaca_pada = models.DateTimeField("selesai dibaca pada", null=True, blank=True)
    # The choices are made and the files go into the store; nothing is evidence yet.
    menyimpan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    menyimpan_pada = models.DateTimeField("mulai menyimpan pada", null=True, blank=True)
    dikonfirmasi_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dikonfirmasi_pada = models.DateTimeField("dikonfirmasi pada", null=True, blank=True)
    dibatalkan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dibatalkan_pada = models.DateTimeField("dibatalkan pada", null=True, blank=True)

    objects = ImporQuerySet.as_manager()

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        ordering: ClassVar = ["-dibuat_pada", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(nama_sumber=""),
                name="impor_bersumber",
                violation_error_message="Sebutkan nama folder atau ZIP yang dibaca.",
            ),
            models.CheckConstraint(
                condition=both_or_neither("menyimpan_oleh", "menyimpan_pada"),
                name="impor_penyimpan_dan_waktunya",
                violation_error_message="Penyimpan dan waktu mulai menyimpan harus dicatat bersama.",
            ),
            models.CheckConstraint(
                condition=both_or_neither("dikonfirmasi_oleh", "dikonfirmasi_pada"),
                name="impor_pengonfirmasi_dan_waktunya",
                violation_error_message="Pengonfirmasi dan waktu konfirmasi harus dicatat bersama.",
            ),
            models.CheckConstraint(
                condition=both_or_neither("dibatalkan_oleh", "dibatalkan_pada"),
                name="impor_pembatal_dan_waktunya",
                violation_error_message="Pembatal dan waktu batal harus dicatat bersama.",
            ),
            models.CheckConstraint(
                condition=Q(dikonfirmasi_pada__isnull=True)
                | Q(dibaca_pada__isnull=False, dibatalkan_pada__isnull=True),
                name="impor_dikonfirmasi_sesudah_dibaca",
                violation_error_message="Hanya impor yang sudah dibaca dan tidak dibatalkan yang dapat dikonfirmasi.",
            ),
        ]

    def __str__(self) -> str:
        return self.nama_sumber


class BarisImpor(models.Model):
    """One file of a batch: what it is, for which slot it is proposed and why, and what a person decided."""

    class Keyakinan(models.TextChoices):
        PASTI = "pasti", "Pasti"
        RAGU = "ragu", "Ragu"
        TIDAK_TAHU = "tidak_tahu", "Tidak tahu"

    class Putusan(models.TextChoices):
        BELUM = "belum", "Belum diputuskan"
        AMBIL = "ambil", "Ambil"
        LEWATI = "lewati", "Lewati"

    impor = models.ForeignKey(Impor, on_delete=models.PROTECT, related_name="baris")
    urutan = models.PositiveIntegerField("urutan")
    jalur = models.CharField("jalur di dalam sumber", max_length=1000)
    nama_berkas = models.CharField("nama berkas", max_length=255)
    ukuran = models.PositiveBigIntegerField("ukuran (bita)", default=0)
    dibaca_pada = models.DateTimeField("dibaca pada", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    tipe = models.CharField("tipe isi", max_length=100, blank=True)
    masalah = models.CharField("sebab tidak dapat diambil", max_length=500, blank=True)

    area = models.PositiveSmallIntegerField("area", null=True, blank=True)
    usul = models.ForeignKey(
        Kebutuhan, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="usul"
    )
    usul_alasan = models.CharField("alasan usul", max_length=300, blank=True)
    keyakinan = models.CharField("keyakinan", max_length=10, choices=Keyakinan, default=Keyakinan.TIDAK_TAHU)
    keraguan = models.TextField("keraguan", blank=True)  # one a line
    # The same bytes: in the office already, or earlier in this batch.
    sama_dengan = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sama_dalam_impor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="kembar"
    )

    putusan = models.CharField("putusan", max_length=10, choices=Putusan, default=Putusan.BELUM)
    slot = models.ForeignKey(
        Kebutuhan, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="slot"
    )
    judul = models.CharField("isi dokumen", max_length=200, blank=True)
    tanggal_dokumen = models.DateField("tanggal dokumen", null=True, blank=True)
    rahasia = models.BooleanField("rahasia", default=False)

    # In the store since, with what the scanner said of it; and why not, at the last try.
    disimpan_pada = models.DateTimeField("disimpan pada", null=True, blank=True)
    pindai = models.CharField("pemindaian", max_length=12, choices=BerkasTersimpan.Pindai, blank=True)
    dipindai_pada = models.DateTimeField("dipindai pada", null=True, blank=True)
    kendala = models.CharField("kendala", max_length=500, blank=True)
    evidence = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="baris_impor"
    )

    objects = BarisImporQuerySet.as_manager()

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        ordering: ClassVar = ["impor", "urutan"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["impor", "urutan"],
                name="barisimpor_urutan_unik_per_impor",
                violation_error_message="Urutan ini sudah dipakai dalam impor.",
            ),
            models.UniqueConstraint(
                fields=["impor", "jalur"],
                name="barisimpor_jalur_unik_per_impor",
                violation_error_message="Berkas ini sudah ada dalam impor.",
            ),
            models.CheckConstraint(
                condition=Q(keyakinan__in=["pasti", "ragu", "tidak_tahu"]),
                name="barisimpor_keyakinan_dikenal",
                violation_error_message="Keyakinan harus pasti, ragu, atau tidak tahu.",
            ),
            models.CheckConstraint(
                condition=Q(putusan__in=["belum", "ambil", "lewati"]),
                name="barisimpor_putusan_dikenal",
                violation_error_message="Pilih ambil atau lewati.",
            ),
            models.CheckConstraint(
                condition=Q(pindai__in=["", "belum", "bersih", "diblokir", "tak_tersedia"]),
                name="barisimpor_pindai_dikenal",
                violation_error_message="Pemindaian harus belum, bersih, diblokir, atau tidak tersedia.",
            ),
            models.CheckConstraint(
                condition=Q(dibaca_pada__isnull=True) | ~Q(sha256="") | ~Q(masalah=""),
                name="barisimpor_dibaca_atau_bermasalah",
                violation_error_message="Berkas yang sudah dibaca harus punya SHA-256 atau sebab tidak dapat diambil.",
            ),
            models.CheckConstraint(
                condition=~Q(keyakinan="pasti") | Q(usul__isnull=False),
                name="barisimpor_pasti_berusul",
                violation_error_message="Yang pasti harus menyebut tempatnya.",
            ),
            models.CheckConstraint(
                condition=Q(usul__isnull=True) | ~Q(usul_alasan=""),
                name="barisimpor_usul_beralasan",
                violation_error_message="Setiap usul menyebut alasannya.",
            ),
            models.CheckConstraint(
                condition=Q(sama_dalam_impor__isnull=True) | ~Q(sama_dalam_impor=F("id")),
                name="barisimpor_tidak_sama_dengan_diri",
                violation_error_message="Berkas tidak dapat sama dengan dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=~Q(putusan="ambil") | Q(slot__isnull=False),
                name="barisimpor_diambil_bertempat",
                violation_error_message="Pilih bukti fisik dan tenggatnya dahulu.",
            ),
            models.CheckConstraint(
                condition=~Q(putusan="ambil") | Q(tanggal_dokumen__isnull=False),
                name="barisimpor_diambil_bertanggal",
                violation_error_message="Isi tanggal dokumen.",
            ),
            models.CheckConstraint(
                condition=~Q(putusan="ambil") | (Q(masalah="", dibaca_pada__isnull=False) & ~Q(judul="")),
                name="barisimpor_diambil_utuh",
                violation_error_message="Yang bermasalah, belum dibaca, atau tidak berjudul tidak dapat diambil.",
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(putusan="ambil"),
                name="barisimpor_bukti_hanya_yang_diambil",
                violation_error_message="Hanya berkas yang diambil yang menjadi bukti.",
            ),
        ]

    def __str__(self) -> str:
        return self.jalur
