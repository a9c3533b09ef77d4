"""Erasure by law reaches the record of an import, too: the names it keeps of a file may go with the file's bytes."""

from importlib import import_module

from django.db import migrations

from accounts.pemicu import Pemicu, kolom_tetap, pemicu, tanpa_pemicu

LAMA = import_module("evidence.migrations.0006_impor")
NAMA_DIHAPUS = "[nama dihapus]"
# Every column but those that hold names: what became of the file stays on record.
TETAP = [
    *("impor_id", "urutan", "ukuran", "dibaca_pada", "sha256", "tipe", "masalah", "area", "usul_id"),
    *("keyakinan", "sama_dengan_id", "sama_dalam_impor_id", "putusan", "slot_id", "tanggal_dokumen", "rahasia"),
    *("disimpan_pada", "pindai", "dipindai_pada", "evidence_id"),
]
# Of which office the bytes are, the service knows; the trigger names no table of another room, for SQLite's sake.
DILUPAKAN = (
    f"NEW.nama_berkas LIKE '{NAMA_DIHAPUS}%' AND NEW.jalur LIKE '{NAMA_DIHAPUS}%' AND EXISTS "
    "(SELECT 1 FROM evidence_berkastersimpan b WHERE b.sha256 = OLD.sha256 AND b.dihapus_pada IS NOT NULL)"
)
BOLEH_LUPA = Pemicu(
    "evidence_barisimpor_selesai_tetap",
    "evidence_barisimpor",
    "UPDATE",
    LAMA.PESAN,
    bila=f"({LAMA.MILIK_YANG_SELESAI.format('OLD')}) AND ({kolom_tetap(TETAP)} OR NOT ({DILUPAKAN}))",
)
SEMULA = next(p for p in LAMA.PEMICU if p.name == BOLEH_LUPA.name)


class Migration(migrations.Migration):
    """No table is altered."""

    dependencies = [("evidence", "0008_yang_salinan")]

    operations = [tanpa_pemicu(SEMULA), pemicu(BOLEH_LUPA)]
