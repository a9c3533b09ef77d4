"""Since when a person uses a password that somebody else gave."""

from django.db import migrations, models

SEJAK = models.DateTimeField(
    verbose_name="memakai kata sandi awal sejak", null=True, blank=True, editable=False
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_pemicu")]
    # A column that may be empty is added without building the table anew: no trigger is lost on SQLite.
    operations = [
        migrations.AddField("historicaluser", "sandi_awal_sejak", SEJAK),
        migrations.AddField("user", "sandi_awal_sejak", SEJAK.clone()),
    ]
