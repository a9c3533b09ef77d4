"""Erasure by law (personal data, UU 27/2022): one of ketua_tim and sekretaris asks, the other agrees, the bytes go.

The tombstone stays: hash, reason, who, when. Pieces with the same bytes lose them together, and so do the PDFs made of
an erased photo: each has its own tombstone, all are asked for and agreed to at once.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.access import Tindakan, hak, require
from accounts.models import Peran, Satker, User
from evidence import cari, vault
from evidence.impor import path_of
from evidence.models import BarisImpor, BerkasTersimpan, Evidence, Penghapusan

logger = logging.getLogger(__name__)
BERDUA = frozenset({Peran.KETUA_TIM, Peran.SEKRETARIS})
DASAR_TERPANJANG = 500
DIHAPUS = "Berkas ini sudah dihapus atas dasar hukum."
JUDUL_DIHAPUS, NAMA_DIHAPUS = "[judul dihapus]", "[nama dihapus]"  # as the trigger knows them
PDF_BARU = (
    "Sesudah diminta, ada PDF baru yang dibuat dari foto ini. Batalkan permintaannya, lalu minta lagi agar PDF itu "
    "ikut dihapus."
)
PDF_SUDAH_DIMINTA = (
    "Penghapusan PDF yang dibuat dari foto ini, {pdf}, sudah diminta sendiri. Setujui atau batalkan itu dulu."
)


def running(simpanan: BerkasTersimpan) -> Penghapusan | None:
    """Asked for and neither agreed to nor called off; of what goes with another, that other."""
    sendiri = simpanan.penghapusan.waiting().first()
    return sendiri.bersama or sendiri if sendiri else None


def roles_of(user: User, simpanan: BerkasTersimpan) -> set[str]:
    return {m.peran for m in hak(user).keanggotaan if m.satker_id == simpanan.satker_id} & set(BERDUA)


@dataclass
class Menunggu:
    """A request that waits, with the pieces that would go, and whether this person is the one to agree."""

    permintaan: Penghapusan
    giliran: bool
    bukti: list[tuple[int, str]] = field(default_factory=list)


def waiting_in(satker: Satker, user: User) -> list[Menunggu]:
    """One query, and none for who has no part in it; what waits for this person first, then the oldest."""
    peran = {m.peran for m in hak(user).keanggotaan if m.satker_id == satker.pk} & BERDUA
    if not peran:
        return []
    rows = Penghapusan.objects.waiting().filter(simpanan__satker=satker)
    rows = rows.annotate(bukti=F("simpanan__evidence"), judul=F("simpanan__evidence__judul"))
    menunggu: dict[int, Menunggu] = {}
    # What goes with another was asked for after it: the first of an act is the one to name.
    for row in rows.select_related("diminta_oleh").order_by("diminta_pada", "pk", "bukti"):
        giliran = row.penyetuju in peran and row.diminta_oleh_id != user.pk
        satu = menunggu.setdefault(row.bersama_id or row.pk, Menunggu(row, giliran))
        satu.bukti.append((row.bukti, row.judul))
    return sorted(menunggu.values(), key=lambda satu: not satu.giliran)


def pdfs_showing(simpanan: BerkasTersimpan) -> list[Evidence]:
    """PDFs made of this photo whose bytes are still there: erased alone, it would still be seen in them."""
    pdf = Evidence.objects.filter(asal_foto__foto__simpanan=simpanan, simpanan__dihapus_pada=None)
    return list(pdf.select_related("simpanan", "satker").distinct().order_by("pk"))


@transaction.atomic
def ask_erasure(
    *, evidence: Evidence, by: User, dasar: str, judul_juga: bool = False, at: dt.datetime | None = None
) -> Penghapusan:
    """Of the file and of the PDFs made of it. A second press finds what the first asked for."""
    require(by, Tindakan.HAPUS, evidence.satker)
    simpanan = _locked(evidence)
    if lama := running(simpanan):
        return lama
    if simpanan.dihapus_pada:
        raise ValidationError("Berkas ini sudah dihapus.")
    isian = {
        "dasar": check_dasar(dasar),
        "judul_juga": judul_juga,
        "diminta_oleh": by,
        # Who holds both roles asks as ketua_tim: the sekretaris has to be another person.
        "diminta_sebagai": min(roles_of(by, simpanan)),
        "diminta_pada": at or timezone.now(),
    }
    utama = Penghapusan.objects.create(simpanan=simpanan, sha256=simpanan.sha256, **isian)
    for lain in _stored_with(simpanan):
        if running(lain):
            raise ValidationError(PDF_SUDAH_DIMINTA.format(pdf=lain.evidence.order_by("pk")[0].judul))
        Penghapusan.objects.create(simpanan=lain, sha256=lain.sha256, bersama=utama, **isian)
    return utama


def _stored_with(simpanan: BerkasTersimpan) -> list[BerkasTersimpan]:
    """What the PDFs made of this photo are stored as, locked; two PDFs may be the same bytes."""
    pks = [pdf.simpanan_id for pdf in pdfs_showing(simpanan) if pdf.simpanan_id]
    return list(BerkasTersimpan.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


@transaction.atomic
def agree_to_erasure(*, evidence: Evidence, by: User, at: dt.datetime | None = None) -> Penghapusan:
    """The bytes, their text and their picture go once this is committed; a kill in between leaves a file that
    sweep_evidence removes."""
    require(by, Tindakan.HAPUS, evidence.satker)
    permintaan, at = _running_of(evidence), at or timezone.now()
    sebagai = require_other_half(permintaan, by)
    semua = together(permintaan)
    if {s.pk for s in _stored_with(permintaan.simpanan)} - {satu.simpanan_id for satu in semua}:
        raise ValidationError(PDF_BARU)
    for satu in semua:
        satu.disetujui_oleh, satu.disetujui_sebagai, satu.disetujui_pada = by, sebagai, at
        satu.save(update_fields=["disetujui_oleh", "disetujui_sebagai", "disetujui_pada"])
        _erase(satu, at)
    return permintaan


def together(permintaan: Penghapusan) -> list[Penghapusan]:
    """What is agreed to, or called off, in one act; the one that was asked for first."""
    return [permintaan, *permintaan.serta.select_related("simpanan").order_by("pk")]


def _erase(permintaan: Penghapusan, at: dt.datetime) -> None:
    simpanan = permintaan.simpanan
    nama, gambar = simpanan.nama, simpanan.gambar_kecil
    BerkasTersimpan.objects.filter(pk=simpanan.pk).update(dihapus_pada=at, gambar_kecil="")
    if permintaan.judul_juga:
        forget_titles(simpanan)
    _leave_imports(simpanan, permintaan.judul_juga)
    cari.forget_text(simpanan)
    transaction.on_commit(lambda: _remove(nama, gambar))


def forget_titles(simpanan: BerkasTersimpan) -> None:
    """The words themselves go; wherever the piece is named it is named by what took their place."""
    for piece in simpanan.evidence.only("pk", "nama_berkas"):
        Evidence.objects.filter(pk=piece.pk).update(
            judul=JUDUL_DIHAPUS, nama_berkas=nameless(piece.nama_berkas)
        )


def nameless(nama_berkas: str) -> str:
    return NAMA_DIHAPUS + PurePath(nama_berkas).suffix.lower()


def _leave_imports(simpanan: BerkasTersimpan, judul_juga: bool) -> None:
    """Of a batch that is not over the same bytes are taken away; the record of any forgets their names."""
    rows = BarisImpor.objects.filter(sha256=simpanan.sha256, impor__rencana__satker=simpanan.satker_id)
    for baris in rows.select_related("impor"):
        isian: dict[str, object] = {}
        if baris.impor.dikonfirmasi_pada is None and baris.impor.dibatalkan_pada is None:
            isian = {"putusan": BarisImpor.Putusan.LEWATI, "masalah": DIHAPUS}
        if judul_juga:
            isian |= without_names(baris)
        if isian:
            BarisImpor.objects.filter(pk=baris.pk).update(**isian)
        transaction.on_commit(partial(path_of(baris).unlink, missing_ok=True))


def without_names(baris: BarisImpor) -> dict[str, object]:
    """What the line says in the file's own words, gone; as the trigger knows it."""
    return {
        "jalur": f"{NAMA_DIHAPUS} {baris.urutan}",
        "nama_berkas": nameless(baris.nama_berkas),
        "judul": JUDUL_DIHAPUS,
        "usul_alasan": NAMA_DIHAPUS if baris.usul_alasan else "",
        "keraguan": "",
        "kendala": "",
    }


@transaction.atomic
def call_off_erasure(*, evidence: Evidence, by: User, at: dt.datetime | None = None) -> None:
    require(by, Tindakan.HAPUS, evidence.satker)
    for satu in together(_running_of(evidence)):
        satu.dibatalkan_oleh, satu.dibatalkan_pada = by, at or timezone.now()
        satu.save(update_fields=["dibatalkan_oleh", "dibatalkan_pada"])


def _running_of(evidence: Evidence) -> Penghapusan:
    permintaan = running(_locked(evidence))
    if permintaan is None:
        raise ValidationError("Tidak ada permintaan penghapusan yang menunggu. Muat ulang halaman.")
    return permintaan


def require_other_half(permintaan: Penghapusan, by: User) -> str:
    """The role in which this person may agree to what another asked for in the other role."""
    lain = permintaan.penyetuju
    if by.pk == permintaan.diminta_oleh_id:
        raise PermissionDenied("Penghapusan disetujui oleh orang lain, bukan oleh yang memintanya.")
    if lain not in roles_of(by, permintaan.simpanan):
        raise PermissionDenied(f"Permintaan ini perlu persetujuan {lain.label}.")
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
    # One erasure at a time in an office, and no PDF of photos recorded meanwhile: intake.record waits for the same row.
    Satker.objects.select_for_update().get(pk=evidence.satker_id)
    return BerkasTersimpan.objects.select_for_update().get(pk=evidence.simpanan_id)


def _remove(*names: str) -> None:
    for nama in filter(None, names):
        try:
            vault.remove(nama)
        except vault.VaultError:
            logger.exception("Berkas yang harus dihapus belum terhapus: %s", nama)
