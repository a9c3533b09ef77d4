"""A document dated outside its tenggat's period: warned of, explained in one sentence, shown to who reviews."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import Peran, User
from actionplan.models import Perpanjangan
from actionplan.services import grant_extension
from evidence.access import area_of
from evidence.masa import Luar
from evidence.models import Evidence, Slot, Submission, SubmissionEvidence
from evidence.services import explain_dates, open_draft, put_in_draft, send, use_again, withdraw
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.factories import make_member, make_sent, make_slot, make_tautan, wib

AGUSTUS = wib(2025, 8, 4)
DALAM, LUAR = dt.date(2025, 6, 20), dt.date(2025, 5, 31)
SEBAB = "Undangan rapat memang dikirim sebulan sebelumnya."
TANYA = "Mengapa dokumen ini tetap dipakai?"


def draf_bertanggal(kantor: Kantor, *tanggal: dt.date, rahasia: bool = False) -> Submission:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=AGUSTUS)
    pieces = [make_tautan(kantor.satker, kantor.anggota, tanggal=t, rahasia=rahasia) for t in tanggal]
    put_in_draft(submission=draf, evidence=pieces, by=kantor.anggota)
    return draf


def terkirim(kantor: Kantor, *, rahasia: bool = False) -> Submission:
    draf = draf_bertanggal(kantor, LUAR, rahasia=rahasia)
    explain_dates(submission=draf, by=kantor.anggota, alasan={LUAR: SEBAB}, at=AGUSTUS)
    return send(submission=draf, by=kantor.anggota, at=AGUSTUS)


def alasan_tersimpan(kantor: Kantor) -> list[str]:
    isi = SubmissionEvidence.objects.filter(submission__kebutuhan=kantor.slot.pk).order_by("pk")
    return list(isi.values_list("alasan_tanggal", flat=True))


# --- The rule ---


@pytest.mark.parametrize(
    ("tanggal", "diminta"),
    [
        (dt.date(2025, 5, 31), True),
        (dt.date(2025, 6, 1), False),
        (dt.date(2025, 6, 30), False),
        (dt.date(2025, 7, 1), True),
    ],
)
def test_a_sentence_is_asked_for_on_either_side_of_the_period(
    kantor: Kantor, tanggal: dt.date, diminta: bool
) -> None:
    draf = draf_bertanggal(kantor, tanggal)
    if not diminta:
        assert send(submission=draf, by=kantor.anggota, at=AGUSTUS).dikirim_pada == AGUSTUS
        return
    with pytest.raises(ValidationError, match="tenggat ini untuk 1 Juni 2025 sampai 30 Juni 2025"):
        send(submission=draf, by=kantor.anggota, at=AGUSTUS)
    assert Submission.objects.get().dikirim_pada is None


def test_the_period_ends_with_the_extension_once_it_was_granted(kantor: Kantor) -> None:
    grant_extension(
        tenggat=kantor.slot.tenggat,
        batas_baru=dt.date(2025, 7, 10),
        alasan="Pelantikan bergeser.",
        by=make_member(kantor.satker, Peran.KETUA_TIM),
        at=wib(2025, 8, 5),
    )
    draf = draf_bertanggal(kantor, dt.date(2025, 7, 10))
    with pytest.raises(ValidationError, match="30 Juni 2025"):
        send(submission=draf, by=kantor.anggota, at=wib(2025, 8, 4, 23, 59))
    send(submission=draf, by=kantor.anggota, at=wib(2025, 8, 5, 12))


def test_the_day_after_the_extension_is_outside_again(kantor: Kantor) -> None:
    ketua, batas = make_member(kantor.satker, Peran.KETUA_TIM), dt.date(2025, 7, 10)
    grant_extension(
        tenggat=kantor.slot.tenggat, batas_baru=batas, alasan="Bergeser.", by=ketua, at=wib(2025, 7, 1)
    )
    draf = draf_bertanggal(kantor, dt.date(2025, 7, 11))
    with pytest.raises(ValidationError, match="sampai 10 Juli 2025"):
        send(submission=draf, by=kantor.anggota, at=AGUSTUS)


def test_each_slot_has_the_extension_of_its_own_tenggat(kantor: Kantor) -> None:
    """Whatever number an extension has in its table."""
    ketua, batas, lain = make_member(kantor.satker, Peran.KETUA_TIM), dt.date(2025, 7, 10), make_slot()
    for _ in range(2 * max(lain.tenggat_id, kantor.slot.tenggat_id)):
        perpanjang(lain, dt.date(2025, 8, 1), make_member(area_of(lain).rencana.satker, Peran.KETUA_TIM))
    assert batas_kini(kantor.slot) == dt.date(2025, 6, 30)
    perpanjang(kantor.slot, batas, ketua)
    assert (batas_kini(kantor.slot), batas_kini(lain)) == (batas, dt.date(2025, 8, 1))


def perpanjang(slot: Slot, batas: dt.date, by: User) -> None:
    Perpanjangan.objects.create(
        tenggat_id=slot.tenggat_id, batas_baru=batas, alasan="x", diberikan_oleh=by, diberikan_pada=AGUSTUS
    )


def batas_kini(slot: Slot) -> dt.date:
    return Slot.objects.with_batas(AGUSTUS.date()).get(pk=slot.pk).batas


def test_blanks_are_no_sentence(kantor: Kantor) -> None:
    draf = draf_bertanggal(kantor, LUAR)
    explain_dates(submission=draf, by=kantor.anggota, alasan={LUAR: " \n "}, at=AGUSTUS)
    with pytest.raises(ValidationError, match="Tulis satu kalimat"):
        send(submission=draf, by=kantor.anggota, at=AGUSTUS)


def test_a_sentence_has_an_end(kantor: Kantor) -> None:
    draf = draf_bertanggal(kantor, LUAR)
    explain_dates(submission=draf, by=kantor.anggota, alasan={LUAR: "a" * 500}, at=AGUSTUS)
    with pytest.raises(ValidationError, match="Alasan paling panjang 500 huruf"):
        explain_dates(submission=draf, by=kantor.anggota, alasan={LUAR: "b" * 501}, at=AGUSTUS)
    assert alasan_tersimpan(kantor) == ["a" * 500]


def test_each_date_outside_needs_its_own_sentence(kantor: Kantor) -> None:
    draf = draf_bertanggal(kantor, LUAR, DALAM, dt.date(2025, 7, 2))
    explain_dates(submission=draf, by=kantor.anggota, alasan={LUAR: SEBAB}, at=AGUSTUS)
    with pytest.raises(ValidationError) as galat:
        send(submission=draf, by=kantor.anggota, at=AGUSTUS)
    assert [m for m in galat.value.messages if "bertanggal" in m] == [
        "Dokumen bertanggal 2 Juli 2025, tenggat ini untuk 1 Juni 2025 sampai 30 Juni 2025."
    ]


def test_ten_pieces_of_one_day_are_explained_once(kantor: Kantor) -> None:
    draf = draf_bertanggal(kantor, LUAR, LUAR)
    explain_dates(submission=draf, by=kantor.anggota, alasan={LUAR: SEBAB}, at=AGUSTUS)
    terlambat = make_tautan(kantor.satker, kantor.anggota, tanggal=LUAR)
    put_in_draft(submission=draf, evidence=[terlambat], by=kantor.anggota)
    send(submission=draf, by=kantor.anggota, at=AGUSTUS)
    assert alasan_tersimpan(kantor) == [SEBAB, SEBAB, SEBAB]


def test_the_warning_names_the_files_of_pieces_titled_alike() -> None:
    bukti = [
        Evidence(judul="Foto", nama_berkas="a.jpg"),
        Evidence(judul="Foto", nama_berkas="b.jpg"),
        Evidence(judul="SK"),
    ]
    satu = Luar(dt.date(2020, 3, 3), "", bukti, "", terlambat=False)
    assert satu.judul == "Foto (a.jpg); Foto (b.jpg); SK"


def test_a_date_inside_keeps_no_sentence(kantor: Kantor) -> None:
    draf = draf_bertanggal(kantor, DALAM)
    explain_dates(submission=draf, by=kantor.anggota, alasan={DALAM: SEBAB}, at=AGUSTUS)
    assert alasan_tersimpan(kantor) == [""]


def test_a_round_taken_back_keeps_its_sentences(kantor: Kantor) -> None:
    withdraw(submission=terkirim(kantor), by=kantor.anggota, at=AGUSTUS)
    assert alasan_tersimpan(kantor) == [SEBAB, SEBAB]


def test_a_sent_round_is_explained_no_more(kantor: Kantor) -> None:
    kiriman = terkirim(kantor)
    with pytest.raises(ValidationError, match="sudah dikirim"):
        explain_dates(submission=kiriman, by=kantor.anggota, alasan={LUAR: "Lain."}, at=AGUSTUS)


# --- The pages of who hands in ---


@pytest.fixture
def masuk(kantor: Kantor, client: Client) -> Client:
    client.force_login(kantor.anggota)
    return client


def kirim(client: Client, slot: Slot, *files: object, **isian: object):
    lengkap = {"judul": "Laporan WBS", "tanggal_dokumen": f"{LUAR}", "aksi": "kirim", **isian}
    return client.post(reverse("unggah", args=[slot.pk]), {**lengkap, "berkas": list(files)})


def test_the_plain_form_comes_back_with_the_warning_and_all_that_was_given(
    kantor: Kantor, masuk: Client
) -> None:
    response = kirim(masuk, kantor.slot, berkas.unggahan(berkas.pdf()), pesan="Mohon reviu.")
    isi = response.content.decode()
    assert response.status_code == 422
    for kata in (
        "Dokumen bertanggal 31 Mei 2025, tenggat ini untuk 1 Juni 2025 sampai 30 Juni 2025.",
        TANYA,
        "Tulis satu kalimat: mengapa dokumen ini tetap dipakai?",
        "Berkasnya sudah diterima dan tidak perlu dipilih lagi.",
        "Mohon reviu.",
        "Laporan WBS.pdf",
    ):
        assert kata in isi
    assert Submission.objects.get().dikirim_pada is None


def test_the_sentence_sends_what_was_received(kantor: Kantor, masuk: Client) -> None:
    kirim(masuk, kantor.slot, berkas.unggahan(berkas.pdf()))
    response = kirim(masuk, kantor.slot, **{"alasan-2025-05-31": SEBAB})
    assert response.url == reverse("slot", args=[kantor.slot.pk])
    assert Submission.objects.waiting().get().isi.get().alasan_tanggal == SEBAB
    assert Evidence.objects.count() == 1


def test_a_draft_may_be_kept_without_the_sentence(kantor: Kantor, masuk: Client) -> None:
    response = kirim(masuk, kantor.slot, berkas.unggahan(berkas.pdf()), aksi="simpan")
    assert response.url == reverse("unggah", args=[kantor.slot.pk])
    assert TANYA in masuk.get(response.url).content.decode()


@pytest.mark.parametrize("aksi", ["", "lain", None])
def test_a_form_that_does_not_say_what_to_do_is_kept_whole(
    kantor: Kantor, masuk: Client, aksi: str | None
) -> None:
    isian = {
        "judul": "Laporan WBS",
        "tanggal_dokumen": f"{LUAR}",
        "pesan": "Mohon reviu.",
        **({} if aksi is None else {"aksi": aksi}),
    }
    kirim(masuk, kantor.slot, berkas.unggahan(berkas.pdf()), aksi="simpan")
    alamat = reverse("unggah", args=[kantor.slot.pk])
    files = [berkas.unggahan(berkas.gambar(), "Foto.jpg")]
    response = masuk.post(alamat, {**isian, "alasan-2025-05-31": SEBAB, "berkas": files})
    assert (response.status_code, response.url) == (302, alamat)
    draf = Submission.objects.get()
    assert (draf.dikirim_pada, draf.pesan, draf.evidence.count()) == (None, "Mohon reviu.", 2)
    assert alasan_tersimpan(kantor)[0] == SEBAB


def test_what_was_typed_for_one_date_stays_while_another_is_asked_for(kantor: Kantor, masuk: Client) -> None:
    kirim(masuk, kantor.slot, berkas.unggahan(berkas.pdf()))
    lain = {"tautan": "https://kpu.go.id/lain", "tanggal_dokumen": "2025-07-01", "alasan-2025-05-31": SEBAB}
    isi = kirim(masuk, kantor.slot, **lain).content.decode()
    assert f">{SEBAB}</textarea>" in isi
    assert isi.count("Tulis satu kalimat: mengapa dokumen ini tetap dipakai?") == 1
    assert alasan_tersimpan(kantor) == [SEBAB, ""]


def test_a_sentence_that_is_too_long_comes_back_as_it_was_typed(kantor: Kantor, masuk: Client) -> None:
    kirim(masuk, kantor.slot, berkas.unggahan(berkas.pdf()))
    isi = kirim(masuk, kantor.slot, **{"alasan-2025-05-31": "a" * 501}).content.decode()
    assert "a" * 501 in isi
    assert "Alasan paling panjang 500 huruf. Pendekkan." in isi


def test_no_question_where_the_date_is_inside(kantor: Kantor, masuk: Client) -> None:
    response = kirim(masuk, kantor.slot, berkas.unggahan(berkas.pdf()), tanggal_dokumen=f"{DALAM}")
    assert response.url == reverse("slot", args=[kantor.slot.pk])


def test_the_script_gets_the_question_with_the_draft(kantor: Kantor, masuk: Client) -> None:
    response = kirim(masuk, kantor.slot, berkas.unggahan(berkas.pdf()), aksi="terima")
    assert response.status_code == 200
    assert 'name="alasan-2025-05-31" form="unggah"' in response.json()["draf"]


def test_a_piece_from_the_library_is_asked_about(kantor: Kantor, masuk: Client) -> None:
    lama = make_tautan(kantor.satker, kantor.anggota, tanggal=LUAR)
    use_again(slot=kantor.slot, evidence=[lama], by=kantor.anggota)
    assert kirim(masuk, kantor.slot, tanggal_dokumen="").status_code == 422
    response = kirim(masuk, kantor.slot, tanggal_dokumen="", **{"alasan-2025-05-31": SEBAB})
    assert response.status_code == 302


# --- The pages of who looks ---


@pytest.mark.parametrize("siapa", ["anggota", "tpi"])
def test_the_slot_shows_the_warning_and_the_sentence(kantor: Kantor, client: Client, siapa: str) -> None:
    terkirim(kantor)
    client.force_login(getattr(kantor, siapa))
    isi = client.get(reverse("slot", args=[kantor.slot.pk])).content.decode()
    assert "Dokumen bertanggal 31 Mei 2025, tenggat ini untuk" in isi
    assert SEBAB in isi


def test_tpi_reads_the_sentence_beside_the_piece(kantor: Kantor, client: Client) -> None:
    kiriman = terkirim(kantor)
    client.force_login(kantor.tpi)
    isi = client.get(reverse("reviu", args=[kiriman.pk])).content.decode()
    assert "Dokumen bertanggal 31 Mei 2025, tenggat ini untuk" in isi
    assert SEBAB in isi


def test_at_the_decision_every_date_outside_is_told_whichever_piece_is_open(
    kantor: Kantor, client: Client
) -> None:
    draf = draf_bertanggal(kantor, DALAM, LUAR)
    explain_dates(submission=draf, by=kantor.anggota, alasan={LUAR: SEBAB}, at=AGUSTUS)
    send(submission=draf, by=kantor.anggota, at=AGUSTUS)
    client.force_login(kantor.tpi)
    terbuka, putusan = client.get(reverse("reviu", args=[draf.pk])).content.decode().split('id="putusan"')
    assert "Dokumen bertanggal" not in terbuka
    assert "Dokumen bertanggal 31 Mei 2025, tenggat ini untuk" in putusan
    assert SEBAB in putusan


def test_the_piece_tells_it_with_each_use(kantor: Kantor, client: Client) -> None:
    kiriman = terkirim(kantor)
    client.force_login(kantor.anggota)
    assert SEBAB in client.get(reverse("bukti", args=[kiriman.evidence.get().pk])).content.decode()


def test_the_sentence_of_what_is_rahasia_is_not_told(kantor: Kantor, client: Client) -> None:
    terkirim(kantor, rahasia=True)
    client.force_login(make_member(kantor.satker, area=(2,)))
    assert SEBAB not in client.get(reverse("slot", args=[kantor.slot.pk])).content.decode()


def test_beside_what_is_rahasia_the_same_sentence_is_not_told(kantor: Kantor, client: Client) -> None:
    """It is of the date, so it may speak of either."""
    draf = draf_bertanggal(kantor, LUAR)
    lain = make_tautan(kantor.satker, kantor.anggota, tanggal=LUAR, rahasia=True)
    put_in_draft(submission=draf, evidence=[lain], by=kantor.anggota)
    explain_dates(submission=draf, by=kantor.anggota, alasan={LUAR: SEBAB}, at=AGUSTUS)
    send(submission=draf, by=kantor.anggota, at=AGUSTUS)
    terbuka = draf.evidence.get(rahasia=False)
    client.force_login(make_member(kantor.satker, area=(2,)))
    for alamat in (reverse("slot", args=[kantor.slot.pk]), reverse("bukti", args=[terbuka.pk])):
        isi = client.get(alamat).content.decode()
        assert SEBAB not in isi
        assert "(catatan atas bukti rahasia)" in isi


def test_inside_the_period_nothing_is_said(kantor: Kantor, client: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    client.force_login(kantor.tpi)
    for alamat in (reverse("slot", args=[kantor.slot.pk]), reverse("reviu", args=[kiriman.pk])):
        assert "tenggat ini untuk" not in client.get(alamat).content.decode()
