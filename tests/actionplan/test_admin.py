"""The plan in Administrasi: to be read by the operator, to be changed by nobody."""

import datetime as dt
import re

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Peran
from actionplan.models import (
    Area,
    BuktiFisik,
    Indikator,
    Komponen,
    Koreksi,
    LangkahAksi,
    MulaiDipantau,
    Perpanjangan,
    RencanaAksi,
    Tenggat,
)
from actionplan.services import correct, grant_extension, set_mulai_dipantau
from tests.factories import make_indikator, make_member, make_rencana, make_tenggat, make_user, wib

pytestmark = pytest.mark.django_db
TERDAFTAR = (RencanaAksi, Indikator, Perpanjangan, Koreksi, MulaiDipantau)


@pytest.fixture
def baris() -> Indikator:
    rencana = make_rencana()
    ketua = make_member(rencana.satker, Peran.KETUA_TIM)
    indikator = Indikator.objects.create(
        komponen=Komponen.objects.get(area__rencana=rencana, area__nomor=1),
        nomor=1,
        uraian="Memakai *website* <resmi>",
        langkah_aksi_teks="Langkah",
        bukti_fisik_teks="Laporan",
        target_waktu="Juni 2025",
    )
    BuktiFisik.objects.create(indikator=indikator, nomor=1, uraian="Laporan")
    LangkahAksi.objects.create(indikator=indikator, nomor=1, uraian="Langkah")
    tenggat = make_tenggat(indikator)
    kapan = {"by": ketua, "alasan": "Alasannya", "at": wib(2025, 6, 1)}
    grant_extension(tenggat=tenggat, batas_baru=dt.date(2025, 7, 31), **kapan)
    correct(indikator=indikator, kolom="target_waktu", teks="Juli 2025", **kapan)
    set_mulai_dipantau(rencana=rencana, tanggal=dt.date(2025, 4, 1), **kapan)
    return indikator


@pytest.fixture
def operator(client):
    client.force_login(make_user("operator", is_staff=True))
    return client


def alamat(model: type, apa: str, *args: object) -> str:
    return reverse(f"admin:actionplan_{model._meta.model_name}_{apa}", args=args)


def test_only_these_of_the_plan_are_in_administrasi_and_nothing_of_evidence():
    milik = {m for m in admin.site._registry if m._meta.app_label in ("actionplan", "evidence")}
    assert milik == set(TERDAFTAR)


@pytest.mark.parametrize("model", TERDAFTAR)
def test_the_operator_reads_list_and_row(operator, baris, model):
    for url in (alamat(model, "changelist"), alamat(model, "change", model.objects.get().pk)):
        assert operator.get(url).status_code == 200


@pytest.mark.parametrize("model", TERDAFTAR)
def test_the_operator_adds_changes_and_deletes_nothing(operator, baris, model):
    pk = model.objects.get().pk
    sebelum = [list(m.objects.values()) for m in (*TERDAFTAR, Area, BuktiFisik, LangkahAksi, Tenggat)]
    for url in (alamat(model, "add"), alamat(model, "change", pk), alamat(model, "delete", pk)):
        assert operator.post(url, {"post": "yes", "uraian": "x", "alasan": "x"}).status_code == 403
    aksi = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    operator.post(alamat(model, "changelist"), aksi)
    assert [list(m.objects.values()) for m in (*TERDAFTAR, Area, BuktiFisik, LangkahAksi, Tenggat)] == sebelum


@pytest.mark.parametrize("model", TERDAFTAR)
def test_who_is_no_operator_sees_none_of_it(client, baris, model):
    client.force_login(make_member(RencanaAksi.objects.get().satker, Peran.KETUA_TIM))
    for url in (alamat(model, "changelist"), alamat(model, "change", model.objects.get().pk)):
        assert client.get(url, follow=True).status_code == 403


def test_a_superuser_changes_nothing_either(client, baris):
    client.force_login(make_user("super", is_staff=True, is_superuser=True))
    assert client.post(alamat(Indikator, "change", baris.pk), {"uraian": "x"}).status_code == 403


def test_foreign_words_are_italic_and_signs_stay_signs(operator, baris):
    isi = operator.get(alamat(Indikator, "change", baris.pk)).content.decode()
    assert re.search(r"Memakai <(i|em)\b[^>]*>website</(i|em)> &lt;resmi&gt;", isi)


def test_from_the_plan_to_its_own_rows(operator, baris):
    make_indikator(make_rencana(tahun=2026))
    rencana = baris.komponen.area.rencana
    isi = operator.get(alamat(RencanaAksi, "change", rencana.pk)).content.decode()
    tujuan = f"{alamat(Indikator, 'changelist')}?rencana={rencana.pk}"
    assert f'<a href="{tujuan}">1 baris</a>' in isi
    assert list(operator.get(tujuan).context["cl"].result_list) == [baris]


@pytest.mark.parametrize("filter_", ["area=1", "area=9", "area=x", "rencana=x", "rencana=999999"])
def test_a_filter_that_means_nothing_filters_nothing(operator, baris, filter_):
    url = f"{alamat(Indikator, 'changelist')}?{filter_}"
    assert operator.get(url).context["cl"].result_count == 1


def test_a_filter_by_area(operator, baris):
    assert operator.get(f"{alamat(Indikator, 'changelist')}?area=2").context["cl"].result_count == 0


@pytest.mark.parametrize("jumlah", [1, 30])
def test_the_list_of_rows_costs_the_same_with_one_and_with_many(
    operator, baris, django_assert_num_queries, jumlah
):
    for _ in range(jumlah - 1):
        make_indikator(baris.komponen.area.rencana)
    with django_assert_num_queries(6):
        operator.get(alamat(Indikator, "changelist"))


def test_no_english_is_left_over(operator, baris):
    for model in TERDAFTAR:
        for url in (alamat(model, "changelist"), alamat(model, "change", model.objects.get().pk)):
            teks = re.sub(r"<[^>]+>", " ", operator.get(url).content.decode())
            assert not re.search(
                r"\b(Add|View|Change|Delete|Save|Select|Search|Filter by|History)\b", teks
            ), url
