"""The tus 1.0 protocol on Unggahan: core, creation, expiration, checksum, termination. Views: views/terima.py.

Written here because no kept library fits (November 2026). django-tus is of 2020, without user, CSRF, expiry or
checksum. drf-tus and resumable-upload are kept, but both take a PATCH whole into memory, so that a broken line
loses all of it; drf-tus lets anybody write to any upload, wants Django REST Framework and drops the upload on
any error; resumable-upload keeps a database of its own beside ours and locks within one process only.

How far an upload is, its file says: whatever a killed worker had written counts. The column `diterima` repeats it
for those who only want to know.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import errno
import fcntl
import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import Satker, User
from evidence import batas, intake
from evidence.access import area_of
from evidence.models import Evidence, Slot, Unggahan

VERSI = "1.0.0"
EKSTENSI = "creation,expiration,checksum,termination"
TIPE_POTONGAN = "application/offset+octet-stream"
ALGORITMA = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
}  # the protocol demands SHA-1; nothing is trusted to it
SEKALI_BACA = (64 * 1024, 1024 * 1024)  # what a line that breaks may cost, and what reads fast
BERLAKU = dt.timedelta(days=7)
TANPA_PEMILIK = dt.timedelta(days=1)
METADATA_TERPANJANG = 4096
SIDIK_TERPANJANG = 200
TIDAK_ADA = "Unggahan ini sudah tidak ada. Pilih lagi berkasnya."
# Scanner away, store away or full, no room left in the round or office, too busy to look into it in time.
BUKAN_SALAH_BERKAS = ("pemindai_", "simpanan_", "batas_", "berat")
PENUH = {errno.ENOSPC, errno.EDQUOT}


class Ditolak(Exception):
    """What the protocol answers instead; `pesan` is for the person."""

    def __init__(self, status: int, pesan: str) -> None:
        super().__init__(pesan)
        self.status, self.pesan = status, pesan


class Badan(Protocol):
    """The body of a request."""

    def read(self, size: int, /) -> bytes: ...


# --- What the headers say ---

KepalaHttp = Mapping[str, str]


@dataclass(frozen=True)
class Checksum:
    algoritma: str
    nilai: bytes


@dataclass(frozen=True)
class Tentang:
    """What a client says of the file it will send."""

    nama: str
    sidik: str


def number(headers: KepalaHttp, nama: str) -> int:
    teks = headers.get(nama, "")
    if not re.fullmatch(r"[0-9]{1,15}", teks):
        raise Ditolak(400, f"Kepala {nama} harus berupa bilangan bulat.")
    return int(teks)


def announced_length(headers: KepalaHttp) -> int:
    if "Upload-Defer-Length" in headers:
        raise Ditolak(400, "Ukuran berkas harus disebut sejak awal (Upload-Length).")
    return number(headers, "Upload-Length")


def body_length(headers: KepalaHttp) -> int:
    if not headers.get("Content-Length"):
        raise Ditolak(411, "Panjang potongan tidak disebut (Content-Length).")
    return number(headers, "Content-Length")


def check_type(headers: KepalaHttp) -> None:
    if headers.get("Content-Type", "") != TIPE_POTONGAN:
        raise Ditolak(415, f"Potongan berkas dikirim sebagai {TIPE_POTONGAN}.")


def about(headers: KepalaHttp) -> Tentang:
    isi = metadata(headers.get("Upload-Metadata", ""))
    return Tentang(nama=isi.get("filename", ""), sidik=isi.get("sidik", "")[:SIDIK_TERPANJANG])


def metadata(kepala: str) -> dict[str, str]:
    """`kunci nilai-base64`, divided by commas. What is not ours is read and left."""
    if len(kepala) > METADATA_TERPANJANG:
        raise Ditolak(400, "Keterangan berkas terlalu panjang (Upload-Metadata).")
    isi: dict[str, str] = {}
    for pasangan in filter(None, kepala.split(",")):
        kunci, _, nilai = pasangan.strip().partition(" ")
        if not kunci.isascii() or not kunci or kunci in isi:
            raise Ditolak(400, "Keterangan berkas tidak terbaca (Upload-Metadata).")
        isi[kunci] = _text(nilai)
    if "\0" in isi.get("sidik", ""):  # no database of ours keeps one
        raise Ditolak(400, "Keterangan berkas tidak terbaca (Upload-Metadata).")
    return isi


def _text(nilai: str) -> str:
    try:
        return base64.b64decode(nilai, validate=True).decode()
    except (binascii.Error, ValueError):  # UnicodeDecodeError is one
        raise Ditolak(400, "Keterangan berkas tidak terbaca (Upload-Metadata).")


def checksum(headers: KepalaHttp) -> Checksum | None:
    if "Upload-Checksum" not in headers:
        return None
    algoritma, _, nilai = headers["Upload-Checksum"].partition(" ")
    try:
        cocok = Checksum(algoritma, base64.b64decode(nilai, validate=True))
    except (binascii.Error, ValueError):
        raise Ditolak(400, "Jumlah periksa tidak terbaca (Upload-Checksum).")
    if algoritma not in ALGORITMA:
        raise Ditolak(400, f"Jumlah periksa harus salah satu dari: {', '.join(ALGORITMA)}.")
    return cocok


def metadata_header(unggahan: Unggahan) -> str:
    isi = {"filename": unggahan.nama_berkas, "sidik": unggahan.sidik}
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in isi.items() if v)


# --- Beginning ---


def begin(*, slot: Slot, by: User, tentang: Tentang, ukuran: int, at: dt.datetime | None = None) -> Unggahan:
    """An empty upload. Every limit is told now, before a byte travels. Who may is asked by the caller."""
    at = at or timezone.now()
    nama = intake.check_name(tentang.nama)
    intake.check_size(ukuran)
    _check_disk(ukuran)
    return _reserve(slot, by, nama, tentang.sidik, ukuran, at)


@transaction.atomic
def _reserve(slot: Slot, by: User, nama: str, sidik: str, ukuran: int, at: dt.datetime) -> Unggahan:
    satker = area_of(slot).rencana.satker
    # One at a time in an office: two that begin at once must not both find the last of the room.
    Satker.objects.select_for_update().get(pk=satker.pk)
    batas.check_unfinished(by, at)
    batas.check_round(slot, ukuran, at)
    batas.check_satker(satker, ukuran, at)
    unggahan = Unggahan.objects.create(
        slot_id=slot.pk,
        oleh=by,
        nama_berkas=nama,
        sidik=sidik,
        ukuran=ukuran,
        dibuat_pada=at,
        kedaluwarsa_pada=at + BERLAKU,
    )
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path_of(unggahan).touch(mode=0o600, exist_ok=False)
    return unggahan


def _check_disk(ukuran: int) -> None:
    temp = Path(settings.FILE_UPLOAD_TEMP_DIR)
    temp.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(temp).free < ukuran:
        raise Ditolak(507, "Penyimpanan kantor tidak cukup untuk berkas ini. Hubungi pengelola aplikasi.")


# --- Its file ---


def folder() -> Path:
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / "tus"


def path_of(unggahan: Unggahan) -> Path:
    return folder() / unggahan.pk.hex


@contextmanager
def locked(unggahan: Unggahan) -> Iterator[Path]:
    """Nobody else writes, asks or finishes. The lock is the kernel's: it ends with a killed worker."""
    if unggahan.kedaluwarsa_pada <= timezone.now():
        raise Ditolak(410, "Unggahan ini sudah kedaluwarsa. Pilih lagi berkasnya.")
    path = path_of(unggahan)
    handle = _open(path)
    try:
        _lock(handle, path)
        yield path
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR)  # NFS locks only what is open for writing
    except PermissionError:  # the store made it read-only, then the database refused the row
        return os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        raise Ditolak(410, TIDAK_ADA)


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Ditolak(423, "Berkas ini sedang diterima lewat sambungan lain. Tunggu sebentar.")
    if not path.exists():  # its last holder finished it
        raise Ditolak(410, TIDAK_ADA)


def offset_of(unggahan: Unggahan) -> int:
    """How much is here and stays here: nobody is writing meanwhile."""
    if unggahan.selesai_pada:
        return unggahan.ukuran
    with locked(unggahan) as path:
        return path.stat().st_size


# --- Receiving ---


def append(
    unggahan: Unggahan, badan: Badan, *, offset: int, panjang: int, cocok: Checksum | None = None
) -> int:
    """The new offset. What came before the line broke stays; a part that does not match its checksum does not."""
    if unggahan.selesai_pada:
        raise Ditolak(409, "Berkas ini sudah diterima.")
    with locked(unggahan) as path:
        ada = path.stat().st_size
        if offset != ada:
            raise Ditolak(
                409, f"Potongan ini mulai pada bita {offset}, padahal yang sudah diterima {ada} bita."
            )
        if ada + panjang > unggahan.ukuran:
            raise Ditolak(413, "Potongan ini melewati ukuran berkas yang diumumkan.")
        tulis = _append_checked if cocok else _append_plain
        try:
            tulis(path, badan, panjang, cocok)
        except OSError as galat:
            raise full_or(galat)
        finally:
            sampai = path.stat().st_size
            Unggahan.objects.filter(pk=unggahan.pk).update(diterima=sampai)
    return sampai


def full_or(galat: OSError) -> Exception:
    if galat.errno not in PENUH:
        return galat
    return Ditolak(
        507,
        "Penyimpanan kantor penuh. Yang sudah sampai tidak hilang: hubungi pengelola aplikasi, lalu lanjutkan.",
    )


def _append_plain(path: Path, badan: Badan, panjang: int, _: Checksum | None) -> None:
    with path.open("ab", buffering=0) as keluar:
        for potongan in pieces(badan, panjang):
            write_all(keluar.fileno(), potongan)
        os.fdatasync(keluar.fileno())  # what is acknowledged, outlives a power cut


def _append_checked(path: Path, badan: Badan, panjang: int, cocok: Checksum | None) -> None:
    """Beside the file first: bytes nobody vouches for are never part of it, wherever the worker dies."""
    assert cocok
    samping = path.with_suffix(f".{uuid.uuid4().hex}")
    try:
        with samping.open("w+b") as keluar:
            hitung = ALGORITMA[cocok.algoritma](usedforsecurity=False)
            for potongan in pieces(badan, panjang):
                keluar.write(potongan)
                hitung.update(potongan)
            if hitung.digest() != cocok.nilai:
                raise Ditolak(460, "Potongan ini berubah di perjalanan. Kirim lagi.")
            keluar.seek(0)
            _append_plain(path, keluar, panjang, None)
    finally:
        samping.unlink(missing_ok=True)


def pieces(badan: Badan, panjang: int) -> Iterator[bytes]:
    """Until all has come or the line breaks; a broken line is an end, no error. A small part: a weak line."""
    paling_sedikit, paling_banyak = SEKALI_BACA
    sekali = max(paling_sedikit, min(panjang // 8, paling_banyak))
    while panjang > 0:
        try:
            potongan = badan.read(min(panjang, sekali))
        except OSError:  # gone, or silent for too long
            return
        if not potongan:
            return
        panjang -= len(potongan)
        yield potongan


def write_all(handle: int, potongan: bytes) -> None:
    sisa = memoryview(potongan)
    while sisa:
        sisa = sisa[os.write(handle, sisa) :]


# --- Becoming evidence, or not ---


class BerkasDiterima(File):
    """A file that lies complete on our own disk: intake hashes it where it is and gives it its lasting name."""

    def __init__(self, unggahan: Unggahan, jalan: Path) -> None:
        super().__init__(jalan.open("rb"), name=unggahan.nama_berkas)
        self.jalan = jalan


def finish(unggahan: Unggahan, terima: Callable[[File], Evidence]) -> Evidence:
    """What `terima` makes of the file. Refused for what is in it, it goes; for what is said of it, it waits.

    Asked again, because the answer did not arrive: the same evidence.
    """
    if unggahan.evidence:
        return unggahan.evidence
    try:
        with locked(unggahan) as path:
            evidence = _hand_in(unggahan, path, terima)
            Unggahan.objects.filter(pk=unggahan.pk).update(evidence=evidence, selesai_pada=timezone.now())
            path.unlink()
    except Ditolak as ditolak:
        raise ValidationError(ditolak.pesan)
    return evidence


def _hand_in(unggahan: Unggahan, path: Path, terima: Callable[[File], Evidence]) -> Evidence:
    if path.stat().st_size != unggahan.ukuran:
        raise ValidationError("Berkas belum sampai seluruhnya. Lanjutkan unggahannya.")
    with BerkasDiterima(unggahan, path) as berkas:
        try:
            return terima(berkas)
        except ValidationError as galat:
            if refuses_the_file(galat):
                _remove(unggahan, path)
            raise


def refuses_the_file(galat: ValidationError) -> bool:
    """Its content, which no other try will change; not its date or title, nor what is the matter with us."""
    galat_berkas = getattr(galat, "error_dict", {}).get("berkas", [])
    return any(not str(satu.code or "").startswith(BUKAN_SALAH_BERKAS) for satu in galat_berkas)


def cancel(unggahan: Unggahan) -> None:
    if not path_of(unggahan).exists():
        _remove(unggahan, path_of(unggahan))
        return
    with locked(unggahan) as path:
        _remove(unggahan, path)


def _remove(unggahan: Unggahan, path: Path) -> None:
    Unggahan.objects.filter(pk=unggahan.pk).delete()
    path.unlink(missing_ok=True)


# --- What is not finished ---


@dataclass(frozen=True)
class BelumSelesai:
    unggahan: Unggahan
    sampai: int

    @property
    def persen(self) -> int:
        return 100 * self.sampai // self.unggahan.ukuran


def unfinished(slot: Slot, by: User) -> list[BelumSelesai]:
    """This person's, for this slot, that can still go on."""
    kini = timezone.now()
    milik = Unggahan.objects.filter(slot_id=slot.pk, oleh=by, evidence=None, kedaluwarsa_pada__gt=kini)
    return [BelumSelesai(u, path_of(u).stat().st_size) for u in milik if path_of(u).exists()]


def sapu_kedaluwarsa(now: dt.datetime) -> int:
    """Remove what expired, and files without a row; what is being written is left for the next time."""
    banyak = sum(_sweep(u) for u in Unggahan.objects.filter(kedaluwarsa_pada__lte=now))
    return banyak + sum(_sweep_file(path, now) for path in _files())


def _sweep(unggahan: Unggahan) -> bool:
    path = path_of(unggahan)
    if path.exists() and not _free(path):
        return False
    _remove(unggahan, path)
    return True


def _files() -> list[Path]:
    return sorted(folder().iterdir()) if folder().is_dir() else []


def _sweep_file(path: Path, now: dt.datetime) -> bool:
    berubah = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    if now - berubah < TANPA_PEMILIK or _has_row(path):
        return False
    path.unlink(missing_ok=True)
    return True


def _has_row(path: Path) -> bool:
    try:
        return Unggahan.objects.filter(pk=uuid.UUID(hex=path.name), evidence=None).exists()
    except ValueError:  # a part kept beside, for its checksum
        return False


def _free(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
