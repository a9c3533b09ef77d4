"""`python -m evidence.isi TUGAS ISIAN`: one task on the files handed over, within the limits that ISIAN names.

Started by evidence/kotak.py. The result is written to standard output; 3 says refused (then the reason is there
instead), 4 out of memory, 5 an error that only this file brings about.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path

from evidence.isi.jenis import Tolak

TUGAS = {
    "periksa": "evidence.isi.periksa",
    "jpg": "evidence.isi.halaman",
    "jumlah": "evidence.isi.jumlah",
    "foto": "evidence.isi.foto",
    "teks": "evidence.isi.teks",
}
DITOLAK, KEHABISAN, TERSANDUNG = 3, 4, 5


def limit(*, memori: int, detik: int, keluaran: int) -> None:
    """Set before a library is loaded; a process can lower its hard limits and never raise them again."""
    for batas, nilai in (
        (resource.RLIMIT_AS, memori),
        (resource.RLIMIT_CPU, detik),
        (resource.RLIMIT_FSIZE, keluaran),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        resource.setrlimit(batas, (nilai, nilai))
    signal.alarm(2 * detik)  # also when the worker that waits for it has been killed


def main(tugas: str, isian: dict) -> int:
    limit(**isian.pop("batas"))
    files = [Path(f"/dev/fd/{fd}") for fd in isian.pop("files")]
    task = import_module(TUGAS[tugas]).run
    try:
        hasil = task(files, **isian)
    except Tolak as tolak:
        hand_over(json.dumps([tolak.code, tolak.isian]).encode())
        return DITOLAK
    except MemoryError:
        return KEHABISAN
    except Exception:  # a library stumbled over the file in a way that nobody foresaw
        traceback.print_exc()
        return TERSANDUNG
    hand_over(hasil)
    return 0


def hand_over(hasil: bytes) -> None:
    with os.fdopen(1, "wb", closefd=False) as keluar:
        keluar.write(hasil)


if __name__ == "__main__":
    # No tidying up: a library that a file has confused is not asked to clean.
    os._exit(main(sys.argv[1], json.loads(sys.argv[2])))
