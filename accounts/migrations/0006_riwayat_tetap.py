"""Who changed what of a person, a role or an office is only added to."""

from django.db import migrations

from accounts.pemicu import pemicu, tetap


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_operator_tanpa_peran")]
    operations = [
        pemicu(
            *tetap("accounts_historicalsatker", "Riwayat satker"),
            *tetap("accounts_historicaluser", "Riwayat pengguna"),
            *tetap("accounts_historicalmembership", "Riwayat keanggotaan"),
        )
    ]
