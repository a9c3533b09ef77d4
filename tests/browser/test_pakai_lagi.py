"""What the office has is handed in again: picked from the library, or recognised when the same file comes once more."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PONSEL
from tests.browser.kantor import Kantor

# Slots in whose period the pieces of the office are dated, where no other file hands in.
SLOT = {"pustaka": -3, "dengan skrip": -4, "tanpa skrip": -5}


def open_slot(buka, kantor: Kantor, untuk: str, **options: object) -> Page:
    page = buka("uji_anggota", **options)
    page.goto(f"/slot/{kantor.isi['uji']['slot'][SLOT[untuk]]}/unggah/")
    return page


def a_stored_file(kantor: Kantor) -> dict[str, object]:
    """As somebody who kept a copy would hand it in again, under another name."""
    milik = kantor.folder / "media" / "bukti" / kantor.isi["uji"]["kode"]
    path = next(p for p in sorted(milik.rglob("*")) if p.is_file())
    return {"name": "Salinan saya.pdf", "mimeType": "application/pdf", "buffer": path.read_bytes()}


def stored(kantor: Kantor) -> list[Path]:
    return [p for p in (kantor.folder / "media" / "bukti").rglob("*") if p.is_file()]


def test_a_piece_is_picked_from_the_library_and_sent(buka, kantor: Kantor) -> None:
    page = open_slot(buka, kantor, "pustaka", ukuran=PONSEL)
    page.get_by_role("link", name="Pakai dari pustaka").click()
    page.get_by_label("Cari", exact=True).fill("laporan evaluasi")
    page.get_by_role("button", name="Tampilkan").click()
    pilihan = page.get_by_role("checkbox", name="Pakai Laporan evaluasi").first
    judul = pilihan.locator("xpath=ancestor::li").locator(".berkas__nama a").inner_text()
    pilihan.check()
    page.get_by_role("button", name="Masukkan ke draf").click()
    expect(page.get_by_text("1 bukti dari pustaka masuk ke draf; belum dikirim.")).to_be_visible()
    expect(page.locator("#draf").get_by_role("link", name=f"{judul} (unduh)")).to_be_visible()
    page.get_by_role("button", name="Kirim untuk Reviu").click()
    expect(page.get_by_text("Bukti terkirim dan menunggu reviu TPI.")).to_be_visible()


@pytest.mark.parametrize("skrip", [True, False], ids=["dengan skrip", "tanpa skrip"])
def test_the_same_file_is_recognised_and_the_old_piece_used(buka, kantor: Kantor, skrip: bool) -> None:
    page = open_slot(buka, kantor, "dengan skrip" if skrip else "tanpa skrip", java_script_enabled=skrip)
    sebelum = len(stored(kantor))
    page.locator("#id_tanggal_dokumen").fill(kantor.isi["hari_ini"])
    page.get_by_label("Pilih berkas").set_input_files(a_stored_file(kantor))
    page.get_by_role("button", name="Simpan dulu").click()
    draf = page.locator("#draf")
    expect(draf.get_by_text("Berkas Salinan saya.pdf sudah pernah diunggah untuk")).to_be_visible()
    draf.get_by_role("button", name="Pakai yang sudah ada").click()
    expect(page.get_by_text("dipakai; unggahan yang sama ditarik sebagai rangkap.").first).to_be_visible()
    expect(draf.get_by_role("link", name="(unduh)")).to_have_count(1)
    expect(draf.get_by_role("link", name="(unduh)")).to_contain_text("Laporan evaluasi")
    expect(draf.get_by_text("Salinan saya.pdf")).to_have_count(0)
    assert len(stored(kantor)) == sebelum
