"""Thumbnails and pages as pictures, drawn in the box (evidence/kotak.py): bounded, whatever the file."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import IO

from django.conf import settings

from evidence import kotak
from evidence.isi.jenis import GAMBAR, PDF, Jenis

KECIL = 320
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
