"""An account that opens Administrasi is an operator's: a word on screen, nothing in the table."""

from django.db import migrations, models

OPERATOR = models.BooleanField(
    verbose_name="operator", default=False, help_text="Boleh membuka Administrasi. Operator tidak melihat bukti."
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sandi_awal")]
    operations = [
        migrations.AlterField("historicaluser", "is_staff", OPERATOR),
        migrations.AlterField("user", "is_staff", OPERATOR.clone()),
    ]
