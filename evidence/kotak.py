"""The box: a stranger's file is opened in a process of its own, with little memory, little time and no secrets.

A file that makes a library swell, loop or crash costs that process and nothing else. See evidence/isi/.
"""

from __future__ import annotations

import json
import logging
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any

from django.conf import settings

from evidence.isi.__main__ import DITOLAK, TERSANDUNG
from evidence.isi.jenis import Tolak

logger = logging.getLogger(__name__)
MB = 1024 * 1024
BERSAMAAN = threading.BoundedSemaphore(
    2
)  # of one worker, so that its threads cannot fill the memory together


@contextmanager
def inside(
    tugas: str, files: Iterable[IO[bytes]], *, nama: str = "", waktu: int = 0, **isian: Any
) -> Iterator[IO[bytes]]:
    """The result of a task on the files, as a temporary file at its start. Tolak: refused, or too much for the box.

    `nama` is the kind, for the words; `waktu` adds to the processor seconds of one file.
    """
    with ExitStack() as tumpukan:
        keluar, galat = (tumpukan.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        fds = [tumpukan.enter_context(as_real_file(file)).fileno() for file in files]
        with BERSAMAAN:
            kode = _run(tugas, fds, isian, settings.BUKTI_KOTAK_DETIK + waktu, keluar, galat)
        keluar.seek(0)
        if kode == DITOLAK:
            code, kata = json.load(keluar)
            raise Tolak(code, **kata)
        if kode != 0:
            raise what_went_wrong(tugas, kode, galat, nama)
        yield keluar


def what_went_wrong(tugas: str, kode: int | None, galat: IO[bytes], nama: str) -> Exception:
    galat.seek(0)
    jejak = galat.read(8192).decode(errors="replace")
    if kode == 1:  # it did not even come to look at the file
        return RuntimeError(f"{tugas}: {jejak}")
    logger.warning("%s of %s stopped with %s: %s", tugas, nama, kode, jejak)
    return Tolak("rusak" if kode == TERSANDUNG else "berat", nama=nama)


def _run(
    tugas: str, fds: list[int], isian: dict, detik: int, keluar: IO[bytes], galat: IO[bytes]
) -> int | None:
    """The exit code, negative for a signal; None when the time was over."""
    batas = {
        "memori": settings.BUKTI_KOTAK_MB * MB,
        "detik": detik,
        "keluaran": settings.BUKTI_KOTAK_KELUARAN_MB * MB,
    }
    perintah = [
        sys.executable,
        "-s",
        "-m",
        "evidence.isi",
        tugas,
        json.dumps({**isian, "files": fds, "batas": batas}),
    ]
    with subprocess.Popen(  # noqa: S603
        perintah,
        cwd=settings.BASE_DIR,
        env={"LANG": "C.UTF-8", "TMPDIR": tempfile.gettempdir(), "MALLOC_ARENA_MAX": "2"},
        pass_fds=fds,
        stdin=subprocess.DEVNULL,
        stdout=keluar,
        stderr=galat,
    ) as proses:
        try:
            # A busy server is slow; a file that sleeps is not let.
            return proses.wait() if _ends_within(proses.pid, 2 * detik) else None
        finally:
            proses.kill()


def _ends_within(pid: int, detik: int) -> bool:
    """Popen.wait(timeout) looks every 50 ms, half as long as most files take."""
    tanda, menunggu = os.pidfd_open(pid), select.poll()
    try:
        menunggu.register(tanda, select.POLLIN)
        return bool(menunggu.poll(detik * 1000))
    finally:
        os.close(tanda)


@contextmanager
def as_real_file(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """What another process can open: the file itself, or a copy of what lies elsewhere (memory, an object store)."""
    try:
        os.fstat(file.fileno())
    except (OSError, AttributeError, ValueError):
        with tempfile.TemporaryFile() as salinan:
            file.seek(0)
            shutil.copyfileobj(file, salinan, MB)
            salinan.flush()
            yield salinan
    else:
        yield file
