"""Every stored choice is one of its own words, and a threat stands only on what is blocked. Other words only a person can
mend: they stop the migration and are named."""

from importlib import import_module

from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from accounts.pemicu import pemicu, tanpa_pemicu

PEMICU = import_module("evidence.migrations.0010_lubang_pemicu").PEMICU
PEMINDAIAN = "Pemindaian harus belum, bersih, diblokir, atau tidak tersedia."
ATURAN = (
    (
        "barisimpor",
        "barisimpor_pindai_dikenal",
        Q(pindai__in=["", "belum", "bersih", "diblokir", "tak_tersedia"]),
        PEMINDAIAN,
    ),
    (
        "berkastersimpan",
        "berkastersimpan_pindai_dikenal",
        Q(pindai__in=["belum", "bersih", "diblokir", "tak_tersedia"]),
        PEMINDAIAN,
    ),
    (
        "berkastersimpan",
        "berkastersimpan_ancaman_diblokir",
        Q(ancaman="") | Q(pindai="diblokir"),
        "Berkas yang memuat ancaman harus diblokir.",
    ),
    (
        "berkastersimpan",
        "berkastersimpan_teks_dikenal",
        Q(teks_keadaan__in=["belum", "ada", "tidak_ada", "gagal"]),
        "Teks harus belum dibaca, ada, tidak ada, atau tidak terbaca.",
    ),
    (
        "pembukaanrahasia",
        "pembukaan_cara_dikenal",
        Q(cara__in=["lihat", "unduh", "paket", "gambar_kecil"]),
        "Cara membuka harus dilihat, diunduh, dalam paket, atau gambar kecil.",
    ),
    (
        "penghapusan",
        "penghapusan_peminta_dikenal",
        Q(diminta_sebagai__in=["ketua_tim", "sekretaris"]),
        "Penghapusan diminta sebagai Ketua Tim atau Sekretaris.",
    ),
    (
        "periksatautan",
        "periksa_hasil_dikenal",
        Q(hasil__in=["terbuka", "dialihkan", "perlu_masuk", "tidak_ada", "gagal", "ditolak"]),
        "Hasil pemeriksaan tautan tidak dikenal.",
    ),
)


def stop_at_doubt(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for model, _, aturan, pesan in ATURAN:
        rows = apps.get_model("evidence", model)._default_manager.exclude(aturan).order_by("pk")
        if ragu := list(rows.values_list("pk", flat=True)[:20]):
            raise CommandError(
                f"Baris {ragu} tabel evidence_{model} tidak memenuhi: {pesan} Perbaiki baris itu, lalu jalankan migrate lagi."
            )


class Migration(migrations.Migration):
    dependencies = [("evidence", "0010_lubang_pemicu")]

    operations = [
        migrations.RunPython(stop_at_doubt, migrations.RunPython.noop),
        tanpa_pemicu(*PEMICU),
        *(
            migrations.AddConstraint(
                model, models.CheckConstraint(condition=aturan, name=nama, violation_error_message=pesan)
            )
            for model, nama, aturan, pesan in ATURAN
        ),
        pemicu(*PEMICU),
    ]
