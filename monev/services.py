from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import Tindakan, require
from accounts.models import User
from actionplan.models import Tenggat
from monev.models import Realisasi


class RealisasiBentrokError(ValidationError):
    """Somebody saved another version meanwhile: `terkini`. Nothing was written."""

    def __init__(self, terkini: Realisasi) -> None:
        super().__init__("Realisasi ini sudah disimpan orang lain sejak halaman dibuka.", code="bentrok")
        self.terkini = terkini


@transaction.atomic
def save_realisasi(
    *,
    tenggat: Tenggat,
    by: User,
    uraian: str = "",
    kendala: str = "",
    rencana_tindak_lanjut: str = "",
    versi_dasar: int | None = None,
    at: dt.datetime | None = None,
) -> Realisasi:
    """Add a version; the earlier ones stay. ValidationError if all three are empty.

    `versi_dasar` is the version that the writer had before them (0: none). RealisasiBentrokError if it is no
    longer the newest, unless the newest says the same: a button pressed twice is no conflict.
    """
    area = tenggat.indikator.komponen.area
    require(by, Tindakan.TULIS, area.rencana.satker, area.nomor)
    Tenggat.objects.select_for_update().get(pk=tenggat.pk)
    teks = {
        "uraian": uraian.strip(),
        "kendala": kendala.strip(),
        "rencana_tindak_lanjut": rencana_tindak_lanjut.strip(),
    }
    terkini = Realisasi.objects.filter(tenggat=tenggat).order_by("-versi").first()
    if terkini and versi_dasar is not None and versi_dasar != terkini.versi:
        if all(getattr(terkini, nama) == isi for nama, isi in teks.items()):
            return terkini
        raise RealisasiBentrokError(terkini)
    realisasi = Realisasi(
        tenggat_id=tenggat.pk,
        versi=terkini.versi + 1 if terkini else 1,
        **teks,
        dicatat_oleh=by,
        dicatat_pada=at or timezone.now(),
    )
    realisasi.full_clean()
    realisasi.save()
    return realisasi
