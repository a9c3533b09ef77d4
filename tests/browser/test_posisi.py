"""Posisi per, set once, holds on every page until today is asked for."""

import pytest
from playwright.sync_api import Page, expect

SKRIP = pytest.mark.parametrize("skrip", [True, False], ids=["dengan skrip", "tanpa skrip"])


def menu(page: Page, nama: str) -> None:
    page.get_by_role("navigation", name="Menu utama").get_by_role("link", name=nama).click()


def says(page: Page, tanggal: str) -> None:
    expect(page.locator("#posisi-per")).to_have_value(tanggal)


@SKRIP
def test_it_holds_while_moving_about(skrip: bool, buka) -> None:
    page = buka("ketua_tim", java_script_enabled=skrip)
    page.goto("/1503/2025/")
    page.get_by_label("Posisi per").fill("2025-06-30")
    page.get_by_role("button", name="Tampilkan").click()
    says(page, "2025-06-30")
    for nama in ("Rencana Aksi", "Tenggat", "Laporan Monev", "Dasbor"):
        menu(page, nama)
        says(page, "2025-06-30")
    menu(page, "Rencana Aksi")
    page.locator("main a[href^='/indikator/']").first.click()
    says(page, "2025-06-30")
    page.get_by_role("link", name="Kembali ke hari ini", exact=True).click()
    expect(page.get_by_text("hari ini, masih dapat berubah").first).to_be_visible()
    menu(page, "Dasbor")
    expect(page.get_by_text("hari ini, masih dapat berubah").first).to_be_visible()


def test_the_demo_banner_leads_to_its_days(buka) -> None:
    page = buka("ketua_tim")
    page.goto("/1503/2025/rencana/")
    spanduk = page.get_by_role("navigation", name="Kantor demo")
    for nama, tanggal in (
        ("31 Maret 2025", "2025-03-31"),
        ("30 Juni 2025", "2025-06-30"),
        ("20 Oktober 2025", "2025-10-20"),
    ):
        spanduk.get_by_role("link", name=nama).click()
        says(page, tanggal)
        expect(spanduk.get_by_role("link", name=nama)).to_have_attribute("aria-current", "true")
        assert page.url.split("?")[0].endswith("/1503/2025/rencana/")
    spanduk.get_by_role("link", name="Hari ini").click()
    expect(page.get_by_text("hari ini, masih dapat berubah").first).to_be_visible()


def test_a_day_to_come_is_refused_in_words(buka) -> None:
    page = buka("ketua_tim")
    page.goto("/1503/2025/?per=2099-01-01")
    expect(page.get_by_text("Posisi per tidak boleh sesudah hari ini")).to_be_visible()


def test_before_the_decree_the_page_says_so(buka) -> None:
    page = buka("ketua_tim")
    page.goto("/1503/2025/?per=2025-02-01")
    expect(page.get_by_text("Rencana belum berlaku pada tanggal ini")).to_be_visible()
