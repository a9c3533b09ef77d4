"""The library of an office with 100 000 pieces of evidence against one with 100, in the same database and run.

Needs a database of its own with the tables in it: the triggers are dropped.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Peran, Satker, User
from actionplan.models import Kebutuhan
from evidence import cari
from evidence.models import BerkasTersimpan, Evidence, Review, Submission, SubmissionEvidence
from tests.bench.catat import ULANGAN, cetak, nisbah, tercepat_ms
from tests.bench.halaman import analisis
from tests.bench.tetangga import lepas_pemicu
from tests.factories import make_member, make_rencana, make_satker, make_slot, make_user, wib

BANYAK, SEDIKIT = 100_000, 100
SASARAN = 1.5
SLOT, SEPUTARAN = 60, 10
SEKALIGUS = 5000
AWAL = wib(2025, 1, 2)
KATA = (
    "laporan",
    "notula",
    "undangan",
    "surat",
    "tugas",
    "evaluasi",
    "wbs",
    "pengaduan",
    "hadir",
    "keputusan",
)
# One word stands in every piece, one in a third of them, one in twenty-five pieces of each office.
SEMUA, SEBAGIAN, JARANG = "laporan", "notula", "kuningan"


@dataclass(frozen=True)
class Tanya:
    nama: str
    isian: dict[str, object]
    dalam: bool = False


TANYA = (
    Tanya("Halaman pertama", {}),
    Tanya("Halaman di tengah", {}, dalam=True),
    Tanya("Judul A sampai Z, di tengah", {"urut": "judul"}, dalam=True),
    Tanya("Kata di semua bukti", {"cari": SEMUA}),
    Tanya("Kata di sebagian bukti", {"cari": SEBAGIAN}),
    Tanya("Kata di beberapa bukti", {"cari": JARANG}),
    Tanya("Kata sepadan", {"cari": "whistle blowing system"}),
    Tanya("Saringan area", {"area": 3}),
    Tanya("Saringan jenis dan tanggal", {"jenis": "pdf", "dari": "2025-01-02", "urut": "tanggal"}),
    Tanya("Saringan putusan Sesuai", {"putusan": "sesuai"}),
    Tanya("Saringan putusan Perbaikan", {"putusan": "perbaikan"}),
    Tanya("Saringan putusan Menunggu", {"putusan": "menunggu"}),
    Tanya("Saringan Dipakai", {"nasib": "dipakai"}),
    Tanya("Saringan Belum dipakai", {"nasib": "lepas"}),
    Tanya("Saringan Ditarik", {"nasib": "ditarik"}),
    Tanya("Saringan Ditahan pemindai", {"nasib": "ditahan"}),
    Tanya("Semua saringan", {"area": 3, "jenis": "pdf", "putusan": "sesuai", "cari": SEBAGIAN}),
)


@dataclass(frozen=True)
class Kantor:
    satker: Satker
    orang: dict[str, User]
    tengah: int

    def alamat(self, tanya: Tanya) -> str:
        isian = {**tanya.isian, "sesudah": self.tengah} if tanya.dalam else tanya.isian
        return f"{reverse('pustaka', args=[self.satker.kode])}?{urlencode(isian)}"


def jalankan(banyak: int = BANYAK) -> None:
    lepas_pemicu()
    kecil, besar = buat(SEDIKIT), buat(banyak)
    analisis()
    cetak(
        f"\nPustaka bukti ({connection.vendor}): {banyak} bukti, terhadap {SEDIKIT} bukti; tercepat dari {ULANGAN}"
    )
    for peran in besar.orang:
        for tanya in TANYA:
            ukur(peran, tanya, besar, kecil)


def ukur(peran: str, tanya: Tanya, besar: Kantor, kecil: Kantor) -> None:
    banyak, sedikit = (buka(kantor, peran) for kantor in (besar, kecil))
    alamat = besar.alamat(tanya), kecil.alamat(tanya)
    assert banyak.get(alamat[0]).status_code == sedikit.get(alamat[1]).status_code == 200
    nisbah(
        f"{peran}: {tanya.nama}",
        *tercepat_ms(lambda: banyak.get(alamat[0]), lambda: sedikit.get(alamat[1])),
        SASARAN,
    )


def buka(kantor: Kantor, peran: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(kantor.orang[peran])
    return client


# --- An office and its evidence ---


@transaction.atomic
def buat(jumlah: int) -> Kantor:
    satker = make_satker(str(800000 + jumlah % 100000))
    orang = {
        "anggota": make_member(satker, area=(1, 3, 5)),
        "TPI": make_member(satker, Peran.TPI),
        "Ketua Tim": make_member(satker, Peran.KETUA_TIM),
    }
    rencana = make_rencana(satker)
    slots = [make_slot(rencana, area=nomor % 6 + 1) for nomor in range(SLOT)]
    penulis = make_member(satker, user=make_user(nama="Penulis Uji"))
    acak = random.Random(jumlah)
    pks = []
    for awal in range(0, jumlah, SEKALIGUS):
        nomor = range(awal, min(jumlah, awal + SEKALIGUS))
        pks += isi(satker, penulis, orang["TPI"], slots, nomor, acak)
    return Kantor(satker, orang, pks[len(pks) // 2])


def isi(
    satker: Satker, by: User, tpi: User, slots: list[Kebutuhan], nomor: range, acak: random.Random
) -> list[int]:
    """Pieces, their files, their words, and the rounds that hold them."""
    berkas = BerkasTersimpan.objects.bulk_create(berkas_ke(satker, n) for n in nomor if n % 2)
    simpanan = iter(berkas)
    pieces = Evidence.objects.bulk_create(
        bukti_ke(satker, by, n, next(simpanan) if n % 2 else None, acak) for n in nomor
    )
    cari.write((e.pk, cari.document(e, " ".join(acak.choices(KATA[2:], k=50)))) for e in pieces)
    rounds = Submission.objects.bulk_create(putaran(by, slots, len(pieces), nomor.start))
    SubmissionEvidence.objects.bulk_create(
        SubmissionEvidence(submission=rounds[urutan // SEPUTARAN], evidence=piece)
        for urutan, piece in enumerate(pieces)
    )
    Review.objects.bulk_create(putusan_ke(r, tpi, acak) for r in rounds if r.ditutup_pada)
    return [piece.pk for piece in pieces]


def waktu(nomor: int) -> dt.datetime:
    return AWAL + dt.timedelta(minutes=4 * nomor)


def berkas_ke(satker: Satker, nomor: int) -> BerkasTersimpan:
    return BerkasTersimpan(
        satker=satker,
        sha256=f"{nomor:064x}",
        nama=f"bukti/{satker.kode}/{nomor}",
        ukuran=1000,
        tipe="application/pdf",
        disimpan_pada=waktu(nomor),
    )


def bukti_ke(
    satker: Satker, by: User, nomor: int, simpanan: BerkasTersimpan | None, acak: random.Random
) -> Evidence:
    kata = [
        SEMUA,
        *acak.sample(KATA[2:], 3),
        *([SEBAGIAN] * (nomor % 3 == 0)),
        *([JARANG] * (nomor % 4 == 0 and nomor < SEDIKIT)),
    ]
    berkas = {"jenis": "tautan", "tautan": f"https://contoh.go.id/{nomor}"}
    if simpanan:
        berkas = {
            "jenis": "berkas", "berkas": simpanan.nama, "nama_berkas": f"{kata[1]} {nomor}.pdf", "simpanan": simpanan,
            "tipe": simpanan.tipe, "ukuran": simpanan.ukuran, "sha256": simpanan.sha256,
        }  # fmt: skip
    return Evidence(
        satker=satker,
        judul=" ".join(acak.sample(kata, len(kata))),
        tanggal_dokumen=waktu(nomor).date(),
        nomor=nomor + 1,
        rahasia=nomor % 50 == 7,
        diunggah_oleh=by,
        diunggah_pada=waktu(nomor),
        **berkas,
    )


def putaran(by: User, slots: list[Kebutuhan], jumlah: int, awal: int) -> Iterator[Submission]:
    """Ten pieces each, sent and decided."""
    for urutan in range(awal // SEPUTARAN, (awal + jumlah) // SEPUTARAN):
        saat = waktu((urutan + 1) * SEPUTARAN)
        yield Submission(
            kebutuhan_id=slots[urutan % SLOT].pk,
            putaran=urutan // SLOT + 1,
            dibuat_oleh=by,
            dibuat_pada=saat,
            dikirim_oleh=by,
            dikirim_pada=saat,
            ditutup_pada=saat,
        )


def putusan_ke(kiriman: Submission, tpi: User, acak: random.Random) -> Review:
    assert kiriman.ditutup_pada
    sesuai = acak.random() < 0.8
    return Review(
        submission=kiriman,
        keputusan="sesuai" if sesuai else "perbaikan",
        catatan="" if sesuai else "Lengkapi.",
        tanggal_dokumen=kiriman.ditutup_pada.date() if sesuai else None,
        diputus_oleh=tpi,
        diputus_pada=kiriman.ditutup_pada,
    )
