"""Reading the text layer of stored files into the search: soon after they came, or by `manage.py baca_teks`."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction

from evidence import cari, teks, vault
from evidence.content import MENURUT_TIPE
from evidence.isi.jenis import Tolak
from evidence.models import BerkasTersimpan, IsiTeks
from evidence.pindai import Pindai

logger = logging.getLogger(__name__)
Teks = BerkasTersimpan.Teks


def read_soon(simpanan: BerkasTersimpan) -> None:
    """Once it is recorded, outside the transaction; large files wait for the command."""
    if simpanan.ukuran <= settings.BUKTI_BACA_LANGSUNG_MB * 1024 * 1024:
        transaction.on_commit(lambda: _try_to_read(simpanan))


def _try_to_read(simpanan: BerkasTersimpan) -> None:
    try:
        read(simpanan)
    except Exception:  # the piece is in; its text may come later
        logger.exception("Teks berkas belum terbaca: %s", simpanan.nama)


def read(simpanan: BerkasTersimpan) -> str:
    """The state it is in then. VaultError where the store does not answer."""
    if simpanan.dihapus_pada or simpanan.pindai == Pindai.DIBLOKIR or simpanan.teks_keadaan == Teks.ADA:
        return simpanan.teks_keadaan
    try:
        with vault.in_words(), vault.open_file(simpanan.nama) as file:
            isi = teks.text_of(file, MENURUT_TIPE[simpanan.tipe]).replace("\0", " ").strip()
    except Tolak:
        return put_down(simpanan, Teks.GAGAL, "")
    return put_down(simpanan, Teks.ADA if isi else Teks.TIDAK_ADA, isi)


def read_or_give_up(simpanan: BerkasTersimpan) -> str:
    """As `read`; a file at which anything but the store fails is marked, or it would stop every night's reading."""
    try:
        return read(simpanan)
    except (vault.VaultError, OSError):
        raise
    except Exception:
        logger.exception("Teks berkas tidak terbaca: %s", simpanan.nama)
        return put_down(simpanan, Teks.GAGAL, "")


@transaction.atomic
def put_down(simpanan: BerkasTersimpan, keadaan: str, isi: str) -> str:
    kini = BerkasTersimpan.objects.select_for_update().get(pk=simpanan.pk)
    if kini.dihapus_pada:  # erased while it was read
        return kini.teks_keadaan
    BerkasTersimpan.objects.filter(pk=kini.pk).update(teks_keadaan=keadaan)
    if keadaan == Teks.ADA:
        IsiTeks.objects.update_or_create(simpanan=kini, defaults={"teks": isi})
        cari.index_file(kini)
    return keadaan
