"""Thumbnails, pages as pictures, and the box in which they are drawn."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from evidence import content, kotak, pratinjau
from evidence.isi.jenis import Tolak
from tests.evidence import berkas, korpus
from tests.evidence.test_foto import foto, warna_di


def gambar_dari(hasil: object) -> Image.Image:
    with hasil as jpg:
        gambar = Image.open(io.BytesIO(jpg.read()))
        gambar.load()
        return gambar


def pdf_berwarna(*warna: tuple[float, float, float], lembar: tuple[float, float] = (600, 800)) -> io.BytesIO:
    keluar = io.BytesIO()
    with pikepdf.new() as pdf:
        for r, g, b in warna:
            halaman = pdf.add_blank_page(page_size=lembar)
            halaman.Contents = pdf.make_stream(f"{r} {g} {b} rg 0 0 {lembar[0]} {lembar[1]} re f".encode())
        pdf.save(keluar)
    keluar.seek(0)
    return keluar


def pdf_berlipat(tingkat: int) -> bytes:
    """Each drawing draws the next one twice: a few hundred bytes that never end."""

    def isi(pdf: pikepdf.Pdf) -> None:
        lipat = pdf.make_indirect(Stream(pdf, b"0 0 9 9 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
        for _ in range(tingkat):
            sumber = Dictionary(XObject=Dictionary(F=lipat))
            lipat = pdf.make_indirect(
                Stream(pdf, b"/F Do /F Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=sumber)
            )
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(F=lipat))
        pdf.pages[0].Contents = pdf.make_stream(b"/F Do")

    return korpus.pdf_dengan(isi)


@pytest.mark.parametrize(
    ("jenis", "format_"),
    [(content.JPG, "JPEG"), (content.PNG, "PNG"), (content.WEBP, "WEBP"), (content.HEIC, "HEIF")],
    ids=lambda nilai: getattr(nilai, "nama", nilai),
)
def test_the_thumbnail_of_a_picture_fits_320_pixels(jenis: content.Jenis, format_: str) -> None:
    kecil = gambar_dari(pratinjau.thumbnail(foto(ukuran=(640, 480), jenis=format_), jenis))
    assert (kecil.format, kecil.size, warna_di(kecil, 0.2, 0.5)) == ("JPEG", (320, 240), "100")


def test_a_small_picture_is_not_blown_up() -> None:
    assert gambar_dari(pratinjau.thumbnail(foto(ukuran=(40, 30)), content.JPG)).size == (40, 30)


def test_the_thumbnail_of_a_pdf_is_its_first_page() -> None:
    kecil = gambar_dari(pratinjau.thumbnail(pdf_berwarna((1, 0, 0), (0, 1, 0)), content.PDF))
    assert (kecil.size, warna_di(kecil, 0.5, 0.5)) == ((240, 320), "100")


def test_a_thumbnail_stands_upright_and_tells_nothing_of_place_or_camera() -> None:
    kecil = gambar_dari(pratinjau.thumbnail(foto(ukuran=(800, 600), putar=6), content.JPG))
    assert (kecil.size, warna_di(kecil, 0.5, 0.2), dict(kecil.getexif())) == ((240, 320), "100", {})


def test_pages_are_counted_from_one() -> None:
    pdf = pdf_berwarna((1, 0, 0), (0, 1, 0))
    assert pratinjau.page_count(pdf) == 2
    assert warna_di(gambar_dari(pratinjau.page(pdf, 2)), 0.5, 0.5) == "010"


@pytest.mark.parametrize("halaman", [-1, 0, 3, 10**9])
def test_a_page_that_is_not_there_is_refused(halaman: int) -> None:
    with pytest.raises(Tolak), pratinjau.page(pdf_berwarna((1, 0, 0), (0, 1, 0)), halaman):
        pass


@pytest.mark.parametrize("lembar", [(14_000, 14_000), (3, 14_000)])
def test_a_sheet_of_any_size_becomes_no_more_pixels_than_asked(lembar: tuple[float, float]) -> None:
    besar = gambar_dari(pratinjau.page(pdf_berwarna((1, 0, 0), lembar=lembar), 1))
    assert max(besar.size) <= 2000


@pytest.mark.parametrize("jenis", content.DITERIMA, ids=lambda jenis: jenis.nama)
def test_pdf_and_pictures_can_be_drawn_the_rest_has_an_icon(jenis: content.Jenis) -> None:
    assert pratinjau.can_be_drawn(jenis) is (jenis.nama in {"PDF", "JPG", "PNG", "WEBP", "HEIC"})


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_colour_model_is_drawn(mode: str) -> None:
    isi, gambar = io.BytesIO(), Image.new(mode, (400, 300), 65_535 if mode == "I;16" else "white")
    gambar.save(isi, "PNG")
    isi.seek(0)
    kecil = gambar_dari(pratinjau.thumbnail(isi, content.PNG))
    assert (kecil.size, warna_di(kecil, 0.5, 0.5)) == ((320, 240), "111")


@pytest.mark.parametrize(("nilai", "abu"), [(0, 0), (20_000, 78), (40_000, 156)])
def test_a_png_of_sixteen_bits_keeps_its_grey(nilai: int, abu: int) -> None:
    isi = io.BytesIO()
    Image.new("I;16", (400, 300), nilai).save(isi, "PNG")
    isi.seek(0)
    kecil = gambar_dari(pratinjau.thumbnail(isi, content.PNG))
    assert kecil.getpixel((160, 120)) == pytest.approx((abu,) * 3, abs=1)


@pytest.mark.parametrize("mode", ["L", "CMYK", "YCbCr"])
def test_a_jpg_of_any_colour_model_is_drawn(mode: str) -> None:
    isi = io.BytesIO()
    Image.new("RGB", (400, 300), "red").convert(mode).save(isi, "JPEG")
    isi.seek(0)
    kecil = gambar_dari(pratinjau.thumbnail(isi, content.JPG))
    assert (kecil.size, warna_di(kecil, 0.5, 0.5)) == ((320, 240), "000" if mode == "L" else "100")


# --- The box ---


def test_a_file_that_swells_costs_the_box_and_not_the_worker(settings: object) -> None:
    settings.BUKTI_KOTAK_MB = 300
    with pytest.raises(Tolak, match="terlalu berat"), pratinjau.page(io.BytesIO(pdf_berlipat(30)), 1):
        pass


def test_a_file_that_takes_for_ever_is_stopped(settings: object) -> None:
    settings.BUKTI_KOTAK_DETIK = 1
    garis = b"0 0 m " + b"".join(b"%d %d l " % (n * 7919 % 600, n * 104729 % 800) for n in range(1_500_000))
    isi = korpus.pdf_dengan(lambda pdf: pdf.pages[0].obj.update({"/Contents": Stream(pdf, garis + b"B*")}))
    with pytest.raises(Tolak, match="terlalu berat"), pratinjau.page(io.BytesIO(isi), 1):
        pass


def test_a_broken_file_is_said_to_be_broken() -> None:
    with pytest.raises(Tolak, match="rusak"), pratinjau.thumbnail(io.BytesIO(b"%PDF-1.7 x"), content.PDF):
        pass


def test_what_nobody_foresaw_in_a_file_is_a_broken_file() -> None:
    isian = {"jenis": "PDF", "maks": "bukan angka", "detik": 1}
    with (
        pytest.raises(Tolak, match="rusak"),
        kotak.inside("teks", [io.BytesIO(korpus.pdf_nyata())], nama="PDF", **isian),
    ):
        pass


def test_a_mistake_of_ours_is_not_blamed_on_the_file() -> None:
    with pytest.raises(RuntimeError, match="tugas-lain"), kotak.inside("tugas-lain", []):
        pass


def test_the_box_gets_no_secret_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "sangat rahasia")
    dilihat: list[dict[str, str]] = []

    class Mengintip(subprocess.Popen):
        def __init__(self, *args: object, env: dict[str, str], **kwargs: object) -> None:
            dilihat.append(env)
            super().__init__(*args, env=env, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", Mengintip)
    pratinjau.page_count(pdf_berwarna((1, 0, 0)))
    assert [set(env) for env in dilihat] == [{"LANG", "TMPDIR", "MALLOC_ARENA_MAX"}]


def test_the_file_is_where_it_was_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(berkas.gambar())
    with path.open("rb") as file:
        gambar_dari(pratinjau.thumbnail(file, content.JPG))
        assert file.read() == path.read_bytes()
