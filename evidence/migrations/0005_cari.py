"""The search index, in each database's own full text; not a model: neither is a plain table. The orders of the library.

No foreign key: pieces are never deleted.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from evidence import cari

SQLITE = [
    "CREATE VIRTUAL TABLE evidence_cari USING fts5(isi, tokenize = 'unicode61 remove_diacritics 0', prefix = '3')"
]
POSTGRESQL = [
    "CREATE TABLE evidence_cari (evidence_id bigint PRIMARY KEY, isi tsvector NOT NULL)",
    "CREATE INDEX evidence_cari_isi ON evidence_cari USING gin (isi)",
]


def buat(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for perintah in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(perintah, params=None)
    Evidence = apps.get_model("evidence", "Evidence")
    pieces = Evidence.objects.select_related("diunggah_oleh").order_by("pk")
    cari.write((piece.pk, cari.document(piece, "")) for piece in pieces.iterator())


def hapus(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP TABLE evidence_cari", params=None)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_isi_brankas"), ("accounts", "0001_initial")]
    operations = [
        migrations.AddIndex(
            "evidence",
            models.Index(fields=["satker", "-tanggal_dokumen", "-id"], name="evidence_menurut_tanggal"),
        ),
        migrations.AddIndex(
            "evidence", models.Index(fields=["satker", "judul", "id"], name="evidence_menurut_judul")
        ),
        migrations.AddIndex(
            "evidence", models.Index(fields=["satker", "tipe"], name="evidence_menurut_tipe")
        ),
        migrations.RunPython(buat, hapus),
    ]
