"""Who signs stays as recorded: it is ended or cancelled, and past reports go on naming whom they named. Its history, too,
is only added to."""

from django.db import migrations

from accounts.pemicu import Pemicu, kolom_tetap, pemicu, tetap

ISI = "satker_id fungsi sebutan jabatan nama nip mulai".split()
PEMICU = (
    Pemicu(
        "monev_penandatangan_isi_tetap",
        "monev_penandatangan",
        "UPDATE",
        "Penandatangan yang tercatat tidak dapat diubah; batalkan, lalu catat yang benar.",
        bila=kolom_tetap(ISI),
    ),
    *tetap("monev_historicalpenandatangan", "Riwayat penandatangan"),
)


class Migration(migrations.Migration):
    """No table is altered."""

    dependencies = [("monev", "0003_batal_penandatangan")]

    operations = [pemicu(*PEMICU)]
