"""A new person, from the first click of the Ketua Tim to a password of one's own, on a phone, script or none."""

import pytest

from tests.browser.conftest import PONSEL
from tests.browser.test_setiap_halaman import faults

SANDI_BARU = "empat kata yang panjang"
TAMBAH = "/1777/pengaturan/anggota/tambah/?cara=baru"


@pytest.mark.parametrize("skrip", [True, False])
def test_from_a_double_click_to_a_password_of_ones_own(skrip: bool, buka) -> None:
    username = f"pendatang{skrip}".lower()
    ketua = buka("uji_ketua_tim", ukuran=PONSEL, java_script_enabled=skrip)
    ketua.goto(TAMBAH)
    ketua.locator("#id_nama").fill("Pendatang, S.H.")
    ketua.locator("#id_username").fill(username)
    ketua.get_by_label("Semua area").check()
    ketua.get_by_role("button", name="Buat akun dan tambahkan").dblclick()
    ketua.get_by_role("heading", name="Kata sandi awal Pendatang, S.H.").wait_for()
    sandi = ketua.locator("code").inner_text()

    orang = buka(ukuran=PONSEL, java_script_enabled=skrip)
    masuk(orang, username, sandi)
    orang.get_by_role("heading", name="Buat kata sandi Anda sendiri").wait_for()
    if skrip:
        assert faults(ketua) + faults(orang) == []
    orang.goto("/1777/pengaturan/")
    assert orang.url.endswith("/ganti-sandi/?next=/1777/pengaturan/")
    for isian, isi in (("oldpassword", sandi), ("password1", SANDI_BARU), ("password2", SANDI_BARU)):
        orang.locator(f"#id_{isian}").fill(isi)
    orang.get_by_role("button", name="Ganti kata sandi").click()
    orang.get_by_text("Kata sandi sudah diganti.").wait_for()
    orang.goto("/akun/")
    assert orang.get_by_role("heading", level=1).inner_text() == "Pendatang, S.H."


def masuk(page, username: str, sandi: str) -> None:
    page.goto("/masuk/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(sandi)
    page.get_by_role("button", name="Masuk").click()
