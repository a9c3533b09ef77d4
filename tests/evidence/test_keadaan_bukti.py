"""What pages say of a piece: what the scanner found, and whether a link still opens."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evidence.models import BerkasTersimpan, Evidence, PeriksaTautan
from evidence.services import open_draft, put_in_draft, send
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.test_intake import terima
from tests.factories import make_sent, wib

KAPAN = wib(2025, 6, 20, 8, 5)


def kirim(kantor: Kantor, isi: bytes, **keadaan: object) -> Evidence:
    bukti = terima(kantor.satker, kantor.anggota, isi)
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    put_in_draft(submission=draf, evidence=[bukti], by=kantor.anggota)
    send(submission=draf, by=kantor.anggota)
    BerkasTersimpan.objects.filter(evidence=bukti).update(**keadaan)
    return bukti


def halaman(client: Client, kantor: Kantor, nama: str = "slot") -> str:
    if nama == "reviu":
        client.force_login(kantor.tpi)
        alamat = reverse("reviu", args=[kantor.slot.submissions.get().pk])
    else:
        client.force_login(kantor.anggota)
        alamat = reverse(nama, args=[kantor.slot.pk])
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", client.get(alamat).content.decode()))


def tautan_ke(client: Client, kantor: Kantor, bukti: Evidence) -> list[str]:
    """Where pages lead to of this piece's file."""
    semua = ""
    for nama, orang in (("slot", kantor.anggota), ("reviu", kantor.tpi)):
        client.force_login(orang)
        pk = kantor.slot.pk if nama == "slot" else kantor.slot.submissions.get().pk
        semua += client.get(reverse(nama, args=[pk])).content.decode()
    return re.findall(rf"/bukti/{bukti.pk}/(\w+)/", semua)


@pytest.mark.parametrize("nama", ["slot", "reviu"])
def test_a_blocked_file_is_told_and_not_offered(kantor: Kantor, client: Client, nama: str) -> None:
    bukti = kirim(kantor, berkas.pdf(), pindai="diblokir", ancaman="Uji.Eicar", dipindai_pada=KAPAN)

    assert "diblokir karena memuat virus (Uji.Eicar). Unggah versi yang bersih." in halaman(
        client, kantor, nama
    )
    assert tautan_ke(client, kantor, bukti) == []


@pytest.mark.parametrize("isi", [berkas.pdf(), berkas.gambar(), berkas.ooxml()], ids=["pdf", "jpg", "docx"])
def test_a_file_that_waits_for_the_scanner_is_not_offered(
    kantor: Kantor, client: Client, settings: Settings, isi: bytes
) -> None:
    settings.PINDAI_ALAMAT = ""
    bukti = kirim(kantor, isi)
    assert "unduh" in tautan_ke(client, kantor, bukti)

    settings.PINDAI_ALAMAT = "unix:/tidak-ada"
    assert tautan_ke(client, kantor, bukti) == []
    assert "belum dapat dibuka: belum dipindai virus." in halaman(client, kantor)


def test_a_clean_file_says_since_when(kantor: Kantor, client: Client) -> None:
    kirim(kantor, berkas.pdf(), pindai="bersih", dipindai_pada=KAPAN)

    assert "Bersih, dipindai 20 Juni 2025, 08.05 WIB" in halaman(client, kantor)


def test_a_file_of_an_office_without_a_scanner_says_so(kantor: Kantor, client: Client) -> None:
    kirim(kantor, berkas.pdf())

    assert "Belum dipindai" in halaman(client, kantor)


def test_a_draft_says_it_as_well(kantor: Kantor, client: Client) -> None:
    bukti = terima(kantor.satker, kantor.anggota, berkas.pdf())
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    put_in_draft(submission=draf, evidence=[bukti], by=kantor.anggota)
    BerkasTersimpan.objects.update(pindai="diblokir", ancaman="Uji")

    assert "diblokir karena memuat virus (Uji)" in halaman(client, kantor, "unggah")


class TestTautan:
    @pytest.fixture
    def tautan(self, kantor: Kantor) -> Evidence:
        return make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20)).evidence.get()

    @pytest.mark.parametrize("nama", ["slot", "reviu"])
    def test_never_asked(self, tautan: Evidence, kantor: Kantor, client: Client, nama: str) -> None:
        assert "Tautan belum pernah diperiksa" in halaman(client, kantor, nama)

    @pytest.mark.parametrize("nama", ["slot", "reviu"])
    def test_the_newest_answer_with_its_time(
        self, tautan: Evidence, kantor: Kantor, client: Client, nama: str
    ) -> None:
        for hari, kata in [
            (19, "Tautan terbuka."),
            (20, "Halaman atau berkas ini tidak ada lagi (HTTP 404)."),
        ]:
            PeriksaTautan.objects.create(
                evidence=tautan,
                diperiksa_pada=KAPAN.replace(day=hari),
                hasil="tidak_ada" if hari == 20 else "terbuka",
                keterangan=kata,
            )

        isi = halaman(client, kantor, nama)
        assert "Diperiksa 20 Juni 2025, 08.05 WIB: Halaman atau berkas ini tidak ada lagi (HTTP 404)." in isi
        assert "Tautan terbuka." not in isi
