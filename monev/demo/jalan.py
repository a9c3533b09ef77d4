"""Plays the demo's year through the services that the pages use, each act on its day."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import Membership, Peran, User
from accounts.waktu import hari_ini, zoneinfo
from actionplan.models import Indikator, RencanaAksi, Tenggat
from actionplan.services import correct, grant_extension
from evidence.intake import receive_file, receive_link
from evidence.models import Evidence, Slot, Submission
from evidence.services import (
    discard_draft,
    explain_dates,
    open_draft,
    put_in_draft,
    review,
    send,
    take_out_of_draft,
    withdraw,
)
from monev.demo import cerita
from monev.demo.berkas import Dokumen, make_jpg, make_pdfs, make_xlsx
from monev.demo.biasa import seeded, usual_rounds, workday
from monev.demo.cerita import Catatan, Isi, Putaran
from monev.demo.kantor import (
    CONTOH,
    ORANG,
    SAROLANGUN,
    TPI_AREA,
    make_people,
    make_plans,
    make_signatories,
)
from monev.services import save_realisasi

Kunci = tuple[
    str, str, int
]  # kode, label of the tenggat ("" where the row has one), number of the bukti fisik


class BukanKantorDemoError(Exception):
    """Somebody works here in earnest."""


def is_filled() -> bool:
    return User.objects.filter(username=ORANG[0].username).exists()


@transaction.atomic
def fill_demo() -> bool:
    """All of it or nothing; False where it is there already."""
    if is_filled():
        return False
    if Submission.objects.exists() or Membership.objects.exists():
        raise BukanKantorDemoError
    rencana, kecil = make_plans()
    people = make_people()
    make_signatories(rencana.satker, people["operator.demo"])
    Panggung(rencana, people).play()
    Panggung(kecil, people).play()
    return True


@dataclass
class Adegan:
    """One slot, its rounds, and the pieces of each."""

    slot: Slot
    kunci: Kunci
    putaran: tuple[Putaran, ...]
    sumber: Kunci | None = None  # another slot whose evidence serves this one too


@dataclass
class Panggung:
    rencana: RencanaAksi
    people: dict[str, User]
    bukti: dict[tuple[Kunci, int], list[Evidence]] = field(default_factory=dict)
    pdf: dict[Dokumen, bytes] = field(default_factory=dict)

    def play(self) -> None:
        adegan = list(self._scenes())
        self._set_all_pdfs(adegan)
        self._decide_beside_the_plan()
        for satu in adegan:
            self._note_realisasi(satu, adegan)
            for n, putaran in enumerate(satu.putaran, 1):
                self._play_round(satu, n, putaran)

    @property
    def is_sarolangun(self) -> bool:
        return self.rencana.satker.kode == SAROLANGUN

    # Who

    def team(self, area: int) -> User:
        kode = self.rencana.satker.kode
        return next(
            self.people[o.username]
            for o in ORANG
            if o.peran == Peran.ANGGOTA and kode in o.satker and (not o.area or area in o.area)
        )

    def tpi(self, area: int) -> User:
        return self.people[TPI_AREA[area] if self.is_sarolangun else "tpi.demo2"]

    # What

    def _scenes(self) -> Iterator[Adegan]:
        slots = list(
            Slot.objects.filter(tenggat__indikator__komponen__area__rencana=self.rencana)
            .select_related("bukti_fisik", "tenggat__indikator__komponen__area__rencana__satker__induk")
            .order_by(
                "tenggat__indikator__komponen__area__nomor",
                "tenggat__indikator__komponen__nomor",
                "tenggat__indikator__nomor",
                "tenggat__jatuh_tempo",
                "bukti_fisik__nomor",
            )
        )
        tenggat_of: dict[int, set[int]] = defaultdict(set)
        for slot in slots:
            tenggat_of[slot.tenggat.indikator_id].add(slot.tenggat_id)
        sudah: dict[Kunci, Adegan] = {}
        for slot in slots:
            satu = len(tenggat_of[slot.tenggat.indikator_id]) == 1
            kunci = (slot.tenggat.indikator.kode, "" if satu else slot.tenggat.label, slot.bukti_fisik.nomor)
            sudah[kunci] = self._scene(slot, kunci, sudah)
        yield from sudah.values()

    def _scene(self, slot: Slot, kunci: Kunci, sudah: dict[Kunci, Adegan]) -> Adegan:
        kode, _, nomor = kunci
        if not self.is_sarolangun:
            return Adegan(slot, kunci, _rounds_elsewhere(slot, kunci))
        if (kode, nomor) in cerita.BERSAMA:
            lain = (cerita.BERSAMA[kode, nomor][0], "", cerita.BERSAMA[kode, nomor][1])
            asal = sudah[lain]
            return Adegan(slot, kunci, asal.putaran, sumber=asal.sumber or lain)
        return Adegan(slot, kunci, _rounds(slot, kunci))

    # Files

    def _set_all_pdfs(self, adegan: list[Adegan]) -> None:
        dokumen = [
            self._dokumen(a, n, putaran, isi)
            for a in adegan
            if a.sumber is None
            for n, putaran in enumerate(a.putaran, 1)
            for isi in putaran.isi
            if _form_of(a, isi) == "pdf"
        ]
        self.pdf = dict(zip(dokumen, make_pdfs(dokumen), strict=True))

    def _dokumen(self, a: Adegan, n: int, putaran: Putaran, isi: Isi) -> Dokumen:
        satker, indikator = self.rencana.satker, a.slot.tenggat.indikator
        judul = _judul(a, n, isi)
        return Dokumen(
            judul=judul,
            indikator=indikator.uraian.replace("*", ""),
            langkah=(indikator.langkah_aksi_teks.replace("*", "").rstrip("."),),
            uraian=_usual_text(a.kunci[0], a.slot.tenggat),
            tanggal=putaran.dokumen,
            tempat=satker.ibu_kota,
            kop=(satker.kop_baris_1, satker.kop_baris_2),
            kunci=f"{satker.kode} {a.kunci} {n} {judul}",
            daftar_hadir="daftar hadir" in judul.lower(),
        )

    def _receive(self, a: Adegan, n: int, putaran: Putaran, at: dt.datetime, by: User) -> list[Evidence]:
        asal = a.sumber or a.kunci
        if (asal, n) not in self.bukti:
            self.bukti[asal, n] = [self._receive_one(a, n, putaran, isi, at, by) for isi in putaran.isi]
        return self.bukti[asal, n]

    def _receive_one(
        self, a: Adegan, n: int, putaran: Putaran, isi: Isi, at: dt.datetime, by: User
    ) -> Evidence:
        d, bentuk = self._dokumen(a, n, putaran, isi), _form_of(a, isi)
        judul, tanggal, rahasia = d.judul, putaran.dokumen, a.kunci[0] in cerita.RAHASIA
        satker = self.rencana.satker
        if bentuk == "tautan":
            return receive_link(
                satker=satker,
                tautan=_tautan(judul),
                judul=judul,
                tanggal_dokumen=tanggal,
                by=by,
                rahasia=rahasia,
                at=at,
            )
        buat = {"pdf": self.pdf.__getitem__, "jpg": make_jpg, "xlsx": make_xlsx}[bentuk]
        berkas = ContentFile(
            buat(d), name=f"{a.kunci[0]} {re.sub('[/:]', '-', judul)[:100].strip()}.{bentuk}"
        )
        return receive_file(
            satker=satker, upload=berkas, judul=judul, tanggal_dokumen=tanggal, by=by, rahasia=rahasia, at=at
        )

    # Acts

    def _play_round(self, a: Adegan, n: int, putaran: Putaran) -> None:
        area = a.slot.tenggat.indikator.komponen.area.nomor
        team, waktu = self.team(area), self._hours_of(a)
        mulai = waktu.on(putaran.dibuat or putaran.dikirim or putaran.dokumen)
        draft = open_draft(slot=a.slot, by=team, alasan=putaran.alasan, at=mulai)
        self._replace_pieces(draft, self._receive(a, n, putaran, mulai, team), team)
        if putaran.dibuang:
            discard_draft(submission=draft, by=team, at=waktu.on(putaran.dibuang))
        if putaran.dikirim is None:
            return
        dikirim = waktu.on(putaran.dikirim, sesudah=mulai)
        sebab = {putaran.dokumen: _why_outside(a.slot, putaran)}
        explain_dates(submission=draft, by=team, alasan=sebab, at=dikirim)
        sent = send(submission=draft, by=team, pesan=putaran.pesan, at=dikirim)
        if putaran.ditarik:
            withdraw(submission=sent, by=team, at=waktu.on(putaran.ditarik))
        if putaran.keputusan and putaran.diputus:
            self._decide(sent, putaran, area, waktu.on(putaran.diputus, sesudah=dikirim))

    def _hours_of(self, a: Adegan) -> _Jam:
        """One sitting for a tenggat; a slot that borrows evidence comes after the one it borrows from."""
        kode, label, nomor = a.sumber or a.kunci
        return _Jam(f"{self.rencana.satker.kode} {kode} {label}", urutan=nomor + (6 if a.sumber else 0))

    def _replace_pieces(self, draft: Submission, pieces: list[Evidence], team: User) -> None:
        """A draft that a withdrawal left behind still holds the old ones."""
        lama = [satu for satu in draft.evidence.all() if satu not in pieces]
        put_in_draft(submission=draft, evidence=pieces, by=team)
        for satu in lama:
            take_out_of_draft(submission=draft, evidence=satu, by=team)

    def _decide(self, sent: Submission, putaran: Putaran, area: int, at: dt.datetime) -> None:
        tanggal = putaran.tanggal_tpi or putaran.dokumen
        review(
            submission=sent,
            by=self.tpi(area),
            keputusan=putaran.keputusan,
            catatan=putaran.catatan,
            tanggal_dokumen=tanggal if putaran.keputusan == cerita.SESUAI else None,
            at=at,
        )

    def _note_realisasi(self, a: Adegan, adegan: list[Adegan]) -> None:
        """With the first slot of each tenggat."""
        semua = [lain for lain in adegan if lain.slot.tenggat_id == a.slot.tenggat_id]
        if semua[0] is not a:
            return
        tenggat, area = a.slot.tenggat, a.slot.tenggat.indikator.komponen.area.nomor
        waktu = _Jam(f"realisasi {self.rencana.satker.kode} {a.kunci}")
        for catatan in self._notes(a, semua):
            save_realisasi(
                tenggat=tenggat,
                by=self.team(area),
                uraian=catatan.uraian,
                kendala=catatan.kendala,
                rencana_tindak_lanjut=catatan.rencana,
                at=waktu.on(catatan.pada, jam=8),
            )

    def _notes(self, a: Adegan, semua: list[Adegan]) -> tuple[Catatan, ...]:
        kode, label, _ = a.kunci
        if self.is_sarolangun and (kode, label) in cerita.CATATAN:
            return cerita.CATATAN[kode, label]
        dikirim = [p.dikirim for lain in semua for p in lain.putaran if p.dikirim]
        return (Catatan(min(dikirim), _usual_text(kode, a.slot.tenggat)),) if dikirim else ()

    def _decide_beside_the_plan(self) -> None:
        if not self.is_sarolangun:
            return
        rows = {
            row.kode: row for row in Indikator.objects.filter(komponen__area__rencana=self.rencana).in_order()
        }
        waktu = _Jam("di samping rencana")
        for kode, pada, batas, siapa, alasan in cerita.PERPANJANGAN:
            tenggat = Tenggat.objects.select_related("indikator__komponen__area__rencana__satker")
            grant_extension(
                tenggat=tenggat.get(indikator=rows[kode]),
                batas_baru=batas,
                alasan=alasan,
                by=self.people[f"{siapa}.demo"],
                at=waktu.on(pada),
            )
        for kode, kolom, teks, alasan in cerita.KOREKSI:
            correct(
                indikator=rows[kode],
                kolom=kolom,
                teks=teks,
                alasan=alasan,
                by=self.people["ketua.demo"],
                at=waktu.on(cerita.hari(3, 17)),
            )


@dataclass(frozen=True)
class _Jam:
    """Office hours, the same at every filling; `urutan` spaces what is done in one sitting."""

    kunci: str
    urutan: int = 0

    def on(
        self, tanggal: dt.date, *, jam: int | None = None, sesudah: dt.datetime | None = None
    ) -> dt.datetime:
        acak = seeded(f"{self.kunci} {tanggal}")
        awal = dt.time(acak.randint(9, 13) if jam is None else jam, acak.randint(0, 30))
        saat = dt.datetime.combine(tanggal, awal, zoneinfo("WIB")) + dt.timedelta(minutes=4 * self.urutan)
        return saat if sesudah is None or saat > sesudah else sesudah + dt.timedelta(minutes=3)


# What the rounds of a slot are


def _rounds(slot: Slot, kunci: Kunci) -> tuple[Putaran, ...]:
    kode, label, _ = kunci
    if (kode, label) in cerita.BARU_DIKIRIM:
        dokumen, hari = cerita.BARU_DIKIRIM[kode, label]
        dikirim = hari_ini() - dt.timedelta(days=hari)
        return (Putaran(dokumen, max(dikirim, workday(dokumen + dt.timedelta(days=5)))),)
    for k in (kunci, (kode, label, 0)):
        if k in cerita.LUAR_BIASA:
            return cerita.LUAR_BIASA[k]
    return _usual(slot, kunci)


def _rounds_elsewhere(slot: Slot, kunci: Kunci) -> tuple[Putaran, ...]:
    """The second office: the usual way, and the end of the year not done."""
    return () if slot.tenggat.jatuh_tempo.month > 8 else _usual(slot, (f"lain {kunci[0]}", *kunci[1:]))


def _usual(slot: Slot, kunci: Kunci) -> tuple[Putaran, ...]:
    return usual_rounds(
        kunci_tenggat=f"{kunci[0]} {kunci[1]}",
        kunci_slot=f"{kunci[0]} {kunci[1]} {kunci[2]}",
        bentuk=form_of(slot.bukti_fisik.uraian),
        mulai=slot.tenggat.jatuh_tempo if kunci[0] in cerita.SETIAP_AKHIR_BULAN else slot.tenggat.mulai,
        jatuh_tempo=slot.tenggat.jatuh_tempo,
    )


# What a piece is, and what it is called

BENTUK = (
    ("tautan", ("aplikasi", "website", "media sosial", "halaman")),
    (
        "jpg",
        (
            "banner",
            "spanduk",
            "foto",
            "screenshoot",
            "sop di ruang",
            "ppid dan",
            "dokumentasi",
            "piagam",
            "buku tamu",
        ),
    ),
    (
        "xlsx",
        (
            "rekapitulasi",
            "data nominatif",
            "tabel",
            "matrik",
            "formulir",
            "kartu kendali",
            "prosentase",
            "lampiran",
            "hasil",
        ),
    ),
)


def form_of(uraian: str) -> str:
    teks = uraian.replace("*", "").lower()
    return next((bentuk for bentuk, awal in BENTUK if teks.startswith(awal)), "pdf")


def _form_of(a: Adegan, isi: Isi) -> str:
    return isi.bentuk or form_of(a.slot.bukti_fisik.uraian)


def _judul(a: Adegan, n: int, isi: Isi) -> str:
    if isi.judul:
        return isi.judul
    kode, label, nomor = a.kunci
    bukti = a.slot.bukti_fisik
    judul = cerita.JUDUL.get((kode, nomor)) or _short(bukti.uraian.replace("*", ""))
    lagi = n > 1 and a.putaran[n - 2].keputusan == cerita.PERBAIKAN
    return (
        judul + (f", {label} 2025" if label and not bukti.sekali else "") + (" (perbaikan)" if lagi else "")
    )


def _why_outside(slot: Slot, putaran: Putaran) -> str:
    """Told only of documents dated outside the tenggat's period."""
    return cerita.LEBIH_DINI if putaran.dokumen < slot.tenggat.mulai else cerita.LEBIH_LAMBAT


def _short(teks: str, panjang: int = 90) -> str:
    teks = teks.split(" (")[0]
    return teks if len(teks) <= panjang else teks[:panjang].rsplit(" ", 1)[0]


def _usual_text(kode: str, tenggat: Tenggat) -> str:
    if tenggat.indikator.komponen.area.rencana.satker.kode == CONTOH:
        return f"{tenggat.indikator.langkah_aksi_teks} dilaksanakan."
    return cerita.REALISASI.get(kode, tenggat.indikator.uraian.replace("*", "")).format(label=tenggat.label)


def _tautan(judul: str) -> str:
    """A host that cannot exist."""
    return "https://kpu-demo.example/" + re.sub(r"[^a-z0-9]+", "-", judul.lower()).strip("-")
