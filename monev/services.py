from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.access import Tindakan, require
from accounts.models import User
from actionplan.models import Tenggat
from monev.models import Realisasi


@transaction.atomic
def save_realisasi(
    *,
    tenggat: Tenggat,
    by: User,
    uraian: str = "",
    kendala: str = "",
    rencana_tindak_lanjut: str = "",
    at: dt.datetime | None = None,
) -> Realisasi:
    """Add a version; the earlier ones stay. ValidationError if all three are empty."""
    area = tenggat.indikator.komponen.area
    require(by, Tindakan.TULIS, area.rencana.satker, area.nomor)
    Tenggat.objects.select_for_update().get(pk=tenggat.pk)
    last = Realisasi.objects.filter(tenggat=tenggat).aggregate(n=Max("versi"))["n"] or 0
    realisasi = Realisasi(
        tenggat_id=tenggat.pk,
        versi=last + 1,
        uraian=uraian.strip(),
        kendala=kendala.strip(),
        rencana_tindak_lanjut=rencana_tindak_lanjut.strip(),
        dicatat_oleh=by,
        dicatat_pada=at or timezone.now(),
    )
    realisasi.full_clean()
    realisasi.save()
    return realisasi
