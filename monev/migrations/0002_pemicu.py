"""What the team said of a deadline stays as it was said; a later saying is a new version."""

from django.db import migrations

from accounts.pemicu import pemicu, tetap


class Migration(migrations.Migration):
    dependencies = [("monev", "0001_initial"), ("accounts", "0002_pemicu")]
    operations = [pemicu(*tetap("monev_realisasi", "Realisasi"))]
