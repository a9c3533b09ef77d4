"""`make layar`: the pictures of the README, taken from the demo office on 20 October 2025."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.kantor import Kantor

TUJUAN = Path("docs/layar")
SANDI = "zona-integritas-demo"
PER = "?per=2025-10-20"
RENCANA = "/1503/2025/"
LAYAR = [
    ("masuk", "", "/masuk/"),
    ("dasbor-anggota", "anggota.demo1", RENCANA),
    ("rencana-aksi", "anggota.demo1", f"{RENCANA}rencana/"),
    ("indikator", "anggota.demo1", "I.3.1"),
    ("unggah", "anggota.demo5", "Unggah"),  # the member with something left to hand in
    ("kalender", "anggota.demo1", f"{RENCANA}kalender/"),
    ("pustaka", "anggota.demo1", "/1503/pustaka/"),
    ("dasbor-ketua", "ketua.demo", RENCANA),
    ("dasbor-sekretaris", "sekretaris.demo", RENCANA),
    ("dasbor-pimpinan", "pimpinan.demo", RENCANA),
    ("laporan", "sekretaris.demo", f"{RENCANA}laporan/III/"),
    ("pengaturan", "ketua.demo", "/1503/pengaturan/"),
    ("antrean-reviu", "tpi.demo1", f"{RENCANA}antrean/"),
    ("satker-binaan", "pembina.demo", "/satker/"),
    ("administrasi", "operator.demo", "/administrasi/"),
]
UKURAN = {"lebar": {"width": 1280, "height": 900}, "ponsel": {"width": 390, "height": 844}}


def main() -> None:
    TUJUAN.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zi-layar-") as folder, sync_playwright() as playwright:
        kantor = Kantor(Path(folder) / "kantor")
        kantor.prepare()
        kantor.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for nama, siapa, alamat in LAYAR:
            for ukuran in UKURAN:
                potret(browser, kantor.url, nama, siapa, alamat, ukuran)
        kantor.stop()


def potret(browser: Browser, url: str, nama: str, siapa: str, alamat: str, ukuran: str) -> None:
    context = browser.new_context(
        base_url=url, viewport=UKURAN[ukuran], locale="id-ID", timezone_id="Asia/Jakarta"
    )
    page = context.new_page()
    if siapa:
        masuk(page, siapa)
    buka(page, alamat)
    berkas = TUJUAN / f"{nama}-{ukuran}.png"
    page.screenshot(path=berkas)
    # Few colours, small files: a clone carries them for ever.
    Image.open(berkas).convert("RGB").quantize(128).save(berkas, optimize=True)
    context.close()


def masuk(page: Page, siapa: str) -> None:
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(siapa)
    page.get_by_label("Kata sandi", exact=True).fill(SANDI)
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{RENCANA}{PER}")


def buka(page: Page, alamat: str) -> None:
    """A path, else the words of a link that leads there."""
    if alamat.startswith("/"):
        page.goto(alamat)
    elif alamat == "I.3.1":
        page.goto(f"{RENCANA}rencana/?q=I.3.1")
        page.get_by_role("link", name=alamat).first.click()
    else:  # something that is still to be done today: the page is always about today
        page.goto(f"{RENCANA}unggah/")
        page.locator(".tugas__aksi").get_by_role("link", name=alamat).first.click()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
