"""The upload page: plain form, and what its script sends."""

import datetime as dt
import errno
import json
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Peran
from accounts.waktu import hari_ini
from evidence import upload_handlers
from evidence.models import BerkasTersimpan, Evidence, Penarikan, Slot, Submission
from evidence.services import open_draft, put_in_draft, send
from evidence.upload import receive
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.test_intake import terima
from tests.factories import (
    make_draft,
    make_member,
    make_review,
    make_sent,
    make_slot,
    make_tautan,
    make_tenggat,
    slots_of,
    wib,
)

JSON = {"Accept": "application/json"}


@pytest.fixture
def masuk(kantor: Kantor, client: Client) -> Client:
    client.force_login(kantor.anggota)
    return client


def unggah(client: Client, kantor: Kantor, *files: object, **isian: object):
    lengkap = {"judul": "Laporan WBS", "tanggal_dokumen": "2025-06-20", "aksi": "simpan", **isian}
    return client.post(reverse("unggah", args=[kantor.slot.pk]), {**lengkap, "berkas": list(files)})


def teks(response: object) -> str:
    return response.content.decode()


def test_files_are_sent_for_review_in_the_same_step(kantor: Kantor, masuk: Client) -> None:
    response = unggah(
        masuk,
        kantor,
        berkas.unggahan(berkas.pdf()),
        berkas.unggahan(berkas.gambar(), "foto.jpg"),
        aksi="kirim",
    )
    assert response.url == reverse("slot", args=[kantor.slot.pk])
    kiriman = Submission.objects.waiting().get()
    assert [e.nama_berkas for e in kiriman.evidence.order_by("pk")] == ["Laporan WBS.pdf", "foto.jpg"]


def test_simpan_dulu_keeps_a_draft_with_its_message(kantor: Kantor, masuk: Client) -> None:
    unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), pesan="Menyusul lampiran.")
    draf = Submission.objects.get()
    assert (draf.dikirim_pada, draf.pesan, draf.evidence.count()) == (None, "Menyusul lampiran.", 1)


def test_simpan_dulu_keeps_the_words_though_a_file_is_refused(kantor: Kantor, masuk: Client) -> None:
    """Only Kirim waits until all is well."""
    buruk = berkas.unggahan(b"MZ program", "setup.pdf")
    response = unggah(masuk, kantor, buruk, tautan="https://kpu.go.id/wbs", pesan="Sudah ditandatangani.")
    assert ("<b>setup.pdf</b>: Berkas ini program" in teks(response), response.status_code) == (True, 422)
    assert "Tersimpan sebagai draf; belum dikirim." in teks(response)
    draf = Submission.objects.get()
    assert (draf.pesan, draf.evidence.get().tautan) == ("Sudah ditandatangani.", "https://kpu.go.id/wbs")


def test_words_alone_are_kept(kantor: Kantor, masuk: Client) -> None:
    buruk = berkas.unggahan(b"MZ program", "setup.pdf")
    for files, pesan in (([buruk], "Menyusul."), ([], "Menyusul Senin.")):
        unggah(masuk, kantor, *files, pesan=pesan)
        assert Submission.objects.get().pesan == pesan


def test_nothing_typed_and_every_file_refused_begins_no_draft(kantor: Kantor, masuk: Client) -> None:
    response = unggah(masuk, kantor, berkas.unggahan(b"MZ program", "setup.pdf"))
    assert ("Pilih berkas atau isi tautan dahulu." in teks(response), Submission.objects.exists()) == (
        False,
        False,
    )


def test_the_script_is_told_what_of_the_rest_was_not_kept(kantor: Kantor, masuk: Client) -> None:
    alamat = reverse("unggah", args=[kantor.slot.pk])
    isian = {"judul": "Laporan", "tanggal_dokumen": "2025-06-20", "aksi": "simpan", "pesan": "Menyusul."}
    buruk = masuk.post(alamat, {**isian, "tautan": "kpu.go.id/wbs"}, headers=JSON)
    assert (buruk.status_code, list(buruk.json()["isian"]), buruk.json()["tersimpan"]) == (
        422,
        ["tautan"],
        True,
    )
    baik = masuk.post(alamat, {**isian, "tautan": "https://kpu.go.id/wbs"}, headers=JSON)
    assert (baik.status_code, baik.json()["galat"]) == (200, [])
    for kata in ("https://kpu.go.id/wbs", "Tersimpan sebagai draf; belum dikirim."):
        assert kata in baik.json()["draf"]
    assert Submission.objects.get().pesan == "Menyusul."


def test_the_page_knows_what_to_say_of_a_name(kantor: Kantor, masuk: Client) -> None:
    form = masuk.get(reverse("unggah", args=[kantor.slot.pk])).context
    kata = json.loads(form["kata_akhiran"])
    assert not set(kata) & set(form["akhiran"].split(","))
    assert ("program tidak diterima" in kata[".exe"], "Bawa Drive Anda" in kata[".zip"]) == (True, True)
    assert kata[""].startswith("Jenis berkas ini tidak diterima. Yang diterima: PDF, DOCX,")


def test_a_phone_picture_and_a_link_go_along(kantor: Kantor, masuk: Client) -> None:
    foto = berkas.unggahan(berkas.gambar(), "IMG_1.jpg")
    unggah(masuk, kantor, foto=foto, tautan="https://kpu.go.id/wbs")
    assert sorted(Evidence.objects.values_list("jenis", flat=True)) == ["berkas", "tautan"]


def test_one_bad_file_costs_no_good_one_and_nothing_typed(kantor: Kantor, masuk: Client) -> None:
    buruk = berkas.unggahan(b"MZ program", "setup.pdf")
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), buruk, aksi="kirim", pesan="Mohon reviu.")
    assert response.status_code == 422
    for kata in (
        "<b>setup.pdf</b>: Berkas ini program",
        "1 lainnya diterima",
        "Mohon reviu.",
        "Laporan WBS.pdf",
    ):
        assert kata in teks(response)
    assert Submission.objects.get().dikirim_pada is None


def test_a_bad_link_costs_no_file(kantor: Kantor, masuk: Client) -> None:
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), tautan="kpu.go.id/wbs", aksi="kirim")
    assert "harus dimulai dengan https" in teks(response)
    assert 'value="kpu.go.id/wbs"' in teks(response)
    assert Submission.objects.get().evidence.count() == 1


@pytest.mark.parametrize(
    ("isian", "pesan"),
    [
        ({"tanggal_dokumen": "kemarin"}, "Tanggal ini tidak terbaca."),
        ({"tanggal_dokumen": ""}, "Isi tanggal dokumen, lalu pilih lagi berkasnya."),
        ({"tanggal_dokumen": "2099-01-01"}, "belum tiba"),
        ({"tanggal_dokumen": "0025-06-20"}, "Tahun dokumen 25 mungkin salah ketik"),
        ({"judul": " "}, "Tulis isi dokumen"),
        ({"judul": "x" * 201}, "Isi dokumen paling panjang 200 huruf"),
        ({"pesan": "x" * 2001}, "Pesan paling panjang 2.000 huruf"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_stays_typed(
    kantor: Kantor, masuk: Client, isian: dict, pesan: str
) -> None:
    response = unggah(
        masuk, kantor, berkas.unggahan(berkas.pdf()), aksi="kirim", **{"pesan": "Mohon reviu.", **isian}
    )
    assert response.status_code == 422
    assert pesan in teks(response)
    assert isian.get("pesan", "Mohon reviu.") in teks(response)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("aksi", ["kirim", "simpan", "terima"])
def test_a_date_that_has_not_come_is_refused_whatever_the_browser_lets_through(
    kantor: Kantor, masuk: Client, aksi: str
) -> None:
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), tanggal_dokumen="2099-01-01", aksi=aksi)
    assert (response.status_code, "Tanggal dokumen 1 Januari 2099 belum tiba" in teks(response)) == (
        422,
        True,
    )


def test_files_that_came_with_a_wrong_field_are_said_to_be_chosen_again(
    kantor: Kantor, masuk: Client
) -> None:
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), tanggal_dokumen="2099-01-01")
    assert "lalu pilih lagi berkasnya." in teks(response)
    assert 'value="2099-01-01"' in teks(response)


def test_a_typed_date_is_read_the_indonesian_way(kantor: Kantor, masuk: Client) -> None:
    unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), tanggal_dokumen="05/06/2025")
    assert Evidence.objects.get().tanggal_dokumen == dt.date(2025, 6, 5)


def test_nothing_chosen_is_said(kantor: Kantor, masuk: Client) -> None:
    assert "Pilih berkas atau isi tautan dahulu." in teks(unggah(masuk, kantor, aksi="kirim"))
    assert not Submission.objects.exists()


def test_a_double_click_sends_once(kantor: Kantor, masuk: Client) -> None:
    isi = berkas.pdf()
    unggah(masuk, kantor, berkas.unggahan(isi), aksi="kirim")
    kedua = unggah(masuk, kantor, berkas.unggahan(isi), aksi="kirim")
    assert kedua.url == reverse("slot", args=[kantor.slot.pk])
    assert (Submission.objects.count(), Evidence.objects.count()) == (1, 1)


def test_the_same_file_is_not_added_twice_to_a_draft(kantor: Kantor, masuk: Client) -> None:
    isi = berkas.pdf()
    unggah(masuk, kantor, berkas.unggahan(isi, "Notulen rapat.pdf"))
    kedua = unggah(masuk, kantor, berkas.unggahan(isi, "Notulen rapat.pdf"))
    assert Submission.objects.get().evidence.count() == 1
    assert "«Notulen rapat.pdf» sudah ada dalam draf ini." in teks(masuk.get(kedua.url))


@pytest.mark.parametrize(
    ("nama", "kata"),
    [
        ("Notulen rapat.pdf", "«Notulen rapat.pdf» sudah ada dalam draf ini."),
        ("Notulen (1).pdf", "«Notulen (1).pdf» sudah ada dalam draf ini, sebagai «Notulen rapat.pdf»."),
    ],
)
def test_the_script_is_told_that_a_file_is_there_and_so_is_the_page_after_it(
    kantor: Kantor, masuk: Client, nama: str, kata: str
) -> None:
    isi = berkas.pdf()
    unggah(masuk, kantor, berkas.unggahan(isi, "Notulen rapat.pdf"), aksi="terima")
    kedua = unggah(masuk, kantor, berkas.unggahan(isi, nama), aksi="terima")
    assert kedua.json()["ingat"] == [kata]
    assert kata in halaman(masuk, kantor)


def test_the_same_link_twice_is_said(kantor: Kantor, masuk: Client) -> None:
    for _ in range(2):
        response = unggah(masuk, kantor, tautan="https://contoh.go.id/laporan")
    assert "«https://contoh.go.id/laporan» sudah ada dalam draf ini." in teks(masuk.get(response.url))


@pytest.mark.parametrize(("nama", "tunjuk"), [("Drive 2025.ZIP", True), ("Drive 2025.rar", False)])
def test_a_zip_is_shown_the_way_by_which_a_whole_folder_comes(
    kantor: Kantor, masuk: Client, nama: str, tunjuk: bool
) -> None:
    response = unggah(masuk, kantor, berkas.unggahan(berkas.kemas(catatan="isi"), nama), aksi="terima")
    galat = response.json()["galat"]
    assert galat[0].startswith("Arsip tidak diterima.")
    assert ("Bawa Drive Anda" in " ".join(galat)) is tunjuk


def test_a_file_over_the_limit_is_named_and_the_others_kept(
    kantor: Kantor, masuk: Client, settings: object
) -> None:
    settings.BUKTI_MAKS_MB = 1
    besar = berkas.unggahan(b"%PDF-" + b"0" * (1024 * 1024), "besar.pdf")
    response = unggah(masuk, kantor, besar, berkas.unggahan(berkas.pdf()))
    assert "<b>besar.pdf</b>: Berkas ini lebih besar dari 1 MB." in teks(response)
    assert Submission.objects.get().evidence.count() == 1


def test_a_request_over_the_limit_is_413_in_words(kantor: Kantor, masuk: Client, settings: object) -> None:
    settings.BUKTI_MAKS_KIRIM_MB = 3
    besar = berkas.unggahan(b"%PDF-" + b"0" * (3 * 1024 * 1024), "besar.pdf")
    response = unggah(masuk, kantor, besar)
    assert (response.status_code, "Kiriman terlalu besar" in teks(response)) == (413, True)
    assert not Evidence.objects.exists()


def test_a_request_over_the_limit_is_413_for_the_script(
    kantor: Kantor, masuk: Client, settings: object
) -> None:
    settings.BUKTI_MAKS_KIRIM_MB = 3
    besar = berkas.unggahan(b"%PDF-" + b"0" * (3 * 1024 * 1024), "besar.pdf")
    response = masuk.post(reverse("unggah", args=[kantor.slot.pk]), {"berkas": besar}, headers=JSON)
    assert (response.status_code, response.json()["galat"]) == (
        413,
        ["Kiriman ini lebih besar dari 3 MB. Kirim berkasnya satu per satu."],
    )


BESAR = 3 * 1024 * 1024


def unread(client: Client, alamat: str, **headers: str):
    return client.post(
        alamat, b"x" * BESAR, content_type="multipart/form-data; boundary=uji", headers=headers
    )


@pytest.mark.parametrize("nama", ["account_login", "slot", "unduh_bukti", "unggah_pilih"])
def test_no_other_page_takes_a_large_body(kantor: Kantor, masuk: Client, nama: str) -> None:
    args = {"slot": [kantor.slot.pk], "unduh_bukti": [1], "unggah_pilih": [kantor.satker.kode, 2025]}
    response = unread(masuk, reverse(nama, args=args.get(nama)))
    assert (response.status_code, "Halaman ini tidak menerima berkas" in teks(response)) == (413, True)


def test_files_past_the_number_are_named_and_cost_no_other(
    kantor: Kantor, masuk: Client, settings: object
) -> None:
    settings.BUKTI_MAKS_BERKAS_KIRIM = 2
    files = [berkas.unggahan(berkas.pdf(tanda=nama), f"{nama}.pdf") for nama in "abc"]
    response = unggah(masuk, kantor, *files, pesan="Mohon reviu.")
    assert response.status_code == 422
    assert "<b>c.pdf</b>: Paling banyak 2 berkas sekali kirim." in teks(response)
    assert "Mohon reviu." in teks(response)
    assert sorted(Evidence.objects.values_list("nama_berkas", flat=True)) == ["a.pdf", "b.pdf"]


def test_a_disk_that_fills_up_between_two_files_costs_the_first_nothing(
    kantor: Kantor, masuk: Client, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    asli, sudah = upload_handlers.UnggahanDiDisk, []

    def penuh(*args: object) -> object:
        if sudah:
            raise OSError(errno.ENOSPC, "No space left on device")
        sudah.append(1)
        return asli(*args)

    monkeypatch.setattr(upload_handlers, "UnggahanDiDisk", penuh)
    files = [berkas.unggahan(berkas.pdf(tanda=nama), f"{nama}.pdf") for nama in "ab"]
    response = unggah(masuk, kantor, *files)
    assert "<b>b.pdf</b>: Penyimpanan kantor penuh" in teks(response)
    assert [e.nama_berkas for e in Evidence.objects.all()] == ["a.pdf"]


def test_a_large_body_from_nobody_is_not_parsed(kantor: Kantor, client: Client) -> None:
    alamat = reverse("unggah", args=[kantor.slot.pk])
    with mock.patch("django.http.request.MultiPartParser", side_effect=AssertionError):
        halaman, skrip = unread(client, alamat), unread(client, alamat, **JSON)
    assert halaman.url == f"{reverse('account_login')}?next={alamat}"
    assert (skrip.status_code, "Masuk lagi" in skrip.json()["galat"][0]) == (401, True)


def test_a_large_file_from_a_member_is_taken(kantor: Kantor, masuk: Client) -> None:
    acak = berkas.gambar(jenis="PNG", ukuran=(1200, 900))
    assert len(acak) > 2 * 1024 * 1024
    unggah(masuk, kantor, berkas.unggahan(acak, "foto.png"))
    assert Evidence.objects.get().ukuran == len(acak)


# --- What the script sends: one file at a time ---


def test_one_file_is_received_and_listed(kantor: Kantor, masuk: Client) -> None:
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), aksi="terima")
    assert "Laporan WBS.pdf" in response.json()["draf"]
    assert Submission.objects.get().dikirim_pada is None


def test_one_bad_file_is_refused_in_words(kantor: Kantor, masuk: Client) -> None:
    response = unggah(masuk, kantor, berkas.unggahan(b""), aksi="terima")
    assert (response.status_code, response.json()["galat"]) == (
        422,
        ["Berkas ini kosong (0 bita). Periksa berkasnya, lalu pilih lagi."],
    )


def test_one_file_for_a_round_that_waits_is_refused(kantor: Kantor, masuk: Client) -> None:
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), aksi="terima")
    assert (response.status_code, "menunggu reviu" in response.json()["galat"][0]) == (409, True)


def test_a_file_known_in_the_office_is_only_noticed(kantor: Kantor, masuk: Client) -> None:
    isi = berkas.pdf()
    unggah(masuk, kantor, berkas.unggahan(isi))
    kantor.slot = make_slot(kantor.rencana)
    response = unggah(masuk, kantor, berkas.unggahan(isi), aksi="terima")
    assert response.json()["ingat"] == [
        "Berkas Laporan WBS.pdf sudah pernah diunggah untuk I.1.1 Laporan, Juni."
    ]


# --- What the page says of the slot ---


def halaman(client: Client, kantor: Kantor) -> str:
    return teks(client.get(reverse("unggah", args=[kantor.slot.pk])))


def test_a_round_sent_back_shows_the_note_and_wants_an_answer(kantor: Kantor, masuk: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21), keputusan="perbaikan")
    isi = halaman(masuk, kantor)
    assert ("Lengkapi halaman 2." in isi, "Jawaban atas catatan TPI" in isi) == (True, True)
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), aksi="kirim")
    assert "Jawab catatan TPI dahulu" in teks(response)
    assert Submission.objects.get(putaran=2).evidence.count() == 1


def test_pieces_of_the_round_sent_back_can_be_used_again(kantor: Kantor, masuk: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21), keputusan="perbaikan")
    lama = kiriman.evidence.get()
    unggah(masuk, kantor, aksi="kirim", pakai_lagi=[lama.pk], pesan="Sudah ditandatangani.")
    assert list(Submission.objects.get(putaran=2, dikirim_pada__isnull=False).evidence.all()) == [lama]


def test_pieces_used_again_while_a_colleague_sends_are_refused_in_words(kantor: Kantor) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    isian = {"tautan": "", "menggantikan": None, "pakai_lagi": list(kiriman.evidence.all())}
    hasil = receive(
        slot=kantor.slot, satker=kantor.satker, by=kantor.anggota, isian=isian, files=[], too_large=[]
    )
    assert "masih menunggu reviu" in hasil.gagal[0].pesan[0]


def dikembalikan(kantor: Kantor, jumlah: int = 1) -> list[Evidence]:
    """The pieces of a round that TPI sent back."""
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=wib(2025, 6, 20))
    pieces = [make_tautan(kantor.satker, kantor.anggota, tanggal=dt.date(2025, 6, 20)) for _ in range(jumlah)]
    put_in_draft(submission=draf, evidence=pieces, by=kantor.anggota)
    kiriman = send(submission=draf, by=kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21), keputusan="perbaikan")
    return pieces


def bawaan(client: Client, kantor: Kantor) -> object:
    return client.get(reverse("unggah", args=[kantor.slot.pk])).context["form"]["menggantikan"].value()


def test_the_one_piece_sent_back_is_what_the_next_replaces(kantor: Kantor, masuk: Client) -> None:
    (lama,) = dikembalikan(kantor)
    assert bawaan(masuk, kantor) == lama.pk
    unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), menggantikan=lama.pk)
    assert Evidence.objects.get(jenis="berkas").menggantikan == lama
    assert f"Versi baru dari {lama.judul}" in halaman(masuk, kantor)


@pytest.mark.parametrize("sebab", ["ditarik", "dihapus", "diblokir"])
def test_what_cannot_be_handed_in_again_is_not_offered(kantor: Kantor, masuk: Client, sebab: str) -> None:
    rusak = terima(kantor.satker, kantor.anggota, berkas.pdf(), judul="Yang rusak")
    lain = terima(kantor.satker, kantor.anggota, berkas.gambar(), "lain.jpg", judul="Yang utuh")
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    put_in_draft(submission=draf, evidence=[rusak, lain], by=kantor.anggota)
    kiriman = send(submission=draf, by=kantor.anggota)
    make_review(kiriman, kantor.tpi, at=timezone.now(), keputusan="perbaikan")
    assert ditawarkan(masuk, kantor) == {rusak.pk, lain.pk}
    rusakkan(rusak, sebab, kantor)
    assert ditawarkan(masuk, kantor) == {lain.pk}


def ditawarkan(client: Client, kantor: Kantor) -> set[int]:
    """To be handed in again. A newer version may name any of the two."""
    form = client.get(reverse("unggah", args=[kantor.slot.pk])).context["form"]
    (lagi, versi) = ({e.pk for e in form.fields[f].queryset} for f in ("pakai_lagi", "menggantikan"))
    assert len(versi) == 2
    return lagi


def rusakkan(piece: Evidence, sebab: str, kantor: Kantor) -> None:
    simpanan = BerkasTersimpan.objects.filter(pk=piece.simpanan_id)
    match sebab:
        case "ditarik":
            Penarikan.objects.create(evidence=piece, alasan="Salah", oleh=kantor.anggota, pada=timezone.now())
        case "dihapus":
            simpanan.update(dihapus_pada=timezone.now())
        case _:
            simpanan.update(pindai="diblokir", ancaman="Uji")


def test_once_it_is_replaced_what_follows_is_additional(kantor: Kantor, masuk: Client) -> None:
    (lama,) = dikembalikan(kantor)
    unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), menggantikan=lama.pk)
    assert bawaan(masuk, kantor) is None


def test_of_several_sent_back_the_uploader_says_which(kantor: Kantor, masuk: Client) -> None:
    _, kedua = dikembalikan(kantor, 2)
    assert bawaan(masuk, kantor) is None
    unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), menggantikan=kedua.pk, aksi="terima")
    assert Evidence.objects.get(jenis="berkas").menggantikan == kedua


def test_several_under_one_title_each_bear_the_name_of_their_file(kantor: Kantor, masuk: Client) -> None:
    dua = [berkas.unggahan(berkas.pdf(), "rekap.pdf"), berkas.unggahan(berkas.gambar(), "Laporan WBS.jpg")]
    unggah(masuk, kantor, *dua, tautan="https://kpu.go.id/wbs")
    judul = ["Laporan WBS: rekap", "Laporan WBS", "Laporan WBS"]  # a name that is the title tells nothing
    assert list(Evidence.objects.order_by("pk").values_list("judul", flat=True)) == judul


@pytest.mark.parametrize(
    ("isian", "judul"),
    [({}, "Laporan WBS"), ({"bersama": "on"}, "Laporan WBS: rekap")],
    ids=["sendiri", "bersama"],
)
def test_the_script_says_of_each_whether_others_bear_its_title(
    kantor: Kantor, masuk: Client, isian: dict, judul: str
) -> None:
    unggah(masuk, kantor, berkas.unggahan(berkas.pdf(), "rekap.pdf"), aksi="terima", **isian)
    assert Evidence.objects.get().judul == judul


def test_a_long_title_gives_way_to_the_name(kantor: Kantor, masuk: Client) -> None:
    dua = [berkas.unggahan(berkas.pdf(), f"{n} {'bb ' * 60}.pdf") for n in (1, 2)]
    unggah(masuk, kantor, *dua, judul="Laporan " * 24 + "survei")
    for n, piece in enumerate(Evidence.objects.order_by("pk"), 1):
        assert (len(piece.judul) <= 200, f"Laporan: {n} bb bb" in piece.judul) == (True, True)


def dikembalikan_sejudul(kantor: Kantor, *nama: str) -> None:
    """As they were handed in one after the other, under one title."""
    slot = kantor.slot = make_slot(kantor.rencana)
    draf = open_draft(slot=slot, by=kantor.anggota)
    pieces = [terima(kantor.satker, kantor.anggota, berkas.gambar(), n, judul="Laporan WBS") for n in nama]
    put_in_draft(submission=draf, evidence=pieces, by=kantor.anggota)
    make_review(
        send(submission=draf, by=kantor.anggota), kantor.tpi, at=timezone.now(), keputusan="perbaikan"
    )


def test_pieces_titled_alike_are_told_apart_by_their_files(kantor: Kantor, masuk: Client) -> None:
    dikembalikan(kantor, 2)
    assert "(https://contoh.go.id/dokumen)" not in halaman(masuk, kantor)
    dikembalikan_sejudul(kantor, "satu.jpg", "dua.jpg")
    isi = halaman(masuk, kantor)
    assert "Laporan WBS (satu.jpg), 20 Juni 2025" in isi  # Versi baru dari
    assert 'Laporan WBS (satu.jpg), <span class="tgl">20 Juni 2025' in isi  # Pakai lagi


def test_of_several_handed_in_together_none_is_taken_for_the_newer_version(
    kantor: Kantor, masuk: Client
) -> None:
    (lama,) = dikembalikan(kantor)
    dua = [berkas.unggahan(berkas.pdf()), berkas.unggahan(berkas.gambar(), "foto.jpg")]
    unggah(masuk, kantor, *dua, menggantikan=lama.pk)
    assert not Evidence.objects.filter(menggantikan__isnull=False).exists()
    assert "tidak ada yang dicatat sebagai versi baru" in halaman(masuk, kantor)


def test_evidence_of_another_slot_cannot_be_replaced(kantor: Kantor, masuk: Client) -> None:
    asing = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 20)).evidence.get()
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), menggantikan=asing.pk)
    assert (response.status_code, Evidence.objects.filter(jenis="berkas").exists()) == (422, False)


def test_a_reopened_round_offers_its_pieces_again(kantor: Kantor, masuk: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21))
    masuk.post(reverse("unggah", args=[kantor.slot.pk]), {"aksi": "buka", "alasan": "Salah berkas."})
    assert bawaan(masuk, kantor) == kiriman.evidence.get().pk
    assert 'name="pakai_lagi"' in halaman(masuk, kantor)


def test_evidence_of_elsewhere_is_not_used_again(kantor: Kantor, masuk: Client) -> None:
    asing = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 20)).evidence.get()
    response = unggah(masuk, kantor, pakai_lagi=[asing.pk], aksi="kirim")
    assert response.status_code == 422
    assert not Submission.objects.filter(kebutuhan=kantor.slot).exists()


def test_a_waiting_round_offers_tarik_kembali_and_no_form(kantor: Kantor, masuk: Client) -> None:
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    isi = halaman(masuk, kantor)
    assert ("Tarik Kembali" in isi, 'name="berkas"' in isi) == (True, False)


def test_sesuai_is_reopened_with_a_reason(kantor: Kantor, masuk: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21))
    alamat = reverse("unggah", args=[kantor.slot.pk])
    tanpa = masuk.post(alamat, {"aksi": "buka", "alasan": ""})
    assert "Tulis alasan membukanya kembali." in teks(tanpa)
    masuk.post(alamat, {"aksi": "buka", "alasan": "Salah berkas."})
    assert 'name="berkas"' in halaman(masuk, kantor)


def test_files_for_sesuai_need_the_reopening_first(kantor: Kantor, masuk: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21))
    response = unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), aksi="kirim")
    assert "Tulis alasan membukanya kembali." in teks(response)
    assert Evidence.objects.count() == 1


def test_a_document_after_the_batas_is_noticed_not_refused(kantor: Kantor, masuk: Client) -> None:
    unggah(masuk, kantor, berkas.unggahan(berkas.pdf()), tanggal_dokumen="2025-07-01")
    isi = halaman(masuk, kantor)
    assert "1 Juli 2025" in isi
    assert "tenggat ini akan tercatat <b>Lewat Waktu</b>" in isi


def test_beside_link_and_date_it_is_said_that_the_newest_date_decides(kantor: Kantor, masuk: Client) -> None:
    isi = halaman(masuk, kantor)
    assert "Tanggal terbaru dalam satu kiriman menentukan Tepat Waktu." in isi
    assert "cetak halamannya sebagai PDF lalu unggah PDF itu sebagai berkas" in isi


def test_what_was_accepted_for_the_tenggat_before_is_shown(kantor: Kantor, masuk: Client) -> None:
    indikator = kantor.slot.tenggat.indikator
    lalu = slots_of(make_tenggat(indikator, mulai=dt.date(2025, 3, 1), jatuh_tempo=dt.date(2025, 3, 31)))[0]
    kiriman = make_sent(lalu, kantor.anggota, at=wib(2025, 3, 20))
    assert reverse("slot", args=[lalu.pk]) not in halaman(masuk, kantor)
    make_review(kiriman, kantor.tpi, at=wib(2025, 3, 21))
    assert reverse("slot", args=[lalu.pk]) in halaman(masuk, kantor)


@pytest.mark.parametrize(
    ("peran", "area", "status"),
    [
        (Peran.ANGGOTA, (), 200),
        (Peran.ANGGOTA, (5,), 403),
        (Peran.KETUA_TIM, (), 200),
        (Peran.SEKRETARIS, (), 403),
        (Peran.TPI, (), 403),
    ],
)
def test_who_may_upload(kantor: Kantor, client: Client, peran: str, area: tuple, status: int) -> None:
    client.force_login(make_member(kantor.satker, peran, area=area))
    assert client.get(reverse("unggah", args=[kantor.slot.pk])).status_code == status


def test_the_demo_banner_leads_from_a_page_of_today_to_the_dashboard(
    kantor: Kantor, masuk: Client, settings: object
) -> None:
    settings.ZI_DEMO = True
    dasbor = reverse("dasbor", args=[kantor.satker.kode, 2025])
    assert f'href="{dasbor}?per=2025-03-31"' in halaman(masuk, kantor)


# --- Choosing for what ---


def pilih(client: Client, kantor: Kantor, **query: str) -> str:
    return teks(client.get(reverse("unggah_pilih", args=[kantor.satker.kode, 2025]), query))


def test_only_what_is_open_in_ones_own_areas_is_offered(kantor: Kantor, client: Client) -> None:
    lain, menunggu = make_slot(kantor.rencana, area=5), make_slot(kantor.rencana)
    make_sent(menunggu, kantor.anggota, at=wib(2025, 6, 20))
    client.force_login(make_member(kantor.satker, area=[1]))
    isi = pilih(client, kantor)
    tampil = [reverse("unggah", args=[s.pk]) in isi for s in (kantor.slot, lain, menunggu)]
    assert tampil == [True, False, False]


def slot_in(kantor: Kantor, hari: int) -> Slot:
    batas = hari_ini() + dt.timedelta(days=hari)
    return make_slot(kantor.rencana, mulai=batas - dt.timedelta(days=20), jatuh_tempo=batas)


def test_they_stand_as_in_tugas_saya(kantor: Kantor, masuk: Client) -> None:
    """Late by days, sent back, due soon, drafts, the rest: a date alone says nothing of what was accepted."""
    nanti, hari_depan, hari_esok, telat = (slot_in(kantor, n) for n in (30, 40, 1, -3))
    kembali, dibuka = (slot_in(kantor, n) for n in (-100, -700))
    for slot, keputusan in ((kembali, "perbaikan"), (dibuka, "sesuai")):
        make_review(
            make_sent(slot, kantor.anggota, at=wib(2025, 6, 20)),
            kantor.tpi,
            at=wib(2025, 6, 21),
            keputusan=keputusan,
        )
    make_draft(dibuka, kantor.anggota, at=wib(2025, 6, 22), alasan="Salah berkas.")
    make_draft(hari_depan, kantor.anggota, at=wib(2025, 6, 22))
    isi = pilih(masuk, kantor)
    urutan = [kantor.slot, telat, kembali, hari_esok, dibuka, hari_depan, nanti]
    tampil = [isi.index(reverse("unggah", args=[slot.pk])) for slot in urutan]
    assert tampil == sorted(tampil)


def test_late_and_due_soon_wear_their_badge(kantor: Kantor, masuk: Client) -> None:
    slot_in(kantor, 1)
    isi = pilih(masuk, kantor)
    assert (isi.count("kt--terlambat"), isi.count("kt--segera")) == (1, 1)
    assert "Segera <span>1 hari lagi</span>" in isi


def test_what_is_sesuai_and_reopened_is_not_said_to_be_late(kantor: Kantor, masuk: Client) -> None:
    assert "Terlambat" in pilih(masuk, kantor)
    make_review(make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20)), kantor.tpi, at=wib(2025, 6, 21))
    make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 22), alasan="Salah berkas.")
    isi = pilih(masuk, kantor)
    assert ("dibuka kembali, belum dikirim" in isi, "Terlambat" in isi) == (True, False)


def test_search_and_area_narrow_the_choice(kantor: Kantor, masuk: Client) -> None:
    lain = make_slot(kantor.rencana, area=5)
    for query in ({"cari": "Indikator 5"}, {"area": "5"}):
        isi = pilih(masuk, kantor, **query)
        assert reverse("unggah", args=[lain.pk]) in isi
        assert reverse("unggah", args=[kantor.slot.pk]) not in isi


def test_choosing_costs_the_same_with_one_slot_and_with_many(
    kantor: Kantor, masuk: Client, django_assert_num_queries: object
) -> None:
    pilih(masuk, kantor)
    with django_assert_num_queries(7):
        pilih(masuk, kantor)
    for _ in range(5):
        make_draft(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 20))
    with django_assert_num_queries(7):
        pilih(masuk, kantor)
