"""Files that are two things at once: a picture to us, an archive or a script to the program that opens it next."""

from __future__ import annotations

import re
import struct
from collections.abc import Collection
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

from evidence.isi.jenis import Jenis, Tolak

AKHIR_ZIP, DAFTAR_ZIP, LETAK_ZIP64 = b"PK\x05\x06", b"PK\x01\x02", b"PK\x06\x07"
PANJANG_AKHIR_ZIP = 22
EKOR = 70_000  # unzip looks through the last 66 000 bytes
# Nothing below is shorter than five bytes: in 50 MB of picture chance writes four bytes once in ninety files.
# Each begins with a letter that has one form, which makes the search a hundred times as fast.
SELUNDUPAN = (
    re.compile(
        rb"<(?:\?[Pp][Hh][Pp]|[Ss][Cc][Rr][Ii][Pp][Tt][\s>]|[Hh][Tt][Mm][Ll][\s>]|![Dd][Oo][Cc][Tt][Yy][Pp][Ee]\s+[Hh])"
    ),
    re.compile(rb"%PDF-[12]\."),
    re.compile(rb"Rar!\x1a\x07"),
    re.compile(rb"7z\xbc\xaf\x27\x1c"),
)
POTONGAN, TUMPANG = 4 * 1024 * 1024, 64
PROGRAM = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", b"L\x00\x00\x00\x01\x14\x02")
ARSIP = (
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ",
    b"MSCF",
    b"\x28\xb5\x2f\xfd",
)
BANTALAN = b"\0 \t\r\n"


def check_not_also(path: Path, jenis: Jenis) -> None:
    """A whole picture or video: no archive where an unpacker looks for its end, no page or script anywhere."""
    with path.open("rb") as file:
        if ends_as_zip(file):
            raise Tolak("ganda", nama=jenis.nama)
        file.seek(0)
        ekor = b""
        while potongan := file.read(POTONGAN):
            isi = ekor + potongan
            if any(pola.search(isi) for pola in SELUNDUPAN):
                raise Tolak("ganda", nama=jenis.nama)
            ekor = isi[-TUMPANG:]


def ends_as_zip(file: BinaryIO, kecuali: Collection[bytes] = ()) -> bool:
    """Whether an unpacker would find an archive's end where it looks for one; `kecuali` has been looked into."""
    awal = max(0, file.seek(0, SEEK_END) - EKOR)
    ekor = _read_at(file, awal, EKOR)
    at = ekor.rfind(AKHIR_ZIP)
    while at >= 0:
        akhir = ekor[at:]
        nyata = len(akhir) >= PANJANG_AKHIR_ZIP and (_is_last(akhir) or _has_table(file, awal + at, akhir))
        if nyata and not _is_end_of(file, awal + at + PANJANG_AKHIR_ZIP + _comment(akhir), kecuali):
            return True
        at = ekor.rfind(AKHIR_ZIP, 0, at)
    return False


def _comment(akhir: bytes) -> int:
    return int.from_bytes(akhir[20:22], "little")


def _is_last(akhir: bytes) -> bool:
    """A comment as long as it says, padding apart, makes these bytes a real end and not chance."""
    sampai = PANJANG_AKHIR_ZIP + _comment(akhir)
    return sampai <= len(akhir) and not akhir[sampai:].strip(BANTALAN)


def _has_table(file: BinaryIO, at: int, akhir: bytes) -> bool:
    """Whatever follows: unzip looks for the table as far back as it is long, then where it is said to be."""
    panjang, letak = struct.unpack_from("<LL", akhir, 12)
    di_daftar = any(_read_at(file, di, 4) == DAFTAR_ZIP for di in (at - panjang, letak))
    return di_daftar or _read_at(file, at - 20, 4) == LETAK_ZIP64


def _is_end_of(file: BinaryIO, akhir: int, kecuali: Collection[bytes]) -> bool:
    return any(_read_at(file, akhir - len(isi), len(isi)) == isi for isi in kecuali)


def _read_at(file: BinaryIO, at: int, panjang: int) -> bytes:
    if at < 0:
        return b""
    file.seek(at)
    return file.read(panjang)


def check_tail(file: BinaryIO, akhir: int, jenis: Jenis) -> None:
    """Behind the end of the file proper there is padding or nothing."""
    file.seek(akhir)
    while potongan := file.read(1024 * 1024):
        if potongan.strip(BANTALAN):
            raise Tolak("ganda", nama=jenis.nama)


def check_zip_tail(file: BinaryIO, jenis: Jenis) -> None:
    """Of a zip that could be opened. A comment is no padding: no office program writes one."""
    awal = max(0, file.seek(0, SEEK_END) - EKOR)
    akhir = awal + _read_at(file, awal, EKOR).rfind(AKHIR_ZIP)
    check_tail(file, akhir + PANJANG_AKHIR_ZIP, jenis)
