"""The demo's offices and people, named by role; nobody in it is anybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Peran, Satker, User
from accounts.services import save_membership
from actionplan.models import RencanaAksi
from actionplan.plan_file import read_plan_file
from actionplan.plan_store import load_plan
from monev.models import Penandatangan
from monev.penandatangan import save_penandatangan

SANDI = "zona-integritas-demo"
MULAI = dt.date(2025, 1, 1)
BERKAS_RENCANA = Path(settings.BASE_DIR) / "fixtures"
SAROLANGUN, CONTOH = "1503", "1599"


@dataclass(frozen=True)
class Orang:
    username: str
    nama: str
    jabatan: str
    peran: Peran | None = None  # None: the operator
    satker: tuple[str, ...] = (SAROLANGUN,)
    area: tuple[int, ...] = ()

    @property
    def sebutan(self) -> str:
        return self.peran.label if self.peran else "Operator (halaman admin)"


ORANG = (
    Orang("operator.demo", "Operator Demo", "Operator aplikasi"),
    Orang("ketua.demo", "Ketua Tim Demo", "Kepala Subbagian", Peran.KETUA_TIM),
    Orang("sekretaris.demo", "Sekretaris Demo", "Sekretaris", Peran.SEKRETARIS),
    Orang("anggota.demo1", "Anggota Demo 1", "Pelaksana", Peran.ANGGOTA, area=(1, 5)),
    Orang("anggota.demo2", "Anggota Demo 2", "Pelaksana", Peran.ANGGOTA, area=(2,)),
    Orang("anggota.demo3", "Anggota Demo 3", "Pelaksana", Peran.ANGGOTA, area=(3,)),
    Orang("anggota.demo4", "Anggota Demo 4", "Pelaksana", Peran.ANGGOTA, area=(4,)),
    Orang("anggota.demo5", "Anggota Demo 5", "Pelaksana", Peran.ANGGOTA, area=(6,)),
    Orang("tpi.demo1", "TPI Demo 1", "Auditor", Peran.TPI),
    Orang("tpi.demo2", "TPI Demo 2", "Auditor", Peran.TPI, satker=(SAROLANGUN, CONTOH)),
    Orang("pimpinan.demo", "Ketua KPU Demo", "Ketua", Peran.PIMPINAN),
    Orang("pembina.demo", "Pembina Demo", "Pembina wilayah", Peran.PEMBINA, satker=("15",)),
    Orang("anggota.contoh", "Anggota Contoh", "Pelaksana", Peran.ANGGOTA, satker=(CONTOH,)),
)
# Who reviews which area, where there are two.
TPI_AREA = {1: "tpi.demo1", 2: "tpi.demo1", 3: "tpi.demo2", 4: "tpi.demo2", 5: "tpi.demo1", 6: "tpi.demo2"}

KETUA = "Ketua KPU Kabupaten Sarolangun"
SEKRETARIS = "Sekretaris KPU Kabupaten Sarolangun"
# fungsi, sebutan, jabatan, nama, mulai, selesai: a Plt. while the Sekretaris' office stood empty in the summer
PENANDATANGAN = (
    ("mengetahui", "", KETUA, "KETUA KPU DEMO", MULAI, None),
    ("pembuat", "", SEKRETARIS, "SEKRETARIS DEMO", MULAI, dt.date(2025, 6, 15)),
    ("pembuat", "Plt.", SEKRETARIS, "PELAKSANA TUGAS DEMO", dt.date(2025, 6, 16), dt.date(2025, 8, 31)),
    ("pembuat", "", SEKRETARIS, "SEKRETARIS DEMO", dt.date(2025, 9, 1), None),
)


def make_plans() -> tuple[RencanaAksi, RencanaAksi]:
    """The decreed plan and the small one of the second office, each loaded if it is not there yet."""
    nama = ("rencana_aksi_1503_2025.yaml", "demo_1599_2025.yaml")
    rencana = [load_plan(*read_plan_file(BERKAS_RENCANA / n))[0] for n in nama]
    _set_induk(rencana[0].satker, rencana[1].satker)
    return rencana[0], rencana[1]


def _set_induk(*satker: Satker) -> None:
    ri, _ = Satker.objects.get_or_create(
        kode="0", defaults={"nama": "KPU Republik Indonesia", "tingkat": "ri", "ibu_kota": "Jakarta"}
    )
    provinsi, _ = Satker.objects.get_or_create(
        kode="15",
        defaults={"nama": "KPU Provinsi Jambi", "tingkat": "provinsi", "ibu_kota": "Jambi", "induk": ri},
    )
    for s in satker:
        s.induk = provinsi
        s.full_clean()
        s.save()


def make_people() -> dict[str, User]:
    sandi = make_password(SANDI)
    people = {o.username: _make_user(o, sandi) for o in ORANG}
    for o in ORANG:
        if o.peran:
            _make_members(people[o.username], o, o.peran)
    return people


def _make_user(o: Orang, sandi: str) -> User:
    isian = {
        "nama": o.nama,
        "jabatan": o.jabatan,
        "password": sandi,
        "is_staff": o.peran is None,
    }
    return User.objects.get_or_create(username=o.username, defaults=isian)[0]


def _make_members(user: User, o: Orang, peran: Peran) -> None:
    for satker in Satker.objects.filter(kode__in=o.satker):
        membership = Membership(user=user, satker=satker, peran=peran, mulai=MULAI, area=frozenset(o.area))
        save_membership(membership, by=None)


def make_signatories(satker: Satker, operator: User) -> None:
    for fungsi, sebutan, jabatan, nama, mulai, selesai in PENANDATANGAN:
        penandatangan = Penandatangan(
            satker=satker,
            fungsi=fungsi,
            sebutan=sebutan,
            jabatan=jabatan,
            nama=nama,
            mulai=mulai,
            selesai=selesai,
        )
        save_penandatangan(penandatangan, by=operator)
