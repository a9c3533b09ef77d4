"""Files and receipts of what was there already, and the triggers, which SQLite drops where it rebuilt a table."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.pemicu import Pemicu, kolom_tetap, pemicu, tetap

LAMA = import_module("evidence.migrations.0002_pemicu")
BUKTI_TETAP = [*LAMA.ISI_BUKTI, "simpanan_id", "salinan_dari_id", "nomor"]
BERKAS_TETAP = ["satker_id", "sha256", "nama", "ukuran", "tipe", "disimpan_pada"]
PERMINTAAN_TETAP = ["simpanan_id", "dasar", "sha256", "diminta_oleh_id", "diminta_sebagai", "diminta_pada"]

PEMICU = (
    *(p for p in LAMA.PEMICU if p.name != "evidence_evidence_tak_diubah"),
    Pemicu(
        "evidence_evidence_tak_diubah",
        "evidence_evidence",
        "UPDATE",
        "Bukti yang sudah diterima tidak dapat diubah.",
        bila=kolom_tetap(BUKTI_TETAP),
    ),
    Pemicu(
        "evidence_berkastersimpan_tak_diubah",
        "evidence_berkastersimpan",
        "UPDATE",
        "Berkas yang sudah tersimpan tidak dapat diubah.",
        bila=f"{kolom_tetap(BERKAS_TETAP)} OR (OLD.dihapus_pada IS NOT NULL AND ({kolom_tetap(['dihapus_pada'])}))",
    ),
    Pemicu(
        "evidence_berkastersimpan_tak_dihapus",
        "evidence_berkastersimpan",
        "DELETE",
        "Catatan berkas yang pernah tersimpan tidak dapat dihapus.",
    ),
    *tetap("evidence_asalfoto", "Foto asal"),
    *tetap("evidence_penarikan", "Penarikan bukti"),
    *tetap("evidence_pembukaanrahasia", "Catatan pembukaan bukti rahasia"),
    *tetap("evidence_periksatautan", "Hasil pemeriksaan tautan"),
    Pemicu(
        "evidence_penghapusan_tetap",
        "evidence_penghapusan",
        "UPDATE",
        "Penghapusan yang sudah diminta, disetujui, atau dibatalkan tidak dapat diubah.",
        bila=f"{kolom_tetap(PERMINTAAN_TETAP)} OR OLD.disetujui_pada IS NOT NULL OR OLD.dibatalkan_pada IS NOT NULL",
    ),
    Pemicu(
        "evidence_penghapusan_tak_dihapus",
        "evidence_penghapusan",
        "DELETE",
        "Catatan penghapusan tidak dapat dihapus.",
    ),
)


def isi(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    Evidence = apps.get_model("evidence", "Evidence")
    Berkas = apps.get_model("evidence", "BerkasTersimpan")
    nomor: dict[int, int] = {}
    for bukti in Evidence.objects.order_by("satker_id", "pk").iterator():
        nomor[bukti.satker_id] = nomor.get(bukti.satker_id, 0) + 1
        simpanan = None
        if bukti.sha256:
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
        Evidence.objects.filter(pk=bukti.pk).update(nomor=nomor[bukti.satker_id], simpanan=simpanan)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_brankas")]
    operations = [migrations.RunPython(isi, migrations.RunPython.noop), pemicu(*PEMICU)]
