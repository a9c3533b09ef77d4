"""Pictures: decoded once, so that one that is cut off or made to fill the memory is found before anybody opens it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFile, UnidentifiedImageError

from evidence.isi import video
from evidence.isi.gabungan import ARSIP, BANTALAN, PROGRAM, check_not_also, check_tail
from evidence.isi.jenis import HEIC, JPG, PNG, WEBP, Jenis, Tolak

PIL_FORMAT = {JPG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
RUSAK = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error)


def check_picture(path: Path, jenis: Jenis, *, maks_piksel: int) -> None:
    check_not_also(path, jenis)
    with opened(path, jenis, maks_piksel) as gambar:
        # A JPEG decodes itself at an eighth: enough to find that its end is missing.
        gambar.draft("RGB", (gambar.width // 8, gambar.height // 8))
        gambar.load()
    AKHIR[jenis](path, jenis)


@contextmanager
def opened(path: Path, jenis: Jenis, maks_piksel: int) -> Iterator[Image.Image]:
    """The picture, small enough and not yet decoded; what goes wrong inside is said as Tolak."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
    Image.MAX_IMAGE_PIXELS = None  # ours is below, and nothing is decoded before it
    if jenis is HEIC:
        import pillow_heif  # 25 ms that the other kinds need not wait for

        pillow_heif.register_heif_opener()
    try:
        with Image.open(path, formats=[PIL_FORMAT[jenis]]) as gambar:
            if gambar.width * gambar.height > maks_piksel:
                raise Tolak("piksel", juta=maks_piksel // 1_000_000)
            yield gambar
    except RUSAK:
        raise Tolak("rusak", nama=jenis.nama) from None


def check_jpg_end(path: Path, jenis: Jenis) -> None:
    """Phones put a second picture or a film behind the first; a program or an archive has no business there."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1024 * 1024))
        ekor = file.read()
    for akhir in ends_of_jpg(ekor):
        if ekor[akhir:].lstrip(BANTALAN).startswith((*PROGRAM, *ARSIP)):
            raise Tolak("ganda", nama=jenis.nama)


def ends_of_jpg(ekor: bytes) -> Iterator[int]:
    at = ekor.find(b"\xff\xd9")
    while at >= 0:
        yield at + 2
        at = ekor.find(b"\xff\xd9", at + 2)


def check_png_end(path: Path, jenis: Jenis) -> None:
    """Chunk after chunk to IEND; a screenshot tool that left the old picture behind it leaks what was cut away."""
    with path.open("rb") as file:
        awal, ukuran = 8, path.stat().st_size
        while awal + 12 <= ukuran:
            file.seek(awal)
            panjang, nama = struct.unpack(">I4s", file.read(8))
            awal += 12 + panjang
            if nama == b"IEND":
                return check_tail(path, awal, jenis)
    raise Tolak("rusak", nama=jenis.nama)


def check_webp_end(path: Path, jenis: Jenis) -> None:
    with path.open("rb") as file:
        panjang = int.from_bytes(file.read(8)[4:], "little")
    check_tail(path, 8 + panjang, jenis)


def check_heic_end(path: Path, jenis: Jenis) -> None:
    with path.open("rb") as file:
        kotak = list(video.boxes(file, 0, path.stat().st_size, jenis))
    check_tail(path, kotak[-1].akhir, jenis)


AKHIR: dict[Jenis, Callable[[Path, Jenis], None]] = {
    JPG: check_jpg_end,
    PNG: check_png_end,
    WEBP: check_webp_end,
    HEIC: check_heic_end,
}
