"""Who signs the office's reports: recorded as dated history, ended and never deleted."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.access import Tindakan, require
from accounts.models import Satker, User
from monev.models import Penandatangan

ISIAN = ("satker", "fungsi", "sebutan", "jabatan", "nama", "nip", "mulai", "selesai")


@transaction.atomic
def save_penandatangan(penandatangan: Penandatangan, *, by: User) -> Penandatangan:
    """Of two in force at once the later one signs: so a Plt. or Plh. needs nobody to be ended first.

    What stands already (a button pressed twice) is not put down again.
    """
    if not by.is_staff:
        require(by, Tindakan.KELOLA, penandatangan.satker)
    Satker.objects.select_for_update().get(pk=penandatangan.satker_id)
    if sama := Penandatangan.objects.filter(**{f: getattr(penandatangan, f) for f in ISIAN}).first():
        return sama
    penandatangan.full_clean()
    penandatangan._history_user = by  # type: ignore[attr-defined]
    penandatangan.save()
    return penandatangan


def end_penandatangan(penandatangan: Penandatangan, *, selesai: dt.date, by: User) -> Penandatangan:
    penandatangan.selesai = selesai
    return save_penandatangan(penandatangan, by=by)


def get_penandatangan_for(user: User, pk: int) -> Penandatangan:
    terlihat = Penandatangan.objects.filter(satker__in=Satker.objects.visible_to(user))
    penandatangan = get_object_or_404(terlihat.select_related("satker__induk"), pk=pk)
    require(user, Tindakan.KELOLA, penandatangan.satker)
    return penandatangan
