"""The plan as a list: what each filter leaves, what the counts count, and what the page costs."""

import datetime as dt
import io
import re
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import Peran
from actionplan.models import BuktiFisik, Indikator, Kebutuhan, Komponen, RencanaAksi, Tenggat
from actionplan.services import correct
from monev.rencana import Daftar, susun_daftar
from tests.factories import (
    make_indikator,
    make_member,
    make_rencana,
    make_review,
    make_sent,
    make_tenggat,
    slots_of,
    wib,
)

pytestmark = pytest.mark.django_db
ON = dt.date(2025, 6, 20)


def tanggal(bulan: int, hari: int) -> dt.date:
    return dt.date(2025, bulan, hari)


class Kantor:
    """Three rows on 20 June: I.1.1 April Selesai, Mei sent back, Juni Segera; II.1.1 late; VI.1.1 far off."""

    def __init__(self) -> None:
        self.rencana = make_rencana()
        satker = self.rencana.satker
        self.anggota = make_member(satker, area=(1,))
        self.lain = make_member(satker, area=(2, 3))
        self.tpi = make_member(satker, Peran.TPI)
        self.pertama = make_indikator(self.rencana, area=1)
        self.april, self.mei, self.juni = (
            bulanan(self.pertama, label, bulan) for label, bulan in (("April", 4), ("Mei", 5), ("Juni", 6))
        )
        self.putus(self.april, "sesuai")
        self.putus(self.mei, "perbaikan")
        self.kedua = make_indikator(self.rencana, area=2)
        make_tenggat(self.kedua, mulai=tanggal(3, 1), jatuh_tempo=tanggal(3, 31))
        self.ketiga = make_indikator(self.rencana, area=6)
        make_tenggat(self.ketiga, mulai=tanggal(11, 1), jatuh_tempo=tanggal(11, 30))

    def putus(self, tenggat: Tenggat, keputusan: str) -> None:
        at = wib(2025, tenggat.jatuh_tempo.month, 20)
        sent = make_sent(slots_of(tenggat)[0], self.anggota, at=at)
        make_review(sent, self.tpi, at=at + dt.timedelta(days=1), keputusan=keputusan)

    def daftar(self, **saringan: str) -> Daftar:
        return susun_daftar(self.rencana, ON, saringan)

    def kode(self, **saringan: str) -> list[str]:
        return [baris.kode for baris in self.daftar(**saringan).baris]

    def buka(self, client: Client, query: str = "", **headers: str) -> str:
        client.force_login(self.anggota)
        response = client.get(f"{alamat(self.rencana)}?per={ON}&{query}", headers=headers)
        assert response.status_code == 200
        return response.content.decode()


def bulanan(indikator: Indikator, label: str, bulan: int) -> Tenggat:
    akhir = tanggal(bulan + 1, 1) - dt.timedelta(days=1)
    tenggat = Tenggat.objects.create(
        indikator=indikator, label=label, mulai=tanggal(bulan, 1), jatuh_tempo=akhir
    )
    for bukti in indikator.bukti_fisik.all():
        Kebutuhan.objects.create(tenggat=tenggat, bukti_fisik=bukti)
    return tenggat


def berbunyi(rencana: RencanaAksi, **teks: str) -> Indikator:
    """III.1.1, in words of its own."""
    isi = {
        "uraian": "Baris",
        "langkah_aksi_teks": "Langkah",
        "bukti_fisik_teks": "Laporan",
        "target_waktu": "Mei",
    }
    komponen = Komponen.objects.get(area__rencana=rencana, area__nomor=3)
    indikator = Indikator.objects.create(komponen=komponen, nomor=1, **{**isi, **teks})
    BuktiFisik.objects.create(indikator=indikator, nomor=1, uraian="Laporan")
    bulanan(indikator, "Mei", 5)
    return indikator


def alamat(rencana: RencanaAksi) -> str:
    return f"/{rencana.satker.kode}/{rencana.tahun}/rencana/"


def rapat(html: str) -> str:
    """What one reads: without markup, spaces as single."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def kantor() -> Kantor:
    return Kantor()


# --- each filter ---


@pytest.mark.parametrize(
    ("saringan", "kode"),
    [
        ({}, ["I.1.1", "II.1.1", "VI.1.1"]),
        ({"area": "2"}, ["II.1.1"]),
        ({"area": "VI"}, ["VI.1.1"]),
        ({"status": "selesai"}, ["I.1.1"]),
        ({"status": "perbaikan"}, ["I.1.1"]),
        ({"status": "belum"}, ["I.1.1", "II.1.1", "VI.1.1"]),
        ({"ketepatan": "terlambat"}, ["I.1.1", "II.1.1"]),
        ({"ketepatan": "segera"}, ["I.1.1"]),
        ({"ketepatan": "akan_datang"}, ["VI.1.1"]),
        ({"triwulan": "1"}, ["II.1.1"]),
        ({"triwulan": "II"}, ["I.1.1"]),
        ({"triwulan": "4"}, ["VI.1.1"]),
        ({"basis": "sd"}, ["I.1.1", "II.1.1"]),
        ({"basis": "setahun"}, ["I.1.1", "II.1.1", "VI.1.1"]),
        ({"ketepatan": "terlambat", "area": "2"}, ["II.1.1"]),
        ({"ketepatan": "segera", "area": "2"}, []),
    ],
)
def test_a_filter_leaves_the_rows_that_have_such_a_tenggat(
    kantor: Kantor, saringan: dict[str, str], kode: list[str]
) -> None:
    assert kantor.kode(**saringan) == kode


def test_penanggung_jawab_are_the_members_who_cover_the_area(kantor: Kantor) -> None:
    assert kantor.kode(pj=str(kantor.anggota.pk)) == ["I.1.1"]
    assert kantor.kode(pj=str(kantor.lain.pk)) == ["II.1.1"]


def test_one_tenggat_has_to_pass_all_filters_at_once(kantor: Kantor) -> None:
    """I.1.1 has one that is Selesai and one that is late, but none that is both."""
    assert kantor.kode(status="selesai", ketepatan="terlambat") == []


def test_a_filtered_row_says_which_of_its_tenggat_match(kantor: Kantor) -> None:
    (baris,) = kantor.daftar(status="selesai").baris
    assert (baris.sebut_cocok, baris.utama.label, baris.jumlah) == ("April", "April", 3)


def test_a_row_leads_with_its_most_pressing_tenggat(kantor: Kantor) -> None:
    assert kantor.daftar().baris[0].utama.label == "Mei"


def test_of_a_finished_row_the_latest_tenggat_leads(kantor: Kantor) -> None:
    indikator = make_indikator(kantor.rencana, area=1)
    for label, bulan in (("April", 4), ("Mei", 5)):
        kantor.putus(bulanan(indikator, label, bulan), "sesuai")
    assert kantor.daftar(area="1").baris[1].utama.label == "Mei"


# --- search ---


@pytest.mark.parametrize("kata", ["bukti dukung", "eviden", "data dukung", "bukti"])
def test_words_that_mean_the_same_find_the_same(kantor: Kantor, kata: str) -> None:
    berbunyi(kantor.rencana, langkah_aksi_teks="Menyusun data dukung LKE")
    assert kantor.kode(q=kata) == ["III.1.1"]


def test_every_word_has_to_stand_in_the_row(kantor: Kantor) -> None:
    berbunyi(kantor.rencana, uraian="Presensi pegawai", bukti_fisik_teks="Daftar hadir")
    assert kantor.kode(q="PEGAWAI  absensi") == ["III.1.1"]
    assert kantor.kode(q="pegawai banner") == []


@pytest.mark.parametrize(
    ("kata", "kode"),
    [
        ("I.1.1", ["I.1.1"]),
        ("vi.1.1", ["VI.1.1"]),
        ("6.1.1", ["VI.1.1"]),
        ("II.1", ["II.1.1"]),
        ("I.1.1 II.1.1", ["I.1.1", "II.1.1"]),
        ("I.1.9", []),
        ("II.1.1 tidakada", []),
    ],
)
def test_a_code_finds_its_row(kantor: Kantor, kata: str, kode: list[str]) -> None:
    assert kantor.kode(q=kata) == kode


# --- counts ---


def test_every_count_opens_as_many_tenggat_as_it_says(kantor: Kantor) -> None:
    for awal in ({}, {"area": "1"}, {"triwulan": "2", "status": "belum"}):
        daftar = kantor.daftar(**awal)
        butir = [b for nama in ("status", "ketepatan", "triwulan") for b in daftar.butir(nama)]
        assert butir
        for b in butir:
            if not b.dipilih:
                terbuka = kantor.daftar(**dict(parse_qsl(b.url.removeprefix("?"))))
                assert terbuka.jumlah_tenggat == b.jumlah, (awal, b)


def test_every_area_count_opens_as_many_rows_as_it_says(kantor: Kantor) -> None:
    for b in kantor.daftar(ketepatan="terlambat").butir("area"):
        assert kantor.daftar(**dict(parse_qsl(b.url.removeprefix("?")))).jumlah_baris == b.jumlah == 1


def test_capaian_of_an_area_opens_its_denominator(kantor: Kantor) -> None:
    area = kantor.daftar().bab[0]
    assert [(basis.value, c.selesai, c.jumlah) for basis, c, _ in area.capaian] == [
        ("sd", 1, 2),
        ("setahun", 1, 3),
    ]
    for _, capaian, url in area.capaian:
        assert kantor.daftar(**dict(parse_qsl(url.removeprefix("?")))).jumlah_tenggat == capaian.jumlah


def test_a_filter_does_not_change_the_capaian_of_an_area(kantor: Kantor) -> None:
    assert kantor.daftar(status="selesai").bab[0].capaian == kantor.daftar().bab[0].capaian


def test_a_chosen_count_leads_back(kantor: Kantor) -> None:
    (dipilih,) = [b for b in kantor.daftar(status="selesai", area="1").butir("status") if b.dipilih]
    assert dipilih.url == "?area=1"


# --- the page ---


@pytest.mark.parametrize(
    "query",
    [
        "area=9",
        "area=99999999999999999999",
        "status=sembarang",
        "triwulan=V",
        "pj=abc",
        "pj=0",
        "ketepatan=%F0%9F%92%A5",
        "basis=x",
    ],
)
def test_a_value_nobody_knows_is_said_and_left_out(kantor: Kantor, client: Client, query: str) -> None:
    html = rapat(kantor.buka(client, query))
    assert "tidak dikenal dan tidak dipakai" in html
    assert "3 baris, 5 tenggat" in html


@pytest.mark.parametrize("q", ["%25_%27%22%3C", "a" * 3000, "*", "%20", "V."])
def test_no_search_breaks_the_page(kantor: Kantor, client: Client, q: str) -> None:
    kantor.buka(client, f"q={q}")


def test_what_was_searched_is_shown_as_text(kantor: Kantor, client: Client) -> None:
    assert "<script>" not in kantor.buka(client, "q=%3Cscript%3E").split("</head>")[1]


def test_an_empty_result_offers_each_filter_to_be_dropped(kantor: Kantor, client: Client) -> None:
    html = kantor.buka(client, "area=2&status=selesai")
    assert "Tidak ada baris yang cocok" in html
    assert f'href="{alamat(kantor.rencana)}?status=selesai"' in html
    assert f'href="{alamat(kantor.rencana)}?area=2"' in html


def test_a_row_of_several_tenggat_shows_its_trail_in_words(kantor: Kantor, client: Client) -> None:
    html = rapat(kantor.buka(client))
    for kata in (
        "April: Selesai, Tepat Waktu",
        "Mei: Perlu Perbaikan, Terlambat",
        "1 dari 3 tenggat Selesai",
    ):
        assert kata in html


def test_late_steps_of_the_trail_have_a_red_edge(kantor: Kantor, client: Client) -> None:
    html = kantor.buka(client)
    assert re.findall(r'<li class="st--(\w+) terlambat">', html) == ["perbaikan"]


def test_a_row_of_one_tenggat_has_no_trail(kantor: Kantor, client: Client) -> None:
    assert kantor.buka(client, "area=2").count('class="jejak"') == 0


def test_the_decrees_italics_are_shown(kantor: Kantor, client: Client) -> None:
    berbunyi(kantor.rencana, uraian="Laman *website* <b>")
    assert 'Laman <i lang="en">website</i> &lt;b&gt;' in kantor.buka(client)


def test_a_corrected_row_is_marked_from_the_day_of_the_correction(kantor: Kantor, client: Client) -> None:
    ketua = make_member(kantor.rencana.satker, Peran.KETUA_TIM)
    koreksi = {"indikator": kantor.kedua, "kolom": "target_waktu", "teks": "April", "alasan": "Salah ketik."}
    correct(**koreksi, by=ketua, at=wib(2025, 6, 21))
    assert "ada koreksi" not in kantor.buka(client)
    correct(**koreksi | {"teks": "Mei"}, by=ketua, at=wib(2025, 6, 19))
    assert kantor.buka(client).count("ada koreksi") == 1


def test_htmx_gets_the_list_without_the_frame(kantor: Kantor, client: Client) -> None:
    html = kantor.buka(client, "area=2", **{"HX-Request": "true"})
    assert "<html" not in html
    assert 'id="daftar"' in html
    assert "1 baris, 1 tenggat ditampilkan." in html


def test_going_back_gets_the_whole_page(kantor: Kantor, client: Client) -> None:
    html = kantor.buka(client, "area=2", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in html


def test_a_cache_keeps_part_and_page_apart(kantor: Kantor, client: Client) -> None:
    client.force_login(kantor.anggota)
    assert "HX-Request" in client.get(alamat(kantor.rencana))["Vary"]


def test_the_page_answers_for_the_day_asked(kantor: Kantor, client: Client) -> None:
    client.force_login(kantor.anggota)
    html = rapat(client.get(alamat(kantor.rencana), {"per": "2025-04-20"}).content.decode())
    assert "April: Menunggu Reviu" in html
    assert "Mei: Belum" in html


def ongkos(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


BIAYA = 10


@pytest.mark.parametrize("query", ["", "?area=1&status=belum"])
def test_one_row_and_many_cost_the_same_queries(client: Client, query: str) -> None:
    rencana = make_rencana()
    client.force_login(make_member(rencana.satker, Peran.PIMPINAN))
    make_tenggat(make_indikator(rencana))
    assert ongkos(client, alamat(rencana) + query) == BIAYA
    for area in range(1, 7):
        for _ in range(3):
            indikator = make_indikator(rencana, area=area, bukti=("Laporan", "Foto"))
            bulanan(indikator, "April", 4)
            bulanan(indikator, "Mei", 5)
    make_member(rencana.satker, area=(1, 2))
    assert ongkos(client, alamat(rencana) + query) == BIAYA


# --- Excel ---


def unduh(kantor: Kantor, client: Client, query: str = "") -> list[tuple]:
    client.force_login(kantor.anggota)
    response = client.get(f"{alamat(kantor.rencana)}unduh/?per={ON}&{query}")
    assert response.status_code == 200
    ws = load_workbook(io.BytesIO(response.content)).active
    rows = list(ws.iter_rows(values_only=True))
    kepala = next(nomor for nomor, row in enumerate(rows) if row[0] == "No")
    return rows[kepala:]


def test_the_workbook_has_one_line_for_each_tenggat_shown(kantor: Kantor, client: Client) -> None:
    _, *isi = unduh(kantor, client)
    assert [(row[0], row[11]) for row in isi] == [
        ("I.1.1", "Selesai"),
        ("I.1.1", "Perlu Perbaikan"),
        ("I.1.1", "Belum"),
        ("II.1.1", "Belum"),
        ("VI.1.1", "Belum"),
    ]


def test_the_workbook_is_filtered_as_the_page_is(kantor: Kantor, client: Client) -> None:
    _, *isi = unduh(kantor, client, "ketepatan=terlambat")
    assert [(row[0], row[12], row[13]) for row in isi] == [
        ("I.1.1", "Terlambat", 20),
        ("II.1.1", "Terlambat", 81),
    ]


def test_dates_in_the_workbook_are_dates(kantor: Kantor, client: Client) -> None:
    _, baris, *_ = unduh(kantor, client, "area=2")
    assert baris[9] == dt.datetime(2025, 3, 31)


def test_text_that_looks_like_a_formula_stays_text(kantor: Kantor, client: Client) -> None:
    berbunyi(kantor.rencana, uraian='=HYPERLINK("http://jahat")')
    client.force_login(kantor.anggota)
    content = client.get(f"{alamat(kantor.rencana)}unduh/?area=3").content
    ws = load_workbook(io.BytesIO(content)).active
    (sel,) = [c for row in ws.iter_rows() for c in row if str(c.value).startswith("=HYPER")]
    assert sel.data_type == "s"
