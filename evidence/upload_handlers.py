from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class SizeLimitHandler(FileUploadHandler):
    """Drops a file that grows past the limit while it arrives, and keeps the others of the same request.

    The names of those dropped stand in `request.berkas_terlalu_besar`.
    """

    chunk_size = 1024 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.diterima = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.diterima += len(raw_data)
        if self.diterima > settings.BUKTI_MAKS_MB * 1024 * 1024:
            dropped = [*names_too_large(self.request), self.file_name]
            self.request.berkas_terlalu_besar = dropped  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""


def names_too_large(request: object) -> list[str]:
    return getattr(request, "berkas_terlalu_besar", [])
