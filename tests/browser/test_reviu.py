"""TPI reads and decides on one screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LEBAR, PONSEL
from tests.browser.test_jalan_utama import queue_of

BAGIAN = ["reviu__minta", "lihat", "reviu__putus", "reviu__sisi"]


def test_the_decision_lies_within_the_first_screen(buka, kantor) -> None:
    tpi = buka("uji_tpi")
    tpi.goto(queue_of(kantor))
    for nama in ("#putusan label[for=ya]", "#id_catatan", "#id_tanggal_dokumen", "#putusan [type=submit]"):
        kotak = tpi.locator(nama).bounding_box()
        assert kotak["y"] + kotak["height"] <= LEBAR["height"]


def test_on_a_phone_the_demand_comes_first_and_the_queue_last(buka, kantor) -> None:
    tpi = buka("uji_tpi", ukuran=PONSEL)
    tpi.goto(queue_of(kantor))
    atas = [tpi.locator(f".{nama}").first.bounding_box()["y"] for nama in BAGIAN]
    assert atas == sorted(atas)


@pytest.mark.parametrize(("tombol", "pilihan"), [("s", "Sesuai"), ("p", "Perlu Perbaikan")])
def test_a_key_chooses(buka, kantor, tombol: str, pilihan: str) -> None:
    tpi = buka("uji_tpi")
    tpi.goto(queue_of(kantor))
    tpi.locator("#dm").focus()
    tpi.keyboard.press(tombol)
    expect(tpi.get_by_role("radio", name=pilihan, exact=True)).to_be_checked()
