"""What was handed in for a slot. Rounds are frozen once sent; decisions are added, never changed. Triggers see to it
too."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from actionplan.models import Kebutuhan
from evidence.models.bukti import Evidence
from evidence.querysets import SlotQuerySet, SubmissionQuerySet


class Submission(models.Model):
    """One round (putaran) for one slot. Draft, sent, withdrawn, decided: each a dated fact."""

    # Annotated by newest_sent, for a day.
    keputusan: str | None
    tanggal_tpi: dt.date | None

    kebutuhan = models.ForeignKey(Kebutuhan, on_delete=models.PROTECT, related_name="submissions")
    putaran = models.PositiveSmallIntegerField("putaran")
    evidence = models.ManyToManyField(Evidence, through="SubmissionEvidence", related_name="submissions")
    pesan = models.TextField("pesan untuk TPI", blank=True, max_length=2000)
    alasan_buka_kembali = models.TextField("alasan dibuka kembali", blank=True, max_length=1000)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dibuat pada")
    dikirim_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dikirim_pada = models.DateTimeField("dikirim pada", null=True, blank=True)
    ditarik_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ditarik_pada = models.DateTimeField("ditarik pada", null=True, blank=True)
    # When the round stopped being open: first decision or withdrawal. Kept so that a constraint can count open rounds.
    ditutup_pada = models.DateTimeField("ditutup pada", null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "kiriman"
        verbose_name_plural = "kiriman"
        ordering: ClassVar = ["kebutuhan", "putaran"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kebutuhan", "putaran"],
                name="submission_putaran_unik_per_kebutuhan",
                violation_error_message="Putaran ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["kebutuhan"],
                condition=Q(ditutup_pada__isnull=True),
                name="submission_satu_terbuka_per_kebutuhan",
                violation_error_message="Masih ada kiriman terbuka untuk bukti fisik ini pada tenggat itu.",
            ),
            models.CheckConstraint(
                condition=Q(dikirim_oleh__isnull=True, dikirim_pada__isnull=True)
                | Q(dikirim_oleh__isnull=False, dikirim_pada__isnull=False),
                name="submission_pengirim_dan_waktunya",
                violation_error_message="Pengirim dan waktu kirim harus dicatat bersama.",
            ),
            models.CheckConstraint(
                condition=Q(ditarik_oleh__isnull=True, ditarik_pada__isnull=True)
                | Q(ditarik_oleh__isnull=False, ditarik_pada__isnull=False, ditutup_pada__isnull=False),
                name="submission_penarik_dan_waktunya",
                violation_error_message="Penarik dan waktu tarik harus dicatat bersama.",
            ),
            models.CheckConstraint(
                condition=Q(dikirim_pada__isnull=True) | Q(dikirim_pada__gte=F("dibuat_pada")),
                name="submission_dikirim_sesudah_dibuat",
                violation_error_message="Waktu kirim tidak boleh mendahului waktu dibuat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kebutuhan} putaran {self.putaran}"


class SubmissionEvidence(models.Model):
    """A piece of evidence in a round, in the order it was put in."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="isi")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="dipakai")
    # Why a document dated outside the deadline's period is the right one.
    alasan_tanggal = models.TextField("alasan tanggal", blank=True, max_length=500)

    class Meta:
        verbose_name = "isi kiriman"
        verbose_name_plural = "isi kiriman"
        ordering: ClassVar = ["submission", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "evidence"],
                name="isi_kiriman_tanpa_kembar",
                violation_error_message="Bukti ini sudah ada dalam kiriman.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.evidence}"


class Review(models.Model):
    """TPI's decision on one round. The newest final one decides."""

    class Keputusan(models.TextChoices):
        SESUAI = "sesuai", "Sesuai"
        PERBAIKAN = "perbaikan", "Perlu Perbaikan"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    keputusan = models.CharField("keputusan", max_length=10, choices=Keputusan)
    catatan = models.TextField("catatan", blank=True, max_length=4000)
    tanggal_dokumen = models.DateField("tanggal dokumen menurut TPI", null=True, blank=True)
    final = models.BooleanField("final", default=True)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    diputus_pada = models.DateTimeField("diputus pada")

    class Meta:
        verbose_name = "reviu"
        verbose_name_plural = "reviu"
        ordering: ClassVar = ["submission", "diputus_pada", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(keputusan__in=["sesuai", "perbaikan"]),
                name="review_keputusan_dikenal",
                violation_error_message="Pilih Sesuai atau Perlu Perbaikan.",
            ),
            models.CheckConstraint(
                condition=~Q(keputusan="perbaikan", catatan=""),
                name="review_perbaikan_bercatatan",
                violation_error_message="Tulis apa yang harus diubah.",
            ),
            models.CheckConstraint(
                condition=~Q(keputusan="sesuai", tanggal_dokumen__isnull=True),
                name="review_sesuai_bertanggal_dokumen",
                violation_error_message="Pastikan tanggal dokumen sebelum memutus Sesuai.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_keputusan_display()}"


class Slot(Kebutuhan):
    """A Kebutuhan seen from what was handed in for it."""

    # Annotated by with_keadaan, for a day.
    keadaan: str
    ada_draf: bool
    tanggal_dokumen: dt.date | None
    # By with_batas.
    batas: dt.date

    objects = SlotQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = "slot bukti"
        verbose_name_plural = "slot bukti"
