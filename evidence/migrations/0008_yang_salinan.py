from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """No table is altered: the triggers stand."""

    dependencies = [("evidence", "0007_wajib")]

    operations = [
        migrations.AddIndex(
            "evidence",
            models.Index(
                condition=Q(salinan_dari__isnull=False), fields=["salinan_dari"], name="evidence_yang_salinan"
            ),
        ),
    ]
