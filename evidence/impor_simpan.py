"""Bawa Drive Anda, its second half: a person's choices, then the files into the store, then all evidence at once.

The store first, in steps; then one transaction records every piece and puts it into its draft. Whatever fails names its
line and leaves no evidence; what lies in the store by then has no row and is swept.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.access import Tindakan
from accounts.models import User
from accounts.waktu import hari_ini
from actionplan.models import Kebutuhan
from evidence import intake, vault
from evidence.access import SLOT_RELATIONS, area_of, require_for_slot
from evidence.impor import (
    SEKALI_DETIK,
    Kemajuan,
    Putusan,
    forget_bytes,
    lock_open,
    locked,
    path_of,
)
from evidence.keadaan import Keadaan
from evidence.models import BarisImpor, BerkasTersimpan, Evidence, Impor, Slot, Submission
from evidence.periksa import remove_orphan
from evidence.services import open_draft, put_in_draft
from evidence.usulan_impor import TERTUTUP

logger = logging.getLogger(__name__)

MASIH_TERSIMPAN = dt.timedelta(hours=12)  # a sweep takes what nobody recorded after a day
KENDALA_TERPANJANG = 500

PESAN = {
    "belum_dibaca": "Berkasnya belum selesai dibaca. Tunggu sebentar, atau tekan Lanjutkan.",
    "sedang_disimpan": "Impor ini sedang dimasukkan ke draf oleh {nama}. Tunggu sampai selesai.",
    "tanpa_pilihan": "Belum ada berkas yang dipilih untuk diambil. Pilih Ambil pada paling sedikit satu berkas.",
    "tidak_disimpan": "Impor ini tidak sedang dimasukkan ke draf. Muat ulang halaman.",
    "slot_asing": "Bukti fisik itu tidak ada dalam rencana ini. Pilih dari daftar.",
    "tanpa_slot": "Pilih bukti fisik dan tenggatnya, atau pilih Lewati.",
    "tanpa_tanggal": "Isi tanggal dokumen, atau pilih Lewati.",
    "bermasalah": "Berkas ini tidak dapat diambil: {masalah}",
}


def refused(code: str, **isian: object) -> ValidationError:
    return ValidationError(PESAN[code].format(**isian), code=code)


# --- Choices ---


@dataclass(frozen=True)
class Pilihan:
    """What a person says of one line."""

    putusan: str
    slot: int | None = None
    tanggal: dt.date | None = None
    judul: str = ""
    rahasia: bool = False
    area: int | None = None  # another area is wanted: its list is shown next


Galat = dict[int, list[str]]


@transaction.atomic
def save_choices(impor: Impor, by: User, pilihan: Mapping[int, Pilihan]) -> Galat:
    """Each line by itself: what is wrong with one is told and keeps none of the others."""
    kini = lock_open(impor)
    check_not_keeping(kini)
    if kini.dibaca_pada is None:
        raise refused("belum_dibaca")
    slots = slots_named(kini, pilihan.values())
    galat: Galat = {}
    for baris in kini.baris.filter(pk__in=list(pilihan)).order_by("urutan"):
        try:
            save_choice(baris, by, pilihan[baris.pk], slots)
        except (ValidationError, PermissionDenied) as salah:
            galat[baris.pk] = words_of(salah)
    return galat


@transaction.atomic
def take_certain(impor: Impor, by: User) -> int:
    """How many of the batch were taken. What the rules refuse by now stays undecided."""
    lock_open(impor)
    pasti = {
        b.pk: Pilihan(Putusan.AMBIL, b.slot_id, b.tanggal_dokumen, b.judul, b.rahasia)
        for b in impor.baris.certain()
    }
    return len(pasti) - len(save_choices(impor, by, pasti))


def slots_named(impor: Impor, pilihan: Iterable[Pilihan]) -> dict[int, Slot]:
    pks = {p.slot for p in pilihan if p.slot}
    hari = hari_ini(impor.rencana.satker.zona_waktu)
    slots = Slot.objects.of_rencana(impor.rencana).filter(pk__in=pks).with_keadaan(hari)
    slots = slots.select_related(*SLOT_RELATIONS)
    return {slot.pk: slot for slot in slots}


def save_choice(baris: BarisImpor, by: User, pilihan: Pilihan, slots: Mapping[int, Slot]) -> None:
    """What is incomplete is kept as far as it goes, undecided; the complaint says what is missing."""
    galat = list(complaints(baris, by, pilihan, slots))
    slot = slots.get(pilihan.slot or 0)
    BarisImpor.objects.filter(pk=baris.pk).update(
        putusan=Putusan.BELUM if galat else pilihan.putusan,
        slot=slot,
        area=pilihan.area or (area_of(slot).nomor if slot else baris.area),
        judul=" ".join(pilihan.judul.split())[: intake.JUDUL_TERPANJANG] or baris.judul,
        tanggal_dokumen=pilihan.tanggal,
        rahasia=pilihan.rahasia,
        kendala="",
    )
    if galat:
        raise ValidationError(galat)


def complaints(baris: BarisImpor, by: User, pilihan: Pilihan, slots: Mapping[int, Slot]) -> Iterable[str]:
    if pilihan.slot and pilihan.slot not in slots:
        yield PESAN["slot_asing"]
    if pilihan.putusan != Putusan.AMBIL:
        return
    if baris.masalah:
        yield PESAN["bermasalah"].format(masalah=baris.masalah)
        return
    if pilihan.slot is None:
        yield PESAN["tanpa_slot"]
    if pilihan.tanggal is None:
        yield PESAN["tanpa_tanggal"]
    yield from rule_complaints(by, pilihan, slots)


def rule_complaints(by: User, pilihan: Pilihan, slots: Mapping[int, Slot]) -> Iterable[str]:
    """The rules of intake and of the slot's area, asked before anything is kept."""
    slot = slots.get(pilihan.slot or 0)
    if slot is None:
        return
    if slot.keadaan in TERTUTUP and not slot.ada_draf:
        yield TERTUTUP[Keadaan(slot.keadaan)]
    try:
        require_for_slot(by, slot, Tindakan.TULIS)
        if pilihan.tanggal:
            intake.check_date(pilihan.tanggal, area_of(slot).rencana.satker, timezone.now())
        if pilihan.judul.strip():
            intake.check_judul(pilihan.judul)
    except (ValidationError, PermissionDenied) as salah:
        yield from words_of(salah)


def words_of(galat: Exception) -> list[str]:
    return galat.messages if isinstance(galat, ValidationError) else [str(galat)]


# --- Into the store, a few seconds at a time ---


class BarisError(Exception):
    """One line cannot be taken; nothing of the batch is."""

    def __init__(self, baris: BarisImpor, pesan: str) -> None:
        super().__init__(pesan)
        self.baris, self.pesan = baris, pesan

    def __str__(self) -> str:
        return f"{self.baris.nama_berkas}: {self.pesan}"


@transaction.atomic
def begin_keeping(impor: Impor, by: User) -> None:
    """From here on the choices stand. The one who presses first; pressed twice by one person, it is one."""
    kini = lock_open(impor)
    if kini.menyimpan_oleh_id == by.pk:
        return
    check_not_keeping(kini)
    if kini.dibaca_pada is None:
        raise refused("belum_dibaca")
    if not kini.baris.taken().exists():
        raise refused("tanpa_pilihan")
    kini.baris.taken().update(kendala="")
    Impor.objects.filter(pk=kini.pk).update(menyimpan_oleh=by, menyimpan_pada=timezone.now())


def check_not_keeping(impor: Impor) -> None:
    if impor.menyimpan_oleh:
        raise refused("sedang_disimpan", nama=impor.menyimpan_oleh.nama)


def stop_keeping(impor: Impor) -> None:
    """Back to the choices; nothing was recorded."""
    Impor.objects.unfinished().filter(pk=impor.pk).update(menyimpan_oleh=None, menyimpan_pada=None)


def keeping_progress(impor: Impor) -> Kemajuan:
    diambil = impor.baris.taken()
    return Kemajuan(
        diambil.filter(disimpan_pada__gt=timezone.now() - MASIH_TERSIMPAN).count(), diambil.count()
    )


def keep_some(impor: Impor, *, detik: float = SEKALI_DETIK) -> Kemajuan:
    """The next files into the store; when none is left, all evidence at once. BarisError names what stops it."""
    try:
        with locked(impor):
            _keep_some(impor, time.monotonic() + detik)
    except ValidationError as galat:
        # Another tab was done with it between our question and our lock; its folder is gone.
        impor.refresh_from_db(fields=["dikonfirmasi_pada"])
        if getattr(galat, "code", "") != "hilang" or impor.dikonfirmasi_pada is None:
            raise
    return keeping_progress(impor)


def _keep_some(impor: Impor, sampai: float) -> None:
    kini = Impor.objects.select_related("rencana__satker", "menyimpan_oleh").get(pk=impor.pk)
    if kini.dikonfirmasi_pada:
        return
    if kini.menyimpan_oleh is None:
        raise refused("tidak_disimpan")
    try:
        if keep_files(kini, kini.menyimpan_oleh, sampai):
            record_all(kini)
    except BarisError as galat:
        give_up(kini, galat)
        raise


def keep_files(impor: Impor, by: User, sampai: float) -> bool:
    """Whether all of them are there now."""
    sejak = timezone.now() - MASIH_TERSIMPAN
    belum = impor.baris.taken().exclude(disimpan_pada__gt=sejak).select_related("impor").order_by("urutan")
    baris = list(belum)
    for ke, satu in enumerate(baris, 1):
        keep_line(impor, satu, by)
        if time.monotonic() > sampai and ke < len(baris):
            return False
    return True


def keep_line(impor: Impor, baris: BarisImpor, by: User) -> None:
    try:
        with BerkasDibaca(baris) as berkas:
            simpanan = intake.keep_file(described(impor, baris, by), berkas).simpanan
    except FileNotFoundError:
        raise BarisError(baris, "Berkasnya tidak ada lagi di server. Lewati, lalu impor lagi.") from None
    except ValidationError as galat:
        raise BarisError(baris, " ".join(galat.messages)) from galat
    assert simpanan
    note_kept(impor, baris, simpanan)


@transaction.atomic
def note_kept(impor: Impor, baris: BarisImpor, simpanan: BerkasTersimpan) -> None:
    lock_open(impor)  # cancelled meanwhile, it is said in words
    BarisImpor.objects.filter(pk=baris.pk).update(
        disimpan_pada=timezone.now(), pindai=simpanan.pindai, dipindai_pada=simpanan.dipindai_pada
    )


class BerkasDibaca(File):
    """A line's file as intake takes it: it lies complete on our own disk."""

    def __init__(self, baris: BarisImpor) -> None:
        self.jalan: Path = path_of(baris)
        self.sha256 = baris.sha256
        super().__init__(self.jalan.open("rb"), name=baris.nama_berkas)


def described(impor: Impor, baris: BarisImpor, by: User) -> Evidence:
    assert baris.tanggal_dokumen
    return intake.describe(impor.rencana.satker, baris.judul, baris.tanggal_dokumen, by, baris.rahasia, None)


@transaction.atomic
def give_up(impor: Impor, galat: BarisError) -> None:
    """Back to the choices, with the reason at its line, which is kept anew the next time."""
    lock_open(impor)
    BarisImpor.objects.filter(pk=galat.baris.pk).update(
        kendala=galat.pesan[:KENDALA_TERPANJANG], disimpan_pada=None
    )
    stop_keeping(impor)


# --- All at once ---


@transaction.atomic
def record_all(impor: Impor) -> None:
    """Every piece and its place in a draft, or none."""
    kini = lock_open(impor)
    by = kini.menyimpan_oleh
    if by is None or kini.baris.taken().filter(disimpan_pada=None).exists():  # stopped, chosen anew meanwhile
        raise refused("tidak_disimpan")
    Pencatat(kini, by).record()
    Impor.objects.filter(pk=kini.pk).update(dikonfirmasi_oleh=by, dikonfirmasi_pada=timezone.now())
    transaction.on_commit(lambda: forget(kini))


Sama = tuple[str, dt.date | None, bool]


def likewise(apa: BarisImpor | Evidence) -> Sama:
    """In this a file that is there already and one that comes must agree to be one piece of evidence."""
    return apa.sha256, apa.tanggal_dokumen, apa.rahasia


@contextmanager
def naming(baris: BarisImpor) -> Iterator[None]:
    try:
        yield
    except (ValidationError, PermissionDenied) as galat:
        raise BarisError(baris, " ".join(words_of(galat))) from galat


class Pencatat:
    """Records the taken lines of one batch, in order. Slots are locked first, as every other service does."""

    def __init__(self, impor: Impor, by: User) -> None:
        self.impor, self.by = impor, by
        self.baris = list(
            impor.baris.taken().select_related("impor", "sama_dengan__simpanan").order_by("urutan")
        )
        pks = {b.slot_id for b in self.baris if b.slot_id}
        list(Kebutuhan.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
        slots = Slot.objects.of_rencana(impor.rencana).filter(pk__in=pks).select_related(*SLOT_RELATIONS)
        self.slots = {slot.pk: slot for slot in slots}
        self.draf: dict[int, Submission] = {}
        self.isi_draf: dict[int, list[Evidence]] = {}
        self.dicatat: dict[Sama, Evidence] = {}
        lama = [b.sama_dengan_id for b in self.baris if b.sama_dengan_id]
        terlihat = Evidence.objects.visible_to(by).usable().filter(pk__in=lama)
        self.terlihat = set(terlihat.values_list("pk", flat=True))

    def record(self) -> None:
        isi: dict[int, list[BarisImpor]] = defaultdict(list)
        for baris in self.baris:
            with naming(baris):
                draf = self.draft_of(baris)
                baris.evidence = self.known(baris, draf) or self.new(baris, draf)
            self.dicatat[likewise(baris)] = baris.evidence
            isi[draf.pk].append(baris)
        for semua in isi.values():
            with naming(semua[0]):
                bukti = [b.evidence for b in semua if b.evidence]
                put_in_draft(submission=self.draft_of(semua[0]), evidence=bukti, by=self.by)
        BarisImpor.objects.bulk_update(self.baris, ["evidence"], batch_size=200)

    def draft_of(self, baris: BarisImpor) -> Submission:
        assert baris.slot_id
        if baris.slot_id not in self.draf:
            self.draf[baris.slot_id] = open_draft(slot=self.slots[baris.slot_id], by=self.by)
        return self.draf[baris.slot_id]

    def known(self, baris: BarisImpor, draf: Submission) -> Evidence | None:
        """The same file, said with the same date: in this batch, in the draft, or in the office before."""
        if sudah := self.dicatat.get(likewise(baris)):
            return sudah
        lama = baris.sama_dengan if baris.sama_dengan_id in self.terlihat else None
        calon = [*self.pieces_of(draf), *([lama] if lama else [])]
        return next((bukti for bukti in calon if likewise(bukti) == likewise(baris)), None)

    def pieces_of(self, draf: Submission) -> list[Evidence]:
        """What can still be used of it, as it was before this batch."""
        if draf.pk not in self.isi_draf:
            self.isi_draf[draf.pk] = list(Evidence.objects.usable().filter(dipakai__submission=draf))
        return self.isi_draf[draf.pk]

    def new(self, baris: BarisImpor, draf: Submission) -> Evidence:
        """Said with another date, it takes the place of the same file in the draft, as in services.add_to_draft."""
        bukti = described(self.impor, baris, self.by)
        intake.describe_file(bukti, stored(self.impor, baris), baris.nama_berkas)
        lama = next((satu for satu in self.pieces_of(draf) if satu.sha256 == baris.sha256), None)
        bukti.menggantikan = lama
        intake.record(bukti, baca=False)
        if lama:
            draf.isi.filter(evidence=lama).delete()
            self.pieces_of(draf).remove(lama)
        return bukti


def stored(impor: Impor, baris: BarisImpor) -> BerkasTersimpan:
    """As intake left it when the file was kept."""
    satker = impor.rencana.satker
    assert baris.disimpan_pada
    return BerkasTersimpan(
        satker=satker,
        sha256=baris.sha256,
        nama=vault.name_of(satker.kode, baris.sha256),
        ukuran=baris.ukuran,
        tipe=baris.tipe,
        disimpan_pada=baris.disimpan_pada,
        pindai=baris.pindai,
        dipindai_pada=baris.dipindai_pada,
    )


# --- When it is over ---


@transaction.atomic
def cancel(impor: Impor, by: User) -> None:
    kini = lock_open(impor)
    Impor.objects.filter(pk=kini.pk).update(
        dibatalkan_oleh=by, dibatalkan_pada=timezone.now(), menyimpan_oleh=None, menyimpan_pada=None
    )
    transaction.on_commit(lambda: forget(kini))


def forget(impor: Impor) -> None:
    """What it kept and nobody took in: a sweep would ask why so much lies there without a row. The act itself is done:
    where the store does not answer, the sweep finds the rest."""
    forget_bytes(impor.kunci)
    kode = impor.rencana.satker.kode
    tak_diambil = impor.baris.filter(evidence=None, disimpan_pada__isnull=False)
    try:
        for sha256 in tak_diambil.values_list("sha256", flat=True):
            remove_orphan(vault.name_of(kode, sha256))
    except vault.VaultError:
        logger.exception("Berkas impor %s yang tidak dipakai belum terhapus", impor.pk)


# --- What became of it ---


@dataclass(frozen=True)
class Ringkasan:
    semua: int
    diambil: int
    dilewati: int
    belum: int
    bermasalah: int


def summary(impor: Impor) -> Ringkasan:
    baris = impor.baris.values_list("putusan", "masalah")
    putusan = Counter("masalah" if masalah else str(p) for p, masalah in baris)
    return Ringkasan(
        semua=sum(putusan.values()),
        diambil=putusan["ambil"],
        dilewati=putusan["lewati"],
        belum=putusan["belum"],
        bermasalah=putusan["masalah"],
    )
