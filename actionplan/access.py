from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import Tindakan, hak, require
from accounts.models import User
from accounts.tersusun import Teks, fetch
from actionplan.models import Indikator, RencanaAksi, Tenggat


def get_rencana_for(user: User, kode: str, tahun: int, tindakan: Tindakan = Tindakan.LIHAT) -> RencanaAksi:
    """404 where the office is not seen or has no plan of that year; 403 if seen but not allowed."""
    rencana = next(iter(fetch(_rencana, Teks(kode), tahun)), None)
    if rencana is None or not hak(user).boleh(Tindakan.LIHAT, rencana.satker):
        raise Http404
    require(user, tindakan, rencana.satker)
    return rencana


def _rencana(kode: str, tahun: int) -> QuerySet[RencanaAksi]:
    return RencanaAksi.objects.filter(satker__kode=kode, tahun=tahun).select_related("satker__induk")


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
