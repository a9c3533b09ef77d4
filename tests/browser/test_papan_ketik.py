"""The main path of anggota, TPI and Sekretaris with the keyboard alone; where the focus is can be seen at each stop."""

import re

from playwright.sync_api import Page, expect

from tests.browser.berkas import a_pdf
from tests.browser.kantor import Kantor

PALING_JAUH = 90  # stops of the Tab key from the top of a page to what one came for

DI_SINI = """() => {
  const e = document.activeElement, gaya = getComputedStyle(e);
  const label = e.labels && e.labels.length ? e.labels[0].innerText : '';
  const terlihat = x => {
    const g = getComputedStyle(x);
    return (g.outlineStyle !== 'none' && parseFloat(g.outlineWidth) > 0) || g.boxShadow !== 'none';
  };
  // A radio that is drawn by its label shows the focus there.
  const tanda = terlihat(e) || [...(e.labels || [])].some(terlihat);
  const nama = [label, e.getAttribute('aria-label') || '', e.innerText || ''].join(' ');
  // Inside a date field and a frame there are stops too; the browser marks them itself.
  const lagi = e === window.tadi;
  window.tadi = e;
  return {
    nama: [label, e.getAttribute('aria-label') || '', e.innerText || ''].join(' ').trim(),
    tanda: lagi || e.matches('body, iframe') || tanda,
    apa: e.outerHTML.slice(0, 120),
  };
}"""


def tab_to(page: Page, nama: str) -> None:
    """Press Tab until what has the focus is called so."""
    dilewati = []
    for _ in range(PALING_JAUH):
        page.keyboard.press("Tab")
        di_sini = page.evaluate(DI_SINI)
        assert di_sini["tanda"], f"fokus tidak terlihat: {di_sini['apa']}"
        if re.search(nama, di_sini["nama"]):
            return
        dilewati.append(di_sini["nama"])
    raise AssertionError(f"{nama} tidak tercapai dengan Tab di {page.url}: {dilewati}")


def log_in(page: Page, nama: str, kantor: Kantor) -> None:
    page.goto("/")
    tab_to(page, "Nama pengguna")
    page.keyboard.type(nama)
    tab_to(page, "Kata sandi")
    page.keyboard.type(kantor.isi["sandi"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Menu utama")).to_be_visible()


def test_anggota_sends_a_file(buka, kantor) -> None:
    page = buka()
    log_in(page, "uji_anggota", kantor)
    tab_to(page, r"^Unggah Bukti\s*: ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/unggah/")
    tab_to(page, "Pilih berkas")
    with page.expect_file_chooser() as pilihan:
        page.keyboard.press("Space")
    pilihan.value.set_files(a_pdf("Laporan papan ketik"))
    tab_to(page, "Tanggal dokumen")
    # The first of January reads the same whichever comes first, day or month.
    page.keyboard.type(f"0101{kantor.isi['uji']['tahun']}")
    tab_to(page, "Kirim untuk Reviu")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bukti terkirim dan menunggu reviu TPI.")).to_be_visible()


def test_tpi_decides_and_comes_to_the_next(buka, kantor) -> None:
    page = buka()
    log_in(page, "uji_tpi", kantor)
    tab_to(page, r"^Reviu\s*: ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reviu/")
    # TRAP: while the PDF is still coming, its frame may take a key that was meant for what follows it.
    page.wait_for_load_state("networkidle")
    pertama = page.locator("#dm").inner_text()
    tab_to(page, "^Sesuai")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Sesuai", exact=True)).to_be_checked()
    tab_to(page, "Simpan dan buka berikutnya")
    page.keyboard.press("Enter")
    expect(page.get_by_text(" tercatat.")).to_be_visible()
    expect(page.locator("#dm")).not_to_have_text(pertama)


def test_sekretaris_downloads_the_report(buka, kantor) -> None:
    page = buka()
    log_in(page, "uji_sekretaris", kantor)
    tab_to(page, "Unduh PDF")
    with page.expect_download() as unduhan:
        page.keyboard.press("Enter")
    assert unduhan.value.suggested_filename.endswith(".pdf")


def test_the_first_stop_leads_past_the_menu(buka) -> None:
    page = buka("anggota")
    page.goto("/1503/2025/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Lewati ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
