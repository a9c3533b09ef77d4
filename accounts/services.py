"""Writes about people. Every door (page, admin, command) comes through here."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.access import PERAN_DARI_OPERATOR, PERAN_TIM, Tindakan, require
from accounts.models import Membership, Peran, User
from accounts.waktu import tanggal_panjang


@transaction.atomic
def save_membership(membership: Membership, *, by: User | None) -> Membership:
    """Add or change a role. `by` None is the command line of the operator.

    ValidationError where the gate between team and TPI, or another rule, is shut.
    """
    # One at a time per person: two doors at once must not both find the gate open.
    User.objects.select_for_update().get(pk=membership.user_id)
    check_may_set(membership, by)
    membership.full_clean()
    check_gate(membership)
    membership._history_user = by  # type: ignore[attr-defined]
    membership.save()
    return membership


def end_membership(membership: Membership, *, selesai: dt.date, by: User | None) -> Membership:
    membership.selesai = selesai
    return save_membership(membership, by=by)


def check_may_set(membership: Membership, by: User | None) -> None:
    if by is None or by.is_staff:
        return
    require(by, Tindakan.KELOLA, membership.satker)
    if membership.peran in PERAN_DARI_OPERATOR:
        raise PermissionDenied("TPI dan Pembina hanya dapat ditetapkan oleh operator.")


def check_gate(membership: Membership) -> None:
    """Nobody is in an office's team and its TPI on the same day, and no role is held twice at once."""
    sedang = (
        Membership.objects.filter(user=membership.user_id, satker=membership.satker_id)
        .exclude(pk=membership.pk)
        .overlapping(membership.mulai, membership.selesai)
    )
    for lain in sedang:
        if lain.peran == membership.peran:
            raise ValidationError(f"Peran ini sudah dipegang {_selama(lain)}. Akhiri dahulu yang lama.")
        if _bentrok(lain.peran, membership.peran):
            raise ValidationError(
                f"Orang ini {lain.get_peran_display()} di {lain.satker} {_selama(lain)}. "
                "Anggota tim satker tidak boleh menjadi TPI-nya pada tanggal yang sama."
            )


def _bentrok(satu: str, dua: str) -> bool:
    return (satu == Peran.TPI and dua in PERAN_TIM) or (dua == Peran.TPI and satu in PERAN_TIM)


def _selama(m: Membership) -> str:
    sampai = tanggal_panjang(m.selesai) if m.selesai else "sekarang"
    return f"sejak {tanggal_panjang(m.mulai)} sampai {sampai}"
