"""One row's page: its grid of slots, what each person can do there, what stands beside the decree, and the cost."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Peran, User
from actionplan.models import BuktiFisik, Indikator, Kebutuhan, Komponen, Koreksi, LangkahAksi, Perpanjangan
from actionplan.services import correct, grant_extension
from evidence.models import Slot
from evidence.services import open_draft
from monev.indikator import Sel, susun_halaman
from tests.factories import (
    make_draft,
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


class Kantor:
    """A row with one tenggat in June and one bukti fisik."""

    def __init__(self) -> None:
        self.rencana = make_rencana()
        satker = self.rencana.satker
        self.indikator = make_indikator(self.rencana)
        self.tenggat = make_tenggat(self.indikator)
        (self.slot,) = slots_of(self.tenggat)
        self.anggota = make_member(satker, area=(1,))
        self.ketua = make_member(satker, Peran.KETUA_TIM)
        self.sekretaris = make_member(satker, Peran.SEKRETARIS)
        self.tpi = make_member(satker, Peran.TPI)
        self.pimpinan = make_member(satker, Peran.PIMPINAN)

    def sel(self, user: User | None = None, on: dt.date = ON) -> Sel:
        return susun_halaman(self.indikator, user or self.anggota, on).petak[0].isi[0]

    def langkah(self, user: User | None = None, on: dt.date = ON) -> tuple[str, str] | None:
        langkah = self.sel(user, on).langkah
        return (langkah.label, langkah.url) if langkah else None

    def html(self, client: Client, user: User | None = None, query: str = f"per={ON}") -> str:
        client.force_login(user or self.anggota)
        response = client.get(f"/indikator/{self.indikator.pk}/?{query}")
        assert response.status_code == 200
        return response.content.decode()


def rapat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def kantor() -> Kantor:
    return Kantor()


# --- the one action of a slot ---


def test_an_empty_slot_is_to_be_uploaded(kantor: Kantor) -> None:
    assert kantor.langkah() == ("Unggah", f"/slot/{kantor.slot.pk}/unggah/")


def test_a_draft_is_to_be_continued(kantor: Kantor) -> None:
    make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    assert kantor.langkah() == ("Lanjutkan", f"/slot/{kantor.slot.pk}/unggah/")


def test_what_waits_is_to_be_looked_at(kantor: Kantor) -> None:
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    assert kantor.langkah() == ("Lihat", f"/slot/{kantor.slot.pk}/")


def test_what_waits_is_to_be_reviewed_by_tpi(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    assert kantor.langkah(kantor.tpi) == ("Reviu", f"/kiriman/{sent.pk}/reviu/")


def test_what_was_decided_since_is_not_offered_for_review_again(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 25))
    assert kantor.langkah(kantor.tpi) == ("Lihat", f"/slot/{kantor.slot.pk}/")


def test_what_was_sent_back_is_to_be_mended(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 4), keputusan="perbaikan")
    assert kantor.langkah() == ("Perbaiki", f"/slot/{kantor.slot.pk}/unggah/")
    make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 5))
    assert kantor.langkah() == ("Lanjutkan", f"/slot/{kantor.slot.pk}/unggah/")


def test_what_is_accepted_is_to_be_looked_at(kantor: Kantor) -> None:
    make_review(make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3)), kantor.tpi, at=wib(2025, 6, 4))
    assert kantor.langkah() == ("Lihat", f"/slot/{kantor.slot.pk}/")


def test_a_day_past_offers_no_upload_of_what_is_sesuai_today(kantor: Kantor) -> None:
    kemarin = dt.date(2025, 6, 1)
    assert kantor.langkah(on=kemarin) == ("Unggah", f"/slot/{kantor.slot.pk}/unggah/")
    make_review(make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 2)), kantor.tpi, at=wib(2025, 6, 3))
    assert kantor.langkah(on=kemarin) is None


def test_who_may_not_write_has_nothing_to_do_at_an_empty_slot(kantor: Kantor) -> None:
    tetangga = make_member(kantor.rencana.satker, area=(2,))
    for user in (kantor.sekretaris, kantor.pimpinan, kantor.tpi, tetangga):
        assert kantor.langkah(user) is None


# --- what lies in a slot ---


def test_a_document_date_is_the_teams_until_tpi_confirms_it(kantor: Kantor, client: Client) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3), tanggal=dt.date(2025, 6, 2))
    assert "1 bukti, 2 Juni 2025 menurut tim" in rapat(kantor.html(client))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 4), tanggal=dt.date(2025, 6, 1))
    html = rapat(kantor.html(client))
    assert "1 bukti, 1 Juni 2025" in html
    assert "menurut tim" not in html


def test_days_at_tpi_are_counted_from_the_day_of_sending(kantor: Kantor, client: Client) -> None:
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 18))
    assert [kantor.sel(on=dt.date(2025, 6, hari)).hari_ke for hari in (18, 20)] == [1, 3]
    assert "di TPI hari ke-3" in rapat(kantor.html(client))


def test_days_at_tpi_stop_with_the_decision(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 4), keputusan="perbaikan")
    assert kantor.sel().hari_ke is None


def test_a_draft_beside_an_earlier_round_is_marked(kantor: Kantor, client: Client) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 4), keputusan="perbaikan")
    make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 5))
    html = rapat(kantor.html(client))
    assert "Perlu Perbaikan" in html
    assert "ada draf: 1 bukti, belum dikirim" in html


def test_what_lies_in_a_draft_is_not_told_to_those_who_may_not_see_it(kantor: Kantor, client: Client) -> None:
    make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    html = rapat(kantor.html(client, kantor.pimpinan))
    assert "Draf" in html
    assert "belum dikirim" not in html


def test_a_day_past_shows_the_slot_as_it_was_known(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 5))
    keadaan = [kantor.sel(on=dt.date(2025, 6, hari)).slot.keadaan for hari in (2, 3, 5)]
    assert keadaan == ["belum", "menunggu", "sesuai"]


def test_a_document_asked_for_once_has_no_slot_later(kantor: Kantor, client: Client) -> None:
    make_tenggat(kantor.indikator, mulai=dt.date(2025, 9, 1), jatuh_tempo=dt.date(2025, 9, 30))
    banner = BuktiFisik.objects.create(indikator=kantor.indikator, nomor=2, uraian="Banner", sekali=True)
    Kebutuhan.objects.create(tenggat=kantor.tenggat, bukti_fisik=banner)
    assert rapat(kantor.html(client)).count("Diminta sekali") == 1


# --- sent back ---


def test_what_was_sent_back_stands_on_top_in_tpis_words(kantor: Kantor, client: Client) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 4), keputusan="perbaikan")
    html = rapat(kantor.html(client))
    atas = html[: html.index("Tenggat dan bukti fisik")]
    assert "Juni dikembalikan TPI: Laporan. Lengkapi halaman 2." in atas
    assert f"{kantor.tpi.nama}, 4 Juni 2025" in atas
    assert "Perbaiki dan kirim ulang" in atas


def test_once_sent_again_nothing_stands_on_top(kantor: Kantor, client: Client) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 4), keputusan="perbaikan")
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 6))
    assert "dikembalikan TPI" not in kantor.html(client)


def test_who_may_not_write_reads_the_note_without_the_way_to_mend(kantor: Kantor, client: Client) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 4), keputusan="perbaikan")
    html = kantor.html(client, kantor.pimpinan)
    assert "dikembalikan TPI" in html
    assert "Perbaiki dan kirim ulang" not in html


def test_the_pages_button_leads_to_the_most_pressing_slot(kantor: Kantor) -> None:
    lebih_awal = make_tenggat(kantor.indikator, mulai=dt.date(2025, 5, 1), jatuh_tempo=dt.date(2025, 5, 31))
    halaman = susun_halaman(kantor.indikator, kantor.anggota, ON)
    assert halaman.unggah == f"/slot/{slots_of(lebih_awal)[0].pk}/unggah/"


def test_a_finished_row_has_no_button(kantor: Kantor) -> None:
    make_review(make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3)), kantor.tpi, at=wib(2025, 6, 4))
    assert susun_halaman(kantor.indikator, kantor.anggota, ON).unggah == ""


# --- beside the decree ---


def test_the_decree_stands_to_the_letter_with_its_italics(kantor: Kantor, client: Client) -> None:
    komponen = Komponen.objects.get(area__rencana=kantor.rencana, area__nomor=1)
    kantor.indikator = Indikator.objects.create(
        komponen=komponen,
        nomor=2,
        uraian="Peran *role model* <i>",
        langkah_aksi_teks="1) Satu; 2) Dua",
        bukti_fisik_teks="Screenshoot/foto",
        target_waktu="Agustus, September,Okt ober",
        catatan_tafsir="“Okt ober” dibaca Oktober.",
    )
    for nomor, uraian in enumerate(("Satu", "Dua"), 1):
        LangkahAksi.objects.create(indikator=kantor.indikator, nomor=nomor, uraian=uraian)
    BuktiFisik.objects.create(indikator=kantor.indikator, nomor=1, uraian="Foto")
    make_tenggat(kantor.indikator)
    html = kantor.html(client)
    assert 'Peran <i lang="en">role model</i> &lt;i&gt;' in html
    for teks in (
        "Agustus, September,Okt ober",
        "Screenshoot/foto",
        "1) Satu; 2) Dua",
        "Dirinci menjadi 2 langkah",
    ):
        assert teks in html
    assert "“Okt ober” dibaca Oktober." in html


def test_penanggung_jawab_are_the_members_of_the_area(kantor: Kantor, client: Client) -> None:
    lain = make_member(kantor.rencana.satker, area=(2,), user=None)
    html = rapat(kantor.html(client, kantor.pimpinan))
    penanggung = html[html.index("Penanggung jawab") :]
    assert kantor.anggota.nama in penanggung
    assert lain.nama not in penanggung


def test_a_correction_stands_beside_the_text_with_who_when_and_why(kantor: Kantor, client: Client) -> None:
    correct(
        indikator=kantor.indikator,
        kolom="target_waktu",
        teks="Juli 2025",
        alasan="Salah ketik.",
        by=kantor.ketua,
        at=wib(2025, 6, 10),
    )
    html = rapat(kantor.html(client))
    assert "Juni 2025 Dikoreksi, dibaca: Juli 2025" in html
    assert "Tenggat tidak berubah; untuk mengubah batasnya beri perpanjangan." in html
    assert f"{kantor.ketua.nama}, 10 Juni 2025 : Salah ketik." in html
    assert "Juli 2025" not in rapat(kantor.html(client, query="per=2025-06-09"))


def test_of_another_text_nobody_thinks_that_it_moves_the_deadline(kantor: Kantor, client: Client) -> None:
    correct(indikator=kantor.indikator, kolom="uraian", teks="Lain", alasan="Ketik.", by=kantor.ketua)
    assert "Tenggat tidak berubah" not in kantor.html(client)


def test_the_newest_correction_of_a_text_holds(kantor: Kantor) -> None:
    for hari, teks in ((10, "Lama"), (11, "Baru")):
        isi = {"kolom": "uraian", "teks": teks, "alasan": "Ketik."}
        correct(indikator=kantor.indikator, by=kantor.ketua, at=wib(2025, 6, hari), **isi)
    (bunyi,) = [b for b in susun_halaman(kantor.indikator, kantor.anggota, ON).bunyi if b.koreksi]
    assert (bunyi.label, bunyi.koreksi.teks) == ("Indikator", "Baru")


def test_an_extension_stands_beside_the_decreed_day(kantor: Kantor, client: Client) -> None:
    grant_extension(
        tenggat=kantor.tenggat,
        batas_baru=dt.date(2025, 7, 9),
        alasan="Tunda",
        by=kantor.ketua,
        at=wib(2025, 6, 7),
    )
    html = rapat(kantor.html(client))
    assert "Jatuh tempo 30 Juni 2025 Diperpanjang sampai 9 Juli 2025" in html
    assert "Diperpanjang" not in rapat(kantor.html(client, query="per=2025-06-06"))


# --- extension and correction forms ---


def perpanjang(kantor: Kantor, client: Client, user: User, **isian: str) -> object:
    client.force_login(user)
    return client.post(
        f"/tenggat/{kantor.tenggat.pk}/perpanjangan/",
        {"batas_baru": "2025-07-15", "alasan": "Ditunda.", **isian},
    )


def koreksi(kantor: Kantor, client: Client, user: User, **isian: str) -> object:
    client.force_login(user)
    isi = {"kolom": "uraian", "teks": "Bunyi", "alasan": "Salah ketik.", **isian}
    return client.post(f"/indikator/{kantor.indikator.pk}/koreksi/", isi)


@pytest.mark.parametrize("peran", ["ketua", "sekretaris"])
def test_those_who_keep_the_plan_extend_and_correct(kantor: Kantor, client: Client, peran: str) -> None:
    user = getattr(kantor, peran)
    assert perpanjang(kantor, client, user).status_code == 302
    assert koreksi(kantor, client, user).status_code == 302
    assert Perpanjangan.objects.values_list("batas_baru", "alasan").get() == (
        dt.date(2025, 7, 15),
        "Ditunda.",
    )
    assert Koreksi.objects.values_list("kolom", "teks").get() == ("uraian", "Bunyi")


@pytest.mark.parametrize("peran", ["anggota", "tpi", "pimpinan"])
def test_others_are_refused_in_words_and_see_no_form(kantor: Kantor, client: Client, peran: str) -> None:
    user = getattr(kantor, peran)
    for response in (perpanjang(kantor, client, user), koreksi(kantor, client, user)):
        assert response.status_code == 403
        assert "Hanya Ketua Tim Kerja ZI dan Sekretaris" in response.content.decode()
    assert not Perpanjangan.objects.exists()
    assert not Koreksi.objects.exists()
    html = kantor.html(client, user, query="")
    assert "Beri perpanjangan" not in html
    assert "Catat koreksi" not in html


@pytest.mark.parametrize(
    ("isian", "kata"),
    [
        ({"batas_baru": "2025-06-30"}, "Tanggal paling awal 1 Juli 2025."),
        ({"batas_baru": "kapan-kapan"}, "Tanggal ini tidak terbaca."),
        ({"batas_baru": "2026-01-15"}, "15 Januari 2026 jatuh sesudah tahun rencana, 2025."),
        ({"batas_baru": "2027-01-01"}, "Tanggal paling akhir 31 Desember 2026."),
        ({"alasan": " "}, "Tulis alasan perpanjangan."),
        ({"batas_baru": ""}, "Pilih tanggalnya."),
        ({"alasan": "a" * 1001}, "is-invalid"),
    ],
)
def test_a_wrong_extension_is_said_and_keeps_what_was_typed(
    kantor: Kantor, client: Client, isian: dict[str, str], kata: str
) -> None:
    response = perpanjang(kantor, client, kantor.ketua, **isian)
    html = response.content.decode()
    assert response.status_code == 200
    assert kata in html
    assert re.search(r"<details[^>]* open", html)
    assert 'href="#perpanjangan"' in html.split("Tenggat dan bukti fisik")[0]
    for teks in {"batas_baru": "2025-07-15", "alasan": "Ditunda.", **isian}.values():
        assert teks in html
    assert not Perpanjangan.objects.exists()


def test_an_extension_into_the_next_year_is_asked_about_first(kantor: Kantor, client: Client) -> None:
    client.force_login(kantor.ketua)
    assert "tahun_lain" not in kantor.html(client, kantor.ketua, query="")
    html = perpanjang(kantor, client, kantor.ketua, batas_baru="2026-01-15").content.decode()
    assert "Ya, batas baru memang sesudah 31 Desember 2025" in html
    assert 'name="tahun_lain"' in html
    perpanjang(kantor, client, kantor.ketua, batas_baru="2026-01-15", tahun_lain="on")
    assert Perpanjangan.objects.get().batas_baru == dt.date(2026, 1, 15)


def test_a_row_due_before_the_decree_is_not_extended_to_a_day_that_changes_nothing(client: Client) -> None:
    tenggat = make_tenggat(
        make_indikator(make_rencana()), mulai=dt.date(2025, 1, 1), jatuh_tempo=dt.date(2025, 1, 31)
    )
    client.force_login(make_member(tenggat.indikator.komponen.area.rencana.satker, Peran.KETUA_TIM))
    url = f"/tenggat/{tenggat.pk}/perpanjangan/"
    html = client.post(url, {"batas_baru": "2025-03-03", "alasan": "x"}).content.decode()
    assert "Tanggal paling awal 4 Maret 2025." in html
    assert "sebelum itu tidak ada yang terlambat" in html
    assert client.post(url, {"batas_baru": "2025-03-04", "alasan": "x"}).status_code == 302


@pytest.mark.parametrize(
    ("isian", "kata"),
    [
        ({"kolom": "sembarang"}, "Pilih kolom dari daftar."),
        ({"kolom": ""}, "Pilih kolom yang dikoreksi."),
        ({"teks": ""}, "Tulis bunyi yang seharusnya dibaca."),
        ({"alasan": " "}, "Tulis alasan koreksi."),
        ({"teks": "a" * 2001}, "is-invalid"),
    ],
)
def test_a_wrong_correction_is_said(kantor: Kantor, client: Client, isian: dict[str, str], kata: str) -> None:
    response = koreksi(kantor, client, kantor.ketua, **isian)
    assert response.status_code == 200
    assert kata in response.content.decode()
    assert not Koreksi.objects.exists()


@pytest.mark.parametrize("alamat", ["/tenggat/{t}/perpanjangan/", "/indikator/{i}/koreksi/"])
def test_the_address_of_a_form_opens_it(kantor: Kantor, client: Client, alamat: str) -> None:
    client.force_login(kantor.ketua)
    response = client.get(alamat.format(t=kantor.tenggat.pk, i=kantor.indikator.pk))
    assert re.search(r"<details[^>]* open", response.content.decode())


# --- who sees the page, and what it costs ---


def test_a_row_of_another_office_is_not_there(kantor: Kantor, client: Client) -> None:
    client.force_login(make_member(make_rencana().satker))
    assert client.get(f"/indikator/{kantor.indikator.pk}/").status_code == 404


def ongkos(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def isi_penuh(kantor: Kantor, slot: Slot, awal: dt.datetime) -> None:
    """Two rounds, the first sent back, and a draft after the second."""
    for putaran in range(2):
        sent = make_sent(slot, kantor.anggota, at=awal + dt.timedelta(days=3 * putaran))
        make_review(sent, kantor.tpi, at=awal + dt.timedelta(days=3 * putaran + 1), keputusan="perbaikan")
    open_draft(slot=slot, by=kantor.anggota, at=awal + dt.timedelta(days=9))


BIAYA = 23


def test_any_number_of_tenggat_bukti_and_rounds_costs_the_same_queries(
    kantor: Kantor, client: Client
) -> None:
    client.force_login(kantor.ketua)
    url = f"/indikator/{kantor.indikator.pk}/"
    isi_penuh(kantor, kantor.slot, wib(2025, 6, 1))
    assert ongkos(client, url) == BIAYA
    BuktiFisik.objects.create(indikator=kantor.indikator, nomor=2, uraian="Foto")
    for bulan in (7, 8, 9):
        tenggat = make_tenggat(
            kantor.indikator, mulai=dt.date(2025, bulan, 1), jatuh_tempo=dt.date(2025, bulan, 28)
        )
        for slot in slots_of(tenggat):
            isi_penuh(kantor, slot, wib(2025, bulan, 1))
    assert ongkos(client, url) == BIAYA
