"""Where stored files lie: named by office and SHA-256, written once. Local disk, or S3 (vault_s3)."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Protocol, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

POTONGAN = 1024 * 1024
AWALAN = "bukti/"
HANYA_BACA = 0o440

PESAN = {
    "penuh": "Penyimpanan kantor penuh, jadi berkas ini tidak tersimpan. Hubungi pengelola aplikasi, lalu unggah lagi.",
    "tertutup": "Penyimpanan kantor tidak dapat ditulis, jadi berkas ini tidak tersimpan. Hubungi pengelola aplikasi.",
    "terputus": "Penyimpanan kantor sedang tidak dapat dipakai. Coba lagi sebentar lagi; bila tetap begini, hubungi "
    "pengelola aplikasi.",
    "berbeda": "Berkas yang sama pernah disimpan, tetapi isinya di penyimpanan sudah berubah. Tidak ada yang ditimpa. "
    "Hubungi pengelola aplikasi untuk memeriksanya.",
}
KODE_OSERROR = {
    errno.ENOSPC: "penuh",
    errno.EDQUOT: "penuh",
    errno.EROFS: "tertutup",
    errno.EACCES: "tertutup",
    errno.EPERM: "tertutup",
}
TANPA_TAUTAN_KERAS = {errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}


class VaultError(Exception):
    """The store cannot do it; as text, the words for a person."""

    def __init__(self, code: str) -> None:
        super().__init__(PESAN[code])
        self.code = code


@dataclass(frozen=True)
class Tersimpan:
    nama: str
    ukuran: int
    sejak: datetime


class Vault(Protocol):
    """What both kinds of store can do beyond Django's Storage. A missing file is FileNotFoundError."""

    GALAT: ClassVar[tuple[type[Exception], ...]]

    def put_new(self, path: Path, nama: str, sha256: str) -> bool:
        """Complete and lasting under `nama` when it returns True; False where something lies there already."""

    def chunks(self, nama: str, awal: int, panjang: int | None) -> Iterator[bytes]: ...

    def walk(self, awalan: str, sesudah: str) -> Iterator[Tersimpan]:
        """All below `awalan`, in the order of their names, those after `sesudah` only."""

    def code_of(self, galat: Exception) -> str: ...

    def open(self, nama: str, mode: str = "rb") -> File: ...

    def exists(self, nama: str) -> bool: ...

    def size(self, nama: str) -> int: ...

    def delete(self, nama: str) -> None: ...

    def url(self, nama: str, *, parameters: dict[str, str], expire: int) -> str: ...


def bukti_storage() -> Storage:
    return storages["bukti"]


def vault() -> Vault:
    return cast(Vault, storages["bukti"])


def name_of(kode: str, sha256: str) -> str:
    return f"{AWALAN}{kode}/{sha256[:2]}/{sha256}"


# --- Putting in, taking out ---


@contextmanager
def in_words() -> Iterator[None]:
    """What the disk or the object store answers, in words. FileNotFoundError stays: callers ask what is missing."""
    store = vault()
    try:
        yield
    except FileNotFoundError:
        raise
    except store.GALAT as galat:
        raise VaultError(store.code_of(galat)) from galat


def as_vault_error(galat: OSError) -> VaultError:
    return VaultError(code_of_os(galat))


def code_of_os(galat: OSError) -> str:
    return KODE_OSERROR.get(galat.errno or 0, "terputus")


def keep(path: Path, nama: str, sha256: str) -> None:
    """`path`, whole and hashed, under its lasting name. Never overwrites: what lies there must be the same."""
    with in_words():
        if not vault().put_new(path, nama, sha256) and hash_of(nama) != sha256:
            raise VaultError("berbeda")


def open_file(nama: str) -> File:
    with in_words():
        return vault().open(nama)


def chunks(nama: str, awal: int = 0, panjang: int | None = None) -> Iterator[bytes]:
    """The bytes, or some of them, in pieces: memory stays flat."""
    with in_words():
        yield from vault().chunks(nama, awal, panjang)


def hash_of(nama: str) -> str:
    hash_ = hashlib.sha256()
    for potongan in chunks(nama):
        hash_.update(potongan)
    return hash_.hexdigest()


def exists(nama: str) -> bool:
    with in_words():
        return vault().exists(nama)


def size(nama: str) -> int:
    with in_words():
        return vault().size(nama)


def presigned(nama: str, kepala: dict[str, str], detik: int) -> str:
    """An address on S3 that opens one file for a short while, for whoever has it."""
    with in_words():
        return vault().url(nama, parameters=kepala, expire=detik)


def walk(awalan: str = AWALAN, sesudah: str = "") -> Iterator[Tersimpan]:
    with in_words():
        yield from vault().walk(awalan, sesudah)


def remove(nama: str) -> None:
    """For what no row names, and for erasure by law. Nothing else removes."""
    with in_words():
        vault().delete(nama)


@contextmanager
def temporary_file(awalan: str = "terima-") -> Iterator[Path]:
    """A file of our own on the file system of the local store, gone at the end if it was not kept."""
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, nama = tempfile.mkstemp(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix=awalan)
    os.close(handle)
    try:
        yield Path(nama)
    finally:
        Path(nama).unlink(missing_ok=True)


# --- Local disk ---


class LokalStorage(FileSystemStorage):
    """Below MEDIA_ROOT. What arrives lies on the same file system, so that keeping it is giving it a name."""

    GALAT = (OSError,)

    def put_new(self, path: Path, nama: str, sha256: str) -> bool:
        tujuan = Path(self.path(nama))
        make_folder(tujuan.parent)
        path.chmod(HANYA_BACA)
        flush_to_disk(path)
        baru = give_name(path, tujuan)
        flush_to_disk(tujuan.parent)
        return baru

    def chunks(self, nama: str, awal: int, panjang: int | None) -> Iterator[bytes]:
        sisa = panjang
        with Path(self.path(nama)).open("rb") as file:
            file.seek(awal)
            while sisa is None or sisa > 0:
                potongan = file.read(POTONGAN if sisa is None else min(sisa, POTONGAN))
                if not potongan:
                    return
                sisa = None if sisa is None else sisa - len(potongan)
                yield potongan

    def walk(self, awalan: str, sesudah: str) -> Iterator[Tersimpan]:
        yield from self._below(awalan.rstrip("/"), sesudah)

    def _below(self, folder: str, sesudah: str) -> Iterator[Tersimpan]:
        try:
            with os.scandir(self.path(folder)) as isi:
                # As S3 orders them: by the whole name, in which a folder ends with a slash.
                entries = sorted(isi, key=lambda e: e.name + "/" * e.is_dir(follow_symlinks=False))
        except FileNotFoundError:
            return
        for entry in entries:
            nama = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if f"{nama}/\U0010ffff" > sesudah:
                    yield from self._below(nama, sesudah)
            elif nama > sesudah:
                keadaan = entry.stat(follow_symlinks=False)
                yield Tersimpan(nama, keadaan.st_size, datetime.fromtimestamp(keadaan.st_mtime, UTC))

    def code_of(self, galat: Exception) -> str:
        return code_of_os(galat) if isinstance(galat, OSError) else "terputus"


def give_name(path: Path, tujuan: Path) -> bool:
    """A second name for a file that is whole; the first goes with its temporary file. False where one lies there."""
    try:
        os.link(path, tujuan)
    except FileExistsError:
        return False
    except OSError as galat:
        if galat.errno not in TANPA_TAUTAN_KERAS:
            raise
        return move_without_link(path, tujuan)
    return True


def move_without_link(path: Path, tujuan: Path) -> bool:
    """For file systems without hard links. Two at once may both move: the content is the same."""
    if tujuan.exists():
        return False
    path.replace(tujuan)
    return True


def make_folder(folder: Path) -> None:
    """With its parents, each lasting in the one above it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS or 0o750, exist_ok=True)
    flush_to_disk(folder.parent)


def flush_to_disk(path: Path) -> None:
    """A file or a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
