"""Photos as one PDF: each on an A4 sheet of its own, upright, sharp enough to print; one in memory at a time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

from evidence.isi.gambar import opened
from evidence.isi.halaman import as_jpg, upright
from evidence.isi.jenis import MENURUT_NAMA, Tolak

A4 = (595.28, 841.89)
TEPI = 28.35  # 1 cm
MUTU = 82


def run(files: list[Path], *, jenis: list[str], maks_piksel: int, dpi: int) -> bytes:
    keluar = BytesIO()
    with pikepdf.new() as pdf:
        for urutan, (path, nama) in enumerate(zip(files, jenis, strict=True), 1):
            try:
                add_page(pdf, photo(path, nama, maks_piksel, dpi))
            except Tolak as tolak:
                raise Tolak(tolak.code, **tolak.isian, urutan=urutan) from None
        # Same photos, same bytes: the store keeps them once.
        pdf.save(keluar, deterministic_id=True)
    return keluar.getvalue()


def photo(path: Path, nama: str, maks_piksel: int, dpi: int) -> Image.Image:
    with opened(path, MENURUT_NAMA[nama], maks_piksel) as gambar:
        sisi = int((A4[1] - 2 * TEPI) / 72 * dpi)
        return upright(gambar, (sisi, sisi))


def add_page(pdf: pikepdf.Pdf, gambar: Image.Image) -> None:
    """The sheet lies as the photo does; a small photo is not blown up beyond what it can show."""
    lembar = A4 if gambar.height >= gambar.width else A4[::-1]
    lebar, tinggi = fitted(gambar.size, (lembar[0] - 2 * TEPI, lembar[1] - 2 * TEPI))
    foto = pikepdf.Stream(
        pdf,
        as_jpg(gambar, MUTU),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=gambar.width,
        Height=gambar.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    halaman = pdf.add_blank_page(page_size=lembar)
    halaman.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Foto=pdf.make_indirect(foto)))
    x, y = (lembar[0] - lebar) / 2, (lembar[1] - tinggi) / 2
    halaman.Contents = pdf.make_stream(
        f"q {lebar:.2f} 0 0 {tinggi:.2f} {x:.2f} {y:.2f} cm /Foto Do Q".encode()
    )


def fitted(piksel: tuple[int, int], ruang: tuple[float, float]) -> tuple[float, float]:
    """In points; at least 72 pixels an inch."""
    skala = min(ruang[0] / piksel[0], ruang[1] / piksel[1], 1)
    return piksel[0] * skala, piksel[1] * skala
