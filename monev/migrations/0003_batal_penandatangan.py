"""A signatory entered by mistake is cancelled, once and for good; an NIP has 18 digits. What holds no digit was a mark for
"none"; what holds others only a person can mend, and going back nothing could say what was cancelled: both stop, in words.
"""

import django.core.validators
import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.pemicu import Pemicu, pemicu

PEMICU = (
    Pemicu(
        "monev_penandatangan_batal_tetap",
        "monev_penandatangan",
        "UPDATE",
        "Penandatangan yang dibatalkan tidak dapat diubah.",
        bila="OLD.dibatalkan_pada IS NOT NULL",
    ),
    Pemicu(
        "monev_penandatangan_tak_dihapus",
        "monev_penandatangan",
        "DELETE",
        "Penandatangan tidak dapat dihapus; batalkan.",
    ),
)


def mend_nip(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    Penandatangan = apps.get_model("monev", "Penandatangan")
    keliru = Penandatangan.objects.exclude(nip="").exclude(nip__regex=r"^[0-9]{18}$").order_by("pk")
    ragu = [p for p in keliru if any(huruf.isdigit() for huruf in p.nip)]
    if ragu:
        daftar = ", ".join(f"{p.nama} (baris {p.pk}): {p.nip}" for p in ragu[:20])
        raise CommandError(
            f"NIP penandatangan ini bukan 18 angka: {daftar}. Perbaiki atau kosongkan kolom nip baris itu (tabel "
            "monev_penandatangan), lalu jalankan migrate lagi."
        )
    keliru.update(nip="")


def keep_cancelled(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    batal = apps.get_model("monev", "Penandatangan").objects.exclude(dibatalkan_pada=None).count()
    if batal:
        raise CommandError(
            f"{batal} penandatangan sudah dibatalkan. Versi sebelumnya tidak mengenal pembatalan dan akan memakai "
            "namanya lagi; karena itu migrasi ini tidak dapat dimundurkan."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_operator'),
        ('monev', '0002_pemicu'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(mend_nip, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='penandatangan',
            name='penandatangan_satu_per_tanggal_mulai',
        ),
        migrations.AddField(
            model_name='historicalpenandatangan',
            name='alasan_batal',
            field=models.TextField(blank=True, default='', editable=False, max_length=1000, verbose_name='alasan pembatalan'),
        ),
        migrations.AddField(
            model_name='historicalpenandatangan',
            name='dibatalkan_oleh',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibatalkan oleh'),
        ),
        migrations.AddField(
            model_name='historicalpenandatangan',
            name='dibatalkan_pada',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dibatalkan pada'),
        ),
        migrations.AddField(
            model_name='penandatangan',
            name='alasan_batal',
            field=models.TextField(blank=True, default='', editable=False, max_length=1000, verbose_name='alasan pembatalan'),
        ),
        migrations.AddField(
            model_name='penandatangan',
            name='dibatalkan_oleh',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibatalkan oleh'),
        ),
        migrations.AddField(
            model_name='penandatangan',
            name='dibatalkan_pada',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dibatalkan pada'),
        ),
        migrations.AlterField(
            model_name='historicalpenandatangan',
            name='nip',
            field=models.CharField(blank=True, help_text='18 angka; kosong bagi komisioner.', max_length=18, validators=[django.core.validators.RegexValidator('^[0-9]{18}$', 'NIP terdiri atas 18 angka, tanpa spasi.')], verbose_name='NIP'),
        ),
        migrations.AlterField(
            model_name='penandatangan',
            name='nip',
            field=models.CharField(blank=True, help_text='18 angka; kosong bagi komisioner.', max_length=18, validators=[django.core.validators.RegexValidator('^[0-9]{18}$', 'NIP terdiri atas 18 angka, tanpa spasi.')], verbose_name='NIP'),
        ),
        migrations.AddConstraint(
            model_name='penandatangan',
            constraint=models.CheckConstraint(condition=models.Q(('nip', ''), models.Q(models.Func('nip', output_field=models.BooleanField(), template='LENGTH(%(expressions)s) = 18'), models.Func('nip', output_field=models.BooleanField(), template="LTRIM(%(expressions)s, '0123456789') = ''")), _connector='OR'), name='penandatangan_nip_18_angka', violation_error_message='NIP terdiri atas 18 angka, tanpa spasi.'),
        ),
        migrations.AddConstraint(
            model_name='penandatangan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alasan_batal', ''), ('dibatalkan_oleh', None), ('dibatalkan_pada', None)), models.Q(('dibatalkan_oleh__isnull', False), ('dibatalkan_pada__isnull', False), models.Q(('alasan_batal', ''), _negated=True)), _connector='OR'), name='penandatangan_batal_beralasan', violation_error_message='Tulis alasan pembatalan.'),
        ),
        migrations.AddConstraint(
            model_name='penandatangan',
            constraint=models.UniqueConstraint(condition=models.Q(('dibatalkan_pada', None)), fields=('satker', 'fungsi', 'mulai'), name='penandatangan_satu_per_tanggal_mulai', violation_error_message='Sudah ada penandatangan untuk fungsi ini yang mulai pada tanggal itu.'),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_cancelled),
        pemicu(*PEMICU),
    ]
