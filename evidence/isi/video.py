"""MP4 by its boxes: each has a size and a name, and together they are the file, to the last byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from evidence.isi.gabungan import check_not_also, check_tail
from evidence.isi.jenis import Jenis, Tolak

MEREK_MP4 = frozenset({b"isom", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}) | {
    b"iso%d" % n for n in range(2, 10)
}
MEREK_LAIN = frozenset({b"qt  ", b"M4A ", b"M4B ", b"M4P ", b"avif", b"avis", b"crx ", b"jp2 ", b"jxl "})
NAMA_KOTAK = re.compile(rb"[\x20-\x7e\xa9]{4}")
KOTAK_TERBANYAK = 200_000  # a fragmented film of hours has some ten thousand


class Kotak(NamedTuple):
    nama: bytes
    isi: int
    akhir: int


def check_mp4(path: Path, jenis: Jenis) -> None:
    check_not_also(path, jenis)
    ukuran = path.stat().st_size
    with path.open("rb") as file:
        check_brand(file)
        kotak = list(boxes(file, 0, ukuran, jenis))
        check_parts(file, kotak, jenis)
        check_tail(file, kotak[-1].akhir, jenis)


def check_brand(file: BinaryIO) -> None:
    """`ftyp` names the maker's brand, a version, and what else the file claims to be."""
    kepala = file.read(8)
    sisa = file.read(min(max(int.from_bytes(kepala[:4], "big") - 8, 0), 512))
    utama, cocok = sisa[:4], {sisa[n : n + 4] for n in range(8, len(sisa) - 3, 4)}
    if utama in MEREK_LAIN or utama.startswith(b"3g") or not ({utama} | cocok) & MEREK_MP4:
        raise Tolak("video")


def check_parts(file: BinaryIO, kotak: list[Kotak], jenis: Jenis) -> None:
    menurut = {k.nama: k for k in kotak}
    moov = menurut.get(b"moov")
    if moov is None or not any(k.nama == b"mdat" and k.akhir > k.isi for k in kotak):
        raise Tolak("rusak", nama=jenis.nama)
    if sum(k.nama == b"moov" for k in kotak) > 1:
        raise Tolak("ganda", nama=jenis.nama)
    if not has_video(file, moov, jenis):
        raise Tolak("suara")


def has_video(file: BinaryIO, moov: Kotak, jenis: Jenis) -> bool:
    return any(
        handler_of(file, mdia, jenis) == b"vide"
        for trak in inside(file, moov, b"trak", jenis)
        for mdia in inside(file, trak, b"mdia", jenis)
    )


def handler_of(file: BinaryIO, mdia: Kotak, jenis: Jenis) -> bytes:
    for hdlr in inside(file, mdia, b"hdlr", jenis):
        file.seek(hdlr.isi + 8)
        return file.read(4)
    return b""


def inside(file: BinaryIO, kotak: Kotak, nama: bytes, jenis: Jenis) -> list[Kotak]:
    return [k for k in boxes(file, kotak.isi, kotak.akhir, jenis) if k.nama == nama]


def boxes(file: BinaryIO, awal: int, batas: int, jenis: Jenis) -> Iterator[Kotak]:
    """The boxes between two places, which they fill; padding may follow the last one."""
    for _ in range(KOTAK_TERBANYAK):
        if awal == batas:
            return
        kotak = box_at(file, awal, batas)
        if kotak is None:
            if _is_padding(file, awal, batas):
                return
            raise Tolak("rusak", nama=jenis.nama)
        yield kotak
        awal = kotak.akhir
    raise Tolak("berat", nama=jenis.nama)


def box_at(file: BinaryIO, awal: int, batas: int) -> Kotak | None:
    file.seek(awal)
    kepala = file.read(16)
    ukuran, nama, isi = int.from_bytes(kepala[:4], "big"), kepala[4:8], awal + 8
    if ukuran == 1:  # the size is too large for its place and follows the name
        ukuran, isi = int.from_bytes(kepala[8:16], "big"), awal + 16
    elif ukuran == 0 and nama == b"mdat":  # to the end of the file
        ukuran = batas - awal
    akhir = awal + ukuran
    return Kotak(nama, isi, akhir) if NAMA_KOTAK.fullmatch(nama) and isi <= akhir <= batas else None


def _is_padding(file: BinaryIO, awal: int, batas: int) -> bool:
    file.seek(awal)
    return not any(file.read(min(batas - awal, 4096))) and awal > 0
