"""Asking a server on the open internet, and never one inside.

A name is resolved once, each of its addresses must be public, and we connect to the one that was checked: a name that
changes its mind (DNS rebinding) changes nothing. Each redirect is a new question to all of this. Written here because
the libraries for it are for asyncio or not kept since 2020; http.client speaks over our socket.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from urllib.parse import SplitResult, urlsplit

from django.utils.encoding import iri_to_uri

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

PORTA = {"http": 80, "https": 443}
PORTA_BOLEH = frozenset({80, 443, 8080, 8443})
ALAMAT_TERBANYAK = 4
ISI_TERPANJANG = 64 * 1024
PENGENAL = "ZI-Tracker (pemeriksa tautan bukti)"

IPV6_UMUM = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Public by their numbers, or by those of some Pythons, and no place of a web site: addresses within addresses (6to4,
# its relays, Teredo), protocols' own, documentation.
BUKAN_SITUS = (
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("192.88.99.0/24"),
    ipaddress.ip_network("2001::/23"),
    ipaddress.ip_network("2002::/16"),
    ipaddress.ip_network("3fff::/20"),
)


class TerlarangError(Exception):
    """Not to be asked; as text, the words for a person."""


class GagalError(Exception):
    """No answer; as text, the words for a person."""


class PutusError(GagalError):
    """It took the question and hung up."""


# --- Where to ---


def is_public(alamat: str) -> bool:
    """Whether an address is one of the open internet. What wraps an IPv4 address is judged by that."""
    ip = ipaddress.ip_address(alamat)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped or ip in NAT64:
            return is_public(str(ip.ipv4_mapped or ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in IPV6_UMUM:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in jaring for jaring in BUKAN_SITUS)


@dataclass(frozen=True)
class Tujuan:
    skema: str
    host: str
    port: int
    jalur: str

    @property
    def kepala_host(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTA[self.skema] else f"{host}:{self.port}"


def read_url(url: str) -> Tujuan:
    """Parsed once: what is checked here is what is asked."""
    try:
        bagian = urlsplit(url)
        skema, host, port = bagian.scheme, host_of(bagian), bagian.port
    except ValueError:  # a UnicodeError is one
        raise GagalError("Alamat tautan ini tidak lengkap.")
    if skema not in PORTA:
        raise TerlarangError("Tautan mengarah ke alamat yang bukan http atau https, dan tidak dibuka.")
    if "@" in bagian.netloc:
        raise TerlarangError("Tautan memuat nama pengguna atau kata sandi, dan tidak dibuka.")
    port = PORTA[skema] if port is None else port
    if port not in PORTA_BOLEH:
        raise TerlarangError(
            f"Tautan memakai porta {port}, yang tidak biasa untuk halaman web, dan tidak dibuka."
        )
    if not host:
        raise GagalError("Alamat tautan ini tidak lengkap.")
    jalur = iri_to_uri(bagian.path or "/") + (f"?{iri_to_uri(bagian.query)}" if bagian.query else "")
    return Tujuan(skema, host, port, jalur)


def host_of(bagian: SplitResult) -> str:
    host = (bagian.hostname or "").rstrip(".")
    return host if ":" in host else host.encode("idna").decode("ascii")


# --- The wire ---


def resolve(host: str, port: int) -> list[str]:
    """The final dot keeps the machine's own search list out of it."""
    info = socket.getaddrinfo(
        f"{host}.", port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_ADDRCONFIG
    )
    return list(dict.fromkeys(str(alamat[0]) for *_, alamat in info))


def connect(alamat: str, port: int, batas: float) -> socket.socket:
    return socket.create_connection((alamat, port), timeout=batas)


@dataclass(frozen=True)
class Jaringan:
    """Tests put a wire of their own in; what may be asked is not theirs to say."""

    resolve: Callable[[str, int], list[str]] = resolve
    connect: Callable[[str, int, float], socket.socket] = connect
    tls: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)


INTERNET = Jaringan()


# --- One question ---


@dataclass(frozen=True)
class Jawaban:
    kode: int
    lokasi: str
    tipe: str
    isi: bytes


def ask(cara: str, url: str, akhir: float, jaringan: Jaringan = INTERNET) -> Jawaban:
    """HEAD, or GET of the first bytes, until `akhir` (time.monotonic). No redirect is followed."""
    tujuan = read_url(url)
    with _in_words(), _open(tujuan, akhir, jaringan) as soket:
        sambungan = http.client.HTTPConnection(tujuan.host, tujuan.port)
        sambungan.sock = cast(socket.socket, _Berbatas(soket, akhir))
        sambungan.request(cara, tujuan.jalur, headers=_kepala(cara, tujuan))
        jawaban = sambungan.getresponse()
        isi = jawaban.read(ISI_TERPANJANG) if cara == "GET" else b""
        lokasi = jawaban.getheader("Location", "").encode("latin-1").decode("utf-8", "replace")
        return Jawaban(jawaban.status, lokasi, jawaban.getheader("Content-Type", "").lower(), isi)


def _kepala(cara: str, tujuan: Tujuan) -> dict[str, str]:
    kepala = {
        "Host": tujuan.kepala_host,
        "User-Agent": PENGENAL,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    return {**kepala, "Range": f"bytes=0-{ISI_TERPANJANG - 1}"} if cara == "GET" else kepala


def addresses(tujuan: Tujuan, akhir: float, jaringan: Jaringan) -> list[str]:
    alamat = _literal(tujuan.host) or _resolved(tujuan, akhir, jaringan)
    if not all(map(is_public, alamat)):
        raise TerlarangError(
            "Tautan mengarah ke alamat di dalam jaringan, bukan di internet, dan tidak dibuka."
        )
    return alamat[:ALAMAT_TERBANYAK]


def _literal(host: str) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return []


def _resolved(tujuan: Tujuan, akhir: float, jaringan: Jaringan) -> list[str]:
    # getaddrinfo takes no time-out.
    kolam = ThreadPoolExecutor(1, thread_name_prefix="dns")
    try:
        alamat = kolam.submit(jaringan.resolve, tujuan.host, tujuan.port).result(timeout=_sisa(akhir))
    except socket.gaierror:
        alamat = []
    finally:
        kolam.shutdown(wait=False)
    if not alamat:
        raise GagalError(f"Nama situs {tujuan.host} tidak dikenal.")
    return alamat


@contextmanager
def _open(tujuan: Tujuan, akhir: float, jaringan: Jaringan) -> Iterator[socket.socket]:
    with _first_that_answers(addresses(tujuan, akhir, jaringan), tujuan.port, akhir, jaringan) as soket:
        soket.settimeout(_sisa(akhir))
        if tujuan.skema == "http":
            yield soket
            return
        with jaringan.tls().wrap_socket(soket, server_hostname=tujuan.host) as aman:
            yield aman


def _first_that_answers(alamat: list[str], port: int, akhir: float, jaringan: Jaringan) -> socket.socket:
    *lain, terakhir = alamat
    for satu in lain:
        try:
            return jaringan.connect(satu, port, _sisa(akhir) / 2)
        except OSError:
            continue
    return jaringan.connect(terakhir, port, _sisa(akhir))


def _sisa(akhir: float) -> float:
    sisa = akhir - time.monotonic()
    if sisa <= 0:
        raise TimeoutError
    return sisa


class _Berbatas:
    """A socket as http.client uses it, whose waits together end at `akhir`: a byte now and then wins no time."""

    def __init__(self, soket: socket.socket, akhir: float) -> None:
        self.soket = soket
        self.akhir = akhir

    def sendall(self, isi: ReadableBuffer) -> None:
        self.soket.settimeout(_sisa(self.akhir))
        self.soket.sendall(isi)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Baca(self))

    def close(self) -> None:
        """Whoever opened it closes it."""


class _Baca(io.RawIOBase):
    def __init__(self, berbatas: _Berbatas) -> None:
        self.berbatas = berbatas

    def readable(self) -> bool:
        return True

    def readinto(self, isi: WriteableBuffer) -> int:
        self.berbatas.soket.settimeout(_sisa(self.berbatas.akhir))
        return self.berbatas.soket.recv_into(isi)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise GagalError("Situs tidak menjawab pada waktunya.")
    except ssl.SSLCertVerificationError:
        raise GagalError("Sertifikat keamanan situs ini tidak sah atau kedaluwarsa.")
    except ssl.SSLError:
        raise GagalError("Sambungan aman (HTTPS) ke situs ini gagal.")
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        raise PutusError("Situs memutus sambungan tanpa menjawab.")
    except OSError:
        raise GagalError("Situs tidak dapat dihubungi.")
    except (http.client.HTTPException, ValueError):
        raise GagalError("Jawaban situs ini tidak dapat dibaca.")
