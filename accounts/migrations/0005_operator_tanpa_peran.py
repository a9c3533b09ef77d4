"""An operator, who sees no evidence, holds no role in an office: held by the database too."""

from django.db import migrations

from accounts.pemicu import Pemicu, pemicu

PESAN = "Operator tidak memegang peran di satker."
ORANGNYA = "1 FROM accounts_user u WHERE u.id = NEW.user_id"
MASIH_BERPERAN = (
    "EXISTS (SELECT 1 FROM accounts_membership m WHERE m.user_id = NEW.id "
    "AND (m.selesai IS NULL OR m.selesai >= CURRENT_DATE))"
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_operator")]
    operations = [
        pemicu(
            Pemicu(
                "membership_bukan_operator",
                "accounts_membership",
                "INSERT",
                PESAN,
                bila=f"EXISTS (SELECT {ORANGNYA} AND u.is_staff)",
                kunci=ORANGNYA,
            ),
            Pemicu(
                "user_operator_tanpa_peran",
                "accounts_user",
                "UPDATE",
                PESAN,
                bila=f"NEW.is_staff AND NOT OLD.is_staff AND {MASIH_BERPERAN}",
            ),
        )
    ]
