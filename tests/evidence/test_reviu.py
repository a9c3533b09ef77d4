"""The decision, through the page and the service."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import Peran, User
from evidence.intake import receive_link
from evidence.models import BerkasTersimpan, Evidence, Penarikan, Review, Submission
from evidence.services import open_draft, put_in_draft, review, send, withdraw
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.test_intake import terima
from tests.factories import (
    make_berkas,
    make_member,
    make_review,
    make_sent,
    make_slot,
    make_tautan,
    make_user,
    wib,
)

HARI = dt.date(2025, 6, 20)


@pytest.fixture
def kiriman(kantor: Kantor) -> Submission:
    return make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))


def putus(client: Client, kiriman: Submission, keputusan: str = "sesuai", **isian: str):
    lengkap = {"keputusan": keputusan, "catatan": "", "tanggal_dokumen": "2025-06-20", **isian}
    return client.post(reverse("reviu", args=[kiriman.pk]), lengkap)


def teks(response: object) -> str:
    return response.content.decode()


def test_sesuai_records_the_date_that_tpi_confirms(
    kantor: Kantor, kiriman: Submission, client: Client
) -> None:
    client.force_login(kantor.tpi)
    putus(client, kiriman, tanggal_dokumen="2025-06-18")
    keputusan = Review.objects.get()
    assert (keputusan.keputusan, keputusan.tanggal_dokumen) == ("sesuai", dt.date(2025, 6, 18))
    assert keputusan.diputus_oleh == kantor.tpi


def test_the_date_is_prefilled_with_the_latest_that_the_team_claims(kantor: Kantor, client: Client) -> None:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=wib(2025, 6, 20))
    tanggal = [dt.date(2025, 6, 18), dt.date(2025, 6, 19), dt.date(2025, 6, 3)]
    pieces = [make_tautan(kantor.satker, kantor.anggota, tanggal=t) for t in tanggal]
    put_in_draft(submission=draf, evidence=pieces, by=kantor.anggota)
    send(submission=draf, by=kantor.anggota)
    client.force_login(kantor.tpi)
    isi = teks(client.get(reverse("reviu", args=[draf.pk])))
    assert 'value="2025-06-19"' in isi
    assert "Menurut tim, terbaru dari 3 bukti." in isi
    daftar = [
        isi.index(f"<li>{pieces[n].judul}, {hari} Juni 2025</li>") for n, hari in ((1, 19), (0, 18), (2, 3))
    ]
    assert daftar == sorted(daftar)


def test_pieces_of_one_title_are_told_apart(kantor: Kantor, client: Client) -> None:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=wib(2025, 6, 20))
    sama = {"satker": kantor.satker, "judul": "Notulen", "tanggal_dokumen": HARI, "by": kantor.anggota}
    pieces = [receive_link(tautan=f"https://contoh.go.id/{n}", **sama) for n in (1, 2)]
    put_in_draft(submission=draf, evidence=pieces, by=kantor.anggota)
    send(submission=draf, by=kantor.anggota)
    client.force_login(kantor.tpi)
    isi = teks(client.get(reverse("reviu", args=[draf.pk])))
    for n in (1, 2):
        assert f"<li>Notulen (https://contoh.go.id/{n}), 20 Juni 2025</li>" in isi


def test_tabs_name_the_file_beside_a_title_that_is_cut(kantor: Kantor, client: Client) -> None:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    nama = [f"IMG_20250926_rapat_evaluasi_wbs_{n}.jpg" for n in (1, 2)]
    judul = "Dokumentasi rapat evaluasi penanganan pengaduan"
    pieces = [terima(kantor.satker, kantor.anggota, berkas.gambar(), n, judul=judul) for n in nama]
    put_in_draft(submission=draf, evidence=pieces, by=kantor.anggota)
    kiriman = send(submission=draf, by=kantor.anggota)
    client.force_login(kantor.tpi)
    isi = teks(client.get(reverse("reviu", args=[kiriman.pk])))
    assert [f"IMG_20250926_r…luasi_wbs_{n}.jpg</span>" in isi for n in (1, 2)] == [True, True]


def test_the_dates_stand_in_one_order_whether_or_not_the_decision_lacked_something(
    kantor: Kantor, client: Client
) -> None:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=wib(2025, 6, 20))
    pieces = [make_tautan(kantor.satker, kantor.anggota, tanggal=HARI) for _ in range(3)]
    put_in_draft(submission=draf, evidence=reversed(pieces), by=kantor.anggota)
    send(submission=draf, by=kantor.anggota)
    client.force_login(kantor.tpi)
    for isi in (teks(client.get(reverse("reviu", args=[draf.pk]))), teks(putus(client, draf, keputusan=""))):
        tempat = [isi.index(f"<li>{piece.judul}, 20 Juni 2025</li>") for piece in pieces]
        assert tempat == sorted(tempat)


def test_of_one_piece_only_the_teams_date_is_told(
    kantor: Kantor, kiriman: Submission, client: Client
) -> None:
    client.force_login(kantor.tpi)
    isi = teks(client.get(reverse("reviu", args=[kiriman.pk])))
    assert ("Menurut tim 20 Juni 2025." in isi, "terbaru dari" in isi) == (True, False)


@pytest.mark.parametrize(
    ("isian", "pesan"),
    [
        ({"keputusan": ""}, "Pilih Sesuai atau Perlu Perbaikan."),
        ({"keputusan": "perbaikan", "catatan": "  "}, "Tulis apa yang harus diubah."),
        ({"tanggal_dokumen": ""}, "Pastikan tanggal dokumen sebelum memutus Sesuai."),
        ({"tanggal_dokumen": "2099-01-01"}, "Tanggal dokumen 1 Januari 2099 belum tiba"),
        ({"tanggal_dokumen": "1999-12-31"}, "Tahun dokumen 1999 mungkin salah ketik."),
        ({"tanggal_dokumen": "besok"}, "Tanggal ini tidak terbaca."),
    ],
)
def test_a_decision_that_lacks_something_is_not_recorded(
    kantor: Kantor, kiriman: Submission, client: Client, isian: dict, pesan: str
) -> None:
    client.force_login(kantor.tpi)
    response = putus(client, kiriman, **isian)
    assert (response.status_code, pesan in teks(response)) == (422, True)
    assert not Review.objects.exists()


def test_what_was_typed_stays_when_the_decision_lacks_something(
    kantor: Kantor, kiriman: Submission, client: Client
) -> None:
    client.force_login(kantor.tpi)
    response = putus(client, kiriman, keputusan="", catatan="Halaman 2 kosong.")
    assert "Halaman 2 kosong.</textarea>" in teks(response)


def test_an_error_reaches_htmx_too(kantor: Kantor, kiriman: Submission, client: Client) -> None:
    client.force_login(kantor.tpi)
    response = client.post(reverse("reviu", args=[kiriman.pk]), {}, headers={"HX-Request": "true"})
    assert (response.status_code, "Pilih Sesuai" in teks(response)) == (200, True)


def test_after_a_decision_comes_the_next_oldest(kantor: Kantor, kiriman: Submission, client: Client) -> None:
    berikut = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 21))
    client.force_login(kantor.tpi)
    assert putus(client, kiriman).url == reverse("reviu", args=[berikut.pk])
    assert putus(client, berikut).url == reverse("antrean", args=[kantor.satker.kode, 2025])


def test_behind_the_last_comes_what_was_passed_over(
    kantor: Kantor, kiriman: Submission, client: Client
) -> None:
    terakhir = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 21))
    client.force_login(kantor.tpi)
    assert putus(client, terakhir).url == reverse("reviu", args=[kiriman.pk])


# --- Nobody decides on their own ---


def pengunggah_yang_tpi(kantor: Kantor, cara: str) -> tuple[User, Submission]:
    """Was in the team when it was handed in, and is TPI today."""
    orang = make_member(kantor.satker, Peran.KETUA_TIM)
    lain = kantor.anggota
    draf = open_draft(slot=kantor.slot, by=orang if cara == "memulai" else lain, at=wib(2025, 6, 20))
    bukti = make_tautan(kantor.satker, orang if cara == "mengunggah" else lain, tanggal=HARI)
    put_in_draft(submission=draf, evidence=[bukti], by=lain)
    send(submission=draf, by=orang if cara == "mengirim" else lain, at=wib(2025, 6, 20))
    orang.memberships.update(peran=Peran.TPI)
    return orang, draf


@pytest.mark.parametrize("cara", ["memulai", "mengunggah", "mengirim"])
def test_nobody_reviews_their_own_through_the_page(kantor: Kantor, client: Client, cara: str) -> None:
    orang, kiriman = pengunggah_yang_tpi(kantor, cara)
    client.force_login(orang)
    isi = teks(client.get(reverse("reviu", args=[kiriman.pk])))
    assert ("Bukan Anda yang mereviu" in isi, 'id="putusan"' in isi) == (True, False)
    assert putus(client, kiriman).status_code == 403
    assert not Review.objects.exists()


@pytest.mark.parametrize("cara", ["memulai", "mengunggah", "mengirim"])
def test_nobody_reviews_their_own_through_the_service(kantor: Kantor, cara: str) -> None:
    orang, kiriman = pengunggah_yang_tpi(kantor, cara)
    with pytest.raises(PermissionDenied, match="Tidak seorang pun mereviu"):
        review(submission=kiriman, by=orang, keputusan="sesuai", tanggal_dokumen=HARI)
    assert not Review.objects.exists()


def test_own_uploads_stand_in_the_queue_marked(kantor: Kantor, client: Client) -> None:
    orang, kiriman = pengunggah_yang_tpi(kantor, "mengunggah")
    lain = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 21))
    client.force_login(orang)
    isi = teks(client.get(reverse("antrean", args=[kantor.satker.kode, 2025])))
    assert "milik Anda sendiri" in isi
    assert f'action="{reverse("reviu", args=[lain.pk])}"' in isi
    assert reverse("reviu", args=[kiriman.pk]) in isi


@pytest.mark.parametrize(
    "peran", [Peran.ANGGOTA, Peran.KETUA_TIM, Peran.SEKRETARIS, Peran.PIMPINAN, Peran.PEMBINA]
)
def test_only_tpi_reviews(kantor: Kantor, kiriman: Submission, client: Client, peran: str) -> None:
    orang = make_member(kantor.satker, peran)
    client.force_login(orang)
    assert client.get(reverse("reviu", args=[kiriman.pk])).status_code == 403
    assert putus(client, kiriman).status_code == 403
    with pytest.raises(PermissionDenied):
        review(submission=kiriman, by=orang, keputusan="sesuai", tanggal_dokumen=HARI)


def test_who_sees_nothing_of_the_office_finds_nothing(kiriman: Submission, client: Client) -> None:
    client.force_login(make_user())
    assert client.get(reverse("reviu", args=[kiriman.pk])).status_code == 404


def test_a_draft_is_not_there_for_tpi(kantor: Kantor, client: Client) -> None:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    client.force_login(kantor.tpi)
    assert client.get(reverse("reviu", args=[draf.pk])).status_code == 404


# --- Meanwhile ---


def test_a_round_decided_meanwhile_is_said_and_the_next_opened(
    kantor: Kantor, kiriman: Submission, client: Client
) -> None:
    berikut = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 21))
    make_review(kiriman, make_member(kantor.satker, Peran.TPI), at=wib(2025, 6, 22))
    client.force_login(kantor.tpi)
    response = putus(client, kiriman, "perbaikan", catatan="Kurang.")
    assert response.url == reverse("reviu", args=[berikut.pk])
    assert "Kiriman ini sudah diputus. Keputusan Anda tidak dicatat" in teks(client.get(response.url))
    assert Review.objects.get().keputusan == "sesuai"


@pytest.mark.parametrize("metode", ["get", "post"])
def test_a_round_withdrawn_meanwhile_is_said_and_the_next_opened(
    kantor: Kantor, kiriman: Submission, client: Client, metode: str
) -> None:
    berikut = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 21))
    withdraw(submission=kiriman, by=kantor.anggota)
    client.force_login(kantor.tpi)
    response = getattr(client, metode)(reverse("reviu", args=[kiriman.pk]))
    assert response.url == reverse("reviu", args=[berikut.pk])
    assert "sudah ditarik kembali oleh tim" in teks(client.get(response.url))


def test_the_service_refuses_what_no_longer_waits(kantor: Kantor, kiriman: Submission) -> None:
    withdraw(submission=kiriman, by=kantor.anggota)
    with pytest.raises(ValidationError, match="ditarik kembali"):
        review(submission=kiriman, by=kantor.tpi, keputusan="sesuai", tanggal_dokumen=HARI)


def test_the_service_wants_a_note(kantor: Kantor, kiriman: Submission) -> None:
    with pytest.raises(ValidationError, match="Tulis apa yang harus diubah"):
        review(submission=kiriman, by=kantor.tpi, keputusan="perbaikan", catatan=" ", tanggal_dokumen=HARI)


def test_the_service_refuses_the_dates_that_the_form_refuses(kantor: Kantor, kiriman: Submission) -> None:
    """By the office's own calendar on the day of the decision."""
    malam = wib(2025, 6, 20, 23, 30)
    for tanggal, kata in [(dt.date(2025, 6, 21), "belum tiba"), (dt.date(1999, 12, 31), "salah ketik")]:
        with pytest.raises(ValidationError, match=kata):
            review(submission=kiriman, by=kantor.tpi, keputusan="sesuai", tanggal_dokumen=tanggal, at=malam)
    assert not Review.objects.exists()
    review(submission=kiriman, by=kantor.tpi, keputusan="sesuai", tanggal_dokumen=HARI, at=malam)


def test_a_decided_round_can_still_be_looked_at(kantor: Kantor, kiriman: Submission, client: Client) -> None:
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 22), keputusan="perbaikan")
    client.force_login(kantor.tpi)
    isi = teks(client.get(reverse("reviu", args=[kiriman.pk])))
    assert ("Sudah diputus" in isi, 'id="putusan"' in isi, "Lengkapi halaman 2." in isi) == (
        True,
        False,
        True,
    )


def test_keys_that_decide_are_offered_only_where_there_is_something_to_decide(
    kantor: Kantor, kiriman: Submission, client: Client
) -> None:
    berikut = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 21))
    terakhir = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 22))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 22))
    client.force_login(kantor.tpi)
    for satu, putusan, pindah in ((kiriman, False, False), (berikut, True, True), (terakhir, True, True)):
        isi = teks(client.get(reverse("reviu", args=[satu.pk])))
        assert ("<kbd>S</kbd>" in isi, "<kbd>Ctrl</kbd>" in isi, "<kbd>J</kbd>" in isi) == (
            putusan,
            putusan,
            pindah,
        )


def test_an_earlier_round_stands_beside_this_one_when_asked(
    kantor: Kantor, kiriman: Submission, client: Client
) -> None:
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21), keputusan="perbaikan")
    kedua = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 22))
    lama = Evidence.objects.get(submissions=kiriman)
    client.force_login(kantor.tpi)
    alamat = reverse("reviu", args=[kedua.pk])
    tanpa, dengan = teks(client.get(alamat)), teks(client.get(alamat, {"banding": "1"}))
    assert (lama.judul in tanpa, lama.judul in dengan) == (False, True)
    assert "Lengkapi halaman 2." in tanpa


# --- What can no longer be opened ---


@pytest.fixture
def berberkas(kantor: Kantor) -> Submission:
    """A round with a file and a link."""
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=wib(2025, 6, 20))
    berkas = make_berkas(kantor.satker, kantor.anggota, "Notula", b"%PDF-1.4", at=wib(2025, 6, 20))
    put_in_draft(submission=draf, evidence=[berkas], by=kantor.anggota)
    return send(submission=draf, by=kantor.anggota, at=wib(2025, 6, 20))


def block(kantor: Kantor) -> None:
    BerkasTersimpan.objects.update(pindai="diblokir", ancaman="Win.Test")


def erase(kantor: Kantor) -> None:
    BerkasTersimpan.objects.update(dihapus_pada=wib(2025, 6, 21))


def take_away(kantor: Kantor) -> None:
    """As a door that knows no lock would."""
    Penarikan.objects.create(
        evidence=Evidence.objects.get(), alasan="Salah.", oleh=kantor.anggota, pada=wib(2025, 6, 21)
    )


@pytest.mark.parametrize(
    ("act", "kata"),
    [
        (block, "Notula: berkasnya diblokir karena memuat virus (Win.Test)."),
        (erase, "Notula: berkasnya sudah dihapus atas dasar hukum."),
        (take_away, "Notula: bukti ini sudah ditarik."),
    ],
)
def test_what_can_no_longer_be_opened_is_not_sesuai(
    kantor: Kantor, berberkas: Submission, client: Client, act: object, kata: str
) -> None:
    act(kantor)
    client.force_login(kantor.tpi)
    assert kata in teks(client.get(reverse("reviu", args=[berberkas.pk])))
    response = putus(client, berberkas, catatan="Sudah saya lihat kemarin.")
    assert response.status_code == 422
    assert "Pilih Perlu Perbaikan" in teks(response)
    assert "Sudah saya lihat kemarin." in teks(response)
    assert not Review.objects.exists()


def test_it_is_sent_back_with_a_note(kantor: Kantor, berberkas: Submission) -> None:
    block(kantor)
    make_review(berberkas, kantor.tpi, at=wib(2025, 6, 22), keputusan="perbaikan")
    assert Review.objects.get().keputusan == "perbaikan"


def test_the_service_refuses_it_at_every_door(kantor: Kantor, berberkas: Submission) -> None:
    block(kantor)
    with pytest.raises(ValidationError, match="tidak dapat dinilai Sesuai"):
        make_review(berberkas, kantor.tpi, at=wib(2025, 6, 22))


def test_nothing_is_said_of_a_round_that_is_whole(
    kantor: Kantor, berberkas: Submission, client: Client
) -> None:
    client.force_login(kantor.tpi)
    assert "tidak dapat dinilai Sesuai" not in teks(client.get(reverse("reviu", args=[berberkas.pk])))
