"""The search index of evidence: SQLite FTS5 and PostgreSQL full text behind one question, `matching`.

A piece's document is its title, file name, link, date, uploader and text layer, cut into words here, so that both
databases index and are asked the same words; neither's own parser is met by what a person types.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.db import connection, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from accounts.models import Satker
from accounts.waktu import tanggal_panjang
from actionplan.search import kata_sepadan
from evidence.models import BerkasTersimpan, Evidence, IsiTeks

KATA_TERPANJANG = 60
# A tsvector holds 1 MB: the words' bytes, each to an even number, and four more for each.
KATA_TERBANYAK = 100_000
BITA_TERBANYAK = 600_000
HURUF_TERBANYAK = 400_000
TEMPAT_TERBANYAK = 255  # of one word in one tsvector
PERTANYAAN_TERPANJANG = 100
# From so many finds on, pages are filled by walking along their order instead of sorting the finds.
BANYAK = 1000
AWALAN_TERPENDEK = 3
MAKS_PK = 2**63 - 1

KATA = re.compile(r"[^\W_]+")


def words_of(teks: str) -> list[str]:
    """Lower case, without accents; letters and digits only."""
    polos = unicodedata.normalize("NFKD", teks[:HURUF_TERBANYAK])
    polos = "".join(h for h in polos if not unicodedata.combining(h)).casefold()
    kata = [k[:KATA_TERPANJANG] for k in KATA.findall(polos)[:KATA_TERBANYAK]]
    sampai = bisect_right(list(accumulate(len(k.encode()) for k in kata)), BITA_TERBANYAK)
    return kata[:sampai]


# --- Keeping it ---


def index(evidence: Evidence) -> None:
    """In the transaction that records the piece."""
    write([(evidence.pk, document(evidence, _text_of(evidence.simpanan)))])


def index_file(simpanan: BerkasTersimpan) -> None:
    """All pieces with these bytes: their text was read, or is gone."""
    teks = _text_of(simpanan)
    pieces = simpanan.evidence.select_related("satker", "diunggah_oleh")
    write((piece.pk, document(piece, teks)) for piece in pieces)


@transaction.atomic
def forget_text(simpanan: BerkasTersimpan) -> None:
    """Erasure by law: nothing of the text stays in the index, not even where FTS5 only marks it as deleted."""
    IsiTeks.objects.filter(simpanan=simpanan).delete()
    index_file(simpanan)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO evidence_cari (evidence_cari) VALUES ('optimize')")


def document(evidence: Evidence, teks: str) -> list[str]:
    tentang = (
        evidence.judul,
        evidence.nama_berkas,
        evidence.tautan,
        tanggal_panjang(evidence.tanggal_dokumen),
        evidence.tanggal_dokumen.isoformat(),
        evidence.diunggah_oleh.nama,
    )
    return [satker_word(evidence.satker_id), *words_of(" ".join(tentang)), *words_of(teks)]


def satker_word(satker: int) -> str:
    """Which office a piece belongs to is a word too: the finds of other offices cost nothing."""
    return f"zisatker{satker}"


def write(rows: Iterable[tuple[int, list[str]]]) -> None:
    with connection.cursor() as cursor:
        for pk, kata in rows:
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM evidence_cari WHERE rowid = %s", [pk])
                cursor.execute("INSERT INTO evidence_cari (rowid, isi) VALUES (%s, %s)", [pk, " ".join(kata)])
            else:
                cursor.execute(
                    "INSERT INTO evidence_cari (evidence_id, isi) VALUES (%s, %s::tsvector) "
                    "ON CONFLICT (evidence_id) DO UPDATE SET isi = EXCLUDED.isi",
                    [pk, vector(kata)],
                )


def vector(kata: list[str]) -> str:
    """As the configuration `simple` would have it, written out."""
    tempat: defaultdict[str, list[str]] = defaultdict(list)
    for urutan, satu in enumerate(kata, 1):
        if len(tempat[satu]) < TEMPAT_TERBANYAK:
            tempat[satu].append(str(urutan))
    return " ".join(f"'{satu}':{','.join(urutan)}" for satu, urutan in tempat.items())


def _text_of(simpanan: BerkasTersimpan | None) -> str:
    if simpanan is None:
        return ""
    return IsiTeks.objects.filter(simpanan=simpanan).values_list("teks", flat=True).first() or ""


# --- Asking it ---


def matching(kata: str, satker: Satker) -> Q:
    """Pieces of the office in which each word stands, or one that means the same; the last may be a beginning.

    A condition for a query on Evidence itself.
    """
    return find(kata, satker).q


@dataclass(frozen=True)
class Temuan:
    """All finds if they are few; else the first of them, and how to ask for the rest."""

    pertanyaan: str
    pks: list[int]

    @property
    def q(self) -> Q:
        if not self.banyak:
            return Q(pk__in=self.pks)
        return Q(RawSQL(_BAGI_SATU[connection.vendor], [self.pertanyaan], BooleanField()))  # noqa: S611 - texts of ours

    @property
    def banyak(self) -> bool:
        return len(self.pks) > BANYAK

    @property
    def bertahap(self) -> bool:
        """FTS5 gives finds in the order in which they were recorded at no cost, and all at once at a high one."""
        return self.banyak and connection.vendor == "sqlite"

    def steps(self, dari: int | None, naik: bool) -> Iterator[list[int]]:
        """The finds recorded after `dari`, or the newest first before it, in ever larger parts."""
        tanda, urut = (">", "ASC") if naik else ("<", "DESC")
        sebanyak, dari = 200, dari or (0 if naik else MAKS_PK)
        while pks := self._step(f"rowid {tanda} %s ORDER BY rowid {urut}", dari, sebanyak):
            yield pks
            sebanyak, dari = min(2 * sebanyak, 5000), pks[-1]

    def _step(self, syarat: str, dari: int, sebanyak: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM evidence_cari WHERE evidence_cari MATCH %s AND {syarat} LIMIT %s",  # noqa: S608
                [self.pertanyaan, dari, sebanyak],
            )
            return [pk for (pk,) in cursor.fetchall()]


def find(kata: str, satker: Satker) -> Temuan:
    kata = kata[:PERTANYAAN_TERPANJANG]
    if not words_of(kata):
        return Temuan("", [])
    pertanyaan = expression(kata, satker)
    return Temuan(pertanyaan, _first(pertanyaan))


_PERTAMA = {
    "sqlite": "SELECT rowid FROM evidence_cari WHERE evidence_cari MATCH %s LIMIT %s",
    "postgresql": "SELECT evidence_id FROM evidence_cari WHERE isi @@ %s::tsquery LIMIT %s",
}
_BAGI_SATU = {
    # Once for all pieces: FTS5 gathers the finds anew each time it is asked.
    "sqlite": "evidence_evidence.id IN (SELECT rowid FROM evidence_cari WHERE evidence_cari MATCH %s)",
    "postgresql": "(SELECT isi @@ %s::tsquery FROM evidence_cari WHERE evidence_id = evidence_evidence.id)",
}


def _first(pertanyaan: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_PERTAMA[connection.vendor], [pertanyaan, BANYAK + 1])
        return [pk for (pk,) in cursor.fetchall()]


def expression(kata: str, satker: Satker) -> str:
    """In the language of the database; made of letters and digits only, whatever was typed."""
    sqlite = connection.vendor == "sqlite"
    dan, atau, frasa = (" AND ", " OR ", _fts5) if sqlite else (" & ", " | ", _tsquery)
    pilihan = [atau.join(frasa(p, awalan) for p, awalan in sepadan) for sepadan in alternatives(kata)]
    return dan.join([frasa([satker_word(satker.pk)], False), *(f"({p})" for p in pilihan)])


def alternatives(kata: str) -> Iterator[list[tuple[list[str], bool]]]:
    """For each word of the search the phrases that mean the same, and whether each is only a beginning. Beside others
    the word for evidence itself asks for nothing: all that is searched is evidence."""
    semua = words_of(kata)
    terakhir = semua[-1]
    kelompok = kata_sepadan(" ".join(semua))
    for sepadan in [satu for satu in kelompok if "bukti" not in satu] or kelompok:
        frasa = [words_of(istilah) for istilah in sorted(sepadan)]
        yield [(f, f[-1] == terakhir and len(terakhir) >= AWALAN_TERPENDEK) for f in frasa if f]


def _fts5(frasa: list[str], awalan: bool) -> str:
    return f'"{" ".join(frasa)}"{"*" if awalan else ""}'


def _tsquery(frasa: list[str], awalan: bool) -> str:
    kata = [f"'{k}'" for k in frasa]
    return "(" + " <-> ".join(kata) + (":*" if awalan else "") + ")"
