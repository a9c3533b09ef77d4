"""The dashboard of ketua_tim and sekretaris tells which erasures wait, and for whom."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Peran, User
from evidence.models import Evidence
from evidence.penghapusan import agree_to_erasure, ask_erasure, call_off_erasure, waiting_in
from tests.evidence import berkas
from tests.evidence.conftest import Kantor, kantor
from tests.evidence.test_intake import terima
from tests.factories import make_member, make_rencana, make_satker, wib

__all__ = ["kantor"]
KATA = "Penghapusan menunggu persetujuan Anda"


@pytest.fixture
def ketua(kantor: Kantor) -> User:
    return make_member(kantor.satker, Peran.KETUA_TIM)


@pytest.fixture
def sekretaris(kantor: Kantor) -> User:
    return make_member(kantor.satker, Peran.SEKRETARIS)


@pytest.fixture
def diminta(kantor: Kantor, ketua: User) -> Evidence:
    """Asked for by the ketua_tim."""
    piece = terima(kantor.satker, kantor.anggota, berkas.pdf(), judul="Daftar pelapor")
    ask_erasure(evidence=piece, by=ketua, dasar="Permintaan pemilik data", at=wib(2025, 6, 10, 9, 30))
    return piece


def dasbor(client: Client, kantor: Kantor, orang: User) -> str:
    client.force_login(orang)
    alamat = reverse("dasbor", args=[kantor.satker.kode, kantor.rencana.tahun])
    return client.get(alamat, {"per": "2025-06-20"}).content.decode()


def test_who_is_to_agree_finds_it_with_who_asked_and_when(
    kantor: Kantor, diminta: Evidence, ketua: User, sekretaris: User, client: Client
) -> None:
    kotak = dasbor(client, kantor, sekretaris).partition(f"{KATA} (1)")[2].partition("</section>")[0]
    assert f'<a href="{reverse("bukti", args=[diminta.pk])}">Daftar pelapor</a>' in kotak
    assert f"Diminta {ketua.nama}" in kotak
    assert "10 Juni 2025, 09.30 WIB" in kotak
    assert "menunggu persetujuan Sekretaris" not in kotak


def test_who_asked_finds_for_whom_it_waits(
    kantor: Kantor, diminta: Evidence, ketua: User, sekretaris: User, client: Client
) -> None:
    halaman = dasbor(client, kantor, ketua)
    assert KATA not in halaman
    assert "menunggu persetujuan Sekretaris" in halaman
    assert reverse("bukti", args=[diminta.pk]) in halaman


def test_asked_by_the_sekretaris_it_waits_for_the_ketua(
    kantor: Kantor, ketua: User, sekretaris: User, client: Client
) -> None:
    piece = terima(kantor.satker, kantor.anggota, berkas.pdf())
    ask_erasure(evidence=piece, by=sekretaris, dasar="Permintaan pemilik data")
    assert f"{KATA} (1)" in dasbor(client, kantor, ketua)
    assert "menunggu persetujuan Ketua Tim" in dasbor(client, kantor, sekretaris)


def test_the_page_of_the_piece_names_the_role(diminta: Evidence, ketua: User, client: Client) -> None:
    client.force_login(ketua)
    halaman = client.get(reverse("bukti", args=[diminta.pk])).content.decode()
    assert "Penghapusan diminta, menunggu persetujuan Sekretaris" in halaman


@pytest.mark.parametrize("peran", [Peran.ANGGOTA, Peran.TPI, Peran.PIMPINAN])
def test_nobody_else_is_told(kantor: Kantor, diminta: Evidence, client: Client, peran: Peran) -> None:
    orang = make_member(kantor.satker, peran)
    assert reverse("bukti", args=[diminta.pk]) not in dasbor(client, kantor, orang)


def test_another_office_is_not_told(diminta: Evidence) -> None:
    sana = make_rencana(make_satker())
    assert waiting_in(sana.satker, make_member(sana.satker, Peran.SEKRETARIS)) == []


@pytest.mark.parametrize("act", [agree_to_erasure, call_off_erasure])
def test_answered_it_is_gone(
    kantor: Kantor, diminta: Evidence, sekretaris: User, client: Client, act: object
) -> None:
    act(evidence=diminta, by=sekretaris)  # type: ignore[operator]
    assert 'id="penghapusan"' not in dasbor(client, kantor, sekretaris)


def test_what_waits_for_this_person_comes_first(
    kantor: Kantor, diminta: Evidence, ketua: User, sekretaris: User
) -> None:
    lain = terima(kantor.satker, kantor.anggota, berkas.gambar(), judul="Foto")
    ask_erasure(evidence=lain, by=sekretaris, dasar="Permintaan pemilik data")
    assert [(s.bukti, s.giliran) for s in waiting_in(kantor.satker, ketua)] == [
        ([(lain.pk, "Foto")], True),
        ([(diminta.pk, "Daftar pelapor")], False),
    ]


def test_under_the_count_stands_only_what_waits_for_this_person(
    kantor: Kantor, diminta: Evidence, ketua: User, sekretaris: User, client: Client
) -> None:
    lain = terima(kantor.satker, kantor.anggota, berkas.gambar(), judul="Foto")
    ask_erasure(evidence=lain, by=sekretaris, dasar="Permintaan pemilik data")
    kotak = dasbor(client, kantor, ketua).partition(f"{KATA} (1)")[2].partition("</section>")[0]
    sendiri, _, orang_lain = kotak.partition("Menunggu persetujuan orang lain (1)")
    alamat = [reverse("bukti", args=[piece.pk]) for piece in (lain, diminta)]
    assert [a in sendiri for a in alamat] == [True, False]
    assert [a in orang_lain for a in alamat] == [False, True]


def test_one_query_for_one_and_for_many(
    kantor: Kantor,
    diminta: Evidence,
    ketua: User,
    sekretaris: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for jumlah in (1, 2, 5):
        with django_assert_num_queries(2):  # the person's roles, and this
            menunggu = waiting_in(kantor.satker, sekretaris)
            assert [s.permintaan.diminta_oleh.nama for s in menunggu] == [ketua.nama] * jumlah
        for i in range(2 * jumlah - 1):
            piece = terima(
                kantor.satker, kantor.anggota, berkas.gambar("JPEG", (40 + i, 30 + jumlah)), f"{i}.jpg"
            )
            ask_erasure(evidence=piece, by=ketua, dasar="Permintaan pemilik data")
