"""Small worlds for tests. Days are in WIB unless the satker says otherwise."""

import datetime as dt
import hashlib
import itertools

from django.core.files.base import ContentFile

from accounts.models import Membership, Peran, Satker, User
from accounts.waktu import zoneinfo
from actionplan.models import Area, BuktiFisik, Indikator, Kebutuhan, Komponen, RencanaAksi, Tenggat
from evidence import vault
from evidence.intake import describe, describe_file, record
from evidence.models import BerkasTersimpan, Evidence, Review, Slot, Submission
from evidence.services import explain_dates, open_draft, put_in_draft, review, send

_urut = itertools.count(1)


def wib(tahun: int, bulan: int, hari: int, jam: int = 9, menit: int = 0) -> dt.datetime:
    return dt.datetime(tahun, bulan, hari, jam, menit, tzinfo=zoneinfo("WIB"))


def make_satker(kode: str | None = None, **fields: object) -> Satker:
    kode = kode or str(9000 + next(_urut))
    isian = {"nama": f"KPU Uji {kode}", "tingkat": "kabkota", "ibu_kota": "Kota Uji", **fields}
    return Satker.objects.create(kode=kode, **isian)


def make_user(username: str | None = None, **fields: object) -> User:
    username = username or f"orang{next(_urut)}"
    return User.objects.create_user(
        username, password="rahasia-uji-123", nama=fields.pop("nama", username), **fields
    )


def make_member(
    satker: Satker,
    peran: str = Peran.ANGGOTA,
    *,
    area: object = (),
    user: User | None = None,
    **fields: object,
) -> User:
    user = user or make_user()
    isian = {"mulai": dt.date(2020, 1, 1), **fields}
    Membership.objects.create(user=user, satker=satker, peran=peran, area=frozenset(area), **isian)
    return user


def make_rencana(
    satker: Satker | None = None, *, tahun: int = 2025, tanggal: dt.date | None = None
) -> RencanaAksi:
    """A plan with six areas, a komponen in each, and no rows."""
    rencana = RencanaAksi.objects.create(
        satker=satker or make_satker(),
        tahun=tahun,
        nomor=f"9 Tahun {tahun}",
        tanggal=tanggal or dt.date(tahun, 3, 3),
        judul=f"RENCANA AKSI {tahun}",
    )
    for nomor in range(1, 7):
        area = Area.objects.create(rencana=rencana, nomor=nomor, nama=f"AREA {nomor}")
        Komponen.objects.create(area=area, nomor=1, nama=f"Komponen {nomor}")
    return rencana


def make_indikator(
    rencana: RencanaAksi, *, area: int = 1, bukti: tuple[str, ...] = ("Laporan",)
) -> Indikator:
    komponen = Komponen.objects.get(area__rencana=rencana, area__nomor=area, nomor=1)
    nomor = komponen.indikator.count() + 1
    indikator = Indikator.objects.create(
        komponen=komponen,
        nomor=nomor,
        uraian=f"Indikator {area}.1.{nomor}",
        langkah_aksi_teks="Langkah",
        bukti_fisik_teks=", ".join(bukti),
        target_waktu="Juni 2025",
    )
    for urutan, uraian in enumerate(bukti, 1):
        BuktiFisik.objects.create(indikator=indikator, nomor=urutan, uraian=uraian)
    return indikator


def make_tenggat(
    indikator: Indikator, *, mulai: dt.date | None = None, jatuh_tempo: dt.date | None = None
) -> Tenggat:
    """By default June; with one slot for each bukti fisik of the row."""
    tahun = indikator.komponen.area.rencana.tahun
    tenggat = Tenggat.objects.create(
        indikator=indikator,
        label="Juni",
        mulai=mulai or dt.date(tahun, 6, 1),
        jatuh_tempo=jatuh_tempo or dt.date(tahun, 6, 30),
    )
    for bukti in indikator.bukti_fisik.all():
        Kebutuhan.objects.create(tenggat=tenggat, bukti_fisik=bukti)
    return tenggat


def make_slot(rencana: RencanaAksi | None = None, *, area: int = 1, **dates: dt.date) -> Slot:
    """A row with one bukti fisik and one tenggat."""
    tenggat = make_tenggat(make_indikator(rencana or make_rencana(), area=area), **dates)
    return slots_of(tenggat)[0]


def slots_of(tenggat: Tenggat) -> list[Slot]:
    return list(Slot.objects.filter(tenggat=tenggat).order_by("bukti_fisik__nomor"))


def make_tautan(
    satker: Satker,
    by: User,
    *,
    tanggal: dt.date,
    rahasia: bool = False,
    at: dt.datetime | None = None,
    url: str = "https://contoh.go.id/dokumen",
) -> Evidence:
    tautan = Evidence(
        satker=satker,
        jenis="tautan",
        judul=f"Dokumen {next(_urut)}",
        tanggal_dokumen=tanggal,
        tautan=url,
        rahasia=rahasia,
        diunggah_oleh=by,
        diunggah_pada=at or wib(tanggal.year, tanggal.month, tanggal.day),
    )
    return record(tautan)


def make_berkas(
    satker: Satker, by: User, judul: str, isi: bytes, *, at: dt.datetime, rahasia: bool = False
) -> Evidence:
    """A PDF as intake leaves it, without opening it: `isi` is taken for sound."""
    sha256 = hashlib.sha256(isi).hexdigest()
    simpanan = BerkasTersimpan(
        satker=satker,
        sha256=sha256,
        nama=vault.bukti_storage().save(vault.name_of(satker.kode, sha256), ContentFile(isi)),
        ukuran=len(isi),
        tipe="application/pdf",
        disimpan_pada=at,
    )
    kosong = describe(satker, judul, at.date(), by, rahasia, at)
    return record(describe_file(kosong, simpanan, f"{judul}.pdf"))


def make_draft(
    slot: Slot,
    by: User,
    *,
    at: dt.datetime,
    tanggal: dt.date | None = None,
    alasan: str = "",
    rahasia: bool = False,
) -> Submission:
    satker = slot.tenggat.indikator.komponen.area.rencana.satker
    draft = open_draft(slot=slot, by=by, at=at, alasan=alasan)
    piece = make_tautan(satker, by, tanggal=tanggal or at.date(), rahasia=rahasia, at=at)
    put_in_draft(submission=draft, evidence=[piece], by=by)
    return draft


def make_sent(
    slot: Slot,
    by: User,
    *,
    at: dt.datetime,
    tanggal: dt.date | None = None,
    alasan: str = "",
    rahasia: bool = False,
) -> Submission:
    draft = make_draft(slot, by, at=at, tanggal=tanggal, alasan=alasan, rahasia=rahasia)
    explain_dates(submission=draft, by=by, alasan={tanggal or at.date(): "Alasan uji."}, at=at)
    return send(submission=draft, by=by, pesan="Sudah diperbaiki.", at=at)


def make_review(
    submission: Submission,
    by: User,
    *,
    at: dt.datetime,
    keputusan: str = "sesuai",
    tanggal: dt.date | None = None,
) -> Review:
    claimed = submission.evidence.order_by("-tanggal_dokumen").first()
    catatan = "" if keputusan == "sesuai" else "Lengkapi halaman 2."
    return review(
        submission=submission,
        by=by,
        keputusan=keputusan,
        catatan=catatan,
        tanggal_dokumen=tanggal or (claimed.tanggal_dokumen if claimed else None),
        at=at,
    )
