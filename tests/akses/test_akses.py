"""Every URL × every role × own and other office, against the table. What the table forgets fails."""

import re
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import reverse
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

from tests.akses.dunia import KOLOM, Dunia, make_dunia
from tests.akses.jelajah import (
    ADMIN,
    RUAS,
    TIDAK_PERNAH_ADA,
    Jawaban,
    address,
    admin_urls,
    all_patterns,
    ask,
    client_of,
)
from tests.akses.tabel import Baris, baca

KOLOM_TABEL, BARIS = baca()
RUANG = ("accounts", "actionplan", "evidence", "monev")

# What a permitted person would send: without it a refusal could not be told from a form left empty.
ISIAN: dict[str, dict[str, str]] = {
    "reviu": {"keputusan": "perbaikan", "catatan": "Lengkapi."},
    "simpan_realisasi": {"uraian": "Sudah."},
    "perpanjangan": {"batas_baru": "2025-12-31", "alasan": "Menunggu."},
    "koreksi": {"kolom": "uraian", "teks": "Bunyi", "alasan": "Salah ketik."},
}


# 422: a form whose words were refused, not its sender.
DITERIMA = (200, 201, 204, 302, 422)


@pytest.fixture
def dunia(db: None) -> Dunia:
    return make_dunia()


def test_every_url_has_a_line_and_every_line_a_url() -> None:
    urls = {nama for nama, _ in all_patterns() if not nama.startswith(ADMIN)}
    assert urls == {baris.nama for baris in BARIS}


def test_the_columns_are_the_people_of_the_world() -> None:
    assert KOLOM_TABEL == KOLOM


@pytest.mark.parametrize("baris", BARIS, ids=str)
def test_answer(baris: Baris, dunia: Dunia) -> None:
    url = address(baris, dunia)
    answers: dict[str, str] = {}
    for kolom in KOLOM:
        for client in client_of(dunia, kolom):
            answer = describe(ask(client, baris.cara, url, ISIAN.get(baris.nama)))
            if answers.setdefault(kolom, answer) != answer:
                answers[kolom] += f" dan {answer}"
    assert answers == baris.harapan


@pytest.mark.parametrize(("kolom", "menulis"), [("ketu", True), ("tpi", False)])
def test_a_write_is_seen(kolom: str, menulis: bool, dunia: Dunia) -> None:
    url = reverse("simpan_realisasi", args=[dunia.pk["tenggat"]])
    jawaban = ask(client_of(dunia, kolom)[0], "POST", url, ISIAN["simpan_realisasi"])
    assert jawaban.menulis is menulis


@pytest.mark.parametrize("nama", sorted({b.nama for b in BARIS if b.objek}))
def test_a_method_that_has_no_line_is_refused(nama: str, dunia: Dunia) -> None:
    baris = next(b for b in BARIS if b.nama == nama)
    for cara in {"GET", "POST"} - {b.cara for b in BARIS if b.nama == nama}:
        for kolom in ("ketu", "tpi"):
            jawaban = ask(client_of(dunia, kolom)[0], cara, address(baris, dunia))
            assert (cara, kolom, jawaban.response.status_code) == (cara, kolom, 405)


def test_head_is_asked_wherever_get_is(dunia: Dunia) -> None:
    client = client_of(dunia, "ketu")[0]
    for baris in BARIS:
        if baris.cara == "GET":
            assert ask(client, "HEAD", address(baris, dunia)).response.status_code != 405, baris


@pytest.mark.parametrize("baris", [b for b in BARIS if b.objek], ids=str)
def test_an_object_that_never_was_is_not_found(baris: Baris, dunia: Dunia) -> None:
    url = reverse(baris.nama, args=[TIDAK_PERNAH_ADA.get(objek, 987654) for objek in baris.objek])
    for kolom in ("ketu", "tpi"):
        assert ask(client_of(dunia, kolom)[0], baris.cara, url).response.status_code == 404


SUMBER = "".join(f.read_text() for r in RUANG for f in (settings.BASE_DIR / r).rglob("*.py"))
# Some are read by a name that stands elsewhere.
PARAMETER = sorted({"area", "cari", "q", "urut", *re.findall(r"""GET\.get\(["'](\w+)["']""", SUMBER)})
ISI_RUAS = {IntConverter: 10**20, UUIDConverter: UUID(int=1), StringConverter: "x", SlugConverter: "x"}
ANEH: dict[str, dict[str, object]] = {
    "NUL": {"kode": "1503\0", "triwulan": "II\0"},
    "terlalu besar": {"tahun": 10**20, "hal": 10**20},
    "tak terbaca": {"kode": "🎈" * 200, "triwulan": "🎈"},
}


@pytest.mark.parametrize("aneh", ANEH.values(), ids=ANEH)
def test_no_address_breaks_a_page(aneh: dict[str, object], dunia: Dunia) -> None:
    clients = [client_of(dunia, kolom)[0] for kolom in ("ketu", "oper")]
    pola = {nama: satu.pattern.converters for nama, satu in all_patterns() if not nama.startswith(ADMIN)}
    for nama, ruas in pola.items():
        isi = {r: aneh.get(r, RUAS.get(r, ISI_RUAS[type(k)])) for r, k in ruas.items()}
        for client in clients:
            status = ask(client, "GET", reverse(nama, kwargs=isi)).response.status_code
            assert status < 500, (nama, status)


@pytest.mark.parametrize("nilai", ["9" * 3000, "-1", "٣", "%00", "🎈", "2025-13-99"])
def test_no_query_breaks_a_page(nilai: str, dunia: Dunia) -> None:
    client = client_of(dunia, "ketu")[0]
    query = "&".join(f"{nama}={nilai}" for nama in PARAMETER)
    for baris in BARIS:
        if baris.cara == "GET":
            status = ask(client, "GET", f"{address(baris, dunia)}?{query}").response.status_code
            assert status == 400 if nilai == "%00" else status < 500, (baris, status)


def describe(jawaban: Jawaban) -> str:
    """The table's sign for an answer. A refusal that wrote, or that has no words, is in no table."""
    response = jawaban.response
    if response.status_code == 302 and response.url.split("?")[0] == reverse("account_login"):
        return "↪" + (" tetapi menulis" if jawaban.menulis else "")
    if response.status_code in DITERIMA:
        return "ok"
    return f"{response.status_code}{' tetapi menulis' if jawaban.menulis else ''}{_without_words(jawaban)}"


def _without_words(jawaban: Jawaban) -> str:
    if jawaban.response.status_code != 403 or re.search(REFUSAL, jawaban.isi.decode()):
        return ""
    return " tanpa kata"


REFUSAL = r"Hanya .+ yang dapat|hanya dapat|Tidak seorang pun"


class TestAdmin:
    """Django's own pages: for the operator alone, and no evidence on any of them."""

    def test_nobody_but_the_operator_gets_in(self, dunia: Dunia) -> None:
        open_to_all = {reverse("admin:login"), reverse("admin:logout")}
        for url in set(admin_urls()) - open_to_all:
            for kolom in set(KOLOM) - {"oper"}:
                status = ask(client_of(dunia, kolom)[0], "GET", url).response.status_code
                assert status in (302, 403, 404), (url, kolom, status)

    def test_the_operator_gets_in(self, dunia: Dunia) -> None:
        assert ask(client_of(dunia, "oper")[0], "GET", reverse("admin:index")).response.status_code == 200

    def test_the_operator_sees_no_evidence(self, dunia: Dunia) -> None:
        operator = client_of(dunia, "oper")[0]
        for url in admin_urls():
            if "/evidence/" in url:
                assert ask(operator, "GET", url).response.status_code in (403, 404), url
