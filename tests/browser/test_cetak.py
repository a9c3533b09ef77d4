"""A page on paper: filled from its first sheet, without what one presses, light, and with the day it answers for."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page


def cetak(page: Page, folder: Path) -> list[str]:
    """The text of each sheet, lines where they stand."""
    berkas = folder / "cetak.pdf"
    page.pdf(path=berkas, prefer_css_page_size=True, print_background=True)
    hasil = subprocess.run(
        ["pdftotext", "-layout", berkas, "-"], capture_output=True, text=True, check=True
    ).stdout
    return hasil.split("\f")[:-1]


def ukuran(folder: Path) -> tuple[int, int]:
    info = subprocess.run(["pdfinfo", folder / "cetak.pdf"], capture_output=True, text=True, check=True)
    baris = next(b for b in info.stdout.splitlines() if b.startswith("Page size"))
    lebar, tinggi = (float(kata) for kata in baris.split() if kata.replace(".", "").isdigit())
    return round(lebar), round(tinggi)


def test_the_plan_lies_across_and_begins_on_the_first_sheet(buka, tmp_path: Path) -> None:
    page = buka("sekretaris")
    page.goto("/1503/2025/rencana/")
    lembar = cetak(page, tmp_path)
    assert ukuran(tmp_path) == (842, 595)
    assert len(lembar) < 15
    assert "I.1.1" in lembar[0]
    assert "Posisi per" in lembar[0]
    assert "Saringan lain" not in "".join(lembar)
    assert "Kabupaten" in lembar[0]  # not broken inside the word


def test_the_filter_in_use_is_said_on_paper(buka, tmp_path: Path) -> None:
    page = buka("sekretaris")
    page.goto("/1503/2025/rencana/?area=6")
    assert "Saringan: Area VI." in cetak(page, tmp_path)[0]


@pytest.mark.parametrize("peran", ["anggota", "sekretaris"])
def test_a_dashboard_fills_its_first_sheet(peran: str, buka, tmp_path: Path) -> None:
    page = buka(peran)
    page.goto("/1503/2025/")
    lembar = cetak(page, tmp_path)
    assert len(lembar) <= 2
    assert "Capaian" in lembar[0]
    assert "Posisi per" in lembar[0]


def test_a_row_shows_what_was_written_and_no_form(buka, tmp_path: Path) -> None:
    page = buka("ketua_tim")
    page.goto("/1503/2025/rencana/?q=V.4.3")
    page.get_by_role("link", name="V.4.3", exact=True).click()
    semua = "".join(cetak(page, tmp_path))
    assert "Menurut keputusan" in semua
    for kendali in ("Beri perpanjangan", "Catat koreksi", "boleh kosong", "Rencana Aksi  /"):
        assert kendali not in semua


def test_every_month_is_open_on_paper(buka, tmp_path: Path) -> None:
    page = buka("anggota")
    page.goto("/1503/2025/kalender/")
    assert "I.1.1" in "".join(cetak(page, tmp_path))


def test_paper_is_light_where_the_screen_is_dark(buka) -> None:
    page = buka("anggota", color_scheme="dark")
    page.goto("/1503/2025/")
    page.emulate_media(media="print", color_scheme="dark")
    for bagian in ("body", ".kartu"):
        warna = page.locator(bagian).first.evaluate("bagian => getComputedStyle(bagian).backgroundColor")
        assert warna == "rgb(255, 255, 255)"
