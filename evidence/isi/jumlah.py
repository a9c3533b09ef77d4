"""How many pages a PDF has."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from evidence.isi.jenis import PDF, Tolak


def run(files: list[Path]) -> bytes:
    try:
        with pypdfium2.PdfDocument(files[0]) as pdf:
            return str(len(pdf)).encode()
    except pypdfium2.PdfiumError:
        raise Tolak("rusak", nama=PDF.nama) from None
