"""How a stored file goes out: by Django, by nginx (X-Accel-Redirect) or by S3 (presigned address), as settings say.

Who may have it was asked before. What may not go out whoever asks, and what is put down of it, is here.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from accounts.models import User
from accounts.permintaan import Permintaan
from evidence import pindai, vault
from evidence.models import BerkasTersimpan, Evidence, PembukaanRahasia

logger = logging.getLogger(__name__)

TERTUTUP = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Chromium 156 shows a PDF in its own viewer although its address is sandboxed.
DALAM_HALAMAN = "default-src 'none'; sandbox; frame-ancestors 'self'"
SATU_RENTANG = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")
JALAN_NGINX = "/_bukti/"
SATU_BUKAAN = dt.timedelta(minutes=15)
TIDAK_ADA = "Berkas ini tidak ditemukan di penyimpanan. Hubungi pengelola aplikasi: ia perlu memulihkannya."

Cara = PembukaanRahasia.Cara


class TidakKeluarError(Exception):
    """It does not go out; the words say why."""

    def __init__(self, kata: str, status: int) -> None:
        super().__init__(kata)
        self.status = status


@dataclass(frozen=True)
class Keluaran:
    """A file on its way to a person."""

    evidence: Evidence
    nama: str
    cara: str

    @property
    def unduhan(self) -> bool:
        return self.cara == Cara.UNDUH

    @property
    def kepala(self) -> dict[str, str]:
        disposisi = content_disposition_header(self.unduhan, self.nama)
        return {
            "Content-Type": self.evidence.tipe,
            "Content-Disposition": disposisi or "inline",
            "Accept-Ranges": "bytes",
            "ETag": f'"{self.evidence.sha256}"',
        }


# --- What goes out ---


def serve(request: Permintaan, keluaran: Keluaran) -> HttpResponseBase:
    """The file, part of it, or why not. Inline is for PDF and pictures only: the views see to it."""
    evidence = keluaran.evidence
    try:
        simpanan = require_servable(evidence)
        if lama := get_conditional_response(request, etag=keluaran.kepala["ETag"]):
            return guarded(lama, keluaran.cara)
        response = way_out(keluaran)(request, keluaran, simpanan)
    except TidakKeluarError as galat:
        return guarded(said(request, galat, keluaran.cara), keluaran.cara)
    if request.method == "GET" and response.status_code < 400:
        note_opening(evidence, request.user, keluaran.cara, sebagian="Range" in request.headers)
    return guarded(response, keluaran.cara)


def serve_made(
    request: Permintaan, evidence: Evidence, cara: str, buat: Callable[[BerkasTersimpan], HttpResponse]
) -> HttpResponseBase:
    """What is made of the file: a picture that browsers know, a page, a thumbnail. The same rules."""
    try:
        with in_words():
            response = buat(require_servable(evidence))
    except TidakKeluarError as galat:
        return guarded(said(request, galat, cara), cara)
    if request.method == "GET":
        note_opening(evidence, request.user, cara)
    return guarded(response, cara)


def require_servable(evidence: Evidence) -> BerkasTersimpan:
    """The stored file, if the scanner and the law let it out."""
    simpanan = evidence.simpanan
    assert simpanan, "a link has no file"
    if sebab := pindai.sebab_ditahan(simpanan):
        raise TidakKeluarError(sebab, 410 if simpanan.dihapus_pada else 403)
    return simpanan


def said(request: Permintaan, galat: TidakKeluarError, cara: str) -> HttpResponse:
    if cara == Cara.UNDUH:
        return render(request, "evidence/tidak_keluar.html", {"alasan": str(galat)}, status=galat.status)
    # Shown in a frame of our page, where a page of its own would have no room.
    return HttpResponse(str(galat), content_type="text/plain; charset=utf-8", status=galat.status)


def guarded(response: HttpResponseBase, cara: str) -> HttpResponseBase:
    if not response.has_header("Content-Security-Policy") and not _is_page(response):
        response["Content-Security-Policy"] = TERTUTUP if cara == Cara.UNDUH else DALAM_HALAMAN
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _is_page(response: HttpResponseBase) -> bool:
    return response.get("Content-Type", "").startswith("text/html") and response.status_code >= 400


# --- The log of what is rahasia ---


def note_opening(evidence: Evidence, user: User, cara: str, *, sebagian: bool = False) -> None:
    """Before the first byte goes. A viewer fetches one PDF in many parts: those within a quarter of an hour are one."""
    if not evidence.rahasia:
        return
    kini = timezone.now()
    tadi = PembukaanRahasia.objects.filter(
        evidence=evidence, oleh=user, cara=cara, pada__gt=kini - SATU_BUKAAN
    )
    if not (sebagian and tadi.exists()):
        PembukaanRahasia.objects.create(evidence=evidence, oleh=user, pada=kini, cara=cara)


# --- Three ways ---


Jalan = Callable[[Permintaan, Keluaran, BerkasTersimpan], HttpResponseBase]


def way_out(keluaran: Keluaran) -> Jalan:
    if settings.BUKTI_PENYAJIAN == "nginx":
        return by_nginx
    # What S3 sends carries no sandbox, and its address opens for whoever has it.
    if settings.BUKTI_PENYAJIAN == "s3" and keluaran.unduhan and not keluaran.evidence.rahasia:
        return by_s3
    return by_django


def by_nginx(request: Permintaan, keluaran: Keluaran, simpanan: BerkasTersimpan) -> HttpResponseBase:
    """nginx reads the file and answers ranges; this process is free again."""
    response = HttpResponse(headers={**keluaran.kepala, "X-Accel-Redirect": JALAN_NGINX + simpanan.nama})
    del response["Accept-Ranges"]  # nginx says it too
    return response


def by_s3(request: Permintaan, keluaran: Keluaran, simpanan: BerkasTersimpan) -> HttpResponseBase:
    kepala = {
        "ResponseContentType": keluaran.evidence.tipe,
        "ResponseContentDisposition": keluaran.kepala["Content-Disposition"],
        "ResponseCacheControl": "private, no-store",
    }
    return HttpResponseRedirect(vault.presigned(simpanan.nama, kepala, settings.BUKTI_S3_DETIK))


def by_django(request: Permintaan, keluaran: Keluaran, simpanan: BerkasTersimpan) -> HttpResponseBase:
    """The whole, or the one range that PDF viewers and broken downloads ask for."""
    kepala, ukuran = keluaran.kepala, simpanan.ukuran
    rentang = asked_range(request, ukuran, kepala["ETag"])
    if rentang is None:
        return sent(request, simpanan, 0, ukuran, kepala, 200)
    awal, akhir = rentang
    if awal > akhir:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{ukuran}"})
    kepala["Content-Range"] = f"bytes {awal}-{akhir}/{ukuran}"
    return sent(request, simpanan, awal, akhir - awal + 1, kepala, 206)


def asked_range(request: Permintaan, ukuran: int, etag: str) -> tuple[int, int] | None:
    """None for the whole: no range, several, one we cannot read, or one of another file."""
    bagian = SATU_RENTANG.match(request.headers.get("Range", ""))
    if request.method != "GET" or not bagian or not any(bagian.groups()):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    awal, akhir = bagian.groups()
    if not awal:  # the last n bytes
        return max(0, ukuran - int(akhir)), ukuran - 1
    if akhir and int(akhir) < int(awal):  # no range at all
        return None
    return int(awal), min(int(akhir) if akhir else ukuran - 1, ukuran - 1)


def sent(
    request: Permintaan,
    simpanan: BerkasTersimpan,
    awal: int,
    panjang: int,
    kepala: dict[str, str],
    status: int,
) -> HttpResponseBase:
    kepala = {**kepala, "Content-Length": str(panjang)}
    if request.method == "HEAD":
        return HttpResponse(headers=kepala, status=status)
    return StreamingHttpResponse(begun(simpanan, awal, panjang), headers=kepala, status=status)


def begun(simpanan: BerkasTersimpan, awal: int, panjang: int) -> Iterator[bytes]:
    """The first piece is fetched now: a missing file is an answer, not a download that breaks off."""
    potongan = vault.chunks(simpanan.nama, awal, panjang)
    with in_words():
        return chain([next(potongan, b"")], potongan)


@contextmanager
def in_words() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as galat:
        logger.error("Berkas hilang dari penyimpanan: %s", galat)
        raise TidakKeluarError(TIDAK_ADA, 500)
    except vault.VaultError as galat:
        raise TidakKeluarError(str(galat), 503)
