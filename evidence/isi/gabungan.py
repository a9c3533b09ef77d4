"""Files that are two things at once: a picture to us, an archive or a script to the program that opens it next."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from evidence.isi.jenis import Jenis, Tolak

AKHIR_ZIP = b"PK\x05\x06"
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
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"MSCF",
    b"\x28\xb5\x2f\xfd",
)
BANTALAN = b"\0 \t\r\n"


def check_not_also(path: Path, jenis: Jenis) -> None:
    """A whole picture or video: no archive that ends where it ends, no page or script anywhere."""
    if ends_as_zip(path):
        raise Tolak("ganda", nama=jenis.nama)
    with path.open("rb") as file:
        ekor = b""
        while potongan := file.read(POTONGAN):
            isi = ekor + potongan
            if any(pola.search(isi) for pola in SELUNDUPAN):
                raise Tolak("ganda", nama=jenis.nama)
            ekor = isi[-TUMPANG:]


def ends_as_zip(path: Path) -> bool:
    """Whether an unpacker would find its table of contents where the file ends."""
    ukuran = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, ukuran - 65_557))
        ekor = file.read()
    at = ekor.rfind(AKHIR_ZIP)
    while at >= 0:
        if len(ekor) - at >= 22 and _ends_here(ekor, at):
            return True
        at = ekor.rfind(AKHIR_ZIP, 0, at)
    return False


def _ends_here(ekor: bytes, at: int) -> bool:
    """A comment as long as it says, padding apart, makes these bytes a real end and not chance."""
    panjang = struct.unpack_from("<H", ekor, at + 20)[0]
    return not ekor[at + 22 + panjang :].strip(BANTALAN)


def check_tail(path: Path, akhir: int, jenis: Jenis) -> None:
    """Behind the end of the file proper there is padding or nothing."""
    with path.open("rb") as file:
        file.seek(akhir)
        while potongan := file.read(1024 * 1024):
            if potongan.strip(BANTALAN):
                raise Tolak("ganda", nama=jenis.nama)
