"""Handing in where something goes wrong: each its own message, and nothing that was typed or received is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.berkas import a_pdf, a_photo, a_program, an_empty_file
from tests.browser.conftest import PONSEL
from tests.browser.kantor import Kantor

SKRIP = pytest.mark.parametrize("skrip", [True, False], ids=["dengan skrip", "tanpa skrip"])
JUDUL, PESAN = "Judul yang sudah diketik", "Pesan yang sudah diketik"


@pytest.fixture
def formulir(buka, kantor: Kantor, request: pytest.FixtureRequest):
    """A slot of its own for each test; the fields typed in."""
    slots = iter(kantor.isi["uji"]["slot"])
    dipakai = request.module.__dict__.setdefault("DIPAKAI", [])

    def isi(skrip: bool, **options: object) -> Page:
        slot = next(s for s in slots if s not in dipakai)
        dipakai.append(slot)
        page = buka("uji_anggota", java_script_enabled=skrip, **options)
        page.goto(f"/slot/{slot}/unggah/")
        page.locator("#id_judul").fill(JUDUL)
        page.locator("#id_tanggal_dokumen").fill(kantor.isi["hari_ini"])
        page.get_by_label("Pesan untuk TPI").fill(PESAN)
        return page

    return isi


def save(page: Page, *berkas: dict) -> None:
    page.get_by_label("Pilih berkas").set_input_files(list(berkas))
    page.get_by_role("button", name="Simpan dulu").click()


def nothing_lost(page: Page) -> None:
    expect(page.locator("#id_judul")).to_have_value(JUDUL)
    expect(page.get_by_label("Pesan untuk TPI")).to_have_value(PESAN)


@SKRIP
def test_several_files_at_once(skrip: bool, formulir) -> None:
    page = formulir(skrip)
    save(page, a_pdf("Satu"), a_photo("Dua"), a_pdf("Tiga"))
    for nama in ("Satu.pdf", "Dua.jpg", "Tiga.pdf"):
        # The page may add that the same file was handed in before, and names it again.
        expect(page.locator("#draf").get_by_text(nama).first).to_be_visible()
        judul = f"{JUDUL}: {nama.partition('.')[0]} (unduh)"
        expect(page.locator("#draf").get_by_role("link", name=judul)).to_be_visible()


def test_simpan_dulu_keeps_what_is_written_though_a_file_is_refused(formulir) -> None:
    page = formulir(True)
    page.get_by_text("Tambah tautan").click()
    page.get_by_label("Tautan", exact=True).fill("https://kpu.go.id/wbs")
    save(page, a_pdf("Baik"), a_program("Salah"))
    kabar = page.locator("#keadaan-unggah")
    expect(kabar).to_contain_text("Tersimpan sebagai draf, belum dikirim: 2 bukti dan pesan untuk TPI.")
    expect(kabar).to_contain_text("1 gagal dan tidak tersimpan: Salah.pdf.")
    expect(kabar).to_contain_text("Perbaiki atau batalkan yang gagal, lalu simpan lagi.")
    expect(page.get_by_label("Tautan", exact=True)).to_have_value("")
    page.reload()
    expect(page.get_by_label("Pesan untuk TPI")).to_have_value(PESAN)
    expect(page.locator("#draf").get_by_text("https://kpu.go.id/wbs")).to_be_visible()


def test_a_refused_link_stays_where_it_was_typed(formulir) -> None:
    page = formulir(True)
    page.get_by_text("Tambah tautan").click()
    page.get_by_label("Tautan", exact=True).fill("http://intranet/wbs")
    save(page, a_program("Salah"))
    expect(page.get_by_text("TPI tidak dapat membukanya").first).to_be_visible()
    expect(page.get_by_label("Tautan", exact=True)).to_have_value("http://intranet/wbs")
    expect(page.locator("#keadaan-unggah")).to_contain_text(
        "Tersimpan sebagai draf, belum dikirim: pesan untuk TPI."
    )


def test_kirim_waits_until_all_is_well(formulir) -> None:
    page = formulir(True)
    page.get_by_label("Pilih berkas").set_input_files([a_pdf("Baik"), a_program("Salah")])
    page.get_by_role("button", name="Kirim untuk Reviu").click()
    kabar = page.locator("#keadaan-unggah")
    expect(kabar).to_have_text(
        "Belum dikirim. 1 bukti diterima, 1 gagal. Perbaiki atau batalkan yang gagal, lalu kirim."
    )


def test_a_name_that_is_never_taken_in_is_refused_at_once(formulir) -> None:
    page = formulir(True)
    for nama, kata in (
        ("setup.exe", "Berkas ini program, dan program tidak diterima."),
        ("Bukti.ZIP", "lewat Bawa Drive Anda"),
        ("catatan.txt", "Jenis berkas ini tidak diterima. Yang diterima: PDF,"),
    ):
        berkas = {"name": nama, "mimeType": "application/octet-stream", "buffer": b"isi"}
        page.get_by_label("Pilih berkas").set_input_files(berkas)
        expect(page.locator("#dipilih li").filter(has_text=nama)).to_contain_text(kata)
    # What its name does not say, the server finds out.
    page.get_by_label("Pilih berkas").set_input_files({**a_pdf("x"), "name": "SK No. 12 tahun 2025"})
    expect(page.locator("#dipilih li").filter(has_text="SK No. 12")).to_contain_text(
        "dipilih, belum terunggah"
    )


def test_leaving_is_asked_while_something_is_unsent(formulir, kantor: Kantor) -> None:
    page = formulir(True)
    ditanya: list[str] = []
    page.on("dialog", lambda dialog: (ditanya.append(dialog.type), dialog.accept()))
    page.locator("h1").click()  # a browser asks nobody who has not touched the page
    page.reload()
    assert ditanya == ["beforeunload"]  # words
    page.locator("h1").click()
    page.reload()
    assert len(ditanya) == 1  # nothing
    page.locator("#id_tanggal_dokumen").fill(kantor.isi["hari_ini"])
    save(page, a_pdf("Baik"))
    expect(page.get_by_text("Tersimpan sebagai draf; belum dikirim.")).to_be_visible()
    assert len(ditanya) == 1  # sent
    page.get_by_label("Pilih berkas").set_input_files(a_pdf("Belum"))
    page.locator("h1").click()
    page.reload()
    assert len(ditanya) == 2  # a file


@SKRIP
def test_the_field_is_a_button_in_our_words_and_reached_with_a_key(skrip: bool, formulir) -> None:
    """The browser's own button is gone; without a script the field still shows the name."""
    page = formulir(skrip)
    isian = page.get_by_label("Pilih berkas")
    isian.focus()
    expect(isian).to_be_focused()
    ring = "getComputedStyle(document.querySelector('label[for=berkas]')).outlineStyle"
    assert page.evaluate(ring) == "solid"
    isian.set_input_files(a_pdf("Satu"))
    terlihat = isian.evaluate("e => getComputedStyle(e).opacity")
    assert terlihat == ("0" if skrip else "1")
    assert isian.evaluate("e => e.required") is False


@SKRIP
@pytest.mark.parametrize(
    ("salah", "pesan"),
    [
        (a_program("Salah"), "Berkas ini program, dan program tidak diterima."),
        (an_empty_file("Salah"), "Berkas ini kosong (0 bita)."),
    ],
    ids=["jenis", "kosong"],
)
def test_a_bad_file_costs_no_good_one_and_no_word(skrip: bool, salah: dict, pesan: str, formulir) -> None:
    page = formulir(skrip)
    save(page, a_pdf("Baik"), salah)
    expect(page.get_by_text(pesan).first).to_be_visible()
    expect(page.locator("#draf").get_by_text("Baik.pdf").first).to_be_visible()
    expect(page.locator("#draf").get_by_text("Salah.pdf")).to_have_count(0)
    nothing_lost(page)


@SKRIP
def test_a_missing_date_is_asked_for(skrip: bool, formulir) -> None:
    page = formulir(skrip)
    page.locator("#id_tanggal_dokumen").fill("")
    save(page, a_pdf("Tanpa tanggal"))
    expect(page.get_by_text("Isi tanggal dokumen").first).to_be_visible()
    nothing_lost(page)


@SKRIP
def test_a_date_that_has_not_come_is_refused_in_our_words(skrip: bool, formulir) -> None:
    page = formulir(skrip)
    page.locator("#id_tanggal_dokumen").fill("2099-03-03")
    save(page, a_pdf("Kelak"))
    expect(page.get_by_text("Tanggal dokumen 3 Maret 2099 belum tiba").first).to_be_visible()
    expect(page.locator("#id_tanggal_dokumen")).to_have_value("2099-03-03")
    nothing_lost(page)


def test_a_field_put_right_lets_the_chosen_file_go(formulir, kantor: Kantor) -> None:
    page = formulir(True)
    page.locator("#id_tanggal_dokumen").fill("")
    save(page, a_pdf("Sabar"))
    expect(page.locator("#id_tanggal_dokumen")).to_be_focused()
    page.locator("#id_tanggal_dokumen").fill(kantor.isi["hari_ini"])
    page.get_by_role("button", name="Simpan dulu").click()
    expect(page.locator("#draf").get_by_text("Sabar.pdf").first).to_be_visible()


def test_title_and_date_stand_once_until_a_file_says_otherwise(formulir) -> None:
    page = formulir(True)
    page.get_by_label("Pilih berkas").set_input_files([a_pdf("Satu"), a_pdf("Dua")])
    expect(page.get_by_label("Isi dokumen").filter(visible=True)).to_have_count(1)
    beda = page.locator("#dipilih li").filter(has_text="Dua.pdf")
    beda.locator("summary").click()
    beda.get_by_label("Isi dokumen").fill("Lampiran")
    page.locator("#id_judul").fill("Laporan")
    page.get_by_role("button", name="Simpan dulu").click()
    for judul in ("Laporan", "Lampiran"):
        expect(page.locator("#draf").get_by_role("link", name=f"{judul} (unduh)")).to_be_visible()


def test_a_date_that_cannot_be_read_is_said(formulir) -> None:
    """As a browser without a date field would send it."""
    page = formulir(True)
    page.get_by_label("Pilih berkas").set_input_files(a_pdf("Salah tanggal"))
    page.locator("#dipilih [data-isi=tanggal]").evaluate("e => { e.type = 'text'; e.value = '31/02/2026'; }")
    page.get_by_role("button", name="Simpan dulu").click()
    expect(page.get_by_text("Tanggal ini tidak terbaca.").first).to_be_visible()
    nothing_lost(page)


def test_each_file_has_a_bar_of_its_own(formulir) -> None:
    page = formulir(True)
    page.evaluate(
        """() => {
          window.bilah = new Set();
          new MutationObserver(() => document.querySelectorAll('#dipilih progress:not([hidden])')
            .forEach(b => window.bilah.add(b.getAttribute('aria-label'))))
            .observe(document.getElementById('dipilih'), {subtree: true, childList: true, attributes: true});
        }"""
    )
    save(page, a_pdf("Satu"), a_photo("Dua"), a_program("Salah"))
    expect(page.get_by_role("status").filter(has_text="1 gagal")).to_be_visible()
    assert set(page.evaluate("() => [...window.bilah]")) == {
        "Kemajuan Satu.pdf",
        "Kemajuan Dua.jpg",
        "Kemajuan Salah.pdf",
    }


def test_a_phone_offers_its_camera(formulir) -> None:
    page = formulir(True, ukuran=PONSEL)
    kamera = page.get_by_label("Ambil foto")
    expect(kamera).to_be_visible()
    expect(kamera).to_have_attribute("capture", "environment")
    kamera.set_input_files(a_photo("Foto"))
    page.get_by_role("button", name="Simpan dulu").click()
    expect(page.locator("#draf").get_by_text("Foto.jpg").first).to_be_visible()


@SKRIP
def test_a_date_outside_the_period_is_explained_before_it_is_sent(skrip: bool, formulir) -> None:
    page = formulir(skrip)
    page.locator("#id_tanggal_dokumen").fill("2020-03-03")
    page.get_by_label("Pilih berkas").set_input_files(a_pdf("Dokumen lama"))
    page.get_by_role("button", name="Kirim untuk Reviu").click()
    sebab = page.get_by_label("Mengapa dokumen ini tetap dipakai?")
    expect(page.get_by_text("Dokumen bertanggal 3 Maret 2020, tenggat ini untuk")).to_be_visible()
    expect(page.get_by_text("Tulis satu kalimat: mengapa dokumen ini tetap dipakai?")).to_be_visible()
    if skrip:
        expect(sebab).to_be_focused()
    nothing_lost(page)
    sebab.fill("Surat keputusannya masih berlaku.")
    page.get_by_role("button", name="Kirim untuk Reviu").click()
    expect(page.get_by_text("Bukti terkirim dan menunggu reviu TPI.")).to_be_visible()
    expect(page.get_by_text("Surat keputusannya masih berlaku.")).to_be_visible()


def test_the_sentence_stays_while_another_file_comes_and_one_is_taken_out(formulir) -> None:
    page = formulir(True)
    page.locator("#id_tanggal_dokumen").fill("2020-03-03")
    sebab = page.get_by_label("Mengapa dokumen ini tetap dipakai?")
    page.get_by_label("Pilih berkas").set_input_files(a_pdf("Pertama"))
    page.get_by_role("button", name="Kirim untuk Reviu").click()
    sebab.fill("Masih berlaku.")
    page.get_by_label("Pilih berkas").set_input_files([a_program("Salah"), a_pdf("Kedua")])
    page.get_by_role("button", name="Kirim untuk Reviu").click()
    expect(page.locator("#draf").get_by_text("Kedua.pdf").first).to_be_visible()
    expect(sebab).to_have_value("Masih berlaku.")
    page.locator("#draf .berkas__baris").filter(has_text="Pertama.pdf").get_by_role(
        "button", name="Keluarkan"
    ).click()
    expect(page.locator("#draf").get_by_text("Pertama.pdf")).to_have_count(0)
    expect(sebab).to_have_value("Masih berlaku.")
