"""One file against the kind that its first bytes claim."""

from __future__ import annotations

from pathlib import Path

from evidence.isi.batas import Batas
from evidence.isi.jenis import GAMBAR, KANTOR, MENURUT_NAMA, MP4, PDF


def run(files: list[Path], *, jenis: str, maks_piksel: int, maks_isi: int, maks_bagian: int) -> bytes:
    """The name of the kind that it is; Tolak says why not. A kind's libraries are loaded only for that kind."""
    path, mungkin = files[0], MENURUT_NAMA[jenis]
    batas = Batas(isi=maks_isi, bagian=maks_bagian)
    if mungkin is PDF:
        from evidence.isi.pdf import check_pdf

        with path.open("rb") as file:
            check_pdf(file, mungkin, maks_piksel=maks_piksel, batas=batas)
    elif mungkin in GAMBAR:
        from evidence.isi.gambar import check_picture

        check_picture(path, mungkin, maks_piksel=maks_piksel)
    elif mungkin in KANTOR:
        from evidence.isi.kantor import check_office

        mungkin = check_office(path, batas)
    elif mungkin is MP4:
        from evidence.isi.video import check_mp4

        check_mp4(path, mungkin)
    return mungkin.nama.encode()
