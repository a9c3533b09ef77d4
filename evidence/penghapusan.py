"""Erasure by law (personal data, UU 27/2022): one of ketua_tim and sekretaris asks, the other agrees, the bytes go.

The tombstone stays: hash, reason, who, when. Pieces with the same bytes lose them together.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import Tindakan, hak, require
from accounts.models import Peran, User
from evidence import cari, vault
from evidence.models import BerkasTersimpan, Evidence, Penghapusan

logger = logging.getLogger(__name__)
BERDUA = frozenset({Peran.KETUA_TIM, Peran.SEKRETARIS})
DASAR_TERPANJANG = 500


def running(simpanan: BerkasTersimpan) -> Penghapusan | None:
    """Asked for and neither agreed to nor called off."""
    return simpanan.penghapusan.filter(disetujui_pada=None, dibatalkan_pada=None).first()


def roles_of(user: User, simpanan: BerkasTersimpan) -> set[str]:
    return {m.peran for m in hak(user).keanggotaan if m.satker_id == simpanan.satker_id} & set(BERDUA)


@transaction.atomic
def ask_erasure(*, evidence: Evidence, by: User, dasar: str, at: dt.datetime | None = None) -> Penghapusan:
    """A second press finds what the first asked for."""
    require(by, Tindakan.HAPUS, evidence.satker)
    simpanan = _locked(evidence)
    if lama := running(simpanan):
        return lama
    if simpanan.dihapus_pada:
        raise ValidationError("Berkas ini sudah dihapus.")
    # Who holds both roles asks as ketua_tim: the sekretaris has to be another person.
    sebagai = min(roles_of(by, simpanan))
    return Penghapusan.objects.create(
        simpanan=simpanan,
        dasar=check_dasar(dasar),
        sha256=simpanan.sha256,
        diminta_oleh=by,
        diminta_sebagai=sebagai,
        diminta_pada=at or timezone.now(),
    )


@transaction.atomic
def agree_to_erasure(*, evidence: Evidence, by: User, at: dt.datetime | None = None) -> Penghapusan:
    """The bytes, their text and their picture go once this is committed; a kill in between leaves a file that
    sweep_evidence removes."""
    require(by, Tindakan.HAPUS, evidence.satker)
    simpanan, at = _locked(evidence), at or timezone.now()
    permintaan = running(simpanan)
    if permintaan is None:
        raise ValidationError("Tidak ada permintaan penghapusan yang menunggu. Muat ulang halaman.")
    permintaan.disetujui_sebagai = require_other_half(permintaan, by)
    permintaan.disetujui_oleh, permintaan.disetujui_pada = by, at
    permintaan.save(update_fields=["disetujui_oleh", "disetujui_sebagai", "disetujui_pada"])
    gambar = simpanan.gambar_kecil
    cari.forget_text(simpanan)
    BerkasTersimpan.objects.filter(pk=simpanan.pk).update(dihapus_pada=at, gambar_kecil="")
    transaction.on_commit(lambda: _remove(simpanan.nama, gambar))
    return permintaan


@transaction.atomic
def call_off_erasure(*, evidence: Evidence, by: User, at: dt.datetime | None = None) -> None:
    require(by, Tindakan.HAPUS, evidence.satker)
    permintaan = running(_locked(evidence))
    if permintaan is None:
        raise ValidationError("Tidak ada permintaan penghapusan yang menunggu. Muat ulang halaman.")
    permintaan.dibatalkan_oleh, permintaan.dibatalkan_pada = by, at or timezone.now()
    permintaan.save(update_fields=["dibatalkan_oleh", "dibatalkan_pada"])


def require_other_half(permintaan: Penghapusan, by: User) -> str:
    """The role in which this person may agree to what another asked for in the other role."""
    (lain,) = set(BERDUA) - {permintaan.diminta_sebagai}
    if by.pk == permintaan.diminta_oleh_id:
        raise PermissionDenied("Penghapusan disetujui oleh orang lain, bukan oleh yang memintanya.")
    if lain not in roles_of(by, permintaan.simpanan):
        raise PermissionDenied(f"Permintaan ini perlu persetujuan {Peran(lain).label}.")
    return lain


def check_dasar(dasar: str) -> str:
    dasar = " ".join(dasar.split())
    if not dasar:
        raise ValidationError(
            {"dasar": "Tulis dasar hukum dan alasan, mis. permintaan pemilik data pribadi."}
        )
    if len(dasar) > DASAR_TERPANJANG:
        raise ValidationError(
            {"dasar": f"Dasar dan alasan paling panjang {DASAR_TERPANJANG} huruf. Pendekkan."}
        )
    return dasar


def _locked(evidence: Evidence) -> BerkasTersimpan:
    if evidence.simpanan_id is None:
        raise ValidationError("Tautan tidak menyimpan berkas; tidak ada yang dihapus. Tarik buktinya.")
    return BerkasTersimpan.objects.select_for_update().get(pk=evidence.simpanan_id)


def _remove(*names: str) -> None:
    for nama in filter(None, names):
        try:
            vault.remove(nama)
        except vault.VaultError:
            logger.exception("Berkas yang harus dihapus belum terhapus: %s", nama)
