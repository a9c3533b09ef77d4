"""A PDF opened for drawing and reading: by PDFium as pypdfium2 ships it, without a JavaScript engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from evidence.isi.jenis import PDF, Tolak


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        # As a stream: given a path, it looks for the name of a file that has none.
        with path.open("rb") as file, pypdfium2.PdfDocument(file) as pdf:
            yield pdf
    except pypdfium2.PdfiumError:
        raise Tolak("rusak", nama=PDF.nama) from None
