"""A real clamd with a signature file of our own: it knows the standard test string and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# In two pieces: no scanner is to object to this file.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-" + "TEST-FILE!$H+H*").encode()
NAMA_VIRUS = "Uji.Eicar"
BATAS_ALIRAN = 1024 * 1024
BATAS_BERKAS = 700 * 1024
SETELAN = """
Foreground yes
LocalSocket {folder}/soket
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}/tanda
TemporaryDirectory {folder}
StreamMaxLength {aliran}
MaxFileSize {berkas}
AlertExceedsMax yes
MaxThreads 2
SelfCheck 0
"""


def clamd_terpasang() -> str:
    program = shutil.which("clamd", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin"]))
    assert program, "clamd is missing: make install-uji"
    return program


class Clamd:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.unix = f"unix:{folder}/soket"
        self.tcp = f"tcp:127.0.0.1:{self.port}"
        self._proses: subprocess.Popen[bytes] | None = None
        # A copy: where AppArmor confines Debian's own it may not read a folder of ours.
        self.program = shutil.copy2(clamd_terpasang(), folder / "clamd")
        (folder / "tanda").mkdir()
        self.kenali(EICAR)

    def kenali(self, *isi: bytes) -> None:
        """The signatures that the next start reads."""
        self.dikenal = isi
        baris = (f"{NAMA_VIRUS}:0:*:{potongan.hex()}\n" for potongan in isi)
        (self.folder / "tanda" / "uji.ndb").write_text("".join(baris))

    def ulang(self, *isi: bytes) -> None:
        """Start again, knowing these."""
        self.berhenti()
        self.kenali(*isi)
        self.mulai()

    def mulai(self) -> None:
        setelan = self.folder / "clamd.conf"
        isi = SETELAN.format(folder=self.folder, port=self.port, aliran=BATAS_ALIRAN, berkas=BATAS_BERKAS)
        setelan.write_text(isi)
        with (self.folder / "log").open("wb") as log:
            self._proses = subprocess.Popen([str(self.program), "-c", str(setelan)], stdout=log, stderr=log)
        self._tunggu()

    def _tunggu(self) -> None:
        batas = time.monotonic() + 60
        while time.monotonic() < batas:
            assert self._proses is not None
            assert self._proses.poll() is None, (self.folder / "log").read_text()
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("clamd does not start")

    def berhenti(self) -> None:
        if self._proses:
            self._proses.send_signal(signal.SIGCONT)
            self._proses.kill()
            self._proses.wait()
            self._proses = None
        (self.folder / "soket").unlink(missing_ok=True)

    @contextmanager
    def membeku(self) -> Iterator[None]:
        """It takes connections and says nothing."""
        assert self._proses is not None
        self._proses.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._proses.send_signal(signal.SIGCONT)


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="session")
def clamd_hidup() -> Iterator[Clamd]:
    """One for the session; a test that stops it has one of its own."""
    with clamd_baru() as clamd:
        yield clamd


@contextmanager
def clamd_baru() -> Iterator[Clamd]:
    # Not pytest's tmp_path: the name of a socket may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="zi-clamd-") as nama:
        clamd = Clamd(Path(nama))
        try:
            clamd.mulai()
            yield clamd
        finally:
            clamd.berhenti()
