"""Who signs the office's reports: recorded as dated history, ended or cancelled and never deleted."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import Tindakan, require
from accounts.models import Satker, User
from accounts.waktu import hari_ini, tanggal_panjang
from monev.models import Penandatangan

TETAP = ("satker", "fungsi", "sebutan", "jabatan", "nama", "nip", "mulai")
ISIAN = (*TETAP, "selesai")
SALAH_TULIS = (
    "Yang sudah tercatat tidak diubah: laporan menyebutnya. Salah tulis? Batalkan, lalu catat yang benar."
)


@transaction.atomic
def save_penandatangan(penandatangan: Penandatangan, *, by: User) -> Penandatangan:
    """Of two in force at once the later one signs: so a Plt. or Plh. needs nobody to be ended first.

    What stands already (a button pressed twice) is not put down again.
    """
    _begin(penandatangan, by)
    isian = {f: getattr(penandatangan, f) for f in ISIAN}
    if sama := Penandatangan.objects.berlaku().filter(**isian).first():
        return sama
    check_penandatangan(penandatangan)
    return _put_down(penandatangan, by)


@transaction.atomic
def end_penandatangan(penandatangan: Penandatangan, *, selesai: dt.date, by: User) -> Penandatangan:
    _begin(penandatangan, by)
    kini = Penandatangan.objects.get(pk=penandatangan.pk)
    kini.selesai = selesai
    return save_penandatangan(kini, by=by)


@transaction.atomic
def cancel_penandatangan(
    penandatangan: Penandatangan, *, alasan: str, by: User, at: dt.datetime | None = None
) -> Penandatangan:
    """What should never have been written down: from now on it signs nothing. Once, and for good."""
    _begin(penandatangan, by)
    kini = Penandatangan.objects.get(pk=penandatangan.pk)
    if kini.dibatalkan_pada:
        return kini
    kini.alasan_batal, kini.dibatalkan_oleh, kini.dibatalkan_pada = alasan.strip(), by, at or timezone.now()
    return _put_down(kini, by)


def _begin(penandatangan: Penandatangan, by: User) -> None:
    if not by.is_staff:
        require(by, Tindakan.KELOLA, penandatangan.satker)
    Satker.objects.select_for_update().get(pk=penandatangan.satker_id)


def _put_down(penandatangan: Penandatangan, by: User) -> Penandatangan:
    penandatangan.full_clean()
    penandatangan._history_user = by  # type: ignore[attr-defined]
    penandatangan.save()
    return penandatangan


def check_penandatangan(penandatangan: Penandatangan) -> None:
    """What save_penandatangan refuses beyond one row's own rules."""
    semula = Penandatangan.objects.filter(pk=penandatangan.pk).first()
    if semula:
        _check_change(semula, penandatangan)
    if not (semula and _only_shortens(semula, penandatangan)):
        _check_other_fungsi(penandatangan)


def _check_change(semula: Penandatangan, kini: Penandatangan) -> None:
    """Nothing but the last day changes, and that neither from nor into the past: what a report of a past day says of
    who signs was answered already."""
    if semula.dibatalkan_pada:
        raise ValidationError("Penandatangan ini sudah dibatalkan. Catat yang baru.")
    if any(getattr(semula, f) != getattr(kini, f) for f in TETAP):
        raise ValidationError(SALAH_TULIS)
    if semula.selesai == kini.selesai:
        return
    today = hari_ini(semula.satker.zona_waktu)
    if semula.selesai and semula.selesai < today:
        raise ValidationError(
            f"Masanya sudah berakhir pada {tanggal_panjang(semula.selesai)} dan tidak diubah lagi. Catat yang baru."
        )
    if kini.selesai and kini.selesai < today:
        raise ValidationError(
            {"selesai": f"Paling awal hari ini, {tanggal_panjang(today)}: laporan yang lalu tidak berubah."}
        )


def _only_shortens(semula: Penandatangan, kini: Penandatangan) -> bool:
    """The way out of what was recorded before anybody looked."""
    return kini.selesai is not None and (semula.selesai is None or kini.selesai <= semula.selesai)


def _check_other_fungsi(penandatangan: Penandatangan) -> None:
    lain = Penandatangan.objects.berlaku().filter(satker=penandatangan.satker_id)
    lain = lain.exclude(fungsi=penandatangan.fungsi).overlapping(penandatangan.mulai, penandatangan.selesai)
    for orang in lain.exclude(pk=penandatangan.pk):
        if _same_person(orang, penandatangan) or _rapi(orang.jabatan) == _rapi(penandatangan.jabatan):
            raise ValidationError(
                f"{orang.nama}, {orang.jabatan}, sudah menandatangani sebagai {orang.get_fungsi_display()} sejak "
                f"{tanggal_panjang(orang.mulai)}. Satu orang atau jabatan tidak menandatangani untuk dua fungsi pada "
                "hari yang sama; akhiri atau batalkan dahulu yang itu."
            )


def _same_person(satu: Penandatangan, dua: Penandatangan) -> bool:
    if satu.nip and dua.nip:
        return satu.nip == dua.nip
    return _rapi(satu.nama) == _rapi(dua.nama)


def _rapi(teks: str) -> str:
    return " ".join(teks.casefold().split())


def get_penandatangan_for(user: User, pk: int) -> Penandatangan:
    terlihat = Penandatangan.objects.filter(satker__in=Satker.objects.visible_to(user))
    penandatangan = get_object_or_404(terlihat.select_related("satker__induk"), pk=pk)
    require(user, Tindakan.KELOLA, penandatangan.satker)
    return penandatangan
