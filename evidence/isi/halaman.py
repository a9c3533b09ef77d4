"""A picture, or a page of a PDF, as a JPG that any browser shows: upright, no larger than asked, nothing else in it."""

from __future__ import annotations

import math
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from evidence.isi.gambar import opened
from evidence.isi.jenis import MENURUT_NAMA, PDF, Jenis, Tolak

TITIK_TERBESAR = 20_000  # no sheet of paper is seven metres long; what claims to be is drawn smaller


def run(files: list[Path], *, jenis: str, sisi: int, mutu: int, maks_piksel: int, halaman: int = 1) -> bytes:
    kind = MENURUT_NAMA[jenis]
    if kind is PDF:
        return as_jpg(page_of(files[0], halaman, sisi), mutu)
    return as_jpg(picture_of(files[0], kind, sisi, maks_piksel), mutu)


def picture_of(path: Path, jenis: Jenis, sisi: int, maks_piksel: int) -> Image.Image:
    with opened(path, jenis, maks_piksel) as gambar:
        return upright(gambar, (sisi, sisi))


def upright(gambar: Image.Image, ukuran: tuple[int, int]) -> Image.Image:
    """Turned as the camera was held, then made to fit; `ukuran` is for the picture as it is seen."""
    sisi = max(ukuran)
    gambar.draft("RGB", (sisi, sisi))  # a large JPEG decodes itself at a half, a quarter, an eighth
    gambar.load()
    if gambar.mode.startswith("I"):  # sixteen bits of grey, which a conversion would not scale but cut off
        gambar = gambar.point(lambda nilai: nilai * (1 / 256))
    kecil = gambar if gambar.mode in ("RGB", "RGBA", "L", "LA") else gambar.convert(_mode_of(gambar))
    kecil.thumbnail((sisi, sisi), reducing_gap=2)
    tegak = ImageOps.exif_transpose(kecil)
    tegak.thumbnail(ukuran)
    return on_white(tegak)


def _mode_of(gambar: Image.Image) -> str:
    if gambar.mode.startswith(("1", "I")):
        return "L"
    return "RGBA" if gambar.has_transparency_data else "RGB"


def on_white(gambar: Image.Image) -> Image.Image:
    if gambar.mode not in ("RGBA", "LA"):
        return gambar.convert("RGB")
    kertas = Image.new("RGB", gambar.size, "white")
    kertas.paste(gambar, mask=gambar.getchannel("A"))
    return kertas


def as_jpg(gambar: Image.Image, mutu: int) -> bytes:
    """New bytes from pixels alone: no place, no camera, no hidden thumbnail goes along."""
    keluar = BytesIO()
    gambar.info.clear()
    gambar.convert("RGB").save(keluar, "JPEG", quality=mutu, optimize=True)
    return keluar.getvalue()


def page_of(path: Path, halaman: int, sisi: int) -> Image.Image:
    from evidence.isi import pdfium  # 25 ms that pictures need not wait for

    with pdfium.opened(path) as pdf:
        if not 1 <= halaman <= len(pdf):
            raise Tolak("rusak", nama=PDF.nama)
        lembar = pdf[halaman - 1]
        terpanjang = max(lembar.get_size())
        if not 0 < terpanjang < math.inf:
            raise Tolak("rusak", nama=PDF.nama)
        skala = sisi / min(max(terpanjang, 1), TITIK_TERBESAR)
        gambar = lembar.render(scale=skala, may_draw_forms=False).to_pil()
        gambar.thumbnail((sisi, sisi))
        return gambar
