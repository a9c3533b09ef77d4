"""Bawa Drive Anda in the browser: from the ZIP to the drafts, with the script and without it; each page looked at."""

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.berkas import pdf_bytes
from tests.browser.conftest import LEBAR
from tests.browser.kantor import Kantor
from tests.browser.test_setiap_halaman import faults

SKRIP = pytest.mark.parametrize("skrip", [True, False], ids=["dengan skrip", "tanpa skrip"])
# Rows that nobody has handed anything in for (penghuni.py): one set for each test.
BARIS = {True: ("V", "VI"), False: ("V", "VI")}
NOMOR = {True: 1, False: 2}


def drive(tahun: int, skrip: bool) -> dict[str, object]:
    """Two that are certain, one without a date, one that is no document, and what computers leave."""
    isi = {}
    for area in BARIS[skrip]:
        isi[f"AREA {area}/{area}.1.{NOMOR[skrip]}_Laporan evaluasi 01-01-{tahun}.pdf"] = f"{area} {skrip}"
    isi[f"AREA I/I.1.{NOMOR[skrip] + 1}_Laporan evaluasi tanpa tanggal.pdf"] = f"I {skrip}"
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w") as arsip:
        for nama, judul in isi.items():
            arsip.writestr(nama, pdf_bytes(judul))
        arsip.writestr("AREA V/pasang.exe", b"MZ\x90\x00")
        arsip.writestr("AREA V/Thumbs.db", b"x")
    return {"name": "Drive ZI.zip", "mimeType": "application/zip", "buffer": keluar.getvalue()}


def bring(page: Page, kantor: Kantor, skrip: bool) -> None:
    uji = kantor.isi["uji"]
    page.goto(f"/{uji['kode']}/{uji['tahun']}/unggah/")
    page.get_by_role("link", name="Bawa Drive Anda").click()
    page.get_by_label("Pilih ZIP").set_input_files(drive(uji["tahun"], skrip))
    page.get_by_role("button", name="Unggah dan baca").click()


def wait_for(page: Page, judul: str, skrip: bool) -> None:
    """The page goes on by itself; without the script by its button."""
    while not skrip and not page.get_by_role("heading", name=judul).is_visible():
        page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_role("heading", name=judul, level=1)).to_be_visible()


@SKRIP
def test_a_drive_comes_in_and_lies_in_drafts(skrip: bool, buka, kantor: Kantor) -> None:
    page = buka("uji_anggota", java_script_enabled=skrip)
    bring(page, kantor, skrip)
    wait_for(page, "Periksa sebelum masuk", skrip)
    expect(page.get_by_text("2 akan diambil")).to_be_visible()
    satu = page.get_by_role("group", name="tanpa tanggal")
    satu.get_by_label("Tanggal dokumen").fill(kantor.isi["dalam_masa"])
    satu.get_by_label("Putusan").select_option("ambil")
    page.get_by_role("button", name="Simpan dan masukkan ke draf").click()
    wait_for(page, "Sudah masuk ke draf", skrip)
    expect(page.get_by_role("heading", name="3 berkas masuk ke draf")).to_be_visible()
    page.get_by_text("1 berkas tidak diambil").click()
    expect(page.get_by_text("program tidak diterima")).to_be_visible()
    page.get_by_role("link", name="I.1.").first.click()
    expect(page.locator("#draf")).to_contain_text("Laporan evaluasi tanpa tanggal")


def test_what_is_missing_is_said_at_its_line(buka, kantor: Kantor) -> None:
    page = buka("uji_ketua_tim")
    bring(page, kantor, True)
    wait_for(page, "Periksa sebelum masuk", True)
    satu = page.get_by_role("group", name="tanpa tanggal")
    satu.get_by_label("Putusan").select_option("ambil")
    satu.get_by_label("Tanggal dokumen").fill("")
    page.get_by_role("button", name="Simpan dan masukkan ke draf").click()
    expect(satu.get_by_role("alert")).to_contain_text("Isi tanggal dokumen")
    page.get_by_role("link", name="tanpa tanggal").click()
    expect(satu).to_be_in_viewport()


def test_every_page_of_it_can_be_used_by_all(buka, kantor: Kantor) -> None:
    """Start, reading, choosing with a complaint, the end: wide, on a phone, in the dark."""
    page, salah = buka("uji_ketua_tim"), []
    bring(page, kantor, True)
    wait_for(page, "Periksa sebelum masuk", True)
    batch = page.url.split("?")[0]
    salah += faults(page)
    for lihat in ("semua", "masalah"):
        page.set_viewport_size(LEBAR)
        page.goto(f"{batch}?lihat={lihat}")
        salah += faults(page)
    page.set_viewport_size(LEBAR)
    page.get_by_role("button", name="Batalkan impor ini").click()
    expect(page.get_by_text("Impor dibatalkan. Tidak ada")).to_be_visible()
    salah += faults(page)
    page.set_viewport_size(LEBAR)
    page.goto(batch)
    salah += faults(page)
    assert salah == []


def test_the_page_that_reads_can_be_used_by_all(buka, kantor: Kantor) -> None:
    page = buka("uji_ketua_tim", java_script_enabled=False)
    bring(page, kantor, True)
    diam = buka("uji_ketua_tim")
    diam.goto(f"{page.url}?jeda=1")
    expect(diam.get_by_text("0 dari 4 berkas dibaca")).to_be_visible()
    assert faults(diam) == []
