"""List pages, each against two baselines made of the same page in the same run.

*SQL telanjang*: the page's own statements with their parameters through a plain cursor, and a bare template that
prints the page's rows: every text, link target and class that stands in them, escaped as a template does; no ORM,
no frame, no icons. *Pandangan telanjang*: the same two as a view behind the same middleware, session and login,
asked by the same client; what the request itself costs is then on both sides.

On SQLite all work is done in this process, so its processor's time is taken: the longer a piece of work, the more
often others come between. PostgreSQL works in another process, and there only the clock tells.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import lxml.html
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path
from django.utils.html import format_html, format_html_join

from accounts import tersusun
from accounts.models import Peran, Satker, User
from actionplan.access import get_rencana_for
from actionplan.models import RencanaAksi
from evidence.access import SLOT_RELATIONS
from evidence.models import Slot
from tests.bench.catat import cetak, median_ms, nisbah
from tests.bench.tetangga import salin_susunan, tambah_tetangga
from tests.factories import make_member, make_sent, wib
from zi_tracker.middleware import RoomyStack

Perintah = tuple[str, Sequence[object]]
Potong = tuple[str, str]  # the tag with its link and class, the text
BARIS = "self::tr or self::li or self::dl or self::article"

TELANJANG = engines["django"].from_string(
    "<!doctype html><table>{% for baris in rows %}<tr>{% for sel in baris %}<td>"
    "{% for buka, teks in sel %}{{ buka }}{{ teks }}</a> {% endfor %}</td>{% endfor %}</tr>"
    "{% endfor %}</table>"
)


JUDUL = """
Halaman daftar (sasaran ≤ 2×), terhadap (1) SQL-nya sendiri lewat kursor dan templat telanjang dengan teks, tautan, dan
kelas yang sama; (2) keduanya sebagai pandangan di balik sesi, masuk, dan middleware yang sama. "Pertama kali": teks
kueri belum tersimpan dalam proses
                         halaman     (1)                 (2)"""


def jam() -> float:
    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


@dataclass(frozen=True)
class Halaman:
    nama: str
    siapa: str
    alamat: str


HALAMAN = [
    Halaman("Dasbor anggota", "anggota.demo1", "/1503/2025/"),
    Halaman("Dasbor Sekretaris", "sekretaris.demo", "/1503/2025/"),
    Halaman("Rencana aksi", "anggota.demo1", "/1503/2025/rencana/"),
    Halaman("Kalender tenggat", "anggota.demo1", "/1503/2025/kalender/"),
    Halaman("Unggah: pilih", "ketua.demo", "/1503/2025/unggah/"),
    Halaman("Antrean reviu", "tpi.demo1", "/1503/2025/antrean/"),
    Halaman("Laporan TW III", "sekretaris.demo", "/1503/2025/laporan/III/"),
]


@dataclass
class Dasar:
    """What the bare view answers with."""

    perintah: list[Perintah] = field(default_factory=list)
    rows: list[list[list[Potong]]] = field(default_factory=list)

    def jawab(self) -> str:
        with connection.cursor() as cursor:
            for sql, params in self.perintah:
                cursor.execute(sql, params)
                cursor.fetchall()
        return TELANJANG.render({"rows": self.rows})


DI_PANDANGAN = Dasar()


@login_required
def telanjang(request: HttpRequest) -> HttpResponse:
    return HttpResponse(DI_PANDANGAN.jawab())


@login_required
def rangka(request: HttpRequest) -> HttpResponse:
    """The frame around nothing."""
    request.rencana = get_rencana_for(request.user, "1503", 2025)  # type: ignore[attr-defined, arg-type]
    return render(request, "base.html")


urlpatterns = [
    path("telanjang/", telanjang),
    path("rangka/", rangka),
    path("", include("zi_tracker.urls")),
]


@dataclass
class Terukur:
    halaman: Halaman
    client: Client
    kueri: int
    ms: float


def ukur_daftar(rencana: RencanaAksi, tetangga: int, per: dt.date) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        analisis()
        cetak(JUDUL)
        sendiri = [ukur_satu(halaman, buka(halaman, per)) for halaman in HALAMAN]
        ukur_lantai(sendiri[0].client)
        ukur_penuh(rencana, per)
        ukur_tetangga(rencana, tetangga, sendiri)


def buka(halaman: Halaman, per: dt.date) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=halaman.siapa))
    client.get(f"{'/'.join(halaman.alamat.split('/')[:3])}/?per={per}")
    assert client.get(halaman.alamat).status_code == 200, halaman.alamat
    return client


def ukur_satu(halaman: Halaman, client: Client) -> Terukur:
    isi, semua = catat(client, halaman.alamat)
    perintah = [satu for satu in semua if satu[0].startswith("SELECT")]
    sql = Dasar(perintah, baris_halaman(isi))
    # Session and person are asked by the stack itself.
    DI_PANDANGAN.perintah, DI_PANDANGAN.rows = [], []
    _, tumpukan = catat(client, "/telanjang/")
    DI_PANDANGAN.perintah = kurangi(perintah, tumpukan)
    DI_PANDANGAN.rows = sql.rows
    ms, telanjang_ms, pandangan_ms = median_ms(
        lambda: client.get(halaman.alamat), lega(sql.jawab), lambda: client.get("/telanjang/"), jam=jam
    )
    pertama = dingin_ms(client, halaman.alamat)
    catatan = f"{len(perintah)} kueri, {len(sql.rows)} baris, pertama kali {pertama:.0f} ms"
    cetak(
        f"{halaman.nama:<20}{ms:>8.1f} ms {telanjang_ms:>8.1f} ms {ms / telanjang_ms:>6.2f}×"
        f"{pandangan_ms:>8.1f} ms {ms / pandangan_ms:>6.2f}×  {catatan}"
    )
    return Terukur(halaman, client, len(semua), ms)


def lega(kerja: Callable[[], object]) -> Callable[[], object]:
    """With as much room for frames as the middleware gives a page."""
    return partial(RoomyStack(lambda _: kerja()), None)  # type: ignore[arg-type, return-value]


def ukur_penuh(rencana: RencanaAksi, per: dt.date) -> None:
    """The two lists that are short in the demo, in an office where nothing is handed in, then where all of it waits:
    what their rows cost, beside what a page costs at all."""
    satker = Satker.objects.create(
        kode="690000", nama="KPU Penuh", tingkat="kabkota", induk=rencana.satker.induk
    )
    _, _, slots = salin_susunan(rencana, satker)
    ketua, tpi = make_member(satker, Peran.KETUA_TIM), make_member(satker, Peran.TPI)
    pilih = Halaman("Unggah: pilih, penuh", ketua.username, "/690000/2025/unggah/")
    ukur_satu(pilih, buka(pilih, per))
    for slot in Slot.objects.filter(pk__in=[s.pk for s in slots.values()]).select_related(*SLOT_RELATIONS):
        make_sent(slot, ketua, at=wib(2025, 10, 1))
    antrean = Halaman("Antrean reviu, penuh", tpi.username, "/690000/2025/antrean/")
    ukur_satu(antrean, buka(antrean, per))


def ukur_tetangga(rencana: RencanaAksi, jumlah: int, halaman: list[Terukur]) -> None:
    """By turns in the database as it is and in a copy that was taken before the others came."""
    dengan_tetangga = connection.settings_dict["NAME"]
    connection.close()
    connection.creation.clone_test_db("sendiri", verbosity=0)
    sendirian = connection.creation.get_test_db_clone_settings("sendiri")["NAME"]
    tambah_tetangga(rencana, jumlah)
    analisis()
    cetak(f"\nHalaman yang sama: di antara {jumlah} satker lain, dan sendirian")
    for satu in halaman:
        minta = partial(satu.client.get, satu.halaman.alamat)
        sebelum = [partial(pindah, basis, minta) for basis in (dengan_tetangga, sendirian)]
        nisbah(
            satu.halaman.nama, *median_ms(minta, minta, jam=jam, sebelum=sebelum), 1.2, f"{satu.kueri} kueri"
        )


def pindah(basis: str, minta: Callable[[], object]) -> None:
    """To another database, and a first answer from there: what is timed does not connect."""
    connection.settings_dict["NAME"] = basis
    connection.close()
    minta()


def ukur_lantai(client: Client) -> None:
    """What no page can be below: session, person and middleware; with the frame around nothing."""
    DI_PANDANGAN.perintah, DI_PANDANGAN.rows = [], []
    kosong, berangka = median_ms(lambda: client.get("/telanjang/"), lambda: client.get("/rangka/"), jam=jam)
    cetak(f"Lantai: jawaban kosong {kosong:.1f} ms, rangka tanpa isi {berangka:.1f} ms")


def dingin_ms(client: Client, alamat: str) -> float:
    """As the first to ask after a start: no query's text is kept yet."""
    tersusun.forget()
    mulai = jam()
    client.get(alamat)
    return (jam() - mulai) * 1000


def catat(client: Client, alamat: str) -> tuple[str, list[Perintah]]:
    """The page, and what it asked of the database."""
    ditanya: list[Perintah] = []

    def ingat(execute: Callable, sql: str, params: Sequence[object], many: bool, context: dict) -> object:
        ditanya.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ingat):
        response = client.get(alamat)
    assert response.status_code == 200, alamat
    return response.content.decode(), ditanya


def kurangi(perintah: list[Perintah], tumpukan: list[Perintah]) -> list[Perintah]:
    sisa = list(perintah)
    for sql, _ in tumpukan:
        sisa.remove(next(satu for satu in sisa if satu[0] == sql))
    return sisa


def baris_halaman(html: str) -> list[list[list[Potong]]]:
    """Rows, list items, lists of facts and articles of the page's own part, each as its cells."""
    pohon = lxml.html.document_fromstring(html)
    baris = pohon.xpath(f"//main//*[{BARIS}][not(ancestor::*[{BARIS}])]")
    return [[list(potongan(sel)) for sel in (b.xpath("./td|./th") or [b])] for b in baris]


def potongan(sel: lxml.html.HtmlElement) -> Iterator[Potong]:
    for teks in sel.xpath(".//text()[normalize-space()]"):
        induk = teks.getparent() if teks.is_text else teks.getparent().getparent()
        href = next(iter(induk.xpath("ancestor-or-self::a/@href")), "")
        sifat = [
            (nama, nilai) for nama, nilai in (("href", href), ("class", induk.get("class", ""))) if nilai
        ]
        yield format_html("<a{}>", format_html_join("", ' {}="{}"', sifat)), " ".join(teks.split())


def analisis() -> None:
    """Both databases are planned from statistics, as PostgreSQL's autovacuum keeps them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
