"""The guard: what is asked of a link never reaches anything but the open internet."""

import datetime as dt
import socket
import threading
import time
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

import pytest
import trustme
from hypothesis import given
from hypothesis.strategies import ip_addresses

from evidence import jaringan
from evidence.jaringan import INTERNET, GagalError, TerlarangError, is_public, read_url
from tests.evidence.situs import DALAM, UMUM, UMUM_LAIN, Situs, answer, drip, kabel, mentah, situs, trusting

DETIK = 5.0


def akhir(detik: float = DETIK) -> float:
    return time.monotonic() + detik


@pytest.fixture
def server() -> Iterator[Situs]:
    with situs() as s:
        s.halaman["/"] = answer(200, b"isi")
        yield s


@pytest.mark.parametrize(
    "alamat",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.10",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:4:112::1",
        "2001:30::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:5db8:d70e::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456:789a::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "4000::1",
    ],
)
def test_an_address_inside_is_not_public(alamat: str) -> None:
    assert not is_public(alamat)


@pytest.mark.parametrize(
    "alamat",
    [
        "1.1.1.1",
        "103.10.61.2",
        UMUM,
        UMUM_LAIN,
        "172.32.0.1",
        "100.128.0.1",
        "2404:6800:4003:c00::71",
        "::ffff:93.184.215.14",
        "64:ff9b::93.184.215.14",
    ],
)
def test_an_address_of_the_internet_is_public(alamat: str) -> None:
    assert is_public(alamat)


@given(ip_addresses(v=4))
def test_an_inner_address_stays_inner_however_it_is_wrapped(ip: IPv4Address) -> None:
    terbungkus = [
        IPv6Address(0xFFFF << 32 | int(ip)),
        IPv6Address(int(IPv6Address("64:ff9b::")) | int(ip)),
        IPv6Address(int(IPv6Address("2002::")) | int(ip) << 80),
        IPv6Address(int(ip)),
        IPv6Address(int(IPv6Address("2001::")) | (int(ip) ^ 0xFFFFFFFF)),
    ]
    if not is_public(str(ip)):
        assert not any(is_public(str(bungkus)) for bungkus in terbungkus)
    if ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved:
        assert not is_public(str(ip))


class TestReadUrl:
    @pytest.mark.parametrize(
        ("url", "kata"),
        [
            ("ftp://situs.go.id/a", "bukan http atau https"),
            ("file:///etc/passwd", "bukan http atau https"),
            ("gopher://situs.go.id/", "bukan http atau https"),
            ("javascript:alert(1)", "bukan http atau https"),
            ("//situs.go.id/a", "bukan http atau https"),
            ("https://a:b@situs.go.id/", "nama pengguna atau kata sandi"),
            ("https://situs.go.id@10.0.0.1/", "nama pengguna atau kata sandi"),
            ("https://situs.go.id\\@10.0.0.1/", "nama pengguna atau kata sandi"),
            ("http://situs.go.id:22/", "porta 22"),
            ("http://situs.go.id:6379/", "porta 6379"),
            ("http://situs.go.id:0/", "porta 0"),
        ],
    )
    def test_refused(self, url: str, kata: str) -> None:
        with pytest.raises(TerlarangError, match=kata):
            read_url(url)

    @pytest.mark.parametrize(
        "url",
        [
            "http://",
            "http:///jalur",
            "http://situs.go.id:99999/",
            "http://situs.go.id:abc/",
            "http://[::1",
            f"http://{'a' * 64}.go.id/",
            "http://a..b/",
        ],
    )
    def test_incomplete(self, url: str) -> None:
        with pytest.raises(GagalError, match="tidak lengkap"):
            read_url(url)

    def test_letters_of_other_tongues_are_sent_encoded(self) -> None:
        tujuan = read_url("https://kpú.go.id/lapóran satu?isi=é#bagian")

        assert (tujuan.host, tujuan.jalur) == ("xn--kp-ska.go.id", "/lap%C3%B3ran%20satu?isi=%C3%A9")

    @pytest.mark.parametrize(
        ("url", "host"),
        [
            ("http://situs.go.id/", "situs.go.id"),
            ("https://situs.go.id:443/", "situs.go.id"),
            ("https://situs.go.id:8443/", "situs.go.id:8443"),
            ("http://[2404:6800::71]:8080/", "[2404:6800::71]:8080"),
        ],
    )
    def test_the_host_header(self, url: str, host: str) -> None:
        assert read_url(url).kepala_host == host


class TestGuard:
    @pytest.mark.parametrize(
        "host",
        ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1", "127.1"],
    )
    def test_this_machine_is_not_asked(self, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
        """With the wire of the product itself, and a server that listens."""
        monkeypatch.setattr(socket, "getaddrinfo", _only_this_machine(socket.getaddrinfo))
        with situs() as s:
            monkeypatch.setattr(jaringan, "PORTA_BOLEH", frozenset({s.port}))
            with pytest.raises((TerlarangError, GagalError)) as galat:
                jaringan.ask("GET", f"http://{host}:{s.port}/", akhir(), INTERNET)

        assert s.diminta == []
        assert "jaringan" in str(galat.value) or "tidak dikenal" in str(galat.value)

    def test_one_inner_address_among_public_ones_is_enough_to_refuse(self, server: Situs) -> None:
        k = kabel(server)
        k.nama["situs.go.id"] = [[UMUM, DALAM]]

        with pytest.raises(TerlarangError, match="di dalam jaringan"):
            jaringan.ask("GET", "http://situs.go.id/", akhir(), k.jaringan())

        assert k.dihubungi == []

    def test_a_name_that_changes_its_mind_is_asked_once_and_reached_where_it_was_checked(
        self, server: Situs
    ) -> None:
        k = kabel(server)
        k.nama["situs.go.id"] = [[UMUM], [DALAM]]
        k.port[DALAM, 80] = server.port

        jawaban = jaringan.ask("GET", "http://situs.go.id/", akhir(), k.jaringan())

        assert jawaban.isi == b"isi"
        assert (k.ditanya, k.dihubungi) == (["situs.go.id"], [(UMUM, 80)])

    def test_the_next_question_is_checked_anew(self, server: Situs) -> None:
        k = kabel(server)
        k.nama["situs.go.id"] = [[UMUM], [DALAM]]
        k.port[DALAM, 80] = server.port
        jaringan.ask("GET", "http://situs.go.id/", akhir(), k.jaringan())

        with pytest.raises(TerlarangError):
            jaringan.ask("GET", "http://situs.go.id/", akhir(), k.jaringan())

        assert k.dihubungi == [(UMUM, 80)]

    def test_the_site_is_asked_by_its_name(self, server: Situs) -> None:
        jaringan.ask("GET", "http://situs.go.id/?a=1#b", akhir(), kabel(server).jaringan())

        assert server.diminta == [("GET", "situs.go.id", "/?a=1")]
        assert server.kepala[0]["Accept-Encoding"] == "identity"
        assert "Cookie" not in server.kepala[0]

    def test_the_next_address_is_tried_where_the_first_does_not_answer(self, server: Situs) -> None:
        k = kabel(server)
        k.nama["situs.go.id"] = [[UMUM_LAIN, UMUM]]

        assert jaringan.ask("GET", "http://situs.go.id/", akhir(), k.jaringan()).kode == 200
        assert k.dihubungi == [(UMUM_LAIN, 80), (UMUM, 80)]


def _only_this_machine(asli: object) -> object:
    """No question leaves the machine, not even for a name."""

    def getaddrinfo(host: str, *isian: object, **lain: object) -> object:
        if host.rstrip(".") == "localhost":
            return asli("127.0.0.1", *isian, **{**lain, "flags": 0})
        return asli(host, *isian, **{**lain, "flags": socket.AI_NUMERICHOST})

    return getaddrinfo


class TestTidakMenjawab:
    def test_an_unknown_name(self, server: Situs) -> None:
        with pytest.raises(GagalError, match=r"Nama situs tidak-ada\.go\.id tidak dikenal"):
            jaringan.ask("GET", "http://tidak-ada.go.id/", akhir(), kabel(server).jaringan())

    def test_a_name_server_that_says_nothing(self, server: Situs) -> None:
        lepas = threading.Event()

        def diam(*_: object) -> list[str]:
            lepas.wait(30)
            return []

        jalan = jaringan.Jaringan(resolve=diam, connect=kabel(server).connect)
        try:
            with pytest.raises(GagalError, match="pada waktunya"):
                jaringan.ask("GET", "http://situs.go.id/", akhir(0.2), jalan)
        finally:
            lepas.set()

    def test_nobody_listens(self, server: Situs) -> None:
        k = kabel(server)
        k.port.clear()

        with pytest.raises(GagalError, match="tidak dapat dihubungi"):
            jaringan.ask("GET", "http://situs.go.id/", akhir(), k.jaringan())

    @pytest.mark.parametrize(
        ("awal", "tetes"),
        [
            (b"", b"H"),
            (b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n"),
            (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"a"),
            (b"", b""),
        ],
        ids=["status", "headers", "continue", "chunks", "body", "silence"],
    )
    def test_a_byte_now_and_then_wins_no_time(self, awal: bytes, tetes: bytes) -> None:
        mulai = time.monotonic()
        with mentah(drip(awal, tetes)) as port, pytest.raises(GagalError):
            jaringan.ask("GET", "http://situs.go.id/", akhir(0.4), kabel(port).jaringan())

        assert time.monotonic() - mulai < 4  # the server would go on for eight

    def test_only_the_first_part_of_a_huge_body_is_read(self) -> None:
        dikirim = 0

        def tak_berujung(soket: socket.socket) -> None:
            nonlocal dikirim
            soket.recv(4096)
            soket.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            for _ in range(2000):
                dikirim += soket.send(b"a" * 65536)

        with mentah(tak_berujung) as port:
            jawaban = jaringan.ask("GET", "http://situs.go.id/", akhir(), kabel(port).jaringan())

        assert len(jawaban.isi) == jaringan.ISI_TERPANJANG
        assert dikirim < 2000 * 65536

    @pytest.mark.parametrize(
        "jawaban",
        [
            b"SSH-2.0-OpenSSH_9.2\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 70_000 + b"\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 200 + b"\r\n",
            b"HTTP/1.1 abc\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ],
        ids=["ssh", "long header", "many headers", "no code", "no chunk"],
    )
    def test_what_is_no_http(self, jawaban: bytes) -> None:
        def layani(soket: socket.socket) -> None:
            soket.recv(4096)
            soket.sendall(jawaban)

        with mentah(layani) as port, pytest.raises(GagalError, match=r"tidak dapat dibaca|memutus"):
            jaringan.ask("GET", "http://situs.go.id/", akhir(), kabel(port).jaringan())


class TestTls:
    ca = trustme.CA()

    def ask(self, sertifikat: trustme.LeafCert, percaya: trustme.CA) -> jaringan.Jawaban:
        with situs(sertifikat) as s:
            s.halaman["/"] = answer(200, b"isi")
            k = kabel(s)
            k.tls = trusting(percaya)
            return jaringan.ask("GET", "https://situs.go.id/", akhir(), k.jaringan())

    def test_the_certificate_is_checked_for_the_name_not_the_address(self) -> None:
        assert self.ask(self.ca.issue_cert("situs.go.id"), self.ca).isi == b"isi"

    def test_of_another_name(self) -> None:
        with pytest.raises(GagalError, match="tidak sah atau kedaluwarsa"):
            self.ask(self.ca.issue_cert("lain.go.id", UMUM), self.ca)

    def test_expired(self) -> None:
        lama = self.ca.issue_cert("situs.go.id", not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        with pytest.raises(GagalError, match="tidak sah atau kedaluwarsa"):
            self.ask(lama, self.ca)

    def test_of_an_unknown_issuer(self) -> None:
        with pytest.raises(GagalError, match="tidak sah atau kedaluwarsa"):
            self.ask(self.ca.issue_cert("situs.go.id"), trustme.CA())

    def test_a_server_that_speaks_no_tls(self, server: Situs) -> None:
        with pytest.raises(GagalError, match=r"Sambungan aman \(HTTPS\)"):
            jaringan.ask("GET", "https://situs.go.id/", akhir(), kabel(server).jaringan())

    def test_a_handshake_that_never_ends(self) -> None:
        with mentah(drip(b"\x16\x03\x03\x40\x00", b"\x02")) as port, pytest.raises(GagalError):
            jaringan.ask("GET", "https://situs.go.id/", akhir(0.4), kabel(port).jaringan())
