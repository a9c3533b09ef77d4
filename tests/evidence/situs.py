"""Web sites on this machine that answer to public names and addresses: only the wire is replaced, not the guard."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from evidence.jaringan import Jaringan

UMUM = "93.184.215.14"
UMUM_LAIN = "203.119.112.7"
DALAM = "10.1.2.3"

Layanan = Callable[[BaseHTTPRequestHandler], None]


def answer(kode: int, isi: bytes = b"", tipe: str = "application/pdf", **kepala: str) -> Layanan:
    def layani(permintaan: BaseHTTPRequestHandler) -> None:
        permintaan.send_response(kode)
        permintaan.send_header("Content-Type", tipe)
        permintaan.send_header("Content-Length", str(len(isi)))
        for nama, nilai in kepala.items():
            permintaan.send_header(nama, nilai)
        permintaan.end_headers()
        if permintaan.command != "HEAD":
            permintaan.wfile.write(isi)

    return layani


def redirect(ke: str, kode: int = 302) -> Layanan:
    return answer(kode, Location=ke)


def page(isi: bytes, kode: int = 200) -> Layanan:
    return answer(kode, isi, "text/html; charset=utf-8")


@dataclass
class Situs:
    """One server; `halaman` by path, `diminta` what it was asked (method, Host, path)."""

    halaman: dict[str, Layanan] = field(default_factory=dict)
    diminta: list[tuple[str, str, str]] = field(default_factory=list)
    kepala: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    def serve(self, permintaan: BaseHTTPRequestHandler) -> None:
        self.diminta.append((permintaan.command, permintaan.headers["Host"], permintaan.path))
        self.kepala.append(dict(permintaan.headers))
        self.halaman.get(permintaan.path.partition("?")[0], answer(404))(permintaan)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Who asks may hang up."""


@contextmanager
def situs(sertifikat: trustme.LeafCert | None = None) -> Iterator[Situs]:
    s = Situs()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(OSError):
                s.serve(self)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = _Server(("127.0.0.1", 0), Handler)
    if sertifikat:
        konteks = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        sertifikat.configure_cert(konteks)
        server.socket = konteks.wrap_socket(server.socket, server_side=True)
    s.port = server.server_address[1]
    utas = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    utas.start()
    try:
        yield s
    finally:
        server.shutdown()
        server.server_close()
        utas.join()


@contextmanager
def mentah(layani: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that is none: `layani` has the bare connection. Yields its port."""
    dengar = socket.create_server(("127.0.0.1", 0))

    def terima() -> None:
        with suppress(OSError):
            while True:
                soket, _ = dengar.accept()
                with soket, suppress(OSError):
                    layani(soket)

    threading.Thread(target=terima, daemon=True).start()
    try:
        yield dengar.getsockname()[1]
    finally:
        dengar.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept()
        dengar.close()


def drip(awal: bytes, tetes: bytes) -> Callable[[socket.socket], None]:
    """Never silent, never done; it gives up by itself after a while."""

    def layani(soket: socket.socket) -> None:
        soket.recv(4096)
        soket.sendall(awal)
        for _ in range(400):
            soket.sendall(tetes)
            time.sleep(0.02)

    return layani


@dataclass
class Kabel:
    """The wire: which names have which addresses, and which local port stands for an address."""

    nama: dict[str, list[list[str]]]
    port: dict[tuple[str, int], int]
    dihubungi: list[tuple[str, int]] = field(default_factory=list)
    ditanya: list[str] = field(default_factory=list)
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def resolve(self, host: str, port: int) -> list[str]:
        """Each question gets the next answer; the last one stays."""
        self.ditanya.append(host)
        if host not in self.nama:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        jawaban = self.nama[host]
        return jawaban.pop(0) if len(jawaban) > 1 else jawaban[0]

    def connect(self, alamat: str, port: int, batas: float) -> socket.socket:
        self.dihubungi.append((alamat, port))
        if (alamat, port) not in self.port:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.port[alamat, port]), timeout=batas)

    def jaringan(self) -> Jaringan:
        return Jaringan(resolve=self.resolve, connect=self.connect, tls=self.tls)


def kabel(situs_utama: Situs | int) -> Kabel:
    """`situs.go.id` on port 80 of a public address."""
    port = situs_utama if isinstance(situs_utama, int) else situs_utama.port
    return Kabel({"situs.go.id": [[UMUM]]}, {(UMUM, 80): port, (UMUM, 443): port})


def trusting(ca: trustme.CA) -> Callable[[], ssl.SSLContext]:
    def konteks() -> ssl.SSLContext:
        hasil = ssl.create_default_context()
        ca.configure_trust(hasil)
        return hasil

    return konteks
