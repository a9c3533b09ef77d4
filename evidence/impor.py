"""Bawa Drive Anda: a batch is begun, its files are read in steps, and each gets a proposal. Nothing is evidence yet.

No worker runs in the background: each step reads for a few seconds and says how far it is. What is read lies in a
private folder; a killed process leaves lines that the next step reads again.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.access import Tindakan, hak, require
from accounts.area import ROMAWI
from accounts.models import User
from accounts.waktu import hari_ini
from actionplan.models import RencanaAksi
from evidence import content, intake, vault
from evidence.models import BarisImpor, Evidence, Impor, SubmissionEvidence
from evidence.pustaka import offered
from evidence.rencana_dikenal import RencanaDikenal
from evidence.rencana_impor import known_plan
from evidence.sumber_impor import ENTRI_BOHONG, ENTRI_RUSAK, RUSAK, Entri, EntriError, Isi, open_zip
from evidence.usulan_impor import Usulan, propose

BERLAKU = dt.timedelta(days=7)
SEKALI_DETIK = 3.0
MAKS_BERJALAN = 5
SUMBER = "sumber.zip"
MASALAH_TERPANJANG = 500

Putusan, Keyakinan = BarisImpor.Putusan, BarisImpor.Keyakinan

PESAN = {
    "dikonfirmasi": "Impor ini sudah dikonfirmasi; isinya tidak berubah lagi.",
    "dibatalkan": "Impor ini sudah dibatalkan. Mulai lagi dengan folder atau ZIP-nya.",
    "kedaluwarsa": "Impor ini sudah lewat tujuh hari dan berkasnya tidak disimpan lagi. Mulai lagi.",
    "banyak": "Anda masih punya {banyak} impor yang belum selesai. Konfirmasi atau batalkan dahulu.",
    "tanpa_sumber": "Folder ini dibaca dengan perintah. Teruskan: manage.py import_evidence "
    "--satker {kode} --tahun {tahun} --oleh {oleh} --lanjut {pk} FOLDER.",
    "penuh": "Penyimpanan kantor tidak cukup untuk berkas sebanyak ini. Hubungi pengelola aplikasi.",
    "hilang": "Berkas impor ini tidak ada lagi di server. Batalkan, lalu mulai lagi.",
}


def refused(code: str, **isian: object) -> ValidationError:
    return ValidationError(PESAN[code].format(**isian), code=code)


class SibukError(Exception):
    """Another tab, another person or the command is at it this moment."""


# --- Where its bytes wait ---


def root() -> Path:
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / "impor"


def folder_of(kunci: uuid.UUID) -> Path:
    return root() / kunci.hex


def path_of(baris: BarisImpor) -> Path:
    return folder_of(baris.impor.kunci) / str(baris.urutan)


@contextmanager
def locked(impor: Impor) -> Iterator[Path]:
    """One at a time; the lock is the kernel's and ends with a killed worker."""
    folder = folder_of(impor.kunci)
    try:
        handle = os.open(folder / "kunci", os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        raise refused("hilang") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield folder
    except BlockingIOError:
        raise SibukError from None
    finally:
        os.close(handle)


# --- Beginning ---


def begin_zip(*, rencana: RencanaAksi, by: User, upload: File) -> Impor:
    """A ZIP that was uploaded. Refused as a whole, it leaves nothing."""
    with new_folder() as (kunci, folder):
        take_upload(upload, folder / SUMBER)
        with open_zip(folder / SUMBER) as isi:
            return begin(rencana=rencana, by=by, isi=isi, nama_sumber=upload.name or "ZIP", kunci=kunci)


def begin_folder(*, rencana: RencanaAksi, by: User, isi: Isi, nama_sumber: str) -> Impor:
    with new_folder() as (kunci, _):
        return begin(rencana=rencana, by=by, isi=isi, nama_sumber=nama_sumber, kunci=kunci)


@contextmanager
def new_folder() -> Iterator[tuple[uuid.UUID, Path]]:
    kunci = uuid.uuid4()
    folder = folder_of(kunci)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield kunci, folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def take_upload(upload: File, tujuan: Path) -> None:
    """What lies on our disk already gets a second name; the first goes with the request."""
    with intake.in_words():
        if jalan := getattr(upload, "jalan", None):
            upload.flush()
            vault.give_name(Path(jalan), tujuan)
            return
        with tujuan.open("wb") as keluar:
            for potongan in upload.chunks():
                keluar.write(potongan)


@transaction.atomic
def begin(*, rencana: RencanaAksi, by: User, isi: Isi, nama_sumber: str, kunci: uuid.UUID) -> Impor:
    require(by, Tindakan.TULIS, rencana.satker)
    User.objects.select_for_update().get(pk=by.pk)  # two at once do not both find the last place
    check_limits(by, isi)
    kini = timezone.now()
    impor = Impor.objects.create(
        rencana=rencana,
        kunci=kunci,
        nama_sumber=intake.shown(nama_sumber)[:255],
        dilewati="\n".join(isi.dilewati),
        oleh=by,
        dibuat_pada=kini,
        kedaluwarsa_pada=kini + BERLAKU,
    )
    BarisImpor.objects.bulk_create(_line(impor, ke, entri) for ke, entri in enumerate(isi.entri, 1))
    return impor


def _line(impor: Impor, urutan: int, entri: Entri) -> BarisImpor:
    nama = entri.jalur.rsplit("/", 1)[-1][:255]
    return BarisImpor(impor=impor, urutan=urutan, jalur=entri.jalur, nama_berkas=nama, ukuran=entri.ukuran)


def check_limits(by: User, isi: Isi) -> None:
    kini = timezone.now()
    banyak = Impor.objects.unfinished().filter(oleh=by, kedaluwarsa_pada__gt=kini).count()
    if banyak >= MAKS_BERJALAN:
        raise refused("banyak", banyak=banyak)
    if shutil.disk_usage(root()).free < sum(e.dibongkar for e in isi.entri):
        raise refused("penuh")


# --- Reading, a few seconds at a time ---


@dataclass(frozen=True)
class Kemajuan:
    selesai: int
    semua: int

    @property
    def penuh(self) -> bool:
        return self.selesai == self.semua


def progress(impor: Impor) -> Kemajuan:
    semua = impor.baris.count()
    return Kemajuan(semua - impor.baris.unread().count(), semua)


def check_open(impor: Impor) -> None:
    if impor.dikonfirmasi_pada:
        raise refused("dikonfirmasi")
    if impor.dibatalkan_pada:
        raise refused("dibatalkan")
    if impor.kedaluwarsa_pada <= timezone.now():
        raise refused("kedaluwarsa")


def lock_open(impor: Impor) -> Impor:
    """The row, held until the transaction ends, still to be changed."""
    kini = Impor.objects.select_for_update(of=("self",)).select_related("rencana__satker").get(pk=impor.pk)
    check_open(kini)
    return kini


def read_some(impor: Impor, *, detik: float = SEKALI_DETIK) -> Kemajuan:
    """Of a ZIP. SibukError where somebody else is reading; ValidationError where it cannot go on."""
    check_open(impor)
    if impor.dibaca_pada is None:
        with locked(impor) as folder:
            if not (folder / SUMBER).exists():
                raise refused("tanpa_sumber", **how_to_go_on(impor))
            with open_zip(folder / SUMBER) as isi:
                _read(impor, isi, folder, time.monotonic() + detik)
    return progress(impor)


def read_folder(impor: Impor, isi: Isi, kabar: Callable[[BarisImpor], object]) -> None:
    """All of it, by the command."""
    check_open(impor)
    with locked(impor) as folder:
        _read(impor, isi, folder, float("inf"), kabar)


def _read(
    impor: Impor,
    isi: Isi,
    folder: Path,
    sampai: float,
    kabar: Callable[[BarisImpor], object] = lambda baris: None,
) -> None:
    pembaca = Pembaca(impor, folder, {e.jalur: e for e in isi.entri})
    for baris in list(impor.baris.unread().select_related("impor").order_by("urutan")):
        pembaca.read(baris)
        kabar(baris)
        if time.monotonic() > sampai:
            break
    if not impor.baris.unread().exists():
        finish_reading(impor, folder)


def how_to_go_on(impor: Impor) -> dict[str, object]:
    rencana = impor.rencana
    return {
        "pk": impor.pk,
        "kode": rencana.satker.kode,
        "tahun": rencana.tahun,
        "oleh": impor.oleh.username,
    }


@transaction.atomic
def finish_reading(impor: Impor, folder: Path) -> None:
    kini = lock_open(impor)
    if kini.dibaca_pada is None:
        Impor.objects.filter(pk=kini.pk).update(dibaca_pada=timezone.now())
    impor.refresh_from_db(fields=["dibaca_pada"])
    (folder / SUMBER).unlink(missing_ok=True)


class Pembaca:
    """Reads lines of one batch; the plan is asked once."""

    def __init__(self, impor: Impor, folder: Path, entri: dict[str, Entri]) -> None:
        self.impor, self.folder, self.entri = impor, folder, entri
        self.satker = impor.rencana.satker
        self.hari = hari_ini(self.satker.zona_waktu)
        self.areas = hak(impor.oleh).areas(Tindakan.TULIS, self.satker)

    @cached_property
    def rencana(self) -> RencanaDikenal:
        return known_plan(self.impor.rencana, self.hari)

    def read(self, baris: BarisImpor) -> None:
        isian: dict[str, object] = {"dibaca_pada": timezone.now()}
        try:
            isian |= self.look_at(baris)
        except ValidationError as galat:
            if is_ours(galat):
                raise
            isian["masalah"] = " ".join(galat.messages)[:MASALAH_TERPANJANG]
        except EntriError as galat:
            isian["masalah"] = str(galat)
        except FileNotFoundError:  # the batch was given up meanwhile, its folder is gone
            raise refused("hilang") from None
        if "masalah" in isian:
            path_of(baris).unlink(missing_ok=True)
        self.put_down(baris, isian)

    def look_at(self, baris: BarisImpor) -> dict[str, object]:
        entri = self.entri.get(baris.jalur)
        if entri is None:
            raise EntriError("Berkas ini sudah tidak ada di sumbernya.")
        nama = intake.check_name(entri.nama)
        if content.is_shortcut(nama):  # some are empty, and that would be said of them instead
            raise EntriError(content.PINTASAN)
        intake.check_size(entri.ukuran)
        sha256 = copy_entry(entri, path_of(baris))
        jenis = intake.recognise(path_of(baris), nama)
        isi = {
            "sha256": sha256,
            "ukuran": path_of(baris).stat().st_size,
            "tipe": jenis.tipe,
            "nama_berkas": intake.with_true_suffix(nama, jenis),
        }
        return {**isi, **self.proposed(baris, sha256)}

    def proposed(self, baris: BarisImpor, sha256: str) -> dict[str, object]:
        usulan = propose(baris.jalur, self.rencana, self.hari)
        sama = Kembar.find(baris, sha256, usulan)
        keraguan = [*usulan.keraguan, *self.area_doubts(usulan), *sama.keraguan]
        tanggal = sama.lama.tanggal_dokumen if sama.lama and not usulan.tanggal else usulan.tanggal
        return {
            "usul_id": usulan.slot.pk if usulan.slot else None,
            "slot_id": usulan.slot.pk if usulan.slot else None,
            "area": usulan.area,
            "usul_alasan": usulan.alasan if usulan.slot else "",
            "keyakinan": usulan.keyakinan,
            "keraguan": "\n".join(keraguan),
            "judul": usulan.judul,
            "tanggal_dokumen": tanggal,
            "rahasia": usulan.rahasia,
            "sama_dengan": sama.lama,
            "sama_dalam_impor": sama.baris,
            "putusan": first_decision(usulan, sama, tanggal, keraguan),
        }

    def area_doubts(self, usulan: Usulan) -> list[str]:
        if usulan.slot is None or usulan.slot.area in self.areas:
            return []
        return [
            f"Area {ROMAWI[usulan.slot.area]} bukan area pengunggah; Ketua Tim yang dapat mengonfirmasinya."
        ]

    @transaction.atomic
    def put_down(self, baris: BarisImpor, isian: dict[str, object]) -> None:
        lock_open(self.impor)
        BarisImpor.objects.unread().filter(pk=baris.pk).update(**isian)
        baris.refresh_from_db()


def is_ours(galat: ValidationError) -> bool:
    """A full or broken store: the same file is read again by the next step."""
    daftar = getattr(galat, "error_dict", {}).get("berkas", [])
    return any(str(satu.code or "").startswith("simpanan_") for satu in daftar)


def first_decision(
    usulan: Usulan, sama: Kembar, tanggal: dt.date | None, keraguan: list[str]
) -> BarisImpor.Putusan:
    """Only what leaves nothing to ask is ticked; what lies there already is left out."""
    if sama.sudah_di_sana:
        return Putusan.LEWATI
    pasti = usulan.keyakinan == Keyakinan.PASTI and tanggal is not None and not keraguan
    return Putusan.AMBIL if pasti else Putusan.BELUM


def copy_entry(entri: Entri, tujuan: Path) -> str:
    """Into the private folder; its SHA-256. Not a byte more than was announced."""
    hash_, sisa = hashlib.sha256(), entri.ukuran
    try:
        with entri.buka() as masuk, intake.in_words(), tujuan.open("wb") as keluar:
            while potongan := masuk.read(vault.POTONGAN):
                sisa -= len(potongan)
                if sisa < 0:
                    raise EntriError(ENTRI_BOHONG)
                hash_.update(potongan)
                keluar.write(potongan)
    except RUSAK:
        raise EntriError(ENTRI_RUSAK) from None
    intake.check_size(entri.ukuran - sisa)
    return hash_.hexdigest()


# --- The same bytes ---


@dataclass(frozen=True)
class Kembar:
    """Where they lie already: in the office, as far as the one who reads in may see, or earlier in the batch."""

    lama: Evidence | None = None
    baris: BarisImpor | None = None
    sudah_di_sana: bool = False

    @classmethod
    def find(cls, baris: BarisImpor, sha256: str, usulan: Usulan) -> Kembar:
        slot = usulan.slot.pk if usulan.slot else None
        lama = pieces_seen(baris.impor, sha256)
        sebelum = list(baris.impor.baris.filter(sha256=sha256, urutan__lt=baris.urutan).order_by("urutan"))
        di_sana = any(b.usul_id == slot for b in sebelum) or (bool(lama) and used_in(lama, slot))
        return cls(next(iter(lama), None), next(iter(sebelum), None), slot is not None and di_sana)

    @property
    def keraguan(self) -> list[str]:
        ragu = []
        if self.lama:
            di_sana = " dan sudah dipakai di sana" if self.sudah_di_sana else ""
            ragu.append(f"Berkas yang sama sudah ada di kantor{di_sana}.")
        if self.baris:
            ragu.append(f"Sama dengan berkas lain dalam impor ini: {self.baris.jalur[-120:]}.")
        return ragu


def pieces_seen(impor: Impor, sha256: str) -> list[Evidence]:
    """Of the office, oldest first. Who may see what is asked only where there is something to see."""
    satker = impor.rencana.satker_id
    if not Evidence.objects.filter(satker=satker, sha256=sha256).exists():
        return []
    pieces = offered(Evidence.objects.visible_to(impor.oleh)).filter(satker=satker, sha256=sha256)
    return list(pieces.order_by("pk"))


def used_in(pieces: list[Evidence], slot: int | None) -> bool:
    isi = SubmissionEvidence.objects.filter(evidence__in=pieces, submission__kebutuhan=slot)
    return isi.filter(submission__ditarik_pada=None).exists()


# --- Leaving it ---


def forget_bytes(kunci: uuid.UUID) -> None:
    shutil.rmtree(folder_of(kunci), ignore_errors=True)


def leftovers(now: dt.datetime, umur: dt.timedelta) -> Iterator[Path]:
    """Folders of batches that are over, or that no row names; none that is younger than `umur`."""
    if not root().is_dir():
        return
    hidup = Impor.objects.unfinished().filter(kedaluwarsa_pada__gt=now)
    perlu = {kunci.hex for kunci in hidup.values_list("kunci", flat=True)}
    for folder in sorted(root().iterdir()):
        tua = folder.stat().st_mtime < (now - umur).timestamp()
        if tua and folder.is_dir() and folder.name not in perlu:
            yield folder
