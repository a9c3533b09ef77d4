"""What arrives with a form: names as they were sent, too large is dropped on the way, on disk it is hashed on the way,
a full disk is said.
"""

from __future__ import annotations

import hashlib
import html
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

from evidence import vault

POTONGAN = 1024 * 1024
TERLALU_BANYAK = (
    "Paling banyak {batas} berkas sekali kirim. Kirim dahulu yang lain, lalu pilih lagi berkas ini."
)
TANPA_NAMA = " "  # refused where names are checked, as nothing at all would not be


class NamesAsSent(MultiPartParser):
    """Django's drops what cannot be seen in a name, so that nobody could be told of it."""

    def sanitize_file_name(self, file_name: str) -> str:
        """Without the path that stands before it; of the rest `intake.check_name` speaks."""
        nama = html.unescape(file_name).replace("\\", "/").rsplit("/", 1)[-1]
        return TANPA_NAMA if nama in ("", ".", "..") else nama


class NamesAsSentHandler(FileUploadHandler):
    """Stands first: hands the body to the parser that leaves names alone, with the handlers behind it."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's word
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> tuple[Any, Any]:
        assert self.request
        lainnya = [satu for satu in self.request.upload_handlers if satu is not self]
        return NamesAsSent(META, input_data, lainnya, encoding).parse()


class SizeLimitHandler(FileUploadHandler):
    """Drops a file that is one too many or grows past the limit while it arrives, and keeps the others of the request.

    The names of those too large stand in `request.berkas_terlalu_besar`, of those too many in `request.berkas_gagal`.
    """

    chunk_size = POTONGAN
    jumlah = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.diterima = 0
        self.jumlah += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if (
            self.jumlah > settings.BUKTI_MAKS_BERKAS_KIRIM
        ):  # not in new_file: SkipFile closes what handlers hold
            drop(self.request, self.file_name, TERLALU_BANYAK.format(batas=settings.BUKTI_MAKS_BERKAS_KIRIM))
            raise SkipFile
        self.diterima += len(raw_data)
        if self.diterima > limit_mb(self.request) * 1024 * 1024:
            dropped = [*names_too_large(self.request), self.file_name]
            self.request.berkas_terlalu_besar = dropped  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""


def limit_mb(request: HttpRequest | None) -> int:
    """Of one file. A view that takes a ZIP of many says so (evidence/middleware.py)."""
    cocok = request.resolver_match if request else None
    arsip = getattr(cocok.func, "receives_archive", False) if cocok else False
    return settings.BUKTI_MAKS_KIRIM_MB if arsip else settings.BUKTI_MAKS_MB


class MemoryHandler(MemoryFileUploadHandler):
    chunk_size = POTONGAN  # the smallest of all handlers counts


class UnggahanDiDisk(TemporaryUploadedFile):
    """Its bytes lie in `jalan`, a file of ours; their hash is known when the last has come."""

    sha256: str

    @property
    def jalan(self) -> Path:
        return Path(self.temporary_file_path())


class DiskHandler(TemporaryFileUploadHandler):
    """As Django's. A file for which there is no room is dropped with the reason in `request.berkas_gagal`."""

    chunk_size = POTONGAN
    file: UnggahanDiDisk

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.__dict__.pop("file", None)  # the one before: SkipFile would close it
        self.hash = hashlib.sha256()
        try:
            # Its own name might be none for a disk.
            self.file = UnggahanDiDisk(
                TANPA_NAMA, self.content_type or "", 0, self.charset, self.content_type_extra
            )
            self.file.name = self.file_name
        except OSError as galat:
            self._tell(galat)
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            self.file.write(raw_data)
        except OSError as galat:
            self._drop(galat)
            raise SkipFile
        self.hash.update(raw_data)

    def file_complete(self, file_size: int) -> UnggahanDiDisk | None:
        try:
            self.file.seek(0)  # writes what is still in memory
        except OSError as galat:
            self._drop(galat)
            return None
        self.file.size, self.file.sha256 = file_size, self.hash.hexdigest()
        return self.file

    def _drop(self, galat: OSError) -> None:
        self._tell(galat)
        try:
            self.file.close()  # and gone; what was still in memory fails once more
        except OSError:
            return

    def _tell(self, galat: OSError) -> None:
        drop(self.request, self.file_name, str(vault.as_vault_error(galat)))


def drop(request: HttpRequest | None, nama: str | None, alasan: str) -> None:
    request.berkas_gagal = [*not_kept(request), (nama, [alasan])]  # type: ignore[union-attr]


def names_too_large(request: object) -> list[str]:
    return getattr(request, "berkas_terlalu_besar", [])


def not_kept(request: object) -> list[tuple[str, list[str]]]:
    """Names, and why."""
    return getattr(request, "berkas_gagal", [])
