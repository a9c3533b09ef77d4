"""Dated facts beside the plan: each is put down once."""

import datetime as dt

import pytest

from accounts.models import Peran
from actionplan.models import Koreksi, MulaiDipantau, Perpanjangan
from actionplan.services import correct, grant_extension, set_mulai_dipantau
from tests.factories import make_indikator, make_member, make_rencana, make_tenggat


@pytest.mark.django_db
def test_a_button_pressed_twice_puts_down_one_fact() -> None:
    tenggat = make_tenggat(make_indikator(make_rencana()))
    indikator = tenggat.indikator
    rencana = indikator.komponen.area.rencana
    ketua = make_member(rencana.satker, Peran.KETUA_TIM)
    batas = tenggat.jatuh_tempo + dt.timedelta(days=7)
    for _ in range(2):
        grant_extension(tenggat=tenggat, batas_baru=batas, alasan="Banjir.", by=ketua)
        set_mulai_dipantau(rencana=rencana, tanggal=rencana.tanggal, alasan="Rapat tim.", by=ketua)
        correct(indikator=indikator, kolom="uraian", teks="Dibaca begini.", alasan="Salah ketik.", by=ketua)
    assert [m.objects.count() for m in (Perpanjangan, MulaiDipantau, Koreksi)] == [1, 1, 1]


@pytest.mark.django_db
def test_an_earlier_extension_can_be_granted_again() -> None:
    tenggat = make_tenggat(make_indikator(make_rencana()))
    ketua = make_member(tenggat.indikator.komponen.area.rencana.satker, Peran.KETUA_TIM)
    for hari in (7, 14, 7):
        batas = tenggat.jatuh_tempo + dt.timedelta(days=hari)
        grant_extension(tenggat=tenggat, batas_baru=batas, alasan="Banjir.", by=ketua)
    assert Perpanjangan.objects.count() == 3
