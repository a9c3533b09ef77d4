"""Whether a link handed in as evidence still opens. Asked by manage.py check_links, put down as a dated fact."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.utils import timezone

from evidence import jaringan
from evidence.jaringan import INTERNET, GagalError, Jaringan, PutusError, TerlarangError
from evidence.models import Evidence, PeriksaTautan
from evidence.querysets import EvidenceQuerySet

Hasil = PeriksaTautan.Hasil

BATAS_DETIK = 20
ALIHAN_TERBANYAK = 5
DIALIHKAN = frozenset({301, 302, 303, 307, 308})
KETERANGAN_TERPANJANG = 300
PINTU_MASUK = frozenset({"accounts.google.com", "login.microsoftonline.com", "login.live.com"})
JALUR_MASUK = re.compile(
    r"(?:^|[/_.-])(?:log-?in|sign-?in|masuk|servicelogin|sso|oauth2?)(?:[/_.-]|$)", re.IGNORECASE
)
KOLOM_SANDI = re.compile(rb"<input[^>]{1,500}type\s*=\s*[\"']?password", re.IGNORECASE)
JUDUL_MASUK = re.compile(rb"<title[^>]{0,200}>[^<]{0,200}\b(?:log ?in|sign ?in|masuk)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Periksa:
    hasil: str
    keterangan: str
    kode: int | None = None


def ask_link(url: str, jalan: Jaringan = INTERNET, detik: float = BATAS_DETIK) -> Periksa:
    """What a link answers, all its redirects within `detik`."""
    try:
        return _follow(url, time.monotonic() + detik, jalan)
    except TerlarangError as galat:
        return Periksa(Hasil.DITOLAK, str(galat))
    except GagalError as galat:
        return Periksa(Hasil.GAGAL, str(galat))


def _follow(url: str, akhir: float, jalan: Jaringan) -> Periksa:
    tujuan = url
    for _ in range(ALIHAN_TERBANYAK + 1):
        jawaban = _head_or_get(tujuan, akhir, jalan)
        if jawaban.kode not in DIALIHKAN or not jawaban.lokasi:
            return _meaning(jawaban, url, tujuan)
        tujuan = _next(tujuan, jawaban.lokasi)
        if _is_login_url(tujuan):
            return _needs_login(jawaban.kode)
    raise GagalError(f"Tautan dialihkan lebih dari {ALIHAN_TERBANYAK} kali.")


def _head_or_get(url: str, akhir: float, jalan: Jaringan) -> jaringan.Jawaban:
    """HEAD is the politer question, but many servers answer it wrongly, and a login page is known by its text."""
    try:
        jawaban = jaringan.ask("HEAD", url, akhir, jalan)
    except PutusError:
        return jaringan.ask("GET", url, akhir, jalan)
    if jawaban.kode in DIALIHKAN or (jawaban.kode < 300 and not _is_page(jawaban)):
        return jawaban
    return jaringan.ask("GET", url, akhir, jalan)


def _next(url: str, lokasi: str) -> str:
    try:
        return urljoin(url, lokasi)
    except ValueError:
        raise GagalError("Tautan dialihkan ke alamat yang tidak lengkap.")


def _meaning(jawaban: jaringan.Jawaban, asal: str, tujuan: str) -> Periksa:
    kode = jawaban.kode
    if kode in (401, 403, 407) or (_is_page(jawaban) and _is_login_page(jawaban.isi)):
        return _needs_login(kode)
    if kode in (404, 410):
        return Periksa(Hasil.TIDAK_ADA, f"Halaman atau berkas ini tidak ada lagi (HTTP {kode}).", kode)
    if 200 <= kode < 300 or kode == 416:  # 416: nothing there to send a part of
        return _opens(asal, tujuan, kode)
    if kode in (429, 503):
        return Periksa(Hasil.GAGAL, f"Situs sedang sibuk atau dalam perbaikan (HTTP {kode}).", kode)
    if kode >= 500:
        return Periksa(Hasil.GAGAL, f"Situs sedang rusak (HTTP {kode}).", kode)
    return Periksa(Hasil.GAGAL, f"Situs tidak melayani permintaan ini (HTTP {kode}).", kode)


def _needs_login(kode: int) -> Periksa:
    return Periksa(Hasil.PERLU_MASUK, "Situs meminta masuk atau tidak memberi izin membuka.", kode)


def _opens(asal: str, tujuan: str, kode: int) -> Periksa:
    if _same_place(asal, tujuan):
        return Periksa(Hasil.TERBUKA, "Tautan terbuka.", kode)
    bagian = urlsplit(tujuan)
    tempat = f"{bagian.hostname or ''}{bagian.path}"
    keterangan = f"Tautan dialihkan ke {tempat}"[:KETERANGAN_TERPANJANG]
    return Periksa(Hasil.DIALIHKAN, keterangan, kode)


def _same_place(asal: str, tujuan: str) -> bool:
    """A move to https, to www or to a final slash is none."""
    return _place(asal) == _place(tujuan)


def _place(url: str) -> tuple[str, str, str]:
    bagian = urlsplit(url)
    return (bagian.hostname or "").removeprefix("www."), bagian.path.rstrip("/"), bagian.query


def _is_page(jawaban: jaringan.Jawaban) -> bool:
    return "html" in jawaban.tipe


def _is_login_url(url: str) -> bool:
    bagian = urlsplit(url)
    return bagian.hostname in PINTU_MASUK or bool(JALUR_MASUK.search(bagian.path))


def _is_login_page(isi: bytes) -> bool:
    return bool(KOLOM_SANDI.search(isi) and JUDUL_MASUK.search(isi))


# --- Many, in their turn ---


def urls_of(rows: EvidenceQuerySet, sekaligus: int = 100) -> Iterator[str]:
    """Each address once, a few in memory, no cursor open: on SQLite it would keep us from writing."""
    terakhir = ""
    while (
        potongan := rows.filter(tautan__gt=terakhir)
        .order_by("tautan")
        .values_list("tautan", flat=True)
        .distinct()[:sekaligus]
    ):
        yield from potongan
        terakhir = potongan[len(potongan) - 1]


def record(rows: EvidenceQuerySet, url: str, periksa: Periksa) -> list[Evidence]:
    """A dated fact for every piece among `rows` that has this address."""
    pada = timezone.now()
    bukti = list(rows.filter(tautan=url).select_related("satker").order_by("pk"))
    PeriksaTautan.objects.bulk_create(
        PeriksaTautan(
            evidence=satu,
            diperiksa_pada=pada,
            hasil=periksa.hasil,
            kode_http=periksa.kode,
            keterangan=periksa.keterangan,
        )
        for satu in bukti
    )
    return bukti


class Giliran:
    """Who asks a site many times lets it rest in between, and leaves one that does not answer alone."""

    MENYERAH_SESUDAH = 3

    def __init__(self, jeda: float) -> None:
        self.jeda = jeda
        self.terakhir: dict[str, float] = {}
        self.diam: dict[str, int] = {}

    def wait(self, situs: str) -> None:
        sisa = self.terakhir.get(situs, -self.jeda) + self.jeda - time.monotonic()
        if sisa > 0:
            time.sleep(sisa)

    def answered(self, situs: str, periksa: Periksa) -> None:
        self.terakhir[situs] = time.monotonic()
        diam = periksa.hasil == Hasil.GAGAL and periksa.kode is None
        self.diam[situs] = self.diam.get(situs, 0) + 1 if diam else 0

    def gives_up(self, situs: str) -> bool:
        return self.diam.get(situs, 0) >= self.MENYERAH_SESUDAH
