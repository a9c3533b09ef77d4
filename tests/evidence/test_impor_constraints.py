"""Each rule of a batch and of its lines, broken once past forms and services."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Peran, User
from actionplan.models import Kebutuhan
from evidence.models import BarisImpor, Evidence, Impor
from tests.factories import make_member, make_slot, make_tautan, wib

pytestmark = pytest.mark.django_db
KINI = wib(2025, 6, 20)


@pytest.fixture
def slot() -> Kebutuhan:
    return make_slot()


@pytest.fixture
def orang(slot) -> User:
    return make_member(slot.tenggat.indikator.komponen.area.rencana.satker, Peran.KETUA_TIM)


def isian_impor(slot: Kebutuhan, orang: User, **ganti: object) -> dict[str, object]:
    rencana = slot.tenggat.indikator.komponen.area.rencana
    return {
        "rencana": rencana,
        "nama_sumber": "Drive",
        "oleh": orang,
        "dibuat_pada": KINI,
        "kedaluwarsa_pada": KINI,
        **ganti,
    }


@pytest.fixture
def impor(slot, orang) -> Impor:
    return Impor.objects.create(**isian_impor(slot, orang))


def isian_baris(impor: Impor, **ganti: object) -> dict[str, object]:
    return {"impor": impor, "urutan": 1, "jalur": "a.pdf", "nama_berkas": "a.pdf", **ganti}


def refused(constraint: str, model: type, **fields: object) -> None:
    with pytest.raises(IntegrityError) as galat, transaction.atomic():
        model.objects.create(**fields)
    assert constraint in str(galat.value) or "UNIQUE" in str(galat.value)


def test_a_batch_has_a_source(slot, orang) -> None:
    refused("impor_bersumber", Impor, **isian_impor(slot, orang, nama_sumber=""))


@pytest.mark.parametrize(
    ("constraint", "kolom"),
    [
        ("impor_penyimpan_dan_waktunya", "menyimpan"),
        ("impor_pengonfirmasi_dan_waktunya", "dikonfirmasi"),
        ("impor_pembatal_dan_waktunya", "dibatalkan"),
    ],
)
def test_who_and_when_come_together(slot, orang, constraint: str, kolom: str) -> None:
    isian = isian_impor(slot, orang, dibaca_pada=KINI)
    refused(constraint, Impor, **isian, **{f"{kolom}_pada": KINI})
    refused(constraint, Impor, **isian, **{f"{kolom}_oleh": orang})


@pytest.mark.parametrize("lain", [{"dibaca_pada": None}, {"dibatalkan": True}])
def test_only_what_was_read_and_not_cancelled_is_confirmed(slot, orang, lain) -> None:
    batal = {"dibatalkan_oleh": orang, "dibatalkan_pada": KINI} if lain.pop("dibatalkan", False) else {}
    isian = {"dibaca_pada": KINI, "dikonfirmasi_oleh": orang, "dikonfirmasi_pada": KINI, **lain, **batal}
    refused("impor_dikonfirmasi_sesudah_dibaca", Impor, **isian_impor(slot, orang, **isian))


DIBACA = {"dibaca_pada": KINI, "sha256": "a" * 64, "judul": "Laporan"}
AMBIL = {**DIBACA, "putusan": "ambil", "tanggal_dokumen": KINI.date()}


@pytest.mark.parametrize(
    ("constraint", "rusak", "dengan_slot"),
    [
        ("barisimpor_keyakinan_dikenal", {"keyakinan": "mungkin"}, False),
        ("barisimpor_putusan_dikenal", {"putusan": "nanti"}, False),
        ("barisimpor_pindai_dikenal", {"pindai": "entah"}, False),
        ("barisimpor_dibaca_atau_bermasalah", {"dibaca_pada": KINI}, False),
        ("barisimpor_pasti_berusul", {**DIBACA, "keyakinan": "pasti"}, False),
        ("barisimpor_diambil_bertempat", AMBIL, False),
        ("barisimpor_diambil_bertanggal", {**AMBIL, "tanggal_dokumen": None}, True),
        ("barisimpor_diambil_utuh", {**AMBIL, "masalah": "Rusak."}, True),
        ("barisimpor_diambil_utuh", {**AMBIL, "judul": ""}, True),
        ("barisimpor_diambil_utuh", {**AMBIL, "dibaca_pada": None}, True),
    ],
)
def test_a_line_keeps_its_promises(impor, slot, constraint: str, rusak: dict, dengan_slot: bool) -> None:
    refused(
        constraint, BarisImpor, **isian_baris(impor, **rusak, **({"slot_id": slot.pk} if dengan_slot else {}))
    )


def test_a_proposal_says_why(impor, slot) -> None:
    refused("barisimpor_usul_beralasan", BarisImpor, **isian_baris(impor, **DIBACA, usul_id=slot.pk))


def test_only_what_is_taken_becomes_evidence(impor, slot, orang) -> None:
    bukti: Evidence = make_tautan(impor.rencana.satker, orang, tanggal=KINI.date())
    refused("barisimpor_bukti_hanya_yang_diambil", BarisImpor, **isian_baris(impor, **DIBACA, evidence=bukti))


def test_a_line_is_not_its_own_duplicate(impor) -> None:
    baris = BarisImpor.objects.create(**isian_baris(impor))
    with pytest.raises(IntegrityError, match="barisimpor_tidak_sama_dengan_diri"), transaction.atomic():
        BarisImpor.objects.filter(pk=baris.pk).update(sama_dalam_impor=baris)


@pytest.mark.parametrize("sama", [{"urutan": 1, "jalur": "b.pdf"}, {"urutan": 2, "jalur": "a.pdf"}])
def test_a_place_and_a_path_stand_once_in_a_batch(impor, sama) -> None:
    BarisImpor.objects.create(**isian_baris(impor))
    with pytest.raises(IntegrityError), transaction.atomic():
        BarisImpor.objects.create(**isian_baris(impor, **sama))


@pytest.mark.parametrize("akhir", ["dikonfirmasi", "dibatalkan"])
def test_what_is_over_is_never_changed(impor, orang, akhir: str) -> None:
    baris = BarisImpor.objects.create(**isian_baris(impor))
    Impor.objects.update(dibaca_pada=timezone.now())
    Impor.objects.update(**{f"{akhir}_oleh": orang, f"{akhir}_pada": timezone.now()})
    for act in (
        lambda: Impor.objects.update(nama_sumber="lain"),
        lambda: BarisImpor.objects.update(judul="lain"),
        lambda: BarisImpor.objects.create(**isian_baris(impor, urutan=2, jalur="b.pdf")),
    ):
        with pytest.raises(IntegrityError, match="tidak dapat diubah"), transaction.atomic():
            act()
    assert BarisImpor.objects.get().pk == baris.pk


@pytest.mark.parametrize("model", [Impor, BarisImpor])
def test_nothing_of_it_is_deleted(impor, model) -> None:
    BarisImpor.objects.create(**isian_baris(impor))
    with pytest.raises(IntegrityError, match="tidak dapat dihapus"), transaction.atomic():
        model.objects.all()._raw_delete("default")
