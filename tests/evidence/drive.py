"""ZIPs as offices, and as strangers, make them."""

import io
import stat
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile


def kemas(isi: dict[str, bytes], cara: int = zipfile.ZIP_STORED) -> bytes:
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", cara) as arsip:
        for nama, bita in isi.items():
            arsip.writestr(nama, bita)
    return keluar.getvalue()


def tanpa_nama(isi: bytes) -> bytes:
    """One entry, its name of no letters."""
    keluar, info = io.BytesIO(), zipfile.ZipInfo("x")
    info.filename = ""
    with zipfile.ZipFile(keluar, "w") as arsip, arsip.open(info, "w") as entri:
        entri.write(isi)
    return keluar.getvalue()


def unggahan(isi: bytes, nama: str = "Drive ZI.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(nama, isi, "application/zip")


def bertautan(isi: dict[str, bytes], tautan: str, ke: str) -> bytes:
    """With a symbolic link, as `zip -y` packs it."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w") as arsip:
        for nama, bita in isi.items():
            arsip.writestr(nama, bita)
        info = zipfile.ZipInfo(tautan)
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        arsip.writestr(info, ke)
    return keluar.getvalue()


def terkunci(isi: dict[str, bytes]) -> bytes:
    """The flag alone: no reader gets as far as the password."""
    bita = bytearray(kemas(isi))
    for tanda, letak in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        di = bita.find(tanda)
        while di >= 0:
            bita[di + letak] |= 1
            di = bita.find(tanda, di + 4)
    return bytes(bita)


def berbohong(nama: str, isi: bytes, ukuran: int) -> bytes:
    """Announces another size than it has, in both tables."""
    bita = bytearray(kemas({nama: isi}, zipfile.ZIP_DEFLATED))
    for tanda, letak in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        di = bita.find(tanda)
        bita[di + letak : di + letak + 4] = ukuran.to_bytes(4, "little")
    return bytes(bita)


def tanpa_utf8(nama: str, isi: bytes) -> bytes:
    """The name in UTF-8 without saying so, as macOS writes it."""
    bita = bytearray(kemas({"x" * len(nama.encode()): isi}))
    return bytes(bita).replace(b"x" * len(nama.encode()), nama.encode())
