"""Who may do what: the one table (DESIGN section 6) and the questions asked of it. Roles are always today's."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.area import SEMUA_AREA
from accounts.models import Membership, Peran, Satker, User
from accounts.tersusun import Pk, fetch
from accounts.waktu import Zona, hari_ini_semua


class Tindakan(enum.Enum):
    """What one may do in an office; the value ends the sentence `Hanya … yang dapat …`."""

    LIHAT = "melihat rencana, status, dan laporan"
    LIHAT_RAHASIA = "melihat bukti rahasia"
    LIHAT_DRAF = "melihat bukti yang belum dikirim"
    LIHAT_LEPAS = "melihat bukti yang belum dipakai"
    TULIS = "mengisi realisasi, mengunggah, mengirim, dan menarik bukti"
    KELOLA = "mengoreksi rencana, memberi perpanjangan, dan mengelola anggota"
    REVIU = "mereviu bukti"
    TUTUP = "menutup triwulan"
    HAPUS = "meminta dan menyetujui penghapusan berkas, dan membaca catatan pembukaan bukti rahasia"


BOLEH: dict[Tindakan, frozenset[Peran]] = {
    Tindakan.LIHAT: frozenset(Peran),
    Tindakan.LIHAT_RAHASIA: frozenset({Peran.ANGGOTA, Peran.KETUA_TIM, Peran.SEKRETARIS, Peran.TPI}),
    Tindakan.LIHAT_DRAF: frozenset({Peran.ANGGOTA, Peran.KETUA_TIM, Peran.SEKRETARIS}),
    Tindakan.LIHAT_LEPAS: frozenset({Peran.KETUA_TIM}),
    Tindakan.TULIS: frozenset({Peran.ANGGOTA, Peran.KETUA_TIM}),
    Tindakan.KELOLA: frozenset({Peran.KETUA_TIM, Peran.SEKRETARIS}),
    Tindakan.REVIU: frozenset({Peran.TPI}),
    Tindakan.TUTUP: frozenset({Peran.SEKRETARIS}),
    # By both together; see evidence/penghapusan.py.
    Tindakan.HAPUS: frozenset({Peran.KETUA_TIM, Peran.SEKRETARIS}),
}

# For these an anggota acts only in the areas that the membership covers.
DI_AREA_SENDIRI = frozenset({Tindakan.LIHAT_RAHASIA, Tindakan.LIHAT_DRAF, Tindakan.TULIS})

# Who works in the office is never its TPI, and the reverse.
PERAN_TIM = frozenset({Peran.ANGGOTA, Peran.KETUA_TIM, Peran.SEKRETARIS, Peran.PIMPINAN})

# Set by the operator only: an office's own people cannot make themselves TPI.
PERAN_DARI_OPERATOR = frozenset({Peran.TPI, Peran.PEMBINA})


@dataclass(frozen=True)
class Hak:
    """A person's roles of today."""

    keanggotaan: tuple[Membership, ...]

    def yang_boleh(self, tindakan: Tindakan) -> list[Membership]:
        return [m for m in self.keanggotaan if m.peran in BOLEH[tindakan]]

    def jangkauan(self, tindakan: Tindakan = Tindakan.LIHAT) -> tuple[frozenset[int], frozenset[int]]:
        """Offices in which at least one role allows it, and of these the ones whose offices below are reached too."""
        keanggotaan = self.yang_boleh(tindakan)
        return (
            frozenset(Pk(m.satker_id) for m in keanggotaan),
            frozenset(Pk(m.satker_id) for m in keanggotaan if m.peran == Peran.PEMBINA),
        )

    def satker_q(self, tindakan: Tindakan = Tindakan.LIHAT, path: str = "") -> Q:
        """`path` leads from the asking model to the satker."""
        return terjangkau_q(*self.jangkauan(tindakan), path)

    def area_q(self, tindakan: Tindakan, satker_path: str, nomor_path: str) -> Q:
        """As satker_q, and where it counts only in the anggota's own areas (`nomor_path` leads to the number)."""
        seluruh, q = set(), Q(pk__in=())
        for m in self.yang_boleh(tindakan):
            if dibatasi(m, tindakan):
                q |= Q(**{satker_path: m.satker_id, f"{nomor_path}__in": m.area})
            else:
                seluruh.add(m.satker_id)
        return q | Q(**{f"{satker_path}__in": seluruh})

    def boleh(self, tindakan: Tindakan, satker: Satker, area: int | None = None) -> bool:
        """`area` None asks: in any area at all?"""
        return any(
            meliputi(m, satker) and (area is None or not dibatasi(m, tindakan) or area in m.area)
            for m in self.yang_boleh(tindakan)
        )

    def areas(self, tindakan: Tindakan, satker: Satker) -> frozenset[int]:
        """Of this office, those in which it is allowed."""
        return frozenset(nomor for nomor in SEMUA_AREA if self.boleh(tindakan, satker, nomor))


def terjangkau_q(sendiri: frozenset[int], binaan: frozenset[int], path: str = "") -> Q:
    q = Q(**{f"{path}pk__in": sendiri})
    if binaan:
        q |= Q(**{f"{path}induk__in": binaan}) | Q(**{f"{path}induk__induk__in": binaan})
    return q


def dibatasi(m: Membership, tindakan: Tindakan) -> bool:
    return m.peran == Peran.ANGGOTA and tindakan in DI_AREA_SENDIRI and bool(m.area)


def meliputi(m: Membership, satker: Satker) -> bool:
    """A pembina reaches the offices below, two levels deep; every other role only its own."""
    if m.satker_id == satker.pk:
        return True
    if m.peran != Peran.PEMBINA or satker.induk is None:
        return False
    return m.satker_id in (satker.induk_id, satker.induk.induk_id)


# What was asked in this request, by person; None outside one, where roles may change between two questions.
_diingat: ContextVar[dict[int, Hak] | None] = ContextVar("hak_diingat", default=None)


@contextmanager
def ingat_hak() -> Iterator[None]:
    token = _diingat.set({})
    try:
        yield
    finally:
        _diingat.reset(token)


def lupakan_hak() -> None:
    """A role has changed."""
    if (diingat := _diingat.get()) is not None:
        diingat.clear()


def hak(user: User | AnonymousUser) -> Hak:
    if not user.is_authenticated or not user.is_active:
        return Hak(())
    diingat = _diingat.get()
    if diingat is not None and user.pk in diingat:
        return diingat[user.pk]
    punya = Hak(tuple(fetch(_keanggotaan, Pk(user.pk), hari_ini_semua())))
    if diingat is not None:
        diingat[user.pk] = punya
    return punya


def _keanggotaan(user: int, hari: tuple[dt.date, ...]) -> QuerySet[Membership]:
    return Membership.objects.active_on(hari).filter(user_id=user).select_related("satker")


def sebut_peran(peran: Collection[Peran]) -> str:
    """`Anggota Tim Kerja ZI dan Ketua Tim Kerja ZI`, in the table's order"""
    *awal, akhir = [p.label for p in Peran if p in peran]
    return f"{', '.join(awal)} dan {akhir}" if awal else akhir


def require(user: User, tindakan: Tindakan, satker: Satker, area: int | None = None) -> None:
    """403 in words."""
    if not hak(user).boleh(tindakan, satker, area):
        di_area = " di areanya" if area and tindakan in DI_AREA_SENDIRI else ""
        raise PermissionDenied(f"Hanya {sebut_peran(BOLEH[tindakan])} yang dapat {tindakan.value}{di_area}.")


def get_satker_for(user: User, kode: str, tindakan: Tindakan = Tindakan.LIHAT) -> Satker:
    """404 where the person sees nothing of the office; 403 where it is seen but this is not allowed."""
    satker = get_object_or_404(Satker.objects.visible_to(user).select_related("induk"), kode=kode)
    require(user, tindakan, satker)
    return satker


def get_membership_for(user: User, pk: int, tindakan: Tindakan = Tindakan.KELOLA) -> Membership:
    terlihat = Membership.objects.filter(satker__in=Satker.objects.visible_to(user))
    membership = get_object_or_404(terlihat.select_related("user", "satker__induk"), pk=pk)
    require(user, tindakan, membership.satker)
    return membership


def penanggung_jawab(
    satker: Satker, areas: Iterable[int], on: dt.date | None = None
) -> dict[int, list[User]]:
    """The members who cover each area, today or on the day `on`. The only place that knows; later a row may name its
    own."""
    hari = (on,) * len(Zona) if on else hari_ini_semua()
    per_area: dict[int, list[User]] = {nomor: [] for nomor in areas}
    for m in fetch(_anggota, Pk(satker.pk), hari):
        for nomor in m.area or per_area:
            if nomor in per_area and m.user not in per_area[nomor]:
                per_area[nomor].append(m.user)
    return per_area


def _anggota(satker: int, hari: tuple[dt.date, ...]) -> QuerySet[Membership]:
    anggota = Membership.objects.active_on(hari).filter(satker=satker, peran=Peran.ANGGOTA)
    return anggota.select_related("user").order_by("user__nama", "user_id")
