"""*Posisi per*: the day for which a page answers. Chosen once (`?per=`), it stays set while moving about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest

from accounts.models import Satker
from accounts.waktu import hari_ini, tanggal_panjang
from actionplan.models import RencanaAksi

KUNCI = "posisi_per"
HARI_INI = "hari-ini"


@dataclass(frozen=True)
class Posisi:
    on: dt.date
    today: dt.date
    decreed: dt.date

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def before_decree(self) -> bool:
        """The plan was not yet in force; pages say so."""
        return self.on < self.decreed


class PosisiError(ValueError):
    """What was asked for is no day, or a day after today; the text is for the person."""


def read_per(teks: str, today: dt.date) -> dt.date:
    on = _read_day(teks)
    if on is None:
        raise PosisiError("Tanggal posisi tidak terbaca. Pilih tanggal pada kalender isian.")
    if on > today:
        raise PosisiError(f"Posisi per tidak boleh sesudah hari ini, {tanggal_panjang(today)}.")
    if on.year < 2000:
        raise PosisiError("Posisi per terlalu jauh ke belakang. Pilih tanggal sejak tahun 2000.")
    return on


def _read_day(teks: str) -> dt.date | None:
    """`2025-10-20`, as date fields send it, and no other of ISO's ways, `20251020` or `2025-W43-1`."""
    try:
        on = dt.date.fromisoformat(teks)
    except ValueError:
        return None
    return on if on.isoformat() == teks else None


def posisi_per(request: HttpRequest, rencana: RencanaAksi) -> Posisi:
    """Read `?per=`, else the session, else today. A day that cannot be is said and the last one kept."""
    return posisi_satker(request, rencana.satker, rencana.tanggal)


def posisi_satker(request: HttpRequest, satker: Satker, decreed: dt.date) -> Posisi:
    """As posisi_per, where no one plan is looked at."""
    request.menjawab_posisi = True  # type: ignore[attr-defined]  # the frame may lead back here for another day
    today = hari_ini(satker.zona_waktu)
    teks = request.GET.get("per", "")
    if teks == HARI_INI:
        request.session.pop(KUNCI, None)
    elif teks:
        try:
            request.session[KUNCI] = read_per(teks, today).isoformat()
        except PosisiError as error:
            messages.error(request, str(error))
    return Posisi(kept_day(request, today), today, decreed)


def kept_day(request: HttpRequest, today: dt.date) -> dt.date:
    """The day that was set, else today; where the day begins later, it may not have come yet."""
    kept = request.session.get(KUNCI)
    return min(dt.date.fromisoformat(kept), today) if kept else today


def told_today(request: HttpRequest, satker: Satker) -> dict[str, dt.date | None]:
    """For a page that answers only for today: today, and the day that is set elsewhere, if it is another."""
    today = hari_ini(satker.zona_waktu)
    on = kept_day(request, today)
    return {"hari_ini": today, "posisi_lain": on if on != today else None}


def say_done(request: HttpRequest, kata: str) -> None:
    """After a write: back to today, so that what was just recorded can be seen; said if another day was set."""
    if request.session.pop(KUNCI, None) is not None:
        kata += " Posisi per kembali ke hari ini."
    messages.success(request, kata)
