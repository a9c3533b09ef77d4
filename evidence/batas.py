"""How much may be handed in: per round, office and person (per file: intake). Asked before an upload begins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Sum

from accounts.models import Satker, User
from actionplan.models import Kebutuhan
from evidence.models import BerkasTersimpan, Evidence, Unggahan

MB = 1024 * 1024

PESAN = {
    "batas_unggahan": "Anda masih punya {banyak} unggahan yang belum selesai. Lanjutkan atau batalkan dahulu.",
    "batas_putaran": "Berkas untuk satu kiriman paling banyak {batas} MB; dengan yang sudah ada, masih dapat {sisa} "
    "MB. Perkecil berkasnya, atau keluarkan yang tidak perlu dari draf.",
    "batas_satker": "Ruang bukti satker ini {batas} MB; masih tersisa {sisa} MB. Hubungi pengelola aplikasi.",
}


def refused(code: str, **isian: object) -> ValidationError:
    return ValidationError({"berkas": ValidationError(PESAN[code].format(**isian), code=code)})


def check_unfinished(by: User, at: dt.datetime) -> None:
    banyak = _under_way(at).filter(oleh=by).count()
    if banyak >= settings.BUKTI_MAKS_UNGGAHAN:
        raise refused("batas_unggahan", banyak=banyak)


def check_round(slot: Kebutuhan, tambahan: int, at: dt.datetime, *, berjalan: bool = True) -> None:
    """`berjalan`: what is still travelling counts too; not for what has just arrived, or it would count twice."""
    batas = settings.BUKTI_MAKS_PUTARAN_MB
    draf = Evidence.objects.filter(
        submissions__kebutuhan=slot.pk, submissions__dikirim_pada=None, submissions__ditutup_pada=None
    )
    jalan = _under_way(at).filter(slot=slot.pk)
    sisa = batas * MB - _sum(draf) - (_sum(jalan) if berjalan else 0)
    if tambahan > sisa:
        raise refused("batas_putaran", batas=batas, sisa=max(0, sisa // MB))


def check_satker(satker: Satker, tambahan: int, at: dt.datetime, *, berjalan: bool = True) -> None:
    if settings.BUKTI_MAKS_SATKER_MB and tambahan > (sisa := _room_left(satker, at, berjalan)):
        raise refused("batas_satker", batas=settings.BUKTI_MAKS_SATKER_MB, sisa=max(0, sisa // MB))


def tell_room(satker: Satker, at: dt.datetime) -> str:
    """For the page, before anything is chosen; empty where only the disk is the limit."""
    if not settings.BUKTI_MAKS_SATKER_MB:
        return ""
    return f"Ruang bukti satker masih {max(0, _room_left(satker, at) // MB)} MB."


def _room_left(satker: Satker, at: dt.datetime, berjalan: bool = True) -> int:
    tersimpan = BerkasTersimpan.objects.filter(satker=satker, dihapus_pada=None)
    jalan = _under_way(at).filter(slot__tenggat__indikator__komponen__area__rencana__satker=satker)
    return settings.BUKTI_MAKS_SATKER_MB * MB - _sum(tersimpan) - (_sum(jalan) if berjalan else 0)


def _under_way(at: dt.datetime) -> QuerySet[Unggahan]:
    return Unggahan.objects.filter(evidence=None, kedaluwarsa_pada__gt=at)


def _sum(rows: QuerySet[Any]) -> int:
    return rows.aggregate(n=Sum("ukuran"))["n"] or 0
