"""The database keeps what may not change, whatever door is tried. The flush of transactional tests is in conftest."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from accounts.models import Membership, Peran
from accounts.pemicu import Pemicu
from evidence.models import BarisImpor, Impor, Review, Submission, SubmissionEvidence
from evidence.services import discard_draft
from monev.models import Penandatangan
from monev.penandatangan import cancel_penandatangan
from monev.services import save_realisasi
from tests.factories import (
    make_draft,
    make_member,
    make_review,
    make_satker,
    make_sent,
    make_slot,
    make_tautan,
    make_user,
    wib,
)

pytestmark = pytest.mark.django_db


def triggers_of_migrations() -> set[str]:
    """What the migrations' `pemicu` operations hold in their closures."""
    names = set()
    for migration in MigrationLoader(connection).disk_migrations.values():
        for operation in migration.operations:
            for cell in getattr(getattr(operation, "code", None), "__closure__", None) or ():
                if isinstance(cell.cell_contents, tuple):
                    names |= {t.name for t in cell.cell_contents if isinstance(t, Pemicu)}
    return names


def triggers_in_database() -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def refused(act: object) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()  # type: ignore[operator]
    return str(error.value)


def test_every_trigger_of_the_migrations_is_in_the_database() -> None:
    assert len(triggers_of_migrations()) > 30
    assert triggers_of_migrations() - triggers_in_database() == set()


@pytest.fixture
def slot():
    return make_slot()


@pytest.fixture
def anggota(slot):
    return make_member(slot.tenggat.indikator.komponen.area.rencana.satker)


@pytest.fixture
def tpi(slot):
    return make_member(slot.tenggat.indikator.komponen.area.rencana.satker, Peran.TPI)


@pytest.mark.parametrize(
    "model",
    ["RencanaAksi", "Area", "Komponen", "Indikator", "BuktiFisik", "Tenggat", "Kebutuhan"],
)
def test_the_decreed_plan_is_neither_changed_nor_deleted(slot, model: str) -> None:
    rows = apps.get_model("actionplan", model).objects
    column = {"RencanaAksi": "judul", "Area": "nama", "Komponen": "nama", "Tenggat": "label"}.get(
        model, "uraian"
    )
    change = {"tenggat_id": slot.tenggat_id} if model == "Kebutuhan" else {column: "lain"}
    assert "tidak dapat diubah" in refused(lambda: rows.update(**change))
    assert "tidak dapat dihapus" in refused(lambda: rows.all()._raw_delete("default"))


def raw_delete(row: Model) -> None:
    type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")


def test_a_sent_round_is_frozen(slot, anggota) -> None:
    sent = make_sent(slot, anggota, at=wib(2025, 6, 2))
    rounds = Submission.objects.filter(pk=sent.pk)
    assert "tidak dapat diubah" in refused(lambda: rounds.update(pesan="lain"))
    assert "tidak dapat diubah" in refused(lambda: rounds.update(dikirim_pada=wib(2025, 6, 1)))
    assert "tidak dapat dihapus" in refused(lambda: raw_delete(sent))


def test_the_pieces_of_a_sent_round_are_frozen(slot, anggota) -> None:
    sent = make_sent(slot, anggota, at=wib(2025, 6, 2))
    other = make_tautan(sent.evidence.get().satker, anggota, tanggal=dt.date(2025, 6, 1))
    assert "tidak dapat diubah" in refused(lambda: raw_delete(sent.isi.get()))
    add = lambda: SubmissionEvidence.objects.create(submission=sent, evidence=other)  # noqa: E731
    assert "tidak dapat diubah" in refused(add)


def test_no_piece_is_moved_into_a_sent_round(slot, anggota) -> None:
    sent = make_sent(slot, anggota, at=wib(2025, 6, 2))
    rencana = slot.tenggat.indikator.komponen.area.rencana
    draft = make_draft(make_slot(rencana), anggota, at=wib(2025, 6, 3))
    move = lambda: draft.isi.update(submission=sent)  # noqa: E731
    assert "yang sudah dikirim tidak dapat diubah" in refused(move)


def test_a_piece_of_another_office_is_in_no_round(slot, anggota) -> None:
    draft = make_draft(slot, anggota, at=wib(2025, 6, 2))
    asing = make_tautan(make_satker(), anggota, tanggal=dt.date(2025, 6, 1))
    add = lambda: SubmissionEvidence.objects.create(submission=draft, evidence=asing)  # noqa: E731
    assert "satker lain" in refused(add)
    assert "satker lain" in refused(lambda: draft.isi.update(evidence=asing))
    sendiri = make_tautan(draft.evidence.get().satker, anggota, tanggal=dt.date(2025, 6, 1))
    draft.isi.update(evidence=sendiri)
    assert draft.evidence.get() == sendiri


def test_a_discarded_draft_is_never_sent(slot, anggota) -> None:
    draft = make_draft(slot, anggota, at=wib(2025, 6, 2))
    discard_draft(submission=draft, by=anggota, at=wib(2025, 6, 3))
    same = Submission.objects.filter(pk=draft.pk)
    sent = {"dikirim_oleh": anggota, "dikirim_pada": wib(2025, 6, 4)}
    assert "ditutup tidak dapat diubah" in refused(lambda: same.update(**sent))
    assert "ditutup tidak dapat diubah" in refused(lambda: same.update(pesan="lain"))


@pytest.mark.parametrize("kolom", ["kebutuhan", "putaran", "dibuat_pada", "alasan_buka_kembali"])
def test_where_a_draft_comes_from_stays(slot, anggota, kolom: str) -> None:
    draft = make_draft(slot, anggota, at=wib(2025, 6, 2))
    lain = {
        "kebutuhan": make_slot(),
        "putaran": 7,
        "dibuat_pada": wib(2025, 6, 1),
        "alasan_buka_kembali": "x",
    }
    same = Submission.objects.filter(pk=draft.pk)
    assert "sebuah kiriman tidak dapat diubah" in refused(lambda: same.update(**{kolom: lain[kolom]}))


def begin(slot, by: object, **fields: object) -> Submission:
    isian = {"putaran": 9, "dibuat_oleh": by, "dibuat_pada": wib(2025, 6, 9), **fields}
    return Submission.objects.create(kebutuhan_id=slot.pk, **isian)


@pytest.mark.parametrize("alasan", ["", "  "])
def test_after_sesuai_no_round_is_begun_without_a_reason(slot, anggota, tpi, alasan: str) -> None:
    make_review(make_sent(slot, anggota, at=wib(2025, 6, 2)), tpi, at=wib(2025, 6, 3))
    assert "Tulis alasan" in refused(lambda: begin(slot, anggota, alasan_buka_kembali=alasan))
    begin(slot, anggota, alasan_buka_kembali="Salah berkas.")


def test_after_perlu_perbaikan_a_round_needs_no_reason(slot, anggota, tpi) -> None:
    make_review(make_sent(slot, anggota, at=wib(2025, 6, 2)), tpi, at=wib(2025, 6, 3), keputusan="perbaikan")
    begin(slot, anggota)


def test_a_discarded_draft_does_not_hide_sesuai_and_a_later_decision_does(slot, anggota, tpi) -> None:
    sent = make_sent(slot, anggota, at=wib(2025, 6, 2))
    make_review(sent, tpi, at=wib(2025, 6, 3))
    draft = make_draft(slot, anggota, at=wib(2025, 6, 4), alasan="Salah berkas.")
    discard_draft(submission=draft, by=anggota, at=wib(2025, 6, 5))
    assert "Tulis alasan" in refused(lambda: begin(slot, anggota))
    Review.objects.create(
        submission=sent, keputusan="perbaikan", catatan="X", diputus_oleh=tpi, diputus_pada=wib(2025, 6, 6)
    )
    begin(slot, anggota)


def test_no_line_is_moved_into_a_batch_that_is_over(slot, anggota) -> None:
    rencana, kini = slot.tenggat.indikator.komponen.area.rencana, wib(2025, 6, 2)
    isian = {"rencana": rencana, "nama_sumber": "Drive", "oleh": anggota}
    isian |= {"dibuat_pada": kini, "kedaluwarsa_pada": kini}
    selesai = Impor.objects.create(**isian, dibatalkan_oleh=anggota, dibatalkan_pada=kini)
    terbuka = [Impor.objects.create(**isian) for _ in range(2)]
    BarisImpor.objects.create(impor=terbuka[0], urutan=1, jalur="a.pdf", nama_berkas="a.pdf")
    assert "tidak dapat diubah" in refused(lambda: BarisImpor.objects.update(impor=selesai))
    BarisImpor.objects.update(impor=terbuka[1])


def test_a_draft_may_still_change(slot, anggota) -> None:
    draft = make_draft(slot, anggota, at=wib(2025, 6, 2))
    Submission.objects.filter(pk=draft.pk).update(pesan="lain")
    draft.isi.get().delete()
    assert Submission.objects.get().pesan == "lain"


def test_a_closed_round_stays_closed(slot, anggota, tpi) -> None:
    sent = make_sent(slot, anggota, at=wib(2025, 6, 2))
    make_review(sent, tpi, at=wib(2025, 6, 3))
    reopen = lambda: Submission.objects.filter(pk=sent.pk).update(ditutup_pada=None)  # noqa: E731
    assert "tidak dapat dibuka lagi" in refused(reopen)


def test_evidence_is_neither_changed_nor_deleted(slot, anggota) -> None:
    piece = make_draft(slot, anggota, at=wib(2025, 6, 2)).evidence.get()
    same = type(piece).objects.filter(pk=piece.pk)
    assert "tidak dapat diubah" in refused(lambda: same.update(tanggal_dokumen=dt.date(2025, 1, 1)))
    assert "tidak dapat diubah" in refused(lambda: same.update(rahasia=True))
    assert "tidak dapat dihapus" in refused(lambda: raw_delete(piece))


def test_a_decision_is_neither_changed_nor_deleted(slot, anggota, tpi) -> None:
    decision = make_review(make_sent(slot, anggota, at=wib(2025, 6, 2)), tpi, at=wib(2025, 6, 3))
    same = Review.objects.filter(pk=decision.pk)
    assert "tidak dapat diubah" in refused(lambda: same.update(catatan="lain"))
    assert "tidak dapat dihapus" in refused(lambda: raw_delete(decision))


def decide(submission: Submission, by: object) -> Review:
    return Review.objects.create(
        submission=submission,
        keputusan="sesuai",
        tanggal_dokumen=dt.date(2025, 6, 1),
        diputus_oleh=by,
        diputus_pada=wib(2025, 6, 3),
    )


def test_nobody_decides_on_what_they_sent_or_uploaded(slot, anggota) -> None:
    sender = make_member(anggota.memberships.get().satker)
    draft = make_draft(slot, anggota, at=wib(2025, 6, 2))
    Submission.objects.filter(pk=draft.pk).update(dikirim_oleh=sender, dikirim_pada=wib(2025, 6, 2, 10))
    for own in (anggota, sender):
        assert "sendiri" in refused(lambda own=own: decide(draft, own))


def test_only_a_sent_round_is_decided(slot, anggota, tpi) -> None:
    draft = make_draft(slot, anggota, at=wib(2025, 6, 2))
    assert "yang sudah dikirim" in refused(lambda: decide(draft, tpi))


def test_realisasi_is_neither_changed_nor_deleted(slot, anggota) -> None:
    said = save_realisasi(tenggat=slot.tenggat, by=anggota, uraian="Rapat.", at=wib(2025, 6, 2))
    same = type(said).objects.filter(pk=said.pk)
    assert "tidak dapat diubah" in refused(lambda: same.update(uraian="lain"))
    assert "tidak dapat dihapus" in refused(lambda: raw_delete(said))


def test_a_signatory_is_cancelled_once_and_not_deleted(slot, anggota) -> None:
    satker, operator = anggota.memberships.get().satker, make_user(is_staff=True)
    orang = Penandatangan.objects.create(
        satker=satker, fungsi="pembuat", jabatan="J", nama="N", mulai=dt.date(2025, 1, 1)
    )
    same = Penandatangan.objects.filter(pk=orang.pk)
    same.update(selesai=dt.date(2025, 6, 30))
    assert "tidak dapat dihapus" in refused(lambda: raw_delete(orang))
    cancel_penandatangan(orang, alasan="Salah orang.", by=operator)
    assert "tidak dapat diubah" in refused(
        lambda: same.update(dibatalkan_oleh=None, dibatalkan_pada=None, alasan_batal="")
    )
    assert "tidak dapat diubah" in refused(lambda: same.update(nama="Lain"))


@pytest.mark.parametrize(
    "lain",
    [
        {"fungsi": "mengetahui"},
        {"sebutan": "Plt."},
        {"jabatan": "Lain"},
        {"nama": "Lain"},
        {"nip": "1" * 18},
        {"mulai": dt.date(2025, 2, 1)},
        {"satker_id": 0},
    ],
    ids=str,
)
def test_who_signs_is_not_rewritten(slot, lain: dict) -> None:
    satker = slot.tenggat.indikator.komponen.area.rencana.satker
    Penandatangan.objects.create(
        satker=satker, fungsi="pembuat", jabatan="J", nama="N", mulai=dt.date(2025, 1, 1)
    )
    assert "batalkan, lalu catat" in refused(lambda: Penandatangan.objects.update(**lain))


def test_the_history_of_who_signs_is_only_added_to(slot) -> None:
    satker = slot.tenggat.indikator.komponen.area.rencana.satker
    Penandatangan.objects.create(
        satker=satker, fungsi="pembuat", jabatan="J", nama="N", mulai=dt.date(2025, 1, 1)
    )
    assert "tidak dapat diubah" in refused(lambda: Penandatangan.history.update(nama="Lain"))
    assert "tidak dapat dihapus" in refused(lambda: Penandatangan.history.all()._raw_delete("default"))


def test_team_and_tpi_on_the_same_day_is_refused_by_the_database(slot, anggota) -> None:
    lama = anggota.memberships.get()
    Membership.objects.filter(pk=lama.pk).update(selesai=dt.date(2025, 5, 31))
    jadi_tpi = {"user": anggota, "satker": lama.satker, "peran": Peran.TPI}
    assert "TPI" in refused(lambda: Membership.objects.create(**jadi_tpi, mulai=dt.date(2025, 5, 31)))
    Membership.objects.create(**jadi_tpi, mulai=dt.date(2025, 6, 1))
    assert "TPI" in refused(lambda: Membership.objects.filter(pk=lama.pk).update(selesai=None))


def test_a_membership_is_ended_and_not_deleted(anggota) -> None:
    assert "diakhiri" in refused(lambda: raw_delete(anggota.memberships.get()))


@pytest.mark.parametrize("model", ["Satker", "User", "Membership"])
def test_the_history_of_who_and_what_role_is_only_added_to(anggota, model) -> None:
    rows = apps.get_model("accounts", f"Historical{model}").objects.all()
    assert rows.exists()
    assert "tidak dapat diubah" in refused(lambda: rows.update(history_type="-"))
    assert "tidak dapat dihapus" in refused(lambda: raw_delete(rows.first()))
