"""A file always has its stored file, a link never, and every piece its number: promises of the database now.

Erasure by law reaches what was made of the photo, and the title where that is asked for.
"""

from importlib import import_module

import django.db.models.deletion
from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Max, Q

from accounts.pemicu import Pemicu, kolom_tetap, pemicu, tanpa_pemicu

LAMA = import_module("evidence.migrations.0004_isi_brankas")
JUDUL_DIHAPUS, NAMA_DIHAPUS = "[judul dihapus]", "[nama dihapus]"
ISI_TETAP = [k for k in LAMA.BUKTI_TETAP if k not in ("judul", "nama_berkas")]
# Title and file name may change once: into the words that they are gone, when the bytes are.
JUDUL_BERUBAH = (
    f"({kolom_tetap(['judul', 'nama_berkas'])}) AND NOT (NEW.judul = '{JUDUL_DIHAPUS}' "
    f"AND NEW.nama_berkas LIKE '{NAMA_DIHAPUS}%' AND EXISTS (SELECT 1 FROM evidence_berkastersimpan b "
    "WHERE b.id = OLD.simpanan_id AND b.dihapus_pada IS NOT NULL))"
)
GANTI = (
    Pemicu(
        "evidence_evidence_tak_diubah",
        "evidence_evidence",
        "UPDATE",
        "Bukti yang sudah diterima tidak dapat diubah.",
        bila=f"{kolom_tetap(ISI_TETAP)} OR ({JUDUL_BERUBAH})",
    ),
    Pemicu(
        "evidence_penghapusan_tetap",
        "evidence_penghapusan",
        "UPDATE",
        "Penghapusan yang sudah diminta, disetujui, atau dibatalkan tidak dapat diubah.",
        bila=f"{kolom_tetap([*LAMA.PERMINTAAN_TETAP, 'bersama_id', 'judul_juga'])} "
        "OR OLD.disetujui_pada IS NOT NULL OR OLD.dibatalkan_pada IS NOT NULL",
    ),
)
PEMICU = (*(p for p in LAMA.PEMICU if p.name not in {g.name for g in GANTI}), *GANTI)


def isi(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give what is missing; what only a person can decide stops the migration, with words."""
    Evidence = apps.get_model("evidence", "Evidence")
    stop_at_doubt(Evidence)
    for bukti in Evidence.objects.filter(nomor=None).order_by("pk"):
        terakhir = Evidence.objects.filter(satker=bukti.satker_id).aggregate(n=Max("nomor"))["n"]
        Evidence.objects.filter(pk=bukti.pk).update(nomor=(terakhir or 0) + 1)
    for bukti in Evidence.objects.filter(jenis="berkas", simpanan=None).order_by("pk"):
        Evidence.objects.filter(pk=bukti.pk).update(simpanan=stored(apps, bukti))
    if editor.connection.vendor == "postgresql":
        # It alters no table for whose rows a deferred foreign key waits to be checked.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)


def stop_at_doubt(Evidence: type[models.Model]) -> None:
    rows = Evidence._default_manager.order_by("pk").values_list("pk", flat=True)
    if tautan := list(rows.filter(jenis="tautan").exclude(simpanan=None)[:20]):
        raise CommandError(
            f"Bukti {tautan} berupa tautan tetapi menunjuk berkas tersimpan. Pastikan berkas itu bukan bagian bukti, "
            "kosongkan kolom simpanan baris itu (tabel evidence_evidence), lalu jalankan migrate lagi."
        )
    if salinan := list(rows.exclude(salinan_dari=None).exclude(jenis="berkas", tipe="application/pdf")[:20]):
        raise CommandError(
            f"Bukti {salinan} tercatat sebagai salinan tautan tetapi bukan PDF. Kosongkan kolom salinan_dari baris "
            "itu (tabel evidence_evidence), lalu jalankan migrate lagi."
        )


def stored(apps: Apps, bukti: object) -> object:
    Berkas = apps.get_model("evidence", "BerkasTersimpan")
    simpanan, _ = Berkas.objects.get_or_create(
        satker_id=bukti.satker_id,
        sha256=bukti.sha256,
        defaults={
            "nama": bukti.berkas.name,
            "ukuran": bukti.ukuran,
            "tipe": bukti.tipe,
            "disimpan_pada": bukti.diunggah_pada,
        },
    )
    return simpanan


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_impor")]
    operations = [
        tanpa_pemicu(*LAMA.PEMICU),
        migrations.RunPython(isi, migrations.RunPython.noop),
        migrations.AlterField(
            "evidence",
            "nomor",
            models.PositiveIntegerField(
                error_messages={"null": "Setiap bukti bernomor tanda terima."},
                verbose_name="nomor tanda terima",
            ),
        ),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=Q(jenis="berkas", simpanan__isnull=False)
                | Q(jenis="tautan", simpanan__isnull=True),
                name="evidence_berkas_tersimpan",
                violation_error_message="Berkas harus tercatat di penyimpanan; tautan tidak menyimpan berkas.",
            ),
        ),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=Q(salinan_dari__isnull=True)
                | (Q(jenis="berkas", tipe="application/pdf") & ~Q(salinan_dari=F("id"))),
                name="evidence_salinan_berupa_pdf",
                violation_error_message="Salinan tautan harus berupa PDF.",
            ),
        ),
        migrations.AddField(
            "penghapusan",
            "bersama",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="serta",
                to="evidence.penghapusan",
            ),
        ),
        migrations.AddField(
            "penghapusan",
            "judul_juga",
            models.BooleanField(default=False, verbose_name="judul dan nama berkas juga dihapus"),
        ),
        migrations.AddConstraint(
            "penghapusan",
            models.CheckConstraint(
                condition=Q(bersama__isnull=True) | ~Q(bersama=F("id")),
                name="penghapusan_bukan_bersama_diri",
                violation_error_message="Penghapusan tidak dapat menyertai dirinya sendiri.",
            ),
        ),
        pemicu(*PEMICU),
    ]
