"""The package as one ZIP: stored, not squeezed (PDF and pictures are already), streamed, its length known before.

zipstream-ng writes it: names in UTF-8 as Windows reads them, ZIP64 where it must be, one piece of a file in memory.
A file that turns out other than it was received breaks the stream off: the client sees that it is not whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from zipstream import ZIP_STORED, ZipStream

from evidence import vault
from monev.paket import Isi, Paket, manifest_lines
from monev.paket_indeks import GAYA, indeks_html, indeks_xlsx, read_gaya

INDEKS_HTML, INDEKS_XLSX, MANIFEST = "Indeks.html", "Indeks.xlsx", "manifest.sha256"


class BerubahError(Exception):
    """A stored file is no longer what was received. By number: a log may not tell the title of what is rahasia."""

    def __init__(self, i: Isi) -> None:
        super().__init__(
            f"Berkas bukti nomor {i.dikemas.nomor} di penyimpanan hilang atau isinya berubah sejak diterima "
            f"({i.dikemas.berkas.name})"
        )
        self.jalan = i.jalan


def package_stream(paket: Paket) -> ZipStream:
    """An iterable of bytes; `len()` is how many there will be."""
    zs = ZipStream(compress_type=ZIP_STORED, sized=True)
    ringkas = {
        INDEKS_HTML: indeks_html(paket).encode(),
        INDEKS_XLSX: indeks_xlsx(paket),
        GAYA: read_gaya(),
    }
    files = [(hashlib.sha256(isi).hexdigest(), nama) for nama, isi in ringkas.items()]
    files += [(i.dikemas.sha256, i.jalan) for i in paket.berkas]
    for nama, isi in {**ringkas, MANIFEST: "".join(manifest_lines(files)).encode()}.items():
        zs.add(isi, nama)
    for i in paket.berkas:
        zs.add(bytes_of(i), i.jalan, size=i.dikemas.ukuran)
    return zs


def bytes_of(i: Isi) -> Iterator[bytes]:
    """Proven on the way: the manifest tells the hash of what was received."""
    simpanan = i.dikemas.simpanan
    assert simpanan, "only files have a path"
    hash_ = hashlib.sha256()
    try:
        for potongan in vault.chunks(simpanan.nama):
            hash_.update(potongan)
            yield potongan
    except FileNotFoundError:
        raise BerubahError(i) from None
    if hash_.hexdigest() != i.dikemas.sha256:
        raise BerubahError(i)
