"""What is kept: the bytes under their hash, each piece of evidence, and the dated facts about both."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Satker
from actionplan.models import Kebutuhan
from evidence import vault
from evidence.querysets import BerkasTersimpanQuerySet, EvidenceQuerySet, PenghapusanQuerySet


class BerkasTersimpan(models.Model):
    """The bytes of one file of an office, kept once under their hash; several Evidence may name them.

    What is found out of the bytes (virus, text layer, thumbnail) stands here and may change; the bytes never do.
    """

    class Pindai(models.TextChoices):
        BELUM = "belum", "Belum dipindai"
        BERSIH = "bersih", "Bersih"
        DIBLOKIR = "diblokir", "Diblokir"
        TAK_TERSEDIA = "tak_tersedia", "Pemindai tidak tersedia"

    class Teks(models.TextChoices):
        BELUM = "belum", "Belum dibaca"
        ADA = "ada", "Ada"
        TIDAK_ADA = "tidak_ada", "Tidak ada teks"
        GAGAL = "gagal", "Tidak terbaca"

    satker = models.ForeignKey(Satker, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("SHA-256", max_length=64)
    nama = models.CharField("nama simpan", max_length=200)
    ukuran = models.PositiveBigIntegerField("ukuran (bita)")
    tipe = models.CharField("tipe isi", max_length=100)
    disimpan_pada = models.DateTimeField("disimpan pada")
    pindai = models.CharField("pemindaian", max_length=12, choices=Pindai, default=Pindai.BELUM)
    ancaman = models.CharField("ancaman", max_length=200, blank=True)
    dipindai_pada = models.DateTimeField("dipindai pada", null=True, blank=True)
    teks_keadaan = models.CharField("teks", max_length=10, choices=Teks, default=Teks.BELUM)
    gambar_kecil = models.CharField("gambar kecil", max_length=200, blank=True)
    # Erased by law: the bytes are gone, the row stays.
    dihapus_pada = models.DateTimeField("dihapus pada", null=True, blank=True)

    objects = BerkasTersimpanQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas tersimpan"
        verbose_name_plural = "berkas tersimpan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["satker", "sha256"],
                name="berkastersimpan_sekali_per_satker",
                violation_error_message="Berkas ini sudah tersimpan.",
            ),
            models.CheckConstraint(
                condition=Q(ukuran__gt=0),
                name="berkastersimpan_berisi",
                violation_error_message="Berkas kosong tidak disimpan.",
            ),
            models.CheckConstraint(
                condition=Q(pindai__in=["belum", "bersih", "diblokir", "tak_tersedia"]),
                name="berkastersimpan_pindai_dikenal",
                violation_error_message="Pemindaian harus belum, bersih, diblokir, atau tidak tersedia.",
            ),
            models.CheckConstraint(
                condition=~Q(pindai="diblokir", ancaman=""),
                name="berkastersimpan_diblokir_karena",
                violation_error_message="Catat apa yang ditemukan pemindai.",
            ),
            models.CheckConstraint(
                condition=Q(ancaman="") | Q(pindai="diblokir"),
                name="berkastersimpan_ancaman_diblokir",
                violation_error_message="Berkas yang memuat ancaman harus diblokir.",
            ),
            models.CheckConstraint(
                condition=Q(teks_keadaan__in=["belum", "ada", "tidak_ada", "gagal"]),
                name="berkastersimpan_teks_dikenal",
                violation_error_message="Teks harus belum dibaca, ada, tidak ada, atau tidak terbaca.",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class Evidence(models.Model):
    """One immutable file or link. A newer version is a new Evidence that names the one it replaces."""

    class Jenis(models.TextChoices):
        BERKAS = "berkas", "Berkas"
        TAUTAN = "tautan", "Tautan"

    satker = models.ForeignKey(Satker, on_delete=models.PROTECT, related_name="evidence")
    jenis = models.CharField("jenis", max_length=10, choices=Jenis)
    judul = models.CharField("isi dokumen", max_length=200)
    tanggal_dokumen = models.DateField("tanggal dokumen")
    berkas = models.FileField("berkas", storage=vault.bukti_storage, max_length=200, blank=True)
    nama_berkas = models.CharField("nama berkas", max_length=255, blank=True)
    tipe = models.CharField("tipe isi", max_length=100, blank=True)
    ukuran = models.PositiveBigIntegerField("ukuran (bita)", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    simpanan = models.ForeignKey(
        BerkasTersimpan, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    tautan = models.URLField("tautan", max_length=1000, blank=True)
    # A PDF of what a link showed, attached by hand.
    salinan_dari = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="salinan"
    )
    foto = models.ManyToManyField(
        "self",
        through="AsalFoto",
        through_fields=("pdf", "foto"),
        symmetrical=False,
        related_name="dijadikan_pdf",
    )
    nomor = models.PositiveIntegerField(
        "nomor tanda terima", error_messages={"null": "Setiap bukti bernomor tanda terima."}
    )
    rahasia = models.BooleanField("rahasia", default=False)
    menggantikan = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="digantikan_oleh"
    )
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField("diunggah pada")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "bukti"
        verbose_name_plural = "bukti"
        ordering: ClassVar = ["-diunggah_pada", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["satker", "-diunggah_pada", "-id"], name="evidence_terbaru_per_satker"),
            models.Index(fields=["satker", "-tanggal_dokumen", "-id"], name="evidence_menurut_tanggal"),
            models.Index(fields=["satker", "judul", "id"], name="evidence_menurut_judul"),
            models.Index(fields=["satker", "tipe"], name="evidence_menurut_tipe"),
            # Few are copies: over all, SQLite's statistics hold a look-up for no better than reading the table.
            models.Index(
                fields=["salinan_dari"], condition=Q(salinan_dari__isnull=False), name="evidence_yang_salinan"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(jenis="berkas", tautan="", ukuran__isnull=False, ukuran__gt=0)
                    & ~Q(berkas="")
                    & ~Q(nama_berkas="")
                    & ~Q(tipe="")
                    & ~Q(sha256="")
                )
                | (
                    Q(jenis="tautan", berkas="", nama_berkas="", tipe="", sha256="", ukuran__isnull=True)
                    & ~Q(tautan="")
                ),
                name="evidence_berkas_atau_tautan",
                violation_error_message="Bukti harus berupa berkas yang utuh atau tautan, bukan keduanya.",
            ),
            models.CheckConstraint(
                condition=Q(jenis="berkas", simpanan__isnull=False)
                | Q(jenis="tautan", simpanan__isnull=True),
                name="evidence_berkas_tersimpan",
                violation_error_message="Berkas harus tercatat di penyimpanan; tautan tidak menyimpan berkas.",
            ),
            models.CheckConstraint(
                condition=Q(salinan_dari__isnull=True)
                | (Q(jenis="berkas", tipe="application/pdf") & ~Q(salinan_dari=F("id"))),
                name="evidence_salinan_berupa_pdf",
                violation_error_message="Salinan tautan harus berupa PDF.",
            ),
            models.CheckConstraint(
                condition=~Q(judul=""),
                name="evidence_berjudul",
                violation_error_message="Tulis isi dokumen.",
            ),
            models.CheckConstraint(
                condition=Q(menggantikan__isnull=True) | ~Q(menggantikan=F("id")),
                name="evidence_tidak_menggantikan_diri",
                violation_error_message="Bukti tidak dapat menggantikan dirinya sendiri.",
            ),
            models.UniqueConstraint(
                fields=["satker", "nomor"],
                name="evidence_nomor_unik_per_satker",
                violation_error_message="Nomor tanda terima ini sudah dipakai. Muat ulang halaman, lalu kirim lagi.",
            ),
        ]

    def __str__(self) -> str:
        return self.judul


class AsalFoto(models.Model):
    """The photos that a PDF was made of, in the order of its pages."""

    pdf = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="asal_foto")
    foto = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    urutan = models.PositiveSmallIntegerField("urutan")

    class Meta:
        verbose_name = "foto asal"
        verbose_name_plural = "foto asal"
        ordering: ClassVar = ["pdf", "urutan"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pdf", "urutan"],
                name="asalfoto_satu_per_halaman",
                violation_error_message="Halaman ini sudah berisi foto.",
            ),
            models.CheckConstraint(
                condition=~Q(pdf=F("foto")),
                name="asalfoto_bukan_diri_sendiri",
                violation_error_message="PDF tidak dapat berasal dari dirinya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pdf} halaman {self.urutan}"


class Penarikan(models.Model):
    """A piece that was handed in wrongly: no longer offered, and kept for the record."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="penarikan")
    alasan = models.CharField("alasan", max_length=500)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField("ditarik pada")

    class Meta:
        verbose_name = "penarikan bukti"
        verbose_name_plural = "penarikan bukti"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(alasan=""),
                name="penarikan_beralasan",
                violation_error_message="Tulis alasan menarik bukti ini.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} ditarik"


class Penghapusan(models.Model):
    """Erasure by law (personal data): asked for by ketua_tim or sekretaris, carried out when the other agrees.

    The row is the tombstone: hash, reason, who and when stay when the bytes are gone.
    """

    class Sebagai(models.TextChoices):
        KETUA_TIM = "ketua_tim", "Ketua Tim"
        SEKRETARIS = "sekretaris", "Sekretaris"

    simpanan = models.ForeignKey(BerkasTersimpan, on_delete=models.PROTECT, related_name="penghapusan")
    # What shows the same (a PDF made of an erased photo) is asked for, agreed to and called off with it.
    bersama = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="serta")
    dasar = models.CharField("dasar dan alasan", max_length=500)
    # The title and the file's name hold personal data too.
    judul_juga = models.BooleanField("judul dan nama berkas juga dihapus", default=False)
    sha256 = models.CharField("SHA-256", max_length=64)
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    diminta_sebagai = models.CharField("diminta sebagai", max_length=10, choices=Sebagai)
    diminta_pada = models.DateTimeField("diminta pada")
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    disetujui_sebagai = models.CharField("disetujui sebagai", max_length=10, choices=Sebagai, blank=True)
    disetujui_pada = models.DateTimeField("disetujui pada", null=True, blank=True)
    dibatalkan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dibatalkan_pada = models.DateTimeField("dibatalkan pada", null=True, blank=True)

    objects = PenghapusanQuerySet.as_manager()

    class Meta:
        verbose_name = "penghapusan"
        verbose_name_plural = "penghapusan"
        ordering: ClassVar = ["-diminta_pada", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(bersama__isnull=True) | ~Q(bersama=F("id")),
                name="penghapusan_bukan_bersama_diri",
                violation_error_message="Penghapusan tidak dapat menyertai dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=~Q(dasar=""),
                name="penghapusan_berdasar",
                violation_error_message="Tulis dasar hukum dan alasan penghapusan.",
            ),
            models.CheckConstraint(
                condition=Q(diminta_sebagai__in=["ketua_tim", "sekretaris"]),
                name="penghapusan_peminta_dikenal",
                violation_error_message="Penghapusan diminta sebagai Ketua Tim atau Sekretaris.",
            ),
            models.CheckConstraint(
                condition=Q(disetujui_oleh__isnull=True, disetujui_pada__isnull=True, disetujui_sebagai="")
                | (
                    Q(
                        disetujui_oleh__isnull=False,
                        disetujui_pada__isnull=False,
                        dibatalkan_pada__isnull=True,
                    )
                    & ~Q(disetujui_oleh=F("diminta_oleh"))
                    & (
                        Q(diminta_sebagai="ketua_tim", disetujui_sebagai="sekretaris")
                        | Q(diminta_sebagai="sekretaris", disetujui_sebagai="ketua_tim")
                    )
                ),
                name="penghapusan_oleh_berdua",
                violation_error_message="Penghapusan perlu Ketua Tim dan Sekretaris, dua orang yang berbeda.",
            ),
            models.CheckConstraint(
                condition=Q(dibatalkan_oleh__isnull=True, dibatalkan_pada__isnull=True)
                | Q(dibatalkan_oleh__isnull=False, dibatalkan_pada__isnull=False),
                name="penghapusan_pembatal_dan_waktunya",
                violation_error_message="Pembatal dan waktu batal harus dicatat bersama.",
            ),
            models.UniqueConstraint(
                fields=["simpanan"],
                condition=Q(dibatalkan_pada__isnull=True),
                name="penghapusan_satu_berjalan_per_berkas",
                violation_error_message="Penghapusan berkas ini sudah diminta.",
            ),
        ]

    def __str__(self) -> str:
        return f"Penghapusan {self.sha256[:12]}"

    @property
    def penyetuju(self) -> Sebagai:
        """The role that agrees, or agreed."""
        sebagai = Penghapusan.Sebagai
        return sebagai.SEKRETARIS if self.diminta_sebagai == sebagai.KETUA_TIM else sebagai.KETUA_TIM


class PembukaanRahasia(models.Model):
    """One opening of a confidential piece, in whatever way it went out."""

    class Cara(models.TextChoices):
        LIHAT = "lihat", "Dilihat"
        UNDUH = "unduh", "Diunduh"
        PAKET = "paket", "Dalam paket bukti"
        GAMBAR_KECIL = "gambar_kecil", "Gambar kecil"

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="pembukaan")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField("dibuka pada")
    cara = models.CharField("cara", max_length=12, choices=Cara)

    class Meta:
        verbose_name = "pembukaan bukti rahasia"
        verbose_name_plural = "pembukaan bukti rahasia"
        ordering: ClassVar = ["-pada", "-pk"]
        indexes: ClassVar = [models.Index(fields=["evidence", "-pada"], name="pembukaan_menurut_waktu")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cara__in=["lihat", "unduh", "paket", "gambar_kecil"]),
                name="pembukaan_cara_dikenal",
                violation_error_message="Cara membuka harus dilihat, diunduh, dalam paket, atau gambar kecil.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} dibuka {self.pada}"


class PeriksaTautan(models.Model):
    """What a link answered when it was asked."""

    class Hasil(models.TextChoices):
        TERBUKA = "terbuka", "Terbuka"
        DIALIHKAN = "dialihkan", "Dialihkan"
        PERLU_MASUK = "perlu_masuk", "Perlu masuk"
        TIDAK_ADA = "tidak_ada", "Tidak ada"
        GAGAL = "gagal", "Tidak terjawab"
        DITOLAK = "ditolak", "Alamat tidak boleh"

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="pemeriksaan")
    diperiksa_pada = models.DateTimeField("diperiksa pada")
    hasil = models.CharField("hasil", max_length=12, choices=Hasil)
    kode_http = models.PositiveSmallIntegerField("kode HTTP", null=True, blank=True)
    keterangan = models.CharField("keterangan", max_length=300, blank=True)

    class Meta:
        verbose_name = "pemeriksaan tautan"
        verbose_name_plural = "pemeriksaan tautan"
        ordering: ClassVar = ["-diperiksa_pada", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["evidence", "-diperiksa_pada"], name="periksa_menurut_waktu")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    hasil__in=["terbuka", "dialihkan", "perlu_masuk", "tidak_ada", "gagal", "ditolak"]
                ),
                name="periksa_hasil_dikenal",
                violation_error_message="Hasil pemeriksaan tautan tidak dikenal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence}: {self.get_hasil_display()}"


class IsiTeks(models.Model):
    """The text layer of a stored file, for search."""

    simpanan = models.OneToOneField(BerkasTersimpan, on_delete=models.PROTECT, related_name="isi_teks")
    teks = models.TextField("teks")

    class Meta:
        verbose_name = "isi teks"
        verbose_name_plural = "isi teks"

    def __str__(self) -> str:
        return f"Teks {self.simpanan}"


class Unggahan(models.Model):
    """A resumable upload under way; its bytes lie in the temporary folder and tell how far it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slot = models.ForeignKey(Kebutuhan, on_delete=models.PROTECT, related_name="unggahan")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    nama_berkas = models.CharField("nama berkas", max_length=255)
    # How the browser knows the chosen file again: name, type, size, day changed.
    sidik = models.CharField("sidik", max_length=200, blank=True)
    ukuran = models.PositiveBigIntegerField("ukuran yang diumumkan (bita)")
    diterima = models.PositiveBigIntegerField("diterima (bita)", default=0)
    dibuat_pada = models.DateTimeField("dibuat pada")
    kedaluwarsa_pada = models.DateTimeField("kedaluwarsa pada", db_index=True)
    selesai_pada = models.DateTimeField("selesai pada", null=True, blank=True)
    evidence = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="unggahan"
    )

    class Meta:
        verbose_name = "unggahan"
        verbose_name_plural = "unggahan"
        ordering: ClassVar = ["dibuat_pada"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ukuran__gt=0, diterima__lte=F("ukuran")),
                name="unggahan_tidak_melebihi_ukuran",
                violation_error_message="Yang diterima melebihi ukuran yang diumumkan. Unggah lagi.",
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(selesai_pada__isnull=False),
                name="unggahan_selesai_bila_menjadi_bukti",
                violation_error_message="Unggahan yang menjadi bukti harus bertanggal selesai.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nama_berkas} {self.diterima}/{self.ukuran}"
