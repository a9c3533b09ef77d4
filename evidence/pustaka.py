"""Pustaka bukti: what a person may see of an office's evidence; searched, narrowed, in order, page by page.

The work of a page does not grow with the office. Pages go on from a piece (keyset), not by number; finds are counted up
to HITUNG; and each narrowing looks first whether it leaves few: those are sorted, else their order is walked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_
from typing import Any

from django.db import connection
from django.db.models import Exists, F, Lookup, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual, In, LessThanOrEqual

from accounts.area import ROMAWI
from accounts.models import Satker, User
from actionplan.models import Kebutuhan
from actionplan.search import NOMOR, pisah_kode
from evidence import cari, content, pindai
from evidence.keadaan import Keadaan
from evidence.models import BerkasTersimpan, Evidence, Penarikan, Review, Submission, SubmissionEvidence
from evidence.querysets import KE_AREA, KE_SATKER, EvidenceQuerySet, SubmissionQuerySet, looked_up
from evidence.rounds import PIECE_RELATIONS

PER_HALAMAN = 25
HITUNG = 50
DISEBUT = 3  # uses of one piece that its line tells

AREA = re.compile(r"\barea\s+(VI|IV|V|I{1,3}|[1-6])\b", re.IGNORECASE)


class Urut(TextChoices):
    TERBARU = "terbaru", "Terbaru"
    TANGGAL = "tanggal", "Tanggal dokumen"
    JUDUL = "judul", "Judul"


class Jenis(TextChoices):
    PDF = "pdf", "PDF"
    KANTOR = "kantor", "Word, Excel, PowerPoint"
    GAMBAR = "gambar", "Gambar"
    VIDEO = "video", "Video"
    TAUTAN = "tautan", "Tautan"


class Nasib(TextChoices):
    """What has become of a piece."""

    DIPAKAI = "dipakai", "Dipakai"
    LEPAS = "lepas", "Belum dipakai"
    DITARIK = "ditarik", "Ditarik"
    DITAHAN = "ditahan", "Ditahan pemindai"


PUTUSAN = [(k.value, k.label) for k in (Keadaan.SESUAI, Keadaan.PERBAIKAN, Keadaan.MENUNGGU, Keadaan.DRAF)]
TIPE = {
    Jenis.PDF: [content.PDF.tipe],
    Jenis.KANTOR: [jenis.tipe for jenis in content.KANTOR],
    Jenis.GAMBAR: [jenis.tipe for jenis in content.GAMBAR],
    Jenis.VIDEO: [content.MP4.tipe],
    Jenis.TAUTAN: [""],
}
# The field by which each order goes, and whether upwards.
MENURUT = {
    Urut.TERBARU: ("pk", False),  # as they were recorded
    Urut.TANGGAL: ("tanggal_dokumen", False),
    Urut.JUDUL: ("judul", True),
}


@dataclass(frozen=True)
class Saringan:
    """What was asked for; None and '' ask for nothing."""

    cari: str = ""
    area: int | None = None
    jenis: str = ""
    nasib: str = ""
    putusan: str = ""
    pengunggah: User | None = None
    dari: dt.date | None = None
    sampai: dt.date | None = None
    urut: str = Urut.TERBARU

    @property
    def kosong(self) -> bool:
        return self == Saringan(urut=self.urut)


@dataclass
class Pemakaian:
    """A slot in which a piece was handed in, by its newest round there."""

    putaran: Submission
    keadaan: str


@dataclass
class Butir:
    bukti: Evidence
    pemakaian: list[Pemakaian] = field(default_factory=list)

    @property
    def disebut(self) -> list[Pemakaian]:
        return self.pemakaian[:DISEBUT]

    @property
    def lainnya(self) -> int:
        return max(0, len(self.pemakaian) - DISEBUT)


@dataclass
class Halaman:
    butir: list[Butir]
    jumlah: int | None  # at most HITUNG + 1; of the first page only
    sesudah: int | None  # the piece from which the next page goes on
    sebelum: int | None

    @property
    def batas_hitung(self) -> int:
        return HITUNG

    @property
    def banyak(self) -> bool:
        return self.jumlah is not None and self.jumlah > HITUNG


class Pustaka:
    def __init__(
        self, satker: Satker, user: User, saringan: Saringan, *, dapat_dipakai: bool = False
    ) -> None:
        self.satker, self.user, self.saringan, self.dapat_dipakai = satker, user, saringan, dapat_dipakai

    @cached_property
    def semua(self) -> EvidenceQuerySet:
        rows = Evidence.objects.visible_to(self.user).filter(satker=self.satker.pk)
        return offered(rows) if self.dapat_dipakai else rows

    @cached_property
    def rounds(self) -> SubmissionQuerySet:
        """That the person may see, and that were not withdrawn."""
        return Submission.objects.visible_to(self.user).filter(ditarik_pada__isnull=True)

    @cached_property
    def tersaring(self) -> EvidenceQuerySet:
        s = self.saringan
        syarat = [*self._words(s.cari), *self._of_the_piece(), *self._of_its_use()]
        return self.semua.filter(reduce(and_, syarat, Q()))

    # --- Narrowing ---

    def _few(self, rows: QuerySet[Any], pk: str, semua: Q) -> Q:
        """The pieces that `rows` names, if they are few; else `semua`, which is asked of one piece after the other."""
        return self._few_of({pk: rows}, semua)

    def _few_of(self, menurut: dict[str, QuerySet[Any]], semua: Q) -> Q:
        pks: set[int] = set()
        for pk, rows in menurut.items():
            pertama = list(rows.order_by().values_list(pk, flat=True)[: cari.BANYAK + 1])
            if len(pertama) > cari.BANYAK:
                return semua
            pks.update(pertama)
        return Q(pk__in=pks)

    def _words(self, kata: str) -> list[Q]:
        """Codes and areas in which a piece is used, and words that stand in it. A file may be named after its code."""
        area = [NOMOR[cocok.upper()] for cocok in AREA.findall(kata)]
        kode, sisa = pisah_kode(AREA.sub(" ", kata))
        syarat = [self._used(Q(**{f"{KE_AREA}__nomor": nomor})) for nomor in area]
        for nomor, komponen, baris in kode:
            teks = ".".join(map(str, filter(None, (ROMAWI[nomor], komponen, baris))))
            syarat.append(self._used(_kode_q(nomor, komponen, baris)) | cari.matching(teks, self.satker))
        if sisa.strip() and not self._stepwise:
            syarat.append(self._found.q)
        return syarat

    @cached_property
    def _found(self) -> cari.Temuan:
        """What stands beside codes and areas in the search."""
        return cari.find(pisah_kode(AREA.sub(" ", self.saringan.cari))[1], self.satker)

    @property
    def _stepwise(self) -> bool:
        return self.saringan.urut == Urut.TERBARU and self._found.bertahap

    def _of_the_piece(self) -> list[Q]:
        s, syarat = self.saringan, []
        if s.jenis:
            syarat.append(self._column("tipe", In, TIPE[Jenis(s.jenis)]))
        if s.pengunggah:
            syarat.append(self._column("diunggah_oleh", Exact, s.pengunggah.pk))
        if s.dari:
            syarat.append(self._column("tanggal_dokumen", GreaterThanOrEqual, s.dari))
        if s.sampai:
            syarat.append(self._column("tanggal_dokumen", LessThanOrEqual, s.sampai))
        return syarat

    def _column(self, kolom: str, lookup: type[Lookup], nilai: object) -> Q:
        """Of many, Coalesce hides the column from its index: SQLite would sort all its finds. PostgreSQL knows how many
        there are, and would not with it."""
        rows = Evidence.objects.filter(lookup(F(kolom), nilai), satker=self.satker.pk)
        semu = Coalesce(F(kolom), F(kolom)) if connection.vendor == "sqlite" else F(kolom)
        return self._few(rows, "pk", Q(lookup(semu, nilai)))

    def _of_its_use(self) -> list[Q]:
        s, syarat = self.saringan, []
        if s.nasib:
            syarat.append(self._fate(Nasib(s.nasib)))
        if s.area:
            syarat.append(self._used(Q(**{f"{KE_AREA}__nomor": s.area})))
        if s.putusan:
            syarat.append(self._decided(s.putusan))
        return syarat

    def _fate(self, nasib: Nasib) -> Q:
        dipakai = looked_up(self.rounds.filter(isi__evidence=OuterRef("pk")))
        match nasib:
            case Nasib.DIPAKAI:
                return dipakai
            case Nasib.LEPAS:
                return self._loose(~dipakai)
            case Nasib.DITARIK:
                rows = Penarikan.objects.filter(evidence__satker=self.satker.pk)
                return self._few(rows, "evidence", Q(penarikan__isnull=False))
        # From the files on: few are held, and only theirs are the pieces looked for.
        milik = BerkasTersimpan.objects.filter(satker=self.satker.pk, evidence__isnull=False)
        syarat = ~pindai.disajikan("simpanan__") & Q(simpanan__isnull=False)
        return self._few(milik.filter(~pindai.disajikan()), "evidence", syarat)

    def _loose(self, lepas: Q) -> Q:
        """In no round, or only in withdrawn ones: looked for as two sets, because loose pieces are few, and to ask all
        the others one after the other takes long."""
        tanpa = ~Exists(SubmissionEvidence.objects.filter(evidence=OuterRef("pk")))
        ditarik = Submission.objects.filter(ditarik_pada__isnull=False, **{KE_SATKER: self.satker.pk})
        masih = looked_up(self.rounds.filter(isi__evidence=OuterRef("bukti")))
        rows = {
            "pk": Evidence.objects.filter(tanpa, satker=self.satker.pk),
            "bukti": ditarik.annotate(bukti=F("isi__evidence")).filter(~masih, bukti__isnull=False),
        }
        return self._few_of(rows, lepas)

    def _used(self, rounds: Q) -> Q:
        return self._in_one_of(self.rounds.filter(rounds))

    def _decided(self, putusan: str) -> Q:
        match Keadaan(putusan):
            case Keadaan.DRAF:
                rounds = self.rounds.drafts()
            case Keadaan.MENUNGGU:
                rounds = self.rounds.filter(dikirim_pada__isnull=False, ditutup_pada__isnull=True)
            case _:
                rounds = _with_decision(self.rounds).filter(keputusan=putusan)
        return self._in_one_of(rounds)

    def _in_one_of(self, rounds: SubmissionQuerySet) -> Q:
        isi = rounds.filter(isi__isnull=False, **{KE_SATKER: self.satker.pk})
        return self._few(isi, "isi__evidence", looked_up(rounds.filter(isi__evidence=OuterRef("pk"))))

    # --- A page ---

    def halaman(self, sesudah: int | None = None, sebelum: int | None = None) -> Halaman:
        """What follows the piece `sesudah`, or comes before `sebelum`; the first without either."""
        mundur = sebelum is not None
        jangkar = self._anchor(sebelum if mundur else sesudah)
        pks = self._pks(jangkar, mundur)
        jumlah, lebih, pks = len(pks), len(pks) > PER_HALAMAN, pks[:PER_HALAMAN]
        if mundur:
            pks.reverse()
        ada_lagi, ada_sebelum = (jangkar is not None, lebih) if mundur else (lebih, jangkar is not None)
        return Halaman(
            butir=self._butir(pks),
            jumlah=None if jangkar else jumlah,
            sesudah=pks[-1] if pks and ada_lagi else None,
            sebelum=pks[0] if pks and ada_sebelum else None,
        )

    def _anchor(self, pk: int | None) -> tuple[Any, int] | None:
        kolom, _ = MENURUT[Urut(self.saringan.urut)]
        if pk is None:
            return None
        return Evidence.objects.filter(satker=self.satker.pk, pk=pk).values_list(kolom, "pk").first()

    def _pks(self, jangkar: tuple[Any, int] | None, mundur: bool) -> list[int]:
        kolom, naik = MENURUT[Urut(self.saringan.urut)]
        naik = naik is not mundur
        rows = self.tersaring
        if jangkar:
            nilai, pk = jangkar
            arah = "gt" if naik else "lt"
            # The first condition is what an index is searched by.
            rows = rows.filter(
                Q(**{f"{kolom}__{arah}e": nilai}),
                Q(**{f"{kolom}__{arah}": nilai}) | Q(**{kolom: nilai, f"pk__{arah}": pk}),
            )
        urut = (kolom, "pk") if naik else (f"-{kolom}", "-pk")
        sampai = 1 + (PER_HALAMAN if jangkar else max(PER_HALAMAN, HITUNG))
        berurut = rows.order_by(*urut).values_list("pk", flat=True)
        if not self._stepwise:
            return list(berurut[:sampai])
        pks: list[int] = []
        for temuan in self._found.steps(jangkar[1] if jangkar else None, naik):
            pks += berurut.filter(pk__in=temuan)[: sampai - len(pks)]
            if len(pks) == sampai:
                break
        return pks

    def _butir(self, pks: list[int]) -> list[Butir]:
        pieces = (
            Evidence.objects.select_related(*PIECE_RELATIONS, "salinan_dari").with_pemeriksaan().in_bulk(pks)
        )
        pemakaian = uses_of(pks, self.user)
        return [Butir(pieces[pk], pemakaian[pk]) for pk in pks]


def offered(rows: EvidenceQuerySet) -> EvidenceQuerySet:
    """To be handed in again. The copy of a link goes with its link, never by itself."""
    return own_pieces(rows).usable()


def own_pieces(rows: EvidenceQuerySet) -> EvidenceQuerySet:
    return rows.filter(salinan_dari__isnull=True)


def uses_of(pks: list[int], user: User) -> dict[int, list[Pemakaian]]:
    """Each slot once, the newest round first; only what the person may see."""
    rounds = (
        _with_decision(Submission.objects.visible_to(user).filter(ditarik_pada__isnull=True))
        .filter(isi__evidence__in=pks)
        .annotate(bukti=F("isi__evidence"))
        .select_related("kebutuhan__bukti_fisik", KE_AREA)
        .order_by("-putaran", "-pk")
    )
    hasil: dict[int, dict[int, Pemakaian]] = defaultdict(dict)
    for putaran in rounds:
        pemakaian = Pemakaian(putaran, state_of(putaran))
        hasil[putaran.bukti].setdefault(putaran.kebutuhan_id, pemakaian)
    return defaultdict(list, {pk: list(slots.values()) for pk, slots in hasil.items()})


@dataclass(frozen=True)
class Kembar:
    """A piece of a draft, and the one that the office has of the same file."""

    baru: Evidence
    lama: Evidence
    pemakaian: Pemakaian | None

    @property
    def sebut(self) -> str:
        """`untuk V.4.3 Laporan evaluasi WBS, TW II`"""
        if self.pemakaian is None:
            return f"sebagai {self.lama.judul}"
        slot = self.pemakaian.putaran.kebutuhan
        uraian = slot.bukti_fisik.uraian.replace("*", "")
        return f"untuk {slot.tenggat.indikator.kode} {uraian}, {slot.tenggat.label}"


def twins_of(pieces: list[Evidence], slot: Kebutuhan, user: User) -> list[Kembar]:
    """Which of the pieces the office had before, for another slot: only what the person may see and use."""
    baru = {piece.sha256: piece for piece in pieces if piece.sha256}
    if not baru:
        return []
    satker = next(iter(baru.values())).satker_id
    rows = offered(Evidence.objects.visible_to(user)).filter(satker=satker, sha256__in=list(baru))
    rows = rows.exclude(submissions__kebutuhan=slot).order_by("pk")
    lama = [e for e in rows if e.pk < baru[e.sha256].pk and e.pk != baru[e.sha256].menggantikan_id]
    pemakaian = uses_of([e.pk for e in lama], user)
    pilihan: dict[str, Kembar] = {}
    for e in sorted(lama, key=lambda e: not pemakaian[e.pk]):  # one that is used says more
        pilihan.setdefault(e.sha256, Kembar(baru[e.sha256], e, next(iter(pemakaian[e.pk]), None)))
    return list(pilihan.values())


def state_of(putaran: Submission) -> str:
    if putaran.keputusan:
        return putaran.keputusan
    return Keadaan.MENUNGGU if putaran.dikirim_pada else Keadaan.DRAF


def _with_decision(rounds: SubmissionQuerySet) -> SubmissionQuerySet:
    newest = Review.objects.filter(submission=OuterRef("pk"), final=True).order_by("-diputus_pada", "-pk")
    return rounds.annotate(keputusan=Subquery(newest.values("keputusan")[:1]))


def _kode_q(area: int, komponen: int, baris: int | None) -> Q:
    indikator = "kebutuhan__tenggat__indikator"
    q = Q(**{f"{KE_AREA}__nomor": area, f"{indikator}__komponen__nomor": komponen})
    return q if baris is None else q & Q(**{f"{indikator}__nomor": baris})
