"""No page, PDF or workbook holds words that its reader may not see. The world has words that could leak."""

import io
import re
import subprocess
import zipfile

import pytest

from tests.akses.dunia import DRAF, KIRIMAN, KOLOM, LEPAS, LUAR, RAHASIA, Dunia, make_dunia
from tests.akses.jelajah import address, admin_urls, ask, client_of
from tests.akses.tabel import baca

# Read off DESIGN, section 6. An `operator` names offices and people in the admin, but sees no evidence.
PENANDA = {RAHASIA, DRAF, LEPAS, KIRIMAN, LUAR}
BOLEH_BACA: dict[str, set[str]] = {
    "tamu": set(),
    "angg": {RAHASIA, DRAF, LEPAS, KIRIMAN},
    "lain": {KIRIMAN},
    "ketu": {RAHASIA, DRAF, LEPAS, KIRIMAN},
    "sekr": {RAHASIA, DRAF, KIRIMAN},
    "pimp": {KIRIMAN},
    "tpi": {RAHASIA, KIRIMAN},
    "bina": {KIRIMAN, LUAR},  # both offices are below the province
    "oper": set(),
    "luar": {LUAR},
    "tnp": set(),
    "lalu": set(),
}
# Where the walk must meet a word at least once: else nothing was tried.
HARUS_TERBACA = {
    "angg": {RAHASIA, DRAF, KIRIMAN},
    "sekr": {RAHASIA, DRAF, KIRIMAN},
    "tpi": {RAHASIA, KIRIMAN},
    "pimp": {KIRIMAN},
    "luar": {LUAR},
}


@pytest.fixture
def dunia(db: None) -> Dunia:
    return make_dunia()


def get_urls(dunia: Dunia) -> list[str]:
    """Every page, for every object that it could be about; the neighbours' too."""
    _, baris = baca()
    urls = {address(b, dunia) for b in baris if b.cara == "GET"}
    tetangga = {re.sub(r"^/1503/", "/1504/", url) for url in urls}
    pencarian = {f"{url}?q={penanda}" for url in urls if url.endswith("/rencana/") for penanda in PENANDA}
    return sorted(urls | tetangga | pencarian)


def read_text(isi: bytes) -> str:
    """What a person would read in it, and what a program would find in it."""
    if isi.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(isi)) as buku:
            return "\n".join(buku.read(nama).decode(errors="replace") for nama in buku.namelist())
    if isi.startswith(b"%PDF") and b"/Page" in isi:
        jalan = subprocess.run(["pdftotext", "-", "-"], input=isi, capture_output=True, check=True)
        return jalan.stdout.decode()
    return isi.decode(errors="replace")


@pytest.mark.parametrize("kolom", KOLOM)
def test_reader_meets_only_words_that_are_for_the_reader(kolom: str, dunia: Dunia) -> None:
    terbaca: dict[str, set[str]] = {penanda: set() for penanda in PENANDA}
    for client in client_of(dunia, kolom):
        for url in get_urls(dunia):
            jawaban = ask(client, "GET", url)
            assert jawaban.response.status_code < 500, url
            teks = read_text(jawaban.isi) + str(dict(jawaban.response.items()))
            for penanda in PENANDA:
                # The address itself repeats what was searched for.
                if penanda in teks.replace(f"q={penanda}", "") and f"q={penanda}" not in url:
                    terbaca[penanda].add(url)
    bocor = {penanda: urls for penanda, urls in terbaca.items() if urls and penanda not in BOLEH_BACA[kolom]}
    assert bocor == {}
    assert {p for p in HARUS_TERBACA.get(kolom, set()) if not terbaca[p]} == set()


def test_operator_finds_no_word_of_evidence_in_the_admin(dunia: Dunia) -> None:
    operator = client_of(dunia, "oper")[0]
    for url in admin_urls():
        teks = read_text(ask(operator, "GET", url).isi)
        assert not [p for p in (RAHASIA, DRAF, LEPAS, KIRIMAN) if p in teks], url
