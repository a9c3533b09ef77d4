"""Thumbnails and pages as pictures, drawn in the box (evidence/kotak.py): bounded, whatever the file."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile

from evidence import kotak, vault
from evidence.isi.jenis import GAMBAR, MENURUT_TIPE, PDF, Jenis, Tolak
from evidence.models import BerkasTersimpan

KECIL = 320
AWALAN = "gambar/"
TAK_TERGAMBAR = "-"  # tried once; a file that cannot be drawn is not tried again at each look
MUTU_KECIL, MUTU = 72, 85


def can_be_drawn(jenis: Jenis) -> bool:
    """Office files and videos have an icon instead."""
    return jenis is PDF or jenis in GAMBAR


def thumbnail(file: IO[bytes], jenis: Jenis) -> AbstractContextManager[IO[bytes]]:
    """A picture, or the first page, as a JPG of at most 320 pixels; Tolak when it cannot be drawn."""
    return _drawn(file, jenis, sisi=KECIL, mutu=MUTU_KECIL)


def picture(file: IO[bytes], jenis: Jenis) -> AbstractContextManager[IO[bytes]]:
    """A picture that browsers may not know, as JPG no larger than a screen asks for."""
    return _drawn(file, jenis, sisi=settings.BUKTI_PRATINJAU_PIKSEL, mutu=MUTU)


def page(file: IO[bytes], halaman: int) -> AbstractContextManager[IO[bytes]]:
    """A page of a PDF, counted from 1, as JPG; Tolak when there is none."""
    return _drawn(file, PDF, sisi=settings.BUKTI_PRATINJAU_PIKSEL, mutu=MUTU, halaman=halaman)


def page_count(file: IO[bytes]) -> int:
    with kotak.inside("jumlah", [file], nama=PDF.nama) as hasil:
        return int(hasil.read(20))


def _drawn(file: IO[bytes], jenis: Jenis, **isian: int) -> AbstractContextManager[IO[bytes]]:
    return kotak.inside(
        "jpg", [file], nama=jenis.nama, jenis=jenis.nama, maks_piksel=settings.BUKTI_MAKS_PIKSEL, **isian
    )


# --- Kept thumbnails ---


def kept_thumbnail(simpanan: BerkasTersimpan) -> bytes:
    """Drawn when it is first looked at, kept beside the store's files and gone with them; Tolak where there is none."""
    if simpanan.gambar_kecil == TAK_TERGAMBAR:
        raise Tolak("rusak", nama="")
    if simpanan.gambar_kecil:
        with vault.open_file(simpanan.gambar_kecil) as file:
            return file.read()
    try:
        with vault.open_file(simpanan.nama) as file, thumbnail(file, MENURUT_TIPE[simpanan.tipe]) as jpg:
            isi = jpg.read()
    except Tolak:
        note_thumbnail(simpanan, TAK_TERGAMBAR)
        raise
    keep_thumbnail(simpanan, isi)
    return isi


def keep_thumbnail(simpanan: BerkasTersimpan, isi: bytes) -> None:
    nama = vault.bukti_storage().save(
        f"{AWALAN}{simpanan.nama.removeprefix(vault.AWALAN)}.jpg", ContentFile(isi)
    )
    if not note_thumbnail(simpanan, nama):  # another look was quicker, or the file has been erased meanwhile
        vault.remove(nama)


def note_thumbnail(simpanan: BerkasTersimpan, nama: str) -> bool:
    masih = BerkasTersimpan.objects.filter(pk=simpanan.pk, gambar_kecil="", dihapus_pada=None)
    return bool(masih.update(gambar_kecil=nama))
