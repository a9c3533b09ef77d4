"""The package as an assessor takes it: downloaded, unpacked, proven, and read without our server."""

import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import PONSEL


def download(page: Page, folder: Path) -> Path:
    """Through the page's button, and unpacked."""
    with page.expect_download() as unduhan:
        page.get_by_role("button", name="Unduh paket").click()
    zip_ = folder / unduhan.value.suggested_filename
    unduhan.value.save_as(zip_)
    with zipfile.ZipFile(zip_) as arsip:
        assert arsip.testzip() is None
        arsip.extractall(folder / "isi")
    return folder / "isi"


def test_the_package_is_downloaded_and_its_manifest_holds(buka, tmp_path: Path) -> None:
    page = buka("tpi")
    page.goto("/1503/2025/laporan/")
    page.get_by_role("link", name="Paket bukti").click()
    isi = download(page, tmp_path)
    assert [p.name for p in tmp_path.glob("*.zip")] == ["Paket bukti KPU Kabupaten Sarolangun 2025.zip"]
    hasil = subprocess.run(
        ["sha256sum", "-c", "--strict", "manifest.sha256"],
        cwd=isi,
        capture_output=True,
        text=True,
        check=True,
    )
    semua = {p.relative_to(isi).as_posix() for p in isi.rglob("*") if p.is_file()} - {"manifest.sha256"}
    assert {baris.removesuffix(": OK") for baris in hasil.stdout.splitlines()} == semua
    assert any(nama.startswith("AREA I/") for nama in semua)


def test_the_index_opens_from_the_disk_and_its_links_lead_to_files(buka, tmp_path: Path) -> None:
    page = buka("tpi")
    page.goto("/1503/2025/paket/")
    isi = download(page, tmp_path)
    page.goto((isi / "Indeks.html").as_uri())
    expect(page.get_by_role("heading", name="Paket bukti KPU Kabupaten Sarolangun 2025")).to_be_visible()
    expect(page.get_by_role("heading", name="Yang belum lengkap")).to_be_visible()
    tujuan = [
        urlsplit(alamat) for alamat in page.locator("table a").evaluate_all("semua => semua.map(a => a.href)")
    ]
    berkas = [Path(unquote(alamat.path)) for alamat in tujuan if alamat.scheme == "file"]
    assert len(berkas) == sum(p.is_file() for p in isi.glob("AREA */**/*"))
    assert [p for p in berkas if not p.is_file()] == []
    assert {alamat.scheme for alamat in tujuan} <= {"file", "http", "https"}


def test_one_area_is_chosen_on_a_phone(buka, tmp_path: Path) -> None:
    page = buka("sekretaris", ukuran=PONSEL)
    page.goto("/1503/2025/paket/")
    page.get_by_label("Area").select_option("2")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_role("heading", name="Area II")).to_be_visible()
    isi = download(page, tmp_path)
    assert {p.name for p in isi.iterdir() if p.is_dir()} == {"AREA II"}
