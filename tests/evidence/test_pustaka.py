"""The library: who finds what, narrowed and in order, page after page; handing in again what is there already."""

import datetime as dt

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Peran, User
from accounts.waktu import hari_ini, tanggal_panjang
from evidence import cari, pustaka
from evidence.intake import receive_link
from evidence.models import BerkasTersimpan, Evidence, Slot, Submission
from evidence.penarikan import withdraw_piece
from evidence.pustaka import Pustaka, Saringan
from evidence.services import discard_draft, open_draft, put_in_draft, review, send, use_instead
from tests.akses.dunia import DRAF, KIRIMAN, LEPAS, LUAR, RAHASIA, Dunia, make_dunia
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.test_unggah import unggah
from tests.factories import (
    make_berkas,
    make_indikator,
    make_member,
    make_satker,
    make_slot,
    make_tenggat,
    slots_of,
    wib,
)

JUNI = wib(2025, 6, 20)


def tautan(kantor: Kantor, judul: str, *, jam: int = 9, **isian: object) -> Evidence:
    dasar = {
        "satker": kantor.satker,
        "tautan": "https://contoh.go.id/a",
        "by": kantor.anggota,
        "tanggal_dokumen": dt.date(2025, 3, 3),
        "at": wib(2025, 6, 20, jam),
    }
    return receive_link(**{**dasar, "judul": judul, **isian})


def pakai(kantor: Kantor, *pieces: Evidence, area: int = 1, kirim: bool = True) -> Submission:
    slot = make_slot(kantor.rencana, area=area, mulai=dt.date(2025, 3, 1))
    draft = open_draft(slot=slot, by=kantor.anggota, at=JUNI)
    put_in_draft(submission=draft, evidence=pieces, by=kantor.anggota)
    return send(submission=draft, by=kantor.anggota, at=JUNI) if kirim else draft


@pytest.mark.parametrize("nama", ["pustaka", "bukti", "pustaka_slot"])
def test_while_another_day_is_set_the_page_says_that_it_tells_of_today(
    kantor: Kantor, client: Client, nama: str
) -> None:
    piece = tautan(kantor, "Notula")
    pakai(kantor, piece)
    alamat = reverse(
        nama, args=[{"pustaka": kantor.satker.kode, "bukti": piece.pk}.get(nama, kantor.slot.pk)]
    )
    client.force_login(kantor.anggota)
    assert "tidak berlaku di sini" not in client.get(alamat).content.decode()
    client.get(reverse("dasbor", args=[kantor.satker.kode, kantor.rencana.tahun]), {"per": "2025-06-01"})
    kata = lxml.html.fromstring(client.get(alamat).content).text_content()
    assert (
        f"Keadaan hari ini, {tanggal_panjang(hari_ini())}; posisi per 1 Juni 2025 tidak berlaku di sini."
        in kata
    )


def test_from_a_piece_one_goes_back_to_the_library(kantor: Kantor, client: Client) -> None:
    client.force_login(kantor.anggota)
    isi = client.get(reverse("bukti", args=[tautan(kantor, "Notula").pk])).content.decode()
    remah = isi.split('class="remah"')[1].split("</nav>")[0]
    assert f'<a href="{reverse("pustaka", args=[kantor.satker.kode])}">Pustaka Bukti</a>' in remah


def cari_judul(kantor: Kantor, user: User | None = None, **saringan: object) -> list[str]:
    isi = Pustaka(kantor.satker, user or kantor.anggota, Saringan(**saringan))
    return [b.bukti.judul for b in isi.halaman().butir]


@pytest.fixture
def masuk(kantor: Kantor, client: Client) -> Client:
    client.force_login(kantor.anggota)
    return client


def buka(client: Client, kantor: Kantor, **isian: object) -> lxml.html.HtmlElement:
    response = client.get(reverse("pustaka", args=[kantor.satker.kode]), isian)
    assert response.status_code == 200
    return lxml.html.document_fromstring(response.content.decode()).get_element_by_id("isi")


def judul(halaman: lxml.html.HtmlElement) -> list[str]:
    return [a.text_content() for a in halaman.xpath("//*[@class='berkas__nama']/a")]


# --- Who sees what ---

TERLIHAT = {
    "angg": {KIRIMAN, RAHASIA, DRAF, LEPAS},
    "lain": {KIRIMAN},
    "ketu": {KIRIMAN, RAHASIA, DRAF, LEPAS},
    "sekr": {KIRIMAN, RAHASIA, DRAF},
    "pimp": {KIRIMAN},
    "tpi": {KIRIMAN, RAHASIA},
    "bina": {KIRIMAN},
}


@pytest.fixture
def dunia(db: None) -> Dunia:
    return make_dunia()


@pytest.mark.parametrize("peran", TERLIHAT)
@pytest.mark.parametrize("isian", [{}, {"cari": "laporan"}, {"cari": "zrahasia"}, {"urut": "judul"}])
def test_every_role_finds_what_it_may_see_and_nothing_else(
    dunia: Dunia, client: Client, peran: str, isian: dict[str, str]
) -> None:
    client.force_login(dunia.orang[peran][0])
    teks = (
        client.get(reverse("pustaka", args=["1503"]), isian).content.decode().replace('value="zrahasia"', "")
    )
    harap = TERLIHAT[peran] & {RAHASIA} if "zrahasia" in isian.values() else TERLIHAT[peran]
    assert {kata for kata in (KIRIMAN, RAHASIA, DRAF, LEPAS, LUAR) if kata in teks} == harap


def test_a_use_that_one_may_not_see_is_not_told(dunia: Dunia) -> None:
    """Sent for one area, and a draft of another area holds it too."""
    bukti = Evidence.objects.get(pk=dunia.pk["bukti"])
    slot = slots_of(make_tenggat(make_indikator(dunia.rencana, area=3, bukti=("Zlain",))))[0]
    ketua, lain = dunia.orang["ketu"][0], dunia.orang["lain"][0]
    put_in_draft(submission=open_draft(slot=slot, by=ketua), evidence=[bukti], by=ketua)
    for orang, jumlah in ((ketua, 2), (lain, 1)):
        halaman = Pustaka(dunia.satker, orang, Saringan(cari=KIRIMAN)).halaman()
        (butir,) = [b for b in halaman.butir if b.bukti == bukti]
        assert len(butir.pemakaian) == jumlah
    assert not Pustaka(dunia.satker, lain, Saringan(cari=KIRIMAN, area=3)).halaman().butir


# --- Searching and narrowing ---


def test_words_code_and_area_together(kantor: Kantor) -> None:
    pakai(kantor, tautan(kantor, "Laporan WBS"), area=5)
    pakai(kantor, tautan(kantor, "Laporan SPI"), area=5)
    pakai(kantor, tautan(kantor, "Laporan WBS lama"), area=4)
    assert cari_judul(kantor, cari="V.1.1 laporan") == ["Laporan WBS"]
    assert cari_judul(kantor, cari="area 5 whistle blowing system") == ["Laporan WBS"]
    assert set(cari_judul(kantor, cari="V.1")) == {"Laporan WBS", "Laporan SPI"}
    assert cari_judul(kantor, cari="area IV") == ["Laporan WBS lama"]


def test_a_code_in_a_title_is_found_too(kantor: Kantor) -> None:
    tautan(kantor, "V.4.3_Laporan evaluasi")
    assert cari_judul(kantor, cari="V.4.3") == ["V.4.3_Laporan evaluasi"]


@pytest.fixture
def rak(kantor: Kantor) -> Kantor:
    """One piece of each kind and fate."""
    pakai(kantor, make_berkas(kantor.satker, kantor.anggota, "Menunggu", berkas.pdf(), at=JUNI), area=5)
    for keputusan, catatan in (("sesuai", ""), ("perbaikan", "Lengkapi.")):
        piece = tautan(kantor, keputusan.capitalize())
        tanggal = piece.tanggal_dokumen if keputusan == "sesuai" else None
        kiriman = pakai(kantor, piece)
        review(
            submission=kiriman,
            by=kantor.tpi,
            keputusan=keputusan,
            catatan=catatan,
            tanggal_dokumen=tanggal,
            at=JUNI,
        )
    pakai(kantor, tautan(kantor, "Draf", tanggal_dokumen=dt.date(2024, 2, 1)), kirim=False)
    tautan(kantor, "Lepas")
    withdraw_piece(evidence=tautan(kantor, "Ditarik"), by=kantor.anggota, alasan="Salah")
    return kantor


@pytest.mark.parametrize("banyak", [1000, 0])  # few finds are named, many walked past
@pytest.mark.parametrize(
    ("saringan", "harap"),
    [
        ({"area": 5}, {"Menunggu"}),
        ({"jenis": "pdf"}, {"Menunggu"}),
        ({"jenis": "tautan"}, {"Sesuai", "Perbaikan", "Draf", "Lepas", "Ditarik"}),
        ({"jenis": "video"}, set()),
        ({"nasib": "dipakai"}, {"Menunggu", "Sesuai", "Perbaikan", "Draf"}),
        ({"nasib": "lepas"}, {"Lepas", "Ditarik"}),
        ({"nasib": "ditarik"}, {"Ditarik"}),
        ({"nasib": "ditahan"}, set()),
        ({"putusan": "sesuai"}, {"Sesuai"}),
        ({"putusan": "perbaikan"}, {"Perbaikan"}),
        ({"putusan": "menunggu"}, {"Menunggu"}),
        ({"putusan": "draf"}, {"Draf"}),
        ({"sampai": dt.date(2024, 12, 31)}, {"Draf"}),
        ({"dari": dt.date(2025, 6, 1)}, {"Menunggu"}),
        ({"jenis": "tautan", "putusan": "sesuai", "cari": "ses"}, {"Sesuai"}),
    ],
)
def test_each_narrowing(
    rak: Kantor, monkeypatch: pytest.MonkeyPatch, banyak: int, saringan: dict[str, object], harap: set[str]
) -> None:
    monkeypatch.setattr(cari, "BANYAK", banyak)
    assert set(cari_judul(rak, **saringan)) == harap


@pytest.mark.parametrize("banyak", [1000, 0])
def test_what_only_a_withdrawn_round_held_is_loose(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch, banyak: int
) -> None:
    """Of two pieces in one round one is used elsewhere."""
    monkeypatch.setattr(cari, "BANYAK", banyak)
    satu, dua = (tautan(kantor, nama, tanggal_dokumen=JUNI.date()) for nama in ("Satu", "Dua"))
    discard_draft(submission=pakai(kantor, satu, dua, kirim=False), by=kantor.anggota)
    pakai(kantor, dua)
    assert cari_judul(kantor, nasib="lepas") == ["Satu"]
    assert cari_judul(kantor, nasib="dipakai") == ["Dua"]


def test_by_uploader(rak: Kantor) -> None:
    lain = make_member(rak.satker)
    tautan(rak, "Dari lain", by=lain)
    ketua = make_member(rak.satker, Peran.KETUA_TIM)
    assert cari_judul(rak, ketua, pengunggah=lain) == ["Dari lain"]


def test_a_blocked_file_is_found_as_held(rak: Kantor, masuk: Client) -> None:
    BerkasTersimpan.objects.update(pindai="diblokir", ancaman="Eicar")
    assert cari_judul(rak, nasib="ditahan") == ["Menunggu"]
    assert "Eicar" in buka(masuk, rak, nasib="ditahan").text_content()


@pytest.mark.parametrize(
    ("urut", "harap"),
    [
        ("terbaru", ["c", "a", "B"]),
        ("tanggal", ["B", "a", "c"]),
        ("judul", ["B", "a", "c"]),
    ],
)
def test_each_order(kantor: Kantor, urut: str, harap: list[str]) -> None:
    for nomor, nama in enumerate(["B", "a", "c"]):
        tautan(kantor, nama, jam=nomor + 1, tanggal_dokumen=dt.date(2025, 3, 9 - nomor))
    assert cari_judul(kantor, urut=urut) == harap


# --- Pages ---


@pytest.mark.parametrize("urut", pustaka.Urut.values)
def test_every_piece_stands_on_one_page_forth_and_back(
    kantor: Kantor, masuk: Client, monkeypatch: pytest.MonkeyPatch, urut: str
) -> None:
    monkeypatch.setattr(pustaka, "PER_HALAMAN", 3)
    semua = {tautan(kantor, f"Laporan {nomor % 3}").pk for nomor in range(8)}  # many alike in every order
    isi = Pustaka(kantor.satker, kantor.anggota, Saringan(urut=urut))
    halaman = [isi.halaman()]
    while halaman[-1].sesudah:
        halaman.append(isi.halaman(sesudah=halaman[-1].sesudah))
    maju = [[b.bukti.pk for b in h.butir] for h in halaman]
    assert ([len(h) for h in maju], {pk for h in maju for pk in h}) == ([3, 3, 2], semua)
    kembali = isi.halaman(sebelum=halaman[2].sebelum)
    assert [b.bukti.pk for b in kembali.butir] == maju[1]
    awal = isi.halaman(sebelum=kembali.sebelum)
    assert ([b.bukti.pk for b in awal.butir], awal.sebelum) == (maju[0], None)


@pytest.mark.parametrize("urut", pustaka.Urut.values)
def test_many_finds_are_walked_past_page_by_page(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch, urut: str
) -> None:
    monkeypatch.setattr(pustaka, "PER_HALAMAN", 2)
    monkeypatch.setattr(cari, "BANYAK", 3)
    for nomor in range(5):
        tautan(kantor, f"Laporan {nomor}")
        tautan(kantor, f"Notula {nomor}")
    isi = Pustaka(kantor.satker, kantor.anggota, Saringan(urut=urut, cari="lapor"))
    satu = isi.halaman()
    dua = isi.halaman(sesudah=satu.sesudah)
    tiga = isi.halaman(sesudah=dua.sesudah)
    kembali = isi.halaman(sebelum=tiga.sebelum)
    nama = [b.bukti.judul for h in (satu, dua, tiga) for b in h.butir]
    harap = [f"Laporan {nomor}" for nomor in range(5)]
    assert (nama if urut == "judul" else nama[::-1]) == harap
    assert ([b.bukti.pk for b in kembali.butir], tiga.sesudah) == ([b.bukti.pk for b in dua.butir], None)


def test_links_lead_on_and_keep_what_was_asked(
    kantor: Kantor, masuk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pustaka, "PER_HALAMAN", 2)
    for nomor in range(3):
        tautan(kantor, f"Laporan {nomor}")
    tautan(kantor, "Notula")
    halaman = buka(masuk, kantor, cari="laporan", urut="judul")
    (lanjut,) = halaman.xpath("//nav[@aria-label='Halaman']/a/@href")
    kedua = lxml.html.document_fromstring(
        masuk.get(reverse("pustaka", args=[kantor.satker.kode]) + lanjut).content.decode()
    )
    assert (judul(halaman), judul(kedua)) == (["Laporan 0", "Laporan 1"], ["Laporan 2"])


@pytest.mark.parametrize("nilai", ["x", "-1", "9" * 30, "0", "999999", "²", ""])
def test_a_place_that_is_none_shows_the_first_page(kantor: Kantor, masuk: Client, nilai: str) -> None:
    tautan(kantor, "Laporan")
    assert judul(buka(masuk, kantor, sesudah=nilai)) == ["Laporan"]


def test_many_are_not_counted_to_the_end(
    kantor: Kantor, masuk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pustaka, "HITUNG", 2)
    monkeypatch.setattr(pustaka, "PER_HALAMAN", 2)
    for nomor in range(4):
        tautan(kantor, f"Laporan {nomor}")
    halaman = buka(masuk, kantor)
    assert "Lebih dari 2 bukti" in halaman.text_content()


@pytest.mark.parametrize(
    "isian", [{}, {"cari": "laporan I.1 area 1", "area": 1, "jenis": "tautan", "nasib": "dipakai"}]
)
def test_a_page_asks_the_same_with_one_piece_and_with_many(
    kantor: Kantor, masuk: Client, isian: dict[str, object]
) -> None:
    pakai(kantor, tautan(kantor, "Laporan"))
    buka(masuk, kantor, **isian)
    satu = jumlah_kueri(masuk, kantor, isian)
    for nomor in range(12):
        pakai(kantor, tautan(kantor, f"Laporan {nomor}"))
    assert jumlah_kueri(masuk, kantor, isian) == satu == (17 if isian else 11)


def jumlah_kueri(client: Client, kantor: Kantor, isian: dict[str, object]) -> int:
    with CaptureQueriesContext(connection) as kueri:
        buka(client, kantor, **isian)
    return len(kueri)


# --- What the page says ---


def test_a_line_says_where_it_is_used_and_how_it_was_decided(rak: Kantor, masuk: Client) -> None:
    teks = " ".join(buka(masuk, rak, cari="sesuai").text_content().split())
    assert "Sesuai I.1.2 Laporan, Juni" in teks


def test_an_empty_library_says_what_to_do_next(kantor: Kantor, masuk: Client, client: Client) -> None:
    assert "Unggah bukti pertama" in buka(masuk, kantor).text_content()
    client.force_login(kantor.tpi)
    assert "sesudah tim mengirimnya" in buka(client, kantor).text_content()


def test_finding_nothing_leads_back_to_all(kantor: Kantor, masuk: Client) -> None:
    tautan(kantor, "Laporan")
    halaman = buka(masuk, kantor, cari="tidakada")
    assert "Tidak ada yang cocok" in halaman.text_content()
    assert reverse("pustaka", args=[kantor.satker.kode]) in halaman.xpath("//section//a/@href")


def test_a_wrong_date_says_so_and_narrows_nothing(kantor: Kantor, masuk: Client) -> None:
    tautan(kantor, "Laporan")
    halaman = buka(masuk, kantor, dari="kemarin")
    assert ("tidak terbaca" in halaman.text_content(), judul(halaman)) == (True, ["Laporan"])


# --- Handing in again ---


def pustaka_slot(client: Client, slot: Slot, *pieces: Evidence) -> object:
    alamat = reverse("pustaka_slot", args=[slot.pk])
    return client.post(alamat, {"bukti": [p.pk for p in pieces]}) if pieces else client.get(alamat)


def test_to_choose_for_a_slot_asks_the_same_of_one_piece_and_of_many(
    kantor: Kantor, masuk: Client, django_assert_num_queries: object
) -> None:
    alamat = reverse("pustaka_slot", args=[kantor.slot.pk])
    pakai(kantor, tautan(kantor, "Laporan"))
    masuk.get(alamat)
    with django_assert_num_queries(12):
        masuk.get(alamat)
    for nomor in range(5):
        pakai(kantor, tautan(kantor, f"Laporan {nomor}"))
    with django_assert_num_queries(12):
        masuk.get(alamat)


def test_that_ticks_hold_for_one_page_is_said_where_there_are_more(
    kantor: Kantor, masuk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pustaka, "PER_HALAMAN", 2)
    for nomor, disebut in ((1, False), (2, False), (3, True)):
        tautan(kantor, f"Laporan {nomor}")
        halaman = pustaka_slot(masuk, kantor.slot).content.decode()
        assert ("Centang hanya berlaku di halaman ini" in halaman) is disebut


def test_chosen_pieces_go_into_the_draft(kantor: Kantor, masuk: Client) -> None:
    satu, dua = tautan(kantor, "Satu"), tautan(kantor, "Dua")
    pakai(kantor, satu)
    response = pustaka_slot(masuk, kantor.slot, satu, dua)
    assert response.url == reverse("unggah", args=[kantor.slot.pk])
    draf = Submission.objects.get(kebutuhan=kantor.slot)
    assert ([e.judul for e in draf.evidence.order_by("pk")], draf.dikirim_pada) == (["Satu", "Dua"], None)
    assert Evidence.objects.count() == 2


def test_what_cannot_be_used_is_not_offered_and_not_taken(rak: Kantor, masuk: Client) -> None:
    ditarik = Evidence.objects.get(judul="Ditarik")
    BerkasTersimpan.objects.update(pindai="diblokir", ancaman="Eicar")
    teks = pustaka_slot(masuk, rak.slot).content.decode()
    ditawarkan = set(judul(lxml.html.document_fromstring(teks)))
    assert ditawarkan == {"Sesuai", "Perbaikan", "Draf", "Lepas"}
    response = pustaka_slot(masuk, rak.slot, ditarik)
    assert "sudah ditarik" in response.content.decode()
    assert not Submission.objects.filter(kebutuhan=rak.slot).exists()


def test_another_offices_piece_is_as_if_it_were_not_there(kantor: Kantor, masuk: Client) -> None:
    lain = make_satker()
    make_member(lain, user=kantor.anggota)
    asing = tautan(kantor, "Asing", satker=lain)
    assert "Asing" not in pustaka_slot(masuk, kantor.slot).content.decode()
    assert "Pilih bukti yang akan dipakai" in pustaka_slot(masuk, kantor.slot, asing).content.decode()
    assert not Submission.objects.exists()


def test_nobody_takes_what_he_does_not_see(kantor: Kantor, masuk: Client) -> None:
    lepas = tautan(kantor, "Lepas", by=make_member(kantor.satker))
    assert "Pilih bukti" in pustaka_slot(masuk, kantor.slot, lepas).content.decode()


def test_while_a_round_waits_nothing_is_taken(kantor: Kantor, masuk: Client) -> None:
    satu = tautan(kantor, "Satu", tanggal_dokumen=JUNI.date())
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    put_in_draft(submission=draf, evidence=[satu], by=kantor.anggota)
    send(submission=draf, by=kantor.anggota)
    assert pustaka_slot(masuk, kantor.slot, tautan(kantor, "Dua")).status_code == 302
    assert [e.judul for e in draf.evidence.all()] == ["Satu"]


# --- The same file, known by its hash ---


@pytest.fixture
def dua_kali(kantor: Kantor, masuk: Client) -> tuple[Evidence, Submission]:
    """The piece of old, sent for I.1.2; and a draft of I.1.1 in which the same file lies anew."""
    isi = berkas.pdf()
    lama = make_berkas(kantor.satker, kantor.anggota, "Yang lama", isi, at=JUNI)
    pakai(kantor, lama)
    unggah(masuk, kantor, berkas.unggahan(isi), aksi="terima")
    return lama, Submission.objects.get(kebutuhan=kantor.slot)


def test_the_page_asks_whether_to_use_what_is_there(
    kantor: Kantor, masuk: Client, dua_kali: tuple[Evidence, Submission]
) -> None:
    teks = " ".join(masuk.get(reverse("unggah", args=[kantor.slot.pk])).content.decode().split())
    assert "sudah pernah diunggah untuk I.1.2 Laporan, Juni. Pakai itu?" in teks


@pytest.mark.parametrize("htmx", [False, True])
def test_the_piece_of_old_takes_the_place_of_the_new(
    masuk: Client, dua_kali: tuple[Evidence, Submission], htmx: bool
) -> None:
    lama, draf = dua_kali
    alamat = reverse("pakai_yang_lama", args=[draf.pk, draf.evidence.get().pk])
    response = masuk.post(alamat, {"lama": lama.pk}, headers={"HX-Request": "true"} if htmx else {})
    assert response.status_code == (200 if htmx else 302)
    assert draf.evidence.get() == lama


def test_the_piece_that_was_not_wanted_is_withdrawn_with_the_reason(
    kantor: Kantor, masuk: Client, dua_kali: tuple[Evidence, Submission]
) -> None:
    lama, draf = dua_kali
    baru = draf.evidence.get()
    use_instead(submission=draf, baru=baru, lama=lama, by=kantor.anggota)
    assert baru.penarikan.alasan == f"Rangkap: berkas yang sama dipakai dari bukti nomor {lama.nomor}."
    assert (draf.evidence.get(), hasattr(lama, "penarikan")) == (lama, False)


def test_of_a_piece_that_another_slot_uses_only_the_place_is_taken(
    kantor: Kantor, dua_kali: tuple[Evidence, Submission]
) -> None:
    lama, draf = dua_kali
    baru = draf.evidence.get()
    pakai(kantor, baru, kirim=False)
    use_instead(submission=draf, baru=baru, lama=lama, by=kantor.anggota)
    assert (draf.evidence.get(), hasattr(baru, "penarikan")) == (lama, False)


def test_another_file_takes_no_place(kantor: Kantor, dua_kali: tuple[Evidence, Submission]) -> None:
    _, draf = dua_kali
    lain = make_berkas(kantor.satker, kantor.anggota, "Lain", berkas.pdf(tanda="lain"), at=JUNI)
    with pytest.raises(ValidationError, match="tidak sama"):
        use_instead(submission=draf, baru=draf.evidence.get(), lama=lain, by=kantor.anggota)


@pytest.mark.parametrize("sebab", ["satker", "tidak terlihat", "ditarik", "slot ini"])
def test_the_same_file_is_not_told_of(kantor: Kantor, masuk: Client, sebab: str) -> None:
    isi, satker, oleh = berkas.pdf(), kantor.satker, kantor.anggota
    if sebab == "satker":
        satker = make_satker()
        make_member(satker, user=oleh)
    if sebab == "tidak terlihat":
        oleh = make_member(kantor.satker)
    lama = make_berkas(satker, oleh, "Yang lama", isi, at=JUNI)
    if sebab == "ditarik":
        withdraw_piece(evidence=lama, by=oleh, alasan="Salah")
    if sebab == "slot ini":
        put_in_draft(submission=open_draft(slot=kantor.slot, by=oleh), evidence=[lama], by=oleh)
    response = unggah(masuk, kantor, berkas.unggahan(isi), aksi="terima")
    assert response.json()["ingat"] == []
    assert "sudah pernah diunggah" not in response.json()["draf"]
