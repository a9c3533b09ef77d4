"""The main path of each role, as it is walked: clicks counted, what is refused refused."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.berkas import a_pdf
from tests.browser.kantor import Kantor

SKRIP = pytest.mark.parametrize("skrip", [True, False], ids=["dengan skrip", "tanpa skrip"])
JAWABAN = "Daftar hadir terlampir."
TERKIRIM = "Bukti terkirim dan menunggu reviu TPI."


class Klik:
    """Counts what one presses: links and buttons. Typing, choosing a file or a date is counted nowhere."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.jumlah = 0

    def tombol(self, nama: str | re.Pattern, **options: object) -> None:
        self._press(self.page.get_by_role("button", name=nama, **options))

    def tautan(self, nama: str | re.Pattern, **options: object) -> None:
        self._press(self.page.get_by_role("link", name=nama, **options))

    def _press(self, locator: object) -> None:
        locator.first.click()
        self.jumlah += 1


def log_in(page: Page, nama: str, sandi: str) -> Klik:
    """The press on Masuk is the first that counts."""
    page.goto("/")
    page.get_by_label("Nama pengguna").fill(nama)
    page.get_by_label("Kata sandi", exact=True).fill(sandi)
    klik = Klik(page)
    klik.tombol("Masuk", exact=True)
    return klik


@SKRIP
def test_anggota_sends_a_file_in_three_clicks(skrip: bool, buka, kantor) -> None:
    page = buka(java_script_enabled=skrip)
    klik = log_in(page, "uji_anggota", kantor.isi["sandi"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Tugas saya")
    klik.tautan(re.compile(r"^Unggah Bukti\s*: "))
    page.get_by_label("Tanggal dokumen").first.fill(kantor.isi["dalam_masa"])
    page.get_by_label("Pilih berkas").set_input_files(a_pdf(f"Laporan {skrip}"))
    klik.tombol("Kirim untuk Reviu")
    expect(page.get_by_text(TERKIRIM)).to_be_visible()
    assert klik.jumlah <= 3


@SKRIP
def test_sekretaris_has_the_report_in_two_clicks(skrip: bool, buka, kantor) -> None:
    page = buka(java_script_enabled=skrip)
    klik = log_in(page, "uji_sekretaris", kantor.isi["sandi"])
    with page.expect_download() as unduhan:
        klik.tautan("PDF")
    assert unduhan.value.suggested_filename.endswith(".pdf")
    assert klik.jumlah <= 2
    page.goto("/")
    with page.expect_download() as unduhan:
        klik.tautan("Excel")
    assert unduhan.value.suggested_filename.endswith(".xlsx")


@SKRIP
def test_evidence_goes_to_tpi_and_back_until_it_is_sesuai(skrip: bool, buka, kantor) -> None:
    alamat = f"/slot/{kantor.isi['uji']['slot'][-1 if skrip else -2]}/"
    anggota, tpi = (buka(peran, java_script_enabled=skrip) for peran in ("uji_anggota", "uji_tpi"))
    hand_in(anggota, alamat, kantor)

    open_newest(tpi, kantor)
    decide(tpi, "Perlu Perbaikan", catatan="Lampirkan daftar hadir.")
    expect(tpi.get_by_text("Perlu Perbaikan tercatat.")).to_be_visible()

    anggota.goto(f"{alamat}unggah/")
    expect(anggota.get_by_text("Lampirkan daftar hadir.").first).to_be_visible()
    fill_in(anggota, kantor, "Daftar hadir")
    expect(anggota.get_by_text("Jawab catatan TPI dahulu")).to_be_visible()
    anggota.get_by_label("Jawaban atas catatan TPI").fill(JAWABAN)
    anggota.get_by_role("button", name="Kirim untuk Reviu").click()
    expect(anggota.get_by_text(TERKIRIM)).to_be_visible()

    open_newest(tpi, kantor)
    expect(tpi.get_by_text(JAWABAN)).to_be_visible()
    decide(tpi, "Sesuai")
    expect(tpi.get_by_text("Sesuai tercatat.")).to_be_visible()
    anggota.goto(alamat)
    expect(anggota.get_by_role("region", name="Putaran 2")).to_contain_text("Sesuai, Tim Penilai Internal")


@SKRIP
def test_tpi_needs_a_note_to_send_back_and_then_comes_to_the_next(skrip: bool, buka, kantor) -> None:
    """Nothing is lost by the refusal, and there is no way through the queue page between two decisions."""
    tpi = buka("uji_tpi", java_script_enabled=skrip)
    tpi.goto(queue_of(kantor))
    pertama = tpi.locator("#dm").inner_text()
    decide(tpi, "Perlu Perbaikan")
    expect(tpi.get_by_text("Tulis apa yang harus diubah.")).to_be_visible()
    expect(tpi.get_by_role("radio", name="Perlu Perbaikan")).to_be_checked()
    expect(tpi.locator("#dm")).to_have_text(pertama)
    decide(tpi, "Perlu Perbaikan", catatan="Lampirkan notula.")
    expect(tpi.get_by_text("Perlu Perbaikan tercatat.")).to_be_visible()
    expect(tpi.locator("#dm")).not_to_have_text(pertama)
    expect(tpi.get_by_role("radio", name="Perlu Perbaikan")).not_to_be_checked()


def test_ketua_tim_sees_what_slips_and_grants_an_extension(buka, kantor) -> None:
    page = buka("uji_ketua_tim")
    page.goto("/")
    meleset = page.get_by_role("region", name="Yang meleset")
    expect(meleset).to_contain_text("lewat")
    meleset.get_by_role("link").filter(has_text=".").last.click()
    page.get_by_text("Beri perpanjangan").first.click()
    page.get_by_label("Batas baru").fill(f"{kantor.isi['uji']['tahun'] + 1}-12-31")
    page.get_by_label("Alasan perpanjangan").fill("Menunggu anggaran.")
    page.get_by_role("button", name="Beri perpanjangan").click()
    expect(page.get_by_text(f"31 Desember {kantor.isi['uji']['tahun'] + 1}").first).to_be_visible()
    expect(page.get_by_text("Menunggu anggaran.").first).to_be_visible()


def test_ketua_tim_adds_a_member(buka, kantor) -> None:
    page = buka("uji_ketua_tim")
    page.goto(f"/{kantor.isi['uji']['kode']}/pengaturan/")
    page.get_by_role("link", name="Tambah anggota").click()
    page.get_by_label("Nama pengguna").fill("uji_baru")
    page.get_by_label("Peran").select_option("anggota")
    page.get_by_label("Semua area").check()
    page.get_by_role("button", name="Tambah").click()
    expect(page.get_by_role("row", name="Pegawai Baru")).to_be_visible()


@pytest.mark.parametrize("peran", ["pimpinan", "pembina"])
def test_readers_see_where_the_plan_stands_and_find_nothing_to_press(peran: str, buka) -> None:
    page = buka(peran)
    page.goto("/1503/2025/")
    expect(page.get_by_text("Capaian s.d. tanggal ini").first).to_be_visible()
    page.get_by_role("link", name="Rencana Aksi").first.click()
    page.locator("a[href^='/indikator/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("I.1.1")
    for kerja in ("Unggah", "Kirim", "Simpan", "Beri perpanjangan", "Koreksi"):
        assert page.get_by_role("button", name=kerja).count() == 0
        assert page.locator("main").get_by_role("link", name=kerja).count() == 0


def test_pembina_begins_at_the_offices_below(buka) -> None:
    page = buka("pembina")
    page.goto("/")
    page.get_by_role("link", name="KPU Kabupaten Sarolangun", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dasbor")


def test_operator_goes_to_administrasi(buka) -> None:
    page = buka("operator")
    page.goto("/")
    page.get_by_role("link", name="Administrasi").first.click()
    expect(page).to_have_url(re.compile("/administrasi/$"))
    expect(page.get_by_role("link", name="Satker").first).to_be_visible()


def queue_of(kantor: Kantor) -> str:
    return f"/{kantor.isi['uji']['kode']}/{kantor.isi['uji']['tahun']}/antrean/"


def open_newest(tpi: Page, kantor: Kantor) -> None:
    """The queue has the oldest on top."""
    tpi.goto(queue_of(kantor))
    tpi.locator(".antre a").last.click()
    expect(tpi.locator(".antre a").last).to_have_attribute("aria-current", "true")


def decide(tpi: Page, keputusan: str, catatan: str = "") -> None:
    tpi.locator("#putusan label").get_by_text(keputusan, exact=True).click()
    tpi.get_by_label("Catatan").fill(catatan)
    tpi.get_by_role("button", name="Simpan dan buka berikutnya").click()


def fill_in(page: Page, kantor: Kantor, judul: str) -> None:
    page.get_by_label("Tanggal dokumen").first.fill(kantor.isi["dalam_masa"])
    page.get_by_label("Pilih berkas").set_input_files(a_pdf(judul))
    page.get_by_role("button", name="Kirim untuk Reviu").click()


def hand_in(page: Page, alamat: str, kantor: Kantor) -> None:
    page.goto(f"{alamat}unggah/")
    fill_in(page, kantor, "Laporan")
    expect(page.get_by_text(TERKIRIM)).to_be_visible()
