"""What arrives with a form: too large is dropped on the way, on disk it is hashed on the way, a full disk is said."""

from __future__ import annotations

import hashlib
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

from evidence import vault

POTONGAN = 1024 * 1024


class SizeLimitHandler(FileUploadHandler):
    """Drops a file that grows past the limit while it arrives, and keeps the others of the same request.

    The names of those dropped stand in `request.berkas_terlalu_besar`.
    """

    chunk_size = POTONGAN

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.diterima = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
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
        self.hash = hashlib.sha256()
        try:
            self.file = UnggahanDiDisk(
                self.file_name or "", self.content_type or "", 0, self.charset, self.content_type_extra
            )
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
        alasan = str(vault.as_vault_error(galat))
        self.request.berkas_gagal = [*not_kept(self.request), (self.file_name, [alasan])]  # type: ignore[union-attr]


def names_too_large(request: object) -> list[str]:
    return getattr(request, "berkas_terlalu_besar", [])


def not_kept(request: object) -> list[tuple[str, list[str]]]:
    """Names, and why."""
    return getattr(request, "berkas_gagal", [])
