"""Realisasi is added to, never written over: limits, two people at once, and what the page keeps of what was typed."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Peran, User
from actionplan.models import Tenggat
from monev.models import Realisasi
from monev.services import RealisasiBentrokError, save_realisasi
from tests.factories import make_indikator, make_member, make_rencana, make_tenggat

pytestmark = pytest.mark.django_db


class Kantor:
    def __init__(self) -> None:
        self.rencana = make_rencana()
        self.satker = self.rencana.satker
        self.tenggat = make_tenggat(make_indikator(self.rencana))
        self.anggota = make_member(self.satker)
        self.rekan = make_member(self.satker)

    def simpan(self, client: Client, user: User | None = None, **isian: object) -> object:
        client.force_login(user or self.anggota)
        return client.post(f"/tenggat/{self.tenggat.pk}/realisasi/", isian)

    def uraian(self) -> list[str]:
        rows = Realisasi.objects.filter(tenggat=self.tenggat)
        return list(rows.order_by("versi").values_list("uraian", flat=True))


@pytest.fixture
def kantor() -> Kantor:
    return Kantor()


# --- the service ---


def test_each_saving_is_a_new_version(kantor: Kantor) -> None:
    for teks in ("Satu", "Dua"):
        save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian=teks)
    assert list(Realisasi.objects.values_list("versi", "uraian").order_by("versi")) == [
        (1, "Satu"),
        (2, "Dua"),
    ]


def test_a_version_based_on_the_newest_is_saved(kantor: Kantor) -> None:
    save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian="Satu", versi_dasar=0)
    save_realisasi(tenggat=kantor.tenggat, by=kantor.rekan, uraian="Dua", versi_dasar=1)
    assert kantor.uraian() == ["Satu", "Dua"]


def test_a_version_based_on_an_older_one_is_refused_with_the_newest(kantor: Kantor) -> None:
    save_realisasi(tenggat=kantor.tenggat, by=kantor.rekan, uraian="Punya rekan", versi_dasar=0)
    with pytest.raises(RealisasiBentrokError) as bentrok:
        save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian="Punya saya", versi_dasar=0)
    assert bentrok.value.terkini.uraian == "Punya rekan"
    assert kantor.uraian() == ["Punya rekan"]


def test_the_same_text_sent_twice_is_no_conflict(kantor: Kantor) -> None:
    for _ in range(2):
        save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian="Satu ", versi_dasar=0)
    assert kantor.uraian() == ["Satu"]


def test_nothing_at_all_is_refused(kantor: Kantor) -> None:
    with pytest.raises(ValidationError, match="Isi paling sedikit satu"):
        save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian="  ")


# --- the form ---


def test_what_was_typed_is_saved_and_one_is_back_at_the_row(kantor: Kantor, client: Client) -> None:
    response = kantor.simpan(client, uraian="Rapat selesai", kendala="Waktu", versi_dasar="0")
    assert response.status_code == 302
    assert response.url == f"/indikator/{kantor.tenggat.indikator_id}/?tenggat={kantor.tenggat.pk}"
    assert Realisasi.objects.values_list("uraian", "kendala", "dicatat_oleh").get() == (
        "Rapat selesai",
        "Waktu",
        kantor.anggota.pk,
    )


def test_a_conflict_shows_both_texts_and_keeps_ones_own_in_the_form(kantor: Kantor, client: Client) -> None:
    save_realisasi(tenggat=kantor.tenggat, by=kantor.rekan, uraian="Punya rekan")
    html = kantor.simpan(client, uraian="Punya saya", versi_dasar="0").content.decode()
    assert "Belum disimpan" in html
    assert kantor.rekan.nama in html
    assert "Punya rekan" in html
    assert re.search(r"<textarea[^>]*>\s*Punya saya</textarea>", html)
    assert kantor.uraian() == ["Punya rekan"]


def test_after_a_conflict_saving_again_is_on_purpose(kantor: Kantor, client: Client) -> None:
    save_realisasi(tenggat=kantor.tenggat, by=kantor.rekan, uraian="Punya rekan")
    html = kantor.simpan(client, uraian="Gabungan", versi_dasar="0").content.decode()
    (versi,) = re.findall(r'name="versi_dasar" value="(\d+)"', html)
    assert kantor.simpan(client, uraian="Gabungan", versi_dasar=versi).status_code == 302
    assert kantor.uraian() == ["Punya rekan", "Gabungan"]


def test_the_form_carries_the_version_it_was_opened_with(kantor: Kantor, client: Client) -> None:
    save_realisasi(tenggat=kantor.tenggat, by=kantor.rekan, uraian="Satu")
    client.force_login(kantor.anggota)
    html = client.get(f"/indikator/{kantor.tenggat.indikator_id}/").content.decode()
    assert re.findall(r'name="versi_dasar" value="(\d+)"', html) == ["1"]


def test_an_empty_form_is_refused_in_words(kantor: Kantor, client: Client) -> None:
    response = kantor.simpan(client, uraian=" ", versi_dasar="0")
    assert "Isi paling sedikit satu" in response.content.decode()
    assert not Realisasi.objects.exists()


@pytest.mark.parametrize(("panjang", "status"), [(4000, 302), (4001, 200)])
@pytest.mark.parametrize("kolom", ["uraian", "kendala", "rencana_tindak_lanjut"])
def test_a_text_may_have_4000_characters(
    kantor: Kantor, client: Client, kolom: str, panjang: int, status: int
) -> None:
    assert kantor.simpan(client, **{kolom: "a" * panjang, "versi_dasar": "0"}).status_code == status


def test_what_is_too_long_stays_in_the_form(kantor: Kantor, client: Client) -> None:
    html = kantor.simpan(client, uraian="x" * 4001, kendala="Tetap ada", versi_dasar="0").content.decode()
    assert "x" * 4001 in html
    assert "Tetap ada" in html
    assert "is-invalid" in html


def test_the_end_of_a_line_counts_as_one_character(kantor: Kantor, client: Client) -> None:
    assert kantor.simpan(client, uraian="a\r\n" * 1999 + "bc", versi_dasar="0").status_code == 302
    assert "\r" not in kantor.uraian()[0]


@pytest.mark.parametrize("versi", ["-1", "abc", "1.5"])
def test_a_version_that_cannot_be_saves_nothing(kantor: Kantor, client: Client, versi: str) -> None:
    assert kantor.simpan(client, uraian="Satu", versi_dasar=versi).status_code == 200
    assert not Realisasi.objects.exists()


def test_after_saving_the_page_is_back_at_today_and_says_so(kantor: Kantor, client: Client) -> None:
    client.force_login(kantor.anggota)
    client.get(f"/indikator/{kantor.tenggat.indikator_id}/?per=2025-06-01")
    response = kantor.simpan(client, uraian="Satu", versi_dasar="0")
    html = client.get(response.url).content.decode()
    assert "Posisi per kembali ke hari ini" in html
    assert "hari ini, masih dapat berubah" in html


def test_at_a_day_past_there_is_no_form_but_the_way_to_it(kantor: Kantor, client: Client) -> None:
    client.force_login(kantor.anggota)
    html = client.get(f"/indikator/{kantor.tenggat.indikator_id}/?per=2025-06-01").content.decode()
    assert 'name="uraian"' not in html
    assert "per=hari-ini" in html


# --- who may ---


@pytest.mark.parametrize("peran", [Peran.SEKRETARIS, Peran.PIMPINAN, Peran.TPI, Peran.PEMBINA])
def test_who_may_not_write_is_refused_in_words(kantor: Kantor, client: Client, peran: str) -> None:
    response = kantor.simpan(client, make_member(kantor.satker, peran), uraian="Satu")
    assert response.status_code == 403
    assert "Hanya Anggota Tim Kerja ZI dan Ketua Tim Kerja ZI" in response.content.decode()
    assert not Realisasi.objects.exists()


def test_a_member_of_another_area_is_refused(kantor: Kantor, client: Client) -> None:
    assert kantor.simpan(client, make_member(kantor.satker, area=(2,)), uraian="Satu").status_code == 403


def test_another_office_does_not_learn_that_it_exists(kantor: Kantor, client: Client) -> None:
    assert kantor.simpan(client, make_member(make_rencana().satker), uraian="Satu").status_code == 404


def test_who_may_not_write_reads_it(kantor: Kantor, client: Client) -> None:
    save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian="Sudah rapat", kendala="Dana <b>")
    client.force_login(make_member(kantor.satker, Peran.PIMPINAN))
    html = client.get(f"/indikator/{kantor.tenggat.indikator_id}/").content.decode()
    assert "Sudah rapat" in html
    assert "Dana &lt;b&gt;" in html
    assert 'name="uraian"' not in html


def test_of_several_tenggat_the_one_asked_for_is_opened(kantor: Kantor, client: Client) -> None:
    lain = make_tenggat(kantor.tenggat.indikator, mulai=dt.date(2025, 9, 1), jatuh_tempo=dt.date(2025, 9, 30))
    client.force_login(kantor.anggota)
    for tenggat in (kantor.tenggat, lain):
        html = client.get(f"/indikator/{tenggat.indikator_id}/?tenggat={tenggat.pk}").content.decode()
        assert formulir_untuk(html) == tenggat.pk


@pytest.mark.parametrize("nilai", ["abc", "999999", "9" * 30, ""])
def test_a_tenggat_that_is_not_of_the_row_opens_the_most_pressing(
    kantor: Kantor, client: Client, nilai: str
) -> None:
    client.force_login(kantor.anggota)
    html = client.get(f"/indikator/{kantor.tenggat.indikator_id}/?tenggat={nilai}").content.decode()
    assert formulir_untuk(html) == kantor.tenggat.pk


def formulir_untuk(html: str) -> int:
    (pk,) = re.findall(r'action="/tenggat/(\d+)/realisasi/"', html)
    assert Tenggat.objects.filter(pk=pk).exists()
    return int(pk)
