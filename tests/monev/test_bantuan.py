"""Help: each role finds its own page, and no word of status goes without its meaning."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Peran
from evidence.keadaan import Keadaan
from monev.bantuan import ARTI_KEADAAN, ARTI_KETEPATAN, ARTI_STATUS, MILIK_PERAN, Bantuan
from monev.status import Ketepatan, Status
from tests.factories import make_member, make_satker, make_user

pytestmark = pytest.mark.django_db


def test_no_word_and_no_role_is_forgotten():
    assert set(ARTI_STATUS) == set(Status)
    assert set(ARTI_KETEPATAN) == set(Ketepatan)
    assert set(ARTI_KEADAAN) == set(Keadaan)
    assert set(MILIK_PERAN) == set(Peran)


@pytest.mark.parametrize("peran", Peran)
def test_opens_at_the_own_role(client, peran):
    client.force_login(make_member(make_satker(), peran))
    assert client.get("/bantuan/").context["dipilih"] == MILIK_PERAN[peran]


def test_an_operator_opens_the_operators(client):
    client.force_login(make_user(is_staff=True))
    assert client.get("/bantuan/").context["dipilih"] == Bantuan.OPERATOR


@pytest.mark.parametrize("bantuan", Bantuan)
def test_each_page_has_three_steps_every_word_and_whom_to_ask(client, bantuan):
    client.force_login(make_user())
    halaman = client.get("/bantuan/", {"peran": bantuan.value}).content.decode()
    langkah = halaman.split('<ol class="langkah">')[1].split("</ol>")[0]
    assert langkah.count("<li>") == 3
    for label in [*Status.labels, *Ketepatan.labels, *Keadaan.labels]:
        assert f"</svg>{label}</span>" in halaman
    if bantuan != Bantuan.OPERATOR:
        assert "Bertanya kepada siapa" in halaman


def test_a_page_that_is_not_there_gives_the_own_one(client):
    client.force_login(make_member(make_satker(), Peran.TPI))
    assert client.get("/bantuan/", {"peran": "../rahasia"}).context["dipilih"] == Bantuan.TPI


def test_what_it_tells_to_press_or_fill_stands_on_a_page():
    templat = Path(settings.BASE_DIR) / "templates"
    bantuan = {path: path.read_text() for path in (templat / "monev/bantuan").glob("_*.html")}
    lain = [path for path in templat.rglob("*.html") if path not in bantuan]
    lain += [Path(settings.BASE_DIR) / "evidence/forms.py"]
    layar = "\n".join(path.read_text() for path in lain)
    disebut = {kata for isi in bantuan.values() for kata in re.findall("<i>(.*?)</i>", isi)}
    assert {kata for kata in disebut if kata not in layar} == set()
    assert {"Isi dokumen", "Simpan dulu", "Kirim untuk Reviu"} <= disebut
