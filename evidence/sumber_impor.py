"""An office's own drive as it lies there: a folder tree or a ZIP, listed in one order, each file opened by itself.

What a stranger packed is not believed: announced sizes may be a lie, and names are data, never a path on our disk. How
far a file swells says nothing, an empty scan as BMP comes to 700 times its size in the ZIP: what is unpacked is limited
instead, each file by BUKTI_MAKS_MB, all together by BUKTI_MAKS_IMPOR_MB, none beyond what it announced.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError

from evidence.intake import shown

MB = 1024 * 1024
JALUR_TERPANJANG = 900
FOLDER_TERDALAM = 20
DAFTAR_TERBESAR = 4 * MB  # the table of contents, which is read into memory
MAMPAT = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
RUSAK = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
)
BERKAS_SISTEM = re.compile(
    r"^(\..*|thumbs\.db|desktop\.ini|ehthumbs\.db|~\$.*|.*\.tmp|icon\r?)$", re.IGNORECASE
)
FOLDER_SISTEM = frozenset({"__macosx", "$recycle.bin", "system volume information"})
INDEKS_PAKET = frozenset({"indeks.html", "indeks.xlsx", "indeks.css", "manifest.sha256"})

PESAN = {
    "bukan_zip": "Berkas ini bukan ZIP, atau ZIP-nya rusak. Buat lagi ZIP-nya dari folder Anda, lalu unggah lagi.",
    "terkunci": "ZIP ini dikunci kata sandi. Buat lagi tanpa kata sandi, lalu unggah lagi.",
    "dokumen": "Ini satu dokumen Word, Excel, PowerPoint, atau ODF, bukan ZIP berisi folder. Unggah di halaman Unggah "
    "Bukti.",
    "kosong": "Tidak ada berkas di dalamnya. Pilih folder atau ZIP yang berisi dokumen.",
    "banyak": "Isinya lebih dari {batas} berkas. Bagi menjadi beberapa, mis. satu ZIP tiap area.",
    "besar": "Isinya lebih dari {batas} MB sesudah dibuka. Bagi menjadi beberapa, mis. satu ZIP tiap area.",
    "keluar": "Nama “{nama}” menunjuk ke luar foldernya. ZIP ini tidak dibaca; buat lagi dengan cara biasa.",
    "tanpa_nama": "Ada isi ZIP yang tidak bernama. ZIP ini tidak dibaca; buat lagi dengan cara biasa.",
    "panjang": "Jalur “{nama}…” terlalu panjang. Pendekkan nama foldernya, lalu coba lagi.",
    "dalam": "Folder “{nama}” terlalu dalam, lebih dari {batas} tingkat. Pindahkan ke atas, lalu coba lagi.",
    "mampat": "“{nama}” dimampatkan dengan cara yang tidak dikenal. Buat lagi ZIP-nya dengan cara biasa.",
}
ENTRI_RUSAK = "Berkas ini rusak di dalam ZIP. Salin lagi dari sumbernya."
ENTRI_BOHONG = "Isi berkas ini lebih besar daripada yang tertulis di daftar ZIP, jadi tidak dibaca."
ENTRI_HILANG = "Berkas ini sudah tidak ada di folder sumbernya."
ENTRI_TAK_TERBACA = (
    "Berkas ini tidak dapat dibaca dari folder sumbernya. Salin ulang berkasnya, lalu coba lagi."
)


def refused(code: str, **isian: object) -> ValidationError:
    return ValidationError(PESAN[code].format(**isian), code=code)


class EntriError(Exception):
    """One file cannot be read; the text is for the person."""


@dataclass(frozen=True)
class Entri:
    jalur: str  # as shown: forward slashes, no hidden characters
    nama: str  # the file's own name as it was
    ukuran: int
    buka: Callable[[], IO[bytes]]

    @property
    def dibongkar(self) -> int:
        """What it takes of our disk: one that is too large is refused unopened."""
        return self.ukuran if self.ukuran <= settings.BUKTI_MAKS_MB * MB else 0


@dataclass
class Isi:
    entri: list[Entri] = field(default_factory=list)
    dilewati: list[str] = field(default_factory=list)


# --- What both have in common ---


def settle(isi: Isi) -> Isi:
    """Limits, and the one order: by path, numbers as numbers."""
    isi.entri.sort(key=lambda e: natural(e.jalur))
    isi.dilewati.sort(key=natural)
    if not isi.entri:
        raise refused("kosong")
    if len(isi.entri) > settings.BUKTI_MAKS_IMPOR_BERKAS:
        raise refused("banyak", batas=settings.BUKTI_MAKS_IMPOR_BERKAS)
    if sum(e.dibongkar for e in isi.entri) > settings.BUKTI_MAKS_IMPOR_MB * MB:
        raise refused("besar", batas=settings.BUKTI_MAKS_IMPOR_MB)
    return isi


def natural(jalur: str) -> tuple[tuple[tuple[int, str], ...], str]:
    bagian = re.findall(r"\d+|\D+", jalur.casefold())
    return tuple((int(b), "") if b.isdecimal() and len(b) < 10 else (-1, b) for b in bagian), jalur


def is_system(jalur: str, akar: frozenset[str]) -> bool:
    """What computers leave in folders, and the index of our own package."""
    *folder, nama = PurePosixPath(jalur).parts
    if any(f.lower() in FOLDER_SISTEM or f.startswith(".") for f in folder) or BERKAS_SISTEM.match(nama):
        return True
    return not folder and "manifest.sha256" in akar and nama.lower() in INDEKS_PAKET


def check_path(jalur: str) -> None:
    if len(jalur) > JALUR_TERPANJANG:
        raise refused("panjang", nama=shown(jalur[:80]))
    if jalur.count("/") > FOLDER_TERDALAM:
        raise refused("dalam", nama=shown(jalur[:80]), batas=FOLDER_TERDALAM)


class Jalur:
    """Each path once: what looks the same after its hidden characters are told gets a number."""

    def __init__(self) -> None:
        self.sudah: set[str] = set()

    def satu(self, jalur: str) -> str:
        calon, ke = shown(jalur), 1
        while calon in self.sudah:
            ke += 1
            calon = f"{shown(jalur)} ({ke})"
        self.sudah.add(calon)
        return calon


# --- ZIP ---


@contextmanager
def open_zip(path: Path) -> Iterator[Isi]:
    """Its files, to be opened while it is open. ValidationError says why it is not read at all."""
    check_table_size(path)
    try:
        arsip = zipfile.ZipFile(path)
    except (*RUSAK, OSError):
        raise refused("bukan_zip") from None
    with arsip:
        yield settle(list_zip(arsip))


def check_table_size(path: Path) -> None:
    """Before the table of contents is read into memory. Only a ZIP64 has room for more than this in another record."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65557))
        ekor = file.read()
    di = ekor.rfind(b"PK\x05\x06")
    if di < 0 or len(ekor) < di + 22:
        raise refused("bukan_zip")
    banyak, ukuran = struct.unpack("<HL", ekor[di + 10 : di + 16])
    if ukuran == 0xFFFFFFFF or banyak == 0xFFFF:
        banyak, ukuran = zip64_table(path, ekor, di)
    if banyak > 4 * settings.BUKTI_MAKS_IMPOR_BERKAS or ukuran > DAFTAR_TERBESAR:
        raise refused("banyak", batas=settings.BUKTI_MAKS_IMPOR_BERKAS)


def zip64_table(path: Path, ekor: bytes, di: int) -> tuple[int, int]:
    """Number and size of the table, from the record that the locator points at."""
    penunjuk = ekor[max(0, di - 20) : di]
    if penunjuk[:4] != b"PK\x06\x07":
        raise refused("bukan_zip")
    with path.open("rb") as file:
        file.seek(struct.unpack("<Q", penunjuk[8:16])[0])
        catatan = file.read(56)
    if len(catatan) < 56 or catatan[:4] != b"PK\x06\x06":
        raise refused("bukan_zip")
    banyak, ukuran = struct.unpack("<QQ", catatan[32:48])
    return banyak, ukuran


def list_zip(arsip: zipfile.ZipFile) -> Isi:
    isi, jalur = Isi(), Jalur()
    # By the name as read: Windows' `folder\\` is a folder too, and zipfile stumbles over an empty name.
    semua = [(info, name_of(info)) for info in arsip.infolist()]
    names = [(info, nama) for info, nama in semua if not nama.endswith("/")]
    akar = frozenset(nama.lower() for _, nama in names if "/" not in nama)
    if "[content_types].xml" in akar or {"mimetype", "content.xml"} <= akar:
        raise refused("dokumen")
    for info, nama in names:
        check_entry(info, nama)
        if is_system(nama, akar) or is_link(info):
            isi.dilewati.append(jalur.satu(nama))
            continue
        isi.entri.append(Entri(jalur.satu(nama), nama, info.file_size, opener(arsip, info)))
    return isi


def name_of(info: zipfile.ZipInfo) -> str:
    """UTF-8 where it says so, and where it does not but is: many write it without saying. Windows' old slashes too."""
    nama = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            nama = nama.encode("cp437").decode("utf-8")
        except UnicodeError:
            nama = info.orig_filename
    return nama.replace("\\", "/")


def check_entry(info: zipfile.ZipInfo, nama: str) -> None:
    if not PurePosixPath(nama).parts:
        raise refused("tanpa_nama")
    if nama.startswith("/") or ".." in nama.split("/") or re.match(r"[A-Za-z]:", nama):
        raise refused("keluar", nama=shown(nama[:80]))
    check_path(nama)
    if info.flag_bits & 0x1:
        raise refused("terkunci")
    if info.compress_type not in MAMPAT:
        raise refused("mampat", nama=shown(nama[:80]))


def is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def opener(arsip: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def buka() -> IO[bytes]:
        try:
            return arsip.open(info)
        except RUSAK:
            raise EntriError(ENTRI_RUSAK) from None

    return buka


# --- Folder ---


def list_folder(akar: Path) -> Isi:
    """All below, links never followed."""
    isi, jalur = Isi(), Jalur()
    names = list(walk(akar, ""))
    teratas = frozenset(nama.lower() for nama, entry in names if "/" not in nama and entry is not None)
    for nama, entry in names:
        check_path(nama)
        if entry is None or is_system(nama, teratas):
            isi.dilewati.append(jalur.satu(nama))
            continue
        ukuran = entry.stat(follow_symlinks=False).st_size
        isi.entri.append(
            Entri(jalur.satu(nama), PurePosixPath(nama).name, ukuran, file_opener(Path(entry.path)))
        )
    return settle(isi)


def walk(folder: Path, awalan: str) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Paths below; without an entry what is no plain file: a link, a pipe, a device."""
    with os.scandir(folder) as isi:
        for entry in sorted(isi, key=lambda e: e.name):
            nama = f"{awalan}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                check_path(f"{nama}/")
                yield from walk(Path(entry.path), f"{nama}/")
            else:
                yield nama, entry if entry.is_file(follow_symlinks=False) else None


class BerkasFolder(io.FileIO):
    """A disk that fails while it is read is not our store that fails."""

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return super().read(-1 if size is None else size)
        except OSError:
            raise EntriError(ENTRI_TAK_TERBACA) from None


def file_opener(path: Path) -> Callable[[], IO[bytes]]:
    def buka() -> IO[bytes]:
        """Whatever the name has become meanwhile: neither a link nor a pipe that would wait for ever."""
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            raise EntriError(ENTRI_HILANG) from None
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise EntriError(ENTRI_HILANG)
        return BerkasFolder(handle)

    return buka
