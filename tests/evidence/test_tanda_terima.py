"""The receipt: how a file is compared with it, on either system; a link has nothing to compare."""

from django.test import Client
from django.urls import reverse

from evidence.models import Evidence
from tests.evidence.conftest import Kantor
from tests.factories import make_berkas, make_tautan, wib

JUNI = wib(2025, 6, 20)


def tanda_terima(client: Client, kantor: Kantor, piece: Evidence) -> str:
    client.force_login(kantor.anggota)
    return client.get(reverse("tanda_terima", args=[piece.pk])).content.decode()


def test_a_file_is_compared_on_windows_and_on_linux(kantor: Kantor, client: Client) -> None:
    isi = tanda_terima(client, kantor, make_berkas(kantor.satker, kantor.anggota, "Laporan", b"isi", at=JUNI))
    assert "<code>certutil -hashfile BERKAS SHA256</code>" in isi
    assert "<code>sha256sum BERKAS</code>" in isi


def test_of_a_link_nothing_is_said_of_a_hash(kantor: Kantor, client: Client) -> None:
    piece = make_tautan(kantor.satker, kantor.anggota, tanggal=JUNI.date())
    isi = tanda_terima(client, kantor, piece)
    assert (piece.tautan in isi, "SHA-256" in isi, "sha256sum" in isi) == (True, False, False)
