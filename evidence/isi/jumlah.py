"""How many pages a PDF has."""

from __future__ import annotations

from pathlib import Path

from evidence.isi.pdfium import opened


def run(files: list[Path]) -> bytes:
    with opened(files[0]) as pdf:
        return str(len(pdf)).encode()
