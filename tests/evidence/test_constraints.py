"""Each rule of one row, broken once past forms and services."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from evidence.models import (
    BerkasTersimpan,
    Evidence,
    PembukaanRahasia,
    Penghapusan,
    PeriksaTautan,
    Review,
    Submission,
    SubmissionEvidence,
)
from tests.evidence.conftest import Kantor
from tests.factories import make_draft, make_sent, wib

HARI = dt.date(2025, 6, 20)
KAPAN = wib(2025, 6, 20)
_nomor = itertools.count(1)


def refused(constraint: str, model: type, **fields: object) -> None:
    """By that constraint: PostgreSQL and SQLite name a check, only PostgreSQL a unique one."""
    with pytest.raises(IntegrityError) as galat, transaction.atomic():
        model.objects.create(**fields)
    assert constraint in str(galat.value) or "UNIQUE" in str(galat.value)


def bukti(kantor: Kantor, **fields: object) -> dict[str, object]:
    isian = {"jenis": "tautan", "judul": "Laman", "tautan": "https://kpu.go.id/", "tanggal_dokumen": HARI}
    return {
        **isian,
        "satker": kantor.satker,
        "nomor": next(_nomor),
        "diunggah_oleh": kantor.anggota,
        "diunggah_pada": KAPAN,
        **fields,
    }


def simpanan(kantor: Kantor) -> BerkasTersimpan:
    isian = {"nama": "bukti/1/aa/aa", "ukuran": 1, "tipe": "application/pdf", "disimpan_pada": KAPAN}
    return BerkasTersimpan.objects.get_or_create(satker=kantor.satker, sha256="a" * 64, defaults=isian)[0]


UTUH = {
    "jenis": "berkas",
    "tautan": "",
    "berkas": "bukti/1/aa/aa",
    "nama_berkas": "a.pdf",
    "tipe": "application/pdf",
    "ukuran": 1,
    "sha256": "a" * 64,
}


@pytest.mark.parametrize(
    "rusak",
    [
        {"jenis": "lain"},
        {"tautan": ""},
        {"berkas": "bukti/1/aa/aa"},
        {**UTUH, "berkas": ""},
        {**UTUH, "nama_berkas": ""},
        {**UTUH, "tipe": ""},
        {**UTUH, "sha256": ""},
        {**UTUH, "ukuran": 0},
        {**UTUH, "ukuran": None},
        {**UTUH, "tautan": "https://kpu.go.id/"},
    ],
)
def test_evidence_is_a_whole_file_or_a_link(kantor: Kantor, rusak: dict) -> None:
    if rusak.get("jenis") == "berkas":
        rusak = {**rusak, "simpanan": simpanan(kantor)}
    Evidence.objects.create(**bukti(kantor, **UTUH, simpanan=simpanan(kantor)))
    refused("evidence_berkas_atau_tautan", Evidence, **bukti(kantor, **rusak))


def test_a_file_always_has_its_stored_file_and_a_link_never(kantor: Kantor) -> None:
    Evidence.objects.create(**bukti(kantor))
    refused("evidence_berkas_tersimpan", Evidence, **bukti(kantor, **UTUH))
    refused("evidence_berkas_tersimpan", Evidence, **bukti(kantor, simpanan=simpanan(kantor)))


def test_every_piece_has_its_number(kantor: Kantor) -> None:
    refused("nomor", Evidence, **bukti(kantor, nomor=None))


def test_the_copy_of_a_link_is_a_pdf(kantor: Kantor) -> None:
    asal = Evidence.objects.create(**bukti(kantor))
    berkas = {**UTUH, "simpanan": simpanan(kantor), "salinan_dari": asal}
    Evidence.objects.create(**bukti(kantor, **berkas))
    refused("evidence_salinan_berupa_pdf", Evidence, **bukti(kantor, salinan_dari=asal))
    refused("evidence_salinan_berupa_pdf", Evidence, **bukti(kantor, **{**berkas, "tipe": "image/png"}))
    diri = {**UTUH, "simpanan": simpanan(kantor), "pk": 77, "salinan_dari_id": 77}
    refused("evidence_salinan_berupa_pdf", Evidence, **bukti(kantor, **diri))


@pytest.mark.parametrize(
    ("fields", "kata"),
    [
        ({"nomor": None}, "Setiap bukti bernomor tanda terima."),
        ({**UTUH}, "Berkas harus tercatat di penyimpanan; tautan tidak menyimpan berkas."),
    ],
)
def test_a_broken_promise_is_told_in_words(kantor: Kantor, fields: dict, kata: str) -> None:
    with pytest.raises(ValidationError, match=kata):
        Evidence(**bukti(kantor, **fields)).full_clean()


def test_evidence_has_a_title(kantor: Kantor) -> None:
    refused("evidence_berjudul", Evidence, **bukti(kantor, judul=""))


def test_evidence_does_not_replace_itself(kantor: Kantor) -> None:
    refused("evidence_tidak_menggantikan_diri", Evidence, **bukti(kantor, pk=77, menggantikan_id=77))


@pytest.mark.parametrize(
    ("constraint", "rusak"),
    [
        ("berkastersimpan_pindai_dikenal", {"pindai": "entah"}),
        ("berkastersimpan_teks_dikenal", {"teks_keadaan": "entah"}),
        ("berkastersimpan_diblokir_karena", {"pindai": "diblokir"}),
        ("berkastersimpan_ancaman_diblokir", {"pindai": "bersih", "ancaman": "Eicar"}),
        ("berkastersimpan_ancaman_diblokir", {"ancaman": "Eicar"}),
    ],
)
def test_what_was_found_out_of_a_file_is_one_of_its_words(
    kantor: Kantor, constraint: str, rusak: dict
) -> None:
    isian = {"sha256": "b" * 64, "nama": "bukti/1/bb/bb", "ukuran": 1, "tipe": "application/pdf"}
    refused(constraint, BerkasTersimpan, satker=kantor.satker, disimpan_pada=KAPAN, **isian, **rusak)


def test_how_a_rahasia_piece_was_opened_is_one_of_its_words(kantor: Kantor) -> None:
    asal = Evidence.objects.create(**bukti(kantor))
    refused(
        "pembukaan_cara_dikenal", PembukaanRahasia, evidence=asal, oleh=kantor.tpi, pada=KAPAN, cara="fax"
    )


def test_what_a_link_answered_is_one_of_its_words(kantor: Kantor) -> None:
    asal = Evidence.objects.create(**bukti(kantor))
    refused("periksa_hasil_dikenal", PeriksaTautan, evidence=asal, diperiksa_pada=KAPAN, hasil="entah")


def test_erasure_is_asked_for_by_one_of_two(kantor: Kantor) -> None:
    isian = {"simpanan": simpanan(kantor), "sha256": "a" * 64, "dasar": "UU 27/2022", "diminta_pada": KAPAN}
    refused(
        "penghapusan_peminta_dikenal",
        Penghapusan,
        **isian,
        diminta_oleh=kantor.tpi,
        diminta_sebagai="anggota",
    )


def kiriman(kantor: Kantor, **fields: object) -> dict[str, object]:
    return {
        "kebutuhan": kantor.slot,
        "putaran": 1,
        "dibuat_oleh": kantor.anggota,
        "dibuat_pada": KAPAN,
        **fields,
    }


def test_a_round_has_its_own_number(kantor: Kantor) -> None:
    Submission.objects.create(**kiriman(kantor, ditutup_pada=KAPAN))
    refused("submission_putaran_unik_per_kebutuhan", Submission, **kiriman(kantor))


def test_one_round_is_open_for_a_slot(kantor: Kantor) -> None:
    Submission.objects.create(**kiriman(kantor))
    refused("submission_satu_terbuka_per_kebutuhan", Submission, **kiriman(kantor, putaran=2))


@pytest.mark.parametrize("separuh", ["dikirim_oleh", "dikirim_pada"])
def test_sender_and_time_go_together(kantor: Kantor, separuh: str) -> None:
    nilai = {"dikirim_oleh": kantor.anggota, "dikirim_pada": KAPAN}[separuh]
    refused("submission_pengirim_dan_waktunya", Submission, **kiriman(kantor, **{separuh: nilai}))


@pytest.mark.parametrize("kurang", ["ditarik_oleh", "ditarik_pada", "ditutup_pada"])
def test_withdrawer_time_and_closing_go_together(kantor: Kantor, kurang: str) -> None:
    ditarik = {"ditarik_oleh": kantor.anggota, "ditarik_pada": KAPAN, "ditutup_pada": KAPAN, kurang: None}
    refused("submission_penarik_dan_waktunya", Submission, **kiriman(kantor, **ditarik))


def test_nothing_is_sent_before_it_is_begun(kantor: Kantor) -> None:
    dini = {"dikirim_oleh": kantor.anggota, "dikirim_pada": KAPAN - dt.timedelta(seconds=1)}
    refused("submission_dikirim_sesudah_dibuat", Submission, **kiriman(kantor, **dini))


def test_a_piece_is_in_a_round_once(kantor: Kantor) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=KAPAN)
    refused("isi_kiriman_tanpa_kembar", SubmissionEvidence, submission=draf, evidence=draf.evidence.get())


@pytest.mark.parametrize(
    ("constraint", "rusak"),
    [
        ("review_keputusan_dikenal", {"keputusan": "lumayan"}),
        ("review_perbaikan_bercatatan", {"keputusan": "perbaikan", "catatan": ""}),
        ("review_sesuai_bertanggal_dokumen", {"tanggal_dokumen": None}),
    ],
)
def test_a_decision_is_whole(kantor: Kantor, constraint: str, rusak: dict) -> None:
    terkirim = make_sent(kantor.slot, kantor.anggota, at=KAPAN)
    isian = {
        "keputusan": "sesuai",
        "tanggal_dokumen": HARI,
        "diputus_oleh": kantor.tpi,
        "diputus_pada": KAPAN,
    }
    refused(constraint, Review, submission=terkirim, **{**isian, **rusak})
