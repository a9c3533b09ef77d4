"""Every page × each role that can open it, wide and on a phone: accessibility, width, touch, complaints."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from tests.akses.jelajah import RUAS, all_patterns
from tests.akses.tabel import baca
from tests.browser.conftest import LEBAR, PONSEL

PERAN = {
    "tamu": "",
    "angg": "anggota",
    "ketu": "ketua_tim",
    "sekr": "sekretaris",
    "pimp": "pimpinan",
    "tpi": "tpi",
    "bina": "pembina",
    "oper": "operator",
}
BUKAN_HALAMAN = {
    *("rencana_xlsx", "laporan_pdf", "laporan_xlsx", "paket_unduh"),
    *("unduh_bukti", "lihat_bukti", "gambar_kecil", "gambar_halaman"),
}
# A page that looks different when asked otherwise.
TAMBAHAN = {
    "ketu": ["/1503/2025/?per=2025-06-30", "/1503/2025/?per=2025-02-01", "/1503/2025/rencana/?q=eviden"],
    "angg": ["/1503/2025/?per=2025-06-30"],
    "tpi": ["/1503/2025/?per=2025-10-20"],
}
AXE = Axe()
DILIHAT_GELAP: set[str] = set()
ATURAN = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def addresses(kolom: str, isi: dict) -> list[str]:
    """The pages that the access table lets this role open."""
    _, lines = baca()
    pola = dict(all_patterns())
    found = []
    for baris in lines:
        if baris.cara != "GET" or baris.harapan[kolom] != "ok" or baris.nama in BUKAN_HALAMAN:
            continue
        if not baris.objek:
            found.append(
                reverse(baris.nama, kwargs={ruas: RUAS[ruas] for ruas in pola[baris.nama].pattern.converters})
            )
        elif baris.objek[0] in isi["pk"]:
            found.append(reverse(baris.nama, args=[isi["pk"][objek] for objek in baris.objek]))
    return [*dict.fromkeys(found), *TAMBAHAN.get(kolom, [])]


@pytest.mark.parametrize("kolom", PERAN)
def test_pages_of(kolom: str, buka, kantor) -> None:
    page = buka(PERAN[kolom])
    salah = []
    for alamat in addresses(kolom, kantor.isi):
        page.set_viewport_size(LEBAR)
        response = page.goto(alamat)
        assert response.status == 200, (alamat, response.status)
        salah += [f"{alamat} {kata}" for kata in faults(page)]
    assert salah == []


@pytest.mark.parametrize(
    ("peran", "alamat", "status"),
    [
        ("", "/tidak-ada/", 404),
        ("anggota", "/1503/2025/antrean/", 403),
        ("anggota", "/9999/2025/", 404),
        ("pimpinan", "/1503/pengaturan/", 403),
    ],
)
def test_a_refusal_is_a_page_like_any_other(peran: str, alamat: str, status: int, buka) -> None:
    page = buka(peran)
    assert page.goto(alamat).status == status
    assert faults(page) == []


def faults(page: Page) -> list[str]:
    """Light and wide, light and narrow, dark and narrow."""
    lebar = violations(page, "lebar") + structure(page)
    page.set_viewport_size(PONSEL)
    ponsel = violations(page, "ponsel") + too_wide(page) + too_small(page)
    return lebar + ponsel + in_the_dark(page)


def in_the_dark(page: Page) -> list[str]:
    """Once for each page: its colours are the same for every role."""
    if page.url in DILIHAT_GELAP:
        return []
    DILIHAT_GELAP.add(page.url)
    page.emulate_media(color_scheme="dark")
    gelap = violations(page, "gelap")
    page.emulate_media(color_scheme="light")
    return gelap


def violations(page: Page, tampilan: str) -> list[str]:
    found = AXE.run(page, options=ATURAN).response["violations"]
    return [f"{tampilan}: {v['id']} {n['html'][:160]}" for v in found for n in v["nodes"]]


def structure(page: Page) -> list[str]:
    html = page.evaluate(
        """() => ({lang: document.documentElement.lang, h1: document.querySelectorAll('h1').length,
                   judul: document.title, main: document.querySelectorAll('main').length})"""
    )
    return (
        []
        if (html["lang"], html["h1"], html["main"]) == ("id", 1, 1) and html["judul"]
        else [f"kerangka: {html}"]
    )


def too_wide(page: Page) -> list[str]:
    ukuran = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    return [] if ukuran[0] <= ukuran[1] else [f"lebih lebar dari layar: {ukuran}"]


def too_small(page: Page) -> list[str]:
    """What one presses with a thumb: the main menu, the demo banner, buttons."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.zi-nav a, .btn, button')]
            .filter(e => e.checkVisibility({visibilityProperty: true}))
            .map(e => [e, e.getBoundingClientRect()])
            .filter(([e, k]) => k.width && (k.width < 43.9 || k.height < 43.9))
            .map(([e, k]) => [k.width, k.height, e.outerHTML.slice(0, 90)].join(" "))"""
    )
