"""A page of ours as an official PDF: tagged (PDF/UA-1), fonts embedded, nothing fetched from anywhere else."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import TextChoices
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from monev.huruf import printable
from monev.lembar import Lembar, susun_lembar
from monev.report import Laporan

STATIC = (settings.BASE_DIR / "static").resolve()
HURUF = STATIC / "kertas-huruf.css"
KERTAS = STATIC / "kertas.css"
BOLEH_DIBACA = frozenset({".css", ".otf", ".png", ".woff2"})


NAMA_KOLOM = re.compile(r' data-judul="[^"]*"')  # for the cards of a phone
TANGGAL = re.compile(r'<span class="tgl">([^<]*)</span>')


class Ukuran(TextChoices):
    A4 = "a4", "A4"
    F4 = "f4", "F4 (215 × 330 mm)"


UKURAN_CSS = {Ukuran.A4: "297mm 210mm", Ukuran.F4: "330mm 215mm"}


class PdfError(Exception):
    """The PDF could not be made."""


class OwnFiles(URLFetcher):
    """Inline data, and the stylesheets and fonts of static/. Anything else stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith("data:") and not _is_own(url):
            raise FatalURLFetchingError(f"Alamat ini tidak boleh diambil: {url[:200]}")
        return super().fetch(url, headers)


def _is_own(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return False
    path = Path(unquote(parts.path)).resolve()
    return path.is_relative_to(STATIC) and path.suffix in BOLEH_DIBACA


def report_pdf(laporan: Laporan, *, nomor: str = "", ukuran: Ukuran = Ukuran.A4) -> bytes:
    lembar = susun_lembar(laporan, nomor)
    return html_to_pdf(report_html(lembar), ukuran=ukuran)


def report_html(lembar: Lembar) -> str:
    return _for_paper(render_to_string("monev/laporan_cetak.html", {"lembar": lembar}))


def _for_paper(html: str) -> str:
    """Without what only screens need: each box and attribute less is time, together a tenth."""
    html = NAMA_KOLOM.sub("", html)
    html = TANGGAL.sub(lambda tanggal: tanggal[1].replace(" ", "\N{NO-BREAK SPACE}"), html)
    return html.replace("<li>", "<li>• ")


def html_to_pdf(html: str, *, ukuran: Ukuran = Ukuran.A4) -> bytes:
    """The same page gives the same bytes."""
    fetcher, fonts = OwnFiles(), FontConfiguration()
    try:
        with _garbage_collector_off():
            huruf = CSS(filename=HURUF, url_fetcher=fetcher, font_config=fonts)
            document = HTML(string=printable(html), base_url=STATIC.as_uri() + "/", url_fetcher=fetcher)
            return document.write_pdf(
                stylesheets=[huruf, *_kertas(ukuran)], font_config=fonts, pdf_variant="pdf/ua-1"
            )
    except FatalURLFetchingError as error:
        # Not an Exception: let loose it would take the worker down with it.
        raise PdfError(str(error)) from None


@cache
def _kertas(ukuran: Ukuran) -> tuple[CSS, CSS]:
    """Read once in a process, as WeasyPrint does its own; typefaces are each document's."""
    fetcher = OwnFiles()
    halaman = f"@page{{size:{UKURAN_CSS[ukuran]}}}"
    return CSS(filename=KERTAS, url_fetcher=fetcher), CSS(string=halaman, url_fetcher=fetcher)


@contextmanager
def _garbage_collector_off() -> Iterator[None]:
    """A layout is a million small objects that all live to the end: looking for dead ones costs a quarter."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
