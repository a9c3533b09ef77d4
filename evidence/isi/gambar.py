"""Pictures: decoded once, so that one that is cut off or made to fill the memory is found before anybody opens it."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFile, UnidentifiedImageError

from evidence.isi import video
from evidence.isi.gabungan import ARSIP, PROGRAM, check_not_also, check_tail
from evidence.isi.jenis import HEIC, JPG, PNG, WEBP, Jenis, Tolak

PIL_FORMAT = {JPG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
DI_BELAKANG_JPG = re.compile(
    rb"\xff\xd9[\0 \t\r\n]{0,4096}(" + b"|".join(re.escape(awal) for awal in (*PROGRAM, *ARSIP)) + rb")"
)
RUSAK = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error)


def check_picture(path: Path, jenis: Jenis, *, maks_piksel: int) -> None:
    check_not_also(path, jenis)
    if jenis is WEBP:
        check_webp_size(path, maks_piksel)
    with opened(path, jenis, maks_piksel) as gambar:
        # A JPEG decodes itself at an eighth: enough to find that its end is missing.
        gambar.draft("RGB", (max(1, gambar.width // 8), max(1, gambar.height // 8)))
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
            check_pixels(gambar.size, maks_piksel)
            yield gambar
    except RUSAK:
        raise Tolak("rusak", nama=jenis.nama) from None


def check_pixels(ukuran: tuple[int, int], maks_piksel: int) -> None:
    if ukuran[0] * ukuran[1] > maks_piksel:
        raise Tolak("piksel", juta=maks_piksel // 1_000_000)


def check_webp_size(path: Path, maks_piksel: int) -> None:
    """Before it is opened: opening already takes the memory for every pixel that the header announces."""
    with path.open("rb") as file:
        kepala = file.read(30).ljust(30, b"\0")
    if kepala[12:16] == b"VP8X":
        ukuran = 1 + int.from_bytes(kepala[24:27], "little"), 1 + int.from_bytes(kepala[27:30], "little")
    elif kepala[12:16] == b"VP8L":
        bit = int.from_bytes(kepala[21:25], "little")
        ukuran = 1 + (bit & 0x3FFF), 1 + (bit >> 14 & 0x3FFF)
    else:
        ukuran = (
            int.from_bytes(kepala[26:28], "little") & 0x3FFF,
            int.from_bytes(kepala[28:30], "little") & 0x3FFF,
        )
    check_pixels(ukuran, maks_piksel)


def check_jpg_end(path: Path, jenis: Jenis) -> None:
    """Phones put a second picture or a film behind the first; a program or an archive has no business there."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1024 * 1024))
        if DI_BELAKANG_JPG.search(file.read()):
            raise Tolak("ganda", nama=jenis.nama)


def check_png_end(path: Path, jenis: Jenis) -> None:
    """Chunk after chunk to IEND; a screenshot tool that left the old picture behind it leaks what was cut away."""
    with path.open("rb") as file:
        awal, ukuran = 8, path.stat().st_size
        while awal + 12 <= ukuran:
            file.seek(awal)
            panjang, nama = struct.unpack(">I4s", file.read(8))
            awal += 12 + panjang
            if nama == b"IEND":
                return check_tail(file, awal, jenis)
    raise Tolak("rusak", nama=jenis.nama)


def check_webp_end(path: Path, jenis: Jenis) -> None:
    with path.open("rb") as file:
        panjang = int.from_bytes(file.read(8)[4:], "little")
        check_tail(file, 8 + panjang, jenis)


def check_heic_end(path: Path, jenis: Jenis) -> None:
    with path.open("rb") as file:
        kotak = list(video.boxes(file, 0, path.stat().st_size, jenis))
        check_tail(file, kotak[-1].akhir, jenis)


AKHIR: dict[Jenis, Callable[[Path, Jenis], None]] = {
    JPG: check_jpg_end,
    PNG: check_png_end,
    WEBP: check_webp_end,
    HEIC: check_heic_end,
}
