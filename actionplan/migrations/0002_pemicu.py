"""What was decreed, and what was later decided beside it, is added and never changed."""

from django.db import migrations

from accounts.pemicu import pemicu, tetap

TETAP = {
    "rencanaaksi": "Rencana aksi yang ditetapkan",
    "area": "Area dalam rencana yang ditetapkan",
    "komponen": "Komponen dalam rencana yang ditetapkan",
    "indikator": "Indikator dalam rencana yang ditetapkan",
    "langkahaksi": "Langkah aksi dalam rencana yang ditetapkan",
    "buktifisik": "Bukti fisik dalam rencana yang ditetapkan",
    "tenggat": "Tenggat dalam rencana yang ditetapkan",
    "kebutuhan": "Kebutuhan bukti dalam rencana yang ditetapkan",
    "mulaidipantau": "Penetapan mulai dipantau",
    "perpanjangan": "Perpanjangan",
    "koreksi": "Koreksi",
}


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0001_initial"), ("accounts", "0002_pemicu")]
    operations = [pemicu(*tetap(f"actionplan_{model}", apa)) for model, apa in TETAP.items()]
