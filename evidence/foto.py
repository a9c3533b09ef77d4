"""Several photos from a phone as one PDF; the photos themselves are kept as they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError

from evidence import content, kotak
from evidence.isi.jenis import GAMBAR, Jenis, Tolak

DPI = 175  # a page of 12 point print photographed whole is read with ease; about 0.5 MB a sheet
PESAN = {
    "sedikit": "Pilih paling sedikit satu foto.",
    "banyak": "Paling banyak {batas} foto dalam satu PDF; ini {jumlah}. Bagi menjadi beberapa.",
    "bukan_foto": "Foto ke-{urutan} bukan JPG, PNG, WEBP, atau HEIC. Unggah berkas itu sendiri, di luar PDF ini.",
}


@contextmanager
def photos_to_pdf(photos: Sequence[IO[bytes]]) -> Iterator[IO[bytes]]:
    """The PDF as a temporary file, in the order given; ValidationError says what is wrong with which photo."""
    check_count(len(photos))
    jenis = [kind_of_photo(photo, urutan) for urutan, photo in enumerate(photos, 1)]
    isian = {"jenis": [j.nama for j in jenis], "maks_piksel": settings.BUKTI_MAKS_PIKSEL, "dpi": DPI}
    try:
        with kotak.inside("foto", photos, nama="PDF dari foto", waktu=2 * len(photos), **isian) as hasil:
            yield hasil
    except Tolak as tolak:
        urutan = tolak.isian.get("urutan")
        raise ValidationError(f"Foto ke-{urutan}: {tolak}" if urutan else str(tolak), code=tolak.code)


def check_count(jumlah: int) -> None:
    if not jumlah:
        raise ValidationError(PESAN["sedikit"], code="sedikit")
    if jumlah > settings.BUKTI_MAKS_FOTO:
        pesan = PESAN["banyak"].format(batas=settings.BUKTI_MAKS_FOTO, jumlah=jumlah)
        raise ValidationError(pesan, code="banyak")


def kind_of_photo(photo: IO[bytes], urutan: int) -> Jenis:
    jenis = content.claimed(photo)
    if jenis not in GAMBAR:
        raise ValidationError(PESAN["bukan_foto"].format(urutan=urutan), code="bukan_foto")
    return jenis
