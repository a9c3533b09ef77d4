"""Dated facts beside the plan: each is put down once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Peran
from actionplan.models import Koreksi, MulaiDipantau, Perpanjangan
from actionplan.services import correct, grant_extension, set_mulai_dipantau
from tests.factories import make_indikator, make_member, make_rencana, make_tenggat, wib


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


@pytest.mark.django_db
def test_a_correction_that_corrects_nothing_is_refused_in_words() -> None:
    indikator = make_indikator(make_rencana())
    ketua = make_member(indikator.komponen.area.rencana.satker, Peran.KETUA_TIM)
    semula = indikator.uraian

    def baca(teks: str, alasan: str, jam: int) -> None:
        correct(
            indikator=indikator, kolom="uraian", teks=teks, alasan=alasan, by=ketua, at=wib(2025, 6, 2, jam)
        )

    with pytest.raises(ValidationError) as error:
        baca(f" {semula} ", "Tanpa sebab.", 8)
    assert error.value.message_dict == {"teks": ["Sama dengan bunyi keputusan; tidak ada yang dikoreksi."]}
    baca("Dibaca begini.", "Salah ketik.", 9)
    with pytest.raises(ValidationError, match="Sudah dibaca demikian sejak koreksi 2 Juni 2025"):
        baca("Dibaca begini.", "Alasan lain.", 10)
    baca(semula, "Ternyata sudah benar.", 11)
    assert Koreksi.objects.count() == 2


JUNI_30 = dt.date(2025, 6, 30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("batas", "isian", "kata"),
    [
        (JUNI_30, "batas_baru", "Batas baru harus sesudah jatuh tempo, 30 Juni 2025."),
        (
            dt.date(2026, 1, 1),
            "tahun_lain",
            "1 Januari 2026 jatuh sesudah tahun rencana, 2025. Centang bila memang demikian.",
        ),
        (dt.date(2027, 1, 1), "batas_baru", "Batas baru paling akhir 31 Desember 2026."),
    ],
)
def test_an_extension_that_looks_like_a_slip_is_refused_in_words(
    batas: dt.date, isian: str, kata: str
) -> None:
    tenggat = make_tenggat(make_indikator(make_rencana()), jatuh_tempo=JUNI_30)
    ketua = make_member(tenggat.indikator.komponen.area.rencana.satker, Peran.KETUA_TIM)
    with pytest.raises(ValidationError) as error:
        grant_extension(tenggat=tenggat, batas_baru=batas, alasan="Banjir.", by=ketua)
    assert error.value.message_dict == {isian: [kata]}
    assert not Perpanjangan.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("batas", [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 12, 31)])
def test_what_somebody_says_is_meant_is_granted(batas: dt.date) -> None:
    tenggat = make_tenggat(make_indikator(make_rencana()), jatuh_tempo=JUNI_30)
    ketua = make_member(tenggat.indikator.komponen.area.rencana.satker, Peran.KETUA_TIM)
    diberi = grant_extension(
        tenggat=tenggat, batas_baru=batas, alasan="Banjir.", by=ketua, tahun_lain=batas.year > 2025
    )
    assert diberi.batas_baru == batas


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tanggal", "kata"),
    [
        (dt.date(2025, 3, 2), "Tidak boleh mendahului tanggal keputusan, 3 Maret 2025."),
        (dt.date(2026, 1, 1), "Paling akhir 31 Desember 2025, akhir tahun rencana."),
    ],
)
def test_monitoring_begins_within_the_plans_year(tanggal: dt.date, kata: str) -> None:
    rencana = make_rencana()
    ketua = make_member(rencana.satker, Peran.KETUA_TIM)
    with pytest.raises(ValidationError) as error:
        set_mulai_dipantau(rencana=rencana, tanggal=tanggal, alasan="Rapat.", by=ketua)
    assert error.value.message_dict == {"tanggal": [kata]}
    assert not MulaiDipantau.objects.exists()
