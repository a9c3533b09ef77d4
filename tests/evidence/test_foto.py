"""Several photos as one PDF."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from evidence import content, pratinjau
from evidence.foto import photos_to_pdf
from tests.evidence import berkas, korpus

A4 = (595.28, 841.89)
TEMPAT = {1: "S", 2: (1.0, 29.0, 0.0), 3: "E", 4: (102.0, 42.0, 0.0)}  # GPS of the camera


def foto(
    warna: str = "red", ukuran: tuple[int, int] = (400, 300), jenis: str = "JPEG", putar: int = 1
) -> io.BytesIO:
    """The left half in a colour, the right half black, as the camera saw it."""
    keluar, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010F] = putar, "KameraRahasia"
    exif.get_ifd(0x8825).update(TEMPAT)
    gambar = Image.new("RGB", ukuran, "black")
    gambar.paste(warna, (0, 0, ukuran[0] // 2, ukuran[1]))
    gambar.save(keluar, jenis, exif=exif)
    keluar.seek(0)
    return keluar


def jadikan(*photos: io.BytesIO) -> bytes:
    with photos_to_pdf(photos) as pdf:
        return pdf.read()


def lihat(pdf: bytes, halaman: int = 1) -> Image.Image:
    with pratinjau.page(io.BytesIO(pdf), halaman) as jpg:
        return Image.open(io.BytesIO(jpg.read()))


def warna_di(gambar: Image.Image, x: float, y: float) -> str:
    """The nearest plain colour at a place, both counted from 0 to 1."""
    r, g, b = gambar.getpixel((int(gambar.width * x), int(gambar.height * y)))
    return "".join("1" if nilai > 128 else "0" for nilai in (r, g, b))


def test_each_photo_is_a_page_in_the_order_given() -> None:
    pdf = jadikan(
        foto("red"), foto("lime", jenis="PNG"), foto("blue", jenis="WEBP"), foto("red", jenis="HEIF")
    )
    assert [warna_di(lihat(pdf, n), 0.3, 0.5) for n in (1, 2, 3, 4)] == ["100", "010", "001", "100"]


@pytest.mark.parametrize(
    ("putar", "berwarna", "hitam"),
    [
        (1, (0.3, 0.5), (0.7, 0.5)),
        (3, (0.7, 0.5), (0.3, 0.5)),
        (6, (0.5, 0.4), (0.5, 0.6)),
        (8, (0.5, 0.6), (0.5, 0.4)),
    ],
)
def test_a_photo_stands_as_the_camera_was_held(
    putar: int, berwarna: tuple[float, float], hitam: tuple[float, float]
) -> None:
    gambar = lihat(jadikan(foto(putar=putar)))
    assert (warna_di(gambar, *berwarna), warna_di(gambar, *hitam)) == ("100", "000")


@pytest.mark.parametrize(
    ("ukuran", "putar", "lembar"),
    [((400, 300), 1, A4[::-1]), ((300, 400), 1, A4), ((400, 300), 6, A4), ((3, 3000), 1, A4)],
)
def test_the_sheet_is_a4_and_lies_as_the_photo_does(
    ukuran: tuple[int, int], putar: int, lembar: tuple[float, float]
) -> None:
    with pikepdf.open(io.BytesIO(jadikan(foto(ukuran=ukuran, putar=putar)))) as pdf:
        assert [float(nilai) for nilai in pdf.pages[0].mediabox] == pytest.approx([0, 0, *lembar], abs=0.01)


def test_a_large_photo_becomes_as_sharp_as_a_print_needs() -> None:
    with pikepdf.open(io.BytesIO(jadikan(foto(ukuran=(6000, 4000))))) as pdf:
        gambar = pdf.pages[0].obj.Resources.XObject.Foto
        assert 1800 < int(gambar.Width) < 2000
        assert int(gambar.Height) == pytest.approx(int(gambar.Width) * 2 / 3, abs=1)


def test_neither_place_nor_camera_goes_along() -> None:
    asal = foto()
    assert b"KameraRahasia" in asal.getvalue()
    pdf = jadikan(asal)
    assert (b"KameraRahasia" in pdf, b"Exif" in pdf) == (False, False)
    with pikepdf.open(io.BytesIO(pdf)) as isi:
        assert len(isi.docinfo) == 0


def test_the_same_photos_make_the_same_bytes() -> None:
    assert jadikan(foto(), foto("lime")) == jadikan(foto(), foto("lime"))
    assert jadikan(foto(), foto("lime")) != jadikan(foto("lime"), foto())


def test_what_is_transparent_lies_on_white() -> None:
    tembus = io.BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(tembus, "PNG")
    tembus.seek(0)
    assert warna_di(lihat(jadikan(tembus)), 0.5, 0.5) == "111"


def test_the_pdf_is_one_that_we_take_in(tmp_path: Path) -> None:
    path = tmp_path / "foto.pdf"
    path.write_bytes(jadikan(foto(), foto("lime")))
    assert content.recognise(path) is content.PDF


def test_the_photos_stay_as_they_came() -> None:
    asal = foto()
    sebelum = asal.getvalue()
    jadikan(asal)
    assert asal.getvalue() == sebelum


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ([], "Pilih paling sedikit satu foto."),
        ([berkas.gambar()] * 4, "Paling banyak 3 foto dalam satu PDF; ini 4. Bagi menjadi beberapa."),
        (
            [berkas.gambar(), berkas.pdf()],
            "Foto ke-2 bukan JPG, PNG, WEBP, atau HEIC. Unggah berkas itu sendiri, di luar PDF ini.",
        ),
        (
            [berkas.gambar(), berkas.gambar("JPEG", (400, 300))[:-900]],
            "Foto ke-2: Berkas JPG ini rusak atau terpotong. Buka dan simpan ulang di komputer, lalu unggah lagi.",
        ),
        (
            [korpus.png_bom(), berkas.gambar()],
            "Foto ke-1: Gambar ini lebih dari 80 juta piksel, terlalu besar. Perkecil, lalu unggah lagi.",
        ),
    ],
    ids=["tidak ada", "terlalu banyak", "bukan foto", "terpotong", "bom"],
)
def test_what_cannot_become_a_pdf_is_said_of_the_photo(
    settings: object, isi: list[bytes], pesan: str
) -> None:
    settings.BUKTI_MAKS_FOTO = 3
    with pytest.raises(ValidationError) as galat:
        jadikan(*map(io.BytesIO, isi))
    assert galat.value.messages == [pesan]
