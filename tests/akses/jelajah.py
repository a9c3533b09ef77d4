"""The urlconf, walked to its last pattern; and a client per person of the world."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.akses.dunia import Dunia
from tests.akses.tabel import Baris

ADMIN = "admin:"
TULISAN = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(accounts|actionplan|evidence|monev)_')
# What a client of the tus protocol says; other pages do not look at it.
KEPALA = {
    "Tus-Resumable": "1.0.0",
    "Upload-Length": "10",
    "Upload-Offset": "0",
    "Upload-Metadata": "filename YS5wZGY=",
}
POTONGAN = "application/offset+octet-stream"
TIDAK_PERNAH_ADA: dict[str, int | UUID] = {"unggahan": UUID(int=987654)}
RUAS = {"kode": "1503", "tahun": 2025, "triwulan": "II"}


def all_patterns(resolver: URLResolver | None = None, ruang: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name; `?…` where it has none."""
    for pola in (resolver or get_resolver()).url_patterns:
        if isinstance(pola, URLResolver):
            yield from all_patterns(pola, f"{ruang}{pola.namespace}:" if pola.namespace else ruang)
        else:
            yield f"{ruang}{pola.name or '?' + str(pola.pattern)}", pola


def admin_urls() -> list[str]:
    """Django's own pages that are about no single row."""
    return [
        reverse(nama)
        for nama, pola in all_patterns()
        if nama.startswith(ADMIN) and not pola.pattern.converters and not pola.pattern.regex.groups
    ]


def address(baris: Baris, dunia: Dunia) -> str:
    """A line's objects fill the address from the left; what belongs to the office has names."""
    if baris.objek:
        return reverse(baris.nama, args=[dunia.pk[objek] for objek in baris.objek])
    pola = dict(all_patterns())[baris.nama]
    return reverse(baris.nama, kwargs={ruas: RUAS[ruas] for ruas in pola.pattern.converters})


def client_of(dunia: Dunia, kolom: str) -> list[Client]:
    """One client for each person of a column."""
    clients = []
    for orang in dunia.orang.get(kolom, [None]):
        client = Client()
        if orang:
            client.force_login(orang)
        clients.append(client)
    return clients


@dataclass(frozen=True)
class Jawaban:
    response: HttpResponse
    isi: bytes
    menulis: bool


def ask(client: Client, cara: str, url: str, data: dict | None = None) -> Jawaban:
    """What is written is undone, so that the next person finds the same world."""
    with transaction.atomic(), writes() as ditulis:
        response = send(client, cara, url, data)
        isi = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return Jawaban(response, isi, cara not in ("GET", "HEAD") and bool(ditulis))


@contextmanager
def writes() -> Iterator[list[str]]:
    """Every statement that writes a row of the four rooms."""
    ditulis: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if TULISAN.match(sql):
            ditulis.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield ditulis


def send(client: Client, cara: str, url: str, data: dict | None) -> HttpResponse:
    if cara == "GET":
        return client.get(url)
    if cara == "POST":
        return client.post(url, data or {}, headers=KEPALA)
    return client.generic(cara, url, b"%PDF-", POTONGAN, headers=KEPALA)
