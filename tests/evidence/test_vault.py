"""The store, on local disk and on S3 alike: written once, found again, told apart."""

import base64
import hashlib
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.core.exceptions import SuspiciousOperation

from evidence import vault
from evidence.vault import VaultError
from tests.evidence.gudang import di_s3, gudang, server_s3

__all__ = ["di_s3", "gudang", "server_s3"]

KUNCI_BOTO = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
ISI = b"isi berkas " * 300_000  # more than one piece


def sha256_of(isi: bytes) -> str:
    return hashlib.sha256(isi).hexdigest()


def simpan(isi: bytes = ISI, kode: str = "1503") -> str:
    sha256 = sha256_of(isi)
    nama = vault.name_of(kode, sha256)
    with vault.temporary_file() as path:
        path.write_bytes(isi)
        vault.keep(path, nama, sha256)
    return nama


def taruh(nama: str, isi: bytes) -> None:
    """Into the store past its door."""
    if isinstance(vault.vault(), vault.LokalStorage):
        tujuan = Path(vault.vault().path(nama))
        tujuan.parent.mkdir(parents=True, exist_ok=True)
        tujuan.unlink(missing_ok=True)
        tujuan.write_bytes(isi)
    else:
        vault.vault().bucket.put_object(Key=nama, Body=isi)


def test_what_was_kept_comes_back(gudang: str) -> None:
    nama = simpan()
    assert b"".join(vault.chunks(nama)) == ISI
    with vault.open_file(nama) as file:
        assert file.read() == ISI
    assert (vault.exists(nama), vault.size(nama), vault.hash_of(nama)) == (True, len(ISI), sha256_of(ISI))


@pytest.mark.parametrize(("awal", "panjang"), [(0, 1), (5, 20), (len(ISI) - 3, 3), (7, None), (3, 0)])
def test_a_part_comes_back(gudang: str, awal: int, panjang: int | None) -> None:
    akhir = None if panjang is None else awal + panjang
    assert b"".join(vault.chunks(simpan(), awal, panjang)) == ISI[awal:akhir]


def test_large_files_come_in_small_pieces(gudang: str) -> None:
    assert max(map(len, vault.chunks(simpan()))) <= vault.POTONGAN


def test_the_same_file_twice_is_kept_once(gudang: str) -> None:
    assert simpan() == simpan()
    assert [t.nama for t in vault.walk()] == [vault.name_of("1503", sha256_of(ISI))]


def test_what_lies_there_is_never_overwritten(gudang: str) -> None:
    nama = vault.name_of("1503", sha256_of(ISI))
    taruh(nama, b"isi lain")
    with pytest.raises(VaultError, match="isinya di penyimpanan sudah berubah"):
        simpan()
    assert b"".join(vault.chunks(nama)) == b"isi lain"


def test_the_same_size_is_not_taken_for_the_same_file(gudang: str) -> None:
    taruh(vault.name_of("1503", sha256_of(ISI)), ISI[:-1] + b"X")
    with pytest.raises(VaultError, match="sudah berubah"):
        simpan()


def test_one_that_came_first_in_between_is_not_overwritten(gudang: str, monkeypatch: object) -> None:
    """The store said that nothing lies there, and a moment later something does."""
    taruh(vault.name_of("1503", sha256_of(ISI)), b"isi lain")
    monkeypatch.setattr(vault.vault(), "exists", lambda nama: False)
    with pytest.raises(VaultError, match="sudah berubah"):
        simpan()


def test_what_is_missing_is_told_from_what_is_out_of_reach(gudang: str) -> None:
    nama = vault.name_of("1503", "0" * 64)
    assert not vault.exists(nama)
    for tanya in (vault.size, vault.open_file, lambda n: list(vault.chunks(n))):
        with pytest.raises(FileNotFoundError):
            tanya(nama)


def test_removed_is_gone(gudang: str) -> None:
    nama = simpan()
    vault.remove(nama)
    assert not vault.exists(nama)


def test_a_walk_meets_everything_in_order_and_goes_on_where_it_stopped(gudang: str) -> None:
    names = sorted(simpan(bytes([n]) * 10, kode) for n in range(20) for kode in ("15", "1503", "1503-lain"))
    assert [t.nama for t in vault.walk()] == names
    for n in (0, 7, 20, 39, len(names) - 1):
        assert [t.nama for t in vault.walk(sesudah=names[n])] == names[n + 1 :]
    assert [t.nama for t in vault.walk("bukti/1503/")] == [n for n in names if n.startswith("bukti/1503/")]
    assert all(t.ukuran == 10 for t in vault.walk())


def test_a_kept_file_cannot_be_written_to_by_chance() -> None:
    path = Path(vault.vault().path(simpan()))
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o440, 0o750)


def test_a_file_system_without_hard_links_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def tanpa_tautan(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", tanpa_tautan)
    nama = simpan()
    assert vault.hash_of(nama) == sha256_of(ISI)
    assert simpan() == nama


@pytest.mark.parametrize("nama", ["../luar", "bukti/../../luar", "/etc/passwd"])
def test_no_name_leads_out_of_the_folder(nama: str) -> None:
    with pytest.raises(SuspiciousOperation):
        list(vault.chunks(nama))


# --- S3 alone ---


def test_the_sha256_travels_with_the_bytes(di_s3: None) -> None:
    """S3 then refuses what arrives changed. (moto compares nothing: only that it was sent can be shown here.)"""
    dikirim = []

    def catat(request: object, **_: object) -> None:
        dikirim.append(request.headers["x-amz-checksum-sha256"].decode())

    vault.vault().client.meta.events.register("before-send.s3.PutObject", catat)
    simpan()
    assert [base64.b64decode(satu).hex() for satu in dikirim] == [sha256_of(ISI)]


@pytest.fixture
def kunci_diperiksa(di_s3: None, server_s3: str) -> Iterator[None]:
    """The server checks signatures now, and knows one key."""
    iam = boto3.client("iam", "us-east-1", endpoint_url=server_s3, **KUNCI_BOTO)
    iam.create_user(UserName="zi")
    izin = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
    iam.put_user_policy(UserName="zi", PolicyName="bukti", PolicyDocument=json.dumps(izin))
    kunci = iam.create_access_key(UserName="zi")["AccessKey"]
    gudang = vault.vault()
    gudang.access_key, gudang.secret_key = kunci["AccessKeyId"], kunci["SecretAccessKey"]
    gudang._connections.connection = gudang._bucket = None
    reset_auth(server_s3, "0")
    yield
    reset_auth(server_s3, "inf")
    iam.delete_user_policy(UserName="zi", PolicyName="bukti")
    iam.delete_access_key(UserName="zi", AccessKeyId=kunci["AccessKeyId"])
    iam.delete_user(UserName="zi")
    iam.close()


def reset_auth(server: str, banyak: str) -> None:
    """How many requests moto answers before it asks for a signature."""
    kepala = {"Content-Type": "text/plain"}
    permintaan = urllib.request.Request(
        f"{server}/moto-api/reset-auth", banyak.encode(), kepala, method="POST"
    )
    urllib.request.urlopen(permintaan).close()


def test_what_we_send_is_signed(kunci_diperiksa: None) -> None:
    assert vault.hash_of(simpan()) == sha256_of(ISI)


def test_a_wrong_key_is_said_in_words(kunci_diperiksa: None) -> None:
    gudang = vault.vault()
    gudang.secret_key, gudang._connections.connection, gudang._bucket = "salah", None, None
    with pytest.raises(VaultError) as galat:
        simpan()
    assert galat.value.code == "tertutup"


def test_a_server_out_of_reach_is_said_in_words(di_s3: None, server_s3: str) -> None:
    gudang = vault.vault()
    gudang._connections.connection = None
    gudang.endpoint_url = "http://127.0.0.1:9"
    with pytest.raises(VaultError, match="sedang tidak dapat dipakai"):
        simpan()
    gudang._connections.connection, gudang.endpoint_url = None, server_s3
