"""The text of a file for the search: what its own text layer says, '' where it has none."""

from __future__ import annotations

from typing import IO

from django.conf import settings

from evidence import kotak
from evidence.isi.jenis import KANTOR, PDF, Jenis


def text_of(file: IO[bytes], jenis: Jenis) -> str:
    """Bounded in time, memory and length; Tolak when the file cannot be read."""
    if jenis is not PDF and jenis not in KANTOR:
        return ""
    batas = {"maks": settings.BUKTI_MAKS_TEKS, "detik": settings.BUKTI_KOTAK_DETIK // 2}
    with kotak.inside("teks", [file], nama=jenis.nama, jenis=jenis.nama, **batas) as hasil:
        return hasil.read().decode()
