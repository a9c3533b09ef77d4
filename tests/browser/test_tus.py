"""A large file from a phone on a weak line: broken off, paused, closed, killed; it goes on where it stopped."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Response, Route, expect

from tests.browser.conftest import PONSEL
from tests.browser.kantor import Kantor

AXE = Axe()
MB = 1024 * 1024
BESAR = 6 * MB
PELAN = 2 * MB  # bytes a second, of a line that is slow enough to be met on the way


@pytest.fixture
def besar(tmp_path: Path) -> Path:
    """A PDF of 6 MB that nothing can squeeze, and that the office has not seen."""
    jalan = tmp_path / "Laporan besar.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Lampiran = pdf.make_stream(os.urandom(BESAR))
        pdf.save(jalan, compress_streams=False)
    return jalan


class Ponsel:
    """A phone whose line can be slow and break; what it sent is counted. A script error fails the test."""

    def __init__(self, chromium: Browser, kantor: Kantor, slot: int) -> None:
        self.context = chromium.new_context(
            base_url=kantor.url, locale="id-ID", timezone_id="Asia/Jakarta", viewport=PONSEL, has_touch=True
        )
        self.context.set_default_timeout(30_000)
        kue = {"name": "sessionid", "value": kantor.isi["sesi"]["uji_anggota"], "url": kantor.url}
        self.context.add_cookies([kue])
        self.alamat, self.hari_ini = f"/slot/{slot}/unggah/", kantor.isi["hari_ini"]
        self.galat: list[str] = []
        self.mulai: list[tuple[str, int]] = []
        self.bita = 0
        self.page = self.buka()

    def buka(self, *, pelan: bool = False) -> Page:
        self.page, self.cdp = self.context.new_page(), None
        self.page.on("pageerror", lambda galat: self.galat.append(str(galat)))
        self.page.on("request", self._catat)
        self.page.on("response", self._hitung)
        if pelan:
            self.sambungan(PELAN)
        self.page.goto(self.alamat)
        self.page.locator("#id_tanggal_dokumen").fill(self.hari_ini)
        self.page.evaluate(
            """() => {
              window.kabar = [];
              const tempat = document.getElementById('keadaan-unggah');
              new MutationObserver(() => window.kabar.push(tempat.textContent)).observe(tempat, {childList: true});
            }"""
        )
        return self.page

    def sambungan(self, bita: int) -> None:
        """So many bytes a second up; none: no line."""
        if self.cdp is None:
            self.cdp = self.context.new_cdp_session(self.page)
            self.cdp.send("Network.enable")
        batas = {"offline": not bita, "latency": 20, "downloadThroughput": -1, "uploadThroughput": bita or -1}
        self.cdp.send("Network.emulateNetworkConditions", batas)

    def _catat(self, request: Request) -> None:
        if request.method == "PATCH":
            self.mulai.append((request.url, int(request.headers["upload-offset"])))

    def _hitung(self, response: Response) -> None:
        if response.request.method == "PATCH" and response.status == 204:
            self.bita += int(response.headers["upload-offset"]) - int(
                response.request.headers["upload-offset"]
            )

    def simpan(self, berkas: Path) -> None:
        self.page.get_by_label("Pilih berkas").set_input_files(berkas)
        self.page.get_by_role("button", name="Simpan dulu").click()

    def di_jalan(self, persen: int = 10) -> None:
        """Until so much has come."""
        self.page.wait_for_function(
            "n => document.querySelector('#dipilih progress:not([hidden])')?.value >= n", arg=persen
        )

    def diterima(self, berkas: Path) -> None:
        expect(self.page.locator("#draf").get_by_text(berkas.name).first).to_be_visible(timeout=60_000)

    @property
    def baris(self):
        return self.page.locator("#dipilih li")

    def kabar(self) -> str:
        return " ".join(self.page.evaluate("() => window.kabar"))


@pytest.fixture
def ponsel(chromium: Browser, kantor: Kantor, request: pytest.FixtureRequest) -> Iterator[Ponsel]:
    dipakai = request.module.__dict__.setdefault("DIPAKAI", [])
    slot = next(s for s in kantor.isi["uji"]["slot"] if s not in dipakai)
    dipakai.append(slot)
    ponsel = Ponsel(chromium, kantor, slot)
    yield ponsel
    assert ponsel.galat == []
    ponsel.context.close()


def stored(kantor: Kantor) -> list[Path]:
    return [p for p in (kantor.folder / "media" / "bukti").rglob("*") if p.is_file()]


def test_the_line_breaks_and_the_file_goes_on(ponsel: Ponsel, besar: Path, kantor: Kantor) -> None:
    putus: list[str] = []

    def kedua(route: Route) -> None:
        if route.request.method == "PATCH" and route.request.headers["upload-offset"] != "0" and not putus:
            putus.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    ponsel.page.route("**/unggahan/**", kedua)
    ponsel.simpan(besar)
    ponsel.diterima(besar)
    assert (len(putus), len({alamat for alamat, _ in ponsel.mulai})) == (1, 1)
    awal = [mulai for _, mulai in ponsel.mulai]
    assert (awal[:2], awal[1]) == ([0, MB], awal[2])
    assert any(p.read_bytes() == besar.read_bytes() for p in stored(kantor))


def test_a_server_killed_in_the_middle_loses_nothing_that_came(
    ponsel: Ponsel, besar: Path, kantor: Kantor
) -> None:
    ponsel.page.close()
    ponsel.buka(pelan=True)
    ponsel.simpan(besar)
    ponsel.di_jalan(30)
    kantor.kill()
    di_jalan = [p for p in (kantor.folder / "media/.unggahan/tus").iterdir() if p.stat().st_size]
    sampai = di_jalan[0].stat().st_size
    expect(ponsel.baris).to_contain_text("sambungan terputus")
    kantor.start_again()
    ponsel.diterima(besar)
    lanjut = [mulai for _, mulai in ponsel.mulai if mulai >= sampai]
    assert (0 < sampai < BESAR, lanjut[0]) == (True, sampai)
    assert sum(mulai == 0 for _, mulai in ponsel.mulai) == 1


def test_without_a_line_it_waits_and_goes_on_by_itself(ponsel: Ponsel, besar: Path) -> None:
    ponsel.page.close()
    ponsel.buka(pelan=True)
    ponsel.simpan(besar)
    ponsel.di_jalan()
    ponsel.sambungan(0)
    expect(ponsel.baris).to_contain_text("terputus")
    ponsel.sambungan(100 * MB)
    ponsel.diterima(besar)


def test_the_page_is_closed_and_the_same_file_goes_on(ponsel: Ponsel, besar: Path) -> None:
    ponsel.page.close()
    ponsel.buka(pelan=True)
    ponsel.simpan(besar)
    ponsel.di_jalan(40)
    ponsel.page.close()
    ponsel.mulai, ponsel.bita = [], 0

    page = ponsel.buka()
    belum = page.locator("#belum-selesai")
    expect(belum).to_contain_text(re.compile(rf"{besar.name}.*\d+% dari 6,0 MB sudah sampai", re.DOTALL))
    assert AXE.run(page).violations_count == 0
    page.get_by_label("Pilih berkas").set_input_files(besar)
    expect(ponsel.baris).to_contain_text(re.compile(r"dipilih, \d+% sudah sampai dan tidak dikirim lagi"))
    expect(belum.locator("li")).to_be_hidden()
    page.get_by_role("button", name="Simpan dulu").click()
    ponsel.diterima(besar)
    sudah = ponsel.mulai[0][1]
    assert sudah > 0.1 * BESAR
    assert ponsel.bita == besar.stat().st_size - sudah
    expect(page.locator("#belum-selesai")).to_have_count(0)


def test_another_file_of_the_same_name_begins_anew(ponsel: Ponsel, besar: Path, tmp_path: Path) -> None:
    ponsel.page.close()
    ponsel.buka(pelan=True)
    ponsel.simpan(besar)
    ponsel.di_jalan(40)
    ponsel.page.close()
    lain = tmp_path / "lain" / besar.name
    lain.parent.mkdir()
    lain.write_bytes(besar.read_bytes())
    os.utime(lain, (1_700_000_000, 1_700_000_000))

    page = ponsel.buka()
    page.get_by_label("Pilih berkas").set_input_files(lain)
    expect(ponsel.baris).to_contain_text("dipilih, belum terunggah")
    expect(page.locator("#belum-selesai li")).to_be_visible()


def test_a_file_is_paused_and_goes_on(ponsel: Ponsel, besar: Path) -> None:
    ponsel.page.close()
    page = ponsel.buka(pelan=True)
    ponsel.simpan(besar)
    ponsel.di_jalan()
    page.get_by_role("button", name=f"Jeda {besar.name}").click()
    expect(ponsel.baris).to_contain_text(re.compile(r"dijeda pada \d+%"))
    assert AXE.run(page).violations_count == 0
    berhenti = len(ponsel.mulai)
    page.wait_for_timeout(1500)
    assert len(ponsel.mulai) == berhenti
    page.get_by_role("button", name=f"Lanjutkan {besar.name}").click()
    ponsel.diterima(besar)
    # What was pressed before the pause is done: the page was loaded anew, the draft saved.
    expect(page.get_by_text("Tersimpan sebagai draf; belum dikirim.")).to_be_visible()


def test_a_file_is_cancelled_on_the_way(ponsel: Ponsel, besar: Path, kantor: Kantor) -> None:
    ponsel.page.close()
    page = ponsel.buka(pelan=True)
    ponsel.simpan(besar)
    ponsel.di_jalan()
    with page.expect_response(lambda r: r.request.method == "DELETE") as jawaban:
        page.get_by_role("button", name=f"Batalkan {besar.name}").click()
    assert jawaban.value.status in (204, 423)
    expect(ponsel.baris).to_have_count(0)
    expect(page.get_by_role("button", name="Simpan dulu")).to_be_enabled()


def test_who_does_not_see_the_bar_is_told(ponsel: Ponsel, besar: Path) -> None:
    """Read out by the screen reader: begun, how far at each quarter, paused."""
    ponsel.page.close()
    page = ponsel.buka(pelan=True)
    expect(page.locator("#keadaan-unggah")).to_have_attribute("role", "status")
    ponsel.simpan(besar)
    ponsel.di_jalan(55)
    page.get_by_role("button", name=f"Jeda {besar.name}").click()
    expect(ponsel.baris).to_contain_text("dijeda")
    kabar = ponsel.kabar()
    for kata in (
        "Mengunggah Laporan besar.pdf.",
        "25%.",
        "Laporan besar.pdf dijeda.",
        "Belum dikirim. 1 dijeda.",
    ):
        assert re.search(re.escape(kata).replace("25", r"[2-7]\d"), kabar), (kata, kabar)
    assert kabar.count("%") <= 4


def test_a_limit_is_told_before_a_byte_travels(ponsel: Ponsel, besar: Path, tmp_path: Path) -> None:
    raksasa = tmp_path / "Rekaman.mp4"
    with raksasa.open("wb") as file:
        file.truncate(50 * MB + 1)
    ponsel.simpan(raksasa)
    expect(ponsel.baris).to_contain_text("Berkas ini lebih besar dari 50 MB.")
    assert ponsel.mulai == []


def test_what_stopped_is_cancelled_without_a_script(
    chromium: Browser, ponsel: Ponsel, besar: Path, buka: Callable[..., Page]
) -> None:
    ponsel.page.close()
    ponsel.buka(pelan=True)
    ponsel.simpan(besar)
    ponsel.di_jalan(30)
    ponsel.page.close()
    page = buka("uji_anggota", java_script_enabled=False, ukuran=PONSEL)
    page.goto(ponsel.alamat)
    page.get_by_role("button", name="Batalkan unggahan").click()
    expect(page.get_by_text(f"Unggahan {besar.name} dibatalkan.")).to_be_visible()
    expect(page.locator("#belum-selesai")).to_have_count(0)
