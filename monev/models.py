import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from simple_history.models import HistoricalRecords

from accounts.models import NIP_18_ANGKA, Satker
from actionplan.models import Tenggat
from monev.status import PosisiQuerySet


class TenggatPosisi(Tenggat):
    """A Tenggat seen on a date: status, ketepatan, capaian."""

    # Annotated by with_status and with_ketepatan.
    status: str
    ketepatan: str
    batas: dt.date
    perpanjangan_sampai: dt.date | None
    tanggal_dokumen: dt.date | None

    objects = PosisiQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = "posisi tenggat"
        verbose_name_plural = "posisi tenggat"


class Realisasi(models.Model):
    """What the team says of a tenggat. Each saving is a new version; the newest holds."""

    tenggat = models.ForeignKey(Tenggat, on_delete=models.PROTECT, related_name="realisasi")
    versi = models.PositiveIntegerField("versi")
    uraian = models.TextField("apa yang sudah dilaksanakan", blank=True, max_length=4000)
    kendala = models.TextField("kendala", blank=True, max_length=4000)
    rencana_tindak_lanjut = models.TextField("rencana tindak lanjut", blank=True, max_length=4000)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat pada")

    class Meta:
        verbose_name = "realisasi"
        verbose_name_plural = "realisasi"
        ordering: ClassVar = ["tenggat", "versi"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenggat", "versi"],
                name="realisasi_versi_unik_per_tenggat",
                violation_error_message="Realisasi ini baru saja disimpan orang lain. Muat ulang halaman.",
            ),
            models.CheckConstraint(
                condition=~Q(uraian="", kendala="", rencana_tindak_lanjut=""),
                name="realisasi_berisi",
                violation_error_message="Isi paling sedikit satu: pelaksanaan, kendala, atau rencana tindak lanjut.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenggat} versi {self.versi}"


class PenandatanganQuerySet(models.QuerySet):
    def berlaku(self) -> Self:
        """Not cancelled."""
        return self.filter(dibatalkan_pada=None)

    def overlapping(self, mulai: dt.date, selesai: dt.date | None) -> Self:
        masih = self.filter(Q(selesai=None) | Q(selesai__gte=mulai))
        return masih if selesai is None else masih.filter(mulai__lte=selesai)

    def signing_on(self, on: dt.date, akhir: dt.datetime) -> Self:
        """In force on the day `on`, which ends at `akhir`; the last of a fungsi signs: who stood there on that day, and
        not who was put down or took the place later.

        What was cancelled later signs only the days on which it already stood there: a slip that was entered and
        taken back within a day signs none, however far back it was dated.
        """
        versi = Penandatangan.history.filter(id=OuterRef("pk"), history_date__lt=akhir)
        rows = self.overlapping(on, on).alias(tercatat=Exists(versi))
        rows = rows.filter(Q(dibatalkan_pada=None) | Q(dibatalkan_pada__gte=akhir, tercatat=True))
        return rows.order_by("tercatat", "mulai", F("dibatalkan_pada").asc(nulls_first=True), "pk")


def _is(kolom: str, sql: str) -> Func:
    """A condition that both engines know; a regular expression SQLite knows only where Django lends it one."""
    return Func(kolom, template=sql.format("%(expressions)s"), output_field=models.BooleanField())


class Penandatangan(models.Model):
    """Who signs the office's reports, as dated history; what a report shows is who held it on its date.

    It is never rewritten, only ended, today at the earliest. What was entered by mistake is cancelled: it stays on the
    record and signs nothing from that day on.
    """

    class Fungsi(models.TextChoices):
        MENGETAHUI = "mengetahui", "Mengetahui"
        PEMBUAT = "pembuat", "Pembuat laporan"

    class Sebutan(models.TextChoices):
        TETAP = "", "–"
        PLT = "Plt.", "Plt."
        PLH = "Plh.", "Plh."

    satker = models.ForeignKey(Satker, on_delete=models.PROTECT, related_name="penandatangan")
    fungsi = models.CharField("fungsi", max_length=10, choices=Fungsi)
    sebutan = models.CharField("sebutan", max_length=4, choices=Sebutan, blank=True, default="")
    jabatan = models.CharField(
        "jabatan", max_length=200, help_text="Seperti tercetak, dengan nama satkernya."
    )
    nama = models.CharField("nama", max_length=150)
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[NIP_18_ANGKA],
        help_text="18 angka; kosong bagi komisioner.",
    )
    mulai = models.DateField("mulai")
    selesai = models.DateField("selesai", null=True, blank=True)
    dibatalkan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dibatalkan oleh",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    dibatalkan_pada = models.DateTimeField("dibatalkan pada", null=True, blank=True, editable=False)
    alasan_batal = models.TextField(
        "alasan pembatalan", max_length=1000, blank=True, default="", editable=False
    )

    objects = PenandatanganQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="riwayat penandatangan")

    class Meta:
        verbose_name = "penandatangan"
        verbose_name_plural = "penandatangan"
        ordering: ClassVar = ["satker", "fungsi", "-mulai", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(fungsi__in=["mengetahui", "pembuat"]),
                name="penandatangan_fungsi_dikenal",
                violation_error_message="Pilih fungsi dari daftar.",
            ),
            models.CheckConstraint(
                condition=Q(sebutan__in=["", "Plt.", "Plh."]),
                name="penandatangan_sebutan_dikenal",
                violation_error_message="Sebutan hanya Plt. atau Plh.",
            ),
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gte=F("mulai")),
                name="penandatangan_mulai_sebelum_selesai",
                violation_error_message="Tanggal selesai tidak boleh mendahului tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=Q(nip="")
                | (Q(_is("nip", "LENGTH({}) = 18")) & Q(_is("nip", "LTRIM({}, '0123456789') = ''"))),
                name="penandatangan_nip_18_angka",
                violation_error_message="NIP terdiri atas 18 angka, tanpa spasi.",
            ),
            models.CheckConstraint(
                condition=Q(dibatalkan_oleh=None, dibatalkan_pada=None, alasan_batal="")
                | (Q(dibatalkan_oleh__isnull=False, dibatalkan_pada__isnull=False) & ~Q(alasan_batal="")),
                name="penandatangan_batal_beralasan",
                violation_error_message="Tulis alasan pembatalan.",
            ),
            models.UniqueConstraint(
                fields=["satker", "fungsi", "mulai"],
                condition=Q(dibatalkan_pada=None),
                name="penandatangan_satu_per_tanggal_mulai",
                violation_error_message="Sudah ada penandatangan untuk fungsi ini yang mulai pada tanggal itu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sebutan} {self.jabatan}: {self.nama}".strip()
