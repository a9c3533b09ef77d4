"""The world in which access is tried: an office with a round of every kind, its neighbour, a person per role.

Every text that somebody must not see holds a marker word of its own.
"""

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership, Peran, Satker, User
from accounts.waktu import hari_ini
from actionplan.models import RencanaAksi
from evidence import tus
from evidence.impor import begin_zip
from evidence.intake import receive_link
from evidence.models import Evidence, Slot, Submission
from evidence.services import open_draft, put_in_draft, send
from monev.models import Penandatangan
from monev.services import save_realisasi
from tests.factories import (
    make_berkas,
    make_indikator,
    make_member,
    make_rencana,
    make_satker,
    make_tenggat,
    make_user,
    slots_of,
    wib,
)

AREA = 1
PAGI = wib(2025, 6, 10)

RAHASIA, DRAF, LEPAS, KIRIMAN, LUAR = "Zrahasia", "Zdraf", "Zlepas", "Zterkirim", "Zluar"

# The columns of the table, in its order.
PERAN_SATKER = {
    "angg": Peran.ANGGOTA,
    "lain": Peran.ANGGOTA,
    "ketu": Peran.KETUA_TIM,
    "sekr": Peran.SEKRETARIS,
    "pimp": Peran.PIMPINAN,
    "tpi": Peran.TPI,
    "bina": Peran.PEMBINA,
}
KOLOM = ["tamu", *PERAN_SATKER, "oper", "luar", "tnp", "lalu"]


@dataclass
class Dunia:
    rencana: RencanaAksi
    orang: dict[str, list[User]] = field(default_factory=dict)
    pk: dict[str, int | UUID] = field(default_factory=dict)

    @property
    def satker(self) -> Satker:
        return self.rencana.satker


def make_dunia() -> Dunia:
    provinsi = make_satker("15", tingkat="provinsi", nama="KPU Provinsi Uji")
    satker = make_satker("1503", induk=provinsi, nama="KPU Kabupaten Uji")
    dunia = Dunia(make_rencana(satker))
    dunia.orang = {nama: [_person(nama, satker, provinsi)] for nama in PERAN_SATKER}
    dunia.orang["oper"] = [make_user("operator", is_staff=True, is_superuser=True)]
    dunia.orang["tnp"] = [make_user("tanpa")]
    dunia.orang["lalu"] = [_former(satker)]
    dunia.orang["luar"] = _neighbours(provinsi)
    _fill(dunia)
    return dunia


def _person(nama: str, satker: Satker, provinsi: Satker) -> User:
    area = {"angg": (AREA,), "lain": (AREA + 1,)}.get(nama, ())
    di = provinsi if nama == "bina" else satker
    return make_member(di, PERAN_SATKER[nama], area=area, user=make_user(nama))


def _former(satker: Satker) -> User:
    """Held every role; the last day was yesterday."""
    mantan = make_user("mantan")
    for peran in (Peran.ANGGOTA, Peran.KETUA_TIM, Peran.SEKRETARIS):
        make_member(satker, peran, user=mantan, selesai=hari_ini() - dt.timedelta(days=1))
    return mantan


def _neighbours(provinsi: Satker) -> list[User]:
    """Every role in the next office, which has a plan, evidence and words of its own."""
    tetangga = make_satker("1504", induk=provinsi, nama=f"KPU {LUAR}")
    peran = [Peran.ANGGOTA, Peran.KETUA_TIM, Peran.SEKRETARIS, Peran.PIMPINAN, Peran.TPI, Peran.PEMBINA]
    orang = [make_member(tetangga, p, user=make_user(f"luar_{p}", nama=f"{LUAR} {p}")) for p in peran]
    slot = _slot(make_rencana(tetangga), f"Bukti fisik {LUAR}")
    _round(slot, orang[0], [_file(tetangga, orang[0], f"Bukti {LUAR}")], kirim=True)
    save_realisasi(tenggat=slot.tenggat, by=orang[0], uraian=f"Realisasi {LUAR}", at=PAGI)
    return orang


def _file(satker: Satker, by: User, judul: str, *, rahasia: bool = False) -> Evidence:
    return make_berkas(satker, by, judul, f"%PDF-1.4\n{judul}\n%%EOF\n".encode(), at=PAGI, rahasia=rahasia)


def _slot(rencana: RencanaAksi, bukti_fisik: str) -> Slot:
    return slots_of(make_tenggat(make_indikator(rencana, area=AREA, bukti=(bukti_fisik,))))[0]


def _round(slot: Slot, by: User, evidence: list[Evidence], *, kirim: bool) -> Submission:
    draft = open_draft(slot=slot, by=by, at=PAGI)
    put_in_draft(submission=draft, evidence=evidence, by=by)
    return send(submission=draft, by=by, at=PAGI) if kirim else draft


def _zip() -> SimpleUploadedFile:
    keluar = BytesIO()
    with ZipFile(keluar, "w") as arsip:
        arsip.writestr("AREA I/a.txt", "isi")
    return SimpleUploadedFile("Drive.zip", keluar.getvalue())


def _fill(dunia: Dunia) -> None:
    anggota, satker = dunia.orang["angg"][0], dunia.satker
    berkas = {
        "bukti": _file(satker, anggota, f"Laporan {KIRIMAN}"),
        "bukti_rahasia": _file(satker, anggota, f"Laporan {RAHASIA}", rahasia=True),
        "bukti_draf": _file(satker, anggota, f"Laporan {DRAF}"),
        "bukti_lepas": _file(satker, anggota, f"Laporan {LEPAS}"),
    }
    terkirim, draf = _slot(dunia.rencana, "Notula"), _slot(dunia.rencana, "Undangan")
    berkas["tautan"] = receive_link(
        satker=satker,
        tautan="https://contoh.go.id/laporan",
        judul=f"Tautan {KIRIMAN}",
        tanggal_dokumen=PAGI.date(),
        by=anggota,
        at=PAGI,
    )
    isi = [berkas["bukti"], berkas["bukti_rahasia"], berkas["tautan"]]
    kiriman = _round(terkirim, anggota, isi, kirim=True)
    konsep = _round(draf, anggota, [berkas["bukti_draf"]], kirim=False)
    keanggotaan = Membership.objects.filter(satker=satker)
    dunia.pk = {
        **{nama: piece.pk for nama, piece in berkas.items()},
        "slot": terkirim.pk,
        "slot_draf": draf.pk,
        "tenggat": terkirim.tenggat_id,
        "indikator": terkirim.tenggat.indikator_id,
        "kiriman": kiriman.pk,
        "draf": konsep.pk,
        "unggahan": tus.begin(slot=draf, by=anggota, tentang=tus.Tentang("a.pdf", ""), ukuran=10).pk,
        "impor": begin_zip(rencana=dunia.rencana, by=anggota, upload=_zip()).pk,
        "penandatangan": Penandatangan.objects.create(
            satker=satker, fungsi="pembuat", jabatan="Sekretaris", nama="Nama", mulai=PAGI.date()
        ).pk,
        "keanggotaan": keanggotaan.get(user__username="lain").pk,
        "keanggotaan_tpi": keanggotaan.get(peran=Peran.TPI).pk,
    }
