"""The vault: stored files by hash, receipts, withdrawal, erasure, who opened what, links asked, uploads under way."""

from importlib import import_module

import django.db.models.deletion
import evidence.vault
import uuid
from django.conf import settings
from django.db import migrations, models

from accounts.pemicu import tanpa_pemicu


PEMICU_LAMA = import_module("evidence.migrations.0002_pemicu").PEMICU


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_sandi_awal'),
        ('actionplan', '0002_pemicu'),
        ('evidence', '0002_pemicu'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        tanpa_pemicu(*PEMICU_LAMA),
        migrations.CreateModel(
            name='IsiTeks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teks', models.TextField(verbose_name='teks')),
            ],
            options={
                'verbose_name': 'isi teks',
                'verbose_name_plural': 'isi teks',
            },
        ),
        migrations.CreateModel(
            name='PembukaanRahasia',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pada', models.DateTimeField(verbose_name='dibuka pada')),
                ('cara', models.CharField(choices=[('lihat', 'Dilihat'), ('unduh', 'Diunduh'), ('paket', 'Dalam paket bukti'), ('gambar_kecil', 'Gambar kecil')], max_length=12, verbose_name='cara')),
            ],
            options={
                'verbose_name': 'pembukaan bukti rahasia',
                'verbose_name_plural': 'pembukaan bukti rahasia',
                'ordering': ['-pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Penarikan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alasan', models.CharField(max_length=500, verbose_name='alasan')),
                ('pada', models.DateTimeField(verbose_name='ditarik pada')),
            ],
            options={
                'verbose_name': 'penarikan bukti',
                'verbose_name_plural': 'penarikan bukti',
            },
        ),
        migrations.CreateModel(
            name='Penghapusan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dasar', models.CharField(max_length=500, verbose_name='dasar dan alasan')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('diminta_sebagai', models.CharField(choices=[('ketua_tim', 'Ketua Tim'), ('sekretaris', 'Sekretaris')], max_length=10, verbose_name='diminta sebagai')),
                ('diminta_pada', models.DateTimeField(verbose_name='diminta pada')),
                ('disetujui_sebagai', models.CharField(blank=True, choices=[('ketua_tim', 'Ketua Tim'), ('sekretaris', 'Sekretaris')], max_length=10, verbose_name='disetujui sebagai')),
                ('disetujui_pada', models.DateTimeField(blank=True, null=True, verbose_name='disetujui pada')),
                ('dibatalkan_pada', models.DateTimeField(blank=True, null=True, verbose_name='dibatalkan pada')),
            ],
            options={
                'verbose_name': 'penghapusan',
                'verbose_name_plural': 'penghapusan',
                'ordering': ['-diminta_pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PeriksaTautan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('diperiksa_pada', models.DateTimeField(verbose_name='diperiksa pada')),
                ('hasil', models.CharField(choices=[('terbuka', 'Terbuka'), ('dialihkan', 'Dialihkan'), ('perlu_masuk', 'Perlu masuk'), ('tidak_ada', 'Tidak ada'), ('gagal', 'Tidak terjawab'), ('ditolak', 'Alamat tidak boleh')], max_length=12, verbose_name='hasil')),
                ('kode_http', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='kode HTTP')),
                ('keterangan', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
            ],
            options={
                'verbose_name': 'pemeriksaan tautan',
                'verbose_name_plural': 'pemeriksaan tautan',
                'ordering': ['-diperiksa_pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Unggahan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('nama_berkas', models.CharField(max_length=255, verbose_name='nama berkas')),
                ('sidik', models.CharField(blank=True, max_length=200, verbose_name='sidik')),
                ('ukuran', models.PositiveBigIntegerField(verbose_name='ukuran yang diumumkan (bita)')),
                ('diterima', models.PositiveBigIntegerField(default=0, verbose_name='diterima (bita)')),
                ('dibuat_pada', models.DateTimeField(verbose_name='dibuat pada')),
                ('kedaluwarsa_pada', models.DateTimeField(db_index=True, verbose_name='kedaluwarsa pada')),
                ('selesai_pada', models.DateTimeField(blank=True, null=True, verbose_name='selesai pada')),
            ],
            options={
                'verbose_name': 'unggahan',
                'verbose_name_plural': 'unggahan',
                'ordering': ['dibuat_pada'],
            },
        ),
        migrations.AddField(
            model_name='evidence',
            name='nomor',
            field=models.PositiveIntegerField(null=True, verbose_name='nomor tanda terima'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='salinan_dari',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='salinan', to='evidence.evidence'),
        ),
        migrations.AddField(
            model_name='submissionevidence',
            name='alasan_tanggal',
            field=models.TextField(blank=True, max_length=500, verbose_name='alasan tanggal'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='berkas',
            field=models.FileField(blank=True, max_length=200, storage=evidence.vault.bukti_storage, upload_to='', verbose_name='berkas'),
        ),
        migrations.CreateModel(
            name='AsalFoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urutan', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('foto', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.evidence')),
                ('pdf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asal_foto', to='evidence.evidence')),
            ],
            options={
                'verbose_name': 'foto asal',
                'verbose_name_plural': 'foto asal',
                'ordering': ['pdf', 'urutan'],
            },
        ),
        migrations.AddField(
            model_name='evidence',
            name='foto',
            field=models.ManyToManyField(related_name='dijadikan_pdf', through='evidence.AsalFoto', through_fields=('pdf', 'foto'), to='evidence.evidence'),
        ),
        migrations.CreateModel(
            name='BerkasTersimpan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('nama', models.CharField(max_length=200, verbose_name='nama simpan')),
                ('ukuran', models.PositiveBigIntegerField(verbose_name='ukuran (bita)')),
                ('tipe', models.CharField(max_length=100, verbose_name='tipe isi')),
                ('disimpan_pada', models.DateTimeField(verbose_name='disimpan pada')),
                ('pindai', models.CharField(choices=[('belum', 'Belum dipindai'), ('bersih', 'Bersih'), ('diblokir', 'Diblokir'), ('tak_tersedia', 'Pemindai tidak tersedia')], default='belum', max_length=12, verbose_name='pemindaian')),
                ('ancaman', models.CharField(blank=True, max_length=200, verbose_name='ancaman')),
                ('dipindai_pada', models.DateTimeField(blank=True, null=True, verbose_name='dipindai pada')),
                ('teks_keadaan', models.CharField(choices=[('belum', 'Belum dibaca'), ('ada', 'Ada'), ('tidak_ada', 'Tidak ada teks'), ('gagal', 'Tidak terbaca')], default='belum', max_length=10, verbose_name='teks')),
                ('gambar_kecil', models.CharField(blank=True, max_length=200, verbose_name='gambar kecil')),
                ('dihapus_pada', models.DateTimeField(blank=True, null=True, verbose_name='dihapus pada')),
                ('satker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.satker')),
            ],
            options={
                'verbose_name': 'berkas tersimpan',
                'verbose_name_plural': 'berkas tersimpan',
            },
        ),
        migrations.AddField(
            model_name='evidence',
            name='simpanan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='evidence.berkastersimpan'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['satker', '-diunggah_pada', '-id'], name='evidence_terbaru_per_satker'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('satker', 'nomor'), name='evidence_nomor_unik_per_satker', violation_error_message='Nomor tanda terima ini sudah dipakai. Muat ulang halaman, lalu kirim lagi.'),
        ),
        migrations.AddField(
            model_name='isiteks',
            name='simpanan',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='isi_teks', to='evidence.berkastersimpan'),
        ),
        migrations.AddField(
            model_name='pembukaanrahasia',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pembukaan', to='evidence.evidence'),
        ),
        migrations.AddField(
            model_name='pembukaanrahasia',
            name='oleh',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='penarikan',
            name='evidence',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='penarikan', to='evidence.evidence'),
        ),
        migrations.AddField(
            model_name='penarikan',
            name='oleh',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='penghapusan',
            name='dibatalkan_oleh',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='penghapusan',
            name='diminta_oleh',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='penghapusan',
            name='disetujui_oleh',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='penghapusan',
            name='simpanan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penghapusan', to='evidence.berkastersimpan'),
        ),
        migrations.AddField(
            model_name='periksatautan',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pemeriksaan', to='evidence.evidence'),
        ),
        migrations.AddField(
            model_name='unggahan',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='unggahan', to='evidence.evidence'),
        ),
        migrations.AddField(
            model_name='unggahan',
            name='oleh',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='unggahan',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unggahan', to='actionplan.kebutuhan'),
        ),
        migrations.AddConstraint(
            model_name='asalfoto',
            constraint=models.UniqueConstraint(fields=('pdf', 'urutan'), name='asalfoto_satu_per_halaman', violation_error_message='Halaman ini sudah berisi foto.'),
        ),
        migrations.AddConstraint(
            model_name='asalfoto',
            constraint=models.CheckConstraint(condition=models.Q(('pdf', models.F('foto')), _negated=True), name='asalfoto_bukan_diri_sendiri', violation_error_message='PDF tidak dapat berasal dari dirinya sendiri.'),
        ),
        migrations.AddConstraint(
            model_name='berkastersimpan',
            constraint=models.UniqueConstraint(fields=('satker', 'sha256'), name='berkastersimpan_sekali_per_satker', violation_error_message='Berkas ini sudah tersimpan.'),
        ),
        migrations.AddConstraint(
            model_name='berkastersimpan',
            constraint=models.CheckConstraint(condition=models.Q(('ukuran__gt', 0)), name='berkastersimpan_berisi', violation_error_message='Berkas kosong tidak disimpan.'),
        ),
        migrations.AddConstraint(
            model_name='berkastersimpan',
            constraint=models.CheckConstraint(condition=models.Q(('ancaman', ''), ('pindai', 'diblokir'), _negated=True), name='berkastersimpan_diblokir_karena', violation_error_message='Catat apa yang ditemukan pemindai.'),
        ),
        migrations.AddIndex(
            model_name='pembukaanrahasia',
            index=models.Index(fields=['evidence', '-pada'], name='pembukaan_menurut_waktu'),
        ),
        migrations.AddConstraint(
            model_name='penarikan',
            constraint=models.CheckConstraint(condition=models.Q(('alasan', ''), _negated=True), name='penarikan_beralasan', violation_error_message='Tulis alasan menarik bukti ini.'),
        ),
        migrations.AddConstraint(
            model_name='penghapusan',
            constraint=models.CheckConstraint(condition=models.Q(('dasar', ''), _negated=True), name='penghapusan_berdasar', violation_error_message='Tulis dasar hukum dan alasan penghapusan.'),
        ),
        migrations.AddConstraint(
            model_name='penghapusan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disetujui_oleh__isnull', True), ('disetujui_pada__isnull', True), ('disetujui_sebagai', '')), models.Q(('dibatalkan_pada__isnull', True), ('disetujui_oleh__isnull', False), ('disetujui_pada__isnull', False), models.Q(('disetujui_oleh', models.F('diminta_oleh')), _negated=True), models.Q(models.Q(('diminta_sebagai', 'ketua_tim'), ('disetujui_sebagai', 'sekretaris')), models.Q(('diminta_sebagai', 'sekretaris'), ('disetujui_sebagai', 'ketua_tim')), _connector='OR')), _connector='OR'), name='penghapusan_oleh_berdua', violation_error_message='Penghapusan perlu Ketua Tim dan Sekretaris, dua orang yang berbeda.'),
        ),
        migrations.AddConstraint(
            model_name='penghapusan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dibatalkan_oleh__isnull', True), ('dibatalkan_pada__isnull', True)), models.Q(('dibatalkan_oleh__isnull', False), ('dibatalkan_pada__isnull', False)), _connector='OR'), name='penghapusan_pembatal_dan_waktunya', violation_error_message='Pembatal dan waktu batal harus dicatat bersama.'),
        ),
        migrations.AddConstraint(
            model_name='penghapusan',
            constraint=models.UniqueConstraint(condition=models.Q(('dibatalkan_pada__isnull', True)), fields=('simpanan',), name='penghapusan_satu_berjalan_per_berkas', violation_error_message='Penghapusan berkas ini sudah diminta.'),
        ),
        migrations.AddIndex(
            model_name='periksatautan',
            index=models.Index(fields=['evidence', '-diperiksa_pada'], name='periksa_menurut_waktu'),
        ),
        migrations.AddConstraint(
            model_name='unggahan',
            constraint=models.CheckConstraint(condition=models.Q(('diterima__lte', models.F('ukuran')), ('ukuran__gt', 0)), name='unggahan_tidak_melebihi_ukuran', violation_error_message='Yang diterima melebihi ukuran yang diumumkan. Unggah lagi.'),
        ),
        migrations.AddConstraint(
            model_name='unggahan',
            constraint=models.CheckConstraint(condition=models.Q(('evidence__isnull', True), ('selesai_pada__isnull', False), _connector='OR'), name='unggahan_selesai_bila_menjadi_bukti', violation_error_message='Unggahan yang menjadi bukti harus bertanggal selesai.'),
        ),
    ]
