"""The little of clamd's protocol that is needed: INSTREAM and VERSION (man clamd).

Of the libraries none fits. clamav-client is under the GPL; clamd is of 2014; aioclamd knows no unix socket; clamdpy
leaves sockets open. All lose the answer to a file that is too long, and limit each wait but not their sum.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

POTONGAN = 64 * 1024
JAWABAN_TERPANJANG = 4096


class ClamdError(Exception):
    """It cannot be reached, hangs up, or says what nobody expects."""


class TerlaluLamaError(ClamdError):
    pass


class TerlaluPanjangError(ClamdError):
    """The file is longer than its StreamMaxLength."""


def version(alamat: str, detik: float) -> str:
    return _ask(alamat, [b"zVERSION\0"], detik)


def scan(alamat: str, file: BinaryIO, detik: float) -> str:
    """`OK`, or the name of the find and ` FOUND`. What reading the file raises goes through as it is."""
    jawaban = _ask(alamat, _instream(file), detik)
    if jawaban.startswith("INSTREAM size limit exceeded"):
        raise TerlaluPanjangError(jawaban)
    if not jawaban.startswith("stream: "):
        raise ClamdError(jawaban or "hung up")
    return jawaban.removeprefix("stream: ")


def _instream(file: BinaryIO) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    while potongan := file.read(POTONGAN):
        yield struct.pack("!L", len(potongan)) + potongan
    yield struct.pack("!L", 0)


def _ask(alamat: str, pesan: Iterable[bytes], detik: float) -> str:
    akhir = time.monotonic() + detik
    with _in_words():
        soket = _connect(alamat, _sisa(akhir))
    with soket:
        for potongan in pesan:
            if not _sent(soket, potongan, akhir):
                break
        with _in_words():
            return _answer(soket, akhir)


def _connect(alamat: str, batas: float) -> socket.socket:
    cara, tujuan = alamat.split(":", 1)
    if cara == "tcp":
        host, port = tujuan.rsplit(":", 1)
        return socket.create_connection((host.strip("[]"), int(port)), timeout=batas)
    soket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        soket.settimeout(batas)
        soket.connect(tujuan)
    except BaseException:
        soket.close()
        raise
    return soket


def _sent(soket: socket.socket, potongan: bytes, akhir: float) -> bool:
    """Whether it took it. It hangs up on a file that is too long, and has said so: go and read that."""
    with _in_words():
        soket.settimeout(_sisa(akhir))
        try:
            soket.sendall(potongan)
        except (BrokenPipeError, ConnectionResetError):
            return False
    return True


def _answer(soket: socket.socket, akhir: float) -> str:
    jawaban = b""
    while len(jawaban) < JAWABAN_TERPANJANG:
        soket.settimeout(_sisa(akhir))
        try:
            potongan = soket.recv(JAWABAN_TERPANJANG)
        except ConnectionResetError:  # after its answer, when it left some of the file unread
            break
        if not potongan:
            break
        jawaban += potongan
    return jawaban.rstrip(b"\0\n").decode("ascii", "replace")


def _sisa(akhir: float) -> float:
    sisa = akhir - time.monotonic()
    if sisa <= 0:
        raise TerlaluLamaError("time-out")
    return sisa


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except TimeoutError as galat:
        raise TerlaluLamaError("time-out") from galat
    except OSError as galat:
        raise ClamdError(str(galat)) from galat
