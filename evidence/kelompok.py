"""How what a team has to do is told apart by how much it presses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import models

from evidence.keadaan import DI_TIM, Keadaan

HARI_SEGERA = 14


class Kelompok(models.TextChoices):
    """The headings, as they stand on the page. A task stands under one only."""

    DIBLOKIR = "diblokir", "Berkas diblokir karena memuat virus"
    TERLAMBAT = "terlambat", "Terlambat"
    KEMBALI = "kembali", "Dikembalikan TPI"
    SEGERA = "segera", "Jatuh tempo dalam 14 hari"
    DRAF = "draf", "Draf belum dikirim"


def kelompok(keadaan: Collection[str], ada_draf: bool, batas: dt.date, on: dt.date) -> Kelompok | None:
    """Under which heading a tenggat stands, by the state of its slots; None where nothing presses.

    What was sent back presses most, whatever its date: there is a note to follow and the fix is at hand. That it is
    late as well, its badge says.
    """
    if Keadaan.PERBAIKAN in keadaan:
        return Kelompok.KEMBALI
    return menurut_batas(keadaan, batas, on) or (Kelompok.DRAF if ada_draf else None)


def menurut_batas(keadaan: Collection[str], batas: dt.date, on: dt.date) -> Kelompok | None:
    """TERLAMBAT or SEGERA where the team has something to do, by the calendar alone."""
    if not any(k in DI_TIM for k in keadaan) or (batas - on).days > HARI_SEGERA:
        return None
    return Kelompok.TERLAMBAT if batas < on else Kelompok.SEGERA
