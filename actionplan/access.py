from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.access import Tindakan, get_satker_for, require
from accounts.models import User
from actionplan.models import Indikator, RencanaAksi, Tenggat


def get_rencana_for(user: User, kode: str, tahun: int, tindakan: Tindakan = Tindakan.LIHAT) -> RencanaAksi:
    """404 where the office is not seen or has no plan of that year; 403 if seen but not allowed."""
    satker = get_satker_for(user, kode, tindakan)
    rencana = get_object_or_404(RencanaAksi, satker=satker, tahun=tahun)
    rencana.satker = satker
    return rencana


def get_indikator_for(user: User, pk: int, tindakan: Tindakan = Tindakan.LIHAT) -> Indikator:
    indikator = get_object_or_404(
        Indikator.objects.visible_to(user).select_related("komponen__area__rencana__satker__induk"), pk=pk
    )
    _require(user, indikator, tindakan)
    return indikator


def get_tenggat_for(user: User, pk: int, tindakan: Tindakan = Tindakan.LIHAT) -> Tenggat:
    tenggat = get_object_or_404(
        Tenggat.objects.visible_to(user).select_related("indikator__komponen__area__rencana__satker__induk"),
        pk=pk,
    )
    _require(user, tenggat.indikator, tindakan)
    return tenggat


def _require(user: User, indikator: Indikator, tindakan: Tindakan) -> None:
    area = indikator.komponen.area
    require(user, tindakan, area.rencana.satker, area.nomor)
