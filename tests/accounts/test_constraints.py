"""Each rule of one row, broken once past every form and service: the database refuses it."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from accounts.models import Membership, Peran, Satker, User
from tests.factories import make_member, make_satker, make_user

pytestmark = pytest.mark.django_db

HARI = dt.date(2025, 6, 15)


def satker(**isi: object) -> Satker:
    bawaan = {"kode": "77", "nama": "KPU Uji", "tingkat": "kabkota", "ibu_kota": "Kota"}
    return Satker.objects.create(**{**bawaan, **isi})


def keanggotaan(**isi: object) -> Membership:
    bawaan = {"user": make_user(), "satker": make_satker(), "peran": Peran.ANGGOTA, "mulai": HARI}
    return Membership.objects.create(**{**bawaan, **isi})


def kolom_mentah(kolom: str, nilai: int) -> None:
    """A number that the field itself would not take."""
    pk = keanggotaan().pk
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_membership SET {kolom} = %s WHERE id = %s", [nilai, pk])


PELANGGARAN = {
    "satker_tingkat_dikenal": lambda: satker(tingkat="kecamatan"),
    "satker_zona_waktu_dikenal": lambda: satker(zona_waktu="UTC"),
    "satker_ri_tanpa_induk": lambda: satker(tingkat="ri", induk=make_satker()),
    "satker_bukan_induk_sendiri": lambda: satker(pk=501, induk_id=501),
    "kode": lambda: satker(kode=make_satker().kode),
    "user_nip_unik": lambda: [make_user(nip="1" * 18) for _ in range(2)],
    "username": lambda: [make_user("kembar") for _ in range(2)],
    "membership_peran_dikenal": lambda: keanggotaan(peran="tamu"),
    "membership_mulai_sebelum_selesai": lambda: keanggotaan(selesai=HARI - dt.timedelta(days=1)),
    "membership_area_i_sampai_vi": lambda: kolom_mentah("area", 64),
}


# SQLite names the column of a uniqueness, PostgreSQL the constraint.
KOLOM_UNIK = {"user_nip_unik": "accounts_user.nip"}


@pytest.mark.parametrize("nama", PELANGGARAN)
def test_the_database_refuses(nama):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        PELANGGARAN[nama]()
    assert nama in str(error.value) or KOLOM_UNIK.get(nama, nama) in str(error.value)


def test_no_constraint_is_forgotten():
    ada = {c.name for model in (Satker, User, Membership) for c in model._meta.constraints}
    assert ada <= set(PELANGGARAN)


def test_what_stands_beside_the_edge_is_taken():
    satker(tingkat="ri", induk=None)
    keanggotaan(selesai=HARI, area=frozenset(range(1, 7)))
    make_user(nip="")
    make_user(nip="")


def test_who_and_where_are_never_deleted_from_under_a_role():
    user = make_member(make_satker())
    with pytest.raises(ProtectedError):
        user.delete()
    with pytest.raises(ProtectedError):
        Satker.objects.get().delete()


def test_a_role_is_not_deleted():
    make_member(make_satker())
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.all().delete()
