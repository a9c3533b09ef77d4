"""The gate between an office's team and its TPI, held by the database too."""

from django.db import migrations

from accounts.pemicu import Pemicu, pemicu

TIM = "('anggota', 'ketua_tim', 'sekretaris', 'pimpinan')"
BENTROK = (
    "EXISTS (SELECT 1 FROM accounts_membership m WHERE m.user_id = NEW.user_id AND m.satker_id = NEW.satker_id "
    "AND m.id IS DISTINCT FROM NEW.id "
    "AND (m.selesai IS NULL OR m.selesai >= NEW.mulai) AND (NEW.selesai IS NULL OR m.mulai <= NEW.selesai) "
    f"AND ((m.peran = 'tpi' AND NEW.peran IN {TIM}) OR (NEW.peran = 'tpi' AND m.peran IN {TIM})))"
)
PESAN = "Anggota tim satker tidak boleh menjadi TPI-nya pada tanggal yang sama."
ORANGNYA = "1 FROM accounts_user u WHERE u.id = NEW.user_id"


def gate(event: str) -> Pemicu:
    nama = f"membership_tim_bukan_tpi_{event.lower()}"
    return Pemicu(nama, "accounts_membership", event, PESAN, bila=BENTROK, kunci=ORANGNYA)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        pemicu(
            gate("INSERT"),
            gate("UPDATE"),
            Pemicu(
                "accounts_membership_tak_dihapus",
                "accounts_membership",
                "DELETE",
                "Keanggotaan diakhiri dengan tanggal selesai, tidak dihapus.",
            ),
        )
    ]
