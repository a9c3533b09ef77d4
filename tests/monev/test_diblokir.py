"""The dashboard tells the team of a file in which a virus was found after it was taken in."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Peran, User
from accounts.waktu import hari_ini
from actionplan.models import BuktiFisik, Kebutuhan
from evidence.kelompok import Kelompok
from evidence.models import BerkasTersimpan, Evidence, Penarikan, Slot, SubmissionEvidence
from evidence.services import open_draft, put_in_draft, send
from monev.tugas import blocked_slots, daftar_tugas, jumlah_tugas
from tests.evidence import berkas
from tests.evidence.conftest import Kantor, kantor
from tests.evidence.test_intake import terima
from tests.factories import make_draft, make_member, make_review, make_sent, make_slot, wib

__all__ = ["kantor"]
KATA = "Berkas diblokir karena memuat virus"


@pytest.fixture(autouse=True)
def pemindai(settings: Settings) -> None:
    settings.PINDAI_ALAMAT = ""


def kirim(kantor: Kantor, slot: Slot) -> Evidence:
    bukti = terima(kantor.satker, kantor.anggota, berkas.gambar())
    draf = open_draft(slot=slot, by=kantor.anggota)
    put_in_draft(submission=draf, evidence=[bukti], by=kantor.anggota)
    send(submission=draf, by=kantor.anggota)
    return bukti


@pytest.fixture
def diblokir(kantor: Kantor, settings: Settings) -> Evidence:
    bukti = kirim(kantor, kantor.slot)
    BerkasTersimpan.objects.update(pindai="diblokir", ancaman="Uji")
    settings.PINDAI_ALAMAT = "unix:/soket"
    return bukti


def dasbor(client: Client, kantor: Kantor, orang: User, per: str = "hari-ini") -> str:
    client.force_login(orang)
    alamat = reverse("dasbor", args=[kantor.satker.kode, kantor.rencana.tahun])
    return client.get(alamat, {"per": per}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("peran", "area", "melihat"),
    [
        (Peran.ANGGOTA, [1], True),
        (Peran.ANGGOTA, [2], False),
        (Peran.KETUA_TIM, [], True),
        (Peran.SEKRETARIS, [], True),
        (Peran.TPI, [], False),
        (Peran.PIMPINAN, [], False),
    ],
)
def test_the_team_of_the_area_is_told(
    kantor: Kantor, diblokir: Evidence, client: Client, peran: str, area: list[int], melihat: bool
) -> None:
    isi = dasbor(client, kantor, make_member(kantor.satker, peran, area=area))

    assert (KATA in isi) is melihat
    if melihat:
        assert reverse("slot", args=[kantor.slot.pk]) in isi.partition(KATA)[2].partition("</section>")[0]


def test_nothing_is_said_where_nothing_is_blocked(kantor: Kantor, client: Client, settings: Settings) -> None:
    kirim(kantor, kantor.slot)
    settings.PINDAI_ALAMAT = "unix:/soket"

    assert KATA not in dasbor(client, kantor, kantor.anggota)


def test_a_day_past_says_nothing_of_what_is_found_today(
    kantor: Kantor, diblokir: Evidence, client: Client
) -> None:
    assert KATA not in dasbor(client, kantor, kantor.anggota, "2025-06-20")


class TestTugas:
    """For an anggota it is a task like the others, once, above all."""

    def test_a_round_that_waits_is_a_task_again(
        self, kantor: Kantor, diblokir: Evidence, client: Client
    ) -> None:
        isi = dasbor(client, kantor, kantor.anggota)
        assert isi.count(f">{KATA}") == 1
        assert "Berkas diblokir: ganti dengan versi yang bersih." in isi
        tugas = isi.partition(KATA)[2].partition("</section>")[0]
        assert f'href="{reverse("slot", args=[kantor.slot.pk])}"' in tugas
        assert "Ganti berkas" in tugas

    def test_what_was_accepted_is_a_task_again(self, kantor: Kantor, settings: Settings) -> None:
        kirim(kantor, kantor.slot)
        make_review(kantor.slot.submissions.get(), kantor.tpi, at=timezone.now())
        settings.PINDAI_ALAMAT = "unix:/soket"
        assert self.golongan(kantor) == {}
        BerkasTersimpan.objects.update(pindai="diblokir", ancaman="Uji")
        assert self.golongan(kantor) == {Kelompok.DIBLOKIR: [kantor.slot.pk]}

    def test_it_stands_once_and_presses_most(self, kantor: Kantor, diblokir: Evidence) -> None:
        make_review(kantor.slot.submissions.get(), kantor.tpi, at=timezone.now(), keputusan="perbaikan")
        lain = make_slot(kantor.rencana)
        golongan = self.golongan(kantor)
        assert list(golongan.items()) == [
            (Kelompok.DIBLOKIR, [kantor.slot.pk]),
            (Kelompok.TERLAMBAT, [lain.pk]),
        ]

    def test_beside_it_stands_what_the_same_tenggat_still_lacks(
        self, kantor: Kantor, diblokir: Evidence
    ) -> None:
        indikator = kantor.slot.tenggat.indikator
        kurang = Kebutuhan.objects.create(
            tenggat=kantor.slot.tenggat,
            bukti_fisik=BuktiFisik.objects.create(indikator=indikator, nomor=2, uraian="Notula"),
        )
        assert self.golongan(kantor) == {Kelompok.DIBLOKIR: [kantor.slot.pk, kurang.pk]}

    def test_another_area_has_no_such_task(self, kantor: Kantor, diblokir: Evidence) -> None:
        assert not daftar_tugas(kantor.rencana, {2}, hari_ini()).golongan

    def test_of_a_day_past_nothing_is_said(self, kantor: Kantor, diblokir: Evidence) -> None:
        kemarin = hari_ini() - dt.timedelta(days=1)
        assert Kelompok.DIBLOKIR not in {
            g.kelompok for g in daftar_tugas(kantor.rencana, {1}, kemarin).golongan
        }

    def test_the_count_is_that_of_the_page_in_as_many_queries_for_one_and_for_many(
        self, kantor: Kantor, diblokir: Evidence, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for jumlah in (1, 4):
            with django_assert_num_queries(2):
                assert jumlah_tugas(kantor.rencana, {1}, hari_ini()) == jumlah
            with django_assert_num_queries(3):
                assert daftar_tugas(kantor.rencana, {1}, hari_ini()).jumlah == jumlah
            for _ in range(3):
                draf_lama(kantor, make_slot(kantor.rencana))

    def golongan(self, kantor: Kantor) -> dict[Kelompok, list[int]]:
        daftar = daftar_tugas(kantor.rencana, {1}, hari_ini())
        return {g.kelompok: [b.pk for t in g.tugas for b in t.bukti] for g in daftar.golongan}


def draf_lama(kantor: Kantor, slot: Slot) -> None:
    """A draft with the file that the scanner found bad meanwhile."""
    buruk = Evidence.objects.filter(simpanan__pindai="diblokir")[0]
    draf = make_draft(slot, kantor.anggota, at=wib(2025, 6, 4))
    SubmissionEvidence.objects.create(submission=draf, evidence=buruk)


class TestSelesai:
    """What ends it."""

    def test_a_newer_round(self, kantor: Kantor, diblokir: Evidence) -> None:
        make_review(kantor.slot.submissions.get(), kantor.tpi, at=timezone.now(), keputusan="perbaikan")
        assert blocked_slots(kantor.rencana, kantor.anggota) == [kantor.slot]

        make_draft(kantor.slot, kantor.anggota, at=timezone.now())
        assert blocked_slots(kantor.rencana, kantor.anggota) == []

    def test_a_newer_round_that_was_withdrawn_does_not(self, kantor: Kantor, diblokir: Evidence) -> None:
        make_review(kantor.slot.submissions.get(), kantor.tpi, at=timezone.now(), keputusan="perbaikan")
        baru = make_draft(kantor.slot, kantor.anggota, at=timezone.now())
        type(baru).objects.filter(pk=baru.pk).update(
            ditarik_oleh=kantor.anggota, ditarik_pada=timezone.now(), ditutup_pada=timezone.now()
        )

        assert blocked_slots(kantor.rencana, kantor.anggota) == [kantor.slot]

    def test_the_piece_is_withdrawn(self, kantor: Kantor, diblokir: Evidence) -> None:
        Penarikan.objects.create(evidence=diblokir, alasan="virus", oleh=kantor.anggota, pada=timezone.now())

        assert blocked_slots(kantor.rencana, kantor.anggota) == []

    def test_the_scanner_takes_it_back(self, kantor: Kantor, diblokir: Evidence) -> None:
        BerkasTersimpan.objects.update(pindai="bersih", ancaman="")

        assert blocked_slots(kantor.rencana, kantor.anggota) == []


def test_one_query_for_one_and_for_many(
    kantor: Kantor, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    slots = [kantor.slot, make_slot(kantor.rencana), make_slot(kantor.rencana)]
    for slot in slots:
        kirim(kantor, slot)
    make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 1))
    BerkasTersimpan.objects.update(pindai="diblokir", ancaman="Uji")
    settings.PINDAI_ALAMAT = "unix:/soket"
    anggota = User.objects.get(pk=kantor.anggota.pk)
    blocked_slots(kantor.rencana, anggota)
    with django_assert_num_queries(2):  # the person's roles, and this
        assert set(blocked_slots(kantor.rencana, anggota)) == set(slots)
