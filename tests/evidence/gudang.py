"""Both kinds of store: a folder, and an S3 server on this machine (moto)."""

import logging
from collections.abc import Iterator

import pytest
from django.core.files.storage import storages
from pytest_django import Settings

KUNCI = {"access_key": "kunci-uji", "secret_key": "rahasia-uji"}


@pytest.fixture(scope="session")
def server_s3() -> Iterator[str]:
    moto = pytest.importorskip("moto.server")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    alamat, port = server.get_host_and_port()
    yield f"http://{alamat}:{port}"
    server.stop()


@pytest.fixture
def di_s3(settings: Settings, request: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """Evidence is kept on S3 in this test, in an empty bucket."""
    alamat = request.getfixturevalue("server_s3")
    settings.STORAGES = {
        **settings.STORAGES,
        "bukti": {
            "BACKEND": "evidence.vault_s3.BuktiS3Storage",
            "OPTIONS": {
                **KUNCI,
                "bucket_name": f"bukti-{worker_id}",
                "endpoint_url": alamat,
                "region_name": "us-east-1",
                "max_memory_size": 1024,
                "file_overwrite": False,
            },
        },
    }
    bucket = storages["bukti"].bucket
    bucket.create()
    yield
    bucket.objects.all().delete()
    bucket.delete()


@pytest.fixture(params=["lokal", "s3"])
def gudang(request: pytest.FixtureRequest) -> str:
    if request.param == "s3":
        request.getfixturevalue("di_s3")
    return request.param
