"""How time is taken and a figure printed."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest

from django.db import connections

ULANGAN = 15


def cetak(teks: str) -> None:
    print(teks, flush=True)  # noqa: T201


def median_ms(
    *kerja: Callable[[], object],
    ulangan: int = ULANGAN,
    jam: Callable[[], float] = time.perf_counter,
    sebelum: Sequence[Callable[[], object]] = (),
) -> list[float]:
    semua = waktu_ms(*kerja, ulangan=ulangan, jam=jam, sebelum=sebelum)
    return [statistics.median(waktu) for waktu in semua]


def tercepat_ms(*kerja: Callable[[], object], ulangan: int = ULANGAN) -> list[float]:
    """For small differences on a machine that others use too."""
    return [min(waktu) for waktu in waktu_ms(*kerja, ulangan=ulangan)]


def waktu_ms(
    *kerja: Callable[[], object],
    ulangan: int,
    jam: Callable[[], float] = time.perf_counter,
    sebelum: Sequence[Callable[[], object]] = (),
) -> list[list[float]]:
    """Of each; by turns, so that what else the machine does falls on all alike. `sebelum` readies each, untimed.

    In a thread of a pool, as gunicorn answers: Python 3.11 keeps frames in blocks of 16 KB, and work that begins near a
    block's end asks the system for the next one thousands of times. From here that doubled a page; served, it does not.
    """
    waktu: list[list[float]] = [[] for _ in kerja]
    with ThreadPoolExecutor(max_workers=1) as utas:
        for satu in (*sebelum, *kerja):
            utas.submit(satu).result()
        for _ in range(ulangan):
            for catatan, satu, siap in zip_longest(waktu, kerja, sebelum):
                if siap:
                    utas.submit(siap).result()
                catatan.append(utas.submit(sekali_ms, satu, jam).result())
        utas.submit(connections.close_all).result()
    return waktu


def sekali_ms(kerja: Callable[[], object], jam: Callable[[], float]) -> float:
    gc.collect()
    mulai = jam()
    kerja()
    return (jam() - mulai) * 1000


def nisbah(nama: str, kita: float, dasar: float, sasaran: float, catatan: str = "") -> None:
    hasil = kita / dasar
    tanda = "ok" if hasil <= sasaran else "DI ATAS SASARAN"
    cetak(f"{nama:<34}{kita:>9.1f} ms {dasar:>9.1f} ms {hasil:>6.2f}×  ≤ {sasaran}×  {tanda}  {catatan}")
