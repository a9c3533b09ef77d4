"""Bawa Drive Anda: batches and their lines. What was confirmed or cancelled is never changed again."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from accounts.pemicu import Pemicu, pemicu


SELESAI = "{0}.dikonfirmasi_pada IS NOT NULL OR {0}.dibatalkan_pada IS NOT NULL"
MILIK_YANG_SELESAI = (
    f"EXISTS (SELECT 1 FROM evidence_impor i WHERE i.id = {{}}.impor_id AND ({SELESAI.format('i')}))"
)
PESAN = "Impor yang sudah dikonfirmasi atau dibatalkan tidak dapat diubah."
PEMICU = (
    Pemicu("evidence_impor_selesai_tetap", "evidence_impor", "UPDATE", PESAN, bila=SELESAI.format("OLD")),
    Pemicu("evidence_impor_tak_dihapus", "evidence_impor", "DELETE", "Catatan impor tidak dapat dihapus."),
    Pemicu(
        "evidence_barisimpor_selesai_tak_ditambah",
        "evidence_barisimpor",
        "INSERT",
        PESAN,
        bila=MILIK_YANG_SELESAI.format("NEW"),
    ),
    Pemicu(
        "evidence_barisimpor_selesai_tetap",
        "evidence_barisimpor",
        "UPDATE",
        PESAN,
        bila=MILIK_YANG_SELESAI.format("OLD"),
    ),
    Pemicu(
        "evidence_barisimpor_tak_dihapus",
        "evidence_barisimpor",
        "DELETE",
        "Catatan impor tidak dapat dihapus.",
    ),
)


class Migration(migrations.Migration):

    dependencies = [
        ('actionplan', '0002_pemicu'),
        ('evidence', '0005_cari'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Impor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kunci folder')),
                ('nama_sumber', models.CharField(max_length=255, verbose_name='nama sumber')),
                ('dilewati', models.TextField(blank=True, verbose_name='berkas sistem yang dilewati')),
                ('dibuat_pada', models.DateTimeField(verbose_name='dibuat pada')),
                ('kedaluwarsa_pada', models.DateTimeField(db_index=True, verbose_name='kedaluwarsa pada')),
                ('dibaca_pada', models.DateTimeField(blank=True, null=True, verbose_name='selesai dibaca pada')),
                ('menyimpan_pada', models.DateTimeField(blank=True, null=True, verbose_name='mulai menyimpan pada')),
                ('dikonfirmasi_pada', models.DateTimeField(blank=True, null=True, verbose_name='dikonfirmasi pada')),
                ('dibatalkan_pada', models.DateTimeField(blank=True, null=True, verbose_name='dibatalkan pada')),
                ('dibatalkan_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dikonfirmasi_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('menyimpan_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rencana', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='impor', to='actionplan.rencanaaksi')),
            ],
            options={
                'verbose_name': 'impor',
                'verbose_name_plural': 'impor',
                'ordering': ['-dibuat_pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BarisImpor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urutan', models.PositiveIntegerField(verbose_name='urutan')),
                ('jalur', models.CharField(max_length=1000, verbose_name='jalur di dalam sumber')),
                ('nama_berkas', models.CharField(max_length=255, verbose_name='nama berkas')),
                ('ukuran', models.PositiveBigIntegerField(default=0, verbose_name='ukuran (bita)')),
                ('dibaca_pada', models.DateTimeField(blank=True, null=True, verbose_name='dibaca pada')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('tipe', models.CharField(blank=True, max_length=100, verbose_name='tipe isi')),
                ('masalah', models.CharField(blank=True, max_length=500, verbose_name='sebab tidak dapat diambil')),
                ('area', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='area')),
                ('usul_alasan', models.CharField(blank=True, max_length=300, verbose_name='alasan usul')),
                ('keyakinan', models.CharField(choices=[('pasti', 'Pasti'), ('ragu', 'Ragu'), ('tidak_tahu', 'Tidak tahu')], default='tidak_tahu', max_length=10, verbose_name='keyakinan')),
                ('keraguan', models.TextField(blank=True, verbose_name='keraguan')),
                ('putusan', models.CharField(choices=[('belum', 'Belum diputuskan'), ('ambil', 'Ambil'), ('lewati', 'Lewati')], default='belum', max_length=10, verbose_name='putusan')),
                ('judul', models.CharField(blank=True, max_length=200, verbose_name='isi dokumen')),
                ('tanggal_dokumen', models.DateField(blank=True, null=True, verbose_name='tanggal dokumen')),
                ('rahasia', models.BooleanField(default=False, verbose_name='rahasia')),
                ('disimpan_pada', models.DateTimeField(blank=True, null=True, verbose_name='disimpan pada')),
                ('pindai', models.CharField(blank=True, choices=[('belum', 'Belum dipindai'), ('bersih', 'Bersih'), ('diblokir', 'Diblokir'), ('tak_tersedia', 'Pemindai tidak tersedia')], max_length=12, verbose_name='pemindaian')),
                ('dipindai_pada', models.DateTimeField(blank=True, null=True, verbose_name='dipindai pada')),
                ('kendala', models.CharField(blank=True, max_length=500, verbose_name='kendala')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='baris_impor', to='evidence.evidence')),
                ('sama_dalam_impor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kembar', to='evidence.barisimpor')),
                ('sama_dengan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.evidence')),
                ('slot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actionplan.kebutuhan', verbose_name='slot')),
                ('usul', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actionplan.kebutuhan', verbose_name='usul')),
                ('impor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baris', to='evidence.impor')),
            ],
            options={
                'verbose_name': 'baris impor',
                'verbose_name_plural': 'baris impor',
                'ordering': ['impor', 'urutan'],
            },
        ),
        migrations.AddConstraint(
            model_name='impor',
            constraint=models.CheckConstraint(condition=models.Q(('nama_sumber', ''), _negated=True), name='impor_bersumber', violation_error_message='Sebutkan nama folder atau ZIP yang dibaca.'),
        ),
        migrations.AddConstraint(
            model_name='impor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('menyimpan_oleh__isnull', True), ('menyimpan_pada__isnull', True)), models.Q(('menyimpan_oleh__isnull', False), ('menyimpan_pada__isnull', False)), _connector='OR'), name='impor_penyimpan_dan_waktunya', violation_error_message='Penyimpan dan waktu mulai menyimpan harus dicatat bersama.'),
        ),
        migrations.AddConstraint(
            model_name='impor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dikonfirmasi_oleh__isnull', True), ('dikonfirmasi_pada__isnull', True)), models.Q(('dikonfirmasi_oleh__isnull', False), ('dikonfirmasi_pada__isnull', False)), _connector='OR'), name='impor_pengonfirmasi_dan_waktunya', violation_error_message='Pengonfirmasi dan waktu konfirmasi harus dicatat bersama.'),
        ),
        migrations.AddConstraint(
            model_name='impor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dibatalkan_oleh__isnull', True), ('dibatalkan_pada__isnull', True)), models.Q(('dibatalkan_oleh__isnull', False), ('dibatalkan_pada__isnull', False)), _connector='OR'), name='impor_pembatal_dan_waktunya', violation_error_message='Pembatal dan waktu batal harus dicatat bersama.'),
        ),
        migrations.AddConstraint(
            model_name='impor',
            constraint=models.CheckConstraint(condition=models.Q(('dikonfirmasi_pada__isnull', True), models.Q(('dibaca_pada__isnull', False), ('dibatalkan_pada__isnull', True)), _connector='OR'), name='impor_dikonfirmasi_sesudah_dibaca', violation_error_message='Hanya impor yang sudah dibaca dan tidak dibatalkan yang dapat dikonfirmasi.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.UniqueConstraint(fields=('impor', 'urutan'), name='barisimpor_urutan_unik_per_impor', violation_error_message='Urutan ini sudah dipakai dalam impor.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.UniqueConstraint(fields=('impor', 'jalur'), name='barisimpor_jalur_unik_per_impor', violation_error_message='Berkas ini sudah ada dalam impor.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(('keyakinan__in', ['pasti', 'ragu', 'tidak_tahu'])), name='barisimpor_keyakinan_dikenal', violation_error_message='Keyakinan harus pasti, ragu, atau tidak tahu.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(('putusan__in', ['belum', 'ambil', 'lewati'])), name='barisimpor_putusan_dikenal', violation_error_message='Pilih ambil atau lewati.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(('dibaca_pada__isnull', True), models.Q(('sha256', ''), _negated=True), models.Q(('masalah', ''), _negated=True), _connector='OR'), name='barisimpor_dibaca_atau_bermasalah', violation_error_message='Berkas yang sudah dibaca harus punya SHA-256 atau sebab tidak dapat diambil.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('keyakinan', 'pasti'), _negated=True), ('usul__isnull', False), _connector='OR'), name='barisimpor_pasti_berusul', violation_error_message='Yang pasti harus menyebut tempatnya.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(('usul__isnull', True), models.Q(('usul_alasan', ''), _negated=True), _connector='OR'), name='barisimpor_usul_beralasan', violation_error_message='Setiap usul menyebut alasannya.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(('sama_dalam_impor__isnull', True), models.Q(('sama_dalam_impor', models.F('id')), _negated=True), _connector='OR'), name='barisimpor_tidak_sama_dengan_diri', violation_error_message='Berkas tidak dapat sama dengan dirinya sendiri.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('putusan', 'ambil'), _negated=True), ('slot__isnull', False), _connector='OR'), name='barisimpor_diambil_bertempat', violation_error_message='Pilih bukti fisik dan tenggatnya dahulu.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('putusan', 'ambil'), _negated=True), ('tanggal_dokumen__isnull', False), _connector='OR'), name='barisimpor_diambil_bertanggal', violation_error_message='Isi tanggal dokumen.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('putusan', 'ambil'), _negated=True), models.Q(('dibaca_pada__isnull', False), ('masalah', ''), models.Q(('judul', ''), _negated=True)), _connector='OR'), name='barisimpor_diambil_utuh', violation_error_message='Yang bermasalah, belum dibaca, atau tidak berjudul tidak dapat diambil.'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(('evidence__isnull', True), ('putusan', 'ambil'), _connector='OR'), name='barisimpor_bukti_hanya_yang_diambil', violation_error_message='Hanya berkas yang diambil yang menjadi bukti.'),
        ),
        pemicu(*PEMICU),
    ]
