from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.access import Hak, Tindakan, hak
from accounts.querysets import PadaTanggalQuerySet
from accounts.tersusun import Tersusun
from accounts.waktu import akhir_hari_menurut
from evidence.keadaan import DI_TIM, PERINGKAT, Keadaan

if TYPE_CHECKING:
    from accounts.models import User
    from actionplan.models import RencanaAksi
    from evidence.models import BerkasTersimpan

KE_AREA = "kebutuhan__tenggat__indikator__komponen__area"
KE_SATKER = f"{KE_AREA}__rencana__satker"
TERKIRIM = Q(dikirim_pada__isnull=False, ditarik_pada__isnull=True)


def _area_q(orang: Hak, tindakan: Tindakan) -> Q:
    return orang.area_q(tindakan, KE_SATKER, f"{KE_AREA}__nomor")


class BerkasTersimpanQuerySet(models.QuerySet["BerkasTersimpan"]):
    """Stored files; see evidence/pindai.py for which may be served."""

    def diblokir(self) -> Self:
        return self.filter(pindai="diblokir")

    def to_scan(self, sebelum: dt.datetime | None = None) -> Self:
        """Not found clean, or not since `sebelum`."""
        perlu = ~Q(pindai="bersih")
        if sebelum:
            perlu |= Q(dipindai_pada__lt=sebelum)
        return self.filter(perlu, dihapus_pada__isnull=True)

    def to_read(self, ulangi: bool = False) -> Self:
        """Whose text layer nobody has looked at; with `ulangi` those that could not be read, too."""
        keadaan = ["belum", "gagal"] if ulangi else ["belum"]
        return self.filter(teks_keadaan__in=keadaan, dihapus_pada__isnull=True).exclude(pindai="diblokir")

    def one_by_one(self, sekaligus: int = 200) -> Iterator[BerkasTersimpan]:
        """In the order of pk, a few in memory. No cursor stays open: on SQLite it would keep us from writing."""
        terakhir = 0
        while potongan := list(self.filter(pk__gt=terakhir).order_by("pk")[:sekaligus]):
            yield from potongan
            terakhir = potongan[-1].pk


class EvidenceQuerySet(models.QuerySet):
    def diblokir(self) -> Self:
        """Whose file was found bad after it was taken in, and which nobody has withdrawn."""
        return self.filter(simpanan__pindai="diblokir", penarikan__isnull=True)

    def usable(self) -> Self:
        """What may be handed in again: the rule of penarikan.why_unusable."""
        utuh = Q(simpanan__dihapus_pada__isnull=True, simpanan__ancaman="")
        return self.filter(Q(simpanan__isnull=True) | utuh, penarikan__isnull=True)

    def links(self) -> Self:
        """Links that are still offered."""
        return self.filter(jenis="tautan", penarikan__isnull=True)

    def links_to_ask(self, sejak: dt.datetime | None) -> Self:
        """Links not asked since `sejak`; all without it."""
        if sejak is None:
            return self.links()
        ditanya = apps.get_model("evidence", "PeriksaTautan").objects.filter(
            evidence=OuterRef("pk"), diperiksa_pada__gte=sejak
        )
        return self.links().filter(~Exists(ditanya))

    def copies(self) -> Self:
        """PDF copies of links that are still offered, the newest first."""
        return self.usable().filter(salinan_dari__isnull=False).order_by("-pk")

    def with_pemeriksaan(self) -> Self:
        """Annotate what is known of a link: its newest answer (`hasil_tautan`, `keterangan_tautan`,
        `tautan_diperiksa_pada`) and its newest PDF copy (`salinan_kini`, `salinan_pada`)."""
        salinan = apps.get_model("evidence", "Evidence").objects.copies().filter(salinan_dari=OuterRef("pk"))
        terbaru = (
            apps.get_model("evidence", "PeriksaTautan")
            .objects.filter(evidence=OuterRef("pk"))
            .order_by("-diperiksa_pada", "-pk")
        )
        return self.annotate(
            hasil_tautan=Subquery(terbaru.values("hasil")[:1]),
            keterangan_tautan=Subquery(terbaru.values("keterangan")[:1]),
            tautan_diperiksa_pada=Subquery(terbaru.values("diperiksa_pada")[:1]),
            salinan_kini=Subquery(salinan.values("pk")[:1]),
            salinan_pada=Subquery(salinan.values("diunggah_pada")[:1]),
        )

    def of_tahun(self, tahun: int) -> Self:
        """Put in a round of a plan of that year."""
        isi = apps.get_model("evidence", "SubmissionEvidence").objects.filter(
            evidence=OuterRef("pk"), **{f"submission__{KE_AREA}__rencana__tahun": tahun}
        )
        return self.filter(Exists(isi))

    def visible_to(self, user: User) -> Self:
        """Whoever may open one round it is in, and may see rahasia there if it is; in none: uploader, ketua_tim.
        The copy of a link is seen by whoever sees the link; what is to be erased by both who decide on it."""
        tautan = apps.get_model("evidence", "Evidence").objects.filter(pk=OuterRef("salinan_dari"))
        salinan = Q(salinan_dari__isnull=False) & Exists(tautan.filter(_piece_q(user)))
        return self.filter(_piece_q(user) | salinan | _erasure_q(user))


def _piece_q(user: User) -> Q:
    """By the piece's own rounds, or by who brought it."""
    orang = hak(user)
    dipakai = apps.get_model("evidence", "Submission").objects.filter(isi__evidence=OuterRef("pk"))
    terlihat = dipakai.filter(_round_q(orang)).filter(
        _area_q(orang, Tindakan.LIHAT_RAHASIA) | Q(isi__evidence=OuterRef("pk"), isi__evidence__rahasia=False)
    )
    lepas = (Q(diunggah_oleh=user.pk) & orang.satker_q(path="satker__")) | orang.satker_q(
        Tindakan.LIHAT_LEPAS, "satker__"
    )
    return looked_up(terlihat) | (Q(salinan_dari__isnull=True) & ~looked_up(dipakai) & lepas)


def _erasure_q(user: User) -> Q:
    """Whose erasure is asked for or was carried out: nobody agrees to what he cannot see, loose or withdrawn."""
    diminta = apps.get_model("evidence", "Penghapusan").objects.not_called_off()
    boleh = hak(user).satker_q(Tindakan.HAPUS, "satker__")
    return boleh & looked_up(diminta.filter(simpanan=OuterRef("simpanan")))


def looked_up(rows: models.QuerySet) -> Q:
    """Whether there are such rows, asked of one piece after the other until a page is full. Of EXISTS PostgreSQL makes
    a join or a table of all finds first, however few are wanted; a value it can only look up."""
    ada = rows.order_by().annotate(ada=Value(True)).values("ada")[:1]
    return Q(Coalesce(Subquery(ada), Value(False)))


class PenghapusanQuerySet(models.QuerySet):
    def not_called_off(self) -> Self:
        return self.filter(dibatalkan_pada__isnull=True)

    def waiting(self) -> Self:
        """Asked for, and neither agreed to nor called off."""
        return self.not_called_off().filter(disetujui_pada__isnull=True)


def _own_q(user: User | int) -> Q:
    isi = apps.get_model("evidence", "SubmissionEvidence").objects.filter(submission=OuterRef("pk"))
    return Q(dibuat_oleh=user) | Q(dikirim_oleh=user) | Q(Exists(isi.filter(evidence__diunggah_oleh=user)))


def _round_q(orang: Hak) -> Q:
    return (TERKIRIM & orang.satker_q(path=f"{KE_SATKER}__")) | _area_q(orang, Tindakan.LIHAT_DRAF)


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Sent rounds by everyone of the office; drafts and withdrawn ones in own areas."""
        return self.filter(_round_q(hak(user)))

    def reviewable_by(self, user: User) -> Self:
        return self.filter(hak(user).satker_q(Tindakan.REVIU, f"{KE_SATKER}__"))

    def writable_by(self, user: User) -> Self:
        return self.filter(_area_q(hak(user), Tindakan.TULIS))

    def drafts(self) -> Self:
        return self.filter(dikirim_pada=None, ditutup_pada=None)

    def waiting(self) -> Self:
        """The queue: sent, neither withdrawn nor decided; oldest first."""
        return self.filter(TERKIRIM, ditutup_pada__isnull=True).order_by("dikirim_pada", "pk")

    def newest_sent(self, akhir: RawSQL | None = None) -> Self:
        """Rounds sent and not withdrawn by `akhir`, newest first, each with its `keputusan` by then (or null)."""
        newest_review = (
            apps.get_model("evidence", "Review")
            .objects.filter(
                submission=OuterRef("pk"), final=True, diputus_pada__lt=akhir or OuterRef("akhir")
            )
            .order_by("-diputus_pada", "-pk")
        )
        return (
            self.filter(dikirim_pada__lt=F("akhir"))
            .filter(Q(ditarik_pada__isnull=True) | Q(ditarik_pada__gte=F("akhir")))
            .annotate(
                keputusan=Subquery(newest_review.values("keputusan")[:1]),
                tanggal_tpi=Subquery(newest_review.values("tanggal_dokumen")[:1]),
                peringkat=Coalesce(
                    Subquery(
                        newest_review.values(n=_ranked("keputusan", Keadaan.SESUAI, Keadaan.PERBAIKAN))[:1]
                    ),
                    Value(PERINGKAT[Keadaan.MENUNGGU]),
                ),
            )
            .order_by("-putaran")
        )

    def waiting_on(self, on: dt.date) -> Self:
        """The queue as it was at the end of the day `on`, oldest first."""
        rounds = self.alias(akhir=akhir_hari_menurut(f"{KE_SATKER}__zona_waktu", on))
        return rounds.newest_sent().filter(keputusan__isnull=True).order_by("dikirim_pada", "pk")

    def of_rencana(self, rencana: RencanaAksi | int) -> Self:
        return self.filter(**{f"{KE_AREA}__rencana": rencana})

    def for_queue(self, user: User | int) -> Self:
        """With what a line of the queue says: `jumlah_bukti`, and whether it is the user's own (`milik_sendiri`)."""
        isi = apps.get_model("evidence", "SubmissionEvidence").objects.filter(submission=OuterRef("pk"))
        return self.annotate(
            jumlah_bukti=Subquery(isi.order_by().values("submission").annotate(n=Count("pk")).values("n")),
            milik_sendiri=Case(When(_own_q(user), then=Value(True)), default=Value(False)),
        )

    def own(self, user: User) -> Self:
        """Begun, sent or filled by the user, who may not review them then."""
        return self.filter(_own_q(user))

    def begun(self) -> Self:
        """Drafts and sent rounds that were there, and not withdrawn, at `akhir`."""
        return self.filter(dibuat_pada__lt=F("akhir")).filter(
            Q(ditarik_pada__isnull=True) | Q(ditarik_pada__gte=F("akhir"))
        )

    def unsent_draft(self) -> Self:
        """Drafts begun, and neither sent nor withdrawn, by `akhir`."""
        return self.begun().filter(Q(dikirim_pada__isnull=True) | Q(dikirim_pada__gte=F("akhir")))

    def with_tanggal_dokumen(self) -> Self:
        """Annotate `tanggal`: the document date TPI confirmed, else the latest its evidence claims."""
        claimed = (
            apps.get_model("evidence", "SubmissionEvidence")
            .objects.filter(submission=OuterRef("pk"))
            .order_by("-evidence__tanggal_dokumen", "evidence")
        )
        return self.annotate(
            tanggal=Coalesce("tanggal_tpi", Subquery(claimed.values("evidence__tanggal_dokumen")[:1]))
        )


class SlotQuerySet(PadaTanggalQuerySet):
    KE_ZONA = f"{KE_SATKER.removeprefix('kebutuhan__')}__zona_waktu"

    def visible_to(self, user: User) -> Self:
        return self.filter(hak(user).satker_q(path=f"{KE_SATKER.removeprefix('kebutuhan__')}__"))

    def of_rencana(self, rencana: RencanaAksi) -> Self:
        rows = self.filter(tenggat__indikator__komponen__area__rencana=rencana)
        return rows.in_zona(rencana.satker.zona_waktu)

    def diblokir(self) -> Self:
        """Whose newest round, withdrawn ones apart, has a piece that was found bad after it was taken in."""
        rounds = apps.get_model("evidence", "Submission").objects.filter(
            kebutuhan=OuterRef("pk"), ditarik_pada__isnull=True
        )
        isi = apps.get_model("evidence", "SubmissionEvidence").objects.filter(
            submission=OuterRef("putaran_kini"),
            evidence__simpanan__pindai="diblokir",
            evidence__penarikan__isnull=True,
        )
        kini = Subquery(rounds.order_by("-putaran").values("pk")[:1])
        return self.alias(putaran_kini=kini).filter(Exists(isi))

    def of_team(self, user: User) -> Self:
        """Where the user sees what is not yet sent."""
        area = "tenggat__indikator__komponen__area"
        return self.filter(
            hak(user).area_q(Tindakan.LIHAT_DRAF, f"{area}__rencana__satker", f"{area}__nomor")
        )

    def for_the_team(self) -> Self:
        """Of what with_keadaan tells apart: where the team has something to do."""
        return self.filter(Q(keadaan__in=DI_TIM) | Q(ada_draf=True))

    def with_batas(self, on: dt.date) -> Self:
        tenggat = apps.get_model("actionplan", "Tenggat").objects.with_batas(on)
        return self.annotate(batas=Subquery(tenggat.filter(pk=OuterRef("tenggat")).values("batas")))  # type: ignore[misc]

    def with_keadaan(self, on: dt.date) -> Self:
        """Annotate `keadaan`, its `peringkat`, `ada_draf` and `tanggal_dokumen` as known at the end of `on`.

        The newest round sent decides; a draft decides nothing unless there is no other.
        """
        akhir, kata = F("akhir"), models.CharField()
        return self.known_on(on).annotate(
            ada_draf=Tersusun(_ada_draf, akhir, models.BooleanField()),
            keadaan=Tersusun(_keadaan, akhir, kata),
            peringkat=Tersusun(peringkat_slot, akhir, models.IntegerField()),
            tanggal_dokumen=Tersusun(tanggal_slot, akhir, models.DateField()),
        )


def _rounds(slot: RawSQL | OuterRef, akhir: RawSQL) -> SubmissionQuerySet:
    rounds: SubmissionQuerySet = apps.get_model("evidence", "Submission").objects.filter(kebutuhan=slot)
    return rounds.alias(akhir=akhir)


def _ada_draf(slot: RawSQL, akhir: RawSQL) -> Exists:
    return Exists(_rounds(slot, akhir).unsent_draft())


def _keadaan(slot: RawSQL, akhir: RawSQL) -> Coalesce:
    decided = _rounds(slot, akhir).newest_sent(akhir).values(k=Coalesce("keputusan", Value(Keadaan.MENUNGGU)))
    return Coalesce(
        Subquery(decided[:1], output_field=models.CharField()),
        Case(When(_ada_draf(slot, akhir), then=Value(Keadaan.DRAF)), default=Value(Keadaan.BELUM)),
    )


def peringkat_slot(slot: RawSQL | OuterRef, akhir: RawSQL) -> Coalesce:
    """The rank of a slot's state; a draft ranks as nothing does."""
    sent = _rounds(slot, akhir).newest_sent(akhir).values("peringkat")
    return Coalesce(Subquery(sent[:1]), Value(PERINGKAT[Keadaan.BELUM]), output_field=IntegerField())


def tanggal_slot(slot: RawSQL | OuterRef, akhir: RawSQL) -> Subquery:
    """The document date of a slot's newest round."""
    sent = _rounds(slot, akhir).newest_sent(akhir).with_tanggal_dokumen()
    return Subquery(sent.values("tanggal")[:1], output_field=models.DateField())


def _ranked(kolom: str, *keadaan: Keadaan) -> Case:
    return Case(*(When(**{kolom: k}, then=PERINGKAT[k]) for k in keadaan), output_field=IntegerField())


class ImporQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """As evidence in no round: whoever read it in, while they hand in there, and ketua_tim."""
        orang, satker = hak(user), "rencana__satker__"
        milik = Q(oleh=user.pk) & orang.satker_q(Tindakan.TULIS, satker)
        return self.filter(milik | orang.satker_q(Tindakan.LIHAT_LEPAS, satker))

    def unfinished(self) -> Self:
        """Neither confirmed nor cancelled; some may be past their day."""
        return self.filter(dikonfirmasi_pada__isnull=True, dibatalkan_pada__isnull=True)


class BarisImporQuerySet(models.QuerySet):
    def unread(self) -> Self:
        return self.filter(dibaca_pada__isnull=True)

    def taken(self) -> Self:
        return self.filter(putusan="ambil")

    def certain(self) -> Self:
        """Undecided, as proposed, and nothing left to ask."""
        return self.filter(
            putusan="belum",
            keyakinan="pasti",
            keraguan="",
            masalah="",
            slot__isnull=False,
            slot=models.F("usul"),
            tanggal_dokumen__isnull=False,
        )
