"""The store on S3 or what speaks like it (MinIO, Ceph), through django-storages. Needs the extra `s3`."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from evidence.vault import POTONGAN, Tersimpan, code_of_os

SUDAH_ADA = {"PreconditionFailed", "ConditionalRequestConflict"}
PENUH = {"QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity", "ServiceQuotaExceededException"}
TERTUTUP = {"403", "AccessDenied", "AllAccessDisabled", "InvalidAccessKeyId", "SignatureDoesNotMatch"}
TIDAK_ADA = {"404", "NoSuchKey"}


class BuktiS3Storage(S3Storage):
    GALAT = (BotoCoreError, ClientError, OSError)

    def __init__(self, **settings: Any) -> None:
        # Own servers seldom have a name of its own for each bucket, and not all know the newer checksums.
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if settings.get("endpoint_url") else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=60,
            retries={"mode": "standard", "total_max_attempts": 3},
        )
        # One part at a time: ten at once, the default, take 80 MB.
        transfer = TransferConfig(use_threads=False)
        super().__init__(**settings, client_config=config, transfer_config=transfer)

    @property
    def client(self) -> Any:
        return self.connection.meta.client

    def put_new(self, path: Path, nama: str, sha256: str) -> bool:
        """One PUT, streamed from disk: all or nothing, and S3 checks the SHA-256 itself. An upload in parts would
        leave parts behind after a kill, and is asked for only above 5 GB."""
        if self.exists(nama):
            return False
        try:
            with path.open("rb") as isi:
                self.client.put_object(
                    **self._key(nama),
                    Body=isi,
                    IfNoneMatch="*",
                    ContentType="application/octet-stream",
                    ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode(),
                )
        except ClientError as galat:
            if code_in(galat) in SUDAH_ADA:
                return False
            raise
        return True

    def chunks(self, nama: str, awal: int, panjang: int | None) -> Iterator[bytes]:
        if panjang == 0:
            return
        akhir = "" if panjang is None else awal + panjang - 1
        rentang = {"Range": f"bytes={awal}-{akhir}"} if awal or panjang is not None else {}
        try:
            jawaban = self.client.get_object(**self._key(nama), **rentang)
        except ClientError as galat:
            raise missing(galat, nama)
        with closing(jawaban["Body"]) as isi:
            yield from isi.iter_chunks(POTONGAN)

    def walk(self, awalan: str, sesudah: str) -> Iterator[Tersimpan]:
        mulai = {"StartAfter": sesudah} if sesudah else {}
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket_name, Prefix=awalan, **mulai
        )
        for page in pages:
            for entry in page.get("Contents", ()):
                yield Tersimpan(entry["Key"], entry["Size"], entry["LastModified"])

    def code_of(self, galat: Exception) -> str:
        if isinstance(galat, OSError):
            return code_of_os(galat)
        kode = code_in(galat) if isinstance(galat, ClientError) else ""
        return "penuh" if kode in PENUH else "tertutup" if kode in TERTUTUP else "terputus"

    def _key(self, nama: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(nama)}


def code_in(galat: ClientError) -> str:
    return galat.response.get("Error", {}).get("Code", "")


def missing(galat: ClientError, nama: str) -> Exception:
    return FileNotFoundError(nama) if code_in(galat) in TIDAK_ADA else galat
