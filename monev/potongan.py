"""Texts of the report in lines, and a row too long for half a page in parts.

A row is never torn between two pages: its rest would stand there without number and name. What is longer is cut
beforehand, into parts that each are a row with the code, wherever the pages end.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.templatetags.zi import MIRING
from monev.report import Baris, Bukti

SEPARUH = 22  # lines, about half a page
# About how many letters stand on a line, by the widths of kertas.css.
HURUF = {
    "indikator": 19,
    "langkah_aksi": 18,
    "bukti_fisik": 17,
    "realisasi": 29,
    "kendala": 21,
    "catatan": 20,
}
UTUH = ("bukti", "sebut_bukti")
BERMIRING = ("indikator", "langkah_aksi", "bukti_fisik")
KATA = re.compile(r"\n|\S+")

Kolom = list[tuple[str, str]]  # from above: what it is, and its words


@dataclass(frozen=True)
class Potongan:
    """What of a row's words stands in one of its parts; most rows have only one."""

    tinggi: int
    indikator: str
    langkah_aksi: str
    bukti_fisik: str
    realisasi: str
    sebut_bukti: str
    bukti: tuple[Bukti, ...]
    kendala: str
    rencana_tindak_lanjut: str
    catatan: tuple[str, ...]


def cut_row(b: Baris, *, lanjutan: bool, ekor: int = 0) -> tuple[Potongan, ...]:
    """`ekor`: how many of the last parts fill half as much. A `lanjutan` does not repeat the decree's words."""
    kolom, bukti = _kolom(b, lanjutan), iter(b.bukti)
    potongan = [_potong(kolom, baris, bukti) for baris in _ukuran(_tinggi(kolom), ekor)]
    while any(kolom.values()):
        potongan.append(_potong(kolom, SEPARUH, bukti))
    return tuple(potongan)


def _kolom(b: Baris, lanjutan: bool) -> dict[str, Kolom]:
    """What stands in each column. A piece of evidence is only measured here, and not divided."""
    rencana = ("", "", "") if lanjutan else (b.indikator, b.langkah_aksi, b.bukti_fisik)
    bukti = [("bukti", str(satu)) for satu in b.bukti]
    isi: dict[str, Kolom] = {
        "indikator": [("indikator", rencana[0])],
        "langkah_aksi": [("langkah_aksi", rencana[1])],
        "bukti_fisik": [("bukti_fisik", rencana[2])],
        "realisasi": [("realisasi", b.realisasi or "Belum diisi."), ("sebut_bukti", b.sebut_bukti), *bukti],
        "kendala": [("kendala", b.kendala), ("rencana_tindak_lanjut", b.rencana_tindak_lanjut)],
        "catatan": [("catatan", catatan) for catatan in b.sebut_catatan_tpi],
    }
    return {nama: [satu for satu in kolom if satu[1]] for nama, kolom in isi.items()}


def _ukuran(tinggi: int, ekor: int) -> list[int]:
    """How many lines each part gets: about the same, so that none is a scrap."""
    pendek = SEPARUH // 2
    if tinggi <= pendek * (ekor + 1):
        return _sama_rata(tinggi, max(ekor, math.ceil(tinggi / pendek)))
    awal = tinggi - pendek * ekor
    return [*_sama_rata(awal, math.ceil(awal / SEPARUH)), *[pendek] * ekor]


def _sama_rata(tinggi: int, banyak: int) -> list[int]:
    return [math.ceil(tinggi / banyak)] * banyak


def _potong(kolom: dict[str, Kolom], baris: int, bukti: Iterator[Bukti]) -> Potongan:
    """Takes off every column what stands in so many lines."""
    isi = {nama: list(_ambil(satu, baris, HURUF[nama])) for nama, satu in kolom.items()}
    kata = {nama: teks for satu in isi.values() for nama, teks in satu}
    return Potongan(
        tinggi=_tinggi(isi),
        indikator=kata.get("indikator", ""),
        langkah_aksi=kata.get("langkah_aksi", ""),
        bukti_fisik=kata.get("bukti_fisik", ""),
        realisasi=kata.get("realisasi", ""),
        sebut_bukti=kata.get("sebut_bukti", ""),
        bukti=tuple(next(bukti) for nama, _ in isi["realisasi"] if nama == "bukti"),
        kendala=kata.get("kendala", ""),
        rencana_tindak_lanjut=kata.get("rencana_tindak_lanjut", ""),
        catatan=tuple(teks for _, teks in isi["catatan"]),
    )


def _ambil(kolom: Kolom, baris: int, huruf: int) -> Iterator[tuple[str, str]]:
    penuh = baris
    while kolom and baris > 0:
        nama, teks = kolom[0]
        awal, sisa = (teks, "") if nama in UTUH else cut_lines(teks, baris, huruf, miring=nama in BERMIRING)
        if count_lines(awal, huruf) > baris < penuh:
            return
        kolom[:1] = [(nama, sisa)] if sisa else []
        baris -= count_lines(awal, huruf)
        yield nama, awal


def _tinggi(kolom: dict[str, Kolom]) -> int:
    return max(sum(count_lines(teks, HURUF[nama]) for _, teks in satu) for nama, satu in kolom.items())


# --- Lines ---


def count_lines(teks: str, huruf: int) -> int:
    return len(_line_starts(teks, huruf))


def cut_lines(teks: str, baris: int, huruf: int, *, miring: bool = False) -> tuple[str, str]:
    """So many lines, and the rest; `miring` where asterisks mark italics."""
    mulai = _line_starts(teks, huruf)
    return cut_at(teks, mulai[baris], miring=miring) if len(mulai) > baris else (teks, "")


def cut_at(teks: str, tempat: int, *, miring: bool) -> tuple[str, str]:
    """Italics that the cut falls into end before it and begin again behind it."""
    for m in MIRING.finditer(teks) if miring else ():
        if m.start(1) < tempat < m.end(1):
            return f"{teks[:tempat].rstrip()}*", f"*{teks[tempat:].lstrip()}"
        if m.start() < tempat < m.end():
            tempat = m.start() if tempat == m.start(1) else m.end()
    return teks[:tempat].rstrip(), teks[tempat:].lstrip()


def _line_starts(teks: str, huruf: int) -> list[int]:
    """Where each line begins. A word that no line holds goes on in the next."""
    mulai, terisi = [0], 0
    for kata in KATA.finditer(teks):
        lebar = kata.end() - kata.start()
        if kata[0] == "\n" or (terisi and terisi + lebar > huruf):
            mulai.append(kata.end() if kata[0] == "\n" else kata.start())
            terisi = 0
        if kata[0] != "\n":
            mulai.extend(range(kata.start() + huruf, kata.end(), huruf))
            terisi += lebar % huruf + 1
    return mulai
